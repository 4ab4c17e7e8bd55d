"""Draws groups, people and dates by a seed, lets the real calendar live through years, and compares with the oracle."""

import heapq
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from random import Random  # noqa: TID251 - drawn by a seed
from zoneinfo import ZoneInfo

from content.pack import Pack
from dialogs.calendar.due import sorted_out
from dialogs.calendar.moments import moment_of
from dialogs.calendar.occurrences import occurrences
from dialogs.calendar.workdays import WorkDays
from dialogs.model.journey import Journey
from dialogs.model.occurrence import Occurrence
from dialogs.model.people import Member, Person, PersonId
from dialogs.model.records import Record
from dialogs.model.terms import Away, QuietHours, Terms
from dialogs.time import HOME, local_day
from tests.calendar.oracle import (
    Dated,
    Foretold,
    Group,
    Office,
    Someone,
    Wall,
    easter,
    foretold,
    instant_of,
    minute_of,
)  # fmt: skip
from tests.calendar.plans import PLAN
from tests.dialogs.builders import NOW, a_journey

ZONES = (
    "Europe/Stockholm", "Australia/Lord_Howe", "Africa/Cairo", "Pacific/Kiritimati",  # those of `make test`
    "Europe/Helsinki", "Asia/Kathmandu", "Asia/Jerusalem", "America/St_Johns", "Pacific/Chatham", "Africa/Casablanca",
    "America/Nuuk", "Pacific/Pago_Pago",
)  # fmt: skip
FEW = ZONES[:4]
BEGIN, END = date(2025, 11, 1), date(2032, 6, 1)  # what the walls must show
PEOPLE = ("lena", "karl", "bo", "cia", "dan", "eva")
DAY_OF_MINUTES = 24 * 60
A_MONTH = 30 * DAY_OF_MINUTES
QUIET = ((17 * 60, 8 * 60), (17 * 60, 8 * 60), (0, 0), (18 * 60, 7 * 60), (12 * 60, 13 * 60), (22 * 60 + 30, 5 * 60),
         (3 * 60, 4 * 60 + 30), (60, 2 * 60 + 30), (19 * 60, 12 * 60))  # fmt: skip
AT = (
    9 * 60,
    9 * 60,
    7 * 60,
    10 * 60 + 15,
    0,
    30,
    2 * 60 + 30,
    3 * 60,
    16 * 60 + 55,
    23 * 60 + 50,
    12 * 60 + 45,
)


@cache
def wall(zone: str) -> Wall:
    return Wall(zone, BEGIN, END)


# ------------------------------------------------------------------------------------------------ what is drawn


@dataclass(frozen=True)
class Years:
    first: date
    last: date
    zones: Sequence[str]

    def a_day(self, chance: Random) -> date:
        """Return a day of these years, half of them where something is odd."""
        day = self.first + timedelta(days=chance.randrange((self.last - self.first).days))
        year = day.year
        edges = wall(chance.choice(self.zones)).changes
        odd = [
            date(year, 3, 1) - timedelta(days=1), date(year, 12, 31), date(year, 1, 1), date(year, 12, 28),
            day.replace(day=1) - timedelta(days=1), easter(year) - timedelta(days=3), date(year, 6, 22),
            chance.choice(edges or [day]) + timedelta(days=chance.randrange(-1, 2)),
        ]  # fmt: skip
        found = chance.choice(odd) if chance.random() < 0.5 else day
        return found if self.first <= found < self.last else day


def a_minute(day: date, chance: Random) -> int:
    """Return a look on that day, by UTC."""
    return minute_of(datetime.combine(day, time(), UTC)) + 20 * chance.randrange(72)


def someone(id: str, zone: str, years: Years, chance: Random) -> Someone:
    quiet = chance.choice(QUIET)
    away = []
    for _ in range(chance.randrange(4)):
        first = years.a_day(chance)
        away.append((first, first + timedelta(days=chance.choice((0, 1, 4, 11, 30)))))
    return Someone(
        id, wall(zone), chance.choice(AT), quiet, chance.choice(("light", "standard", "active")),
        chance.randrange(7), tuple(away),
    )  # fmt: skip


