"""How often somebody is written to in a week, at the most: reminders, and messages in a channel that name them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from dialogs.calendar.moments import day_of, instant
from dialogs.model.occurrence import Occurrence
from dialogs.model.terms import Intensity, Terms

MOST_A_WEEK: dict[Intensity, int] = {"light": 3, "standard": 5, "active": 10}
"""Messages from Monday to Sunday, by how much somebody wants to hear."""

KEPT: dict[Intensity, int] = {"light": 1, "standard": 2, "active": 3}
"""So many of them are kept for what is due, late or weekly: what can wait has the others."""

LONGEST_WEEK = timedelta(days=8)
"""A week and the hours that clocks and zones may add to it."""


@dataclass(frozen=True, slots=True)
class Budget:
    """What is left of somebody's week: for anything, and for what can wait."""

    most: int
    used: int
    kept: int

    @property
    def left(self) -> int:
        return max(0, self.most - self.used)

    def allows(self, *, urgent: bool) -> bool:
        """Say whether one more message may be written; one in which nothing is *urgent* leaves what is kept."""
        return self.left > (0 if urgent else self.kept)


def budget(terms: Terms, heard: Iterable[datetime], now: datetime) -> Budget:
    """Return the person's budget in the week of *now*, by their own wall clock; *heard* is when they were written to."""
    monday = day_of(now, terms.zone) - timedelta(days=day_of(now, terms.zone).weekday())
    begins, ends = (instant(day, time(), terms.zone) for day in (monday, monday + timedelta(days=7)))
    used = sum(begins <= at < ends for at in heard)
    return Budget(MOST_A_WEEK[terms.intensity], used, KEPT[terms.intensity])


def can_wait(one: Occurrence) -> bool:
    """Say whether nothing is lost by hearing of it next week: it is ahead of its day, or has none."""
    return one.rule == "undated" or one.slot.rpartition("/")[2].startswith("ahead")


def is_urgent(things: Iterable[Occurrence]) -> bool:
    return not all(can_wait(one) for one in things)
