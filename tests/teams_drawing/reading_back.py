"""Reads drawn cards back: which words stand in them, where, and what Teams would hand in for them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from bot.teams.dialog import dialog
from bot.teams.render import Post, posts
from content.phrases.book import Phrasebook
from dialogs.messages import Form
from dialogs.ports import ClaimedLetter
from tests.teams_drawing.validators import refusals
from tests.teams_drawing.validators.by_our_rules import every

Json = Mapping[str, Any]

# On a button that opens a fold: its title was too long and stands above, or it has stood on a button before.
_REPEATED = re.compile(r"^.{60,}…$| \(\d+\)$")


@cache
def book() -> Phrasebook:
    return Phrasebook.load()


def drawn(letter: ClaimedLetter) -> tuple[Post, ...]:
    """Return the letter's posts, each of which Teams takes."""
    found = posts(letter)
    wrong = refusals("message", [post.card for post in found])
    assert found
    assert not wrong, wrong
    assert all(post.card["speak"] == (post.text or "\u00a0") for post in found)
    return found


def drawn_dialog(
    form: Form, language: str = "sv", problems: Mapping[str, str] | None = None, typed: Mapping[str, str] | None = None
) -> Json:  # fmt: skip
    """Return the form's card, which Teams takes."""
    card = dialog(
        form if form.id else replace(form, id="f1"), once="n1", thread="1700000000001", text=lambda key: book().text(key, language),
        problems=problems or {}, typed=typed or {},
    )  # fmt: skip
    wrong = refusals("dialog", [card])
    assert not wrong, wrong
    return card


def runs(payload: object) -> Iterator[str]:
    """Yield each run of words, in order, headings and folds' titles among them; not those who are only notified."""
    for one in every(payload):
        match one.get("type"):
            case "TextRun":
                yield one["text"]
            case "TextBlock" if one.get("style") == "heading":
                yield one["text"]
            case "Action.ToggleVisibility" if not _REPEATED.search(one["title"]):
                yield one["title"]


def lines(payload: object) -> Iterator[str]:
    """Yield each rich text, heading and fold's title as one line."""
    for one in every(payload):
        match one.get("type"):
            case "RichTextBlock":
                yield "".join(run["text"] for run in one["inlines"])
            case "TextBlock" if one.get("style") == "heading":
                yield one["text"]
            case "Action.ToggleVisibility" if not _REPEATED.search(one["title"]):
                yield one["title"]


def outside_runs(payload: object) -> Iterator[str]:
    """Yield what stands in elements in which marks are alive."""
    for one in every(payload):
        if one.get("type") == "TextBlock":
            yield one["text"]
        if one.get("type") == "Input.ChoiceSet" and (one["isMultiSelect"] or one["style"] == "expanded"):
            yield from (choice["title"] for choice in one["choices"])


def types(payload: object) -> set[str]:
    return {one["type"] for one in every(payload) if "type" in one}


def cards_of(found: Iterable[Post]) -> list[Json]:
    return [post.card for post in found]


def buttons(payload: object) -> list[Json]:
    """Return the buttons that do something on the server."""
    pressed = [one for one in every(payload) if one.get("type") == "ActionSet"]
    return [one for row in pressed for one in row["actions"] if one["type"] != "Action.ToggleVisibility"]


def inputs(payload: object) -> dict[str, Json]:
    return {one["id"]: one for one in every(payload) if str(one.get("type", "")).startswith("Input.")}


def handed_in(card: Json, **changes: str) -> dict[str, str]:
    """Return the data as Teams hands them in: with what was there to begin with, but for *changes* by input."""
    [send] = card["actions"]
    held = {id: one.get("value", "") for id, one in inputs(card).items()}
    return {**held, **changes, **send["data"]}
