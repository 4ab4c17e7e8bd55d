"""Checks that a rule fits what it looks at: options that can be chosen, numbers that are numbers, days that are days."""

from collections.abc import Iterator
from typing import Any

from content.checks.ground import Ground, fields_of, ids
from content.checks.references import STATE
from content.checks.walk import Spot
from content.problems import Problem
from content.schema.rules import (
    After,
    All,
    Before,
    Equals,
    EqualsOperand,
    Includes,
    IncludesOperand,
    Less,
    More,
    Operand,
)  # fmt: skip

COUNTED = ("number", "scale")
DATED = ("date", "decision")
GATHERED = ("choices", "list", "ranking", "commitment", "record")


def check_rules(ground: Ground) -> Iterator[Problem]:
    for spot in ground.spots:
        match spot.part:
            case Less(less=operand):
                yield from _kind(ground, spot, "less", operand, COUNTED, "pack.not-counted")
            case More(more=operand):
                yield from _kind(ground, spot, "more", operand, COUNTED, "pack.not-counted")
            case Before(before=operand):
                yield from _dates(ground, spot, "before", operand)
            case After(after=operand):
                yield from _dates(ground, spot, "after", operand)
            case Equals(equals=operand):
                yield from _option(ground, spot, "equals", "to", operand, operand.to)
            case Includes(includes=operand):
                yield from _kind(ground, spot, "includes", operand, GATHERED, "pack.not-gathered")
                yield from _option(ground, spot, "includes", "option", operand, operand.option)
            case All(all_=parts):
                yield from _never(spot, parts)
            case _:
                continue


def _looked_at(ground: Ground, spot: Spot, operand: Operand) -> Any:
    """Return the question or field that a rule looks at, where there is one by that name."""
    if operand.question is not None:
        return ground.questions.get(operand.question)
    register = ground.register(spot.register)
    return fields_of(register).get(operand.field or "") if register is not None else None


def _kind(
    ground: Ground, spot: Spot, word: str, operand: Operand, kinds: tuple[str, ...], key: str
) -> Iterator[Problem]:
    looked_at = _looked_at(ground, spot, operand)
    if looked_at is not None and looked_at.kind not in kinds:
        inside = "question" if operand.question is not None else "field"
        yield spot.problem(word, inside, key=key, rule=word, name=looked_at.id, kind=looked_at.kind)


def _dates(ground: Ground, spot: Spot, word: str, operand: Any) -> Iterator[Problem]:
    yield from _kind(ground, spot, word, operand, DATED, "pack.not-dated")
    if isinstance(operand.than, Operand):
        yield from _kind(ground, spot, word, operand.than, DATED, "pack.not-dated")


def _option(
    ground: Ground, spot: Spot, word: str, key: str, operand: EqualsOperand | IncludesOperand, option: str
) -> Iterator[Problem]:
    register = ground.register(spot.register)
    if operand.field == STATE and register is not None and STATE not in fields_of(register):
        states = ids(register.states)
        if states and option not in states:
            yield spot.problem(
                word,
                key,
                key="pack.unknown-state",
                name=option,
                register=register.id,
                meant=option,
                known=states,
            )
        return
    looked_at = _looked_at(ground, spot, operand)
    options = ground.options(looked_at)
    if options is None or option in options or getattr(looked_at, "own", False):
        return
    yield spot.problem(
        word, key, key="pack.unknown-option", name=option, question=looked_at.id, meant=option, known=options
    )


def _never(spot: Spot, parts: tuple[Any, ...]) -> Iterator[Problem]:
    """Two answers at once that can't both be given: the rule never holds."""
    first: dict[tuple[str | None, str | None], str] = {}
    for index, part in enumerate(parts):
        if isinstance(part, Equals):
            operand = part.equals
            other = first.setdefault((operand.question, operand.field), operand.to)
            if other != operand.to:
                name = operand.question or operand.field
                yield spot.problem("all", index, key="pack.never", name=name, one=other, other=operand.to)
