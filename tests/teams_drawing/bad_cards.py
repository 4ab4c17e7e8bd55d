"""Cards that Teams refuses or that we never draw, each one step from a good one: if one is let through, the validators
have grown blunt."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

Json = dict[str, Any]
Spoil = Callable[[Json], Any]


def a_run(text: str = "Hej", **more: Any) -> Json:
    return {"type": "TextRun", "text": text, **more}


def a_rich_text(*runs: Json) -> Json:
    return {"type": "RichTextBlock", "inlines": list(runs) or [a_run()]}


def a_heading(text: str = "Hej") -> Json:
    return {
        "type": "TextBlock",
        "text": text,
        "wrap": True,
        "style": "heading",
        "size": "Medium",
        "weight": "Bolder",
    }


def a_button(id: str = "b1", **more: Any) -> Json:
    rest = {"data": {"b": id}, "associatedInputs": "none"}
    plain = {"type": "Action.Submit", "title": "Ja", **rest}
    return {"type": "Action.Execute", "title": "Ja", "verb": "press", "fallback": plain, **rest, **more}


def a_row(*buttons: Json) -> Json:
    return {"type": "ActionSet", "actions": list(buttons) or [a_button()]}


def a_card(*body: Json) -> Json:
    return {
        "type": "AdaptiveCard", "$schema": "http://adaptivecards.io/schemas/adaptive-card.json", "version": "1.5",
        "speak": "Hej", "fallbackText": "Hej", "body": list(body), "msteams": {"width": "full"},
    }  # fmt: skip


def a_message() -> Json:
    opening = {
        "type": "Action.Submit",
        "title": "Fyll i",
        "data": {"b": "f1", "msteams": {"type": "task/fetch"}},
    }
    inside = {"type": "Container", "id": "fold0-1", "isVisible": False, "items": [a_rich_text()]}
    fold = {"type": "Action.ToggleVisibility", "title": "Tips", "targetElements": ["fold0-1"]}
    named = {"type": "TextBlock", "text": "<at>Ada Ek</at>", "wrap": True}
    card = a_card(a_heading(), a_rich_text(), a_row(fold), inside, named, a_row(a_button(), opening))
    mention = {"type": "mention", "text": "<at>Ada Ek</at>", "mentioned": {"id": "29:1", "name": "Ada Ek"}}
    card["msteams"]["entities"] = [mention]
    return card


def a_text_input(**more: Any) -> Json:
    return {
        "type": "Input.Text",
        "id": "field:a",
        "label": "Vad?",
        "isMultiline": False,
        "maxLength": 20_000,
        **more,
    }


def a_menu(**more: Any) -> Json:
    return {
        "type": "Input.ChoiceSet", "id": "field:b", "label": "Vem?", "isMultiSelect": False, "style": "compact",
        "wrap": True, "choices": [{"title": "Ada Ek", "value": "p1"}, {"title": "Bo Dahl", "value": "p2"}], **more,
    }  # fmt: skip


def a_dialog() -> Json:
    send = {"type": "Action.Submit", "title": "Skicka", "data": {"f": "f1", "n": "n1", "t": ""}}
    day = {"type": "Input.Date", "id": "field:c", "label": "När?"}
    return a_card(a_rich_text(), a_text_input(), a_menu(), day) | {"actions": [send]}


def a_picture() -> Json:
    return a_card(
        {"type": "Image", "url": "data:image/png;base64,iVBORw0KGgo=", "altText": "Hej", "size": "Stretch"}
    )


GOOD: dict[str, Callable[[], Json]] = {"message": a_message, "dialog": a_dialog, "picture": a_picture}


def put(*path: Any) -> Spoil:
    """Return what puts the last of *path* where those before it lead."""
    *way, last, value = path

    def spoil(card: Json) -> None:
        at: Any = card
        for step in way:
            at = at[step]
        at[last] = value

    return spoil


def drop(*path: Any) -> Spoil:
    *way, last = path

    def spoil(card: Json) -> None:
        at: Any = card
        for step in way:
            at = at[step]
        del at[last]

    return spoil


def element(made: Json) -> Spoil:
    return lambda card: card["body"].append(made)


RUN = ("body", 1, "inlines", 0)
FOLD = ("body", 2, "actions", 0)
INSIDE = ("body", 3)
BUTTON = ("body", 5, "actions", 0)
OPENING = ("body", 5, "actions", 1)

# surface, what is wrong, how it comes about, and who sees it: our rules each of them, npm's where it says so
SPOILT: tuple[tuple[str, str, Spoil, str], ...] = (
    ("message", "no type", drop("type"), "types"),
    ("message", "another type", put("type", "Card"), "parser types"),
    ("message", "no version", drop("version"), ""),
    ("message", "a version that isn't", put("version", "1.9"), "parser types"),
    ("message", "a version of before", put("version", "1.2"), ""),
    ("message", "no body", drop("body"), "types"),
    ("message", "a body of nothing", put("body", []), ""),
    ("message", "a body that is text", put("body", "Hej"), "types"),
    ("message", "nothing to be spoken", drop("speak"), ""),
    ("message", "blank speech", put("speak", " \n"), ""),
    ("message", "nothing instead", drop("fallbackText"), ""),
    ("message", "another text instead", put("fallbackText", "Något annat"), ""),
    ("message", "28 kB of text", put(*RUN, "text", "x" * 28_000), ""),
    ("message", "a misspelt key", put("txet", "hej"), "types"),
    ("message", "actions of its own", put("actions", [a_button("b2")]), ""),
    ("message", "an unknown element", element({"type": "Marquee", "text": "x"}), "parser types"),
    ("message", "an element without a type", element({"text": "x"}), "parser types"),
    ("message", "an image", element({"type": "Image", "url": "https://evil.example/i.png"}), ""),
    ("message", "facts", element({"type": "FactSet", "facts": [{"title": "*a*", "value": "b"}]}), ""),
    ("message", "a text with marks", element({"type": "TextBlock", "text": "**Hej**", "wrap": True}), ""),
    ("message", "a heading with marks", put("body", 0, "text", "**Hej**"), ""),
    ("message", "a heading with a link", put("body", 0, "text", "[x](javascript:1)"), ""),
    ("message", "a heading with a date", put("body", 0, "text", "{{DATE(2026-11-20T00:00:00Z)}}"), ""),
    ("message", "a heading that mentions", put("body", 0, "text", "<at>Ada Ek</at>"), ""),
    ("message", "a heading that is a list", put("body", 0, "text", "1. Hej"), ""),
    ("message", "a heading with an escape", put("body", 0, "text", "&amp;"), ""),
    ("message", "a heading of an unknown style", put("body", 0, "style", "title"), "parser types"),
    ("message", "a heading without text", drop("body", 0, "text"), "types"),
    ("message", "a heading cut at the side", drop("body", 0, "wrap"), ""),
    ("message", "a rich text of nothing", put("body", 1, "inlines", []), ""),
    ("message", "a rich text without runs", drop("body", 1, "inlines"), ""),
    ("message", "a text block in a rich text", put("body", 1, "inlines", [a_heading()]), "parser types"),
    ("message", "a run that is a text", put("body", 1, "inlines", ["Hej"]), ""),
    ("message", "a run of nothing", put(*RUN, "text", ""), ""),
    ("message", "a run that is a number", put(*RUN, "text", 7), "types"),
    ("message", "a run of several lines", put(*RUN, "text", "a\nb"), ""),
    ("message", "a run with a date", put(*RUN, "text", "{{TIME(2026-11-20T00:00:00Z)}}"), ""),
    ("message", "a run of an unknown weight", put(*RUN, "weight", "Heavy"), "parser types"),
    ("message", "a run of an unknown colour", put(*RUN, "color", "Pink"), "parser types"),
    ("message", "a run that is tapped to act", put(*RUN, "selectAction", a_button("b9")), ""),
    ("message", "a link that runs", put(*RUN, "selectAction", {"type": "Action.OpenUrl", "url": "javascript:1"}), ""),
    ("message", "a link to nowhere", put(*RUN, "selectAction", {"type": "Action.OpenUrl"}), "types"),
    ("message", "a link with a space", put(*RUN, "selectAction", {"type": "Action.OpenUrl", "url": "https://a b"}), ""),
    ("message", "a container of nothing", put(*INSIDE, "items", []), ""),
    ("message", "a container of an unknown style", put(*INSIDE, "style", "loud"), "parser types"),
    ("message", "a fold that opens nothing", put(*FOLD, "targetElements", []), ""),
    ("message", "a fold that opens another's", put(*FOLD, "targetElements", ["fold9"]), ""),
    ("message", "a fold without a target", drop(*FOLD, "targetElements"), ""),
    ("message", "the same id twice", element(deepcopy(a_message()["body"][3])), "parser"),
    ("message", "no buttons in the row", put("body", 5, "actions", []), ""),
    ("message", "seven buttons in a row", put("body", 5, "actions", [a_button(f"b{n}") for n in range(7)]), "parser"),
    ("message", "61 buttons", put("body", [a_row(a_button(f"b{n}")) for n in range(61)]), ""),
    ("message", "an unknown action", put(*BUTTON, "type", "Action.Shout"), "parser types"),
    ("message", "a form that is sent", put(*BUTTON, "type", "Action.Http"), "parser types"),
    ("message", "a button without a label", put(*BUTTON, "title", ""), ""),
    ("message", "a button label of 81", put(*BUTTON, "title", "x" * 81), ""),
    ("message", "a button of an unknown style", put(*BUTTON, "style", "warning"), "parser types"),
    ("message", "a button without data", drop(*BUTTON, "data"), ""),
    ("message", "a button that carries rights", put(*BUTTON, "data", {"b": "b1", "role": "leader"}), ""),
    ("message", "a button of an unknown verb", put(*BUTTON, "verb", "delete"), ""),
    ("message", "a button without a fallback", drop(*BUTTON, "fallback"), ""),
    ("message", "a button that is dropped", put(*BUTTON, "fallback", "drop"), ""),
    ("message", "a fallback that does something else", put(*BUTTON, "fallback", "data", {"b": "b2"}), ""),
    ("message", "a button that takes inputs along", put(*BUTTON, "associatedInputs", "auto"), ""),
    ("message", "inputs by an unknown word", put(*BUTTON, "associatedInputs", "some"), "types"),
    ("message", "a button that opens something else", put(*OPENING, "data", "msteams", {"type": "signin"}), ""),
    ("message", "a text in the row", put("body", 5, "actions", [a_rich_text()]), "parser types"),
    ("message", "a menu in a message", element(a_menu()), ""),
    ("message", "a mention that isn't written", put("body", 4, "text", "<at>Bo Dahl</at>"), ""),
    ("message", "a mention of nobody", put("msteams", "entities", 0, "mentioned", "id", ""), ""),
    ("message", "a mention by another name", put("msteams", "entities", 0, "text", "<at>Bo</at>"), ""),
    ("message", "a mention without an entity", put("msteams", "entities", []), ""),
    ("message", "an unknown width", put("msteams", "width", "Huge"), "types"),
    ("picture", "no picture", drop("body", 0, "url"), "types"),
    ("picture", "a picture from elsewhere", put("body", 0, "url", "https://evil.example/i.png"), ""),
    ("picture", "a drawing that can run", put("body", 0, "url", "data:image/svg+xml;base64,PHN2Zz4="), ""),
    ("picture", "a picture that isn't told", drop("body", 0, "altText"), ""),
    ("picture", "a picture that is told by nothing", put("body", 0, "altText", " "), ""),
    ("picture", "a picture of an unknown size", put("body", 0, "size", "Huge"), "parser types"),
    ("picture", "words beside the picture", element(a_rich_text()), ""),
    ("dialog", "no way to hand in", drop("actions"), ""),
    ("dialog", "a way that presses", put("actions", [a_button()]), ""),
    ("dialog", "handing in without a nonce", put("actions", 0, "data", {"f": "f1"}), ""),
    ("dialog", "the same field twice", element(a_text_input()), "parser"),
    ("dialog", "a field without an id", drop("body", 1, "id"), "parser"),
    ("dialog", "a field without a label", drop("body", 1, "label"), ""),
    ("dialog", "an empty label", put("body", 1, "label", " "), ""),
    ("dialog", "a label with a date", put("body", 1, "label", "{{DATE(2026-11-20T00:00:00Z)}}"), ""),
    ("dialog", "a field that must be filled in, unsaid", put("body", 1, "isRequired", True), "parser"),
    ("dialog", "room for nothing", put("body", 1, "maxLength", 0), ""),
    ("dialog", "several lines in one row", put("body", 1, "value", "a\nb"), ""),
    ("dialog", "a first text that is too long", put("body", 1, "value", "x" * 20_001), ""),
    ("dialog", "a first text that is a number", put("body", 1, "value", 7), "types"),
    ("dialog", "an unknown input", element({"type": "Input.Colour", "id": "x", "label": "x"}), "parser types"),
    ("dialog", "a menu of nothing", put("body", 2, "choices", []), "parser"),
    ("dialog", "a menu without choices", drop("body", 2, "choices"), "parser types"),
    ("dialog", "a choice without a value", drop("body", 2, "choices", 0, "value"), "parser"),
    ("dialog", "a choice without a name", put("body", 2, "choices", 0, "title", ""), "parser"),
    ("dialog", "two choices of one value", put("body", 2, "choices", 1, "value", "p1"), ""),
    ("dialog", "two choices of one name", put("body", 2, "choices", 1, "title", "Ada Ek"), ""),
    ("dialog", "a choice's value with a comma", put("body", 2, "choices", 0, "value", "a,b"), ""),
    ("dialog", "a first choice that is none", put("body", 2, "value", "p9"), ""),
    ("dialog", "a menu of an unknown style", put("body", 2, "style", "wheel"), "parser types"),
    ("dialog", "a choice in the open with marks",
     lambda card: card["body"][2].update(style="expanded", choices=[{"title": "*x*", "value": "p1"}]), ""),
    ("dialog", "boxes with marks",
     lambda card: card["body"][2].update(isMultiSelect=True, choices=[{"title": "[x](y)", "value": "p1"}]), ""),
    ("dialog", "a day as people write it", put("body", 3, "value", "15/3"), ""),
    ("dialog", "a day that isn't", put("body", 3, "value", "2027-02-30"), ""),
)  # fmt: skip


def bad_cards() -> Iterator[tuple[str, str, Json, str]]:
    """Return (surface, what is wrong, card, who of npm's refuses it)."""
    for surface, name, spoil, seen_by in SPOILT:
        card = deepcopy(GOOD[surface]())
        spoil(card)
        yield surface, name, card, seen_by
