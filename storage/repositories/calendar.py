"""Remembers what is due, and the terms, absences, meetings and closed days that it comes of."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, String, bindparam, delete, func, literal_column, null, or_, select, update

from dialogs.calendar.budget import LONGEST_WEEK, budget
from dialogs.calendar.moments import moment_of, spoken_at
from dialogs.calendar.putting_off import is_put_off
from dialogs.model.meeting import FeedRef, KeptMeeting
from dialogs.model.occurrence import MeetingDay, Occurrence
from dialogs.model.people import PersonId
from dialogs.model.terms import ONE_DAY, Away, PutOff, Terms
from dialogs.ports import Due
from storage.prepared import Prepared, insert_new, upsert, with_lists
from storage.repositories import meetings, mentions, terms
from storage.repositories.terms import hours, quiet_hours, wall
from storage.tables import calendar, journeys, people
from storage.tables.base import table
from storage.transaction import Transaction

_occurrence = table(calendar.OccurrenceRow)
_body = table(people.Body)
_journey = table(journeys.JourneyHead)
_unplanned = table(calendar.Unplanned)

_its_organisation = (
    select(_journey.c.organisation).where(_journey.c.id == bindparam("of_journey")).scalar_subquery()
)
_PUT = insert_new(_occurrence, keys=("key",), organisation=_its_organisation)
_REVIVE = Prepared(
    update(_occurrence)
    .where(_occurrence.c.key == bindparam("of_key"), or_(_occurrence.c.state == "retired", _occurrence.c.state == "skipped"))
    .values(
        state="due", why="", at=null(), day=bindparam("new_day"), wall=bindparam("new_wall"), zone=bindparam("new_zone"),
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
PAST = "past its meaning"
_PASS = Prepared(
    update(_occurrence)
    .where(_occurrence.c.key == bindparam("of_key"), calendar.DUE)
    .values(state="skipped", why=PAST)
)
_WAITING = Prepared(select(_occurrence).where(_occurrence.c.journey == bindparam("journey"), calendar.DUE))
# An older mark is written over, not left alone: whoever takes it away just now waits for what was changed.
_MARK = upsert(_unplanned, keys=("journey",))
_UNMARK = Prepared(delete(_unplanned).where(_unplanned.c.journey == bindparam("of_journey")))
_MARKED = Prepared(select(_unplanned.c.journey).order_by(_unplanned.c.at, _unplanned.c.journey))
_KNOWN = with_lists(
    lambda one_of: select(_occurrence.c.key, _occurrence.c.state, _occurrence.c.why).where(
        one_of(_occurrence.c.key, "keys")
    )
)
# As `dialogs.calendar.budget.can_wait` has it.
_can_wait = or_(_occurrence.c.rule == "undated", _occurrence.c.slot.like("%/ahead%"))
# Much that isn't due yet is near: on the morning of a day all of its reminders are, so little is read of each.
# Told one end only, PostgreSQL takes it that a third of all rows lie before it, and reads them all.
_NEAR = Prepared(
    select(
        _occurrence.c.day, _occurrence.c.journey, _occurrence.c.wall, _occurrence.c.zone, _occurrence.c.quiet,
        _occurrence.c.recipient, _can_wait.label("can_wait"),
    )
    .where(calendar.DUE, _occurrence.c.day.between(bindparam("earliest"), bindparam("furthest")))
    .distinct()
    .order_by(_occurrence.c.day, _occurrence.c.journey)
)  # fmt: skip
_NEAR_OF = Prepared(
    select(_occurrence)
    .where(
        calendar.DUE,
        _occurrence.c.journey == bindparam("journey"),
        _occurrence.c.day <= bindparam("furthest"),
    )
    .order_by(_occurrence.c.day, _occurrence.c.key)
)
_BY_KEY = with_lists(
    lambda one_of: (
        select(_occurrence)
        .where(one_of(_occurrence.c.key, "keys"))
        .order_by(_occurrence.c.day, _occurrence.c.key)
    )
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


class SqlCalendar:
    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    def outdate(self, journey: str) -> None:
        self._tx.outdated.add(journey)

    def outdated(self) -> frozenset[str]:
        found = frozenset(self._tx.outdated)
        self._tx.outdated.clear()
        return found

    def mark(self, journeys: Iterable[str], at: datetime) -> None:
        self._tx.write(_MARK, [{"journey": journey, "at": at} for journey in journeys])

    def unmark(self, journey: str) -> None:
        self._tx.run(_UNMARK, {"of_journey": journey})

    def marked(self) -> Sequence[str]:
        return [row.journey for row in self._tx.rows(_MARKED, {})]

    def renew(self, journey: str, wanted: Iterable[Occurrence], *, today: date) -> None:
        """Make what waits for the journey be *wanted*: new ones are added, moved ones moved, the others retired.

        What lay behind *today* when it was first wanted is not added: nobody is reminded of what was past already.
        Of what is wanted no more, what has lost its meaning with the days is skipped with that reason.
        """
        by_key = {one.key: one for one in wanted}
        waiting = {row.key: row for row in self._tx.rows(_WAITING, {"journey": journey})}
        gone = [waiting[key] for key in sorted(waiting.keys() - by_key.keys())]
        self._tx.write(_PASS, [{"of_key": row.key} for row in gone if _is_past(row.last, today)])
        self._tx.write(_RETIRE, [{"of_key": row.key} for row in gone if not _is_past(row.last, today)])
        moved = [_moved(one) for key, one in by_key.items() if key in waiting and _differs(one, waiting[key])]
        self._tx.write(_MOVE, moved)
        new = {key: one for key, one in by_key.items() if key not in waiting and one.day >= today}
        known = (
            {row.key: row for row in self._tx.rows(_KNOWN, {"keys": self._tx.a_list(sorted(new))})}
            if new
            else {}
        )
        again = [new[key] for key, row in sorted(known.items()) if _comes_again(new[key], row, today)]
        self._tx.write(_REVIVE, [_moved(one) for one in again])
        self._tx.write(_PUT, [_row(one) for key, one in sorted(new.items()) if key not in known])

    def due(self, now: datetime) -> Due:
        """Return the journeys about which something may be said at *now*, the longest waiting first; holds nothing.

        What waits for somebody's night to end, or for their next week, is left out: nothing is said about it yet.
        """

        @cache  # many share a day, an hour and a zone
        def may_be_said(day: date, wall: str, zone: str, hours: str) -> bool:
            here, quiet = ZoneInfo(zone), quiet_hours(hours)
            said = spoken_at(day, time.fromisoformat(wall), here, quiet)
            return said <= now and not quiet.cover(now.astimezone(here).time())

        rows = self._tx.rows(_NEAR, {"earliest": date.min, "furthest": _furthest_day(now)})
        ready = [row for row in rows if may_be_said(row.day, row.wall, row.zone, row.quiet)]
        full = self._whose_week_is_full(ready, now)
        journeys: dict[str, None] = {}
        theirs: dict[PersonId, dict[str, None]] = {}
        for row in ready:
            if row.recipient not in full:
                journeys[row.journey] = None
                theirs.setdefault(PersonId(row.recipient), {})[row.journey] = None
        return Due(tuple(journeys), {who: tuple(found) for who, found in theirs.items() if len(found) > 1})

    def _whose_week_is_full(self, ready: Sequence[Row[Any]], now: datetime) -> set[str]:
        """Return who has heard so much this week that nothing of what is ready may be said to them."""
        urgent: dict[str, bool] = {}
        for row in ready:
            urgent[row.recipient] = urgent.get(row.recipient, False) or not row.can_wait
        heard = self.heard(urgent, now - LONGEST_WEEK) if urgent else {}
        known = self.terms(heard) if heard else {}
        return {
            person for person, own in known.items()
            if not budget(own, heard[person], now).allows(urgent=urgent[person])
        }  # fmt: skip

    def hold(self, journey: str) -> bool:
        """Keep other clocks from the journey until this transaction ends; False when one of them has it.

        On SQLite there is one writer at a time anyway.
        """
        return self._tx.on_sqlite or bool(self._tx.value(_TRY_HOLD, {"journey": journey}))

    def to_say(self, now: datetime, journey: str, *, most: int = 500) -> Sequence[Occurrence]:
        """Return what is due about the journey at *now*, oldest first; held until this transaction ends.

        It is *most* things, and what else there is for the people whose they are.
        """
        rows = self._tx.rows(_NEAR_OF, {"furthest": _furthest_day(now), "journey": journey})
        due = [one for row in rows if moment_of(one := _occurrence_of(row)) <= now]
        if not due:
            return ()
        whose = {one.recipient for one in due[:most]}
        due = [one for one in due if one.recipient in whose]
        held = self.take([one.key for one in due])
        return tuple(one for one in due if one.key in held)

    def take(self, keys: Sequence[str]) -> frozenset[str]:
        """Hold what of this is still due until this transaction ends; return the keys of that."""
        rows = self._tx.rows(_HOLD, {"keys": self._tx.a_list(sorted(keys))})
        return frozenset(row.key for row in rows)

    def known(self, keys: Sequence[str]) -> Sequence[Occurrence]:
        """Return the occurrences with these keys, whatever became of them, in the order of their days."""
        rows = self._tx.rows(_BY_KEY, {"keys": self._tx.a_list(sorted(keys))}) if keys else ()
        return tuple(_occurrence_of(row) for row in rows)

    def waiting(self, *, most: int = 500) -> Sequence[Occurrence]:
        return tuple(_occurrence_of(row) for row in self._tx.rows(_ALL_WAITING, {"most": most}))

    def note_thought(self, journey: str, thought: str, slot: str, person: str, at: datetime) -> bool:
        """Remember that one of the pack's nudges is said; False when it has been, in this slot."""
        one = _thought(journey, thought, slot, person, at.date())
        if self.has_thought(journey, thought, slot, person):
            return False
        self._tx.write(_PUT, [{**_row(one), "state": "said", "at": at}])
        return True

    def has_thought(self, journey: str, thought: str, slot: str, person: str) -> bool:
        key = _thought(journey, thought, slot, person, date.min).key
        return self._tx.row(_KNOWN, {"keys": self._tx.a_list([key])}) is not None

    def done(self, keys: Iterable[str], state: str, why: str, at: datetime) -> None:
        """Mark as said, or as skipped with the reason."""
        self._tx.write(
            _SAID, [{"of_key": key, "new_state": state, "because": why, "done_at": at} for key in keys]
        )

    def terms(self, people: Iterable[str]) -> Mapping[PersonId, Terms]:
        return terms.of_people(self._tx, people)

    def set_terms(self, person: str, chosen: Terms) -> None:
        terms.keep(self._tx, person, chosen)

    def put_away(self, person: str, away: Away) -> None:
        terms.put_away(self._tx, person, away)

    def come_back(self, person: str, on: date) -> None:
        terms.come_back(self._tx, person, on)

    def put_off(self, journey: str, one: PutOff) -> None:
        terms.put_off(self._tx, journey, one)

    def put_off_in(self, journey: str) -> Sequence[PutOff]:
        return terms.put_off_in(self._tx, journey)

    def forget_put_off(self, journey: str, person: str, about: str) -> None:
        terms.forget_put_off(self._tx, journey, person, about)

    def pause(self, journey: str, until: Away | None) -> None:
        terms.pause(self._tx, journey, until)

    def pause_of(self, journey: str) -> Away | None:
        return terms.pause_of(self._tx, journey)

    def heard(self, people: Iterable[str], since: datetime) -> Mapping[PersonId, Sequence[datetime]]:
        return mentions.heard(self._tx, people, since)

    def latest(self, person: str) -> Sequence[Occurrence]:
        return self.known(mentions.latest(self._tx, person))

    def closed_days(self, organisation: str) -> frozenset[date]:
        return meetings.closed_days(self._tx, organisation)

    def close_day(self, organisation: str, day: date) -> None:
        meetings.close_day(self._tx, organisation, day)

    def open_day(self, organisation: str, day: date) -> None:
        meetings.open_day(self._tx, organisation, day)

    def changes_of_days(self, organisation: str) -> int:
        return meetings.changes(self._tx, organisation)

    def put_meeting(self, organisation: str, meeting: MeetingDay, at: datetime) -> None:
        meetings.put(self._tx, organisation, meeting, at)

    def drop_meeting(self, body: str, day: date, at: datetime) -> bool:
        return meetings.call_off(self._tx, body, day, at)

    def next_meetings(self, organisations: Iterable[str], *, since: date) -> Mapping[str, MeetingDay]:
        return meetings.following(self._tx, organisations, since)

    def meetings(self, organisation: str, *, since: date) -> Sequence[MeetingDay]:
        return [one.meeting for one in self.kept_meetings(organisation, since=since) if not one.called_off]

    def kept_meetings(self, organisation: str, *, since: date) -> Sequence[KeptMeeting]:
        return meetings.kept(self._tx, organisation, since)

    def put_feed(self, secret: str, person: str, journey: str, at: datetime) -> None:
        meetings.put_feed(self._tx, secret, person, journey, at)

    def feed(self, secret: str) -> tuple[str, str] | None:
        return meetings.feed(self._tx, secret)

    def feeds(self, person: str) -> Sequence[FeedRef]:
        return meetings.feeds(self._tx, person)

    def drop_feeds(self, person: str, journey: str | None = None) -> int:
        return meetings.drop_feeds(self._tx, person, journey)


