"""Remembers what is due, and the terms, absences, meetings and closed days that it comes of."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, String, bindparam, delete, func, insert, literal_column, select, update

from dialogs.calendar.moments import moment_of, spoken_at
from dialogs.model.occurrence import MeetingDay, Occurrence
from dialogs.model.people import PersonId
from dialogs.model.terms import Away, QuietHours, Terms
from storage.prepared import Prepared, insert_new, upsert, with_lists
from storage.tables import calendar, journeys, people
from storage.tables.base import table
from storage.transaction import Transaction

_occurrence = table(calendar.OccurrenceRow)
_terms = table(calendar.PersonalTerms)
_absence = table(calendar.Absence)
_closed = table(calendar.ClosedDay)
_meeting = table(calendar.Meeting)
_feed = table(calendar.FeedSecret)
_person = table(people.Person)
_account = table(people.Account)
_body = table(people.Body)
_journey = table(journeys.JourneyHead)

_its_organisation = (
    select(_journey.c.organisation).where(_journey.c.id == bindparam("of_journey")).scalar_subquery()
)
_PUT = insert_new(_occurrence, keys=("key",), organisation=_its_organisation)
_REVIVE = Prepared(
    update(_occurrence)
    .where(_occurrence.c.key == bindparam("of_key"), _occurrence.c.state == "retired")
    .values(
        state="due", why="", day=bindparam("new_day"), wall=bindparam("new_wall"), zone=bindparam("new_zone"),
        quiet=bindparam("new_quiet"), last=bindparam("new_last"),
    )
)  # fmt: skip
_MOVE = Prepared(
    update(_occurrence)
    .where(_occurrence.c.key == bindparam("of_key"), calendar.DUE)
    .values(
        day=bindparam("new_day"), wall=bindparam("new_wall"), zone=bindparam("new_zone"),
        quiet=bindparam("new_quiet"), last=bindparam("new_last"),
    )
)  # fmt: skip
_RETIRE = Prepared(
    update(_occurrence)
    .where(_occurrence.c.key == bindparam("of_key"), calendar.DUE)
    .values(state="retired", why="its date has moved, or the thing is closed")
)
_WAITING = Prepared(select(_occurrence).where(_occurrence.c.journey == bindparam("journey"), calendar.DUE))
_KNOWN = with_lists(
    lambda one_of: select(_occurrence.c.key, _occurrence.c.state).where(one_of(_occurrence.c.key, "keys"))
)
# Much that isn't due yet is near: on the morning of a day all of its reminders are, so little is read of each.
# Told one end only, PostgreSQL takes it that a third of all rows lie before it, and reads them all.
_NEAR = Prepared(
    select(
        _occurrence.c.day, _occurrence.c.journey, _occurrence.c.wall, _occurrence.c.zone, _occurrence.c.quiet
    )
    .where(calendar.DUE, _occurrence.c.day.between(bindparam("earliest"), bindparam("furthest")))
    .distinct()
    .order_by(_occurrence.c.day, _occurrence.c.journey)
)
_NEAR_OF = Prepared(
    select(_occurrence)
    .where(
        calendar.DUE,
        _occurrence.c.journey == bindparam("journey"),
        _occurrence.c.day <= bindparam("furthest"),
    )
    .order_by(_occurrence.c.day, _occurrence.c.key)
)
_ALL_WAITING = Prepared(
    select(_occurrence)
    .where(calendar.DUE)
    .order_by(_occurrence.c.day, _occurrence.c.key)
    .limit(bindparam("most"))
)
# Let go at the end of the transaction, and when the server notices that whoever holds it is gone.
_TRY_HOLD = Prepared(
    select(
        func.pg_try_advisory_xact_lock(
            literal_column("6383"), func.hashtext(bindparam("journey", type_=String()))
        )
    )
)
# Rows that a turn has in its hands just now are passed by.
_HOLD = with_lists(
    lambda one_of: (
        select(_occurrence.c.key)
        .where(one_of(_occurrence.c.key, "keys"), calendar.DUE)
        .with_for_update(skip_locked=True)
    )
)
_SAID = Prepared(
    update(_occurrence)
    .where(_occurrence.c.key == bindparam("of_key"), calendar.DUE)
    .values(state=bindparam("new_state"), why=bindparam("because"), at=bindparam("done_at"))
)
_its_platform_says = (
    select(func.min(_account.c.zone))
    .where(_account.c.person == _person.c.id, _account.c.zone != "")
    .scalar_subquery()
)
_TERMS_OF = with_lists(
    lambda one_of: (
        select(_person.c.id, func.coalesce(_person.c.zone, _its_platform_says).label("zone"), _terms.c.wall, _terms.c.quiet, _terms.c.intensity, _terms.c.weekday)
        .outerjoin(_terms, _terms.c.person == _person.c.id)
        .where(one_of(_person.c.id, "people"))
    )
)  # fmt: skip
_ABSENCES_OF = with_lists(
    lambda one_of: (
        select(_absence.c.person, _absence.c.first, _absence.c.last)
        .where(one_of(_absence.c.person, "people"))
        .order_by(_absence.c.first)
    )
)
_PUT_TERMS = upsert(_terms, keys=("person",))
_PUT_ABSENCE = upsert(_absence, keys=("person", "first"))
_CLOSED = Prepared(select(_closed.c.day).where(_closed.c.organisation == bindparam("organisation")))
_CLOSE = insert_new(_closed, keys=("organisation", "day"))
_FEED = Prepared(select(_feed.c.person, _feed.c.journey).where(_feed.c.hash == bindparam("hash")))
_PUT_MEETING = upsert(_meeting, keys=("body", "day"))
_MEETINGS = Prepared(
    select(_meeting.c.body, _meeting.c.day, _meeting.c.document_stop)
    .where(_meeting.c.organisation == bindparam("organisation"), _meeting.c.day >= bindparam("since"))
    .order_by(_meeting.c.day, _meeting.c.body)
)


class SqlCalendar:
    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    def outdate(self, journey: str) -> None:
        self._tx.outdated.add(journey)

    def outdated(self) -> frozenset[str]:
        found = frozenset(self._tx.outdated)
        self._tx.outdated.clear()
        return found

    def renew(self, journey: str, wanted: Iterable[Occurrence], *, today: date) -> None:
        """Make what waits for the journey be *wanted*: new ones are added, moved ones moved, the others retired.

        What lay behind *today* when it was first wanted is not added: nobody is reminded of what was past already.
        """
        by_key = {one.key: one for one in wanted}
        waiting = {row.key: row for row in self._tx.rows(_WAITING, {"journey": journey})}
        self._tx.write(_RETIRE, [{"of_key": key} for key in sorted(waiting.keys() - by_key.keys())])
        moved = [_moved(one) for key, one in by_key.items() if key in waiting and _differs(one, waiting[key])]
        self._tx.write(_MOVE, moved)
        new = {key: one for key, one in by_key.items() if key not in waiting and one.day >= today}
        known = (
            {row.key: row.state for row in self._tx.rows(_KNOWN, {"keys": self._tx.a_list(sorted(new))})}
            if new
            else {}
        )
        self._tx.write(_REVIVE, [_moved(new[key]) for key in sorted(known) if known[key] == "retired"])
        self._tx.write(_PUT, [_row(one) for key, one in sorted(new.items()) if key not in known])

    def due(self, now: datetime) -> Sequence[str]:
        """Return the journeys about which something may be said at *now*, the longest waiting first; holds nothing.

        What waits for somebody's night to end is left out: there is nothing to be said about it yet.
        """

        @cache  # many share a day, an hour and a zone
        def may_be_said(day: date, wall: str, zone: str, hours: str) -> bool:
            here, quiet = ZoneInfo(zone), _quiet(hours)
            said = spoken_at(day, time.fromisoformat(wall), here, quiet)
            return said <= now and not quiet.cover(now.astimezone(here).time())

        rows = self._tx.rows(_NEAR, {"earliest": date.min, "furthest": _furthest_day(now)})
        return tuple(
            dict.fromkeys(row.journey for row in rows if may_be_said(row.day, row.wall, row.zone, row.quiet))
        )

    def hold(self, journey: str) -> bool:
        """Keep other clocks from the journey until this transaction ends; False when one of them has it.

        On SQLite there is one writer at a time anyway.
        """
        return self._tx.on_sqlite or bool(self._tx.value(_TRY_HOLD, {"journey": journey}))

    def to_say(self, now: datetime, journey: str, *, most: int = 500) -> Sequence[Occurrence]:
        """Return what is due about the journey at *now*, oldest first; held until this transaction ends."""
        rows = self._tx.rows(_NEAR_OF, {"furthest": _furthest_day(now), "journey": journey})
        due = [one for row in rows if moment_of(one := _occurrence_of(row)) <= now][:most]
        if not due:
            return ()
        held = {row.key for row in self._tx.rows(_HOLD, {"keys": self._tx.a_list([one.key for one in due])})}
        return tuple(one for one in due if one.key in held)

    def waiting(self, *, most: int = 500) -> Sequence[Occurrence]:
        return tuple(_occurrence_of(row) for row in self._tx.rows(_ALL_WAITING, {"most": most}))

    def note_thought(self, journey: str, thought: str, slot: str, person: str, at: datetime) -> bool:
        """Remember that one of the pack's nudges is said; False when it has been, in this slot."""
        one = Occurrence(
            "thought", thought, f"{journey}/{slot}", PersonId(person), journey, at.date(), Terms().at, Terms().zone,
            Terms().quiet,
        )  # fmt: skip
        if self._tx.row(_KNOWN, {"keys": self._tx.a_list([one.key])}) is not None:
            return False
        self._tx.write(_PUT, [{**_row(one), "state": "said", "at": at}])
        return True

    def done(self, keys: Iterable[str], state: str, why: str, at: datetime) -> None:
        """Mark as said, or as skipped with the reason."""
        self._tx.write(
            _SAID, [{"of_key": key, "new_state": state, "because": why, "done_at": at} for key in keys]
        )

    def terms(self, people: Iterable[str]) -> Mapping[PersonId, Terms]:
        """Return the terms of each; what somebody hasn't chosen is the default."""
        ids = self._tx.a_list(sorted(set(people)))
        away: dict[str, list[Away]] = {}
        for row in self._tx.rows(_ABSENCES_OF, {"people": ids}):
            away.setdefault(row.person, []).append(Away(row.first, row.last))
        return {
            PersonId(row.id): replace(_terms_of(row), away=tuple(away.get(row.id, ())))
            for row in self._tx.rows(_TERMS_OF, {"people": ids})
        }

    def set_terms(self, person: str, terms: Terms) -> None:
        """Keep the hour, the quiet hours, the intensity and the weekday. Zone and absences are kept elsewhere."""
        self._tx.run(
            _PUT_TERMS,
            {
                "person": person, "wall": _wall(terms.at), "quiet": _hours(terms.quiet),
                "intensity": terms.intensity, "weekday": terms.weekday,
            },
        )  # fmt: skip

    def put_away(self, person: str, away: Away) -> None:
        self._tx.run(_PUT_ABSENCE, {"person": person, "first": away.first, "last": away.last})

    def come_back(self, person: str, on: date) -> None:
        """End what absence there is on the day, and forget those to come."""
        self._tx.run(delete(_absence).where(_absence.c.person == person, _absence.c.first >= on))
        self._tx.run(
            update(_absence)
            .where(_absence.c.person == person, _absence.c.last >= on)
            .values(last=on - timedelta(days=1))
        )

    def closed_days(self, organisation: str) -> frozenset[date]:
        return frozenset(row.day for row in self._tx.rows(_CLOSED, {"organisation": organisation}))

    def close_day(self, organisation: str, day: date) -> None:
        self._tx.run(_CLOSE, {"organisation": organisation, "day": day})

    def open_day(self, organisation: str, day: date) -> None:
        self._tx.run(delete(_closed).where(_closed.c.organisation == organisation, _closed.c.day == day))

    def put_meeting(self, organisation: str, meeting: MeetingDay) -> None:
        self._tx.run(
            _PUT_MEETING,
            {
                "organisation": organisation, "body": meeting.body, "day": meeting.day,
                "document_stop": meeting.document_stop,
            },
        )  # fmt: skip

    def drop_meeting(self, body: str, day: date) -> None:
        self._tx.run(delete(_meeting).where(_meeting.c.body == body, _meeting.c.day == day))

    def put_feed(self, secret: str, person: str, journey: str, at: datetime) -> None:
        row = {"hash": _hash(secret), "person": person, "journey": journey or None, "at": at}
        self._tx.run(insert(_feed), row)

    def feed(self, secret: str) -> tuple[str, str] | None:
        row = self._tx.row(_FEED, {"hash": _hash(secret)})
        return None if row is None else (row.person, row.journey or "")

    def drop_feeds(self, person: str) -> int:
        return self._tx.run(delete(_feed).where(_feed.c.person == person))

    def meetings(self, organisation: str, *, since: date) -> Sequence[MeetingDay]:
        rows = self._tx.rows(_MEETINGS, {"organisation": organisation, "since": since})
        return [MeetingDay(row.body, row.day, row.document_stop) for row in rows]


