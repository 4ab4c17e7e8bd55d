"""What we ask of a payload beside: what no library counts, and what we have promised ourselves."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

KEYS: Mapping[str, tuple[set[str], set[str]]] = {  # type -> what it must have, what it may have
    "actions": ({"elements"}, set()),
    "button": ({"text", "action_id", "accessibility_label"}, {"style"}),
    "checkboxes": ({"options", "action_id"}, {"initial_options"}),
    "datepicker": ({"action_id"}, {"initial_date"}),
    "header": ({"text"}, set()),
    "input": ({"block_id", "label", "optional", "element"}, {"hint"}),
    "link": ({"url", "text"}, {"style"}),
    "multi_static_select": ({"action_id"}, {"options", "option_groups", "initial_options"}),
    "multi_users_select": ({"action_id"}, {"initial_users"}),
    "plain_text": ({"text", "emoji"}, set()),
    "plain_text_input": ({"action_id", "multiline", "max_length"}, {"initial_value"}),
    "radio_buttons": ({"options", "action_id"}, {"initial_option"}),
    "rich_text": ({"elements"}, set()),
    "rich_text_list": ({"style", "elements"}, {"offset"}),
    "rich_text_quote": ({"elements"}, set()),
    "rich_text_section": ({"elements"}, set()),
    "static_select": ({"action_id"}, {"options", "option_groups", "initial_option"}),
    "text": ({"text"}, {"style"}),
    "user": ({"user_id"}, {"style"}),
    "users_select": ({"action_id"}, {"initial_user"}),
}
INSIDE: Mapping[str, set[str]] = {
    "actions": {"button"},
    "rich_text": {"rich_text_section", "rich_text_list", "rich_text_quote"},
    "rich_text_list": {"rich_text_section"},
    "rich_text_quote": {"text", "link", "user"},
    "rich_text_section": {"text", "link", "user"},
}
ON: Mapping[str, set[str]] = {
    "message": {"actions", "header", "rich_text"},
    "modal": {"header", "input", "rich_text"},
    "home": {"actions", "header", "rich_text"},
}
INPUTS = {
    "checkboxes", "datepicker", "multi_static_select", "multi_users_select", "plain_text_input", "radio_buttons",
    "static_select", "users_select",
}  # fmt: skip
LONGEST = {"header": 150, "button": 75, "label": 2_000, "hint": 2_000, "title": 24, "submit": 24, "close": 24}
OPEN_MARK = re.compile(r"[<>]|&(?!amp;|lt;|gt;)")


def validate(surface: str, payload: Mapping[str, Any]) -> None:
    blocks = payload["blocks"]
    if surface == "message":
        _message(payload)
    elif surface == "modal":
        _modal(payload)
    else:
        _need(set(payload) == {"type", "blocks"} and payload["type"] == "home", "a home view is its blocks")
        _need(len(blocks) <= 100 and _size(payload) <= 250_000, "too much for a view")
    _need(len(blocks) > 0, "no blocks")
    for block in blocks:
        _need(block.get("type") in ON[surface], f"{block.get('type')} on a {surface}")
        _element(block)
    _unique("block_id", [block["block_id"] for block in blocks if "block_id" in block])
    rows = [block for block in blocks if block["type"] == "actions"]
    _unique("action_id", [button["action_id"] for row in rows for button in row["elements"]])


def _message(payload: Mapping[str, Any]) -> None:
    _need(set(payload) == {"text", "blocks"}, "a message is its text and blocks")
    text = payload["text"]
    _need(bool(text.strip()), "no text for those who don't see the blocks")
    _need(_long(text) <= 4_000, "the text is too long to be edited")
    _need(not OPEN_MARK.search(text), "a mark of Slack's in the text")
    _need(len(payload["blocks"]) <= 50, "too many blocks")
    _need(_size(payload["blocks"]) <= 13_000, "too much in the blocks together")


def _modal(view: Mapping[str, Any]) -> None:
    keys = {"type", "callback_id", "title", "submit", "close", "private_metadata", "blocks"}
    _need(set(view) == keys, "a modal has these and nothing more: " + ", ".join(sorted(keys)))
    for name in ("title", "submit", "close"):
        _plain(view[name], LONGEST[name])
    _need(_long(view["private_metadata"]) <= 3_000, "too much metadata")
    _need(0 < len(view["callback_id"]) <= 255, "a callback id")
    _need(len(view["blocks"]) <= 100 and _size(view) <= 250_000, "too much for a view")
    _need(any(block.get("type") == "input" for block in view["blocks"]), "a form without a field")


def _element(payload: Mapping[str, Any]) -> None:
    kind = payload.get("type", "")
    _need(kind in KEYS, f"{kind} is none of ours")
    must, may = KEYS[kind]
    _need(must <= payload.keys() - {"type"} <= must | may, f"{kind} has {sorted(payload)}")
    if "action_id" in payload:
        _need(0 < _long(payload["action_id"]) <= 255, "an action id")
    if kind in INSIDE:
        elements = payload["elements"]
        _need(0 < len(elements) <= (25 if kind == "actions" else 10_000), f"so many elements in {kind}")
        for one in elements:
            _need(one.get("type") in INSIDE[kind], f"{one.get('type')} in {kind}")
            _element(one)
    match kind:
        case "header":
            _plain(payload["text"], LONGEST[kind])
            _need("\n" not in payload["text"]["text"], "a header of several lines")
        case "button":
            _plain(payload["text"], LONGEST[kind])
            _need(0 < _long(payload["accessibility_label"].strip()) <= 75, "no label to read aloud")
            _need(payload.get("style", "primary") in ("primary", "danger"), "a style")
        case "text":
            _need(0 < _long(payload["text"]) <= 3_000, "a text's length")
            _need(payload.get("style", {"bold": True}) == {"bold": True}, "a style")
        case "link":
            _need(bool(re.match(r"(?i)https?://|mailto:", payload["url"])), "an address that isn't one")
            _need(_long(payload["url"]) <= 3_000 and bool(payload["text"].strip()), "a link's length")
        case "user":
            _need(bool(re.fullmatch(r"[UW][A-Z0-9]+", payload["user_id"])), "no account")
        case "rich_text_list":
            _need(payload["style"] in ("bullet", "ordered"), "a style")
            _need(payload.get("offset", 1) > 0, "an offset")
        case "input":
            _input(payload)


def _input(block: Mapping[str, Any]) -> None:
    _need(0 < _long(block["block_id"]) <= 255, "a block id")
    _need(isinstance(block["optional"], bool), "optional is yes or no")
    for name in ("label", "hint"):
        if name in block:
            _plain(block[name], LONGEST[name])
    element = block["element"]
    _need(element.get("type") in INPUTS, f"{element.get('type')} in an input")
    _element(element)
    _need(element["action_id"] == "value", "an input's action is called value")
    if element["type"] == "plain_text_input":
        _need(1 <= element["max_length"] <= 3_000, "how much may be written")
        first = element.get("initial_value", "x")
        _need(0 < _long(first) <= element["max_length"], "what is written to begin with")
        _need("\n" not in first or element["multiline"], "several lines in one row")
    elif element["type"] == "datepicker":
        date.fromisoformat(element.get("initial_date", "2026-01-01"))
    elif element["type"] == "multi_users_select":
        users = element.get("initial_users", ["U1"])
        _need(isinstance(users, list) and len(users) > 0, "users to begin with are a list")
    elif element["type"] != "users_select":
        _options(element)


def _options(element: Mapping[str, Any]) -> None:
    _need(("options" in element) != ("option_groups" in element), "options or groups of them")
    groups = element.get("option_groups", [])
    _need(len(groups) <= 100, "too many groups")
    for group in groups:
        _plain(group["label"], 75)
        _need(0 < len(group["options"]) <= 100, "so many options in a group")
    options = [*element.get("options", []), *(one for group in groups for one in group["options"])]
    boxes = element["type"] in ("checkboxes", "radio_buttons")
    _need(
        0 < len(element.get("options", options)) <= (10 if boxes else 100) or bool(groups), "so many options"
    )
    for option in options:
        _need(set(option) == {"text", "value"}, "an option is its text and value")
        _plain(option["text"], 75)
        _need(0 < _long(option["value"]) <= 150, "an option's value")
    _unique("value", [option["value"] for option in options])
    first = (
        [element["initial_option"]]
        if "initial_option" in element
        else element.get("initial_options", options[:1])
    )
    _need(bool(first) and all(one in options for one in first), "what is chosen to begin with is no option")


def _plain(text: Mapping[str, Any], most: int) -> None:
    _need(text.get("type") == "plain_text", "text with marks")
    _need(set(text) == {"type", "text", "emoji"} and text["emoji"] is False, "signs that are made of words")
    _need(0 < _long(text["text"]) <= most, f"{_long(text['text'])} characters where {most} may be")


def _unique(name: str, values: Sequence[str]) -> None:
    _need(len(set(values)) == len(values), f"the same {name} twice")


def _long(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _size(payload: object) -> int:
    return len(json.dumps(payload, ensure_ascii=False))


def _need(holds: bool, what: str) -> None:
    if not holds:
        raise ValueError(what)


def every(payload: object) -> Iterator[Mapping[str, Any]]:
    """Return each object in the payload, from outside inwards."""
    if isinstance(payload, Mapping):
        yield payload
        for value in payload.values():
            yield from every(value)
    elif isinstance(payload, Sequence) and not isinstance(payload, str):
        for one in payload:
            yield from every(one)
