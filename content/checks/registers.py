"""Checks what only registers have: records that are there to adopt fit the fields that they fill."""

from collections.abc import Iterator, Mapping
from typing import Any

from content.checks.ground import Ground, fields_of, ids
from content.checks.references import STATE
from content.checks.walk import Spot
from content.problems import Problem
from content.schema.files import (
    BegunFrom,
    Paragraph,
    Prolonging,
    Register,
    Requirement,
    Sharing,
    Telling,
    WebList,
)
from content.schema.questions import ChoiceSpec, ChoicesSpec, PersonSpec, ReferenceSpec
from content.schema.rules import Answered, MeetsCriteria, Operand, Tally


def check_registers(ground: Ground) -> Iterator[Problem]:
    for spot in ground.spots:
        yield from _criteria(ground, spot)
        yield from _states(ground, spot)
        yield from _prolonging(ground, spot)
        yield from _web(ground, spot)
        yield from _sharing(ground, spot)
        yield from _lent(ground, spot)
        yield from _queue(ground, spot)
        yield from _seen_by(ground, spot)
        yield from _begun_from(ground, spot)
        if not isinstance(spot.part, Register):
            continue
        register = ground.register(spot.register)
        if register is None:
            continue
        for index, field in enumerate(spot.part.fields):
            if field.id == STATE:
                yield spot.problem("fields", index, "id", key="pack.field-called-state")
        for index, ready in enumerate(spot.part.ready_made):
            yield from filled_in(ground, spot, register, ready.fields, "ready-made", index, "fields")


def filled_in(
    ground: Ground, spot: Spot, register: Register, filled: Mapping[str, Any], *inside: str | int
) -> Iterator[Problem]:
    """Yield what is wrong with fields of a register that a pack fills in: unknown ones, options that aren't there."""
    fields = fields_of(register)
    for name, value in filled.items():
        if name not in fields:
            yield spot.problem(
                *inside, name, key="pack.unknown-field",
                name=name, register=register.id, meant=name, known=tuple(fields),
            )  # fmt: skip
            continue
        spec = fields[name]
        options = ground.options(spec)
        if options is None or not isinstance(spec, ChoiceSpec | ChoicesSpec) or spec.own:
            continue
        for chosen in (value,) if isinstance(value, str) else value if isinstance(value, tuple) else ():
            if chosen not in options:
                yield spot.problem(
                    *inside, name, key="pack.unknown-option",
                    name=chosen, question=name, meant=chosen, known=options,
                )  # fmt: skip


def _states(ground: Ground, spot: Spot) -> Iterator[Problem]:
    """What a register requires of moves, and what it tells of, is about its own states."""
    register = ground.register(spot.register)
    named: tuple[tuple[tuple[str | int, ...], str], ...] = ()
    if isinstance(spot.part, Requirement):
        named = tuple((("to", index), state) for index, state in enumerate(spot.part.to))
    elif isinstance(spot.part, Prolonging):
        named = tuple((("in", index), state) for index, state in enumerate(spot.part.in_))
    elif isinstance(spot.part, Telling):
        named = ((("state",), spot.part.state),)
    known = ids(register.states) if register is not None else ()
    for inside, state in named:
        if register is not None and state not in known:
            yield spot.problem(
                *inside, key="pack.unknown-state", name=state, register=register.id, meant=state, known=known
            )


def _prolonging(ground: Ground, spot: Spot) -> Iterator[Problem]:
    register = ground.register(spot.register)
    if not isinstance(spot.part, Prolonging) or register is None:
        return
    field = fields_of(register).get(spot.part.date)
    if field is None or getattr(field, "kind", "") != "date":
        yield no_date(spot, register, spot.part.date, "date")


def no_date(spot: Spot, register: Register, name: str, *inside: str) -> Problem:
    """Return that the register has no date field of that name."""
    known = tuple(one.id for one in register.fields if one.kind == "date")
    return spot.problem(
        *inside, key="pack.no-date-field", name=name, register=register.id, meant=name, known=known
    )


def _web(ground: Ground, spot: Spot) -> Iterator[Problem]:
    """The list for the web site goes by an option that there is, and names its entries."""
    register = ground.register(spot.register)
    if not isinstance(spot.part, WebList) or register is None:
        return
    fields = fields_of(register)
    field = fields.get(spot.part.field)
    options = ground.options(field) if isinstance(field, ChoiceSpec) else None
    if options is not None and spot.part.is_ not in options:
        yield spot.problem(
            "is", key="pack.unknown-option",
            name=spot.part.is_, question=spot.part.field, meant=spot.part.is_, known=options,
        )  # fmt: skip
    title = fields.get(register.title_field)
    if title is not None and not title.public:
        yield spot.problem(key="pack.web-title-not-public", name=register.title_field)


