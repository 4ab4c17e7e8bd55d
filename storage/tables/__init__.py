"""The tables, by topic."""

from storage.tables import (
    books,
    calendar,
    disposal,
    documents,
    doors,
    files,
    journeys,
    letters,
    notes,
    people,
    registrations,
    sharing,
    terms,
)  # fmt: skip
from storage.tables.base import Row

__all__ = [
    "books",
    "calendar",
    "disposal",
    "documents",
    "doors",
    "files",
    "journeys",
    "letters",
    "metadata",
    "notes",
    "people",
    "registrations",
    "sharing",
    "terms",
]

metadata = Row.metadata
