"""Fills in a dialog as a person does: what stands in a walkthrough becomes the values that Teams would send."""

from collections.abc import Mapping
from typing import Any

from bot.teams.interactions import FIELD, OWN, SEVERAL
from tests.doors.picking import NoSuchFieldError, Option, entries, picked, shared_out
from tests.teams.driver import inputs_of

Json = dict[str, Any]


def fields_of(dialog: Mapping[str, Any]) -> list[str]:
    """Return the fields that the dialog asks for, in order."""
    ids = [one["id"].partition(":") for one in inputs_of(dialog)]
    return [field for kind, _, field in ids if f"{kind}:" != OWN]


def values_of(dialog: Mapping[str, Any], typed: Mapping[str, str]) -> dict[str, str]:
    """Return what is sent for the fields that are filled in; of others, what they held is sent."""
    inputs = {one["id"]: one for one in inputs_of(dialog)}
    sent: dict[str, str] = {}
    for field, text in typed.items():
        id = next((id for id in (f"{FIELD}{field}", f"{SEVERAL}{field}") if id in inputs), None)
        if id is None:
            raise NoSuchFieldError(f"the dialog has no field {field!r}, only {', '.join(inputs)}")
        own = f"{OWN}{field}"
        if own in inputs:
            text, sent[own] = shared_out(_options(inputs[id]), text, several=_several(inputs[id]))
        sent[id] = _value(inputs[id], text)
    return sent


def _value(menu: Json, text: str) -> str:
    if menu["type"] != "Input.ChoiceSet" or not text:
        return text
    options = _options(menu)
    said = entries(options, text) if _several(menu) else [text]
    return ",".join(options[picked(options, one)][1] for one in said)


def _several(menu: Json) -> bool:
    return bool(menu.get("isMultiSelect"))


def _options(menu: Json) -> list[Option]:
    return [(one["title"], one["value"]) for one in menu["choices"]]
