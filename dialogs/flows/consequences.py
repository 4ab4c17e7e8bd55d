"""Names what should happen because of what did: who is told, what was answered, what has changed."""

from collections.abc import Iterator, Sequence
from datetime import date

from content.pack import Pack
from content.schema.questions import MoveRecords
from dialogs.effects import (
    AnswerReopened,
    AnswerSettled,
    AskPart,
    CheckpointBegan,
    CheckpointEnded,
    CheckpointShifted,
    Effect,
    ExerciseBegan,
    ExerciseIsOver,
    ExerciseStopped,
    FeedbackGiven,
    JourneyPaused,
    JourneyResumed,
    LateContribution,
    LatePart,
    MarkedForReview,
    NewPairs,
    PhaseIsOn,
    Progress,
    Receipt,
    RecordsStay,
    RoundBegan,
    RoundEnded,
    StepBegan,
    StepEnded,
    TellOfRecord,
    TellOfYes,
    WroteFor,
)  # fmt: skip
from dialogs.events import (
    CheckpointClosed,
    CheckpointEvent,
    CheckpointMoved,
    CheckpointOpened,
    Contributed,
    Drafted,
    EntryChosen,
    Event,
    ExerciseBrokenOff,
    ExerciseEnded,
    ExerciseStarted,
    Feedback,
    JourneyDisposed,
    Marked,
    PairsDrawn,
    Paused,
    PhaseBegan,
    RecordAdded,
    RecordChanged,
    RecordMoved,
    Reopened,
    Resumed,
    Reviewed,
    RoundClosed,
    RoundOpened,
    Settled,
    Skipped,
    StepReopened,
    StepSigned,
    TextDisposed,
    VersionChanged,
    Voiced,
    WentOn,
    Withdrawn,
)  # fmt: skip
from dialogs.flows.asked_next import following
from dialogs.flows.checkpoints import first_part, next_part, owing
from dialogs.flows.follow_ups import to_move
from dialogs.flows.position import open_at
from dialogs.flows.rights import leaders
from dialogs.flows.settling import settled_at_once
from dialogs.model.answers import Item
from dialogs.model.checkpoint import key_of
from dialogs.model.journey import Journey
from dialogs.model.people import PersonId

_INPUTS = Contributed | Withdrawn | Drafted | RoundOpened | Voiced


def effects_of(
    pack: Pack, before: Journey, after: Journey, events: Sequence[Event], *, today: date, moved: bool
) -> tuple[Effect, ...]:
    """Return what *events* bring with them, in the order in which people should notice it.

    *moved* says whether anything can follow: not where the group `stands_still`.
    """
    effects: list[Effect] = []
    for event in events:
        effects.extend(_of(pack, before, after, event, first=event is events[0]))
        if pack.cycle:
            effects.extend(_at_checkpoints(pack, before, after, event, today=today))
    effects.extend(_marked(events))
    effects.extend(_of_exercise(after, events[0]))
    if moved:
        effects.extend(following(pack, before, after, today=today))
    if pack.cycle:  # what is asked next comes after all that is said of what was answered
        effects.sort(key=lambda effect: isinstance(effect, AskPart))
    return tuple(effect for index, effect in enumerate(effects) if effect not in effects[:index])


def stands_still(before: Journey, after: Journey, events: Sequence[Event]) -> bool:
    """Say whether the group is where it was: only inputs came in, and no question was done or opened by them.

    Then nothing is counted anew and nothing follows: what is asked hangs on answers, records, people and steps.
    """
    if before.roster is not after.roster and before.roster != after.roster:
        return False
    return all(
        isinstance(event, Feedback)
        or (
            isinstance(event, _INPUTS)
            and _is_as_before(before.item(event.address), after.item(event.address))
        )
        for event in events
    )


def _is_as_before(earlier: Item, item: Item) -> bool:
    return (earlier.done, earlier.value, earlier.waiting) == (item.done, item.value, item.waiting)


