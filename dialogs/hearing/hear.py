"""Tells commands from answers. What isn't surely a command is words; a small slip brings a suggestion, never an act."""

import re
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cache

from content.words import Command, words, words_by_letter
from dialogs.values.composed import trimmed
from dialogs.values.days import read_later

NUMBER = r"(?:[Hh]?\d{1,2}|[A-Za-z])\.\d{1,3}(?:\.\d{1,4})?"
_NUMBERED = re.compile(rf"({NUMBER})\s*:\s*(.+)", re.DOTALL)
_BEGINS_WITH_NUMBER = re.compile(rf"({NUMBER})(?:\s*[–-])?\s+(.+)", re.DOTALL)
_NUMBER_ONLY = re.compile(rf"({NUMBER})\s*[:?]?")
_CHECKPOINT_ONLY = re.compile(r"([Hh]\d{1,2})\s*[:?]?")
_FOR = re.compile(rf"(?:för|for) ([^:\n]{{2,80}}?)(?:[ ,]+({NUMBER}))?\s*:\s*(.+)", re.DOTALL | re.IGNORECASE)
_REST_NUMBER = re.compile(rf"({NUMBER})(?:\s*[:,]\s*(.*)|\s+(.+))?", re.DOTALL)
_LAST_DAY = re.compile(
    r"(?:till och med|t\.? ?o\.? ?m\.?|till|senast|by|until)((?:\s+\S+){1,3}|\s+\S+\s+(?:den|the)\s+\S+\s+\S+)",
    re.IGNORECASE,
)
_NEAR_WITH_NUMBER = re.compile(rf"([^\d\n]+?)\s+({NUMBER})\s*[.!?]?")
_REASON = re.compile(r"\b(?:skäl|reason)\s*:\s*(.+)$", re.DOTALL | re.IGNORECASE)


LONGEST_NAME = 12
"""So many words may name a thing and say how it is wanted: `dokument frågor och insatser som pdf med källor`."""

_LONGEST_SLIP = 40  # characters
_A_DAY = date(2024, 1, 1)  # any will do, where it is asked only whether words are a day

GREETINGS = frozenset({"hej", "hejsan", "hej hej", "hallå", "hello", "hi"})

THANKS = frozenset({"tack", "tackar", "tack så mycket", "tack tack", "thanks", "thank you", "many thanks"})


@dataclass(frozen=True, slots=True)
class Commanded:
    """A command, with the question's number and the text after it where there are any."""

    command: str
    number: str = ""
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """Words for a question that is named by its number, or "" for the question at hand; for somebody, or oneself."""

    text: str
    number: str = ""
    on_behalf: str = ""


@dataclass(frozen=True, slots=True)
class Suggested:
    """Words that may be a command written with a slip; `word` is the command, with the number that was written."""

    text: str
    word: str


@dataclass(frozen=True, slots=True)
class Unsure:
    """Words that begin with what may be a question's number, or a figure that belongs to them: `2.5 miljoner`."""

    text: str
    number: str
    rest: str


Heard = Commanded | Answered | Suggested | Unsure


def hear(text: str) -> Heard:
    """Return what *text* is."""
    said = trimmed(text)
    folded = said.casefold()
    for word, command in words_by_letter().get(folded[:1], ()):
        if folded.startswith(word):
            heard = _command(said[len(word) :], command)
            if heard is not None:
                return heard
    if found := _NUMBER_ONLY.fullmatch(said):
        return Commanded("question", _number(found[1]))
    if found := _CHECKPOINT_ONLY.fullmatch(said):
        return Commanded("checkpoint", _number(found[1]))
    if found := _NUMBERED.fullmatch(said):
        return Answered(found[2].strip(), _number(found[1]))
    if found := _FOR.fullmatch(said):
        return Answered(found[3].strip(), _number(found[2] or ""), found[1].strip())
    if found := _BEGINS_WITH_NUMBER.fullmatch(said):
        return Unsure(said, _number(found[1]), found[2].strip())
    near = None if is_thanks(said) else _near(said)
    return Suggested(said, near) if near else Answered(said)


def last_day_in(text: str) -> str:
    """Return what is said of the day in words like *till fredag*; "" where they are none that name a last day."""
    found = _LAST_DAY.fullmatch(text.strip())
    return found[1].strip() if found else ""


