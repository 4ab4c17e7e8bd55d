"""Forms: which fields an act needs, how each is read, and what is missing. Drawn by a door, or asked field by field."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from content.pack import register_of
from content.schema.base import Text
from content.schema.questions import BodySpec, ChoiceSpec, ChoicesSpec, DateSpec, ListSpec, Source, TextSpec
from dialogs.flows.proposal import proposal
from dialogs.flows.seen_by import hidden
from dialogs.messages import Form, FormField, Press
from dialogs.model.answers import Value
from dialogs.model.problem import Problem
from dialogs.values.asking import Asking, Options, as_list, from_source, options_of, title_of
from dialogs.values.names import in_sentence
from dialogs.values.numbers import write_number
from dialogs.values.reading import read
from dialogs.wording.checkpoints import title_of_open
from dialogs.wording.feedback import about_step
from dialogs.wording.teller import Teller

LONG_TEXT = TextSpec(kind="text", long=True)
SHORT_TEXT = TextSpec(kind="text")
DECISION_SPECS: Mapping[str, Any] = {
    "body": BodySpec(kind="body"),
    "date": DateSpec(kind="date"),
    "reference": SHORT_TEXT,
}
SKIP_FIELD = "-"
"""What is typed to leave a field empty, or to keep what it holds."""


@dataclass(frozen=True, slots=True)
class Filling:
    """A form with how each of its fields is read."""

    form: Form
    specs: Mapping[str, Any]


def filling_for(teller: Teller, press: Press) -> Filling | None:
    """Return the form that *press* opens, or None when it opens none."""
    address = press.address
    match press.action:
        case "decision" if address is not None:
            return _decision(teller, press)
        case "record" if address is not None:
            register = register_of(teller.question(address)) or ""
            return _record(teller, press, register, ready=press.argument)
        case "add-record":
            return _record(
                teller, press, press.argument.partition(":")[0], title=press.argument.partition(":")[2]
            )
        case "change-record":
            return _record_change(teller, press)
        case "record-date":
            return _record_date(teller, press)
        case "record-decision":
            return _record_decision(teller, press)
        case "draft" if address is not None:
            value = proposal(teller.question(address), teller.journey.item(address))
            return _single(teller, press, "draft", filled=teller.answer(address, value))
        case "round" if address is not None:
            field = _field(teller, "last-day", "date", required=False)
            return Filling(
                _form(teller, press, "round", (field,)), {"last-day": DateSpec(kind="date", past=False)}
            )
        case "object" | "skip" | "reopen" | "despite" | "concern" if address is not None:
            return _single(teller, press, press.action)
        case "change" if address is not None:
            return _single(teller, press, "change")
        case "feedback":
            return _feedback(teller, press)
        case "checkpoint-left":
            return _checkpoint_left(teller, press)
        case "guide" if press.argument in teller.pack.guide_of:
            return _guide(teller, press)
        case "guide-record" | "guide-note":
            return _of_guide(teller, press)
        case _:
            return None


def problem_with(
    filling: Filling, field: FormField, text: str, asking: Asking, *, speaker: str
) -> Problem | None:
    """Return what is wrong with one field as typed, or None."""
    if text.strip() in ("", SKIP_FIELD):
        return (
            Problem("field-required", {"field": field.label}) if field.required and not field.value else None
        )
    found = read(filling.specs[field.id], text, asking, speaker=speaker)
    return found if isinstance(found, Problem) else None


def values_of(
    filling: Filling, typed: Mapping[str, str], asking: Asking, *, speaker: str
) -> dict[str, Value] | dict[str, Problem]:
    """Return the fields' values; or, when any is wrong, what is wrong with each of those."""
    wrong: dict[str, Problem] = {}
    values: dict[str, Value] = {}
    for field in filling.form.fields:
        text = typed.get(field.id, "").strip()
        if text in ("", SKIP_FIELD):
            text = field.value
        problem = problem_with(filling, field, text, asking, speaker=speaker)
        if problem is not None:
            wrong[field.id] = problem
        elif text:
            values[field.id] = read(filling.specs[field.id], text, asking, speaker=speaker)
    return wrong or values


