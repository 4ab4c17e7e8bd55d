"""Which checkpoints are to come, worked out from the pack's cycle, the group's answers and records, and the meetings."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from content.pack import Pack
from content.reads import date_of
from content.rules import Reads
from content.schema.cycle import Checkpoint, Every, SinceUntil, TimesPerYear
from dialogs.calendar.checkpoint_days import MARGIN, Day, Known, days_of
from dialogs.calendar.workdays import WorkDays
from dialogs.flows.facts import Facts
from dialogs.model.checkpoint import Held, OpenCheckpoint, key_of
from dialogs.model.journey import Journey
from dialogs.model.occurrence import MeetingDay

HORIZON = timedelta(days=400)
LONG_PAST = timedelta(days=30)
"""A checkpoint whose day lies further back than this when it is first seen is never opened."""

NOTHING: Mapping[str, date] = MappingProxyType({})


def coming(
    pack: Pack, journey: Journey, meetings: Sequence[MeetingDay], work: WorkDays, *,
    today: date, closed: Mapping[str, date] = NOTHING, elsewhere: Set[str] = frozenset(),
) -> tuple[Held, ...]:  # fmt: skip
    """Return the checkpoints that are open or still to come, the soonest first.

    *journey* holds what the calendar reads, *meetings* those since `meetings_since`. *closed* are the keys of those
    that were done or left (not of those that were retired), each with the day on which it was due in the end: they
    don't come back. One that is open keeps its period though its day has moved, and is gone when nothing asks for it
    any longer. Of the records in *elsewhere* nothing comes: another group looks after them. Those that aren't open come until the horizon, and however far away when they open today or earlier.
    """
    known = Known(Facts(pack, journey, today), meetings, work, elsewhere)
    over = _Closed.of(closed)
    found = [
        held for checkpoint in pack.cycle if not checkpoint.ended for held in _of_one(checkpoint, known, over)
    ]
    return tuple(sorted(found, key=lambda held: held.due))


def ahead_of(checkpoint: Checkpoint, due: date, opens: date, work: WorkDays) -> tuple[date, ...]:
    """Return on which days, from *opens* until *due*, the checkpoint is said ahead, in the order of its leads."""
    return tuple(max(opens, day) for day in _leads(checkpoint, due, work))


def meetings_since(journey: Journey, today: date) -> date:
    """Return since which day the meetings have to be at hand."""
    return min([today, *(one.due for one in journey.checkpoints)]) - HORIZON


def what_the_calendar_reads(pack: Pack) -> Reads:
    """Return the questions and registers from which it is worked out what is due, and who owes what."""
    return pack.calendar_reads


def _of_one(checkpoint: Checkpoint, known: Known, closed: "_Closed") -> Iterator[Held]:
    journey, today = known.facts.journey, known.facts.today
    opened = [one for one in journey.checkpoints if one.checkpoint == checkpoint.id]
    since = min([today - LONG_PAST, *(one.due for one in opened)]) - MARGIN
    until = today + HORIZON + _longest_lead(checkpoint, today, known.work)
    days: dict[tuple[str, str], Day] = {}
    for day in days_of(checkpoint.when, known, since, until):
        days.setdefault((day.subject, day.period), day)
    for one, day in _still_asked_for(checkpoint, opened, days, closed):
        yield _held(checkpoint, day, one.period, known.work)
        days.pop((day.subject, day.period))
    # What was due before the group began isn't its business, unless it comes of a date that the group knows.
    first = today - LONG_PAST if date_of(checkpoint.when) else max(today - LONG_PAST, journey.started)
    for day in days.values():
        held = _held(checkpoint, day, day.period, known.work)
        if day.due < first or closed.holds(checkpoint, day) or closed.is_past(checkpoint, day):
            continue
        if day.due <= today + HORIZON or held.opens <= today:
            yield held


def _still_asked_for(
    checkpoint: Checkpoint, opened: Sequence[OpenCheckpoint], days: Mapping[tuple[str, str], Day],
    closed: "_Closed",
) -> Sequence[tuple[OpenCheckpoint, Day]]:  # fmt: skip
    """Return the open ones with their days: that of their period, else the one nearest to what they had, each once."""
    found = [(one, days[key]) for one in opened if (key := (one.subject, one.period)) in days]
    if date_of(checkpoint.when) is None:  # a year is what it is: only dates move
        return found
    there = {one for one, _ in found}
    taken = {day for _, day in found}
    pairs = [
        (one, day)
        for one in opened
        for day in days.values()
        if one not in there and one.subject == day.subject and not closed.holds(checkpoint, day)
    ]
    for one, day in sorted(pairs, key=lambda pair: (abs(pair[0].due - pair[1].due), pair[1].due)):
        if one not in there and day not in taken:
            found.append((one, day))
            there.add(one)
            taken.add(day)
    return found


@dataclass(frozen=True, slots=True)
class _Closed:
    """What was closed: the keys, and the days on which that of each checkpoint and subject was due in the end."""

    keys: Set[str]
    dues: Mapping[tuple[str, str], Sequence[date]]

    @classmethod
    def of(cls, closed: Mapping[str, date]) -> "_Closed":
        dues: dict[tuple[str, str], list[date]] = {}
        for key, due in closed.items():
            checkpoint, subject, _ = key.split("|")
            dues.setdefault((checkpoint, subject), []).append(due)
        return cls(closed.keys(), dues)

    def holds(self, checkpoint: Checkpoint, day: Day) -> bool:
        """Say whether the day's checkpoint was closed, under this period or under another one that its date has had."""
        if key_of(checkpoint.id, day.subject, day.period) in self.keys:
            return True
        comes_once = date_of(checkpoint.when) is not None and not isinstance(
            checkpoint.when, Every | SinceUntil
        )
        return comes_once and day.due in self.dues.get((checkpoint.id, day.subject), ())

    def is_past(self, checkpoint: Checkpoint, day: Day) -> bool:
        """Say whether a rhythm has come past the day: one that starts otherwise, or goes faster, brings nothing back."""
        if not isinstance(checkpoint.when, Every | SinceUntil):
            return False
        return any(day.due <= due + day.step / 2 for due in self.dues.get((checkpoint.id, day.subject), ()))


def _held(checkpoint: Checkpoint, day: Day, period: str, work: WorkDays) -> Held:
    return Held(checkpoint.id, day.subject, period, day.due, _opens(checkpoint, day, work), day.meeting)


def _opens(checkpoint: Checkpoint, day: Day, work: WorkDays) -> date:
    """Return the working day from which the checkpoint is said: its longest lead, else a window's first day."""
    first = work.rolled(day.first, "after") if day.first is not None else None
    leads = _leads(checkpoint, day.due, work)
    if not leads:
        opens = first if first is not None and isinstance(checkpoint.when, TimesPerYear) else day.due
    else:
        opens = max(min(leads), first) if first is not None else min(leads)
    return min(opens, day.due)


def _leads(checkpoint: Checkpoint, due: date, work: WorkDays) -> Sequence[date]:
    found = (work.rolled(work.moved(due, lead, times=-1), "before") for lead in checkpoint.ahead)
    return [min(day, due) for day in found]


def _longest_lead(checkpoint: Checkpoint, today: date, work: WorkDays) -> timedelta:
    """Return about how long before its day the checkpoint may open; rather too long."""
    return today - min(_leads(checkpoint, today, work), default=today) + timedelta(days=31)
