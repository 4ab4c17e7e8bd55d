"""Checks an exercise: what it leaves is asked for in it, and is of the kind that it says."""

from collections.abc import Iterator
from dataclasses import replace
from typing import assert_never

from content.checks.ground import Ground, fields_of, ids
from content.checks.walk import Spot
from content.problems import Problem
from content.schema.exercises import (
    CardsResult,
    Exercise,
    ListResult,
    MeasuresResult,
    PairsResult,
    RankingResult,
    Result,
    TimelineResult,
    TreeResult,
)

ALONG_A_LINE = ("date", "number", "scale", "choice")


def check_exercises(ground: Ground) -> Iterator[Problem]:
    for spot in ground.spots:
        if isinstance(spot.part, Exercise):
            result = replace(spot, part=spot.part.result, path=(*spot.path, "result"))
            yield from _result(ground, spot.part, result, spot.part.result)


def _result(ground: Ground, exercise: Exercise, spot: Spot, result: Result) -> Iterator[Problem]:
    match result:
        case ListResult(question=question):
            yield from _answered(ground, exercise, spot, "question", question, ("list", "text"))
        case RankingResult(question=question):
            yield from _answered(ground, exercise, spot, "question", question, ("ranking",))
        case PairsResult(interviews=interviews, picture=picture):
            yield from _answered(ground, exercise, spot, "interviews", interviews, ("text", "list"))
            yield from _answered(ground, exercise, spot, "picture", picture, ("text", "list"))
            asked = ground.questions.get(interviews)
            if asked is not None and asked.who != "each":
                yield spot.problem("interviews", key="pack.interviews-not-each", name=interviews)
            if getattr(ground.questions.get(picture), "who", "group") != "group":
                yield spot.problem("picture", key="pack.picture-not-group", name=picture)
        case TimelineResult(by=by):
            yield from _recorded(ground, exercise, spot, result.register_)
            yield from _field(ground, spot, result.register_, "by", by, ALONG_A_LINE)
        case MeasuresResult(by=by):
            yield from _recorded(ground, exercise, spot, result.register_)
            yield from _field(ground, spot, result.register_, "by", by, ("date",))
        case CardsResult():
            yield from _recorded(ground, exercise, spot, result.register_)
        case TreeResult(under=under, root=root):
            yield from _recorded(ground, exercise, spot, result.register_)
            yield from _field(ground, spot, result.register_, "under", under, ("reference",))
            register = ground.register(result.register_)
            if register is None:
                return
            field = fields_of(register).get(under)
            if field is not None and getattr(field, "register_", result.register_) != result.register_:
                yield spot.problem("under", key="pack.tree-of-others", name=under)
            known = ids(register.states)
            if root not in known:
                yield spot.problem(
                    "root", key="pack.unknown-state", name=root, register=register.id, meant=root, known=known
                )
        case _:
            assert_never(result)


def _answered(
    ground: Ground, exercise: Exercise, spot: Spot, key: str, name: str, kinds: tuple[str, ...]
) -> Iterator[Problem]:
    question = ground.questions.get(name)
    if question is None:
        return  # said already: there is no such question
    if question not in exercise.questions:
        yield spot.problem(key, key="pack.result-not-asked", name=name)
    elif question.kind not in kinds:
        yield spot.problem(
            key, key="pack.result-of-another-kind", name=name, is_kind=question.kind, kinds=", ".join(kinds)
        )


def _recorded(ground: Ground, exercise: Exercise, spot: Spot, register: str) -> Iterator[Problem]:
    added = {one.register_ for one in exercise.questions if one.kind == "record"}
    if register not in added and ground.register(register) is not None:
        yield spot.problem("register", key="pack.result-not-asked", name=register)


def _field(
    ground: Ground, spot: Spot, register_name: str, key: str, name: str, kinds: tuple[str, ...]
) -> Iterator[Problem]:
    register = ground.register(register_name)
    if register is None:
        return
    known = fields_of(register)
    if name not in known:
        yield spot.problem(
            key, key="pack.unknown-field", name=name, register=register_name, meant=name, known=tuple(known)
        )
    elif known[name].kind not in kinds:
        yield spot.problem(
            key,
            key="pack.result-of-another-kind",
            name=name,
            is_kind=known[name].kind,
            kinds=", ".join(kinds),
        )
