"""Fills in a modal as a person does: what stands in a walkthrough becomes the state that Slack would send."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

Json = dict[str, Any]
OWN = ":own"
SEVERAL = ("multi_static_select", "checkboxes")


class NoSuchFieldError(AssertionError):
    """The form that was shown doesn't have the field."""


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
    several = _several(text, inputs[field]) if inputs[field]["type"] in SEVERAL else [text]
    known = [one for one in several if _known(inputs[field], one)]
    return {field: "; ".join(known), beside: "; ".join(one for one in several if one not in known)}


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
            chosen = element.get("initial_option") if text is None else _option(element, text)
            return {"type": kind, "selected_option": chosen}
        case "multi_static_select" | "checkboxes":
            if text is None:
                return {"type": kind, "selected_options": element.get("initial_options", [])}
            return {
                "type": kind,
                "selected_options": [_option(element, one) for one in _several(text, element)],
            }
        case "users_select":
            initial = element.get("initial_user")
            return {"type": kind, "selected_user": initial if text is None else account(text)}
        case "multi_users_select":
            initial = element.get("initial_users", [])
            chosen_users = initial if text is None else [account(one) for one in _several(text, element)]
            return {"type": kind, "selected_users": chosen_users}
    raise NoSuchFieldError(f"nobody can fill in a {kind} here")


def _several(text: str, element: Json) -> Sequence[str]:
    """Return the entries of *text*: between semicolons, or commas where those aren't part of an option's name."""
    entries = [one.strip() for one in text.split(";") if one.strip()]
    if _known(element, text.strip()):
        return [text.strip()]
    return [part.strip() for one in entries for part in ([one] if _known(element, one) else one.split(","))]


def _option(element: Json, text: str) -> Json | None:
    """Return the option that a person would pick for *text*."""
    if not text:
        return None
    found = _known(element, text)
    if found is None:
        raise NoSuchFieldError(f"{text!r} is none of {[one['text']['text'] for one in _options(element)]}")
    return found


def _known(element: Json, text: str) -> Json | None:
    """Return the option that reads like *text*, or stands for it."""
    said = text.casefold()
    for option in _options(element):
        if said in (option["text"]["text"].casefold(), option["value"].casefold()):
            return option
    return None


def _options(element: Json) -> Iterator[Json]:
    yield from element.get("options") or ()
    for group in element.get("option_groups") or ():
        yield from group["options"]
