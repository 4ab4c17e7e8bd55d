"""Walks rules: which rules a part of a pack holds, and which answers and records they look at."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, assert_never

from pydantic import BaseModel

from content.schema.coverage import Coverage
from content.schema.rules import (
    After,
    All,
    Answered,
    Any_,
    AtLeast,
    AtMost,
    Before,
    Equals,
    Filled,
    Includes,
    Less,
    MeetsCriteria,
    More,
    Not,
    Operand,
    Rule,
    Tally,
)  # fmt: skip

RULES = (
    Answered,
    Filled,
    Equals,
    Includes,
    All,
    Any_,
    Not,
    Less,
    More,
    Before,
    After,
    AtLeast,
    AtMost,
    MeetsCriteria,
)


@dataclass(frozen=True, slots=True)
class Reads:
    """The questions and registers that have to be at hand."""

    questions: frozenset[str] = frozenset()
    registers: frozenset[str] = frozenset()

    def __or__(self, other: "Reads") -> "Reads":
        return Reads(self.questions | other.questions, self.registers | other.registers)


def rules_of(part: Any) -> Iterator[Rule]:
    """Yield every rule inside *part*, the outermost of each nest."""
    if isinstance(part, RULES):
        yield part
    elif isinstance(part, BaseModel):
        for name in type(part).model_fields:
            yield from rules_of(getattr(part, name))
    elif isinstance(part, tuple | list):
        for item in part:
            yield from rules_of(item)


def what_is_read(rules: Iterable[Rule], coverage: Mapping[str, Coverage]) -> Reads:
    """Return the questions and registers that *rules* look at; coverages are followed to what they count."""
    reads = Reads()
    for rule in rules:
        reads |= _read_by(rule, coverage)
    return reads


def _read_by(rule: Rule, coverage: Mapping[str, Coverage]) -> Reads:
    match rule:
        case Answered(answered=question):
            return Reads(questions=frozenset({question}))
        case Filled() | MeetsCriteria():  # of the record at hand
            return Reads()
        case Equals(equals=operand) | Includes(includes=operand) | Less(less=operand) | More(more=operand):
            return _operand(operand)
        case Before(before=operand) | After(after=operand):
            than = operand.than if isinstance(operand.than, Operand) else None
            return _operand(operand) | (_operand(than) if than else Reads())
        case All(all_=parts) | Any_(any_=parts):
            return what_is_read(parts, coverage)
        case Not(not_=part):
            return _read_by(part, coverage)
        case AtLeast(at_least=count) | AtMost(at_most=count):
            return _tally(count.of, coverage)
        case _:
            assert_never(rule)


def _operand(operand: Operand) -> Reads:
    return Reads(questions=frozenset({operand.question} if operand.question else ()))


def _tally(tally: Tally, coverage: Mapping[str, Coverage]) -> Reads:
    reads = Reads(
        questions=frozenset({tally.answers} if tally.answers else ()),
        registers=frozenset({tally.register_} if tally.register_ else ()),
    )
    if tally.where is not None:
        reads |= _read_by(tally.where, coverage)
    if tally.gaps is not None and tally.gaps in coverage:
        reads |= what_covers(coverage[tally.gaps])
    return reads


def what_covers(coverage: Coverage) -> Reads:
    """Return the question or register that the coverage counts."""
    what = coverage.what
    return Reads(
        questions=frozenset({what.answer} if what.answer else ()),
        registers=frozenset({what.register_} if what.register_ else ()),
    )
