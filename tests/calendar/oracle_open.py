"""Works out by other means when checkpoints open, move and end, and whom they are said to: by going through time once.

Nothing here is shared with the code under test.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from tests.calendar.oracle import DAY, Expected, Group, Office, Wall
from tests.calendar.oracle_cycle import KINDS, Kind, Life, Now, Wanted, first_from, known_at, lead_days

LONG_PAST = timedelta(days=30)


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
    standing: set[tuple[str, str, str, str]] = set()
    for place, (since, wanted) in enumerate(one.spans):
        before, standing = standing, set()
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
                name_of = ("checkpoint", f"{journey}|{key}", f"{wanted.due}/{name}", person)
                # Nobody is reminded of what was past already, but what was waiting to be said waits on.
                if on >= born or name_of in before:
                    standing.add(name_of)
                    yield Expected(name_of, on, rung, meant, since, min(ended, until))
