"""The ladder of a dated thing: ahead of the day, on the day, late; then the next person up, told to the one before."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from dialogs.calendar.workdays import WorkDays
from dialogs.model.terms import Intensity

Rung = Literal["ahead", "day", "late", "leader", "coach"]

AHEAD: dict[Intensity, tuple[int, ...]] = {"light": (), "standard": (5,), "active": (10, 3)}
"""Working days before the day, by how much the owner wants to hear."""

LATE = 1
TO_LEADER = 3
TO_COACH = 8
"""Working days after the day: said to the owner; to the process leader; to the coach."""


UPWARDS = ("ahead", "day", "late", "leader", "coach")


@dataclass(frozen=True, slots=True)
class Step:
    """One rung: its day, and the last day on which it still means something."""

    rung: Rung
    slot: str
    day: date
    last: date | None = None  # None: as long as the thing is open


def ladder(due: date, intensity: Intensity, work: WorkDays) -> Iterator[Step]:
    """Yield the steps for a thing that is due on *due*, in order. A closed day's reminder comes the working day before."""
    ahead = ((f"ahead-{days}", work.before(due, days)) for days in AHEAD[intensity])
    return _steps(due, ahead, work)


def checkpoint_ladder(due: date, ahead: Iterable[date], work: WorkDays) -> Iterator[Step]:
    """Yield the steps for a checkpoint, which says itself on which days it is heard of *ahead*, the first of them first."""
    return _steps(due, ((f"ahead-{place}", day) for place, day in enumerate(ahead)), work)


def height(slot: str) -> tuple[int, int]:
    """Return how far up the step is, of an occurrence's slot: after an absence several steps fall on one day.

    A record's `dag_2026-12-04/ahead-5` counts working days, a checkpoint's `2026-12-04/ahead-1` its own leads from 0.
    """
    about, _, step = slot.rpartition("/")
    rung, _, number = step.partition("-")
    ahead = int(number) if number.isdecimal() else 0
    return UPWARDS.index(rung) if rung in UPWARDS else 0, ahead if about[:1].isdecimal() else -ahead


def _steps(due: date, ahead: Iterable[tuple[str, date]], work: WorkDays) -> Iterator[Step]:
    on_the_day = work.rolled(due, "before")
    for slot, day in ahead:
        yield Step("ahead", slot, day, last=on_the_day)
    yield Step("day", "day", on_the_day, last=work.after(due, LATE))
    yield Step("late", "late", work.after(due, LATE))
    yield Step("leader", "leader", work.after(due, TO_LEADER))
    yield Step("coach", "coach", work.after(due, TO_COACH))
