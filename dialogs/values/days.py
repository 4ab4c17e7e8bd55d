"""Reads a day as people write it, in Swedish and English."""

import re
from datetime import date, timedelta
from typing import assert_never

from content.schema.questions import WithoutYear

_MONTHS = (
    ("januari", "january"), ("februari", "february"), ("mars", "march"), ("april",), ("maj", "may"), ("juni", "june"),
    ("juli", "july"), ("augusti", "august"), ("september",), ("oktober", "october"), ("november",), ("december",),
)  # fmt: skip
_WORDS = {"idag": 0, "i dag": 0, "today": 0, "imorgon": 1, "i morgon": 1, "tomorrow": 1, "igår": -1, "i går": -1,
          "yesterday": -1}  # fmt: skip
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_NUMBERS = re.compile(r"(?:den )?(\d{1,2})[./](\d{1,2})(?:[./ -]+(\d{4})| ?[/-](\d{2}))?")
_NAMED = re.compile(
    r"(?:den |the )?(\d{1,2})(?::?[ae]|st|nd|rd|th)?\.?(?: of)? ([a-zåäö]+)\.?,?(?: (\d{4}))?"
)
_NAMED_FIRST = re.compile(r"([a-z]+) (\d{1,2})(?:st|nd|rd|th)?,?(?: (\d{4}))?")


_WEEKDAYS = (
    ("måndag", "monday"), ("tisdag", "tuesday"), ("onsdag", "wednesday"), ("torsdag", "thursday"),
    ("fredag", "friday"), ("lördag", "saturday"), ("söndag", "sunday"),
)  # fmt: skip
_NEXT_WEEK = frozenset({"nästa vecka", "next week"})
_SO_MANY = {"en": 1, "ett": 1, "one": 1, "a": 1, "två": 2, "two": 2, "tre": 3, "three": 3}
_IN_SO_MANY = re.compile(
    rf"(?:om|in) (\d{{1,3}}|{'|'.join(_SO_MANY)}) (dag(?:ar)?|days?|veck(?:a|or)|weeks?)"
)
_BEFORE_A_DAY = re.compile(r"^(?:på|den|on|the|nästa|next)\s+")


def read_day(text: str, *, today: date, without_year: WithoutYear = "next") -> date | None:
    """Return the day, or None when *text* is none.

    Without a year it is the next such day from today on; the latest one up to today, as for a decision; or the nearest
    of both, the latest where they are as near. A weekday before it must be that day's.
    """
    said = " ".join(text.strip().lower().rstrip(".").split())
    first, _, rest = said.partition(" ")
    if rest and (weekday := _weekday_named(first.rstrip(".,"))) is not None:
        day = read_day(rest, today=today, without_year=without_year)
        return day if day is not None and day.weekday() == weekday else None
    if said in _WORDS:
        return today + timedelta(days=_WORDS[said])
    if found := _ISO.fullmatch(said):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _NUMBERS.fullmatch(said):
        year = f"20{found[4]}" if found[4] else found[3]
        return _with_year(year, int(found[2]), int(found[1]), today, without_year)
    if (found := _NAMED.fullmatch(said)) and (month := month_named(found[2])):
        return _with_year(found[3], month, int(found[1]), today, without_year)
    if (found := _NAMED_FIRST.fullmatch(said)) and (month := month_named(found[1])):
        return _with_year(found[3], month, int(found[2]), today, without_year)
    return None


def read_later(text: str, *, today: date) -> date | None:
    """Return the day that somebody wants to hear of something again: a day as above, a weekday (the next one, not
    today), `nästa vecka` (its Monday), `om 3 dagar`; None when *text* is none of these."""
    said = " ".join(text.strip().lower().rstrip(".!").split())
    if said in _NEXT_WEEK:
        return today + timedelta(days=7 - today.weekday())
    if found := _IN_SO_MANY.fullmatch(said):
        days = _SO_MANY.get(found[1]) or int(found[1])
        return today + timedelta(days=days * (7 if found[2].startswith(("v", "w")) else 1))
    said = _BEFORE_A_DAY.sub("", said)
    for weekday, names in enumerate(_WEEKDAYS):
        if said in names:
            return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    return read_day(said, today=today)


def _weekday_named(word: str) -> int | None:
    word = word.removesuffix("en")  # måndagen den 15 mars
    if len(word) < 3:
        return None
    return next(
        (n for n, names in enumerate(_WEEKDAYS) if any(name.startswith(word) for name in names)), None
    )


def month_named(word: str) -> int | None:
    if len(word) < 3:
        return None
    return next(
        (n for n, names in enumerate(_MONTHS, start=1) if any(name.startswith(word) for name in names)), None
    )


def _with_year(year: str | None, month: int, day: int, today: date, which: WithoutYear) -> date | None:
    if year:
        return _day(int(year), month, day)
    near = [found for one in range(today.year - 8, today.year + 9) if (found := _day(one, month, day))]
    match which:
        case "next":
            return next((one for one in near if one >= today), None)
        case "latest":
            return next((one for one in reversed(near) if one <= today), None)
        case "nearest":
            return min(near, key=lambda one: abs(one - today), default=None)
        case _:
            assert_never(which)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