def field_of(model: Any, asking: Asking, *, value: str = "", names: bool = False) -> FormField:
    """Return the form's field for a register's field; its help tells more of each option that there is more of.

    *names* says that it holds what the entry is called.
    """
    told = [model.help.said_in(asking.language)] if model.help else []
    told += [
        f"{option.title.said_in(asking.language)}: {option.help.said_in(asking.language)}"
        for option in getattr(model, "options", ())
        if option.help is not None
    ]
    return FormField(
        model.id,
        model.title.said_in(asking.language),
        model.kind,
        "\n".join(told),
        model.required,
        choices_of(model, asking),
        own=getattr(model, "own", False),
        many=model.kind in ("choices", "list"),
        value=value,
        long=getattr(model, "long", False),
        names=names,
    )


def choices_of(spec: Any, asking: Asking) -> Options:
    """Return what can be chosen for a field, in the order in which it is numbered."""
    roster = asking.journey.roster
    match spec.kind:
        case "choice" | "choices":
            return options_of(spec, asking)
        case "person":
            members = roster.holders(spec.role) if spec.role else roster.members
            return tuple((member.person.id, member.person.name) for member in members)
        case "unit":
            return tuple((unit.id, unit.name) for unit in roster.units)
        case "body":
            return tuple((body.id, body.name) for body in roster.bodies)
        case "reference":
            return from_source(Source(register_=spec.register_, where=spec.where), asking)
        case _:
            return ()


def typed_again(spec: Any, value: Value | None, asking: Asking) -> str:
    """Return *value* as somebody would type it, for a field that is filled in to begin with."""
    if value is None:
        return ""
    labels = dict(choices_of(spec, asking))
    if spec.kind in ("choices", "list"):
        return "; ".join(labels.get(str(one), str(one)) for one in as_list(value))
    if spec.kind == "file":
        return f"{value['name']} {value['url']}"
    if spec.kind == "number" and isinstance(value, float):
        return write_number(value, language=asking.language)
    return labels.get(str(value), str(value))


def _guide(teller: Teller, press: Press) -> Filling:
    guide = teller.pack.guide_of[press.argument]
    fields = tuple(field_of(question, teller.asking) for question in guide.questions)
    form = _form(teller, press, "guide", fields, what=teller.words(guide.title))
    return Filling(form, {question.id: question for question in guide.questions})


def _of_guide(teller: Teller, press: Press) -> Filling | None:
    """The form of the record that a guide's outcome adds, or that keeps the outcome. The argument is guide:outcome."""
    id, _, name = press.argument.partition(":")
    guide = teller.pack.guide_of.get(id)
    outcome = next((one for one in guide.outcomes if one.id == name), None) if guide is not None else None
    if guide is None or outcome is None:
        return None
    if press.action == "guide-record" and outcome.add is not None:
        filled = _typed(outcome.add.fields, teller.language)
        return _record(teller, press, outcome.add.register_, filled=filled)
    if press.action == "guide-note" and guide.note is not None:
        filled = {guide.note.outcome: teller.words(outcome.title)}
        if guide.note.why is not None:
            filled[guide.note.why] = teller.words(outcome.why)
        return _record(teller, press, guide.note.register_, filled=filled)
    return None


def _record(
    teller: Teller,
    press: Press,
    register: str,
    *,
    ready: str = "",
    title: str = "",
    filled: Mapping[str, str] | None = None,
) -> Filling | None:
    model = teller.pack.registers.get(register)
    if model is None:
        return None
    made = next((one for one in model.ready_made if one.id == ready), None)
    if filled is None:
        filled = _typed(made.fields, teller.language) if made is not None else {model.title_field: title}
    answers = teller.pack.written_by_answers.get(register, frozenset())
    seen = [
        field
        for field in model.fields
        if field.id not in answers and (field.seen_by is None or teller.reader)
    ]
    fields = tuple(
        field_of(field, teller.asking, value=filled.get(field.id, ""), names=field.id == model.title_field)
        for field in seen
    )
    form = _form(teller, press, "record", fields, what=in_sentence(teller.words(model.singular)))
    return Filling(form, {field.id: field for field in seen})


def _typed(fields: Mapping[str, Text | tuple[str, ...] | str], language: str) -> dict[str, str]:
    """Return fields that a pack fills in as somebody would type them."""

    def typed(value: Text | tuple[str, ...] | str) -> str:
        if isinstance(value, Text):
            return value.said_in(language)
        return "; ".join(value) if isinstance(value, tuple) else value

    return {field: typed(value) for field, value in fields.items()}


