"""The door to Microsoft Teams."""
