"""Behaviour tests of the pure core."""
