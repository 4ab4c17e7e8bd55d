"""What can be read at any time: where a journey stands, and the documents that its answers make."""
