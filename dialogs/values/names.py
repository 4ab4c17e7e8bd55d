"""Finds which of several names somebody meant: whole, by its number, by its beginning; never by a guess."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

from dialogs.values.composed import trimmed

_LAST = str.maketrans("åäö", "{|}")  # the signs that come after z


@dataclass(frozen=True, slots=True)
class Match:
    """What was found; else what it may have been."""

    value: str | None
    near: tuple[str, ...] = ()


def find(
    said: str, options: Sequence[tuple[str, str]], *, numbered: bool = True, alike: float = 0.6
) -> Match:
    """Return the option that *said* names. *options* are (value, label) pairs.

    *alike* is how much a name must resemble what was said to be offered, from 0 to 1; at 1 nothing is offered.
    """
    wanted = fold(said)
    if not wanted:
        return Match(None)
    if numbered and wanted.isdecimal() and 1 <= int(wanted) <= len(options):
        return Match(options[int(wanted) - 1][0])
    named = [(value, label, _folded(label)) for value, label in options]
    exact = [value for value, _, name in named if wanted in (name, _folded(value))]
    if len(set(exact)) == 1:
        return Match(exact[0])
    began = [(value, label) for value, label, name in named if name.startswith(wanted)]
    if len(began) == 1:
        return Match(began[0][0])
    worded = [(value, label) for value, label, name in named if wanted in name.split()]
    if len(worded) == 1 and not began:
        return Match(worded[0][0])
    if alike >= 1:
        return Match(None)
    near = [label for _, label in (*began, *worded)] or _resembling(wanted, named, alike)
    return Match(None, tuple(dict.fromkeys(near)))


def _resembling(wanted: str, named: Sequence[tuple[str, str, str]], alike: float) -> list[str]:
    close = set(get_close_matches(wanted, [name for _, _, name in named], 3, alike))
    return [label for _, label, name in named if name in close]


def in_sentence(title: str) -> str:
    """Return a title as it stands inside a sentence: with a small letter first, unless it is an abbreviation's."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def fold(text: str) -> str:
    return " ".join(trimmed(text).casefold().strip(" .!\"'”").split())


def alphabetical(name: str) -> str:
    """Return what names are put in order by: whatever their case, and å, ä and ö last, as the alphabet has them."""
    return fold(name).translate(_LAST)


_folded = lru_cache(1000)(fold)  # of options, which are the same turn after turn; never of what somebody said
