"""Turns the effects of a turn into letters: what is said, to whom, and whether it edits, answers or stands alone."""

from collections.abc import Callable, Iterator, Sequence
from typing import assert_never

from dialogs.effects import (
    AnswerReopened,
    AnswerSettled,
    Appoint,
    Ask,
    AskPart,
    CheckpointBegan,
    CheckpointEnded,
    CheckpointShifted,
    CycleBegan,
    Effect,
    ExerciseBegan,
    ExerciseIsOver,
    ExerciseStopped,
    FeedbackGiven,
    GroupBecame,
    JourneyEnded,
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
    Relieve,
    RoundBegan,
    RoundEnded,
    SaveRecord,
    StepBegan,
    StepEnded,
    StepReady,
    TellOfRecord,
    TellOfYes,
    WroteFor,
)  # fmt: skip
from dialogs.flows.checkpoints import is_asked_privately
from dialogs.flows.periods import checkpoint_of
from dialogs.flows.phases import phase_of
from dialogs.flows.position import open_at
from dialogs.flows.rights import expected_of, leaders
from dialogs.letters import Aside, How, Letter, ToPerson, ToRoom
from dialogs.messages import Message, Press, words
from dialogs.model.answers import Address
from dialogs.model.checkpoint import place_of
from dialogs.values.names import in_sentence
from dialogs.wording.answers import round_ended, round_message, settled_message
from dialogs.wording.checkpoints import closed_message, moved_message, opening_message, progress_of
from dialogs.wording.exercises import (
    began_message,
    leaders_message,
    over_message,
    pairs_message,
    phase_message,
    stopped_message,
)
from dialogs.wording.feedback import feedback_message, kept_message
from dialogs.wording.parts import part_message
from dialogs.wording.questions import (
    progress_message,
    question_message,
)
from dialogs.wording.receipts import Hearing, receipt
from dialogs.wording.records import staying_message, told_of_record
from dialogs.wording.steps import ended_message, gate_message, step_message
from dialogs.wording.teller import Teller
from dialogs.wording.yes import told_of_overtaken, told_of_yes


def letters_for(
    teller: Teller, effects: Sequence[Effect], hearing: Hearing, *, apart: Teller | None = None
) -> list[Letter]:
    """Return the letters, in the order in which people should read them. The channel hears the journey's language.

    *apart* words the receipt of whoever is heard where nobody else reads it.
    """
    letters: list[Letter] = []
    channel = ToRoom(journey=teller.journey.id)
    for number, effect in enumerate(effects):
        for to, message, how, address in _worded(teller, effect, hearing, channel, apart):
            letters.append(
                Letter(
                    f"{hearing.key}:{number}:{len(letters)}",
                    to,
                    message,
                    how,
                    teller.journey.id,
                    address,
                )
            )
    return letters


_Worded = tuple[ToRoom | ToPerson | Aside, Message, How, Address | None]


