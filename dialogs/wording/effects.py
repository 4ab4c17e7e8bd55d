"""Turns the effects of a turn into letters: what is said, to whom, and whether it edits, answers or stands alone."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import assert_never

from content.schema.questions import RecordQuestion
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
    WroteFor,
)  # fmt: skip
from dialogs.flows.checkpoints import is_asked_privately
from dialogs.flows.periods import checkpoint_of
from dialogs.flows.phases import phase_of
from dialogs.flows.position import open_at
from dialogs.flows.rights import expected_of, leaders, leads, voters
from dialogs.letters import Aside, How, Letter, ToPerson, ToRoom
from dialogs.messages import Composer, Message, Press, words
from dialogs.model.answers import Address, Voice
from dialogs.model.checkpoint import place_of
from dialogs.values.asking import title_of
from dialogs.values.names import in_sentence
from dialogs.values.showing import record_facts
from dialogs.wording.checkpoints import closed_message, moved_message, opening_message, progress_of
from dialogs.wording.exercises import (
    began_message,
    leaders_message,
    over_message,
    pairs_message,
    phase_message,
)
from dialogs.wording.feedback import feedback_message, kept_message
from dialogs.wording.parts import part_message
from dialogs.wording.questions import (
    draft_lines,
    heard_progress,
    progress_message,
    question_message,
    settle_buttons,
    voice_buttons,
)
from dialogs.wording.records import follow_up_buttons, staying_message, told_of_record
from dialogs.wording.registers import register_warnings
from dialogs.wording.steps import ended_message, gate_message, step_message
from dialogs.wording.teller import Teller


@dataclass(frozen=True, slots=True)
class Hearing:
    """Who did it, where they speak and in which language, and what is told apart: a key for this turn."""

    actor: str
    to: ToRoom | ToPerson | Aside
    language: str
    key: str
    code: str = ""  # the secret by which an anonymous answer can be changed
    contribution: str = ""  # the contribution that this turn made
    private: bool = False  # they speak where the group doesn't hear it


def letters_for(teller: Teller, effects: Sequence[Effect], hearing: Hearing) -> list[Letter]:
    """Return the letters, in the order in which people should read them. The channel hears the journey's language."""
    letters: list[Letter] = []
    channel = ToRoom(journey=teller.journey.id)
    for number, effect in enumerate(effects):
        for to, message, how, address in _worded(teller, effect, hearing, channel):
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


def _worded(teller: Teller, effect: Effect, hearing: Hearing, channel: ToRoom) -> Iterator[_Worded]:
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
            yield hearing.to, receipt(own, effect, hearing), "note", None
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
        case FeedbackGiven(feedback=feedback):
            message = feedback_message(teller, feedback)
            if feedback.address is not None:
                yield channel, message, "thread", _thread_of(teller, feedback.address)
            else:
                yield channel, message, "note", None
            if hearing.private:
                yield hearing.to, kept_message(own, feedback), "note", None
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


def receipt(teller: Teller, effect: Receipt, hearing: Hearing) -> Message:
    """Return what whoever did it is told: it is kept, how far the group is, and what they may do next."""
    said = teller.composer()
    if effect.record:
        return _record_receipt(teller, effect, said)
    address = effect.address
    if address is None:
        return said.say(teller.say(f"receipt-{effect.what}", title="")).done()
    item = teller.journey.item(address)
    given = next((one for one in item.contributions if one.id == hearing.contribution), None)
    if given is not None and given.entered_by is not None and given.by is not None:
        name = teller.name(given.by)
        said.say(teller.say("receipt-entered", title=teller.title(address), name=name))
    else:
        said.say(teller.say(f"receipt-{effect.what}", title=teller.title(address)))
    if effect.what == "anonymous":
        return said.say(teller.say("anonymous-code", code=hearing.code)).done()
    if effect.what in ("contributed", "changed", "withdrawn", "drafted", "late"):
        if not item.done:
            heard_progress(teller, item, said)
        if not item.done and leads(teller.pack, teller.journey, hearing.actor):
            draft_lines(teller, item, said)
            settle_buttons(teller, item, said)
    if effect.what in ("contributed", "changed") and hearing.contribution:
        said.button(teller.text("button-not-this"), Press("not-this", address, hearing.contribution))
    if effect.what == "voiced" and item.round is not None:
        said.say(
            teller.say(
                "round-progress", count=len(item.round.voices), of=len(voters(teller.pack, teller.journey))
            )
        )
    return said.done()


