"""Reads a checkpoint's RFC 5545 rule strictly: it speaks of days, names its own day, and comes at most once a week."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import pairwise

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
FREQUENCIES = ("YEARLY", "MONTHLY", "WEEKLY")
TOO_OFTEN = ("DAILY", "HOURLY", "MINUTELY", "SECONDLY")
TIMES = ("BYHOUR", "BYMINUTE", "BYSECOND")
WEEK = 7
MOST_IN_A_MONTH = 5  # of a weekday

# The highest number that each part takes, and whether it may be counted from the end.
_NUMBERS: Mapping[str, tuple[int, bool]] = {
    "INTERVAL": (99, False), "COUNT": (999, False), "BYMONTH": (12, False), "BYMONTHDAY": (31, True),
    "BYYEARDAY": (366, True), "BYWEEKNO": (53, True), "BYSETPOS": (366, True),
}  # fmt: skip
_ALONE = ("INTERVAL", "COUNT")  # one number; the others take several, with commas between
_EXAMPLES: Mapping[str, str] = {
    "INTERVAL": "2", "COUNT": "3", "UNTIL": "20301231", "BYMONTH": "3,9", "BYMONTHDAY": "1,-1", "BYYEARDAY": "100",
    "BYWEEKNO": "20", "BYSETPOS": "-1", "BYDAY": "MO,1TU,-1FR", "WKST": "MO", "FREQ": "YEARLY",
}  # fmt: skip
WORDS = tuple(_EXAMPLES)

_PART = re.compile(r"([A-Z-]+)=(.+)")
_NUMBER = re.compile(r"([+-]?)([0-9]{1,3})")
_DAY = re.compile(rf"(?:[+-]?([0-9]{{1,2}}))?({'|'.join(WEEKDAYS)})")
_DATE = re.compile(r"[0-9]{8}")
_BY_DAY = ("BYMONTHDAY", "BYDAY", "BYYEARDAY")  # each says which day

# Where a group may begin matters to what doesn't come every year or month. Tried are the calendar's last years, which
# have the weekdays of 1986 to 1999, one of the first four a leap year: a rule without a day is sought through to the end.
_TRIED: Mapping[str, tuple[date, ...]] = {
    "YEARLY": tuple(date(year, 1, 1) for year in range(9986, 9990)),
    "MONTHLY": tuple(date(9993, month, 1) for month in range(1, 13)),
    "WEEKLY": (date(9993, 1, 1),),
}
_FIRST = date(2026, 1, 1)  # no group has begun before


@dataclass(frozen=True, slots=True)
class Slip:
    """What is wrong with a rule: the phrase that says it, and what fills it in."""

    key: str
    args: Mapping[str, object] = field(default_factory=dict)


def slip_in(rule: str) -> Slip | None:
    """Return the first thing that is wrong with *rule*; None for a rule that can be followed."""
    parts: dict[str, str] = {}
    for written in rule.upper().split(";"):
        found = _PART.fullmatch(written)
        if found is None:
            return Slip("pack.rrule-part", {"wrote": written})
        name, value = found[1], found[2]
        if name in parts:
            return Slip("pack.rrule-twice", {"name": name})
        if name in TIMES:
            return Slip("pack.rrule-time", {"name": name})
        if name not in WORDS:
            return Slip("pack.rrule-unknown", {"name": name, "meant": name, "known": WORDS})
        parts[name] = value
    return next(_slips(parts), None)


def shortest_gap(rule: str) -> int | None:
    """Return the days between the two of a good rule's days that lie closest; None where it gives only one."""
    parts = dict(written.split("=", 1) for written in rule.upper().split(";"))
    gaps = [after - before for days in _tried(parts) for before, after in pairwise(days)]
    return min(gaps).days if gaps else None


def _slips(parts: Mapping[str, str]) -> Iterator[Slip]:
    frequency = parts.get("FREQ", "")
    if not frequency:
        yield Slip("pack.rrule-no-freq", {})
    elif frequency in TOO_OFTEN:
        yield Slip("pack.rrule-too-often", {})
    elif frequency not in FREQUENCIES:
        yield Slip("pack.rrule-freq", {"name": frequency, "meant": frequency, "known": FREQUENCIES})
    for name, value in parts.items():
        if not _fits(name, value):
            yield Slip("pack.rrule-value", {"name": name, "wrote": value, "example": _EXAMPLES[name]})
    yield from (
        Slip("pack.rrule-together", {"name": name, "other": other}) for name, other in _clashes(parts)
    )
    if not any(name in parts for name in _BY_DAY):
        yield Slip("pack.rrule-no-day", {"example": "BYDAY=MO" if frequency == "WEEKLY" else "BYMONTHDAY=1"})
    if "UNTIL" in parts and date.fromisoformat(parts["UNTIL"]) < _FIRST:
        yield Slip("pack.rrule-never", {})
    every = [pairwise(days) for days in _tried(parts)]
    if any(after - before < timedelta(days=WEEK) for pairs in every for before, after in pairs):
        yield Slip("pack.rrule-too-often", {})
    if not all(any(True for _ in days) for days in _tried(parts)):
        yield Slip("pack.rrule-never", {})


def _fits(name: str, value: str) -> bool:
    if name == "FREQ":
        return True
    if name == "UNTIL":
        return _is_day(value)
    if name == "WKST":
        return value in WEEKDAYS
    if name == "BYDAY":
        found = [_DAY.fullmatch(one) for one in value.split(",")]
        return all(one is not None and (one[1] is None or 1 <= int(one[1]) <= 53) for one in found)
    most, backwards = _NUMBERS[name]
    numbers = [_NUMBER.fullmatch(one) for one in ([value] if name in _ALONE else value.split(","))]
    return all(one is not None and 1 <= int(one[2]) <= most and (backwards or not one[1]) for one in numbers)


def _is_day(value: str) -> bool:
    try:
        return _DATE.fullmatch(value) is not None and bool(date.fromisoformat(value))
    except ValueError:
        return False


def _clashes(parts: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield what doesn't go together. Source: RFC 5545, 3.3.10."""
    frequency = parts["FREQ"]
    freq = f"FREQ={frequency}"
    named = f"BYDAY={parts.get('BYDAY')}"
    counts = [int(day[1]) for day in _DAY.finditer(parts.get("BYDAY", "")) if day[1]]
    if "COUNT" in parts and "UNTIL" in parts:
        yield "COUNT", "UNTIL"
    if "BYWEEKNO" in parts and frequency != "YEARLY":
        yield "BYWEEKNO", freq
    if "BYYEARDAY" in parts and frequency != "YEARLY":
        yield "BYYEARDAY", freq
    if "BYMONTHDAY" in parts and frequency == "WEEKLY":
        yield "BYMONTHDAY", freq
    if counts and frequency == "WEEKLY":
        yield named, freq
    if counts and "BYWEEKNO" in parts:
        yield named, "BYWEEKNO"
    if any(count > MOST_IN_A_MONTH for count in counts) and ("BYMONTH" in parts or frequency == "MONTHLY"):
        yield named, "BYMONTH" if "BYMONTH" in parts else freq


def _tried(parts: Mapping[str, str]) -> Iterator[Iterator[datetime]]:
    """Yield the days that the rule gives, from each of the days that it is tried from; without COUNT and UNTIL."""
    from dateutil.rrule import rrulestr  # a start that reads no pack follows no rule

    text = ";".join(f"{name}={value}" for name, value in parts.items() if name not in ("COUNT", "UNTIL"))
    for start in _TRIED[parts["FREQ"]]:
        yield iter(rrulestr(text, dtstart=datetime.combine(start, time())))
