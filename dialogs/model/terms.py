"""Everybody's own terms: zone, hour, quiet hours, how much they want to hear, and when they are away."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from dialogs.model.people import PersonId
from dialogs.time import HOME

Intensity = Literal["light", "standard", "active"]
NINE = time(9)
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From when until when, by the person's own wall clock, nothing is said to them. May go past midnight."""

    begin: time = time(17)
    end: time = time(8)

    def cover(self, at: time) -> bool:
        if self.begin == self.end:
            return False
        if self.begin < self.end:
            return self.begin <= at < self.end
        return at >= self.begin or at < self.end


NEVER_QUIET = QuietHours(time(0), time(0))


@dataclass(frozen=True, slots=True)
class Away:
    """From the first day until the last, both included."""

    first: date
    last: date

    def covers(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms one person is reminded. `weekday` (0 is Monday) is that of the weekly nudge.

    None is the day before the group's own meeting, else Monday. `overview` asks for one of all followed groups on Mondays.
    """

    zone: ZoneInfo = HOME
    at: time = NINE
    quiet: QuietHours = field(default_factory=QuietHours)
    intensity: Intensity = "standard"
    weekday: int | None = None
    away: tuple[Away, ...] = ()
    overview: bool = False

    def is_away(self, day: date) -> bool:
        return any(period.covers(day) for period in self.away)


@dataclass(frozen=True, slots=True)
class PutOff:
    """A thing (as an occurrence is *about*) that the person wants to be reminded of on a day, and not before it."""

    about: str
    person: PersonId
    day: date


def merged(periods: Iterable[Away]) -> tuple[Away, ...]:
    """Return the periods in order, those that touch made one."""
    found: list[Away] = []
    for period in sorted(periods, key=lambda one: one.first):
        if found and period.first <= found[-1].last + ONE_DAY:
            found[-1] = Away(found[-1].first, max(found[-1].last, period.last))
        else:
            found.append(period)
    return tuple(found)
