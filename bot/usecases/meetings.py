"""Keeps when bodies meet, one meeting or many; every plan in the organisation that may go by them is made anew."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.usecases.office import Office
from dialogs.model.occurrence import MeetingDay
from dialogs.model.problem import Problem
from dialogs.ports import UnitOfWork
from dialogs.values.meetings import Reading, Sorted, sort
from dialogs.values.names import find

AT_ONCE = 3
"""So many journeys are planned anew in the transaction that changes their days: it holds the only writer there may be."""


def sorted_meetings(
    reading: Reading, organisation: str, *, uow: UnitOfWork, today: date, default: str = ""
) -> Sorted:
    """Return what keeping the meetings that were read would change. *default* is the id of whose they are else."""
    bodies = [(str(one.id), one.name) for one in uow.organisations.bodies(organisation, today)]
    since = min([today, *(row.day for row in (*reading.rows, *reading.stops))])
    known = uow.calendar.meetings(organisation, since=since)
    return sort(reading, bodies, known, today=today, default=default)


def keep_meetings(
    organisation: str, meetings: Iterable[MeetingDay], *, uow: UnitOfWork, at: datetime, first: str = ""
) -> None:
    for one in meetings:
        uow.calendar.put_meeting(organisation, one, at)
    outdate_all(organisation, uow=uow, at=at, first=first)


def drop_meetings(
    organisation: str, meetings: Iterable[MeetingDay], *, uow: UnitOfWork, at: datetime, first: str = ""
) -> None:
    for one in meetings:
        uow.calendar.drop_meeting(one.body, one.day, at)
    outdate_all(organisation, uow=uow, at=at, first=first)


def outdate_all(organisation: str, *, uow: UnitOfWork, at: datetime, first: str = "") -> None:
    """Have every journey of the organisation planned anew: days are the same for all of them.

    *first* and a few more are planned in this transaction, the others by the next look at the clock, in one of their
    own each. What is said meanwhile goes by the new days all the same.
    """
    running = sorted(uow.journeys.running_in(organisation), key=lambda one: one.id != first)
    for one in running[:AT_ONCE]:
        uow.calendar.outdate(one.id)
    uow.calendar.mark((one.id for one in running[AT_ONCE:]), at)


@dataclass(frozen=True)
class Meetings:
    """An organisation's meetings, as they are changed from the command line."""

    office: Office
    organisation: str

    def body(self, name: str) -> str | Problem:
        """Return the id of the body with the name, or with this beginning when nothing else begins so."""
        bodies = self._bodies()
        found = find(name, bodies, numbered=False)
        if found.value is not None:
            return found.value
        names = ", ".join(found.near) or ", ".join(label for _, label in bodies)
        return Problem("command-meeting-of-whom", {"said": name, "bodies": names or "–"})

    def name(self, body: str) -> str:
        return dict(self._bodies()).get(body, "–")

    def all(self, *, past: bool, body: str = "") -> Sequence[MeetingDay]:
        since = date.min if past else self.office.clock.today()
        found = self.office.uow.calendar.meetings(self.organisation, since=since)
        return [one for one in found if body in ("", one.body)]

    def sorted(self, reading: Reading, default: str) -> Sorted:
        return sorted_meetings(
            reading, self.organisation, uow=self.office.uow, today=self.office.clock.today(), default=default
        )

    def missing(self, found: Sorted) -> Sequence[MeetingDay]:
        """Return the coming meetings that the list leaves out: those of its bodies, from its first day to its last."""
        today, days = self.office.clock.today(), {(one.body, one.day) for one in found.good}
        spans: dict[str, tuple[date, date]] = {}
        for body, day in days:
            first, last = spans.get(body, (day, day))
            spans[body] = (min(first, day), max(last, day))
        return [
            one
            for one in self.office.uow.calendar.meetings(self.organisation, since=today)
            if one.body in spans
            and (one.body, one.day) not in days
            and spans[one.body][0] <= one.day <= spans[one.body][1]
        ]

    def keep(self, meetings: Sequence[MeetingDay]) -> None:
        if meetings:
            keep_meetings(self.organisation, meetings, uow=self.office.uow, at=self.office.clock.now())
            self.office.note("meetings-kept", self.organisation, self.organisation)

    def drop(self, meetings: Sequence[MeetingDay]) -> None:
        if meetings:
            drop_meetings(self.organisation, meetings, uow=self.office.uow, at=self.office.clock.now())
            self.office.note("meetings-dropped", self.organisation, self.organisation)

    def _bodies(self) -> Sequence[tuple[str, str]]:
        found = self.office.uow.organisations.bodies(self.organisation, self.office.clock.today())
        return [(str(one.id), one.name) for one in found]
