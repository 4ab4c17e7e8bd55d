"""The tables, by topic."""

from storage.tables import books, calendar, documents, doors, files, journeys, letters, people, sharing, terms
from storage.tables.base import Row

__all__ = [
    "books",
    "calendar",
    "documents",
    "doors",
    "files",
    "journeys",
    "letters",
    "metadata",
    "people",
    "sharing",
    "terms",
]

metadata = Row.metadata
