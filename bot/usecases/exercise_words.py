"""Understands what is said of an exercise: what to do with it, which one, who is away, and which time."""

import re
from collections.abc import Mapping

from content.pack import Pack
from content.schema.exercises import Exercise
from dialogs.flows.phases import running
from dialogs.model.journey import Journey
from dialogs.values.names import find

_VERBS: Mapping[str, str] = {
    "starta": "start", "start": "start", "börja": "start", "begin": "start",
    "papper": "room", "på papper": "room", "rum": "room", "paper": "room", "on paper": "room", "room": "room",
    "vidare": "next", "nästa": "next", "next": "next", "on": "next",
    "igen": "again", "starta om": "again", "starta igen": "again", "en gång till": "again",
    "again": "again", "start again": "again", "once more": "again",
    "papper igen": "room-again", "igen på papper": "room-again", "paper again": "room-again",
    "avbryt": "stop", "bryt": "stop", "break off": "stop", "cancel": "stop", "stop": "stop",
    "klar": "end", "klart": "end", "slut": "end", "avsluta": "end", "done": "end", "end": "end",
    "visa": "show", "visa svar": "show", "show": "show", "show answers": "show",
    "nya par": "pairs", "par": "pairs", "new pairs": "pairs", "pairs": "pairs",
    "vilka": "who", "vem": "who", "who": "who",
    "blad": "sheet", "bladet": "sheet", "sheet": "sheet",
    "blad text": "sheet-text", "bladet som text": "sheet-text", "sheet text": "sheet-text",
}  # fmt: skip
_TIME = re.compile(r"(.*)\b(?:gång|time) (\d{1,3})", re.IGNORECASE)


def said(rest: str) -> tuple[str, str]:
    """Return the verb and the exercise's name: `starta 2`, `klar`, `2`."""
    for verb in sorted(_VERBS, key=len, reverse=True):
        if rest.casefold() == verb or rest.casefold().startswith(f"{verb} "):
            return _VERBS[verb], rest[len(verb) :].strip()
    return "", rest


def without_whom(rest: str) -> tuple[str, str]:
    """Return the exercise's name and who isn't there: `utan Anna`."""
    name, word, person = rest.rpartition("utan ") if "utan " in rest else rest.rpartition("without ")
    return (name.strip(), person.strip()) if word else (rest, "")


def which_time(rest: str) -> tuple[str, int]:
    """Return the exercise's name and which time is meant, 0 where none is: `2 gång 1`."""
    found = _TIME.fullmatch(rest)
    return (found[1].strip(), int(found[2])) if found else (rest, 0)


def named(pack: Pack, journey: Journey, name: str) -> Exercise | None:
    """Return the exercise by its number or name; without a name, the one that is on."""
    if not name:
        on = running(pack, journey)
        return on[0] if on is not None else None
    if name.isdecimal():
        number = int(name) if len(name) < 4 else 0
        return pack.exercises[number - 1] if 1 <= number <= len(pack.exercises) else None
    options = [
        (one.id, word)
        for one in pack.exercises
        for text in (one.title, *one.aliases)
        for word in text.root.values()
    ]
    found = find(name, options, numbered=False).value
    return pack.exercise_of[found] if found else None
