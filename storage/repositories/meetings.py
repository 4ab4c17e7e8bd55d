"""Remembers an organisation's days, with every change counted: when bodies meet, and when nobody works; and the secret
addresses under which dates are read."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Executable, and_, bindparam, delete, func, insert, or_, select, update

from dialogs.model.meeting import FeedRef, KeptMeeting
from dialogs.model.occurrence import MeetingDay
from storage.prepared import OneOf, Prepared, insert_into, with_lists
from storage.tables import calendar
from storage.tables.base import table
from storage.transaction import Transaction

_meeting = table(calendar.Meeting)
_closed = table(calendar.ClosedDay)
_feed = table(calendar.FeedSecret)


def _putting(dialect: str) -> Executable:
    """Insert the meeting, or change the one of that day where it says something else or is called off."""
    statement = insert_into(_meeting, dialect)
    new = statement.excluded
    return statement.on_conflict_do_update(
        index_elements=["body", "day"],
        set_={
            "document_stop": new.document_stop,
            "called_off": False,
            "revision": _meeting.c.revision + 1,
            "changed_at": new.changed_at,
        },
        where=or_(_meeting.c.called_off, _meeting.c.document_stop.is_distinct_from(new.document_stop)),
    )


def _closing(dialect: str) -> Executable:
    return insert_into(_closed, dialect).on_conflict_do_update(
        index_elements=["organisation", "day"],
        set_={"opened": False, "revision": _closed.c.revision + 1},
        where=_closed.c.opened,
    )


_PUT = Prepared(_putting)
_CALL_OFF = Prepared(
    update(_meeting)
    .where(
        _meeting.c.body == bindparam("of_body"),
        _meeting.c.day == bindparam("of_day"),
        _meeting.c.called_off.is_(False),
    )
    .values(called_off=True, revision=_meeting.c.revision + 1, changed_at=bindparam("at"))
)
_KEPT = Prepared(
    select(_meeting)
    .where(_meeting.c.organisation == bindparam("organisation"), _meeting.c.day >= bindparam("since"))
    .order_by(_meeting.c.day, _meeting.c.body)
)


def _the_next(one_of: OneOf) -> Any:
    still = (_meeting.c.day >= bindparam("since"), _meeting.c.called_off.is_(False))
    first = (
        select(_meeting.c.organisation, func.min(_meeting.c.day).label("day"))
        .where(one_of(_meeting.c.organisation, "organisations"), *still)
        .group_by(_meeting.c.organisation)
        .subquery()
    )
    same = (_meeting.c.organisation == first.c.organisation, _meeting.c.day == first.c.day)
    return select(_meeting).join(first, and_(*same)).where(*still).order_by(_meeting.c.body)


_NEXT = with_lists(_the_next)
_CLOSE = Prepared(_closing)
_OPEN = Prepared(
    update(_closed)
    .where(
        _closed.c.organisation == bindparam("of_organisation"),
        _closed.c.day == bindparam("of_day"),
        _closed.c.opened.is_(False),
    )
    .values(opened=True, revision=_closed.c.revision + 1)
)
_CLOSED = Prepared(
    select(_closed.c.day).where(
        _closed.c.organisation == bindparam("organisation"), _closed.c.opened.is_(False)
    )
)
_CHANGES = Prepared(
    select(
        *(
            select(func.coalesce(func.sum(days.c.revision + 1), 0))
            .where(days.c.organisation == bindparam("organisation"))
            .scalar_subquery()
            .label(days.name)
            for days in (_meeting, _closed)
        )
    )
)
_FEED = Prepared(select(_feed.c.person, _feed.c.journey).where(_feed.c.hash == bindparam("hash")))
_FEEDS = Prepared(
    select(_feed.c.journey, _feed.c.at).where(_feed.c.person == bindparam("person")).order_by(_feed.c.at)
)


def put(tx: Transaction, organisation: str, meeting: MeetingDay, at: datetime) -> None:
    row = {
        "organisation": organisation, "body": meeting.body, "day": meeting.day,
        "document_stop": meeting.document_stop, "revision": 0, "changed_at": at, "called_off": False,
    }  # fmt: skip
    tx.write(_PUT, [row])


def call_off(tx: Transaction, body: str, day: date, at: datetime) -> bool:
    """Take the meeting away; its row stays, so that calendars can be told. False when there is none."""
    return bool(tx.run(_CALL_OFF, {"of_body": body, "of_day": day, "at": at}))


def kept(tx: Transaction, organisation: str, since: date) -> Sequence[KeptMeeting]:
    """Return the meetings from the day on, those that are called off among them."""
    return [_kept(row) for row in tx.rows(_KEPT, {"organisation": organisation, "since": since})]


def following(tx: Transaction, organisations: Iterable[str], since: date) -> Mapping[str, MeetingDay]:
    """Return the next meeting from the day on of each organisation that has one."""
    named = tx.a_list(sorted(set(organisations)))
    found: dict[str, MeetingDay] = {}
    for row in tx.rows(_NEXT, {"organisations": named, "since": since}):
        found.setdefault(row.organisation, MeetingDay(row.body, row.day, row.document_stop))
    return found


def close_day(tx: Transaction, organisation: str, day: date) -> None:
    tx.run(_CLOSE, {"organisation": organisation, "day": day, "revision": 0, "opened": False})


def open_day(tx: Transaction, organisation: str, day: date) -> None:
    tx.run(_OPEN, {"of_organisation": organisation, "of_day": day})


def closed_days(tx: Transaction, organisation: str) -> frozenset[date]:
    return frozenset(row.day for row in tx.rows(_CLOSED, {"organisation": organisation}))


def changes(tx: Transaction, organisation: str) -> int:
    """Return a count that grows with every change of the organisation's meetings and closed days."""
    row = tx.row(_CHANGES, {"organisation": organisation})
    return 0 if row is None else int(sum(row))


def put_feed(tx: Transaction, secret: str, person: str, journey: str, at: datetime) -> None:
    tx.run(insert(_feed), {"hash": _hash(secret), "person": person, "journey": journey or None, "at": at})


def feed(tx: Transaction, secret: str) -> tuple[str, str] | None:
    row = tx.row(_FEED, {"hash": _hash(secret)})
    return None if row is None else (row.person, row.journey or "")


def feeds(tx: Transaction, person: str) -> Sequence[FeedRef]:
    return [FeedRef(row.journey or "", row.at) for row in tx.rows(_FEEDS, {"person": person})]


def drop_feeds(tx: Transaction, person: str, journey: str | None) -> int:
    """Forget the person's addresses: all of them, or those for one journey ("" for the person's own dates)."""
    which = [_feed.c.person == person]
    if journey is not None:
        which.append(_feed.c.journey == journey if journey else _feed.c.journey.is_(None))
    return tx.run(delete(_feed).where(*which))


def _kept(row: Any) -> KeptMeeting:
    meeting = MeetingDay(row.body, row.day, row.document_stop)
    return KeptMeeting(meeting, row.revision, row.changed_at, row.called_off)


def _hash(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