def _worded(
    teller: Teller, effect: Effect, hearing: Hearing, channel: ToRoom, apart: Teller | None
) -> Iterator[_Worded]:
    own = teller.in_language(hearing.language)
    match effect:
        case Ask(address=address):
            yield channel, question_message(teller, address), "question", address
            if teller.question(address).visibility != "group":
                yield from _asked_privately(teller, address)
        case Progress(address=address):
            if not is_asked_privately(teller.pack, address):
                yield channel, progress_message(teller, address), "edit", address
            open = open_at(teller.pack, teller.journey, address) if address.period else None
            if open is not None:
                yield channel, progress_of(teller, open), "edit", open.place
        case Receipt():
            yield hearing.to, receipt(apart or own, effect, hearing), "note", None
        case AnswerSettled(address=address):
            yield channel, settled_message(teller, address), "thread", _thread_of(teller, address)
            answer = teller.journey.item(address).answer
            alone = hearing.private and not teller.journey.practice
            if alone and hearing.contribution and answer is not None and answer.how == "direct":
                yield hearing.to, receipt(own, Receipt("contributed", address), hearing), "note", None
        case RoundBegan(address=address):
            yield channel, round_message(teller, address), "thread", _thread_of(teller, address)
        case RoundEnded(address=address, outcome=outcome):
            yield channel, round_ended(teller, address, outcome), "thread", _thread_of(teller, address)
        case AnswerReopened(address=address, reason="") if teller.question(address).yes is not None:
            yield channel, told_of_overtaken(teller, address), "thread", _thread_of(teller, address)
        case AnswerReopened(address=address, reason=reason):
            yield (
                channel,
                teller.message("reopened", title=teller.title(address), reason=reason)
                if reason
                else teller.message("reopened-by-withdrawing", title=teller.title(address)),
                "thread",
                _thread_of(teller, address),
            )
        case MarkedForReview(addresses=addresses, because=because):
            said = teller.composer().say(teller.say("review-needed", title=teller.title(because)))
            said.bullets(words(teller.title(one)) for one in addresses)
            for one in addresses[:5]:
                label = teller.text("button-still-holds", number=teller.number(one))
                said.button(label, Press("reviewed", one))
            yield channel, said.done(), "note", None
        case WroteFor(person=person, address=address, by=by):
            [*_, latest] = teller.journey.item(address).by(person) or [None]
            said = teller.composer().say(
                teller.say("wrote-for-you", name=teller.name(by), title=teller.title(address))
            )
            if latest is not None:
                said.quote(words(teller.answer(address, latest.value)))
                said.button(teller.text("button-withdraw"), Press("withdraw", address, latest.id))
            yield (
                ToPerson(person),
                said.say(teller.say("correct-it", number=teller.number(address))).done(),
                "note",
                None,
            )
        case LateContribution(address=address, by=by):
            said = teller.composer().say(
                teller.say("late-input", name=teller.name(by), title=teller.title(address))
            )
            said.button(teller.text("button-reopen"), Press("reopen", address))
            for leader in leaders(teller.pack, teller.journey):
                if leader.person.id != by:
                    yield ToPerson(leader.person.id), said.done(), "note", None
        case StepReady(step=step):
            yield channel, gate_message(teller, step), "note", None
        case StepBegan(step=step):
            yield channel, step_message(teller, step), "note", None
        case StepEnded(step=step):
            yield channel, ended_message(teller, step), "note", None
        case JourneyEnded():
            key = "journey-ended-cycle" if teller.pack.cycle else "journey-ended"
            method = teller.words(teller.pack.manifest.title)
            yield channel, teller.message(key, method=method), "note", None
        case CycleBegan():
            yield channel, teller.message("cycle-began"), "note", None
        case CheckpointBegan(checkpoint=open):
            yield channel, opening_message(teller, open), "question", open.place
        case CheckpointShifted(checkpoint=open, before=before):
            yield channel, progress_of(teller, open), "edit", open.place
            yield channel, moved_message(teller, open, before), "thread", open.place
        case CheckpointEnded(checkpoint=open, how=how, note=note):
            closed = closed_message(teller, open, how, note, hearing.actor)
            yield channel, closed, "edit", open.place
            yield channel, closed, "note", None
        case AskPart(address=address, person=person, first=first):
            member = teller.journey.roster.member(person)
            reader = teller.in_language((member.person.language if member else None) or teller.language)
            yield (
                ToPerson(person),
                part_message(reader, address, person, first=first),
                "note",
                address,
            )
        case LatePart(address=address, by=by):
            for leader in leaders(teller.pack, teller.journey):
                if leader.person.id != by:
                    reader = teller.in_language(leader.person.language or teller.language)
                    message = reader.message("late-part", name=reader.name(by), title=reader.title(address))
                    yield ToPerson(leader.person.id), message, "note", None
        case JourneyPaused():
            yield channel, teller.message("paused"), "note", None
        case JourneyResumed():
            yield channel, teller.message("resumed"), "note", None
        case Appoint(person=person, role=role):
            title = teller.words(teller.pack.role_of[role].title)
            yield (
                channel,
                teller.message("appointed", name=teller.name(person), role=in_sentence(title)),
                "note",
                None,
            )
        case GroupBecame(state=state):
            yield channel, teller.message(f"group-{state}"), "note", None
        case RecordsStay(address=address, register=register, to=to, records=records):
            message = staying_message(teller, register, to, records)
            yield channel, message, "thread", _thread_of(teller, address)
        case TellOfRecord(record=id, person=person):
            member = teller.journey.roster.member(person)
            reader = teller.in_language((member.person.language if member else None) or teller.language)
            record = teller.journey.record(id)
            if record is not None:
                message = told_of_record(reader, record, effect.field, hearing.actor)
                yield ToPerson(person), message, "note", None
        case TellOfYes(address=address, person=person):
            member = teller.journey.roster.member(person)
            reader = teller.in_language((member.person.language if member else None) or teller.language)
            yield ToPerson(person), told_of_yes(reader, address), "note", None
        case FeedbackGiven(feedback=feedback):
            message = feedback_message(teller, feedback)
            if feedback.address is not None:
                yield channel, message, "thread", _thread_of(teller, feedback.address)
            else:
                yield channel, message, "note", None
            if hearing.private:
                yield hearing.to, kept_message(own, feedback), "note", None
        case ExerciseStopped(exercise=exercise):
            yield channel, stopped_message(teller, teller.pack.exercise_of[exercise]), "note", None
        case ExerciseBegan() | PhaseIsOn() | NewPairs() | ExerciseIsOver():
            for whom, message in _of_exercise(teller, effect, channel):
                yield whom, message, "note", None
        case SaveRecord() | Relieve():
            return
        case _:
            assert_never(effect)