def _queue(ground: Ground, spot: Spot) -> Iterator[Problem]:
    """What the queue tells the kind by is one of its choice fields."""
    register = ground.register(spot.register)
    if not isinstance(spot.part, Register) or register is None or spot.part.queue_kind is None:
        return
    kinds = [field.id for field in register.fields if isinstance(field, ChoiceSpec)]
    if spot.part.queue_kind not in kinds:
        yield spot.problem(
            "queue_kind", key="pack.unknown-option",
            name=spot.part.queue_kind, question=register.id, meant=spot.part.queue_kind, known=tuple(kinds),
        )  # fmt: skip


def _seen_by(ground: Ground, spot: Spot) -> Iterator[Problem]:
    """Who sees a field is named in a field of people, here or in the record that a reference leads to; and it goes nowhere."""
    register = ground.register(spot.register)
    if not isinstance(spot.part, Register) or register is None:
        return
    fields = fields_of(register)
    for index, field in enumerate(spot.part.fields):
        if field.seen_by is None:
            continue
        named, of = field.seen_by.field, field.seen_by.of
        link = fields.get(of) if of is not None else None
        there = fields
        if of is not None:
            other = ground.register(link.register_) if isinstance(link, ReferenceSpec) else None
            there = fields_of(other) if other is not None else {}
        people = [name for name, one in there.items() if _names_people(one)]
        if named not in people:
            yield spot.problem(
                "fields", index, "seen-by", key="pack.unknown-field",
                name=named, register=register.id, meant=named, known=tuple(people),
            )  # fmt: skip
        if field.shared or field.public or field.required or field.id == register.title_field:
            yield spot.problem("fields", index, "seen-by", key="pack.seen-by-some", name=field.id)


def _names_people(field: object) -> bool:
    of_members = (
        isinstance(field, ChoicesSpec) and field.options_from is not None and field.options_from.members
    )
    return isinstance(field, PersonSpec) or bool(of_members)


def _sharing(ground: Ground, spot: Spot) -> Iterator[Problem]:
    """What is shared is the group's own, goes by options that there are, and has a name to be shown by."""
    register = ground.register(spot.register)
    if not isinstance(spot.part, Sharing) or register is None:
        return
    fields = fields_of(register)
    field = fields.get(spot.part.field)
    options = ground.options(field) if isinstance(field, ChoiceSpec) else None
    for name, chosen in (("organisation", spot.part.organisation), ("everybody", spot.part.everybody)):
        if options is not None and chosen not in options:
            yield spot.problem(
                name, key="pack.unknown-option",
                name=chosen, question=spot.part.field, meant=chosen, known=options,
            )  # fmt: skip
    if register.scope != "group":
        yield spot.problem(key="pack.sharing-not-the-groups", name=register.id)
    title = fields.get(register.title_field)
    if title is not None and not title.shared:
        yield spot.problem(key="pack.sharing-title", name=register.title_field)


def _lent(ground: Ground, spot: Spot) -> Iterator[Problem]:
    """A document shows what others share of a register whose records can be shared."""
    if not isinstance(spot.part, Paragraph) or not spot.part.shared:
        return
    register = ground.register(spot.part.register_)
    if spot.part.register_ is None or (register is not None and register.sharing is None):
        yield spot.problem("shared", key="pack.shared-of-nothing")


def _begun_from(ground: Ground, spot: Spot) -> Iterator[Problem]:
    """What is begun from another record is added at once: what it must have comes along, and is there to come."""
    register = ground.register(spot.register)
    if not isinstance(spot.part, BegunFrom) or register is None:
        return
    other = ground.register(spot.part.register_)
    always = {field.id for field in other.fields if field.required} if other is not None else set()
    for field in register.fields:
        if other is not None and field.required and spot.part.fields.get(field.id) not in always:
            yield spot.problem("fields", key="pack.begun-without", name=field.id, register=other.id)


def _criteria(ground: Ground, spot: Spot) -> Iterator[Problem]:
    """A criterion, and what chooses an effort, look at their own record; and a rule about criteria at a record that has some."""
    in_criterion = spot.path[:1] == ("criteria",) or spot.path[:2] == ("effort", "chosen")
    match spot.part:
        case MeetsCriteria():
            register = ground.register(spot.register)
            if in_criterion:
                yield spot.problem("criteria", key="pack.criteria-in-criterion")
            elif spot.register is None:
                yield spot.problem("criteria", key="pack.no-record", name="criteria")
            elif register is not None and not register.criteria:
                yield spot.problem("criteria", key="pack.no-criteria", name=register.id)
        case Operand(question=str(name)) if in_criterion:
            yield spot.problem("question", key="pack.criterion-reads-question", name=name)
        case Answered(answered=name) if in_criterion:
            yield spot.problem("answered", key="pack.criterion-reads-question", name=name)
        case Tally() if in_criterion:
            yield spot.problem(key="pack.criterion-counts")
        case _:
            return