def _furthest_day(now: datetime) -> date:
    """Return the day that it is where days begin first: in Kiritimati."""
    return (now.astimezone(UTC) + timedelta(hours=14)).date()


def _row(one: Occurrence) -> dict[str, Any]:
    return {
        "key": one.key, "of_journey": one.journey, "journey": one.journey, "rule": one.rule, "about": one.about,
        "slot": one.slot, "recipient": one.recipient, "day": one.day, "wall": _wall(one.at), "zone": one.zone.key,
        "quiet": _hours(one.quiet), "last": one.last, "state": "due", "why": "", "at": None,
    }  # fmt: skip


def _moved(one: Occurrence) -> dict[str, Any]:
    return {
        "of_key": one.key, "new_day": one.day, "new_wall": _wall(one.at), "new_zone": one.zone.key,
        "new_quiet": _hours(one.quiet), "new_last": one.last,
    }  # fmt: skip


def _differs(one: Occurrence, row: Row[Any]) -> bool:
    there = (row.day, row.wall, row.zone, row.quiet, row.last)
    return (one.day, _wall(one.at), one.zone.key, _hours(one.quiet), one.last) != there


def _occurrence_of(row: Row[Any]) -> Occurrence:
    return Occurrence(
        row.rule, row.about, row.slot, PersonId(row.recipient), row.journey, row.day, time.fromisoformat(row.wall),
        ZoneInfo(row.zone), _quiet(row.quiet), row.last,
    )  # fmt: skip


def _terms_of(row: Row[Any]) -> Terms:
    terms = Terms()
    if row.zone:
        terms = replace(terms, zone=ZoneInfo(row.zone))
    if row.wall:
        terms = replace(terms, at=time.fromisoformat(row.wall))
    if row.quiet:
        terms = replace(terms, quiet=_quiet(row.quiet))
    if row.intensity:
        terms = replace(terms, intensity=row.intensity)
    if row.weekday is not None:
        terms = replace(terms, weekday=row.weekday)
    return terms


def _hash(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


def _wall(at: time) -> str:
    return at.strftime("%H:%M")


def _hours(quiet: QuietHours) -> str:
    return f"{_wall(quiet.begin)}-{_wall(quiet.end)}"


def _quiet(text: str) -> QuietHours:
    begin, _, end = text.partition("-")
    return QuietHours(time.fromisoformat(begin), time.fromisoformat(end))
