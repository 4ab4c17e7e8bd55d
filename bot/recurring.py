"""The days of a repeated event (RFC 5545), worked out period by period up to a last day.

dateutil does it too, but of a rule that never comes true it looks for a day until the year 9999: files come from
anywhere. What it finds of the rules that are taken here is what the tests compare with.
"""

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby
from typing import Any

ONE_DAY = timedelta(days=1)
PARTS = frozenset(
    {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS"}
)
FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A rule with what its first day says filled in. *weekdays* are (0 for Monday, which one; 0 for each)."""

    first: date
    frequency: str
    interval: int = 1
    count: int | None = None
    until: date | None = None
    week_begins: int = 0
    weekdays: frozenset[tuple[int, int]] = frozenset()
    month_days: frozenset[int] = frozenset()
    months: frozenset[int] = frozenset()
    positions: frozenset[int] = frozenset()

    def days(self, last: date, since: date | None = None) -> Iterator[date]:
        """Yield the days, in order, up to *last*; of a rule that isn't counted, only those from about *since* on."""
        end = last if self.until is None else min(last, self.until)
        begin = self.first if since is None or self.count is not None else max(self.first, since)
        found = 0
        for period, days in groupby(_each(self._begin(begin), _complete(end)), key=self._period):
            if (period - self._period(self.first)) % self.interval:
                continue
            for day in self._chosen([one for one in days if self._fits(one)]):
                if day < self.first:
                    continue
                if day > end or found == self.count:
                    return
                found += 1
                yield day

    def _chosen(self, days: Sequence[date]) -> Sequence[date]:
        if not self.positions:
            return days
        at = {one - 1 if one > 0 else len(days) + one for one in self.positions}
        return [day for place, day in enumerate(days) if place in at]

    def _fits(self, day: date) -> bool:
        length = monthrange(day.year, day.month)[1]
        return (
            (not self.months or day.month in self.months)
            and (not self.month_days or bool({day.day, day.day - length - 1} & self.month_days))
            and (not self.weekdays or bool(self._places(day, length) & self.weekdays))
        )

    def _places(self, day: date, length: int) -> frozenset[tuple[int, int]]:
        """Return which weekday it is, and which one of them in its month; in its year, where that is meant."""
        at = day.day
        if self.frequency == "YEARLY" and not self.months:
            at, length = day.timetuple().tm_yday, date(day.year, 12, 31).timetuple().tm_yday
        weekday = day.weekday()
        return frozenset({(weekday, 0), (weekday, (at - 1) // 7 + 1), (weekday, -((length - at) // 7 + 1))})

    def _period(self, day: date) -> int:
        match self.frequency:
            case "YEARLY":
                return day.year
            case "MONTHLY":
                return day.year * 12 + day.month
            case "WEEKLY":
                return (day.toordinal() - 1 - self.week_begins) // 7
            case _:
                return day.toordinal()

    def _begin(self, day: date) -> date:
        """Return the first day of the period that *day* lies in."""
        match self.frequency:
            case "YEARLY":
                return date(day.year, 1, 1)
            case "MONTHLY":
                return day.replace(day=1)
            case "WEEKLY":
                return day - timedelta(days=(day.weekday() - self.week_begins) % 7)
            case _:
                return day


def recurrence(rule: Mapping[str, Any], first: date, until: date | None) -> Recurrence | None:
    """Return the rule, as icalendar reads it, from its *first* day on; None when it is of a kind that isn't taken."""
    parts = {str(name).upper(): _listed(value) for name, value in rule.items()}
    frequency = str(parts.get("FREQ", [""])[0]).upper()
    if not parts.keys() <= PARTS or frequency not in FREQUENCIES:
        return None
    try:
        found = Recurrence(
            first,
            frequency,
            int(parts.get("INTERVAL", [1])[0]),
            int(parts["COUNT"][0]) if "COUNT" in parts else None,
            until,
            _WEEKDAYS.index(str(parts.get("WKST", ["MO"])[0]).upper()),
            frozenset(_weekday(str(one)) for one in parts.get("BYDAY", ())),
            frozenset(int(one) for one in parts.get("BYMONTHDAY", ())),
            frozenset(int(one) for one in parts.get("BYMONTH", ())),
            frozenset(int(one) for one in parts.get("BYSETPOS", ())),
        )
    except (ValueError, TypeError, OverflowError):
        return None
    by_place = any(which for _, which in found.weekdays)
    if found.interval < 1 or (by_place and frequency in ("DAILY", "WEEKLY")):
        return None
    return _filled_in(found)


def _filled_in(rule: Recurrence) -> Recurrence:
    """Put in what the rule leaves to its first day: which weekday, which day of the month, which month."""
    if rule.weekdays or rule.month_days or rule.frequency == "DAILY":
        return rule
    if rule.frequency == "WEEKLY":
        return replace(rule, weekdays=frozenset({(rule.first.weekday(), 0)}))
    months = rule.months
    if rule.frequency == "YEARLY" and not months:
        months = frozenset({rule.first.month})
    return replace(rule, months=months, month_days=frozenset({rule.first.day}))


def _weekday(said: str) -> tuple[int, int]:
    """Return `2TU` as (1, 2). Raises ``ValueError`` when it is none."""
    text = said.strip().upper()
    return _WEEKDAYS.index(text[-2:]), int(text[:-2] or 0)


def _listed(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list | tuple) and value else [value]


def _each(first: date, last: date) -> Iterator[date]:
    for days in range((last - first).days + 1):
        yield first + timedelta(days=days)


def _complete(last: date) -> date:
    """Return the end of the year: every period that *last* lies in is whole by then, whatever its kind."""
    return date(last.year, 12, 31) + 6 * ONE_DAY
