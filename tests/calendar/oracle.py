"""Works out by other means what should be said and when: holidays by rule, days counted one by one, zones by scanning.

Nothing here is shared with the code under test but the zone data, and that is only asked what a UTC instant shows.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - what a wall shows
AHEAD = {"light": (), "standard": (5,), "active": (10, 3)}


# ------------------------------------------------------------------------------------------------ days


@cache
def easter(year: int) -> date:
    """Return Easter Sunday, by Butcher's reckoning."""
    a, (b, c) = year % 19, divmod(year, 100)
    (d, e), f = divmod(b, 4), (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


@cache
def free_days(year: int) -> frozenset[date]:
    """Return the days that Swedish offices are closed by law (1989:253), and the three eves that are in fact."""
    sunday = easter(year)
    midsummer_eve = next(date(year, 6, n) for n in range(19, 26) if date(year, 6, n).weekday() == 4)
    all_saints = next(one for n in range(7) if (one := date(year, 10, 31) + timedelta(days=n)).weekday() == 5)
    return frozenset({
        date(year, 1, 1), date(year, 1, 6), date(year, 5, 1), date(year, 6, 6), date(year, 12, 25), date(year, 12, 26),
        sunday - 2 * DAY, sunday, sunday + DAY, sunday + 39 * DAY, sunday + 49 * DAY,
        midsummer_eve, midsummer_eve + DAY, all_saints, date(year, 12, 24), date(year, 12, 31),
    })  # fmt: skip


@dataclass(frozen=True)
class Office:
    """When an organisation works; *closed* are days of its own."""

    closed: frozenset[date]

    def works(self, day: date) -> bool:
        return day.isoweekday() <= 5 and day not in free_days(day.year) and day not in self.closed

    def counted(self, day: date, count: int) -> date:
        """Return the working day that is reached by counting so many from *day*, which itself isn't counted."""
        step = DAY if count > 0 else -DAY
        left = abs(count)
        while left:
            day += step
            left -= self.works(day)
        return day

    def last_until(self, day: date) -> date:
        while not self.works(day):
            day -= DAY
        return day


# ------------------------------------------------------------------------------------------------ walls


class Wall:
    """The wall clocks of a zone in the simulated years: stretches of UTC minutes with one offset each."""

    def __init__(self, zone: str, first: date, last: date) -> None:
        self.zone, self._zone = zone, ZoneInfo(zone)
        begin, end = _minutes(datetime.combine(first, time())), _minutes(datetime.combine(last, time()))
        self._starts, self._offsets = [begin], [self._shown(begin)]
        for hour in range(begin, end, 60):
            if self._shown(hour + 60) != self._offsets[-1]:
                change = next(m for m in range(hour, hour + 61) if self._shown(m) != self._offsets[-1])
                self._starts.append(change)
                self._offsets.append(self._shown(change))

    def _shown(self, minute: int) -> int:
        offset = datetime.fromtimestamp(minute * 60, self._zone).utcoffset()
        assert offset is not None
        return int(offset.total_seconds()) // 60

    def at(self, minute: int) -> datetime:
        """Return what the wall shows at a UTC minute."""
        return EPOCH + timedelta(minutes=minute + self._offsets[bisect_right(self._starts, minute) - 1])

    def first(self, shown: datetime) -> int:
        """Return the first UTC minute that shows it; when none does, the first after the jump past it."""
        for place, offset in enumerate(self._offsets):
            minute = _minutes(shown) - offset
            end = self._starts[place + 1] if place + 1 < len(self._starts) else minute + 1
            if minute < end:
                return max(minute, self._starts[place])
        raise AssertionError(shown)

    @property
    def changes(self) -> Sequence[date]:
        """Return the days on which the clocks are changed."""
        return [self.at(start).date() for start in self._starts[1:]]


def _minutes(shown: datetime) -> int:
    return int((shown - EPOCH).total_seconds()) // 60


def minute_of(instant: datetime) -> int:
    return _minutes(instant.astimezone(UTC).replace(tzinfo=None))


def instant_of(minute: int) -> datetime:
    return (EPOCH + timedelta(minutes=minute)).replace(tzinfo=UTC)


# ------------------------------------------------------------------------------------------------ people and things


@dataclass(frozen=True)
class Someone:
    """On what terms one person is reminded. Quiet from and until minutes of the day; 0, 0 is never."""

    id: str
    wall: Wall
    at: int
    quiet: tuple[int, int]
    intensity: str
    weekday: int | None  # None: before the group's own meeting, else Monday
    away: tuple[tuple[date, date], ...]

    def is_there(self, day: date) -> bool:
        return not any(first <= day <= last for first, last in self.away)

    def is_quiet(self, minute_of_day: int) -> bool:
        begin, end = self.quiet
        if begin <= end:
            return begin <= minute_of_day < end
        return not end <= minute_of_day < begin

    def hears(self, minute: int, office: Office) -> bool:
        shown = self.wall.at(minute)
        day = shown.date()
        return not self.is_quiet(shown.hour * 60 + shown.minute) and office.works(day) and self.is_there(day)

    def moment(self, day: date) -> int:
        """Return the UTC minute when something about the day is said."""
        at = self.quiet[1] if self.is_quiet(self.at) else self.at
        midnight = datetime.combine(day, time())
        minute = self.wall.first(midnight + timedelta(minutes=at))
        shown = self.wall.at(minute)
        if self.is_quiet(shown.hour * 60 + shown.minute):  # the clocks skipped into the quiet hours
            return self.wall.first(midnight + timedelta(minutes=self.quiet[1]))
        return minute

    def day_from(self, day: date, office: Office) -> date:
        while not (office.works(day) and self.is_there(day)):
            day += DAY
        return day


@dataclass(frozen=True)
class Dated:
    """A measure with one date (None: without), from when it is so until it is moved or done. Minutes, the end not in."""

    id: str
    owner: str
    due: date | None
    since: int
    until: int


@dataclass(frozen=True)
class Group:
    office: Office
    leader: str
    coach: str
    people: Mapping[str, Someone]
    dated: Sequence[Dated] = ()
    meets: frozenset[date] = frozenset()


@dataclass(frozen=True)
class Expected:
    """One thing to be said: when it is first meant, and until which day it still means something."""

    key: tuple[str, str, str, str]  # rule, about, slot, recipient
    day: date
    rung: int
    last: date | None
    since: int
    until: int


@dataclass
class Foretold:
    """What should come of it: the minute at which each thing is said, and what is never said."""

    said: dict[tuple[str, str, str, str], int] = field(default_factory=dict)
    skipped: set[tuple[str, str, str, str]] = field(default_factory=set)
    dropped: set[tuple[str, str, str, str]] = field(
        default_factory=set
    )  # it no longer stood, or the clock stopped


def foretold(
    group: Group, journey: str, home: Wall, first: date, last: date, more: Iterable[Expected] = ()
) -> Foretold:
    """Return what is said about the group when a clock looks every twenty minutes, from the first day to the last.

    *more* is expected beside the measures and the weekly nudge.
    """
    found = Foretold()
    begin, end = (home.first(datetime.combine(day, time())) for day in (first, last))
    together: dict[tuple[str, str, str, int], list[Expected]] = {}
    over: set[tuple[str, str, str, str]] = set()
    every = [*_expected(group, journey, home, first, last, begin, end), *more]
    for one in sorted(every, key=lambda one: one.since):
        if one.key in over:  # the day has moved away and back again, and this was said the first time
            continue
        person = group.people[one.key[3]]
        # A look right at the moment at which it came to be has seen it.
        minute = _look(max(person.moment(one.day), one.since))
        while minute < min(one.until, end) and not person.hears(minute, group.office):
            minute += 20
        if minute >= min(one.until, end):
            found.dropped.add(one.key)
        else:
            over.add(one.key)
            together.setdefault((*one.key[:2], one.key[3], minute), []).append(one)
    found.dropped -= over
    for (_, _, recipient, minute), things in together.items():
        today = group.people[recipient].wall.at(minute).date()
        fresh = [one for one in things if one.last is None or today <= one.last]
        newest = max(fresh, key=lambda one: (one.day, one.rung), default=None)
        found.skipped |= {one.key for one in things if one is not newest}
        if newest is not None:
            found.said[newest.key] = minute
    return found


def _expected(
    group: Group, journey: str, home: Wall, first: date, last: date, begin: int, end: int
) -> Iterator[Expected]:
    office = group.office
    yield from _weekly("weekly", journey, group.leader, group, home, first, last, begin, end, chosen=True)
    for thing in group.dated:
        if thing.due is None:
            yield from _weekly(
                "undated", thing.id, thing.owner, group, home, first, last, thing.since, thing.until, chosen=False
            )  # fmt: skip
            continue
        born = home.at(thing.since).date()
        for rung, (name, step, meant) in enumerate(_steps(thing.due, group.people[thing.owner], office)):
            who = {"leader": (group.leader, thing.owner), "coach": (group.coach, group.leader)}
            for recipient in dict.fromkeys(who.get(name, (thing.owner,))):
                day = group.people[recipient].day_from(step, office)
                if day >= born:  # nobody is reminded of what was past already
                    key = ("record", thing.id, f"dag_{thing.due}/{name}", recipient)
                    yield Expected(key, day, rung, meant, thing.since, thing.until)


def _steps(due: date, owner: Someone, office: Office) -> Iterator[tuple[str, date, date | None]]:
    the_day = office.last_until(due)
    for days in AHEAD[owner.intensity]:
        yield f"ahead-{days}", office.counted(due, -days), the_day
    yield "day", the_day, office.counted(due, 1)
    yield "late", office.counted(due, 1), None
    yield "leader", office.counted(due, 3), None
    yield "coach", office.counted(due, 8), None


def _weekly(
    rule: str, about: str, recipient: str, group: Group, home: Wall, first: date, last: date, since: int, until: int, *,
    chosen: bool,
) -> Iterator[Expected]:  # fmt: skip
    """Yield one a week: on the weekday of the recipient's choice, or before the group meets, or on Monday.

    Where that is no good day it is the first good one of that week.
    """
    person = group.people[recipient]
    born = home.at(since).date()
    monday = first - timedelta(days=first.isoweekday() - 1)
    while monday < last:
        next_monday = monday + timedelta(days=7)
        wanted = monday
        if chosen and person.weekday is not None:
            wanted = monday + timedelta(days=person.weekday)
        elif chosen:
            eves = {group.office.counted(meets, -1) for meets in group.meets}
            wanted = min((eve for eve in eves if monday <= eve < next_monday), default=monday)
        day = person.day_from(wanted, group.office)
        if day < next_monday and day >= born:
            over = home.first(datetime.combine(next_monday, time()))  # the next week has one of its own
            year, week, _ = monday.isocalendar()
            key = (rule, about, f"{year}-W{week:02}", recipient)
            yield Expected(key, day, 0, next_monday - DAY, since, min(until, over))
        monday = next_monday


def _look(minute: int) -> int:
    """Return the first look at or after the minute."""
    return -(-minute // 20) * 20
