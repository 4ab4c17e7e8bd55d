"""Checks a guide: an outcome that always holds comes last, each can come, and what it fills in is there to fill in."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, combinations, product

from content.checks.ground import Ground, ids
from content.checks.registers import filled_in
from content.checks.walk import Spot
from content.problems import Problem
from content.schema.guides import Guide, NewRecord
from content.schema.questions import ChoiceField, ChoicesField
from content.schema.rules import All, Any_, Equals, Filled, Includes, Not, Rule

MOST_TRIED = 20_000
"""Guides with more ways to answer than this aren't tried out."""

_Answers = Mapping[str, str | tuple[str, ...]]


def check_guides(ground: Ground) -> Iterator[Problem]:
    for spot in ground.spots:
        if isinstance(spot.part, Guide):
            yield from _outcomes(spot, spot.part)
        elif isinstance(spot.part, NewRecord):
            register = ground.register(spot.part.register_)
            if register is not None:
                yield from filled_in(ground, spot, register, spot.part.fields, "fields")


def _outcomes(spot: Spot, guide: Guide) -> Iterator[Problem]:
    *others, last = guide.outcomes
    if last.rule is not None:
        yield spot.problem("outcomes", len(others), "rule", key="pack.guide-without-last")
    for index, outcome in enumerate(others):
        if outcome.rule is None:
            yield spot.problem("outcomes", index, key="pack.guide-always-first", name=outcome.id)
    rules = [outcome.rule for outcome in guide.outcomes]
    came = _that_came(guide, rules) if all(others_rule is not None for others_rule in rules[:-1]) else None
    for index, outcome in enumerate(guide.outcomes):
        if came is not None and index not in came:
            yield spot.problem("outcomes", index, key="pack.guide-never", name=outcome.id)


def _that_came(guide: Guide, rules: Sequence[Rule | None]) -> set[int] | None:
    """Return which outcomes come of some way to answer; None where that can't be tried."""
    looked_at = {name for rule in rules if rule is not None for name in _fields(rule)}
    ways: dict[str, list[str | tuple[str, ...]]] = {}
    for question in guide.questions:
        if question.id not in looked_at:
            continue
        if not isinstance(question, ChoiceField | ChoicesField) or question.options_from or question.own:
            return None
        options = ids(question.options)
        if isinstance(question, ChoiceField):
            ways[question.id] = [*options, *(() if question.required else ("",))]
        elif len(options) <= 12:
            sizes = range(question.at_least if question.required else 0, len(options) + 1)
            ways[question.id] = list(chain.from_iterable(combinations(options, size) for size in sizes))
        else:
            return None
    tried = 1
    for way in ways.values():
        tried *= len(way)
    if looked_at - set(ways) or tried > MOST_TRIED:
        return None  # another check tells of an unknown name, or a rule looks at more than the answers
    came = set()
    for values in product(*ways.values()):
        answers = dict(zip(ways, values, strict=True))
        came.add(next((n for n, rule in enumerate(rules) if rule is None or _holds(rule, answers)), -1))
    return came


def _fields(rule: Rule) -> Iterator[str]:
    match rule:
        case Filled(filled=field):
            yield field
        case Equals(equals=operand) | Includes(includes=operand):
            yield operand.field or "?"
        case All(all_=parts) | Any_(any_=parts):
            yield from chain.from_iterable(map(_fields, parts))
        case Not(not_=part):
            yield from _fields(part)
        case _:
            yield "?"  # what can't be tried out


def _holds(rule: Rule, answers: _Answers) -> bool:
    match rule:
        case Filled(filled=field):
            return bool(answers[field])
        case Equals(equals=operand):
            return answers[operand.field or ""] == operand.to
        case Includes(includes=operand):
            return operand.option in answers[operand.field or ""]
        case All(all_=parts):
            return all(_holds(part, answers) for part in parts)
        case Any_(any_=parts):
            return any(_holds(part, answers) for part in parts)
        case Not(not_=part):
            return not _holds(part, answers)
        case _:
            return False