def _of(pack: Pack, before: Journey, after: Journey, event: Event, *, first: bool) -> Iterator[Effect]:
    match event:
        case Contributed(address=address, by=by, person=person):
            item = before.item(address)
            question = pack.places[address.question].question
            at_once = settled_at_once(pack, before, question, by)
            if person is None:
                yield Receipt("anonymous", address)
            elif item.done and not at_once and question.who != "each":
                yield Receipt("late", address)
                yield LateContribution(address, by)
            elif question.kind == "commitment":
                yield Receipt("confirmed", address)
            elif not at_once:
                yield Receipt("changed" if event.replaces else "contributed", address)
            if person is not None and person != by:
                yield WroteFor(person, address, by)
            yield Progress(address)
        case Withdrawn(address=address):
            yield Receipt("withdrawn", address)
            yield Progress(address)
        case Drafted(address=address):
            yield Receipt("drafted", address)
            yield Progress(address)
        case Settled(address=address):
            answer = after.item(address).answer
            yield Progress(address)
            yield AnswerSettled(address, answer.revision if answer else 1)
            yield from _staying(pack, after, event)
        case RoundOpened(address=address):
            yield RoundBegan(address)
            yield Progress(address)
        case Voiced(address=address):
            yield Receipt("voiced", address)
            yield Progress(address)
        case RoundClosed(address=address, outcome=outcome):
            if outcome:
                yield RoundEnded(address, outcome)
                round = after.item(address).round
                asked = pack.places[address.question].question.yes is not None and round is not None
                if asked and round is not None and round.opened_by != event.by:
                    yield TellOfYes(address, round.opened_by)
            yield Progress(address)
        case Skipped(address=address):
            yield Receipt("skipped", address)
            yield Progress(address)
        case Reopened(address=address, reason=reason):
            yield AnswerReopened(address, reason)
            yield Progress(address)
        case Reviewed(address=address):
            yield Receipt("reviewed", address)
        case RecordAdded(address=address, id=id, by=by):
            yield Receipt("record-added", address, id)
            yield from _tellings(pack, after, id, by)
            if address is not None:
                yield Progress(address)
        case RecordChanged(id=id):
            if first:
                yield Receipt("record-changed", None, id)
        case RecordMoved(id=id, by=by):
            if first:
                yield Receipt("record-moved", None, id)
            yield from _tellings(pack, after, id, by)
        case StepSigned(step=step):
            yield StepEnded(step)
        case StepReopened(step=step):
            yield StepBegan(step)
        case Paused():
            yield JourneyPaused()
        case Resumed():
            yield JourneyResumed()
        case WentOn(address=address):
            yield Progress(address)
        case Feedback():
            yield FeedbackGiven(event)
        case (
            Marked()
            | CheckpointOpened()
            | CheckpointMoved()
            | CheckpointClosed()
            | VersionChanged()
            | TextDisposed()
            | JourneyDisposed()
        ):
            return
        case EntryChosen():
            return  # the step that begins is told
        case ExerciseBrokenOff(exercise=exercise) if before.exercises[exercise].earlier:
            yield from _standing_again(pack, before, exercise)
        case ExerciseStarted() | PhaseBegan() | PairsDrawn() | ExerciseEnded() | ExerciseBrokenOff():
            return  # said below, after what the earlier phase came to


def _staying(pack: Pack, after: Journey, event: Settled) -> Iterator[RecordsStay]:
    """Yield what the answer was to move and is still where it was: its new state requires something first."""
    for then in pack.places[event.address.question].question.then:
        if isinstance(then, MoveRecords):
            left: dict[str, list[str]] = {}
            for record, state in to_move(pack, after, then, event.value):
                left.setdefault(state.id, []).append(record.id)
            for to, records in left.items():
                yield RecordsStay(event.address, then.move_records, to, tuple(records))


def _tellings(pack: Pack, after: Journey, id: str, by: PersonId) -> Iterator[TellOfRecord]:
    """Yield whom the record's register tells that it has come to its state: never whoever brought it there."""
    record = after.record(id)
    if record is None:
        return
    for telling in pack.registers[record.register].tells:
        if telling.state != record.state:
            continue
        leading = [member.person.id for member in leaders(pack, after)]
        people = leading if telling.who == "leader" else [record.added_by] if record.added_by else []
        for person in people:
            if person != by:
                yield TellOfRecord(record.id, person, record.state, telling.field)


def _at_checkpoints(
    pack: Pack, before: Journey, after: Journey, event: Event, *, today: date
) -> Iterator[Effect]:
    match event:
        case CheckpointOpened():
            opened = after.open_checkpoint(_key(event))
            if opened is not None:  # else what it asks for was there already
                yield CheckpointBegan(opened)
                for person, owed in owing(pack, after, opened, today).items():
                    part = first_part(pack, owed)
                    if part is not None:
                        yield AskPart(part, person, first=True)
        case CheckpointMoved():
            was, moved = before.open_checkpoint(_key(event)), after.open_checkpoint(_key(event))
            if was is not None and moved is not None:
                yield CheckpointShifted(moved, was)
        case CheckpointClosed(how=how, note=note):
            was = before.open_checkpoint(_key(event))
            if was is not None:
                yield CheckpointEnded(was, how, note)
        case Contributed(address=address, by=by, person=person) if address.period:
            if open_at(pack, before, address) is None:
                yield LatePart(address, by)
            elif person == by and not event.replaces and not event.change:
                part = next_part(pack, after, address, by, today)
                if part is not None:
                    yield AskPart(part, by)
        case _:
            return


def _key(event: CheckpointEvent) -> str:
    return key_of(event.checkpoint, event.subject, event.period)


def _of_exercise(after: Journey, event: Event) -> Iterator[Effect]:
    match event:
        case ExerciseStarted(exercise=exercise):
            yield ExerciseBegan(exercise)
            if after.exercises[exercise].held == "channel":
                yield PhaseIsOn(exercise, after.exercises[exercise].phase)
        case PhaseBegan(exercise=exercise, phase=phase):
            yield PhaseIsOn(exercise, phase)
        case PairsDrawn(exercise=exercise):
            yield NewPairs(exercise)
        case ExerciseEnded(exercise=exercise):
            yield ExerciseIsOver(exercise)
        case ExerciseBrokenOff(exercise=exercise):
            yield ExerciseStopped(exercise)
        case _:
            return


def _standing_again(pack: Pack, before: Journey, exercise: str) -> Iterator[Progress]:
    """Yield the questions whose message has to show the earlier answer again."""
    for question in pack.exercise_of[exercise].questions:
        for item in before.items_of(question.id):
            if item.aside is not None and item.aside.done:
                yield Progress(item.address)


def _marked(events: Sequence[Event]) -> Iterator[Effect]:
    marked = [event for event in events if isinstance(event, Marked)]
    changed = next((event for event in events if isinstance(event, Settled | Skipped)), None)
    if marked and changed is not None:
        yield MarkedForReview(tuple(event.address for event in marked), changed.address)
