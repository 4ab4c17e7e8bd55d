"""Says what a record has yet to meet: its register's criteria, the fields that must be filled in, the way to a state."""

from collections.abc import Iterable, Iterator
from typing import assert_never

from content.pack import Pack
from content.schema.files import Criterion, State
from content.schema.questions import RegisterField
from content.schema.rules import (
    After,
    All,
    Answered,
    Any_,
    AtLeast,
    AtMost,
    Before,
    Condition,
    Equals,
    Filled,
    Includes,
    Less,
    MeetsCriteria,
    More,
    Not,
    Rule,
)  # fmt: skip
from dialogs.flows.facts import Facts, holds
from dialogs.model.records import Record


def unmet(pack: Pack, record: Record, facts: Facts) -> tuple[Criterion, ...]:
    """Return the criteria of the record's register that it doesn't meet."""
    about = facts.about(record)
    return tuple(one for one in pack.registers[record.register].criteria if not holds(one.rule, about))


def empty_and_required(pack: Pack, record: Record) -> tuple[RegisterField, ...]:
    """Return the fields that must be filled in and aren't."""
    fields = pack.registers[record.register].fields
    return tuple(field for field in fields if field.required and is_empty(record, field.id))


def against_move(record: Record, state: State, facts: Facts) -> tuple[Condition, ...]:
    """Return what the state requires and isn't there."""
    about = facts.about(record)
    required = facts.pack.registers[record.register].requires
    conditions = (*state.must, *(one for one in required if state.id in one.to))
    return tuple(one for one in conditions if not holds(one.rule, about))


def criteria_against(
    pack: Pack, record: Record, lacking: Iterable[Condition], facts: Facts
) -> tuple[Criterion, ...]:
    """Return the criteria that are why a condition on criteria isn't met."""
    asked = {rule.criteria for one in lacking for rule in _parts(one.rule) if isinstance(rule, MeetsCriteria)}
    return tuple(one for one in unmet(pack, record, facts) if "all" in asked or one.level in asked)


def lacks_something(pack: Pack, record: Record, facts: Facts) -> bool:
    """Say whether a required field is empty or a criterion that must be met isn't."""
    return bool(empty_and_required(pack, record)) or any(
        one.level == "must" for one in unmet(pack, record, facts)
    )


def to_fill_in(pack: Pack, record: Record, rule: Rule) -> tuple[RegisterField, ...]:
    """Return the empty fields that *rule* looks at, in the register's order: where to write, to meet it."""
    looked_at = set(_fields(rule))
    fields = pack.registers[record.register].fields
    return tuple(field for field in fields if field.id in looked_at and is_empty(record, field.id))


def is_empty(record: Record, field: str) -> bool:
    return record.fields.get(field) in (None, "", [], {})


def _parts(rule: Rule) -> Iterator[Rule]:
    yield rule
    if isinstance(rule, All | Any_):
        for part in rule.all_ if isinstance(rule, All) else rule.any_:
            yield from _parts(part)


def _fields(rule: Rule) -> Iterator[str]:
    match rule:
        case Filled(filled=field):
            yield field
        case Equals(equals=operand) | Includes(includes=operand) | Less(less=operand) | More(more=operand):
            yield operand.field or ""
        case Before(before=operand) | After(after=operand):
            yield operand.field or ""
        case All(all_=parts) | Any_(any_=parts):
            for part in parts:
                yield from _fields(part)
        case Not() | Answered() | AtLeast() | AtMost() | MeetsCriteria():
            return
        case _:
            assert_never(rule)
