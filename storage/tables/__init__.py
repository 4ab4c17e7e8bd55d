"""The tables, by topic."""

from storage.tables import books, journeys, letters, people
from storage.tables.base import Row

__all__ = ["books", "journeys", "letters", "metadata", "people"]

metadata = Row.metadata
