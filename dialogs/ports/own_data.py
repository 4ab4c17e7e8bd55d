"""What is kept of a person, over all tables."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from dialogs.events import Event
from dialogs.model.records import Record

Rows = Mapping[str, Sequence[Mapping[str, Any]]]
"""By part, what is told of each row: ids stand for groups, units and organisations still."""


class OwnData(Protocol):
    def rows(self, person: str) -> Rows:
        """Return what names the person in a column of its own, oldest first."""

    def events(self, person: str) -> Sequence[tuple[str, Event]]:
        """Return (journey, event) of what the person did, and of what was said in their name. No anonymous text is in it."""

    def records(self, person: str) -> Sequence[tuple[str, Record]]:
        """Return (journey or "", record) of each entry that names the person in a field, as it stands."""

    def names(self) -> Mapping[str, str]:
        """Return the names of all organisations, units and groups, by id; and of groups by their journeys' ids."""
