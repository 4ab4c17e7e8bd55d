"""Reads a stretch of time as people write it: a quarter, a month, a year, or from one day to another."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from dialogs.values.days import month_named, read_day

Span = tuple[date, date]
"""The first day and the last."""

_ORDINALS = {
    "första": 1, "andra": 2, "tredje": 3, "fjärde": 4, "first": 1, "second": 2, "third": 3, "fourth": 4,
}  # fmt: skip
_YEARS = r"(?:19|20)\d{2}"
_QUARTER = re.compile(
    rf"(?:(?P<before>{_YEARS})[ -]?)?(?:(?:kvartal|quarter|q|kv)\.? ?(?P<number>[1-4])|"
    rf"(?P<ordinal>{'|'.join(_ORDINALS)}) (?:kvartalet|quarter))(?:[ -](?P<after>{_YEARS}))?"
)
_MONTH = re.compile(rf"(?P<month>[a-zåäö]+)(?: (?P<year>{_YEARS}))?")
_YEAR = re.compile(rf"(?:år |year )?({_YEARS})")
_BETWEEN = re.compile(r"\s+(?:till och med|t\.?o\.?m\.?|till|to|until)\s+|\s*–\s*|\s+-\s+")
_LAST = frozenset({"förra kvartalet", "senaste kvartalet", "last quarter", "previous quarter"})
_THIS = frozenset(
    {"", "kvartalet", "det här kvartalet", "detta kvartal", "quarter", "this quarter", "the quarter"}
)


def read_span(text: str, *, today: date) -> Span | None:
    """Return the days that *text* means, or None when it means none; "" is this quarter.

    Without a year, a quarter or month is the latest that has begun.
    """
    said = " ".join(text.strip().lower().rstrip(".?!").split()).removeprefix("för ").removeprefix("for ")
    if said in _THIS:
        return _quarter(today.year, (today.month + 2) // 3)
    if said in _LAST:
        return _around(_quarter(today.year, (today.month + 2) // 3)[0] - timedelta(days=1))
    if found := _QUARTER.fullmatch(said):
        number = int(found["number"] or 0) or _ORDINALS[found["ordinal"]]
        return _latest(lambda year: _quarter(year, number), found["before"] or found["after"], today)
    if found := _YEAR.fullmatch(said):
        return date(int(found[1]), 1, 1), date(int(found[1]), 12, 31)
    if (found := _MONTH.fullmatch(said)) and (month := month_named(found["month"])):
        return _latest(lambda year: _months(year, month, 1), found["year"], today)
    first, *rest = _BETWEEN.split(said.removeprefix("från ").removeprefix("from "), maxsplit=1)
    days = [read_day(one, today=today, without_year="latest") for one in (first, *rest)]
    if len(days) == 2 and days[0] is not None and days[1] is not None and days[0] <= days[1]:
        return days[0], days[1]
    return None


def _latest(of: Callable[[int], Span], year: str | None, today: date) -> Span:
    if year:
        return of(int(year))
    this = of(today.year)
    return this if this[0] <= today else of(today.year - 1)


def _around(day: date) -> Span:
    return _quarter(day.year, (day.month + 2) // 3)


def _quarter(year: int, number: int) -> Span:
    return _months(year, 3 * number - 2, 3)


def _months(year: int, first: int, count: int) -> Span:
    after = first + count
    end = date(year + 1, 1, 1) if after > 12 else date(year, after, 1)
    return date(year, first, 1), end - timedelta(days=1)
