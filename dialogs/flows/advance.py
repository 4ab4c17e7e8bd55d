"""The one move: a pack, a journey and an event make the next journey, and say what should happen."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import Literal

from content.pack import Pack, register_of
from content.schema.questions import Appoint, CommitmentQuestion, MoveRecords, Question, SetGroupState
from dialogs.effects import Appoint as AppointEffect
from dialogs.effects import Effect, GroupBecame, Relieve, SaveRecord
from dialogs.events import (
    Contributed,
    Drafted,
    Event,
    Marked,
    RecordAdded,
    RecordChanged,
    RecordMoved,
    Reopened,
    Reviewed,
    RoundClosed,
    RoundOpened,
    Settled,
    Skipped,
    StepReopened,
    StepSigned,
    Voiced,
    WentOn,
    Withdrawn,
    address_of,
)  # fmt: skip
from dialogs.flows.checks import objection_to
from dialogs.flows.consequences import effects_of, stands_still
from dialogs.flows.fold import happen
from dialogs.flows.position import current_step, gate, recounted, step_of, steps_from_entry
from dialogs.flows.proposal import is_confirmed, proposal
from dialogs.flows.rights import participants, voters
from dialogs.flows.settling import mode_of, settled_at_once
from dialogs.model.answers import Address, ConsentRound, Item, Value
from dialogs.model.journey import Journey
from dialogs.model.people import Person, PersonId
from dialogs.model.problem import Problem
from dialogs.ports import Needs
from dialogs.time import local_day


@dataclass(frozen=True, slots=True)
class Advance:
    """The journey after the event, everything that happened (the event first), and what should happen next."""

    journey: Journey
    events: tuple[Event, ...]
    effects: tuple[Effect, ...]


def advance(pack: Pack, journey: Journey, event: Event) -> Advance | Problem:
    """Let *event* happen to *journey*, or say what stands against it. The same input gives the same output.

    *journey* must hold what `needs` names for the event.
    """
    event = _completed(pack, journey, event)
    problem = objection_to(pack, journey, event)
    if problem is not None:
        return problem
    today = local_day(event.at)
    after, events = _with_follow_ups(pack, journey, event)
    after, effects = _carried_out(pack, journey, after, events)
    if not stands_still(journey, after, events):
        for step in _touched(pack, journey, after, events):
            after = recounted(pack, after, step, today=today)
    return Advance(after, tuple(events), (*effects, *effects_of(pack, journey, after, events, today=today)))


def needs(pack: Pack, journey: Journey, event: Event) -> Needs:
    """Return what `advance` has to have at hand for *event*; *journey* may be a head alone."""
    current = current_step(pack, journey)
    steps = {current} if current else set()
    questions: set[str] = set()
    registers: set[str] = set()
    addresses: set[Address] = set()
    address = address_of(event)
    if address is not None and address.question in pack.places:
        steps.add(step_of(pack, address))
        addresses.add(address)
    if address is not None and address.question in pack.places and not _leaves_answers(pack, journey, event):
        steps |= pack.readers.get(address.question, frozenset())
        questions |= set(pack.depends_on(address.question))
        question = pack.places[address.question].question
        moved = {then.move_records for then in question.then if isinstance(then, MoveRecords)}
        steps |= {step for register in moved for step in pack.register_readers.get(register, frozenset())}
        registers |= moved
        if any(isinstance(then, Appoint) for then in question.then):
            steps |= set(pack.step_of)  # whoever holds a role may be asked anywhere
    if isinstance(event, RecordAdded | RecordChanged | RecordMoved):
        steps |= pack.register_readers.get(event.register, frozenset())
        registers.add(event.register)
    if isinstance(event, StepSigned | StepReopened):
        left = (one for one in steps_from_entry(pack, journey) if one not in (event.step, *journey.signed))
        steps |= {event.step, *islice(left, 1)}
    more = Needs(questions=frozenset(questions), registers=frozenset(registers))
    return _with_reads(pack, steps, addresses) | more


def needs_to_look(pack: Pack, journey: Journey, address: Address | None) -> Needs:
    """Return what has to be at hand to say where the group stands, and where this address does."""
    current = current_step(pack, journey)
    steps = {current} if current else set()
    if address is None or address.question not in pack.places:
        return _with_reads(pack, steps, set())
    return _with_reads(pack, steps | {step_of(pack, address)}, {address})


def _with_reads(pack: Pack, steps: set[str], addresses: set[Address]) -> Needs:
    known = pack.step_of.keys() & steps
    reads = [pack.reads(step) for step in known]
    questions = (question for one in reads for question in one.questions)
    registers = (register for one in reads for register in one.registers)
    return Needs(frozenset(known), frozenset(addresses), frozenset(questions), frozenset(registers))


def _leaves_answers(pack: Pack, journey: Journey, event: Event) -> bool:
    """Whether no answer can change by *event*, as far as *journey* tells: what builds on answers isn't needed then."""
    match event:
        case Reviewed() | WentOn():
            return True
        case Contributed(address=address) | Drafted(address=address) | RoundOpened(address=address):
            question = pack.places[address.question].question
            page = journey.pages.get(step_of(pack, address))
            if page is None or page.status(address) == "skipped":
                return False  # an answer from before it was skipped would count again
            alone = question.kind == "commitment" or question.who == "each" or mode_of(question) == "direct"
            return not (alone and isinstance(event, Contributed))
        case _:
            return False


