"""The group's yes to something that is offered about a record: who may ask for it, what is lacking first, what it writes."""

from collections.abc import Iterator, Mapping
from typing import Literal

from content.pack import Pack
from content.schema.questions import Question, WriteInRecord
from content.schema.rules import All, Any_, Filled, Rule
from dialogs.events import Event, RecordChanged, Reopened, RoundClosed, Settled
from dialogs.flows.facts import Facts, holds, records_where
from dialogs.flows.prolonging import goes_on
from dialogs.flows.rights import may
from dialogs.model.answers import Address, ConsentRound, Item, Value
from dialogs.model.journey import Journey
from dialogs.model.problem import Problem
from dialogs.model.records import Record
from dialogs.time import local_day

Stands = Literal["unasked", "waiting", "yes", "no", "no-quorum", "overtaken"]


def record_at(journey: Journey, address: Address) -> Record | None:
    kind, _, id = address.subject.partition(":")
    return journey.record(id) if kind == "record" else None


def addresses_about(pack: Pack, journey: Journey, record: Record, facts: Facts) -> Iterator[Address]:
    """Yield where the group's yes is asked for about the record, as things stand; and where it has been asked for."""
    for name in pack.yes_about.get(record.register, ()):
        address = Address(name, f"record:{record.id}")
        each = pack.places[name].question.for_each
        there = records_where(record.register, each.where if each is not None else None, facts)
        if any(one.id == record.id for one in there) or journey.item(address).round is not None:
            yield address


def may_ask(pack: Pack, journey: Journey, question: Question, person: str) -> bool:
    """Say whether *person* may ask the group: whoever settles answers, and the roles that the question names."""
    member = journey.roster.member(person)
    named = set(question.yes.asked_by) if question.yes is not None else set()
    held = {*member.roles, *member.deputy_for} if member is not None else set()
    return may(pack, journey, person, "settle") or bool(named & held)


def against_asking(pack: Pack, journey: Journey, address: Address, facts: Facts) -> Problem | None:
    """Return what the record lacks before the group can be asked about it."""
    question, record = pack.places[address.question].question, record_at(journey, address)
    if question.yes is None or record is None:
        return None
    about = facts.about(record)
    lacking = next((one for one in question.yes.must if not holds(one.rule, about)), None)
    return Problem("must-first", {"what": lacking.say.said_in(journey.language)}) if lacking else None


def stands(question: Question, item: Item, record: Record) -> Stands:
    """Say where the group's yes stands. A yes that was entered by hand, before groups were asked, counts."""
    if item.in_round:
        return "waiting"
    if item.round is not None and item.round.closed == "objected":
        return "no"
    if item.answer is not None and item.reopened is None:
        return "yes"
    if item.round is not None and item.round.closed == "no-quorum":
        return "no-quorum"
    proposed = question.yes.proposes if question.yes is not None else ""
    fields = [then.set_field for then in question.then if isinstance(then, WriteInRecord)]
    if any(record.fields.get(one) == proposed for one in fields):
        return "yes"
    return "overtaken" if item.reopened is not None else "unasked"


def overtaken(pack: Pack, before: Journey, journey: Journey, changed: RecordChanged) -> Iterator[Event]:
    """Yield what takes the group's yes back, or breaks its round off: something else is offered than it was asked about.

    What the record must have before the group is asked, is what it says yes to. A day that is moved earlier is less of it.
    """
    was, record = before.record(changed.id), journey.record(changed.id)
    if was is None or record is None:
        return
    by, at = changed.by, changed.at
    for name in pack.yes_about.get(record.register, ()):
        question, address = pack.places[name].question, Address(name, f"record:{record.id}")
        item = journey.item(address)
        if not any(_is_more(pack, was, record, field) for field in _asked_about(question)):
            continue
        if item.in_round:
            yield RoundClosed(by=by, at=at, address=address, outcome="withdrawn")
        if item.done:
            yield Reopened(by=by, at=at, address=address, reason="")
        proposed = question.yes.proposes if question.yes is not None else None
        said = [then.set_field for then in question.then if isinstance(then, WriteInRecord)]
        cleared: dict[str, Value] = {one: "" for one in said if record.fields.get(one) == proposed}
        if cleared:
            yield RecordChanged(by=by, at=at, register=record.register, id=record.id, fields=cleared)


def _asked_about(question: Question) -> Iterator[str]:
    """Yield the fields that the group's yes is about."""
    must = question.yes.must if question.yes is not None else ()
    return _filled(tuple(one.rule for one in must))


def _filled(rules: tuple[Rule, ...]) -> Iterator[str]:
    for rule in rules:
        match rule:
            case Filled(filled=field):
                yield field
            case All(all_=parts) | Any_(any_=parts):
                yield from _filled(parts)
            case _:
                continue


def _is_more(pack: Pack, was: Record, record: Record, field: str) -> bool:
    """Say whether the field holds something else than what stood there; of a day, a later one or none."""
    before, now = was.fields.get(field) or None, record.fields.get(field) or None
    kind = next((one.kind for one in pack.registers[record.register].fields if one.id == field), "")
    return goes_on(before, now) if kind == "date" else before is not None and before != now


def writes(pack: Pack, journey: Journey, event: Settled | RoundClosed) -> Iterator[Event]:
    """Yield what the answer, or an objection to what was proposed, writes in the record that it is about."""
    record = record_at(journey, event.address)
    if record is None:
        return
    for then in pack.places[event.address.question].question.then:
        if not isinstance(then, WriteInRecord):
            continue
        fields: dict[str, Value] = {}
        if isinstance(event, Settled):
            fields = {then.set_field: event.value, **({then.reason: ""} if then.reason else {})}
        elif event.outcome == "objected" and then.refused is not None:
            fields = {then.set_field: then.refused}
            round = journey.item(event.address).round
            if then.reason is not None and round is not None:
                fields[then.reason] = _reasons(round)
        changes = {name: value for name, value in fields.items() if (record.fields.get(name) or "") != value}
        if changes:
            yield RecordChanged(
                by=event.by, at=event.at, register=record.register, id=record.id, fields=changes
            )


def by_hand(pack: Pack, register: str, fields: Mapping[str, Value], before: Mapping[str, Value]) -> bool:
    """Say whether somebody would write by hand what only the group's answer writes."""
    kept = pack.written_by_answers.get(register, frozenset()) & fields.keys()
    return any((fields[name] or None) != (before.get(name) or None) for name in kept)


def _reasons(round: ConsentRound) -> str:
    """Return when somebody objected and why. Who it was stands in the round alone, where people can be erased."""
    return "\n".join(f"{local_day(one.at)}: {one.reason}" for one in round.objections)
