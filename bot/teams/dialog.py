"""Draws a form as a dialog: its fields as inputs, each with what it holds to begin with and what is wrong with it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from bot.teams.choices import Text, listed, picked
from bot.teams.draw import parts
from bot.teams.interactions import FIELD, FORM, ONCE, THREAD
from bot.teams.limits import INPUT_TEXT, LABEL, NOTHING, OPTIONS, Json, cut
from bot.teams.render import card
from bot.teams.spans import in_one, rich, still
from dialogs.messages import Form, FormField, Paragraph, words

LONG_VALUE = 80  # characters; from here on a text gets several rows
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def dialog(
    form: Form, *, once: str, thread: str, text: Text, problems: Mapping[str, str], typed: Mapping[str, str]
) -> Json:
    """Return the card that asks for the form's fields.

    *once* makes this opening unlike all others; *thread* is where the answer stands. *problems* and *typed* are by
    field; a problem of no field that is here stands at the top.
    """
    ids = {field.id for field in form.fields}
    above = [said for id, said in problems.items() if id not in ids]
    fields = [replace(field, value=typed.get(field.id, field.value)) for field in form.fields]
    body = [
        *(_wrong(said) for said in above),
        *_said(form.intro),
        *(one for field in fields for one in _field(field, text, problems.get(field.id, ""))),
    ]
    send = {
        "type": "Action.Submit", "title": text("form-send"), "style": "positive",
        "data": {FORM: form.id, ONCE: once, THREAD: thread},
    }  # fmt: skip
    told = [form.title, *above, form.intro]
    for field in fields:
        told += [problems.get(field.id, ""), field.label, field.help]
    return {**card(body, "\n".join(filter(None, told))), "actions": [send]}


def _field(field: FormField, text: Text, wrong: str) -> Iterator[Json]:
    """Yield what is wrong with it, its input under its label, and what helps to fill it in."""
    if wrong:
        yield _wrong(wrong)
    yield from _inputs(field, text)
    yield from _said(field.help, isSubtle=True)


def _inputs(field: FormField, text: Text) -> Iterator[Json]:
    if cut(field.label, LABEL) != " ".join(field.label.split()):
        yield from _said(field.label)
    if field.kind == "date" and (not field.value or _is_day(field.value)):
        yield _required(field, text) | {"type": "Input.Date"}
        return
    label = in_one(cut(field.label, LABEL)) or NOTHING
    yield from picked(field, label, text) or _written(field, text)


def _written(field: FormField, text: Text) -> Iterator[Json]:
    if len(field.options) <= OPTIONS:
        yield from listed(field)
    long = (
        field.long
        or field.kind == "list"
        or (field.many and bool(field.options))
        or "\n" in field.value
        or len(field.value) > LONG_VALUE
    )
    hint = {"list": "form-lines", "file": "form-file"}.get(field.kind, "")
    hint = ("form-write-options" if field.many else "form-write-option") if field.options else hint
    yield _required(field, text) | {
        "type": "Input.Text", "isMultiline": long, "maxLength": INPUT_TEXT,
        **({"placeholder": text(hint)} if hint else {}),
    }  # fmt: skip


def _required(field: FormField, text: Text) -> Json:
    """Return what every input has."""
    return {
        "id": f"{FIELD}{field.id}",
        "label": in_one(cut(field.label, LABEL)) or NOTHING,
        **({"isRequired": True, "errorMessage": text("form-required")} if field.required else {}),
        **({"value": field.value} if field.value else {}),
    }


def _said(text: str, **look: object) -> Iterator[Json]:
    for part in parts((Paragraph(words(text)),)) if text else ():
        for element in part.elements:
            runs = [run | look if run["type"] == "TextRun" else run for run in element["inlines"]]
            yield element | {"inlines": runs} | ({"spacing": "Small"} if look else {})


def _wrong(said: str) -> Json:
    return rich(still(f"⚠ {' '.join(said.split())}", strong=True, color="Attention"))


def _is_day(value: str) -> bool:
    try:
        return bool(_DAY.fullmatch(value) and date.fromisoformat(value))
    except ValueError:
        return False
