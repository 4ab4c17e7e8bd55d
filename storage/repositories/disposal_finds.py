"""Finds what may be disposed of once its time has run out: ids, groups, people and times, and no words."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time

from sqlalchemy import ColumnElement, ScalarSelect, and_, func, or_, select

from dialogs.model.disposal import Kind, Stored, Why
from storage.repositories import came_in
from storage.tables import calendar, disposal, documents, journeys, letters, people
from storage.tables.base import table
from storage.transaction import Transaction

_draft = table(letters.DraftRow)
_inbox = table(letters.InboxRow)
_outbox = table(letters.OutboxRow)
_meeting = table(calendar.Meeting)
_journey = table(journeys.JourneyHead)
_entry = table(journeys.Entry)
_adopted = table(documents.AdoptedDocument)
_room = table(people.Room)
_person = table(people.Person)
_account = table(people.Account)
_membership = table(people.Membership)
_hold = table(disposal.DisposalHold)

SET_ASIDE = ("dead", "ambiguous", "skipped")
"""States of letters that nobody sends any more, or not by themselves. What was sent has no words left."""


def stored(tx: Transaction, kind: Kind, organisation: str, *, alone: bool) -> Iterable[Stored]:
    """Return what there is of the kind, in a steady order; what is nobody's says so, unless the organisation is *alone*."""
    match kind:
        case "drafts":
            return _drafts(tx, organisation, alone)
        case "inbox":
            return _failed(tx, organisation, alone)
        case "letters":
            return _letters(tx, organisation, alone)
        case "meetings":
            return _meetings(tx, organisation)
        case "journeys":
            return _journeys(tx, organisation)
        case "contributions":
            raise ValueError("only the methods can say which contributions an answer can do without")


def _drafts(tx: Transaction, organisation: str, alone: bool) -> Iterator[Stored]:
    columns = (_draft.c.person, _draft.c.room, _draft.c.kind, _draft.c.organisation, _draft.c.at)
    whose = or_(_draft.c.organisation == organisation, _draft.c.organisation.is_(None))
    group = func.coalesce(_journey.c.group_id, _groups_in(_draft.c.room)).label("group_id")
    found = select(*columns, group).outerjoin(_journey, _journey.c.id == _draft.c.journey)
    for row in tx.rows(found.where(whose).order_by(_draft.c.person, _draft.c.room, _draft.c.kind)):
        key = f"{row.person} {row.room} {row.kind}"
        yield Stored(
            "drafts", key, row.at, row.group_id or "", frozenset([row.person]),
            why=_nobodys(row.organisation, alone),
        )  # fmt: skip


def _failed(tx: Transaction, organisation: str, alone: bool) -> Iterator[Stored]:
    these = select(_inbox.c.id, _inbox.c.door, _inbox.c.tenant, _inbox.c.at, _inbox.c.incoming).where(
        _inbox.c.state == "failed", _inbox.c.incoming.is_not(None)
    )
    for row in tx.rows(these.order_by(_inbox.c.id)):
        came = came_in.read(row.incoming)
        if came is None:
            # Nobody can tell whose it is: it may be of whoever something is held of.
            held = select(_hold.c.number).where(
                _hold.c.organisation == organisation, _hold.c.lifted.is_(None)
            )
            why: Why | None = "hold" if tx.rows(held) else None
            yield Stored("inbox", str(row.id), row.at, why=_nobodys(None, alone) or why)
            continue
        there = and_(_room.c.door == row.door, _room.c.tenant == row.tenant, _room.c.external == came.room)
        room = tx.row(select(_room.c.id, _room.c.organisation).where(there))
        whose = room.organisation if room is not None else None
        if whose not in (None, organisation):
            continue
        speaks = and_(
            _account.c.door == row.door,
            _account.c.tenant == row.tenant,
            _account.c.account == came.account,
        )
        person = tx.value(select(_account.c.person).where(speaks))
        group = tx.value(select(_journey.c.group_id).where(_journey.c.room == room.id)) if room else None
        persons = frozenset([person] if person else [])
        yield Stored("inbox", str(row.id), row.at, group or "", persons, why=_nobodys(whose, alone))


def _letters(tx: Transaction, organisation: str, alone: bool) -> Iterator[Stored]:
    # What is answered in a room names no journey, and in private no person: the room tells.
    group = func.coalesce(_journey.c.group_id, _groups_in(_outbox.c.room)).label("group_id")
    owner = select(_person.c.id).where(_person.c.private_room == _outbox.c.room).limit(1).scalar_subquery()
    person = func.coalesce(_outbox.c.person, owner).label("person")
    columns = (_outbox.c.id, _outbox.c.at, _outbox.c.organisation, person, group)
    these = and_(
        _outbox.c.message.is_not(None),
        _outbox.c.state.in_(SET_ASIDE),
        or_(_outbox.c.organisation == organisation, _outbox.c.organisation.is_(None)),
    )
    found = select(*columns).outerjoin(_journey, _journey.c.id == _outbox.c.journey).where(these)
    for row in tx.rows(found.order_by(_outbox.c.id)):
        persons = frozenset([row.person] if row.person else [])
        why = _nobodys(row.organisation, alone)
        yield Stored("letters", str(row.id), row.at, row.group_id or "", persons, why=why)


def _meetings(tx: Transaction, organisation: str) -> Iterator[Stored]:
    these = select(_meeting.c.body, _meeting.c.day).where(_meeting.c.organisation == organisation)
    for row in tx.rows(these.order_by(_meeting.c.body, _meeting.c.day)):
        yield Stored("meetings", f"{row.body} {row.day.isoformat()}", _noon(row.day))


def _journeys(tx: Transaction, organisation: str) -> Iterator[Stored]:
    """Of each journey the time of its last event; and, beside it, its adopted documents, which stay."""
    last = and_(_entry.c.journey == _journey.c.id, _entry.c.sequence == _journey.c.sequence)
    columns = (
        _journey.c.id,
        _journey.c.group_id,
        _journey.c.starter,
        _journey.c.started,
        _journey.c.sequence,
    )
    these = and_(_journey.c.organisation == organisation, _journey.c.practice.is_(False))
    found = select(*columns, _entry.c.at, _entry.c.kind).outerjoin(_entry, last).where(these)
    for row in tx.rows(found.order_by(_journey.c.id)):
        adopted = select(func.count().label("many"), func.max(_adopted.c.at).label("at")).where(
            _adopted.c.journey == row.id
        )
        kept = tx.row(adopted)
        if kept.many:
            yield Stored(
                "journeys", f"{row.id} documents", kept.at, row.group_id, texts=kept.many, why="adopted"
            )
        if row.kind == "journey-disposed":
            continue
        members = select(_membership.c.person).where(_membership.c.group_id == row.group_id)
        persons = frozenset([row.starter, *(one.person for one in tx.rows(members))])
        yield Stored("journeys", row.id, row.at or _noon(row.started), row.group_id, persons)


def _groups_in(room: ColumnElement[str]) -> ScalarSelect[str]:
    """Return the group whose room it is."""
    there = _journey.alias("there")
    return select(there.c.group_id).where(there.c.room == room).limit(1).scalar_subquery()


def _nobodys(organisation: str | None, alone: bool) -> Why | None:
    return None if organisation is not None or alone else "nobodys"


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)
