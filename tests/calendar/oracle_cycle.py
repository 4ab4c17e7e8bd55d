"""Works out by other means on which days checkpoints are due: months on the fingers, rules by looking at every day.

Nothing here is shared with the code under test.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random  # noqa: TID251 - drawn by a seed

from tests.calendar.oracle import DAY, Office

A_LOOK = 20


# ------------------------------------------------------------------------------------------------ what the group knows


@dataclass(frozen=True)
class Meeting:
    """A meeting of the body as it stands in the calendar between two minutes, the end not in."""

    day: date
    stop: date | None
    since: int
    until: int


@dataclass(frozen=True)
class Trip:
    """A trip as it stands in the register between two minutes: back home on a day, and a cooperation that ends."""

    id: str
    owner: str
    home: date | None
    ends: date | None
    since: int
    until: int


@dataclass(frozen=True)
class Said:
    """A question's answer between two minutes."""

    question: str
    value: str
    since: int
    until: int


@dataclass(frozen=True)
class Life:
    """All that checkpoints come of, and by the seed what people do when one is open."""

    began: date
    meetings: Sequence[Meeting]
    trips: Sequence[Trip]
    answers: Sequence[Said]
    seed: str

    def changes(self) -> set[int]:
        every: Sequence[Meeting | Trip | Said] = [*self.meetings, *self.trips, *self.answers]
        return {minute for one in every for minute in (one.since, one.until)}

    def closed_after(self, key: str) -> int | None:
        """Return how many minutes after it opens somebody calls the checkpoint done; None for never."""
        chance = Random(f"{self.seed}/{key}")
        return None if chance.random() < 0.3 else A_LOOK * chance.randrange(1, 72 * 100)

    def answered_after(self, key: str, person: str) -> int | None:
        """Return how many minutes after it opens the person hands in their part; None for never."""
        chance = Random(f"{self.seed}/{key}/{person}")
        return None if chance.random() < 0.2 else A_LOOK * chance.randrange(1, 72 * 70)


@dataclass(frozen=True)
class Now:
    """What is known at a minute."""

    began: date
    meetings: Sequence[Meeting]
    trips: Sequence[Trip]
    answers: Mapping[str, str]
    office: Office
    last: date

    def day(self, question: str) -> date | None:
        return date.fromisoformat(self.answers[question]) if question in self.answers else None


def known_at(life: Life, minute: int, office: Office, last: date) -> Now:
    return Now(
        life.began,
        [one for one in life.meetings if one.since <= minute < one.until],
        [one for one in life.trips if one.since <= minute < one.until],
        {one.question: one.value for one in life.answers if one.since <= minute < one.until},
        office,
        last,
    )


# ------------------------------------------------------------------------------------------------ days


def month_away(day: date, months: int) -> date:
    """Return the same day of another month, or its last when it has no such day."""
    number = day.year * 12 + day.month - 1 + months
    year, month = number // 12, number % 12 + 1
    for of_month in range(day.day, 0, -1):
        try:
            return date(year, month, of_month)
        except ValueError:
            continue
    raise AssertionError(day)


