"""Remembers which checkpoints were opened in a journey, when they are due, and what became of them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import bindparam, delete, insert, or_, select, update

from dialogs.events import CheckpointClosed, CheckpointEvent, CheckpointMoved, CheckpointOpened, Event
from dialogs.model.checkpoint import KeptCheckpoint, key_of
from dialogs.model.journey import Journey
from dialogs.model.people import PersonId
from storage.prepared import Prepared, upsert
from storage.tables.base import table
from storage.tables.journeys import CheckpointRow, JourneyHead
from storage.transaction import Transaction

_checkpoint = table(CheckpointRow)
_journey = table(JourneyHead)
_its_key = (
    _checkpoint.c.journey == bindparam("of_journey"),
    _checkpoint.c.checkpoint == bindparam("of_checkpoint"),
    _checkpoint.c.subject == bindparam("of_subject"),
    _checkpoint.c.period == bindparam("of_period"),
)
_OPEN = upsert(_checkpoint, keys=("journey", "checkpoint", "subject", "period"))
_MOVE = Prepared(
    update(_checkpoint)
    .where(*_its_key)
    .values(due=bindparam("new_due"), meeting=bindparam("new_meeting"))
)  # fmt: skip
_CLOSE = Prepared(
    update(_checkpoint)
    .where(*_its_key)
    .values(
        state=bindparam("new_state"), closed=bindparam("closed_at"), by=bindparam("closed_by"), note=bindparam("why")
    )
)  # fmt: skip
_ALL = Prepared(
    select(_checkpoint)
    .where(_checkpoint.c.journey == bindparam("journey"))
    .order_by(_checkpoint.c.due, _checkpoint.c.checkpoint, _checkpoint.c.subject, _checkpoint.c.period)
)
_CLOSED_ELSEWHERE = Prepared(
    select(_checkpoint.c.checkpoint, _checkpoint.c.subject, _checkpoint.c.period, _checkpoint.c.due)
    .join(_journey, _journey.c.id == _checkpoint.c.journey)
    .where(
        _journey.c.organisation == bindparam("organisation"),
        _journey.c.pack == bindparam("pack"),
        _journey.c.id != bindparam("journey"),
        _journey.c.practice.is_(False),
        _checkpoint.c.subject != "",
        or_(_checkpoint.c.state == "done", _checkpoint.c.state == "left"),
    )
)
_FORGET = Prepared(delete(_checkpoint).where(_checkpoint.c.journey == bindparam("of_journey")))
_PUT = Prepared(insert(_checkpoint))


def note(tx: Transaction, journey: Journey, happened: Iterable[tuple[str, Event]]) -> None:
    """Write what became of checkpoints by what happened."""
    for _, event in happened:
        match event:
            case CheckpointOpened(due=due, meeting=meeting, at=at):
                new = KeptCheckpoint(event.checkpoint, event.subject, event.period, due, meeting, "open", at)
                tx.write(_OPEN, [_row(journey, new)])
            case CheckpointMoved(due=due, meeting=meeting):
                tx.write(_MOVE, [{**_key(journey, event), "new_due": due, "new_meeting": meeting}])
            case CheckpointClosed(by=by, at=at, how=how, note=why):
                closed = {"new_state": how, "closed_at": at, "closed_by": by, "why": why}
                tx.write(_CLOSE, [{**_key(journey, event), **closed}])
            case _:
                continue


def read(tx: Transaction, journey: str) -> Sequence[KeptCheckpoint]:
    """Return all that were ever opened, those that were due first in front."""
    return [
        KeptCheckpoint(
            row.checkpoint, row.subject, row.period, row.due, row.meeting, row.state, row.opened, row.closed,
            PersonId(row.by) if row.by else None, row.note,
        )
        for row in tx.rows(_ALL, {"journey": journey})
    ]  # fmt: skip


def closed_elsewhere(tx: Transaction, journey: Journey) -> Mapping[str, date]:
    """Return those about records that other groups of the organisation have closed by the same method, by key."""
    whose = {"organisation": journey.organisation, "pack": journey.pack, "journey": journey.id}
    rows = tx.rows(_CLOSED_ELSEWHERE, whose)
    return {key_of(row.checkpoint, row.subject, row.period): row.due for row in rows}


def put(tx: Transaction, journey: Journey, kept: Iterable[KeptCheckpoint]) -> None:
    """Let these be all that there are, as a rebuild makes them."""
    tx.write(_FORGET, [{"of_journey": journey.id}])
    tx.write(_PUT, [_row(journey, one) for one in kept])


def _row(journey: Journey, one: KeptCheckpoint) -> dict[str, Any]:
    return {
        "journey": journey.id, "organisation": journey.organisation, "checkpoint": one.checkpoint,
        "subject": one.subject, "period": one.period, "due": one.due, "meeting": one.meeting, "state": one.state,
        "opened": one.opened, "closed": one.closed, "by": one.by, "note": one.note,
    }  # fmt: skip


def _key(journey: Journey, event: CheckpointEvent) -> dict[str, Any]:
    return {
        "of_journey": journey.id, "of_checkpoint": event.checkpoint, "of_subject": event.subject,
        "of_period": event.period,
    }  # fmt: skip