def _record_change(teller: Teller, press: Press) -> Filling | None:
    record = teller.journey.record(press.argument)
    if record is None:
        return None
    model = teller.pack.registers[record.register]
    apart = {
        *hidden(teller.pack, teller.journey, record, teller.reader),
        *teller.pack.written_by_answers.get(record.register, ()),
    }
    seen = [field for field in model.fields if field.id not in apart]
    fields = tuple(
        field_of(
            field,
            teller.asking,
            value=typed_again(field, record.fields.get(field.id), teller.asking),
            names=field.id == model.title_field,
        )
        for field in seen
    )
    form = _form(teller, press, "change-record", fields, what=in_sentence(teller.words(model.singular)))
    return Filling(form, {field.id: field for field in seen})


def _record_date(teller: Teller, press: Press) -> Filling | None:
    record = teller.journey.record(press.argument)
    if record is None:
        return None
    field = _field(teller, "new-date", "date")
    title = title_of(record, teller.asking)
    form = Form(teller.text("form-new-date", title=title), (field,), press)
    return Filling(form, {"new-date": DateSpec(kind="date", past=False)})


def _decision(teller: Teller, press: Press) -> Filling:
    fields = (*_decided(teller), _field(teller, "what", "text", long=True))
    return Filling(_form(teller, press, "decision", fields), {**DECISION_SPECS, "what": LONG_TEXT})


def _record_decision(teller: Teller, press: Press) -> Filling | None:
    """The decision about a record: body, date and reference, filled in with what is there."""
    record = teller.journey.record(press.argument.partition(":")[0])
    held = teller.pack.registers[record.register].decision if record is not None else None
    if record is None or held is None:
        return None
    specs = {field.id: field for field in teller.pack.registers[record.register].fields}
    there = {
        name: typed_again(specs[field], record.fields.get(field), teller.asking)
        for name, field in (("body", held.body), ("date", held.date), ("reference", held.reference))
        if field is not None
    }
    fields = tuple(replace(one, value=there[one.id]) for one in _decided(teller) if one.id in there)
    form = Form(teller.text("form-record-decision", title=title_of(record, teller.asking)), fields, press)
    return Filling(form, DECISION_SPECS)


def _decided(teller: Teller) -> tuple[FormField, ...]:
    bodies = tuple((body.id, body.name) for body in teller.journey.roster.bodies)
    return (
        _field(teller, "body", "body", options=bodies),
        _field(teller, "date", "date"),
        _field(teller, "reference", "text", required=False),
    )


def _single(teller: Teller, press: Press, name: str, *, filled: str = "") -> Filling:
    field = _field(teller, f"{name}-text", "text", value=filled, long=True)
    return Filling(_form(teller, press, name, (field,)), {f"{name}-text": LONG_TEXT})


def _checkpoint_left(teller: Teller, press: Press) -> Filling | None:
    open = teller.journey.open_checkpoint(press.argument)
    if open is None:
        return None
    field = _field(teller, "checkpoint-left-text", "text", long=True)
    form = Form(teller.text("form-checkpoint-left", title=title_of_open(teller, open)), (field,), press)
    return Filling(form, {"checkpoint-left-text": LONG_TEXT})


def _feedback(teller: Teller, press: Press) -> Filling:
    about = teller.title(press.address) if press.address is not None else about_step(teller, press.argument)
    field = _field(teller, "feedback-text", "text", long=True)
    form = Form(teller.text("form-feedback", title=about), (field,), press)
    return Filling(form, {"feedback-text": LONG_TEXT})


def _form(teller: Teller, press: Press, name: str, fields: tuple[FormField, ...], **args: object) -> Form:
    title = teller.title(press.address) if press.address is not None else ""
    return Form(teller.text(f"form-{name}", title=title, **args), fields, press)


def _field(
    teller: Teller,
    name: str,
    kind: str,
    *,
    required: bool = True,
    options: Options = (),
    value: str = "",
    long: bool = False,
) -> FormField:
    return FormField(
        name, teller.text(f"field-{name}"), kind, required=required, options=options, value=value, long=long
    )


START_SPECS: Mapping[str, Any] = {
    "organisation": SHORT_TEXT,
    "group": SHORT_TEXT,
    "units": ListSpec(kind="list"),
    "bodies": ListSpec(kind="list"),
}
__all__ = [
    "SKIP_FIELD",
    "START_SPECS",
    "ChoiceSpec",
    "ChoicesSpec",
    "Filling",
    "choices_of",
    "field_of",
    "filling_for",
    "problem_with",
    "values_of",
]  # fmt: skip
