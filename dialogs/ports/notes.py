"""What people write for themselves."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from dialogs.model.notes import PrivateNote


class Notes(Protocol):
    """Each person's own notes. Whoever asks for them asks for their own: no export of a group's reads them."""

    def add(self, person: str, note: PrivateNote, *, organisation: str) -> int:
        """Keep the note and return its number, one more than their last."""

    def of(self, person: str) -> Sequence[PrivateNote]:
        """Return all of the person's notes, the oldest first."""

    def remove(self, person: str, number: int) -> None: ...
    def share(self, person: str, number: int, at: datetime) -> None:
        """Remember that the person let the group read it."""
