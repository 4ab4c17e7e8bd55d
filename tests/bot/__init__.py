"""Tests of the doors, the wiring and the command line."""
