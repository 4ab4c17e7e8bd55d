"""Draws what checkpoints come of by a seed, lets the real calendar live through years of it, and compares."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from random import Random  # noqa: TID251 - drawn by a seed
from zoneinfo import ZoneInfo

from dialogs.calendar.checkpoints import coming
from dialogs.calendar.occurrences import occurrences
from dialogs.events import CheckpointClosed, CheckpointOpened
from dialogs.flows.checkpoints import closes, due_events
from dialogs.flows.fold import happen
from dialogs.model.answers import Address, Answer, Item
from dialogs.model.checkpoint import Held, key_of
from dialogs.model.journey import Journey
from dialogs.model.occurrence import MeetingDay, Occurrence
from dialogs.model.people import Member, Person, PersonId
from dialogs.model.records import Record
from tests.calendar.oracle import Foretold, Group, Office, foretold, instant_of, minute_of
from tests.calendar.oracle_cycle import (
    KINDS,
    Life,
    Meeting,
    Said,
    Trip,
    known_at,
)
from tests.calendar.oracle_open import checkpoints_foretold, members
from tests.calendar.plans import EVERY_KIND
from tests.calendar.years import PEOPLE, Clockwork, Years, a_minute, compared, someone, wall
from tests.dialogs.builders import NOW, a_journey

DAY = timedelta(days=1)
NEVER = 10**9  # a minute that doesn't come
LEADS = timedelta(days=430)


# ------------------------------------------------------------------------------------------------ what is drawn


def a_life(number: int, years: Years, chance: Random) -> Life:
    begin = minute_of(datetime.combine(years.first, time(), ZoneInfo("Europe/Stockholm")))
    meetings = [one for place in range(9 * _span(years)) for one in a_meeting(years, begin, chance)]
    taken: set[date] = set()
    apart = [one for one in meetings if one.day not in taken and not taken.add(one.day)]  # type: ignore[func-returns-value]
    trips = [one for place in range(6 * _span(years)) for one in a_trip(f"r{place}", years, begin, chance)]
    return Life(years.first, apart, trips, list(the_answers(years, begin, chance)), f"{number}")


def a_meeting(years: Years, begin: int, chance: Random) -> Iterator[Meeting]:
    """Yield what becomes of one meeting: entered some day, perhaps moved, perhaps called off."""
    day = years.a_day(chance)
    if chance.random() < 0.4:
        day = date(day.year, chance.choice((3, 11)), chance.randrange(1, 31))
    since = (
        begin if chance.random() < 0.4 else max(begin, a_minute(day - chance.randrange(3, 200) * DAY, chance))
    )
    changed = since + 20 * chance.randrange(1, 72 * 60)
    kind = chance.random()
    if kind < 0.3:
        yield Meeting(day, _a_stop(day, chance), since, changed)
        day += chance.randrange(1, 12) * DAY
        since = changed
    yield Meeting(day, _a_stop(day, chance), since, changed if 0.3 <= kind < 0.4 else NEVER)


def _a_stop(day: date, chance: Random) -> date | None:
    return None if chance.random() < 0.3 else day - chance.randrange(3, 26) * DAY


def a_trip(id: str, years: Years, begin: int, chance: Random) -> Iterator[Trip]:
    """Yield what becomes of one trip: its days may be moved, several times, and taken away."""
    owner = chance.choice(("bo", "dan", "eva", "lena"))
    home: date | None = years.a_day(chance)
    ends = years.a_day(chance) if chance.random() < 0.4 else None
    assert home is not None
    since = max(begin, a_minute(home - chance.choice((1, 5, 20, 60, 200, -3, -40)) * DAY, chance))
    for _ in range(chance.randrange(3)):
        until = since + 20 * chance.randrange(1, 72 * 90)
        yield Trip(id, owner, home, ends, since, until)
        since = until
        if chance.random() < 0.15:
            home = None
        elif home is not None:
            home += chance.choice((-9, -2, 1, 3, 10, 45)) * DAY
        if ends is not None:
            ends += chance.choice((-60, -10, 7, 30, 400)) * DAY
    yield Trip(id, owner, home, ends, since, NEVER)


def the_answers(years: Years, begin: int, chance: Random) -> Iterator[Said]:
    def some_day(within: int) -> int:
        return begin + 20 * chance.randrange(72 * within)

    yield Said("namnd", "ks", begin if chance.random() < 0.5 else some_day(300), NEVER)
    yield Said("takt", chance.choice(("kvartal", "manad", "sexveckor")), some_day(100), NEVER)
    start, since = years.first + chance.randrange(-80, 80) * DAY, some_day(120)
    if chance.random() < 0.5:  # the month's last day, which not every month has
        start = start.replace(day=1) - DAY
    for _ in range(chance.randrange(3)):  # put right by some days, now and then
        until = since + 20 * chance.randrange(72 * 300)
        yield Said("start", str(start), since, until)
        start, since = start + chance.choice((-9, -4, 3, 8)) * DAY, until
    yield Said("start", str(start), since, NEVER)
    yield Said("forsta", str(years.a_day(chance)), some_day(60), NEVER)
    yield Said("stopp", "ja", some_day(365 * _span(years) * 2), NEVER)
    yield Said("byte", str(date(2027, 1, 1) + chance.randrange(-60, 60) * DAY), some_day(500), NEVER)


def _span(years: Years) -> int:
    return years.last.year - years.first.year


def a_group(number: int, years: Years, chance: Random) -> Group:
    people = {
        id: someone(id, years.zones[(number * len(PEOPLE) + place) % len(years.zones)], years, chance)
        for place, id in enumerate(PEOPLE)
    }
    if chance.random() < 0.7:
        people["lena"] = replace(people["lena"], weekday=None)
    closed = frozenset(years.a_day(chance) for _ in range(4 * _span(years)))
    meets = frozenset(years.a_day(chance) for _ in range(20 * _span(years)))
    return Group(Office(closed), "lena", "karl", people, meets=meets)


# ------------------------------------------------------------------------------------------------ the real thing


@dataclass
class YearClockwork(Clockwork):
    """Does with checkpoints what the clock does: opens, moves and retires; and people close them and do their parts."""

    life: Life | None = None
    closed: dict[str, date] = field(default_factory=dict)
    acts: dict[int, list[tuple[str, str]]] = field(
        default_factory=dict
    )  # minute -> (key, person; "" closes it)
    log: dict[str, list[tuple[int, int | None, str]]] = field(default_factory=dict)
    meetings: Sequence[MeetingDay] = ()
    moves: int = 0

    def edges(self) -> set[int]:
        assert self.life is not None
        return {minute for minute in self.life.changes() if minute < NEVER}

    def change(self, minute: int) -> None:
        assert self.life is not None
        now = known_at(self.life, minute, self.group.office, date.max)
        self.meetings = [MeetingDay("ks", one.day, one.stop) for one in now.meetings]
        lena = PersonId("lena")
        resor = tuple(
            _record("resor", one.id, vem=one.owner, hem=one.home, slut=one.ends) for one in now.trips
        )
        moten = tuple(_record("moten", str(day), dag=day) for day in sorted(self.group.meets))
        items = {address: item for address, item in self.journey.items.items() if address.period}
        for question, value in now.answers.items():
            answer = Answer(1, value, lena, NOW, "direct")
            items[Address(question)] = Item(Address(question), answer=answer)
        self.journey = replace(self.journey, records={"resor": resor, "moten": moten}, items=items)

    def look(self, minute: int, version: int) -> None:
        if minute in self.acts:
            self._planned = None
        super().look(minute, version)

    def planned(self, minute: int, today: date) -> Sequence[Occurrence]:
        held = self._lived_through(minute, today)
        ahead = [one.opens for one in held if one.opens > today]
        if today == self.journey.started:
            ahead.append(today + DAY)
        if ahead:
            self.ring_at(wall("Europe/Stockholm").first(datetime.combine(min(ahead), time())))
        return occurrences(self.pack, self.journey, self.terms, self.work, today=today, held=held)

    def _lived_through(self, minute: int, today: date) -> Sequence[Held]:
        """Let all happen that happens at this minute, and return what is to come after it."""
        acted = False
        while True:
            held = coming(self.pack, self.journey, self.meetings, self.work, today=today, closed=self.closed)
            events = tuple(due_events(self.pack, self.journey, held, at=instant_of(minute), today=today))
            for event in events:
                key = key_of(event.checkpoint, event.subject, event.period)
                if isinstance(event, CheckpointClosed):
                    self._close(key, event, minute)
                    continue
                self.journey = happen(self.pack, self.journey, event)
                if isinstance(event, CheckpointOpened):
                    self._opened(key, minute)
                else:
                    self.moves += 1
            if not events and acted:
                return held
            if not events:
                acted = True
                for key, person in self.acts.pop(minute, []):
                    self._act(key, person, minute)

    def _opened(self, key: str, minute: int) -> None:
        assert self.life is not None
        self.log.setdefault(key, []).append((minute, None, ""))
        checkpoint = key.partition("|")[0]
        with_parts = next(kind.parts for kind in KINDS if kind.id == checkpoint)
        doing = {"": self.life.closed_after(key)}
        if with_parts:
            doing |= {person: self.life.answered_after(key, person) for person in members(self.group)}
        for person, after in doing.items():
            if after is not None:
                self.acts.setdefault(minute + after, []).append((key, person))
                self.ring_at(minute + after)

    def _act(self, key: str, person: str, minute: int) -> None:
        """Let somebody press, or hand in a part, if the checkpoint is still open and it is that opening they mean."""
        assert self.life is not None
        one = self.journey.open_checkpoint(key)
        opened = self.log[key][-1][0]
        after = self.life.answered_after(key, person) if person else self.life.closed_after(key)
        if one is None or after is None or opened + after != minute:
            return
        if not person:
            self._close(key, closes(one, "done", by=PersonId("lena"), at=instant_of(minute)), minute)
            return
        address = Address("min-del", f"person:{person}", one.period)
        item = Item(address, answer=Answer(1, 3, PersonId(person), NOW, "direct"))
        page = self.journey.page(one.page)
        page = replace(page, statuses={**page.statuses, address.key: "settled"})
        self.journey = replace(self.journey.with_item(item), pages={**self.journey.pages, one.page: page})

    def _close(self, key: str, event: CheckpointClosed, minute: int) -> None:
        one = self.journey.open_checkpoint(key)
        assert one is not None
        self.journey = happen(self.pack, self.journey, event)
        how = "retired" if event.how == "retired" else "closed"
        if how == "closed":
            self.closed[key] = one.due
        self.log[key][-1] = (self.log[key][-1][0], minute, how)


def _record(register: str, id: str, **fields: object) -> Record:
    known = {"namn": id, **{name: str(value) for name, value in fields.items() if value is not None}}
    return Record(id, register, known, "ny", PersonId("lena"), NOW)


def clockwork_of(group: Group, life: Life, years: Years) -> YearClockwork:
    roles = {"lena": ("ledare", "grupp"), "karl": ("coach",), "bo": ("grupp", "ledning")}
    stands_in: Mapping[str, tuple[str, ...]] = {"cia": ("ledning",)}
    people = [
        Member(
            Person(PersonId(id), id.capitalize()),
            roles.get(id, ("grupp",)),
            deputy_for=stands_in.get(id, ()),
        )
        for id in group.people
    ]
    journey: Journey = a_journey(EVERY_KIND, members=people, units=(), today=years.first)
    zones = {id: ZoneInfo(one.wall.zone) for id, one in group.people.items()}
    return YearClockwork(group, journey, zones, EVERY_KIND, life=life)


def simulated(number: int, years: Years, seed: str) -> tuple[YearClockwork, Foretold]:
    chance = Random(f"{seed}:{number}:checkpoints")
    if chance.random() < 0.5:  # groups begin in the middle of a year
        years = replace(years, first=years.first + chance.randrange(90 * _span(years) % 365) * DAY)
    group, life = a_group(number, years, chance), a_life(number, years, chance)
    clockwork = clockwork_of(group, life, years)
    home = wall("Europe/Stockholm")
    begin, end = (home.first(datetime.combine(day, time())) for day in (years.first, years.last))
    clockwork.run(begin, end)
    journey = str(clockwork.journey.id)
    told = checkpoints_foretold(life, group, journey, home, begin, end, years.last + LEADS)
    lived = sorted((key, *entry) for key, entries in clockwork.log.items() for entry in entries)
    assert lived == list(told.open), _apart(lived, told.open)
    return clockwork, foretold(group, journey, home, years.first, years.last, told.said)


def _apart(lived: Sequence[object], told: Sequence[object]) -> str:
    only = [f"lived {one}" for one in lived if one not in told]
    return "\n".join([*only, *(f"told {one}" for one in told if one not in lived)][:20])


def every_kind_is_said_once(years: Years, seed: str, *, groups: int) -> Counter[str]:
    seen: Counter[str] = Counter()
    for number in range(groups):
        clockwork, oracle = simulated(number, years, seed)
        seen["compared"] += compared(clockwork, oracle)
        seen["said"] += len(clockwork.said)
        seen["skipped"] += len(clockwork.skipped)
        seen["moved"] += clockwork.moves
        for key, minute in clockwork.said.items():
            person = clockwork.group.people[key.rpartition(":")[2]]
            day = person.wall.at(minute).date()
            seen["29 February"] += (day.month, day.day) == (2, 29)
            seen["week 53"] += day.isocalendar().week == 53
            seen["edges"] += day in person.wall.changes
            seen[person.wall.zone] += 1
        for key, entries in clockwork.log.items():
            seen[key.partition("|")[0]] += len(entries)
            seen["retired"] += sum(how == "retired" for _, _, how in entries)
    return seen
