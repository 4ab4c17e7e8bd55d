"""Reads what was filled in and handed in: the fields of a view as somebody would have typed them."""

from collections.abc import Mapping
from typing import Any

from bot.slack.inputs import OWN, VALUE

_SEVERAL = frozenset({"multi_static_select", "checkboxes", "multi_users_select"})


def typed(view: Mapping[str, Any]) -> dict[str, str]:
    """Return field id -> text for each input of the submitted *view*; an empty one is "".

    Own words take the place of the one option that was chosen, and stand beside several.
    """
    state = _mapping(_mapping(view.get("state")).get("values"))
    found = {block: _mapping(_mapping(actions).get(VALUE)) for block, actions in state.items()}
    fields: dict[str, str] = {}
    for block, element in found.items():
        if block.endswith(OWN):
            continue
        chosen = _typed(element)
        own = _typed(found.get(f"{block}{OWN}", {})).strip()
        if own and element.get("type") in _SEVERAL:
            fields[block] = "; ".join(filter(None, (chosen, own)))
        else:
            fields[block] = own or chosen
    return fields


def _typed(element: Mapping[str, Any]) -> str:
    match element.get("type"):
        case "static_select" | "radio_buttons":
            return _text(_mapping(element.get("selected_option")).get("value"))
        case "multi_static_select" | "checkboxes":
            chosen = element.get("selected_options") or ()
            return "; ".join(_text(_mapping(one).get("value")) for one in chosen)
        case "datepicker":
            return _text(element.get("selected_date"))
        case "users_select":
            return _account(element.get("selected_user"))
        case "multi_users_select":
            return "; ".join(_account(one) for one in element.get("selected_users") or ())
        case _:
            return _text(element.get("value"))


def _account(user: object) -> str:
    return f"<@{user}>" if user else ""


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
