"""Finds which of several names somebody meant: whole, by its number, by its beginning; never by a guess."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, slots=True)
class Match:
    """What was found; else what it may have been."""

    value: str | None
    near: tuple[str, ...] = ()


def find(
    said: str, options: Sequence[tuple[str, str]], *, numbered: bool = True, alike: float = 0.6
) -> Match:
    """Return the option that *said* names. *options* are (value, label) pairs.

    *alike* is how much a name must resemble what was said to be offered, from 0 to 1.
    """
    wanted = fold(said)
    if not wanted:
        return Match(None)
    if numbered and wanted.isdecimal() and 1 <= int(wanted) <= len(options):
        return Match(options[int(wanted) - 1][0])
    exact = [value for value, label in options if wanted in (fold(label), fold(value))]
    if len(set(exact)) == 1:
        return Match(exact[0])
    began = [(value, label) for value, label in options if fold(label).startswith(wanted)]
    if len(began) == 1:
        return Match(began[0][0])
    worded = [(value, label) for value, label in options if wanted in fold(label).split()]
    if len(worded) == 1 and not began:
        return Match(worded[0][0])
    labels = [label for _, label in options]
    near = [label for _, label in (*began, *worded)] or [
        label
        for label in labels
        if fold(label) in get_close_matches(wanted, [fold(one) for one in labels], 3, alike)
    ]
    return Match(None, tuple(dict.fromkeys(near)))


def in_sentence(title: str) -> str:
    """Return a title as it stands inside a sentence: with a small letter first, unless it is an abbreviation's."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def fold(text: str) -> str:
    return " ".join(text.casefold().strip(" .!\"'”").split())
