"""What follows from an event by itself: a fact is settled, a round is over, what builds on an answer is marked."""

from collections.abc import Iterator
from datetime import datetime

from content.pack import Pack
from content.schema.files import State
from content.schema.questions import CommitmentQuestion, MoveRecords
from dialogs.events import (
    Contributed,
    Event,
    ExerciseEnded,
    Marked,
    PhaseBegan,
    RecordChanged,
    RecordMoved,
    Reopened,
    RoundClosed,
    Settled,
    Skipped,
    Voiced,
    Withdrawn,
)  # fmt: skip
from dialogs.flows.decisions import waits_for
from dialogs.flows.exercises import closing_events
from dialogs.flows.facts import Facts
from dialogs.flows.position import open_at
from dialogs.flows.proposal import is_confirmed, proposal
from dialogs.flows.rights import leaders, participants, voters
from dialogs.flows.settling import outcome_of, settled_at_once
from dialogs.flows.shortfall import against_move
from dialogs.flows.yes import overtaken, writes
from dialogs.model.answers import ConsentRound, Item, Value
from dialogs.model.journey import Journey
from dialogs.model.records import Record
from dialogs.time import local_day


def following_events(pack: Pack, before: Journey, journey: Journey, event: Event) -> Iterator[Event]:
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
            if round is not None and not round.closed and _all_spoken(pack, journey, round):
                yield RoundClosed(by=by, at=at, address=address, outcome=outcome_of(pack, journey, round))
        case RoundClosed(outcome="objected"):
            yield from writes(pack, journey, event)
        case RoundClosed(address=address, by=by, at=at, outcome="ratified"):
            round = journey.item(address).round
            if round is not None:
                yield Settled(by=by, at=at, address=address, value=round.value, how="consent")
        case Withdrawn(address=address, id=id, by=by, at=at):
            if _was_the_answer(before.item(address), id):
                yield Reopened(by=by, at=at, address=address, reason="")
        case PhaseBegan() | ExerciseEnded():
            yield from closing_events(pack, before, journey, event)
        case Skipped():
            yield from _marks(pack, before, journey, event, None)
        case Settled(address=address, by=by, at=at):
            yield from _marks(pack, before, journey, event, event.value)
            yield from writes(pack, journey, event)
            for then in pack.places[address.question].question.then:
                if isinstance(then, MoveRecords):
                    yield from _moves(pack, journey, then, event)
        case RecordChanged():
            yield from overtaken(pack, before, journey, event)
        case _:
            return


def after_people_changed(pack: Pack, before: Journey, journey: Journey, *, at: datetime) -> Iterator[Event]:
    """Yield the end of what waited only for people who aren't waited for any more: rounds, and collected pictures.

    *before* is the journey with the roster as it was. Both are whole.
    """
    by = next((member.person.id for member in leaders(pack, journey)), journey.starter)
    for item in journey.items.values():
        round = item.round if item.in_round else None
        if round is not None:
            if _all_spoken(pack, journey, round) and not _all_spoken(pack, before, round):
                yield RoundClosed(
                    by=by, at=at, address=item.address, outcome=outcome_of(pack, journey, round)
                )
            continue
        each = pack.places[item.address.question].question.who == "each"
        if each and not item.done and _everybody(pack, journey, item) and not _everybody(pack, before, item):
            count = len(item.contributors())
            yield Settled(by=by, at=at, address=item.address, value=count or None, how="collected")


def _all_spoken(pack: Pack, journey: Journey, round: ConsentRound) -> bool:
    spoken = {voice.by for voice in round.voices}
    return all(member.person.id in spoken for member in voters(pack, journey))


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
    was = before.item(event.address)
    earlier = was.answer or (was.aside.answer if was.aside is not None else None)
    if earlier is None or earlier.value == value:
        return
    for question in pack.depends_on(event.address.question):
        for item in journey.items_of(question):
            of_now = item.address.period == event.address.period or not event.address.period
            if item.status == "settled" and item.address != event.address and of_now:
                if item.address.period and open_at(pack, journey, item.address) is None:
                    continue  # a year that is over stays as it was
                yield Marked(by=event.by, at=event.at, address=item.address, because=event.address.question)


def _moves(pack: Pack, journey: Journey, then: MoveRecords, event: Settled) -> Iterator[RecordMoved]:
    """Move what the answer moves. A record that its new state requires more of stays where it is."""
    today = local_day(event.at)
    facts = Facts(pack, journey, today)
    for record, state in to_move(pack, journey, then, event.value):
        waits = waits_for(pack, journey, record, state.id, today, by=event.by)
        if not against_move(record, state, facts) and waits is None:
            yield RecordMoved(by=event.by, at=event.at, register=then.move_records, id=record.id, to=state.id)


def to_move(
    pack: Pack, journey: Journey, then: MoveRecords, value: Value | None
) -> Iterator[tuple[Record, State]]:
    """Yield the records that the answer moves and that aren't there yet, each with the state it is to have."""
    states = {state.id: state for state in pack.registers[then.move_records].states}
    named = set(value) if isinstance(value, list) else {value}
    for record in journey.records_in(then.move_records):
        to = then.to if record.id in named else then.rest
        moves = record.id in named or record.state in (*then.from_, then.to)
        if to is not None and record.state != to and moves:
            yield record, states[to]
