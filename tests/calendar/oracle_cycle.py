"""Works out by other means when checkpoints are due, when they open, and whom they are said to.

Months are counted on the fingers, rules by looking at every day, and what is open by going through time once. Nothing
here is shared with the code under test.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random  # noqa: TID251 - drawn by a seed

from tests.calendar.oracle import DAY, Expected, Group, Office, Wall

LONG_PAST = timedelta(days=30)
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


# ------------------------------------------------------------------------------------------------ through time


@dataclass
class Open:
    """One that is open: since when, what it is called, and the stretches of time in which it had one and the same day."""

    opened: int
    period: str
    spans: list[tuple[int, Wanted]]
    ended: int | None = None
    how: str = ""


@dataclass
class Line:
    """All that becomes of one name of one subject."""

    opens: list[Open] = field(default_factory=list)
    to_come: list[Open] = field(
        default_factory=list
    )  # not open, but in the plan: far east it is that day already

    @property
    def current(self) -> Open | None:
        return self.opens[-1] if self.opens and self.opens[-1].ended is None else None

    def closed(self, kind: Kind, wanted: Wanted) -> bool:
        done = [one for one in self.opens if one.how == "closed"]
        if wanted.name:  # a year's, or a rhythm's next: it comes once
            return bool(done)
        return any(one.period == wanted.period or one.spans[-1][1].due == wanted.due for one in done)


@dataclass(frozen=True)
class Told:
    """What is expected of the checkpoints: what is said, and (key, opened, ended, how) of each that was open."""

    said: Sequence[Expected]
    open: Sequence[tuple[str, int, int | None, str]]


def checkpoints_foretold(
    life: Life, group: Group, journey: str, home: Wall, begin: int, end: int, last: date
) -> Told:
    """Return what is expected from the first minute until *end*, the days worked out until *last*."""
    versions = sorted({begin, *(minute for minute in life.changes() if begin < minute < end)})
    said: list[Expected] = []
    log = []
    for kind in KINDS:
        lines: dict[tuple[str, str], Line] = {}
        for minute, following in zip(versions, [*versions[1:], end], strict=True):
            now = known_at(life, minute, group.office, last)
            wanted = {(one.subject, one.name): one for one in kind.days(now)}
            for subject_and_name in sorted(lines.keys() | wanted.keys()):
                line = lines.setdefault(subject_and_name, Line())
                _pass(line, wanted.get(subject_and_name), kind, life, group, home, now, minute, following)
        for (subject, _), line in lines.items():
            for one in line.opens:
                key = f"{kind.id}|{subject}|{one.period}"
                log.append((key, one.opened, one.ended, one.how))
                said += _rungs(one, key, kind, life, group, journey, home, end)
            for one in line.to_come:
                key = f"{kind.id}|{subject}|{one.period}"
                said += _rungs(one, key, kind, life, group, journey, home, end)
    return Told(said, sorted(log, key=lambda entry: (entry[0], entry[1])))


def known_at(life: Life, minute: int, office: Office, last: date) -> Now:
    return Now(
        life.began,
        [one for one in life.meetings if one.since <= minute < one.until],
        [one for one in life.trips if one.since <= minute < one.until],
        {one.question: one.value for one in life.answers if one.since <= minute < one.until},
        office,
        last,
    )


def _pass(
    line: Line, wanted: Wanted | None, kind: Kind, life: Life, group: Group, home: Wall, now: Now, minute: int, following: int
) -> None:  # fmt: skip
    """Let time go from a minute until the following change, in which one and the same thing is wanted."""
    current = line.current
    if current is not None and wanted is None:
        current.ended, current.how = minute, "retired"
    elif current is not None and wanted is not None:
        # Moved to a day on which it was closed before: that is over.
        if not wanted.name and wanted.period != current.period and line.closed(kind, wanted):
            current.ended, current.how = minute, "retired"
        elif current.spans[-1][1] != wanted:
            current.spans.append((minute, wanted))
    elif wanted is not None and not line.closed(kind, wanted):
        # On its first day a group says who is in it.
        day = max(opens_on(wanted, kind, group.office), life.began + DAY)
        at = max(minute, home.first(datetime.combine(day, time())))
        too_old = wanted.due < home.at(at).date() - LONG_PAST
        if not too_old and not (kind.by_the_year and wanted.due < now.began):
            since = minute
            last = line.to_come[-1] if line.to_come else None
            if last is not None and last.ended == minute and last.spans == [(last.opened, wanted)]:
                since = line.to_come.pop().opened
            if at < following:
                line.opens.append(Open(at, wanted.period, [(since, wanted)]))
            else:
                line.to_come.append(Open(since, wanted.period, [(since, wanted)], following))
    current = line.current
    if current is not None:
        key = f"{kind.id}|{current.spans[-1][1].subject}|{current.period}"
        done = _done_at(current, key, kind, life, group)
        if done is not None and done < following:
            current.ended, current.how = done, "closed"


def opens_on(wanted: Wanted, kind: Kind, office: Office) -> date:
    leads = lead_days(wanted.due, kind.leads, office)
    day = min(leads) if leads else wanted.due
    if wanted.not_before is not None:
        first = first_from(wanted.not_before, office)
        day = first if kind.window and not leads else max(day, first)
    return min(day, wanted.due)


def _done_at(one: Open, key: str, kind: Kind, life: Life, group: Group) -> int | None:
    """Return when it is closed: by a press, or because everybody has handed in their part."""
    ends = []
    after = life.closed_after(key)
    if after is not None:
        ends.append(one.opened + after)
    if kind.parts:
        parts = [life.answered_after(key, person) for person in members(group)]
        known = [part for part in parts if part is not None]
        if len(known) == len(parts):
            ends.append(one.opened + max(known))
    return min(ends, default=None)


def members(group: Group) -> list[str]:
    return [id for id in group.people if id != group.coach]


def _rungs(
    one: Open, key: str, kind: Kind, life: Life, group: Group, journey: str, home: Wall, end: int
) -> Iterator[Expected]:
    office = group.office
    over = one.ended if one.ended is not None else end
    for place, (since, wanted) in enumerate(one.spans):
        until = one.spans[place + 1][0] if place + 1 < len(one.spans) else over
        born = home.at(since).date()
        first = opens_on(wanted, kind, office)
        sees = (wanted.owner,) if wanted.owner else tuple(kind.sees)
        owe: dict[str, int] = {}  # until when they owe their part
        for person in members(group) if kind.parts else ():
            after = life.answered_after(key, person)
            owe[person] = min(until, one.opened + after) if after is not None else until
        steps: list[tuple[str, date, date | None]] = [
            (f"ahead-{number}", max(first, min(day, wanted.due)), wanted.due)
            for number, day in enumerate(lead_days(wanted.due, kind.leads, office))
        ]
        steps.append(("day", wanted.due, office.counted(wanted.due, 1)))
        steps += [
            (name, office.counted(wanted.due, count), None)
            for name, count in (("late", 1), ("leader", 3), ("coach", 8))
        ]
        for rung, (name, day, meant) in enumerate(steps):
            if name == "leader":
                hear = dict.fromkeys((group.leader, *sees), until)
            elif name == "coach":
                hear = dict.fromkeys((group.coach, group.leader), until)
            else:
                hear = {**owe, **dict.fromkeys(sees, until)}
            for person, ended in hear.items():
                on = group.people[person].day_from(day, office)
                if on >= born:  # nobody is reminded of what was past already
                    name_of = ("checkpoint", f"{journey}|{key}", f"{wanted.due}/{name}", person)
                    yield Expected(name_of, on, rung, meant, since, min(ended, until))
