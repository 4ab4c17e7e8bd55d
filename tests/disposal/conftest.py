"""Fixtures for disposal: databases of each kind."""

from tests.doors.fixtures import new_database

__all__ = ["new_database"]  # fixtures
