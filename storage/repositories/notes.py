"""Remembers what people write for themselves: whoever wrote a note reads it, and nobody else."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, func, insert, select, update

from dialogs.model.notes import PrivateNote
from storage.prepared import Prepared
from storage.tables import notes
from storage.tables.base import table
from storage.transaction import Transaction

_note = table(notes.PrivateNote)
_its = (_note.c.person == bindparam("whose"), _note.c.number == bindparam("which"))

_LAST = Prepared(select(func.max(_note.c.number)).where(_note.c.person == bindparam("whose")))
_ADD = Prepared(insert(_note))
_OF = Prepared(
    select(_note.c.number, _note.c.journey, _note.c.text, _note.c.at, _note.c.exercise, _note.c.phase, _note.c.shared)
    .where(_note.c.person == bindparam("whose"))
    .order_by(_note.c.number)
)  # fmt: skip
_REMOVE = Prepared(delete(_note).where(*_its))
_SHARED = Prepared(update(_note).where(*_its).values(shared=bindparam("new_shared")))


class SqlNotes:
    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    def add(self, person: str, note: PrivateNote, *, organisation: str) -> int:
        number = int(self._tx.value(_LAST, {"whose": person}) or 0) + 1
        self._tx.run(
            _ADD,
            {
                "person": person, "number": number, "organisation": organisation, "journey": note.journey,
                "exercise": note.exercise, "phase": note.phase, "at": note.at, "text": note.text, "shared": None,
            },
        )  # fmt: skip
        return number

    def of(self, person: str) -> Sequence[PrivateNote]:
        return [PrivateNote(*row) for row in self._tx.rows(_OF, {"whose": person})]

    def remove(self, person: str, number: int) -> None:
        self._tx.run(_REMOVE, {"whose": person, "which": number})

    def share(self, person: str, number: int, at: datetime) -> None:
        self._tx.run(_SHARED, {"whose": person, "which": number, "new_shared": at})
