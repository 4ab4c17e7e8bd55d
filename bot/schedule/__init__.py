"""The clock: it says when to look, and remembers nothing."""
