"""Reads and writes numbers as people write them, in Swedish and English; what may mean another number is none."""

import re
from decimal import Decimal

_WRITTEN = re.compile(r"([-−]?)(\d[\d\s\u00a0\u202f.,]*)(?:\s*(\D+))?")
_SPACED = re.compile(r"\d{1,3}(?:[\s\u00a0\u202f]\d{3})+|\d+")
_MORE = {
    "tusen", "tkr", "ksek", "k", "thousand", "miljon", "miljoner", "milj", "mn", "mnkr", "mkr", "msek", "m", "million",
    "millions", "miljard", "miljarder", "mdkr", "billion", "dussin", "dozen", "till", "to", "eller", "or", "och", "and",
    "e", "gånger", "times", "av", "of", "halv", "half",
}  # fmt: skip
"""Words after a number that make another number of it."""


def read_number(text: str, *, language: str) -> float | None:
    """Return the number, or None. A unit may stand after it, but nothing that changes it.

    A comma and a dot are read as *language* writes them; groups of three are recognised where they can mean nothing
    else, so that neither `12.500` in Swedish nor `2 miljoner` becomes a number that nobody meant.
    """
    found = _WRITTEN.fullmatch(text.strip())
    if found is None or len(text) > 60:
        return None
    unit = (found[3] or "").casefold().strip(" .")
    if not set(unit.split()).isdisjoint(_MORE) or re.search(r"[-–−/+*^½]", unit):
        return None
    digits = _decimal(found[2].strip().rstrip(".,"), language)
    return None if digits is None else float(f"{'-' if found[1] else ''}{digits}")


def write_number(value: int | float, *, language: str) -> str:
    """Return the number as somebody would type it: without groups, and with no more digits than a machine is sure of."""
    text = f"{Decimal(f'{value:.15g}'):f}" if isinstance(value, float) else str(value)
    return text.replace(".", ",") if language == "sv" else text


def _decimal(said: str, language: str) -> str | None:
    """Return the digits with at most one dot."""
    marks = [sign for sign in said if sign in ".,"]
    if not marks:
        return _whole(said)
    last = marks[-1]
    if len(set(marks)) == 1 and (len(marks) > 1 or _is_thousands(said, last, language)):
        return _grouped(said, last)
    if marks.count(last) > 1:
        return None
    if len(marks) == 1 and last == "." and language == "sv" and _has_three_after(said, "."):
        return None
    whole, _, rest = said.rpartition(last)
    before = _grouped(whole, marks[0]) if len(marks) > 1 else _whole(whole)
    return f"{before}.{rest}" if before is not None and rest.isdecimal() else None


def _is_thousands(said: str, mark: str, language: str) -> bool:
    return mark == "," and language == "en" and _has_three_after(said, mark)


def _has_three_after(said: str, mark: str) -> bool:
    whole, _, rest = said.partition(mark)
    return len(rest) == 3 and rest.isdecimal() and 1 <= len(whole) <= 3 and whole != "0"


def _grouped(said: str, mark: str) -> str | None:
    """Return the digits of groups of three with *mark* between."""
    first, *groups = said.split(mark)
    right = first.isdecimal() and len(first) <= 3 and all(len(one) == 3 and one.isdecimal() for one in groups)
    return "".join((first, *groups)) if right else None


def _whole(said: str) -> str | None:
    return re.sub(r"\D", "", said) if _SPACED.fullmatch(said) else None
