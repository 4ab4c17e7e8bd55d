"""Reads a day as people write it, in Swedish and English."""

import re
from datetime import date, timedelta

_MONTHS = (
    ("januari", "january"), ("februari", "february"), ("mars", "march"), ("april",), ("maj", "may"), ("juni", "june"),
    ("juli", "july"), ("augusti", "august"), ("september",), ("oktober", "october"), ("november",), ("december",),
)  # fmt: skip
_WORDS = {"idag": 0, "i dag": 0, "today": 0, "imorgon": 1, "i morgon": 1, "tomorrow": 1, "igår": -1, "i går": -1,
          "yesterday": -1}  # fmt: skip
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_NUMBERS = re.compile(r"(\d{1,2})[./](\d{1,2})(?:[./ -]+(\d{4}))?")
_NAMED = re.compile(
    r"(?:den |the )?(\d{1,2})(?::?[ae]|st|nd|rd|th)?\.?(?: of)? ([a-zåäö]+)\.?,?(?: (\d{4}))?"
)
_NAMED_FIRST = re.compile(r"([a-z]+) (\d{1,2})(?:st|nd|rd|th)?,?(?: (\d{4}))?")


def read_day(text: str, *, today: date, has_been: bool = False) -> date | None:
    """Return the day, or None when *text* is none. Without a year it is the next such day from today on; with
    *has_been*, as for a decision, the latest one up to today."""
    said = " ".join(text.strip().lower().rstrip(".").split())
    if said in _WORDS:
        return today + timedelta(days=_WORDS[said])
    if found := _ISO.fullmatch(said):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _NUMBERS.fullmatch(said):
        return _with_year(found[3], int(found[2]), int(found[1]), today, has_been)
    if (found := _NAMED.fullmatch(said)) and (month := _month(found[2])):
        return _with_year(found[3], month, int(found[1]), today, has_been)
    if (found := _NAMED_FIRST.fullmatch(said)) and (month := _month(found[1])):
        return _with_year(found[3], month, int(found[2]), today, has_been)
    return None


def _month(word: str) -> int | None:
    if len(word) < 3:
        return None
    return next(
        (n for n, names in enumerate(_MONTHS, start=1) if any(name.startswith(word) for name in names)), None
    )


def _with_year(year: str | None, month: int, day: int, today: date, has_been: bool) -> date | None:
    if year:
        return _day(int(year), month, day)
    years = range(today.year, today.year - 9, -1) if has_been else range(today.year, today.year + 9)
    days = (found for one in years if (found := _day(one, month, day)))
    return next((one for one in days if (one <= today if has_been else one >= today)), None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
