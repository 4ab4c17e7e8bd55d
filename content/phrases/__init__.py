"""What is said: the phrasebook's data, its reader and its check."""
