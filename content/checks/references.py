"""Checks that everything a pack names is there: questions, registers and their fields and states, roles, tags, steps."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from pydantic import BaseModel

from content.checks.ground import Ground, fields_of, ids
from content.checks.walk import Spot
from content.problems import Problem
from content.schema import coverage as v
from content.schema import cycle as c
from content.schema import deciding as d
from content.schema import exercises as e
from content.schema import files as f
from content.schema import guides as g
from content.schema import impact as i
from content.schema import questions as q
from content.schema import rules as r

# What the fields of the schema name. A test sees to it that every field that holds an id stands here or says why not.
NAMES: Mapping[tuple[type[BaseModel], str], str] = {
    (f.Entry, "from_step"): "step",
    (f.PackFile, "leader"): "role",
    (f.PackFile, "group"): "role",
    (f.PackFile, "coach"): "role",
    (f.Gate, "signs"): "role",
    (v.Audience, "role"): "role",
    (v.CoveredBy, "member"): "role",
    (v.CoveredBy, "answer"): "question",
    (v.CoveredBy, "register_"): "register",
    (v.Coverage, "members"): "role",
    (f.Invitations, "register_"): "register",
    (f.Offers, "problems"): "register",
    (f.PlacedQuestions, "with_step"): "step",
    (f.Track, "shown"): "question",
    (f.Paragraph, "answer"): "question",
    (f.Paragraph, "register_"): "register",
    (f.TitlePage, "register_"): "register",
    (f.Document, "decision"): "question",
    (f.Document, "about"): "register",
    (i.Impact, "wanted"): "question",
    (i.ToldImpact, "question"): "question",
    (f.Actor, "roles"): "role",
    (f.Expected, "step"): "step",
    (f.Expected, "records"): "register",
    (f.Row, "walkthrough"): "walkthrough",
    (c.DateOf, "question"): "question",
    (c.DateOf, "register_"): "register",
    (c.MeetingIn, "body"): "question",
    (c.NextMeetingAfter, "body"): "question",
    (c.Every, "rhythm"): "question",
    (c.TermStart, "changed_by"): "question",
    (c.Checkpoint, "who"): "role",
    (c.Checkpoint, "document"): "document",
    (q.Asked, "again"): "checkpoint",
    (q.Source, "register_"): "register",
    (q.Source, "question"): "question",
    (q.Source, "tag"): "tag",
    (q.Source, "members"): "role",
    (q.Each, "members"): "role",
    (q.Each, "register_"): "register",
    (q.Roles, "roles"): "role",
    (q.Appoint, "appoint"): "role",
    (q.MoveRecords, "move_records"): "register",
    (q.Yes, "asked_by"): "role",
    (q.PersonSpec, "role"): "role",
    (q.ReferenceSpec, "register_"): "register",
    (q.CommitmentSpec, "parties"): "role",
    (q.RecordSpec, "register_"): "register",
    (q.DecisionSpec, "right"): "right",
    (d.Decides, "role"): "role",
    (d.Decides, "body"): "question",
    (d.DecidedRecords, "register_"): "register",
    (f.BegunFrom, "register_"): "register",
    (g.NewRecord, "register_"): "register",
    (g.GuideNote, "register_"): "register",
    (e.ListResult, "question"): "question",
    (e.RankingResult, "question"): "question",
    (e.TimelineResult, "register_"): "register",
    (e.PairsResult, "interviews"): "question",
    (e.PairsResult, "picture"): "question",
    (e.TreeResult, "register_"): "register",
    (e.CardsResult, "register_"): "register",
    (e.MeasuresResult, "register_"): "register",
    (r.Operand, "question"): "question",
    (r.Answered, "answered"): "question",
    (r.Tally, "register_"): "register",
    (r.Tally, "role"): "role",
    (r.Tally, "answers"): "question",
    (r.Tally, "gaps"): "coverage",
}

EVERYBODY = ("all", "any")
STATE = "state"  # the field that every record with states has


def check_references(ground: Ground) -> Iterator[Problem]:
    for spot in ground.spots:
        for name, alias, kind in _names_in(type(spot.part)):
            for inside, value in _values(getattr(spot.part, name)):
                if value not in ground.names[kind] and not (kind == "role" and value in EVERYBODY):
                    yield _unknown(spot, (alias, *inside), kind, value, ground.names[kind])
        yield from _fields(ground, spot)
        yield from _then(ground, spot)
        if isinstance(spot.part, q.Yes):
            yield from _option(ground, spot, "proposes", spot.part.proposes)


@cache
def _names_in(model: type[BaseModel]) -> tuple[tuple[str, str, str], ...]:
    """Return the model's fields that name something: Python's name, the author's name, what is named."""
    return tuple(
        (name, field.alias or name, kind)
        for name, field in model.model_fields.items()
        for kind in [next((NAMES[base, name] for base in model.__mro__ if (base, name) in NAMES), None)]
        if kind is not None
    )


