"""Draws the fields of a form as inputs of a modal, each with what it holds to begin with."""

import re
from collections.abc import Callable, Sequence
from datetime import date

from bot.options import Chosen, chosen
from bot.slack.draw import parts
from bot.slack.limits import BOXES, INPUT_TEXT, LABEL, OPTION_GROUPS, OPTION_TEXT, OPTIONS, Json, cut, length
from bot.slack.options import drawn_options, has_cut_labels
from bot.slack.spans import NOTHING
from dialogs.messages import Bullets, FormField, Paragraph, Quote, words

Text = Callable[[str], str]  # a phrase's key -> its text in the reader's language

VALUE = "value"
"""The action id of every input; the block's id is the field's."""

OWN = ":own"
"""Closes the block id of the input for an answer beside the options. No field's id has a colon in it."""

RADIO = 5  # up to so many options are shown at once, where one of them must be chosen
MOST_OPTIONS = 500  # above this one writes the name, which is quicker than to look for it
LISTED = 300  # characters of an option's name, where it is given in full
LONG_VALUE = 80  # from here on a text gets several rows

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_ACCOUNT = re.compile(r"<@([A-Z0-9]+)(?:\|[^>]*)?>")


def inputs(field: FormField, text: Text, *, options: bool = True, alone: bool = False) -> list[Json]:
    """Return the field's blocks: one input, perhaps a second for one's own words, and what has to be read before.

    What can't be picked from a menu is written, as in the conversation. *options* False has everything written.
    A long text that is all there is to hand in can be written in the thread instead: *alone* has that said.
    """
    picked = _picked(field, text) if options else None
    return picked if picked is not None else _written(field, text, alone=alone)


def _picked(field: FormField, text: Text) -> list[Json] | None:
    if field.kind == "date":
        return _day(field, text)
    if field.kind == "account":
        return _people(field, text)
    if not 0 < len(field.options) <= MOST_OPTIONS:
        return None
    drawn, holds = drawn_options(field), chosen(field)
    if drawn is None or holds is None or length(holds.own) > INPUT_TEXT:
        return None
    menu = _several(drawn, holds) if field.kind == "choices" else _one(field, drawn, holds)
    found = [*(_listed(field) if has_cut_labels(field) else []), _input(field, menu, text)]
    if field.own:
        own = _text_input(holds.own, long=field.kind == "choices")
        found.append(
            {
                "type": "input",
                "block_id": f"{field.id}{OWN}",
                "label": _plain(f"{text('slack-own')}: {field.label}", LABEL),
                "hint": _plain(
                    text("slack-own-several" if field.kind == "choices" else "slack-own-one"), LABEL
                ),
                "optional": True,
                "element": own,
            }
        )
    return found


def _one(field: FormField, drawn: dict[str, Json], holds: Chosen) -> Json:
    first = {"initial_option": drawn[holds.ids[0]]} if holds.ids else {}
    if field.required and not field.own and len(drawn) <= RADIO:
        return {"type": "radio_buttons", "options": list(drawn.values()), "action_id": VALUE} | first
    return {"type": "static_select", "action_id": VALUE} | _menu(list(drawn.values())) | first


def _several(drawn: dict[str, Json], holds: Chosen) -> Json:
    first = {"initial_options": [drawn[id] for id in holds.ids]} if holds.ids else {}
    if len(drawn) <= BOXES:
        return {"type": "checkboxes", "options": list(drawn.values()), "action_id": VALUE} | first
    return {"type": "multi_static_select", "action_id": VALUE} | _menu(list(drawn.values())) | first


def _menu(drawn: list[Json]) -> Json:
    """Return the options as a menu takes them: in groups by number where there are more than it shows in one."""
    if len(drawn) <= OPTIONS:
        return {"options": drawn}
    size = max(OPTIONS // 2, -(-len(drawn) // OPTION_GROUPS))
    groups = [(at, drawn[at : at + size]) for at in range(0, len(drawn), size)]
    return {
        "option_groups": [
            {"label": _plain(f"{at + 1}–{at + len(group)}", OPTION_TEXT), "options": group}
            for at, group in groups
        ]
    }


def _day(field: FormField, text: Text) -> list[Json] | None:
    if field.value and not _is_day(field.value):
        return None
    first = {"initial_date": field.value} if field.value else {}
    return [_input(field, {"type": "datepicker", "action_id": VALUE} | first, text)]


def _is_day(value: str) -> bool:
    try:
        return bool(_ISO_DAY.fullmatch(value) and date.fromisoformat(value))
    except ValueError:
        return False


def _people(field: FormField, text: Text) -> list[Json] | None:
    accounts = _ACCOUNT.findall(field.value)
    if _ACCOUNT.sub("", field.value).strip(" ;,\n") or (len(accounts) > 1 and not field.many):
        return None
    if field.many:
        first = {"initial_users": accounts} if accounts else {}
        return [_input(field, {"type": "multi_users_select", "action_id": VALUE} | first, text)]
    chosen_one = {"initial_user": accounts[0]} if accounts else {}
    return [_input(field, {"type": "users_select", "action_id": VALUE} | chosen_one, text)]


def _written(field: FormField, text: Text, *, alone: bool) -> list[Json]:
    before = _listed(field) if field.options else []
    value = "\n".join(_entries(field.value)) if field.kind == "list" else field.value
    if length(value) > INPUT_TEXT:
        # It can't be shown in the input. An empty one leaves it as it is.
        kept = [
            one.block for one in parts((Paragraph(words(field.label, strong=True)), Quote(words(value))), {})
        ]
        empty = _text_input("", long=True)
        return [*before, *kept, _input(field, empty, text, "slack-kept", optional=True)]
    long = field.long or field.kind == "list" or (field.many and bool(field.options))
    hint = "slack-long" if alone and field.long else _hint(field)
    return [*before, _input(field, _text_input(value, long=long), text, hint)]


def _entries(value: str) -> Sequence[str]:
    return [entry for part in re.split(r"[\n;]", value) if (entry := part.strip())]


def _text_input(value: str, *, long: bool) -> Json:
    several = long or "\n" in value or length(value) > LONG_VALUE
    drawn = {"type": "plain_text_input", "multiline": several, "max_length": INPUT_TEXT, "action_id": VALUE}
    return drawn | ({"initial_value": value} if value else {})


def _listed(field: FormField) -> list[Json]:
    """Return the options' names in full, numbered as the conversation numbers them."""
    if len(field.options) > MOST_OPTIONS:
        return []
    names = tuple(words(cut(label, LISTED) or NOTHING) for _, label in field.options)
    title = Paragraph(words(field.label, strong=True))
    return [one.block for one in parts((title, Bullets(names, ordered=True)), {})]


def _input(
    field: FormField, element: Json, text: Text, hint: str = "", *, optional: bool | None = None
) -> Json:
    ends = field.help.endswith((".", "?", "!")) or not hint
    said = [field.help if ends else f"{field.help}."] if field.help else []
    said += [text(hint)] if hint else []
    drawn = {
        "type": "input",
        "block_id": field.id,
        "label": _plain(field.label, LABEL),
        "optional": not field.required or field.own if optional is None else optional,
        "element": element,
    }
    return drawn | ({"hint": _plain(" ".join(said), LABEL)} if said else {})


def _hint(field: FormField) -> str:
    """Return the phrase that tells how the field is written."""
    if field.options:
        return "slack-write-options" if field.many else "slack-write-option"
    return {"list": "slack-lines", "file": "slack-file"}.get(field.kind, "")


def _plain(said: str, most: int) -> Json:
    return {"type": "plain_text", "text": cut(said, most) or NOTHING, "emoji": False}