def a_group(number: int, years: Years, chance: Random, *, a_year: int) -> Group:
    closed = frozenset(years.a_day(chance) for _ in range(4 * ((years.last - years.first).days // 365)))
    people = {
        id: someone(id, years.zones[(number * len(PEOPLE) + place) % len(years.zones)], years, chance)
        for place, id in enumerate(PEOPLE)
    }
    count = a_year * ((years.last - years.first).days // 365)
    dated = [one for place in range(count) for one in a_measure(f"m{number}-{place}", years, chance)]
    return Group(Office(closed), "lena", "karl", people, dated)


def a_measure(id: str, years: Years, chance: Random) -> Iterator[Dated]:
    """Yield what becomes of one measure: it may be moved, and is done some day."""
    owner = chance.choice(("bo", "cia", "dan", "eva", "lena"))
    due = years.a_day(chance)
    begin = minute_of(datetime.combine(years.first, time(), HOME))
    since = max(begin, a_minute(due - timedelta(days=chance.choice((1, 3, 8, 20, 60))), chance))
    until = since + chance.randrange(3, 75) * DAY_OF_MINUTES
    kind = chance.random()
    if kind < 0.05:
        yield Dated(id, owner, None, since, until + 2 * A_MONTH)
        return
    if kind < 0.3:
        moved = since + 20 * chance.randrange(1, 72 * 30)
        yield Dated(id, owner, due, since, moved)
        due, since = due + timedelta(days=chance.randrange(1, 40)), moved
        until = max(until, since + 10 * DAY_OF_MINUTES)
    yield Dated(id, owner, due, since, until)


# ------------------------------------------------------------------------------------------------ the real thing


def terms_of(one: Someone, zone: ZoneInfo) -> Terms:
    def clock(minute: int) -> time:
        return time(*divmod(minute, 60))

    quiet = QuietHours(clock(one.quiet[0]), clock(one.quiet[1]))
    away = tuple(Away(first, last) for first, last in one.away)
    return Terms(zone, clock(one.at), quiet, one.intensity, one.weekday, away)


def a_record(one: Dated) -> Record:
    dag = {"dag": one.due.isoformat()} if one.due else {}
    return Record(one.id, "insatser", {"namn": one.id, "vem": one.owner, **dag}, "ny", PersonId("lena"), NOW)


@dataclass
class Clockwork:
    """Looks at the clock every twenty minutes, but is woken only for looks at which something can happen."""

    group: Group
    journey: Journey
    zones: Mapping[str, ZoneInfo]
    pack: Pack = PLAN
    said: dict[str, int] = field(default_factory=dict)
    skipped: Counter[str] = field(default_factory=Counter)
    waiting: dict[str, Occurrence] = field(default_factory=dict)
    looks: int = 0

    def __post_init__(self) -> None:
        self.work = WorkDays(self.group.office.closed)
        self.terms = {PersonId(id): terms_of(one, self.zones[id]) for id, one in self.group.people.items()}
        self._known: set[str] = set()
        self._planned: tuple[int, date] | None = None
        self._stand: frozenset[str] = frozenset()
        self._bell: list[int] = []
        self._heard: dict[str, int] = {}

    def edges(self) -> set[int]:
        """Return the minutes at which something changes that days come of."""
        return {one.since for one in self.group.dated} | {one.until for one in self.group.dated}

    def change(self, minute: int) -> None:
        open_now = [a_record(one) for one in self.group.dated if one.since <= minute < one.until]
        self.journey = replace(self.journey, records={"insatser": tuple(open_now)})

    def planned(self, minute: int, today: date) -> Sequence[Occurrence]:
        return occurrences(self.pack, self.journey, self.terms, self.work, today=today)

    def ring_at(self, minute: int) -> None:
        heapq.heappush(self._bell, minute)

    def run(self, begin: int, end: int) -> None:
        changes = sorted({begin, *self.edges(), *range(begin, end, A_MONTH)})
        version = 0
        while True:
            change = changes[version] if version < len(changes) else end
            look = self._bell[0] if self._bell else end
            minute = min(change, look)
            if minute >= end:
                return
            if minute == change:
                version += 1
                self.change(minute)
            while self._bell and self._bell[0] == minute:
                heapq.heappop(self._bell)
            self.look(minute, version)

    def open_all(self) -> None:
        """Let every measure be open, as it was last dated."""
        newest = {one.id: a_record(one) for one in self.group.dated}
        self.journey = replace(self.journey, records={"insatser": tuple(newest.values())})

    def look(self, minute: int, version: int) -> None:
        """Do with what is due what `bot.usecases.remind` does."""
        self.looks += 1
        now = instant_of(minute)
        today = local_day(now)
        if self._planned != (version, today):
            self._renew(minute, today)
            self._planned = (version, today)
        due = [one for key, one in self.waiting.items() if self._heard[key] <= minute]
        if not due:
            return
        found = sorted_out(due, self._stand, now, self.terms, self.work)
        for one in found.say:
            assert one.key not in self.said, f"{one.key} is said twice"
            self.said[one.key] = minute
            del self.waiting[one.key]
        for one, _ in found.skip:
            self.skipped[one.key] += 1
            del self.waiting[one.key]
        if len(due) > len(found.say) + len(found.skip):
            self.ring_at(minute + 20)

    def _renew(self, minute: int, today: date) -> None:
        """Do what the store's calendar does when it is renewed."""
        stand = self.planned(minute, today)
        by_key = {one.key: one for one in stand}
        assert len(by_key) == len(stand), "two have one key"
        self._stand = frozenset(by_key)
        for key in self.waiting.keys() - by_key.keys():
            del self.waiting[key]
            self._known.discard(key)  # what is retired may come again
        for key, one in by_key.items():
            if key in self.waiting or (key not in self._known and one.day >= today):
                self._known.add(key)
                if self.waiting.get(key) != one:
                    self.waiting[key] = one
                    moment = moment_of(one)
                    assert moment.second == 0
                    self._heard[key] = minute_of(moment)
                    self.ring_at(max(minute, -(-self._heard[key] // 20) * 20))


def clockwork_of(group: Group, years: Years) -> Clockwork:
    roles = {"lena": ("ledare", "grupp"), "karl": ("coach",)}
    members = [
        Member(Person(PersonId(id), id.capitalize()), roles.get(id, ("grupp",))) for id in group.people
    ]
    journey = a_journey(PLAN, members=members, units=(), today=years.first)
    return Clockwork(group, journey, {id: ZoneInfo(one.wall.zone) for id, one in group.people.items()})


def simulated(number: int, years: Years, seed: str, *, a_year: int) -> tuple[Clockwork, Foretold]:
    group = a_group(number, years, Random(f"{seed}:{number}"), a_year=a_year)
    clockwork = clockwork_of(group, years)
    home = wall("Europe/Stockholm")
    begin, end = (home.first(datetime.combine(day, time())) for day in (years.first, years.last))
    clockwork.run(begin, end)
    return clockwork, foretold(group, str(clockwork.journey.id), home, years.first, years.last)


def compared(clockwork: Clockwork, oracle: Foretold) -> int:
    """Fail where the two go apart; return how many were said or skipped."""
    expected = {":".join(key): minute for key, minute in oracle.said.items()}
    apart = [
        f"{key} is said {_told(clockwork.said.get(key))}, expected {_told(expected.get(key))}"
        for key in sorted(clockwork.said.keys() | expected.keys())
        if clockwork.said.get(key) != expected.get(key)
    ]
    assert not apart, "\n".join(apart[:20])
    skipped = {":".join(key) for key in oracle.skipped}
    assert skipped <= clockwork.skipped.keys()
    assert clockwork.skipped.keys() <= skipped | {":".join(key) for key in oracle.dropped}
    group = clockwork.group
    for key, minute in clockwork.said.items():
        person = group.people[key.rpartition(":")[2]]
        assert person.hears(minute, group.office), f"{key} is said at a bad moment"
    return len(clockwork.said) + len(clockwork.skipped)


def _told(minute: int | None) -> str:
    return instant_of(minute).isoformat() if minute is not None else "never"


def all_is_said_once(years: Years, seed: str, *, groups: int, a_year: int) -> Counter[str]:
    seen: Counter[str] = Counter()
    for number in range(groups):
        clockwork, oracle = simulated(number, years, seed, a_year=a_year)
        seen["compared"] += compared(clockwork, oracle)
        seen["said"] += len(clockwork.said)
        seen["skipped"] += len(clockwork.skipped)
        seen["looks"] += clockwork.looks
        for key, minute in clockwork.said.items():
            person = clockwork.group.people[key.rpartition(":")[2]]
            day = person.wall.at(minute).date()
            seen["29 February"] += (day.month, day.day) == (2, 29)
            seen["week 53"] += day.isocalendar().week == 53
            seen["edges"] += day in person.wall.changes
            seen[person.wall.zone] += 1
    return seen
