"""Remembers when somebody was last told where a journey stands, and tells what has happened since."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, select

from dialogs.events import Event
from dialogs.model.journey import Journey
from dialogs.ports import Look
from storage.mapping import EVENT
from storage.prepared import Prepared, upsert
from storage.tables import journeys
from storage.tables.base import table
from storage.transaction import Transaction

_look = table(journeys.LookRow)
_entry = table(journeys.Entry)
_LAST = Prepared(
    select(_look.c.at, _look.c.sequence, _look.c.before_at, _look.c.before_sequence).where(
        _look.c.journey == bindparam("journey"), _look.c.person == bindparam("person")
    )
)
_NOTE = upsert(_look, keys=("journey", "person"))
_NEWS = Prepared(
    select(_entry.c.event)
    .where(_entry.c.journey == bindparam("journey"), _entry.c.sequence > bindparam("since"))
    .order_by(_entry.c.sequence.desc())
    .limit(bindparam("most"))
)


def last(tx: Transaction, journey: str, person: str) -> Look | None:
    row = tx.row(_LAST, {"journey": journey, "person": person})
    if row is None:
        return None
    before = Look(row.before_at, row.before_sequence) if row.before_at is not None else None
    return Look(row.at, row.sequence, before)


def note(tx: Transaction, journey: Journey, person: str, at: datetime) -> None:
    """Remember the look; what was known of the last one stays as the one before."""
    before = last(tx, journey.id, person)
    then = {
        "before_at": before.at if before else None,
        "before_sequence": before.sequence if before else None,
    }
    where = {"journey": journey.id, "person": person, "organisation": journey.organisation}
    tx.write(_NOTE, [{**where, **then, "at": at, "sequence": journey.sequence}])


def news(tx: Transaction, journey: str, since: int, most: int) -> Sequence[Event]:
    """Return the newest of what happened after so many events, oldest first."""
    rows = tx.rows(_NEWS, {"journey": journey, "since": since, "most": most})
    return [EVENT.value(row.event) for row in reversed(rows)]
