"""Draws the main messages in Slack as pictures, with what a walkthrough really says: `make pictures`."""
