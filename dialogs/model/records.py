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