def _record_receipt(teller: Teller, effect: Receipt, said: Composer) -> Message:
    record = teller.journey.record(effect.record)
    if record is None:
        return said.say(teller.say("receipt-record-changed", title="")).done()
    said.say(teller.say(f"receipt-{effect.what}", title=title_of(record, teller.asking)))
    if effect.what == "record-moved":
        states = teller.pack.registers[record.register].states
        state = next((teller.words(one.title) for one in states if one.id == record.state), record.state)
        return said.say(teller.say("record-is-now", state=in_sentence(state))).done()
    said.facts(record_facts(record, teller.asking)[1:])
    register_warnings(teller, record.register, said)
    if effect.address is not None:
        singular = in_sentence(teller.words(teller.pack.registers[record.register].singular))
        said.button(teller.text("button-add-another", what=singular), Press("record", effect.address))
        question = teller.question(effect.address)
        if len(teller.journey.records_in(record.register)) >= getattr(question, "at_least", 1):
            said.button(teller.text("button-enough"), Press("settle", effect.address))
    said.button(teller.text("button-change-record"), Press("change-record", None, record.id))
    follow_up_buttons(teller, record, said)
    return said.done()


def settled_message(teller: Teller, address: Address) -> Message:
    item = teller.journey.item(address)
    answer = item.answer
    said = teller.composer()
    if answer is None:
        return said.say(teller.say("answer-is")).done()
    said.say(teller.say(f"settled-{answer.how}", title=teller.title(address), name=teller.name(answer.by)))
    said.quote(words(teller.settled(item)))
    _records(teller, address, said)
    if answer.revision > 1:
        said.say(teller.say("revision-is", n=answer.revision))
    if answer.why:
        said.say(teller.say("because", why=answer.why))
    _dissent(teller, answer.dissent, said)
    picture(teller, address, said)
    return said.done()


def _records(teller: Teller, address: Address, said: Composer) -> None:
    question = teller.question(address)
    if isinstance(question, RecordQuestion):
        kept = teller.journey.records_in(question.register_)
        said.bullets(words(title_of(record, teller.asking)) for record in kept)


def _dissent(teller: Teller, dissent: tuple[Voice, ...], said: Composer) -> None:
    if dissent:
        said.say(teller.say("dissent-kept"))
        said.bullets(
            teller.say(f"voice-{voice.stance}", name=teller.name(voice.by), reason=voice.reason)
            for voice in dissent
        )


def picture(teller: Teller, address: Address, said: Composer) -> None:
    """Show what each has answered, by the question's visibility; anonymous words from three answers on."""
    question = teller.question(address)
    item = teller.journey.item(address)
    if question.who != "each" or question.visibility == "leader-and-coach":
        return
    if question.visibility == "anonymous":
        if not item.done or len(item.contributions) < 3:
            said.say(teller.say("anonymous-too-few" if item.done else "anonymous-until-closed"))
            return
        told = sorted(teller.answer(address, one.value) for one in item.contributions)
        said.bullets(words(one) for one in told)
        return
    said.bullets(
        words(f"{teller.name(one.by or '')}: {teller.answer(address, one.value)}")
        for one in item.contributions
    )


def round_message(teller: Teller, address: Address) -> Message:
    round = teller.journey.item(address).round
    said = teller.composer().heading(teller.text("round-heading", title=teller.title(address)))
    if round is None:
        return said.done()
    said.quote(words(teller.answer(address, round.value)))
    said.say(teller.say("round-how", quorum=round.quorum))
    if round.last_day is not None:
        said.say(teller.say("round-last-day", day=round.last_day))
    said.say(teller.say("round-who", names=teller.names(voters(teller.pack, teller.journey))))
    voice_buttons(teller, address, said)
    return said.done()


def round_ended(teller: Teller, address: Address, outcome: str) -> Message:
    round = teller.journey.item(address).round
    said = teller.composer().say(teller.say(f"round-{outcome}", title=teller.title(address)))
    if round is not None and outcome == "objected":
        _dissent(teller, (*round.objections, *round.concerns), said)
        said.button(teller.text("button-new-proposal"), Press("draft", address), primary=True)
        said.button(teller.text("button-despite"), Press("despite", address))
    if outcome == "no-quorum":
        said.button(teller.text("button-round"), Press("round", address))
    return said.done()
