"""Registration numbers (diarienummer): which decision or adopted document each is for, and how one is told in a reference."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

LONGEST = 60
_NAMED = re.compile(
    r"\b(?:dnr|diarienr|diarienummer|reg(?:istration)?\.? no|registration number)\b[:.\s]*([^,;()]+)", re.I
)
_SECTION = re.compile(r"§+\s*[\d/–-]+")
_YEAR = r"(?:19|20)\d{2}"
_SHAPED = re.compile(
    rf"(?<![\w/-])(?:[A-ZÅÄÖa-zåäö]{{1,10}}[ /-]?{_YEAR}[/:-]\d{{1,6}}|{_YEAR}[/:]\d{{1,6}}|\d{{1,6}}/{_YEAR})"
    r"(?:[-–.]\d{1,4})?(?![\w/-])"
)


@dataclass(frozen=True, slots=True)
class Registration:
    """A number, what it is for, who entered it and when; a newer one takes its place, and "" takes it away."""

    about: str
    number: str
    by: str
    at: datetime


def of_answer(journey: str, address: str, on: str) -> str:
    """Return what a decision is called that stands in an answer: the address's key, and the day of the decision."""
    return f"answer:{journey}/{address}@{on}"


def of_record(record: str, on: str) -> str:
    return f"record:{record}@{on}"


def of_document(journey: str, document: str, version: int) -> str:
    return f"document:{journey}/{document}@{version}"


def number_in(reference: str) -> str:
    """Return the registration number that stands in a decision's reference, as in *KS 2026/123, § 180*; "" for none."""
    if found := _NAMED.search(reference):
        return found[1].strip()
    found = _SHAPED.search(_SECTION.sub(" ", reference))
    return found[0] if found else ""


def number_for(about: str, reference: str, entered: Mapping[str, str], *, field: bool = False) -> str:
    """Return the number that was entered for it; where none was, the one in its reference.

    The *field* of an entry asks for the number itself: there, what names no section is one, however it looks.
    """
    said = "" if "§" in reference or not any(sign.isdecimal() for sign in reference) else reference
    return entered.get(about) or number_in(reference) or (said if field else "")
