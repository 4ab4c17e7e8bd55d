"""The tables, by topic."""

from storage.tables import books, calendar, journeys, letters, people
from storage.tables.base import Row

__all__ = ["books", "calendar", "journeys", "letters", "metadata", "people"]

metadata = Row.metadata
