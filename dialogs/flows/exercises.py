"""An exercise in a journey: what stands against a move of it, what follows from one, and who hasn't been heard."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from content.pack import Pack, register_of
from content.rules import rules_of, what_is_read
from content.schema.exercises import Exercise
from dialogs.events import (
    Event,
    ExerciseBrokenOff,
    ExerciseEnded,
    ExerciseEvent,
    ExerciseStarted,
    PairsDrawn,
    PhaseBegan,
    Settled,
    WentOn,
)
from dialogs.flows.closing import what_settles
from dialogs.flows.facts import Facts, holds
from dialogs.flows.pairs import drawn
from dialogs.flows.phases import has_begun, phase_after, running
from dialogs.flows.position import asked, current_step
from dialogs.flows.rights import leads, participants
from dialogs.flows.settling import mode_of
from dialogs.model.answers import Address
from dialogs.model.exercise import ExerciseRun
from dialogs.model.journey import Journey
from dialogs.model.people import Member
from dialogs.model.problem import Problem
from dialogs.ports import Needs
from dialogs.time import local_day


def completed(pack: Pack, journey: Journey, event: ExerciseEvent) -> ExerciseEvent:
    """Fill in what the event leaves to be worked out: the pairs, and which phase comes next."""
    exercise = pack.exercise_of.get(event.exercise)
    if exercise is None:
        return event
    match event:
        case ExerciseStarted(pairs=pairs):
            if not pairs and in_pairs(exercise):
                pairs = drawn(pack, journey, _seed(journey, event))
            return replace(event, pairs=pairs, there=_there(journey, exercise))
        case ExerciseBrokenOff() if exercise.id in journey.exercises:
            return replace(event, added=_added(journey, exercise, journey.exercises[exercise.id]))
        case PairsDrawn(pairs=(), without=without):
            return replace(event, pairs=drawn(pack, journey, _seed(journey, event), without=without))
        case PhaseBegan(phase="") if exercise.id in journey.exercises:
            following = phase_after(exercise, journey.exercises[exercise.id].phase)
            return replace(event, phase=following.id) if following is not None else event
        case _:
            return event


def in_pairs(exercise: Exercise) -> bool:
    return any(phase.form == "pairs" for phase in exercise.phases)


def _there(journey: Journey, exercise: Exercise) -> tuple[str, ...]:
    """Return the records that were there before what begins now: none the first time."""
    run = journey.exercises.get(exercise.id)
    if run is None:
        return ()
    if run.broken is not None:
        return run.broken.there
    return tuple(_records(journey, exercise))


def _added(journey: Journey, exercise: Exercise, run: ExerciseRun) -> tuple[str, ...]:
    """Return the records that came while a later time was on."""
    return tuple(one for one in _records(journey, exercise) if run.owns(one)) if run.earlier else ()


def _records(journey: Journey, exercise: Exercise) -> Iterator[str]:
    for register in sorted({register_of(question) or "" for question in exercise.questions}):
        yield from (record.id for record in journey.records_in(register))


def _seed(journey: Journey, event: ExerciseEvent) -> str:
    """Return what the draw is made from: the same event draws the same pairs, the next one others.

    No random id is in it, so that a conversation that is played again draws what it drew.
    """
    return f"{journey.group_name}|{event.exercise}|{journey.sequence}"


def against(pack: Pack, journey: Journey, event: ExerciseEvent) -> Problem | None:
    """Return why the event can't happen. *event* is completed."""
    exercise = pack.exercise_of.get(event.exercise)
    if exercise is None:
        return Problem("exercise-unknown")
    title = exercise.title.said_in(journey.language)
    if not leads(pack, journey, event.by):
        return Problem("only-leader")
    run, on = journey.exercises.get(exercise.id), running(pack, journey)
    if isinstance(event, ExerciseStarted):
        if run is not None and not run.over:
            return Problem("exercise-is-on", {"title": title})
        if on is not None:
            return Problem("another-exercise-is-on", {"title": on[0].title.said_in(journey.language)})
        step = pack.step_of_exercise[exercise.id]
        if step != current_step(pack, journey):
            key = "exercise-of-step-before" if step in journey.signed else "exercise-of-step"
            return Problem(key, {"title": title, "number": pack.step_number[step]})
        facts = Facts(pack, journey, local_day(event.at))
        missing = next((one for one in exercise.must if not holds(one.rule, facts)), None)
        if missing is not None:
            return Problem("exercise-must", {"title": title, "say": missing.say.said_in(journey.language)})
        return _against_pairs(exercise, event.pairs)
    if run is None or run.over:
        return Problem("exercise-is-not-on", {"title": title})
    if isinstance(event, PhaseBegan) and (run.held == "room" or phase_after(exercise, run.phase) is None):
        return Problem("exercise-has-no-more", {"title": title})
    if isinstance(event, PairsDrawn):
        return _against_pairs(exercise, event.pairs)
    return None


def _against_pairs(exercise: Exercise, pairs: object) -> Problem | None:
    return Problem("too-few-for-pairs") if in_pairs(exercise) and not pairs else None


def closing_events(
    pack: Pack, before: Journey, journey: Journey, event: PhaseBegan | ExerciseEnded
) -> Iterator[Event]:
    """Yield what becomes of the questions that were open: what was put in is settled, the rest waits.

    A round that was hidden is shown by that. Nobody's consent is taken for given.
    """
    for address in open_in(pack, before, event.exercise, local_day(event.at)):
        question, item = pack.places[address.question].question, journey.item(address)
        if item.done or item.in_round:
            continue
        value, how = what_settles(pack, journey, question, item)
        settles = question.kind != "commitment" and mode_of(question) != "consent"
        if value is not None and settles:
            yield Settled(by=event.by, at=event.at, address=address, value=value, how=how or "leader")
        elif not question.optional and not item.waiting:
            yield WentOn(by=event.by, at=event.at, address=address)


def open_in(pack: Pack, journey: Journey, exercise: str, today: date) -> tuple[Address, ...]:
    """Return what the exercise has asked for so far and hasn't got."""
    step = pack.step_of_exercise[exercise]
    page = journey.page(step)
    return tuple(
        address
        for address in asked(pack, journey, step, today=today)
        if pack.places[address.question].exercise == exercise and not page.is_done(address)
    )


def unheard(pack: Pack, journey: Journey, exercise: Exercise) -> tuple[Member, ...]:
    """Return who takes part and has put in nothing in the exercise, by themselves or by somebody who wrote for them."""
    run = journey.exercises.get(exercise.id)
    heard: set[str] = set()
    for place in pack.places.values():
        if place.exercise == exercise.id and has_begun(pack, journey, place):
            for item in journey.items_of(place.question.id):
                heard |= item.contributors()
            for record in journey.records_in(register_of(place.question) or ""):
                if run is None or run.owns(record.id):
                    heard.add(record.added_by or record.by)
    return tuple(member for member in participants(pack, journey) if member.person.id not in heard)


def needs_of(pack: Pack, exercise: str) -> Needs:
    """Return what has to be at hand to say where the exercise stands and what came of it."""
    if exercise not in pack.exercise_of:
        return Needs()
    questions = pack.exercise_of[exercise].questions
    registers = {register_of(question) for question in questions} - {None}
    reads = what_is_read(rules_of(pack.exercise_of[exercise]), pack.coverage_of)
    return Needs(
        frozenset({pack.step_of_exercise[exercise]}),
        frozenset(),
        reads.questions | {question.id for question in questions},
        reads.registers | {str(register) for register in registers},
    )