def _of_exercise(
    teller: Teller, effect: ExerciseBegan | PhaseIsOn | NewPairs | ExerciseIsOver, channel: ToRoom
) -> Iterator[tuple[ToRoom | ToPerson, Message]]:
    """Yield what the group is told of its exercise; what is for whoever leads goes to them in private."""
    exercise = teller.pack.exercise_of[effect.exercise]
    run = teller.journey.exercises[effect.exercise]
    match effect:
        case ExerciseBegan():
            yield channel, began_message(teller, exercise, run)
            yield from _to_leaders(teller, lambda reader: leaders_message(reader, exercise, None))
        case PhaseIsOn(phase=id):
            phase = phase_of(exercise, id)
            if phase is not None:
                yield channel, phase_message(teller, exercise, run, phase)
                yield from _to_leaders(teller, lambda reader: leaders_message(reader, exercise, phase))
        case NewPairs():
            yield channel, pairs_message(teller, run)
        case ExerciseIsOver():
            yield channel, over_message(teller, exercise)
        case _:
            assert_never(effect)


def _to_leaders(
    teller: Teller, words_in: Callable[[Teller], Message | None]
) -> Iterator[tuple[ToPerson, Message]]:
    for leader in leaders(teller.pack, teller.journey):
        message = words_in(teller.in_language(leader.person.language or teller.language))
        if message is not None:
            yield ToPerson(leader.person.id), message


def _thread_of(teller: Teller, address: Address) -> Address:
    """Return the message under which the group reads of the answer: the checkpoint's, of what it asks for in private."""
    if not is_asked_privately(teller.pack, address):
        return address
    about = address.subject if address.subject.startswith("record:") else ""
    return place_of(checkpoint_of(teller.pack.places[address.question]), about, address.period)


def _asked_privately(teller: Teller, address: Address) -> Iterator[_Worded]:
    question = teller.question(address)
    for member in expected_of(teller.pack, teller.journey, question, address):
        reader = teller.in_language(member.person.language or teller.language)
        yield ToPerson(member.person.id), question_message(reader, address), "note", address
