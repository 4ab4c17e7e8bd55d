"""A record of a register: it belongs to its scope, not to the journey that wrote it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from dialogs.model.answers import Value
from dialogs.model.people import PersonId

SUPPORT = "stod"
"""The register of those who have asked for help. A method that doesn't have it has no queue."""


@dataclass(frozen=True, slots=True)
class Record:
    """One row of a register, in its present revision. `adopted` names the ready-made record that it came from."""

    id: str
    register: str
    fields: Mapping[str, Value]
    state: str
    by: PersonId
    at: datetime
    revision: int = 1
    adopted: str = ""
    added_by: PersonId | None = None  # None for what was added before this was kept

    def changed(self, fields: Mapping[str, Value], *, by: PersonId, at: datetime) -> "Record":
        merged = {**self.fields, **fields}
        kept = {name: value for name, value in merged.items() if value not in (None, "")}
        return replace(self, fields=kept, by=by, at=at, revision=self.revision + 1)

    def moved(self, state: str, *, by: PersonId, at: datetime) -> "Record":
        return replace(self, state=state, by=by, at=at, revision=self.revision + 1)


class Registers(dict[str, tuple[Record, ...]]):
    """Records by register, each to be found by its id without looking at the others.

    The places are handed on to what comes of a change, and only ever grow. So a place may be another's by now: it is
    looked at before it is believed. An id that has none is nowhere.
    """

    def __init__(
        self, kept: Mapping[str, tuple[Record, ...]], places: dict[str, tuple[str, int]] | None = None
    ) -> None:
        super().__init__(kept)
        self._places = places if places is not None else _places(kept)

    def place_of(self, id: str) -> tuple[str, int] | None:
        """Return the register of a record, and its place in it."""
        known = self._places.get(id)
        if known is None:
            return None
        register, at = known
        kept = self.get(register, ())
        return known if at < len(kept) and kept[at].id == id else _places(self).get(id)

    def with_record(self, record: Record) -> "Registers":
        kept = self.get(record.register, ())
        register, at = self.place_of(record.id) or ("", 0)
        if register != record.register:
            at = len(kept)
        self._places[record.id] = (record.register, at)
        return Registers({**self, record.register: (*kept[:at], record, *kept[at + 1 :])}, self._places)


def _places(kept: Mapping[str, tuple[Record, ...]]) -> dict[str, tuple[str, int]]:
    return {one.id: (register, at) for register, some in kept.items() for at, one in enumerate(some)}
