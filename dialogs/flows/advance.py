"""The one move: a pack, a journey and an event make the next journey, and say what should happen."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from content.pack import Pack
from content.schema.questions import Appoint, SetGroupState
from dialogs.effects import Appoint as AppointEffect
from dialogs.effects import Effect, GroupBecame, Relieve, SaveRecord
from dialogs.events import (
    EXERCISE_EVENTS,
    Event,
    ExerciseBrokenOff,
    ExerciseEnded,
    ExerciseStarted,
    PairsDrawn,
    PhaseBegan,
    RecordAdded,
    RecordChanged,
    RecordMoved,
    RoundClosed,
    RoundOpened,
    Settled,
    StepSigned,
    address_of,
)  # fmt: skip
from dialogs.flows.checkpoints import closes, is_done
from dialogs.flows.checks import objection_to
from dialogs.flows.closing import what_settles
from dialogs.flows.consequences import effects_of, stands_still
from dialogs.flows.exercises import completed
from dialogs.flows.fold import happen
from dialogs.flows.follow_ups import following_events
from dialogs.flows.position import current_step, gate, recounted, step_of
from dialogs.flows.proposal import proposal
from dialogs.flows.rights import majority
from dialogs.flows.settling import outcome_of
from dialogs.model.changed import changed
from dialogs.model.journey import Journey
from dialogs.model.people import Person, PersonId
from dialogs.model.problem import Problem
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
    if after.checkpoints:
        after = _with_closed(pack, after, events, today=today)
    after, effects = _carried_out(pack, journey, after, events)
    moved = not stands_still(journey, after, events)
    if moved:
        for step in _touched(pack, journey, after, events):
            after = recounted(pack, after, step, today=today)
    follow = effects_of(pack, journey, after, events, today=today, moved=moved)
    return Advance(after, tuple(events), (*effects, *follow))


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
            value, how = what_settles(pack, journey, question, item)
            return replace(event, value=value, how=how or event.how)
        case RoundOpened(address=address) if address.question in pack.places:
            value = event.value
            if value is None:
                question = pack.places[address.question].question
                asked = question.yes.proposes if question.yes is not None else None
                value = asked or proposal(question, journey.item(address))
            return replace(event, value=value, quorum=event.quorum or majority(pack, journey))
        case RoundClosed(outcome="", address=address):
            round = journey.item(address).round
            return replace(event, outcome=outcome_of(pack, journey, round)) if round is not None else event
        case ExerciseStarted() | PhaseBegan() | PairsDrawn() | ExerciseEnded() | ExerciseBrokenOff():
            return completed(pack, journey, event)
        case StepSigned(step=step) if step in pack.step_of:
            left = gate(pack, journey, step, today=local_day(event.at)).open
            return replace(event, left=tuple(address.key for address in left))
        case _:
            return event


def _with_follow_ups(pack: Pack, journey: Journey, event: Event) -> tuple[Journey, list[Event]]:
    """Let the event happen, and whatever follows from it by itself, until nothing more does."""
    waiting: list[Event] = [event]
    happened: list[Event] = []
    while waiting:
        one = waiting.pop(0)
        before, journey = journey, happen(pack, journey, one)
        happened.append(one)
        waiting.extend(following_events(pack, before, journey, one))
    return journey, happened


def _with_closed(pack: Pack, journey: Journey, events: list[Event], *, today: date) -> Journey:
    """Close each checkpoint that is done by what happened."""
    by, at = events[0].by, events[0].at
    for one in journey.checkpoints:
        if is_done(pack, journey, one, today):
            events.append(closes(one, "done", by=by, at=at))
            journey = happen(pack, journey, events[-1])
    return journey


def _carried_out(
    pack: Pack, before: Journey, journey: Journey, events: list[Event]
) -> tuple[Journey, tuple[Effect, ...]]:
    """Let settled answers do what their question says they do: appoint, or make the group permanent."""
    effects: list[Effect] = []
    for event in events:
        if isinstance(event, RecordAdded | RecordChanged | RecordMoved):
            record = journey.record(event.id)  # once, as it is in the end, however often it was changed
            if record is not None and SaveRecord(record) not in effects:
                effects.append(SaveRecord(record))
        if not isinstance(event, Settled):
            continue
        for then in pack.places[event.address.question].question.then:
            if isinstance(then, Appoint):
                if journey.roster.member(str(event.value)) is None:
                    continue  # they left while the group consented
                person = Person(PersonId(str(event.value)), journey.roster.name(str(event.value)))
                journey = changed(journey, roster=journey.roster.with_role(person, then.appoint))
                effects.append(AppointEffect(person.id, then.appoint))
                for holder in _too_many(pack, journey, then.appoint, but=person.id):
                    journey = changed(journey, roster=journey.roster.without_role(holder, then.appoint))
                    effects.append(Relieve(holder, then.appoint))
            elif (
                isinstance(then, SetGroupState)
                and then.when_answer in (None, event.value)
                and journey.group_state != then.group_state
            ):
                journey = changed(journey, group_state=then.group_state)
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
        if isinstance(event, EXERCISE_EVENTS):
            steps.add(pack.step_of_exercise[event.exercise])
            for question in pack.exercise_of[event.exercise].questions:  # what was answered may lie aside now
                steps |= pack.readers.get(question.id, frozenset())
    if before.roster != after.roster:
        steps |= set(after.pages)
    following = current_step(pack, after)
    return (steps | ({following} if following else set())) & set(pack.step_of) & _readable(pack, after)


def _readable(pack: Pack, journey: Journey) -> set[str]:
    """Return the steps whose page was read, so that their counters can be trusted."""
    return set(journey.pages)
