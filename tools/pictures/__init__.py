"""Draws the main messages in Slack and Teams as pictures, with what a walkthrough really says: `make pictures`."""