def _values(value: Any) -> Iterator[tuple[tuple[str | int, ...], str]]:
    match value:
        case str():
            yield (), value
        case tuple():
            yield from (((index,), item) for index, item in enumerate(value))
        case dict():
            yield from (((key,), key) for key in value)
        case _:
            return


def _unknown(
    spot: Spot, inside: tuple[str | int, ...], kind: str, name: str, known: Iterable[str]
) -> Problem:
    return spot.problem(*inside, key=f"pack.unknown-{kind}", name=name, meant=name, known=tuple(known))


def _fields(ground: Ground, spot: Spot) -> Iterator[Problem]:
    """Look at what names a field of a register: the one it names itself, or the one whose record is at hand."""
    match spot.part:
        case q.Source(field=str(name), register_=register):
            yield from _field(ground, spot, register, "field", name)
        case v.CoveredBy(by=by, dated=dated, said=said, register_=register):
            if by is not None:
                yield from _field(ground, spot, register, "by", by)
            if said is not None and register is not None:
                yield from _field_of_kind(ground, replace(spot, register=register), "said", said, "text")
            if dated is not None and register is not None:
                yield from _field_of_kind(ground, replace(spot, register=register), "dated", dated, "date")
        case f.Paragraph(field=str(name)):
            yield from _field(ground, spot, spot.register, "field", name)
        case f.Paragraph(columns=columns, sort_by=sort_by, register_=register):
            for index, name in enumerate(columns):
                yield from _field(ground, spot, register, "columns", name, index)
            if sort_by is not None:
                yield from _field(ground, spot, register, "sort-by", sort_by)
        case f.TitlePage(register_=register, fields=fields, revised=revised, adopted_by=by, state=state):
            for index, name in enumerate(fields):
                yield from _field(ground, spot, register, "fields", name, index)
            if revised is not None:
                yield from _field_of_kind(
                    ground, replace(spot, register=register), "revised", revised, "date"
                )
            if by is not None:
                yield from _field_of_kind(ground, replace(spot, register=register), "adopted-by", by, "text")
            model = ground.register(register)
            if model is not None and state is not None:
                yield from _states(spot, model, (("state",), state))
        case f.Register(title_field=name):
            yield from _field(ground, spot, spot.register, "title-field", name)
        case g.GuideNote(register_=register, outcome=outcome, why=why):
            yield from _field(ground, spot, register, "outcome", outcome)
            if why is not None:
                yield from _field(ground, spot, register, "why", why)
        case f.Invitations(register_=register, date=date, time=time, place=place, step=step):
            there = replace(spot, register=register)
            named = (
                ("date", date, "date"),
                ("time", time, "text"),
                ("place", place, "text"),
                ("step", step, "choice"),
            )
            for key, field, kind in named:
                if field is not None:
                    yield from _field_of_kind(ground, there, key, field, kind)
        case f.Telling(field=str(name)):
            yield from _field(ground, spot, spot.register, "field", name)
        case f.DateReminder(date=date, owner=owner):
            yield from _field_of_kind(ground, spot, "date", date, "date")
            if owner is not None:
                yield from _field_of_kind(ground, spot, "owner", owner, "person")
        case d.DecisionFields(body=body, date=date, reference=reference):
            yield from _field_of_kind(ground, spot, "body", body, "body")
            yield from _field_of_kind(ground, spot, "date", date, "date")
            if reference is not None:
                yield from _field_of_kind(ground, spot, "reference", reference, "text")
        case f.WebList(field=name, date=date):
            yield from _field_of_kind(ground, spot, "field", name, "choice")
            if date is not None:
                yield from _field_of_kind(ground, spot, "date", date, "date")
        case f.Sharing(field=name, summary=summary):
            yield from _field_of_kind(ground, spot, "field", name, "choice")
            for index, one in enumerate(summary):
                yield from _field(ground, spot, spot.register, "summary", one, index)
        case f.BegunFrom(register_=register, fields=fields):
            for own, other in fields.items():
                yield from _field_of_kind(ground, spot, "fields", own, "text")
                yield from _field_of_kind(ground, replace(spot, register=register), "fields", other, "text")
        case c.DateOf(register_=str(register), field=str(name)):
            yield from _field_of_kind(ground, replace(spot, register=register), "field", name, "date")
        case c.Checkpoint(owner=str(owner)) if spot.register is not None:
            yield from _field_of_kind(ground, spot, "owner", owner, "person")
        case r.Filled(filled=name):
            yield from _field(ground, spot, spot.register, "filled", name)
        case r.Operand(field=str(name)):
            yield from _field(ground, spot, spot.register, "field", name)
        case _:
            return