def is_command(text: str) -> bool:
    return isinstance(hear(text), Commanded)


def is_greeting(text: str) -> bool:
    """Say whether *text* is a greeting and nothing more. It is no command: among people, it is for each other."""
    return text.casefold().strip(" .,!?") in GREETINGS


def is_thanks(text: str) -> bool:
    """Say whether *text* thanks and nothing more: neither a command with a slip nor anybody's answer."""
    return text.casefold().strip(" .,!?") in THANKS


def split_reason(text: str) -> tuple[str, str]:
    """Split `nytt svar, skäl: därför` into the words and the reason; the reason is "" when none is given."""
    found = _REASON.search(text)
    return (
        (text[: found.start()].rstrip().rstrip(",;").strip(), found[1].strip())
        if found
        else (text.strip(), "")
    )


def _number(said: str) -> str:
    return said.upper()


def _command(rest: str, command: Command) -> Commanded | None:
    """Return the command whose word stands before *rest*; None where what follows it makes it something else."""
    if command.takes == "nothing" or not rest.strip(" ?!."):
        return Commanded(command.id) if not rest.strip(" ?!.") else None
    if not rest.startswith((" ", ":", "\n")):
        return None
    after = rest.strip()
    match command.takes:
        case "number" | "number-text":
            return _with_number(after, command)
        case "text":
            return Commanded(command.id, rest=after[1:].strip()) if after.startswith(":") else None
        case "name":
            few = after.lstrip(":").strip()
            return Commanded(command.id, rest=few) if len(few.split()) <= 4 and "\n" not in few else None
        case "long-name":
            few = after.lstrip(":").strip()
            fits = len(few.split()) <= LONGEST_NAME and not {"\n", ":"} & set(few)
            return Commanded(command.id, rest=few) if fits else None
        case "words":
            return Commanded(command.id, rest=after.lstrip(":").strip())
        case "names-text":
            name, colon, text = after.lstrip(":").strip().partition(":")
            if not 0 < len(name.split()) <= 5 or "\n" in name:
                return None
            if not colon:
                return Commanded(command.id, rest=name.strip())
            return Commanded(command.id, number=name.strip(), rest=text.strip())
        case _:
            name, colon, text = after.partition(":")
            named = name.split()
            most = 5 if colon or (named[-1:] and named[-1].isdecimal()) else 2
            if len(named) > most or "\n" in name:
                return None
            return Commanded(command.id, number=name.strip(), rest=text.strip())


def _with_number(after: str, command: Command) -> Commanded | None:
    if command.takes == "number":
        after = after.rstrip(" ?!.")
    if found := _REST_NUMBER.fullmatch(after):
        text = (found[2] or found[3] or "").strip()
        if text and command.takes == "number":
            return None
        return Commanded(command.id, _number(found[1]), text)
    if after.startswith(":") and command.takes == "number-text":
        return Commanded(command.id, rest=after[1:].strip())
    if command.id == "round" and _is_meant_as_a_day(last_day_in(after)):
        return Commanded(command.id, rest=after)
    return None


def _is_meant_as_a_day(said: str) -> bool:
    """Say whether *said* is a day, or has a figure, as one that doesn't exist has: `31 februari`."""
    return any(sign.isdigit() for sign in said) or read_later(said, today=_A_DAY) is not None


def _near(said: str) -> str | None:
    """Return the command that *said*, one or two short words and a question's number, may have been meant as."""
    found = _NEAR_WITH_NUMBER.fullmatch(said) if len(said) <= _LONGEST_SLIP else None
    if found is None:
        return _near_word(said, _long_words())
    word = _near_word(found[1], _long_words_with_number())
    return f"{word} {_number(found[2])}" if word else None


def _near_word(said: str, among: tuple[str, ...]) -> str | None:
    low = said.casefold().strip(" .!?")
    if not 4 <= len(low) <= 24 or len(low.split()) > 3 or "\n" in low:
        return None
    near = get_close_matches(low, among, n=1, cutoff=0.8)
    return near[0] if near and near[0] != low else None


@cache
def _long_words() -> tuple[str, ...]:
    return tuple(word for word, _ in words() if len(word) > 3)


@cache
def _long_words_with_number() -> tuple[str, ...]:
    return tuple(word for word, one in words() if len(word) > 3 and one.takes in ("number", "number-text"))
