"""Remembers what came in, from before the platform is answered until its turn is done."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, select, update

from dialogs.incoming import Incoming
from storage.mapping import INCOMING
from storage.prepared import Prepared, insert_new
from storage.repositories import arrivals
from storage.tables import letters
from storage.tables.base import table
from storage.transaction import Transaction

_inbox = table(letters.InboxRow)

_STORE = insert_new(_inbox, keys=("door", "tenant", "event"), returning="id")
# Whoever works on a turn holds its row: a second worker on PostgreSQL passes it by.
_TAKE = Prepared(
    select(_inbox.c.incoming)
    .where(_inbox.c.id == bindparam("turn"), _inbox.c.state != "done")
    .with_for_update(skip_locked=True)
)
_DONE = Prepared(update(_inbox).where(_inbox.c.id == bindparam("turn")).values(state="done", incoming=None))
_UNDONE = Prepared(select(_inbox.c.id).where(letters.UNDONE).order_by(_inbox.c.id))
_FAILED = Prepared(
    update(_inbox).where(_inbox.c.id == bindparam("turn")).values(state="failed", why=bindparam("because"))
)


class SqlInbox:
    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    def meet(self, incoming: Incoming) -> None:
        arrivals.meet(self._tx, incoming)

    def store(self, incoming: Incoming) -> int | None:
        turn: int | None = self._tx.value(_STORE, _row(incoming, "new", INCOMING.text(incoming)))
        if turn is not None:
            self._tx.stored[turn] = incoming
        return turn

    def store_done(self, incoming: Incoming) -> int | None:
        asked = [(_STORE, _row(incoming, "done", None))]
        if self._tx.met != incoming:
            asked.append((arrivals.FIND, arrivals.where(incoming)))
        stored, *found = self._tx.answers(*asked)
        if not stored:
            return None
        if found:
            arrivals.note(self._tx, incoming, found[0])
        turn: int = stored[0].id
        self._tx.stored[turn] = incoming
        self._tx.done.add(turn)
        return turn

    def take(self, turn: int) -> Incoming | None:
        """Return what came in; None when it is done, or another worker has it in hand."""
        incoming = self._tx.stored.get(turn) or self._read(turn)
        if incoming is None:
            return None
        arrivals.meet(self._tx, incoming)
        return incoming

    def _read(self, turn: int) -> Incoming | None:
        text = self._tx.value(_TAKE, {"turn": turn})
        return None if text is None else INCOMING.value(text)

    def done(self, turn: int) -> None:
        self._tx.stored.pop(turn, None)
        if turn not in self._tx.done:
            self._tx.write(_DONE, [{"turn": turn}])

    def undone(self) -> Sequence[int]:
        """Return the turns that nobody has finished, oldest first; those that failed are set aside."""
        return [row.id for row in self._tx.rows(_UNDONE)]

    def failed(self, turn: int, why: str) -> None:
        """Set the turn aside, its words kept: it can still be taken, by whoever asks for it."""
        self._tx.run(_FAILED, {"turn": turn, "because": why})


def _row(incoming: Incoming, state: str, words: str | None) -> dict[str, Any]:
    key = {"door": incoming.door, "tenant": incoming.tenant, "event": incoming.event}
    return {**key, "at": incoming.at, "state": state, "why": "", "incoming": words}