def _furthest_day(now: datetime) -> date:
    """Return the day that it is where days begin first: in Kiritimati."""
    return (now.astimezone(UTC) + timedelta(hours=14)).date()


def _is_past(last: date | None, today: date) -> bool:
    return last is not None and last < today


def _comes_again(one: Occurrence, row: Row[Any], today: date) -> bool:
    """Say whether what was put away is to come after all: it is wanted again, or the clock had gone ahead of it."""
    if row.state == "skipped" and row.why == PAST:
        return one.last is None or one.last > today
    if row.state == "skipped" and is_put_off(one):
        return one.day > today + ONE_DAY  # for some, tomorrow has begun
    return bool(row.state == "retired")


def _thought(journey: str, thought: str, slot: str, person: str, day: date) -> Occurrence:
    own = Terms()
    return Occurrence(
        "thought", thought, f"{journey}/{slot}", PersonId(person), journey, day, own.at, own.zone, own.quiet
    )


def _row(one: Occurrence) -> dict[str, Any]:
    return {
        "key": one.key, "of_journey": one.journey, "journey": one.journey, "rule": one.rule, "about": one.about,
        "slot": one.slot, "recipient": one.recipient, "day": one.day, "wall": wall(one.at), "zone": one.zone.key,
        "quiet": hours(one.quiet), "last": one.last, "state": "due", "why": "", "at": None,
    }  # fmt: skip


def _moved(one: Occurrence) -> dict[str, Any]:
    return {
        "of_key": one.key, "new_day": one.day, "new_wall": wall(one.at), "new_zone": one.zone.key,
        "new_quiet": hours(one.quiet), "new_last": one.last,
    }  # fmt: skip


def _differs(one: Occurrence, row: Row[Any]) -> bool:
    there = (row.day, row.wall, row.zone, row.quiet, row.last)
    return (one.day, wall(one.at), one.zone.key, hours(one.quiet), one.last) != there


def _occurrence_of(row: Row[Any]) -> Occurrence:
    return Occurrence(
        row.rule, row.about, row.slot, PersonId(row.recipient), row.journey, row.day, time.fromisoformat(row.wall),
        ZoneInfo(row.zone), quiet_hours(row.quiet), row.last,
    )  # fmt: skip
