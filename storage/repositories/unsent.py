"""Shows whoever looks after the program which letters aren't sent, and lets them be tried again or dropped."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Row, bindparam, func, null, or_, select, update

from dialogs.ports import Unsent
from storage.prepared import Prepared, with_lists
from storage.tables import letters, people
from storage.tables.base import table
from storage.transaction import Transaction

_outbox = table(letters.OutboxRow)
_room = table(people.Room)

_COUNTS = Prepared(select(_outbox.c.state, func.count().label("many")).group_by(_outbox.c.state))
_UNSENT = with_lists(
    lambda one_of: (
        select(
            _outbox.c.id, _outbox.c.state, _outbox.c.door, _room.c.external, _outbox.c.journey, _outbox.c.how,
            _outbox.c.at, _outbox.c.epoch, _outbox.c.unsure_since, _outbox.c.why,
            _outbox.c.message.is_(None).label("wiped"),
        )
        .outerjoin(_room, _room.c.id == _outbox.c.room)
        .where(one_of(_outbox.c.state, "states"))
        .order_by(_outbox.c.id)
    )
)  # fmt: skip
_set_aside = (
    _outbox.c.id == bindparam("letter"),
    or_(_outbox.c.state == "dead", _outbox.c.state == "ambiguous"),
)
_unwiped = _outbox.c.message.is_not(None)
_RETRY = Prepared(
    update(_outbox).where(*_set_aside, _unwiped).values(state="new", until=null(), not_before=null())
)
_AGAIN = Prepared(
    update(_outbox)
    .where(*_set_aside, _unwiped)
    .values(state="new", until=null(), not_before=null(), unsure_since=null())
)
_DROP = Prepared(update(_outbox).where(*_set_aside).values(state="skipped", message=null()))


def counts(tx: Transaction) -> Mapping[str, int]:
    return {row.state: row.many for row in tx.rows(_COUNTS)}


def unsent(tx: Transaction, states: Sequence[str]) -> Sequence[Unsent]:
    return [_letter(row) for row in tx.rows(_UNSENT, {"states": tx.a_list(sorted(states))})]


def retry(tx: Transaction, letter: int, *, not_there: bool) -> bool:
    return bool(tx.run(_AGAIN if not_there else _RETRY, {"letter": letter}))


def drop(tx: Transaction, letter: int) -> bool:
    return bool(tx.run(_DROP, {"letter": letter}))


def _letter(row: Row[Any]) -> Unsent:
    return Unsent(
        id=row.id,
        state=row.state,
        door=row.door or "",
        room=row.external or "",
        journey=row.journey or "",
        how=row.how,
        at=row.at,
        tries=row.epoch,
        unsure=row.unsure_since is not None,
        why=row.why,
        wiped=bool(row.wiped),
    )
