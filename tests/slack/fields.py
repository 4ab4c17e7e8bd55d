"""Fills in a modal as a person does: what stands in a walkthrough becomes the state that Slack would send."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tests.doors.picking import NoSuchFieldError, Option, entries, picked, shared_out

Json = dict[str, Any]
OWN = ":own"
SEVERAL = ("multi_static_select", "checkboxes")


def state_of(view: Mapping[str, Any], typed: Mapping[str, str], account: Callable[[str], str]) -> Json:
    """Return `state.values` of *view* with the fields filled in; *account* gives somebody's user id by name.

    A field that isn't named keeps what the form filled in to begin with. What no menu has goes into the input for own
    words beside it, where there is one. A picker of days takes any text, as from somebody who forges a form.
    """
    inputs = {block["block_id"]: block["element"] for block in view["blocks"] if block["type"] == "input"}
    filled: dict[str, str] = {}
    for field, text in typed.items():
        if field not in inputs:
            raise NoSuchFieldError(f"the form has no field {field!r}, only {', '.join(inputs)}")
        filled |= _shared_out(inputs, field, text)
    return {
        block: {element["action_id"]: _filled(element, filled.get(block), account)}
        for block, element in inputs.items()
    }


def _shared_out(inputs: Mapping[str, Json], field: str, text: str) -> dict[str, str]:
    """Return the words for the field's input, and those for the one beside it that takes own words."""
    beside = f"{field}{OWN}"
    if beside not in inputs:
        return {field: text}
    menu = inputs[field]
    there, own = shared_out(_named(menu), text, several=menu["type"] in SEVERAL)
    return {field: there, beside: own}


def _filled(element: Json, text: str | None, account: Callable[[str], str]) -> Json:
    kind = element["type"]
    match kind:
        case "plain_text_input" | "number_input" | "email_text_input" | "url_text_input":
            return {
                "type": kind,
                "value": (text or None) if text is not None else element.get("initial_value"),
            }
        case "datepicker":
            initial = element.get("initial_date")
            return {"type": kind, "selected_date": (text or None) if text is not None else initial}
        case "static_select" | "radio_buttons":
            chosen = (
                element.get("initial_option") if text is None else next(iter(_picked(element, [text])), None)
            )
            return {"type": kind, "selected_option": chosen}
        case "multi_static_select" | "checkboxes":
            if text is None:
                return {"type": kind, "selected_options": element.get("initial_options", [])}
            return {"type": kind, "selected_options": _picked(element, entries(_named(element), text))}
        case "users_select":
            initial = element.get("initial_user")
            return {"type": kind, "selected_user": initial if text is None else account(text)}
        case "multi_users_select":
            initial = element.get("initial_users", [])
            chosen_users = initial if text is None else [account(one) for one in entries((), text)]
            return {"type": kind, "selected_users": chosen_users}
    raise NoSuchFieldError(f"nobody can fill in a {kind} here")


def _picked(element: Json, said: Sequence[str]) -> list[Json]:
    """Return the options that a person would pick."""
    return [_options(element)[picked(_named(element), one)] for one in said if one]


def _options(element: Json) -> list[Json]:
    grouped = [option for group in element.get("option_groups") or () for option in group["options"]]
    return [*(element.get("options") or ()), *grouped]


def _named(element: Json) -> list[Option]:
    return [(option["text"]["text"], option["value"]) for option in _options(element)]
