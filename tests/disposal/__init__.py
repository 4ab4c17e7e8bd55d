"""Disposal: words that a decision lets go, and people who are forgotten."""
