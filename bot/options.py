"""Tells which options a form's field holds, and by which word each is handed in so that it is read as itself.

What is handed in is what somebody could have typed: an option's own id, else its name, else its number.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from dialogs.messages import FormField
from dialogs.values.names import find

_BESIDE_OTHERS = re.compile(r"(?![-*•]\s|\d{1,2}[.)]\s)[^,;\n]+")  # can stand in a list of several
_BETWEEN = re.compile(r"[;\n]")


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a field holds to begin with: ids of options, and what stands beside them in own words."""

    ids: tuple[str, ...] = ()
    own: str = ""


def chosen(field: FormField) -> Chosen | None:
    """Return what the field holds; None when that is neither an option nor words of one's own."""
    if not field.value.strip():
        return Chosen()
    whole = _found(field, field.value)
    if whole is not None:
        return Chosen((whole,))
    if field.kind != "choices":
        return Chosen(own=field.value) if field.own else None
    ids: list[str] = []
    own: list[str] = []
    for entry in filter(None, (one.strip() for one in _BETWEEN.split(field.value))):
        id = _found(field, entry)
        if id is not None:
            ids.append(id)
        elif field.own:
            own.append(entry)
        else:
            return None
    if not ids and not own:  # only what stands between options
        return None
    return Chosen(tuple(dict.fromkeys(ids)), "; ".join(own))


def words_of(field: FormField, fits: Callable[[str], bool]) -> dict[str, str] | None:
    """Return each option's id with its word; None when one of them can't be told from the others.

    *fits* says whether the platform takes a word.
    """
    found: dict[str, str] = {}
    for number, (id, label) in enumerate(field.options, start=1):
        word = _word(field, id, label, number, fits)
        if word is None:
            return None
        found[id] = word
    return found


def _found(field: FormField, said: str) -> str | None:
    return find(said, field.options, numbered=field.kind != "person").value


def _word(field: FormField, id: str, label: str, number: int, fits: Callable[[str], bool]) -> str | None:
    words = (
        (str(number),) if field.kind == "choices" and _hold_semicolons(field) else (id, label, str(number))
    )
    for word in words:
        clean = bool(word) and word == word.strip() and word != "-"
        alone = field.kind != "choices" or _BESIDE_OTHERS.fullmatch(word)
        if clean and fits(word) and alone and _found(field, word) == id:
            return word
    return None


def _hold_semicolons(field: FormField) -> bool:
    """Return whether several names together could be read as the one name of another option."""
    return any(";" in label or ";" in id for id, label in field.options)
