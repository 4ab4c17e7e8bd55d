"""Which days are worked: no weekends, no Swedish holidays (the de-facto ones too), none that the organisation closes."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal, assert_never

from dateutil.relativedelta import relativedelta

from content.schema.rules import Offset
from dialogs.model.terms import ONE_DAY, Terms

Roll = Literal["before", "after", "stay"]
"""Where a day goes that falls on a closed one: to the last working day before it, the first after it, or nowhere."""


@dataclass(frozen=True, slots=True)
class WorkDays:
    """*closed* are the organisation's own closed days, such as the days between a holiday and a weekend."""

    closed: frozenset[date] = field(default_factory=frozenset)

    def is_closed(self, day: date) -> bool:
        return day.weekday() >= 5 or day in self.closed or day in _holidays(day.year)

    def rolled(self, day: date, roll: Roll) -> date:
        """Return *day*, or the working day that it goes to when it is closed."""
        match roll:
            case "before":
                return self._nearest(day, -ONE_DAY)
            case "after":
                return self._nearest(day, ONE_DAY)
            case "stay":
                return day
            case _:
                assert_never(roll)

    def before(self, day: date, count: int) -> date:
        """Return the working day that lies *count* working days before *day*; with 0 the last one not after it.

        Raises ``ValueError`` when *count* is negative.
        """
        return self._away(day, count, -ONE_DAY)

    def after(self, day: date, count: int) -> date:
        """Return the working day that lies *count* working days after *day*; with 0 the first one not before it.

        Raises ``ValueError`` when *count* is negative.
        """
        return self._away(day, count, ONE_DAY)

    def moved(self, day: date, offset: Offset, *, times: int = 1) -> date:
        """Return the day that lies *offset*, so many *times*, from *day*; a month's last day stands for one it lacks.

        Only working days land on a working day. Raises ``ValueError`` or ``OverflowError`` beyond the year 9999.
        """
        if offset.working_days is not None:
            count = offset.working_days * times
            return self.after(day, count) if count >= 0 else self.before(day, -count)
        return day + relativedelta(months=(offset.months or 0) * times, weeks=(offset.weeks or 0) * times)

    def _away(self, day: date, count: int, towards: timedelta) -> date:
        if count < 0:
            raise ValueError("a count of working days is never negative")
        found = self._nearest(day, towards) if count == 0 else day
        for _ in range(count):
            found = self._nearest(found + towards, towards)
        return found

    def _nearest(self, day: date, towards: timedelta) -> date:
        while self.is_closed(day):
            day += towards
        return day

    def with_closed(self, days: Iterable[date]) -> "WorkDays":
        return WorkDays(self.closed | frozenset(days))


def day_for(terms: Terms, day: date, work: WorkDays) -> date:
    """Return the first day from *day* on that is worked and that the person is there."""
    while work.is_closed(day) or terms.is_away(day):
        day += ONE_DAY
    return day


@lru_cache(maxsize=64)
def _holidays(year: int) -> frozenset[date]:
    # Imported when the first day is looked at: a conversation begins without it.
    from holidays import DE_FACTO, PUBLIC, country_holidays

    # Sundays are no holidays of their own here: weekends are closed as such.
    return frozenset(country_holidays("SE", years=year, categories=(PUBLIC, DE_FACTO)))
