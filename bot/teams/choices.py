"""Draws what a field can be picked from, each option as it can be read and under the word by which it is handed in.

Where several may be picked, and where the options stand in the open, their names are read as marks are: there a name
with such signs is given in full above, as text, and stands in the menu by its number.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator

from bot.options import Chosen, chosen, words_of
from bot.teams.draw import parts
from bot.teams.interactions import FIELD, OWN, SEVERAL
from bot.teams.limits import INPUT_TEXT, LABEL, NOTHING, OPTION_TEXT, OPTIONS, Json, cut
from bot.teams.spans import in_one, is_harmless
from dialogs.messages import Bullets, FormField, words

Text = Callable[[str], str]
"""A phrase's key -> its text in the reader's language."""

OPEN = 7  # up to so many options stand in the open, where one of them must be picked
FILTERED = 20  # from here on one may type to find an option
LISTED = 300  # characters of an option's name, where it is given in full

_SIGNS = re.compile(r"[^\w]+|_")


def picked(field: FormField, label: str, text: Text) -> list[Json] | None:
    """Return the field as something to pick from; None where it has to be written."""
    words_by_id, holds = _words(field), chosen(field)
    if words_by_id is None or holds is None or len(holds.own) > INPUT_TEXT:
        return None
    numbered = _needs_numbers(field)
    found = [*(listed(field) if numbered else ()), _menu(field, label, words_by_id, holds, numbered, text)]
    if field.own:
        beside = {
            "type": "Input.Text", "id": f"{OWN}{field.id}", "maxLength": INPUT_TEXT,
            "label": in_one(cut(f"{text('form-own')}: {field.label}", LABEL)),
            "isMultiline": field.kind == "choices" or "\n" in holds.own or len(holds.own) > 80,
        }  # fmt: skip
        found.append(beside | ({"value": holds.own} if holds.own else {}))
    return found


def listed(field: FormField) -> Iterator[Json]:
    """Yield the options' names in full, numbered as the conversation numbers them."""
    names = tuple(words(cut(label, LISTED) or NOTHING) for _, label in field.options)
    for part in parts((Bullets(names, ordered=True),)) if names else ():
        yield from part.elements


def _menu(
    field: FormField, label: str, words_by_id: dict[str, str], holds: Chosen, numbered: bool, text: Text
) -> Json:
    several = field.kind == "choices"
    must = field.required and not field.own
    if several or (must and len(field.options) <= OPEN and not _has_marks(field)):
        style = "expanded"
    else:
        style = "filtered" if len(field.options) > FILTERED else "compact"
    return {
        "type": "Input.ChoiceSet", "id": f"{SEVERAL if several else FIELD}{field.id}", "label": label,
        "isMultiSelect": several, "style": style, "wrap": True,
        "choices": [
            {"title": _title(number, name, numbered), "value": words_by_id[id]}
            for number, (id, name) in enumerate(field.options, start=1)
        ],
        **({"value": ",".join(words_by_id[id] for id in holds.ids)} if holds.ids else {}),
        **({"isRequired": True, "errorMessage": text("form-required")} if must else {}),
    }  # fmt: skip


def _title(number: int, name: str, numbered: bool) -> str:
    if not numbered:
        return in_one(cut(name, OPTION_TEXT)) or NOTHING
    return cut(f"{number}: {' '.join(_SIGNS.sub(' ', name).split())}", OPTION_TEXT)


def _words(field: FormField) -> dict[str, str] | None:
    if not 0 < len(field.options) <= OPTIONS:
        return None
    return words_of(field, lambda word: "," not in word and len(word) <= OPTION_TEXT)


def _needs_numbers(field: FormField) -> bool:
    shown = Counter(cut(name, OPTION_TEXT) for _, name in field.options)
    return (
        any(count > 1 or name.endswith("…") for name, count in shown.items())
        or "" in shown
        or (field.kind == "choices" and _has_marks(field))
    )


def _has_marks(field: FormField) -> bool:
    return not all(is_harmless(" ".join(name.split())) for _, name in field.options)
