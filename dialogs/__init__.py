"""What happens next: the pure core. No database, no network, no clock of its own."""
