"""Hears what was said: a command, an answer to a numbered question, or words that belong to a question."""
