"""Behaviour tests of the conversation: the desk over a real database."""