def every_day(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += DAY


def first_from(day: date, office: Office) -> date:
    while not office.works(day):
        day += DAY
    return day


@dataclass(frozen=True)
class Wanted:
    """One day that a checkpoint asks for. The name is what it keeps though its day moves."""

    name: str
    subject: str
    period: str
    due: date
    not_before: date | None = None
    owner: str = ""


Lead = tuple[str, int]


def lead_days(due: date, leads: Sequence[Lead], office: Office) -> list[date]:
    found = []
    for unit, count in leads:
        if unit == "days":
            found.append(office.counted(due, -count))
        elif unit == "weeks":
            found.append(office.last_until(due - 7 * count * DAY))
        else:
            found.append(office.last_until(month_away(due, -count)))
    return found


def stop_of(meeting: Meeting, office: Office) -> date:
    return office.counted(meeting.day, -10) if meeting.stop is None else office.last_until(meeting.stop)


# ------------------------------------------------------------------------------------------------ the kinds


def last_fridays(now: Now) -> Iterator[Wanted]:
    for day in every_day(now.began, now.last):
        if day.weekday() == 4 and (day + 7 * DAY).month != day.month:
            yield Wanted(str(day), "", str(day), now.office.last_until(day))


def leap_days(now: Now) -> Iterator[Wanted]:
    for day in every_day(now.began, now.last):
        if (day.month, day.day) == (2, 29):
            yield Wanted(str(day), "", str(day), now.office.last_until(day))


def mondays_of_week_53(now: Now) -> Iterator[Wanted]:
    for day in every_day(now.began, now.last):
        if day.weekday() == 0 and day.isocalendar().week == 53:
            yield Wanted(str(day), "", str(day), now.office.last_until(day))


def meeting_in(month: int) -> Callable[[Now], Iterator[Wanted]]:
    def found(now: Now) -> Iterator[Wanted]:
        for year in range(now.began.year, now.last.year + 1):
            there = [one for one in now.meetings if (one.day.year, one.day.month) == (year, month)]
            if there and "namnd" in now.answers:
                due = stop_of(min(there, key=lambda one: one.day), now.office)
            else:
                first = date(year, month, 1)
                begins_in_it = (now.began.year, now.began.month) == (year, month)
                due = first_from(now.began if begins_in_it else first, now.office)
            yield Wanted(str(year), "", str(year), due)

    return found


def next_meetings(now: Now) -> Iterator[Wanted]:
    for trip in now.trips:
        if trip.home is None:
            continue
        stops = [
            stop
            for one in sorted(now.meetings, key=lambda one: one.day)
            if (stop := stop_of(one, now.office)) >= trip.home
        ]
        known = stops if "namnd" in now.answers else []
        due = known[0] if known else now.office.last_until(month_away(trip.home, 1))
        yield Wanted("", f"record:{trip.id}", str(trip.home), due, trip.home, trip.owner)


def ends(now: Now) -> Iterator[Wanted]:
    for trip in now.trips:
        if trip.ends is not None:
            yield Wanted(
                "", f"record:{trip.id}", str(trip.ends), now.office.last_until(trip.ends), owner=trip.owner
            )


def after_home(now: Now) -> Iterator[Wanted]:
    for trip in now.trips:
        if trip.home is not None:
            due = now.office.last_until(trip.home + 21 * DAY)
            yield Wanted("", f"record:{trip.id}", str(trip.home), due, trip.home, trip.owner)


def windows(now: Now) -> Iterator[Wanted]:
    for year in range(now.began.year - 1, now.last.year + 1):
        turn = date(year + 1, 3, 1) - DAY
        for name, first, last in (
            ("var", date(year, 2, 1), date(year, 5, 31)),
            ("host", date(year, 9, 1), date(year, 11, 30)),
            ("vinter", date(year, 12, 15), turn),
        ):
            yield Wanted(f"{year}-{name}", "", f"{year}-{name}", now.office.last_until(last), first)


def at_a_rhythm(now: Now) -> Iterator[Wanted]:
    start = now.day("start")
    if start is None or "takt" not in now.answers:
        return
    number, day = 0, start
    while day < now.last:
        number += 1
        if now.answers["takt"] == "sexveckor":
            day = start + 42 * number * DAY
        else:
            day = month_away(start, {"kvartal": 3, "manad": 1}[now.answers["takt"]] * number)
        yield Wanted(str(number), "", str(day), now.office.last_until(day))


def until_it_stops(now: Now) -> Iterator[Wanted]:
    day = now.day("forsta")
    if day is None or "stopp" in now.answers:
        return
    number = 0
    while day < now.last:
        number += 1
        day = now.office.counted(day, 20)
        yield Wanted(str(number), "", str(day), day)


def council_terms(now: Now) -> Iterator[Wanted]:
    for year in (2022, 2026, 2030, 2034):
        yield Wanted(str(year), "", str(year), now.office.last_until(date(year, 10, 15)))


def board_terms(now: Now) -> Iterator[Wanted]:
    instead = now.day("byte")
    for year in (2023, 2027, 2031, 2035):
        start = date(year, 1, 1)
        if instead is not None and abs((instead - start).days) < 730:
            start = instead
        yield Wanted(str(year), "", str(year), now.office.last_until(start))


@dataclass(frozen=True)
class Kind:
    """A checkpoint of the cycle: its days, its leads, who sees to it, and whether everybody has a part in it."""

    id: str
    days: Callable[[Now], Iterator[Wanted]]
    leads: Sequence[Lead] = ()
    sees: Sequence[str] = ("lena",)
    parts: bool = False
    by_the_year: bool = False
    window: bool = False


SEE = ("bo", "cia")  # who holds the role, and who stands in for them
KINDS = (
    Kind("fredagar", last_fridays, [("days", 5)], by_the_year=True),
    Kind("skottdag", leap_days, [("weeks", 2)], by_the_year=True),
    Kind("vecka-femtiotre", mondays_of_week_53, [("weeks", 1), ("days", 2)], by_the_year=True),
    Kind("plan", meeting_in(11), [("weeks", 6), ("days", 10)], SEE, parts=True, by_the_year=True),
    Kind("redovisning", meeting_in(3), [("months", 2)], SEE, by_the_year=True),
    Kind("rapport", next_meetings, [("days", 10), ("days", 3)]),
    Kind("slutar", ends, [("months", 6), ("weeks", 6)]),
    Kind("efter", after_home, [("weeks", 1)]),
    Kind("samtal", windows, by_the_year=True, window=True),
    Kind("uppfoljning", at_a_rhythm, [("days", 5)]),
    Kind("anyo", until_it_stops, [("days", 3)], SEE),
    Kind("fullmaktige", council_terms, [("months", 3)], by_the_year=True),
    Kind("styrelse", board_terms, [("months", 1)], by_the_year=True),
)
