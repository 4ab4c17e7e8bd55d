"""Checks what a pack says of impact: efforts have days and results of the right kinds, and answers are open to the group."""

from collections.abc import Iterable, Iterator
from typing import Any

from content.checks.ground import Ground, fields_of, ids
from content.checks.walk import Spot
from content.problems import Problem
from content.schema.files import Paragraph, Register, Tag
from content.schema.impact import Effort, Impact
from content.schema.questions import ChoiceSpec, ChoicesSpec, ListSpec, ReferenceSpec, TextSpec


def check_impact(ground: Ground) -> Iterator[Problem]:
    for spot in ground.spots:
        match spot.part:
            case Effort():
                yield from _effort(ground, spot, spot.part)
            case Register(aims=aims):
                yield from _states(ground, spot, (("aims", aims),))
            case Tag(every=str(every), values=values) if every not in ids(values):
                yield spot.problem(
                    "every", key="pack.unknown-option",
                    name=every, question=spot.part.id, meant=every, known=ids(values),
                )  # fmt: skip
            case Impact():
                yield from _answers(ground, spot, spot.part)
            case Paragraph(year=str(), impact=None):
                yield spot.problem("year", key="pack.year-without-impact")
            case _:
                continue


def _effort(ground: Ground, spot: Spot, effort: Effort) -> Iterator[Problem]:
    yield from _states(ground, spot, (("counts", effort.counts), ("done", effort.done)))
    register = ground.register(spot.register)
    if register is None:
        return
    fields = fields_of(register)
    named = [("first", effort.first, "date"), ("last", effort.last, "date")]
    named += [("results", one, "text") for one in effort.results]
    named += [("part-of", effort.part_of, "reference")]
    for key, name, kind in named:
        if name is None:
            continue
        field = fields.get(name)
        if field is None:
            yield spot.problem(
                key, key="pack.unknown-field",
                name=name, register=register.id, meant=name, known=tuple(fields),
            )  # fmt: skip
        elif field.kind != kind:
            yield spot.problem(
                key, key="pack.field-of-another-kind", name=name, is_kind=field.kind, kind=kind
            )
        elif isinstance(field, ReferenceSpec):
            whole = ground.register(field.register_)
            if whole is not None and whole.effort is None:
                yield spot.problem(key, key="pack.part-of-no-effort", name=field.register_)


def _states(ground: Ground, spot: Spot, named: Iterable[tuple[str, tuple[str, ...]]]) -> Iterator[Problem]:
    register = ground.register(spot.register)
    known = ids(register.states) if register is not None else ()
    for key, states in named:
        for index, state in enumerate(states):
            if register is not None and state not in known:
                yield spot.problem(
                    key, index, key="pack.unknown-state",
                    name=state, register=register.id, meant=state, known=known,
                )  # fmt: skip


def _answers(ground: Ground, spot: Spot, impact: Impact) -> Iterator[Problem]:
    wanted = [(("wanted", index), one) for index, one in enumerate(impact.wanted)]
    tried = [(("tried", index, "question"), one.question) for index, one in enumerate(impact.tried)]
    results = [(("results", index, "question"), one.question) for index, one in enumerate(impact.results)]
    for inside, name in (*wanted, *tried):
        yield from _open_to_all(ground, spot, inside, name, _is_from_a_tag)
    for inside, name in results:
        yield from _open_to_all(ground, spot, inside, name, _is_in_words)


def _open_to_all(
    ground: Ground, spot: Spot, inside: tuple[str | int, ...], name: str, fits: Any
) -> Iterator[Problem]:
    question = ground.questions.get(name)
    if question is None:
        return  # said already: there is no such question
    if question.who == "each" or question.visibility != "group":
        yield spot.problem(*inside, key="pack.impact-not-open", name=name)
    elif not fits(question):
        yield spot.problem(*inside, key=f"pack.impact-{inside[0]}", name=name)


def _is_from_a_tag(question: Any) -> bool:
    source = question.options_from if isinstance(question, ChoiceSpec | ChoicesSpec) else None
    return source is not None and source.tag is not None


def _is_in_words(question: Any) -> bool:
    return isinstance(question, TextSpec | ListSpec)