def _field(
    ground: Ground, spot: Spot, register_name: str | None, key: str, name: str, *inside: int
) -> Iterator[Problem]:
    if register_name is None:
        yield spot.problem(key, *inside, key="pack.no-record", name=name)
        return
    register = ground.register(register_name)
    if register is None:
        return  # said already: there is no such register
    known = (*fields_of(register), *((STATE,) if register.states else ()))
    if name not in known:
        yield spot.problem(
            key, *inside, key="pack.unknown-field", name=name, register=register_name, meant=name, known=known
        )


def _field_of_kind(ground: Ground, spot: Spot, key: str, name: str, kind: str) -> Iterator[Problem]:
    yield from _field(ground, spot, spot.register, key, name)
    register = ground.register(spot.register or "")
    if register is None:
        return
    found = next((one for one in register.fields if one.id == name), None)
    if found is not None and found.kind != kind:
        yield spot.problem(key, key="pack.field-of-another-kind", name=name, is_kind=found.kind, kind=kind)


def _then(ground: Ground, spot: Spot) -> Iterator[Problem]:
    match spot.part:
        case q.MoveRecords(move_records=name, to=to, rest=rest, from_=from_):
            register = ground.register(name)
            if register is None:
                return
            yield from _states(spot, register, (("to",), to), (("rest",), rest))
            yield from _states(
                spot, register, *((("from", index), state) for index, state in enumerate(from_))
            )
            source = getattr(spot.question, "options_from", None)
            if source is None or source.register_ != name:
                yield spot.problem("move-records", key="pack.moves-what-is-not-chosen", name=name)
        case q.SetGroupState(when_answer=str(answer)):
            yield from _option(ground, spot, "when-answer", answer)
        case q.WriteInRecord(set_field=name, refused=refused, reason=reason):
            register = ground.register(spot.register or "") if spot.question.for_each is not None else None
            if register is None:
                yield spot.problem("set-field", key="pack.sets-no-record", name=name)
                return
            yield from _field_of_kind(ground, spot, "set-field", name, "choice")
            if reason is not None:
                yield from _field_of_kind(ground, spot, "reason", reason, "text")
            field = fields_of(register).get(name)
            known = ground.options(field)
            wanted = (*(ground.options(spot.question) or ()), *((refused,) if refused else ()))
            for option in wanted:
                if known is not None and option not in known:
                    yield spot.problem(
                        "set-field", key="pack.unknown-option",
                        name=option, question=name, meant=option, known=known,
                    )  # fmt: skip
        case _:
            return


def _option(ground: Ground, spot: Spot, key: str, option: str) -> Iterator[Problem]:
    """One of the options of the question around."""
    options = ground.options(spot.question)
    if options is not None and option not in options:
        yield spot.problem(
            key,
            key="pack.unknown-option",
            name=option,
            question=spot.question.id,
            meant=option,
            known=options,
        )


def _states(
    spot: Spot, register: f.Register, *named: tuple[tuple[str | int, ...], str | None]
) -> Iterator[Problem]:
    known = ids(register.states)
    for inside, state in named:
        if state is not None and state not in known:
            yield spot.problem(
                *inside, key="pack.unknown-state", name=state, register=register.id, meant=state, known=known
            )
