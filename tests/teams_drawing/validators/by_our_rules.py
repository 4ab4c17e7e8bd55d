"""The schema of Adaptive Cards 1.5, as much of it as we use, with what Teams asks beside and what we have promised.

Source: https://adaptivecards.io/explorer/ and
https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/cards-format
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Literal
from unicodedata import category

Surface = Literal["message", "dialog", "picture"]
Json = Mapping[str, Any]
Check = Callable[[Any], bool]


def one_of(*values: str) -> Check:
    return lambda value: isinstance(value, str) and value in values


def a_text(most: int, *, empty: bool = False) -> Check:
    return lambda value: isinstance(value, str) and (empty or bool(value)) and len(value) <= most


def yes_or_no(value: Any) -> bool:
    return isinstance(value, bool)


def a_list(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str) and len(value) > 0


def an_object(value: Any) -> bool:
    return isinstance(value, Mapping)


ID = re.compile(r"[\w:.-]{1,200}")
SPACING = one_of("None", "Small", "Medium")
AN_ID: Check = lambda value: isinstance(value, str) and bool(ID.fullmatch(value))  # noqa: E731 - one of the checks
INPUT = {"id": AN_ID, "label": a_text(500)}
MAY_INPUT = {"isRequired": yes_or_no, "errorMessage": a_text(300), "value": a_text(40_000)}
LONGEST_TEXT = 40_000

# type -> what it must have, and what it may have
KEYS: Mapping[str, tuple[Mapping[str, Check], Mapping[str, Check]]] = {
    "TextBlock": (
        {"text": a_text(LONGEST_TEXT), "wrap": lambda value: value is True},
        {"style": one_of("heading"), "size": one_of("Medium"), "weight": one_of("Bolder"), "spacing": SPACING,
         "isSubtle": yes_or_no},
    ),
    "RichTextBlock": ({"inlines": a_list}, {"spacing": SPACING}),
    "TextRun": (
        {"text": a_text(LONGEST_TEXT)},
        {"weight": one_of("Bolder"), "size": one_of("Medium"), "color": one_of("Accent", "Attention"),
         "underline": yes_or_no, "selectAction": an_object, "isSubtle": yes_or_no},
    ),
    "Container": ({"items": a_list}, {"style": one_of("emphasis"), "id": AN_ID, "isVisible": yes_or_no}),
    "Image": (
        {"url": a_text(1_400_000), "altText": a_text(1_000), "size": one_of("Stretch")}, {},
    ),
    "ActionSet": ({"actions": a_list}, {}),
    "Action.Execute": (
        {"title": a_text(80), "verb": one_of("press", "answer"), "data": an_object, "fallback": an_object,
         "associatedInputs": one_of("none", "auto")},
        {"style": one_of("positive", "destructive"), "tooltip": a_text(300)},
    ),
    "Action.Submit": (
        {"title": a_text(80), "data": an_object},
        {"style": one_of("positive", "destructive"), "tooltip": a_text(300),
         "associatedInputs": one_of("none", "auto")},
    ),
    "Action.OpenUrl": ({"url": a_text(2_000)}, {}),
    "Action.ToggleVisibility": ({"title": a_text(80), "targetElements": a_list}, {}),
    "Input.Text": (
        {**INPUT, "isMultiline": yes_or_no, "maxLength": lambda value: value == 20_000},
        {**MAY_INPUT, "placeholder": a_text(300)},
    ),
    "Input.Date": (INPUT, MAY_INPUT),
    "Input.ChoiceSet": (
        {**INPUT, "isMultiSelect": yes_or_no, "style": one_of("compact", "expanded", "filtered"), "choices": a_list,
         "wrap": yes_or_no},
        MAY_INPUT,
    ),
}  # fmt: skip
CARD = {
    "type": one_of("AdaptiveCard"), "$schema": one_of("http://adaptivecards.io/schemas/adaptive-card.json"),
    "version": one_of("1.5"), "speak": a_text(40_000), "fallbackText": a_text(40_000), "body": a_list,
    "msteams": an_object,
}  # fmt: skip
ELEMENTS = {"TextBlock", "RichTextBlock", "Container", "ActionSet"}
INPUTS = {"Input.Text", "Input.Date", "Input.ChoiceSet"}
INSIDE: Mapping[str, tuple[str, set[str]]] = {
    "RichTextBlock": ("inlines", {"TextRun"}),
    "Container": ("items", {"RichTextBlock", "TextBlock", "Container"}),
    "ActionSet": ("actions", {"Action.Execute", "Action.Submit", "Action.ToggleVisibility"}),
}
MOST_BYTES = 28_000
DIALOG_BYTES = 400_000

# What a text that isn't a run may say: words, or a line of mentions.
WORDS = re.compile(r"(?!\d+[.)](\s|$))[^\W_]([^\W_]|[ .,:;!?'’\"”–—…%()&/-])*")
MARKS = re.compile(r"//|&\S|www\.|\.\.\.|--|\(c\)|\(r\)|\(tm\)|\(p\)", re.IGNORECASE)
ACCENTS = "".join(sign for sign in map(chr, range(0x110000)) if category(sign) in ("Mn", "Mc"))
MENTION = rf"<at>[\w .'-][\w .'{ACCENTS}-]*</at>"
MENTIONS = re.compile(rf"{MENTION}(, {MENTION})*")
DATA = re.compile(r"data:image/png;base64,[A-Za-z0-9+/]+={0,2}")
DATE = re.compile(r"\{\{(DATE|TIME)\(")


def validate(surface: Surface, card: Json) -> None:
    """Raise ``ValueError``, or whatever reading it raises, where Teams wouldn't take the card or we don't draw so."""
    more = {"actions": a_list} if surface == "dialog" else {}
    _keys(card, {**CARD, **more}, {})
    _need(card["speak"] == card["fallbackText"] and bool(card["speak"].strip()), "one reading version")
    pictured = sum(len(one.get("url", "")) for one in card["body"] if surface == "picture")
    heavy = _bytes(card) - pictured  # Teams doesn't count what a picture holds
    _need(heavy <= (DIALOG_BYTES if surface == "dialog" else MOST_BYTES), f"{heavy} bytes")
    for one in card["body"]:
        allowed = (
            {"Image"}
            if surface == "picture"
            else ELEMENTS | (INPUTS if surface == "dialog" else {"Input.Text"})
        )
        _need(one.get("type") in allowed, f"{one.get('type')} in a {surface}")
        _element(one)
    for one in card.get("actions", ()):
        _need(one.get("type") == "Action.Submit", "a dialog is handed in")
        _element(one)
    found = [*every(card)]
    ids = [one["id"] for one in found if "id" in one and "type" in one]
    _need(len(set(ids)) == len(ids), "the same id twice")
    for one in found:
        if one.get("type") == "Action.ToggleVisibility":
            _need(set(one["targetElements"]) <= set(ids), "it opens what isn't there")
    _need(sum(one.get("type") == "Action.Execute" for one in found) <= 60, "too many buttons")
    _entities(card)


def _element(one: Json) -> None:
    kind = one.get("type", "")
    _need(kind in KEYS, f"{kind} is none of ours")
    must, may = KEYS[kind]
    _keys({key: value for key, value in one.items() if key != "type"}, must, may)
    if kind in INSIDE:
        name, allowed = INSIDE[kind]
        for inner in one[name]:
            _need(inner.get("type") in allowed, f"{inner.get('type')} in {kind}")
            _element(inner)
    match kind:
        case "TextBlock":
            plain = bool(WORDS.fullmatch(one["text"])) and not MARKS.search(one["text"])
            _need(
                plain if "style" in one else bool(MENTIONS.fullmatch(one["text"])),
                "marks in a text that has some",
            )
        case "TextRun":
            _need("\n" not in one["text"], "a run of several lines")
            _need(not DATE.search(one["text"]), "a date that is put in")
            if "selectAction" in one:
                _need(one["selectAction"].get("type") == "Action.OpenUrl", "a link that does something")
                _element(one["selectAction"])
        case "ActionSet":
            _need(len(one["actions"]) <= 6, "more buttons than Teams shows in a row")
        case "Action.Execute":
            _need(one["fallback"].get("type") == "Action.Submit", "another fallback")
            _element(one["fallback"])
            _need(one["fallback"]["data"] == one["data"], "a fallback that does something else")
            _data(one["data"], {"b"} if one["verb"] == "press" else {"n"})
            _need(
                one["associatedInputs"] == ("none" if one["verb"] == "press" else "auto"), "what comes along"
            )
        case "Action.Submit":
            opens = "msteams" in one["data"]
            _data(one["data"], {"b", "msteams"} if opens else set(one["data"]))
            _need(
                set(one["data"]) <= {"b", "msteams"} or set(one["data"]) in ({"n"}, {"f", "n", "t"}),
                "its data",
            )
            _need(not opens or one["data"]["msteams"] == {"type": "task/fetch"}, "what it opens")
        case "Action.OpenUrl":
            good = re.match(r"(?i)https?://[^\s]|mailto:[^\s]", one["url"]) and one["url"].isprintable()
            _need(bool(good) and " " not in one["url"], "an address that isn't one")
        case "Image":
            _need(bool(DATA.fullmatch(one["url"])), "a picture from elsewhere")
            _need(bool(one["altText"].strip()), "a picture that isn't told")
        case "Action.ToggleVisibility":
            _need(all(isinstance(id, str) for id in one["targetElements"]), "ids")
        case "Input.Text" | "Input.Date" | "Input.ChoiceSet":
            _input(kind, one)


def _input(kind: str, one: Json) -> None:
    _need(bool(one["label"].strip()) and not DATE.search(one["label"]), "a label")
    _need(("errorMessage" in one) == one.get("isRequired", False), "what is said when it is empty")
    if kind == "Input.Date":
        date.fromisoformat(one.get("value", "2026-01-01"))
    elif kind == "Input.Text":
        value = one.get("value", "")
        _need(len(value) <= one["maxLength"], "what is written to begin with")
        _need("\n" not in value or one["isMultiline"], "several lines in one row")
    else:
        values = []
        for choice in one["choices"]:
            _need(set(choice) == {"title", "value"}, "a choice is its title and value")
            _need(bool(choice["title"].strip()) and len(choice["title"]) <= 200, "a choice's title")
            _need(bool(choice["value"]) and "," not in choice["value"], "a choice's value")
            if one["style"] == "expanded" or one["isMultiSelect"]:
                _need(_is_plain(choice["title"]), "marks in a choice's title")
            values.append(choice["value"])
        _need(len(set(values)) == len(values) <= 500, "two choices of one value")
        titles = [choice["title"] for choice in one["choices"]]
        _need(len(set(titles)) == len(titles), "two choices of one name")
        held = one.get("value", values[0])
        _need(set(held.split(",") if one["isMultiSelect"] else [held]) <= set(values), "it holds no choice")


def _is_plain(title: str) -> bool:
    return bool(WORDS.fullmatch(title)) and not MARKS.search(title)


def _entities(card: Json) -> None:
    teams = card["msteams"]
    _need(set(teams) <= {"width", "entities"} and teams["width"] == "full", "what is Teams' own")
    told = [one["text"] for one in every(card) if one.get("type") == "TextBlock" and "style" not in one]
    written = [name for text in told for name in re.findall(MENTION, text)]
    entities = teams.get("entities", [])
    for one in entities:
        _need(set(one) == {"type", "text", "mentioned"} and one["type"] == "mention", "a mention")
        _need(set(one["mentioned"]) == {"id", "name"} and bool(one["mentioned"]["id"]), "who is mentioned")
        _need(one["text"] == f"<at>{one['mentioned']['name']}</at>", "a mention by another name")
    _need([one["text"] for one in entities] == written, "a mention that isn't written")


def _data(data: Json, names: set[str]) -> None:
    _need(set(data) == names, "its data")
    _need(all(isinstance(data[name], str) for name in names - {"msteams"}), "its data are texts")
    _need(all(data[name] for name in names - {"msteams", "t"}), "its data are there")


def _keys(one: Json, must: Mapping[str, Check], may: Mapping[str, Check]) -> None:
    _need(must.keys() <= one.keys() <= must.keys() | may.keys(), f"it has {sorted(one)}")
    for name, value in one.items():
        _need((must.get(name) or may[name])(value), f"{name} is {str(value)[:80]!r}")


def _bytes(card: Json) -> int:
    return len(json.dumps(card, ensure_ascii=False).encode())


def _need(holds: bool, what: str) -> None:
    if not holds:
        raise ValueError(what)


def every(payload: object) -> Iterator[Json]:
    """Return each object in the payload, from outside inwards; what a button carries is its own matter."""
    if isinstance(payload, Mapping):
        yield payload
        for name, value in payload.items():
            if name != "data":
                yield from every(value)
    elif isinstance(payload, Sequence) and not isinstance(payload, str):
        for one in payload:
            yield from every(one)
