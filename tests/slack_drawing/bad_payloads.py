"""Payloads that Slack refuses, each one step from a good one. If any is let through, the validators have grown blunt."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

Json = dict[str, Any]
Spoil = Callable[[Json], Any]


def a_text(text: str = "Hej") -> Json:
    return {"type": "text", "text": text}


def a_plain(text: str = "Hej") -> Json:
    return {"type": "plain_text", "text": text, "emoji": False}


def a_button(id: str = "press:b1") -> Json:
    return {"type": "button", "text": a_plain("Ja"), "accessibility_label": "Ja", "action_id": id}


def a_rich_text(*elements: Json) -> Json:
    return {"type": "rich_text", "elements": list(elements) or [a_section()]}


def a_section(*elements: Json) -> Json:
    return {"type": "rich_text_section", "elements": list(elements) or [a_text()]}


def a_list() -> Json:
    return {"type": "rich_text_list", "style": "bullet", "elements": [a_section()]}


def a_message() -> Json:
    header = {"type": "header", "text": a_plain()}
    return {"text": "Hej", "blocks": [header, a_rich_text(), {"type": "actions", "elements": [a_button()]}]}


def an_option(number: int = 1) -> Json:
    return {"text": a_plain(f"Val {number}"), "value": f"v{number}"}


def an_input(element: Json | None = None, id: str = "falt") -> Json:
    element = element or {
        "type": "plain_text_input",
        "action_id": "value",
        "multiline": False,
        "max_length": 3000,
    }
    return {"type": "input", "block_id": id, "label": a_plain("Vad?"), "optional": False, "element": element}


def a_select(*options: Json) -> Json:
    return {"type": "static_select", "action_id": "value", "options": list(options) or [an_option()]}


def a_modal(*blocks: Json) -> Json:
    return {
        "type": "modal",
        "callback_id": "form",
        "title": a_plain("Ny insats"),
        "submit": a_plain("Skicka"),
        "close": a_plain("Stäng"),
        "private_metadata": "{}",
        "blocks": list(blocks) or [an_input()],
    }


def a_home() -> Json:
    return {"type": "home", "blocks": [a_rich_text()]}


GOOD = {"message": a_message, "modal": a_modal, "home": a_home}


def put(*path: Any) -> Spoil:
    """Return what puts the last of *path* where those before it lead."""
    *way, last, value = path

    def spoil(payload: Json) -> None:
        at: Any = payload
        for step in way:
            at = at[step]
        at[last] = value

    return spoil


def drop(*path: Any) -> Spoil:
    *way, last = path

    def spoil(payload: Json) -> None:
        at: Any = payload
        for step in way:
            at = at[step]
        del at[last]

    return spoil


def block(made: Json) -> Spoil:
    return lambda payload: payload["blocks"].append(made)


def field(element: Json) -> Spoil:
    return put("blocks", 0, an_input(element))


IN_RICH = ("blocks", 1, "elements", 0)
BUTTON = ("blocks", 2, "elements", 0)
TEXT = {"type": "plain_text_input", "action_id": "value", "multiline": True, "max_length": 3000}

SPOILT: tuple[tuple[str, str, Spoil], ...] = (
    # messages
    ("message", "no text", put("text", "")),
    ("message", "blank text", put("text", " \n ")),
    ("message", "text over the limit", put("text", "x" * 4_001)),
    ("message", "an open broadcast in the text", put("text", "<!channel> hej")),
    ("message", "an ampersand that isn't escaped", put("text", "mat & dryck")),
    ("message", "no blocks", put("blocks", [])),
    ("message", "51 blocks", put("blocks", [a_rich_text() for _ in range(51)])),
    ("message", "blocks that together are too long", put("blocks", [a_rich_text(a_section(a_text("x" * 2_900)))] * 5)),
    ("message", "an unknown block", block({"type": "marquee"})),
    ("message", "a block without a type", block({"elements": []})),
    ("message", "an input", block(an_input())),
    ("message", "a section in marks", block({"type": "section", "text": {"type": "mrkdwn", "text": "*hej*"}})),
    ("message", "a section of 3,001 characters", block({"type": "section", "text": a_plain("x" * 3_001)})),
    ("message", "a markdown block", block({"type": "markdown", "text": "[x](javascript:alert(1))"})),
    ("message", "the same block id twice", put("blocks", [a_rich_text() | {"block_id": "a"}] * 2)),
    ("message", "a block id of 256 characters", put("blocks", 1, "block_id", "x" * 256)),
    ("message", "a header of 151 characters", put("blocks", 0, "text", "text", "x" * 151)),
    ("message", "a header of 150 characters in 300 units", put("blocks", 0, "text", "text", "😀" * 150)),
    ("message", "an empty header", put("blocks", 0, "text", "text", "")),
    ("message", "a header with marks", put("blocks", 0, "text", {"type": "mrkdwn", "text": "hej"})),
    ("message", "a header that makes emoji", put("blocks", 0, "text", "emoji", True)),
    ("message", "a header without text", drop("blocks", 0, "text")),
    ("message", "a misspelt key", put("blocks", 0, "txet", "hej")),
    ("message", "a rich text of nothing", put("blocks", 1, "elements", [])),
    ("message", "a section of nothing", put(*IN_RICH, "elements", [])),
    ("message", "a text of nothing", put(*IN_RICH, "elements", 0, "text", "")),
    ("message", "a text that is a number", put(*IN_RICH, "elements", 0, "text", 7)),
    ("message", "an unknown style", put(*IN_RICH, "elements", 0, "style", {"blink": True})),
    ("message", "a text right in a rich text", put("blocks", 1, "elements", [a_text()])),
    ("message", "a list in a section", put(*IN_RICH, "elements", [a_list()])),
    ("message", "a list of texts", put("blocks", 1, "elements", [a_list() | {"elements": [a_text()]}])),
    ("message", "a list of an unknown kind", put("blocks", 1, "elements", [a_list() | {"style": "roman"}])),
    ("message", "a list that begins before its beginning", put("blocks", 1, "elements", [a_list() | {"offset": -1}])),
    ("message", "a broadcast", put(*IN_RICH, "elements", [{"type": "broadcast", "range": "channel"}])),
    ("message", "an emoji", put(*IN_RICH, "elements", [{"type": "emoji", "name": "x"}])),
    ("message", "a user without an id", put(*IN_RICH, "elements", [{"type": "user"}])),
    ("message", "a user by name", put(*IN_RICH, "elements", [{"type": "user", "user_id": "Ada Ek"}])),
    ("message", "a link that runs", put(*IN_RICH, "elements", [{"type": "link", "url": "javascript:1", "text": "x"}])),
    ("message", "a link to nowhere", put(*IN_RICH, "elements", [{"type": "link", "text": "x"}])),
    ("message", "no buttons in the row", put("blocks", 2, "elements", [])),
    ("message", "26 buttons in a row", put("blocks", 2, "elements", [a_button(f"press:{n}") for n in range(26)])),
    ("message", "the same action twice", put("blocks", 2, "elements", [a_button(), a_button()])),
    ("message", "a button label of 76", put(*BUTTON, "text", "text", "x" * 76)),
    ("message", "a button without a label", put(*BUTTON, "text", "text", "")),
    ("message", "a button with marks", put(*BUTTON, "text", {"type": "mrkdwn", "text": "ja"})),
    ("message", "a button of an unknown style", put(*BUTTON, "style", "warning")),
    ("message", "a button that can't be read aloud", drop(*BUTTON, "accessibility_label")),
    ("message", "a spoken label of 76", put(*BUTTON, "accessibility_label", "x" * 76)),
    ("message", "a button without an id", drop(*BUTTON, "action_id")),
    ("message", "an action id of 256", put(*BUTTON, "action_id", "x" * 256)),
    ("message", "a text in the row", put("blocks", 2, "elements", [a_plain()])),
    # modals
    ("modal", "no title", drop("title")),
    ("modal", "a title of 25", put("title", "text", "x" * 25)),
    ("modal", "an empty title", put("title", "text", "")),
    ("modal", "a title with marks", put("title", {"type": "mrkdwn", "text": "hej"})),
    ("modal", "a submit button of 25", put("submit", "text", "x" * 25)),
    ("modal", "inputs and no way to hand in", drop("submit")),
    ("modal", "a close button of 25", put("close", "text", "x" * 25)),
    ("modal", "metadata of 3,001", put("private_metadata", "x" * 3_001)),
    ("modal", "a callback id of 256", put("callback_id", "x" * 256)),
    ("modal", "no blocks", put("blocks", [])),
    ("modal", "101 blocks", put("blocks", [an_input(id=f"f{n}") for n in range(101)])),
    ("modal", "the same field twice", put("blocks", [an_input(), an_input()])),
    ("modal", "nothing to fill in", put("blocks", [a_rich_text()])),
    ("modal", "a label of 2,001", put("blocks", 0, "label", "text", "x" * 2_001)),
    ("modal", "an empty label", put("blocks", 0, "label", "text", "")),
    ("modal", "a label with marks", put("blocks", 0, "label", {"type": "mrkdwn", "text": "hej"})),
    ("modal", "a hint of 2,001", put("blocks", 0, "hint", a_plain("x" * 2_001))),
    ("modal", "an input without an element", drop("blocks", 0, "element")),
    ("modal", "a button as an input", field(a_button())),
    ("modal", "an unknown element", field({"type": "slider", "action_id": "value"})),
    ("modal", "a first text of 3,001", field(TEXT | {"initial_value": "x" * 3_001})),
    ("modal", "room for 3,001 characters", field(TEXT | {"max_length": 3_001})),
    ("modal", "room for none", field(TEXT | {"max_length": 0})),
    ("modal", "a select of nothing", field({"type": "static_select", "action_id": "value", "options": []})),
    ("modal", "a select without options", field({"type": "static_select", "action_id": "value"})),
    ("modal", "101 options", field(a_select(*map(an_option, range(101))))),
    ("modal", "an option of 76", field(a_select({"text": a_plain("x" * 76), "value": "v"}))),
    ("modal", "an empty option", field(a_select({"text": a_plain(""), "value": "v"}))),
    ("modal", "an option's value of 151", field(a_select({"text": a_plain(), "value": "x" * 151}))),
    ("modal", "an option without a value", field(a_select({"text": a_plain()}))),
    ("modal", "two options of one value", field(a_select(an_option(1), an_option(1) | {"text": a_plain("Annat")}))),
    ("modal", "a first choice that is no option", field(a_select() | {"initial_option": an_option(2)})),
    ("modal", "options and groups", field(a_select() | {"option_groups": []})),
    ("modal", "a group of 101", field({"type": "static_select", "action_id": "value", "option_groups": [
        {"label": a_plain(), "options": [an_option(n) for n in range(101)]}]})),
    ("modal", "eleven boxes", field(a_select(*map(an_option, range(11))) | {"type": "checkboxes"})),
    ("modal", "eleven radio buttons", field(a_select(*map(an_option, range(11))) | {"type": "radio_buttons"})),
    ("modal", "a date as people write it", field({"type": "datepicker", "action_id": "value", "initial_date": "15/3"})),
    ("modal", "a day that isn't", field({"type": "datepicker", "action_id": "value", "initial_date": "2027-02-30"})),
    ("modal", "users as one", field({"type": "multi_users_select", "action_id": "value", "initial_users": "U1"})),
    # App Home
    ("home", "101 blocks", put("blocks", [a_rich_text() for _ in range(101)])),
    ("home", "no blocks", put("blocks", [])),
    ("home", "a way to hand in", put("submit", a_plain("Skicka"))),
    ("home", "a title", put("title", a_plain("Hem"))),
    ("home", "an unknown type of view", put("type", "house")),
)  # fmt: skip


def bad_payloads() -> Iterator[tuple[str, str, Json]]:
    """Return (surface, what is wrong, payload)."""
    for surface, name, spoil in SPOILT:
        payload = deepcopy(GOOD[surface]())
        spoil(payload)
        yield surface, name, payload
