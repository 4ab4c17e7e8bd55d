"""Reads drawn posts and views back: which words stand in them, and what Slack would hand in for them."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from bot.slack.modal import modal
from bot.slack.render import Post, posts
from content.phrases.book import Phrasebook
from dialogs.messages import Form
from dialogs.ports import ClaimedLetter
from tests.slack_drawing.validators import refusals
from tests.slack_drawing.validators.by_our_rules import every

Json = Mapping[str, Any]

METADATA = '{"form":"f1","room":"C1","private":false,"thread":"","aside":false}'


@cache
def book() -> Phrasebook:
    return Phrasebook.load()


def drawn(letter: ClaimedLetter) -> tuple[Post, ...]:
    """Return the letter's posts, each of which Slack takes."""
    found = posts(letter)
    for post in found:
        assert refusals("message", {"text": post.text, "blocks": post.blocks}) == {}
    return found


def drawn_modal(form: Form, language: str = "sv") -> Json:
    """Return the form's view, which Slack takes."""
    view = modal(form, metadata=METADATA, text=lambda key: book().text(key, language))
    assert refusals("modal", view) == {}
    return view


def runs(payload: object) -> list[str]:
    """Return each run of words in rich text, in order, and the words of headers."""
    return [
        one["text"]["text"] if one["type"] == "header" else one["text"]
        for one in every(payload)
        if one.get("type") in ("text", "link", "header")
    ]


def types(payload: object) -> set[str]:
    """Return which elements there are."""
    return {one["type"] for one in every(payload) if "type" in one}


def blocks_of(letters: Iterable[Post]) -> list[Json]:
    return [block for post in letters for block in post.blocks]


def unescaped(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def handed_in(view: Json, **changes: Mapping[str, Any]) -> Json:
    """Return the view as Slack hands it in: with what was there to begin with, but for *changes* by block."""
    values = {
        block["block_id"]: {"value": _state(block["element"]) | dict(changes.get(block["block_id"], {}))}
        for block in view["blocks"]
        if block["type"] == "input"
    }
    return {**view, "id": "V1", "hash": "1", "state": {"values": values}}


def _state(element: Json) -> dict[str, Any]:
    kind = element["type"]
    match kind:
        case "plain_text_input":
            return {"type": kind, "value": element.get("initial_value")}
        case "datepicker":
            return {"type": kind, "selected_date": element.get("initial_date")}
        case "static_select" | "radio_buttons":
            return {"type": kind, "selected_option": element.get("initial_option")}
        case "users_select":
            return {"type": kind, "selected_user": element.get("initial_user")}
        case "multi_users_select":
            return {"type": kind, "selected_users": element.get("initial_users", [])}
        case _:
            return {"type": kind, "selected_options": element.get("initial_options", [])}


def every_option(element: Json) -> Iterator[Json]:
    yield from element.get("options", ())
    for group in element.get("option_groups", ()):
        yield from group["options"]