def day_came(pack: Pack, journey: Journey, at: datetime) -> Iterator[RoundClosed]:
    """Yield the end of each round in *journey* whose last day has passed."""
    for item in journey.items.values():
        last_day = item.round.last_day if item.in_round and item.round is not None else None
        if item.round is not None and last_day is not None and last_day < local_day(at):
            yield RoundClosed(by=item.round.opened_by, at=at, address=item.address)


def _completed(pack: Pack, journey: Journey, event: Event) -> Event:
    """Fill in what the event leaves to the group's own state: the proposal, the quorum, what is left open."""
    match event:
        case Settled(address=address, value=None) if address.question in pack.places:
            item = journey.item(address)
            question = pack.places[address.question].question
            if event.how == "despite-objection" and item.round is not None:
                return replace(event, value=item.round.value)
            if item.status in ("settled", "review"):
                return event  # an old button must not bring back what was proposed before
            if question.who == "each":
                return replace(event, value=len(item.contributors()) or None, how="collected")
            if question.kind == "record":
                return replace(event, value=_records_for(journey, question) or None, how="collected")
            return replace(event, value=proposal(question, item))
        case RoundOpened(address=address) if address.question in pack.places:
            value = event.value
            if value is None:
                value = proposal(pack.places[address.question].question, journey.item(address))
            return replace(event, value=value, quorum=event.quorum or len(voters(pack, journey)) // 2 + 1)
        case RoundClosed(outcome="", address=address):
            round = journey.item(address).round
            return replace(event, outcome=_outcome(round)) if round is not None else event
        case StepSigned(step=step) if step in pack.step_of:
            left = gate(pack, journey, step, today=local_day(event.at)).open
            return replace(event, left=tuple(address.key for address in left))
        case _:
            return event


def _records_for(journey: Journey, question: Question) -> int:
    """Return how many records the register of a record question has."""
    return len(journey.records_in(register_of(question) or ""))


def _outcome(round: ConsentRound) -> Literal["ratified", "objected", "no-quorum"]:
    if len(round.voices) < round.quorum:
        return "no-quorum"
    return "objected" if round.objections else "ratified"


def _with_follow_ups(pack: Pack, journey: Journey, event: Event) -> tuple[Journey, list[Event]]:
    """Let the event happen, and whatever follows from it by itself, until nothing more does."""
    waiting: list[Event] = [event]
    happened: list[Event] = []
    while waiting:
        one = waiting.pop(0)
        before, journey = journey, happen(pack, journey, one)
        happened.append(one)
        waiting.extend(_following(pack, before, journey, one))
    return journey, happened


def _following(pack: Pack, before: Journey, journey: Journey, event: Event) -> Iterator[Event]:
    match event:
        case Contributed(address=address, by=by, at=at, value=value, why=why):
            question = pack.places[address.question].question
            item = journey.item(address)
            if isinstance(question, CommitmentQuestion):
                if is_confirmed(question, item) and not before.item(address).done:
                    yield Settled(
                        by=by, at=at, address=address, value=proposal(question, item), how="collected"
                    )
            elif settled_at_once(pack, before, question, by):
                yield Settled(by=by, at=at, address=address, value=value, how="direct", why=why)
            elif question.who == "each" and not item.done and _everybody(pack, journey, item):
                yield Settled(by=by, at=at, address=address, value=len(item.contributors()), how="collected")
        case Voiced(address=address, by=by, at=at):
            round = journey.item(address).round
            if round is not None and not round.closed:
                spoken = {voice.by for voice in round.voices}
                if all(member.person.id in spoken for member in voters(pack, journey)):
                    yield RoundClosed(by=by, at=at, address=address, outcome=_outcome(round))
        case RoundClosed(address=address, by=by, at=at, outcome="ratified"):
            round = journey.item(address).round
            if round is not None:
                yield Settled(by=by, at=at, address=address, value=round.value, how="consent")
        case Withdrawn(address=address, id=id, by=by, at=at):
            if _was_the_answer(before.item(address), id):
                yield Reopened(by=by, at=at, address=address, reason="")
        case Skipped():
            yield from _marks(pack, before, journey, event, None)
        case Settled(address=address, by=by, at=at):
            yield from _marks(pack, before, journey, event, event.value)
            for then in pack.places[address.question].question.then:
                if isinstance(then, MoveRecords):
                    yield from _moves(journey, then, event)
        case _:
            return


def _everybody(pack: Pack, journey: Journey, item: Item) -> bool:
    wanted = {member.person.id for member in participants(pack, journey)}
    return wanted <= item.contributors()


def _was_the_answer(item: Item, contribution: str) -> bool:
    """Say whether the answer that stands is what this contribution gave, by itself."""
    given = next((one for one in item.contributions if one.id == contribution), None)
    answer = item.answer if item.status in ("settled", "review") else None
    return given is not None and answer is not None and answer.how == "direct" and answer.value == given.value


def _marks(
    pack: Pack, before: Journey, journey: Journey, event: Settled | Skipped, value: Value | None
) -> Iterator[Marked]:
    """Mark what builds on a changed answer for another look."""
    earlier = before.item(event.address).answer
    if earlier is None or earlier.value == value:
        return
    for question in pack.depends_on(event.address.question):
        for item in journey.items_of(question):
            if item.status == "settled" and item.address != event.address:
                yield Marked(by=event.by, at=event.at, address=item.address, because=event.address.question)


def _moves(journey: Journey, then: MoveRecords, event: Settled) -> Iterator[RecordMoved]:
    named = set(event.value) if isinstance(event.value, list) else {event.value}
    for record in journey.records_in(then.move_records):
        to = then.to if record.id in named else then.rest
        if (
            to is not None
            and record.state != to
            and (record.id in named or record.state in (*then.from_, then.to))
        ):
            yield RecordMoved(by=event.by, at=event.at, register=then.move_records, id=record.id, to=to)


def _carried_out(
    pack: Pack, before: Journey, journey: Journey, events: list[Event]
) -> tuple[Journey, tuple[Effect, ...]]:
    """Let settled answers do what their question says they do: appoint, or make the group permanent."""
    effects: list[Effect] = []
    for event in events:
        if isinstance(event, RecordAdded | RecordChanged | RecordMoved):
            record = journey.record(event.id)
            if record is not None:
                effects.append(SaveRecord(record))
        if not isinstance(event, Settled):
            continue
        for then in pack.places[event.address.question].question.then:
            if isinstance(then, Appoint):
                person = Person(PersonId(str(event.value)), journey.roster.name(str(event.value)))
                journey = replace(journey, roster=journey.roster.with_role(person, then.appoint))
                effects.append(AppointEffect(person.id, then.appoint))
                for holder in _too_many(pack, journey, then.appoint, but=person.id):
                    journey = replace(journey, roster=journey.roster.without_role(holder, then.appoint))
                    effects.append(Relieve(holder, then.appoint))
            elif (
                isinstance(then, SetGroupState)
                and then.when_answer in (None, event.value)
                and journey.group_state != then.group_state
            ):
                journey = replace(journey, group_state=then.group_state)
                effects.append(GroupBecame(then.group_state))
    return journey, tuple(effects)


def _too_many(pack: Pack, journey: Journey, role: str, *, but: PersonId) -> tuple[PersonId, ...]:
    """Return who hands the role over, so that no more hold it than may."""
    most = pack.role_of[role].at_most
    holders = [member.person.id for member in journey.roster.holders(role)]
    others = [holder for holder in holders if holder != but]
    return tuple(others[: len(holders) - most]) if most is not None and len(holders) > most else ()


def _touched(pack: Pack, before: Journey, after: Journey, events: list[Event]) -> set[str]:
    """Return the steps whose counters may have changed."""
    steps: set[str] = set()
    for event in events:
        address = address_of(event)
        if address is not None and address.question in pack.places:
            steps |= {step_of(pack, address)} | pack.readers.get(address.question, frozenset())
        if isinstance(event, RecordAdded | RecordChanged | RecordMoved):
            steps |= pack.register_readers.get(event.register, frozenset())
    if before.roster != after.roster:
        steps |= set(after.pages)
    following = current_step(pack, after)
    return (steps | ({following} if following else set())) & set(pack.step_of) & _readable(pack, after)


def _readable(pack: Pack, journey: Journey) -> set[str]:
    """Return the steps whose page was read, so that their counters can be trusted."""
    return set(journey.pages)
