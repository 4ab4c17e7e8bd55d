"""Exercises in the conversation: looked at, started, moved on and ended by whoever leads; the sheet handed out."""

from collections.abc import Callable, Mapping

from bot.usecases import deciding
from bot.usecases.about import about_journey
from bot.usecases.exercise_words import named, said, which_time, without_whom
from bot.usecases.file_kinds import EXERCISE_SHEET, EXERCISE_TEXT, described
from bot.usecases.handing_out import hand_out
from bot.usecases.places import journeys_here
from bot.usecases.rebuild import as_it_was
from bot.usecases.turn import At, AtQuestion, Turn
from content.schema.exercises import Exercise
from dialogs.events import ExerciseBrokenOff, ExerciseEnded, ExerciseStarted, PairsDrawn, PhaseBegan
from dialogs.files import Recipe
from dialogs.flows.exercises import needs_of, open_in
from dialogs.flows.phases import phase_after
from dialogs.flows.rights import is_hidden
from dialogs.hearing.hear import Commanded
from dialogs.messages import Composer
from dialogs.model.exercise import Held
from dialogs.model.journey import Journey
from dialogs.model.people import PersonId
from dialogs.model.problem import Problem
from dialogs.ports import Spot
from dialogs.values.names import find
from dialogs.wording.exercises import earlier_message, exercise_message, index_message, unheard_message


def exercises(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """`övningar` lists those of the method, step by step."""
    if spot is None and not journeys_here(turn):
        return False
    at = about_journey(turn, spot)
    if at is not None:
        head = turn.uow.journeys.head(at.journey)
        turn.reply_about(index_message(turn.teller(head)), at.journey)
    return True


def exercise(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """`övning 2` shows one; `övning starta 2`, `papper`, `vidare`, `visa`, `nya par`, `vilka`, `blad`, `avbryt`, `klar` act on it."""
    if spot is None and not journeys_here(turn):
        return False
    verb, name = said(heard.rest)
    name, without = without_whom(name) if verb == "pairs" else (name, "")
    name, time = which_time(name) if not verb else (name, 0)
    at = about_journey(turn, spot)
    if at is None:
        return True
    head = turn.uow.journeys.head(at.journey)
    pack = turn.pack_of(head)
    found = named(pack, head, name)
    if found is None:
        if not pack.exercises or (not verb and not name.isdecimal() and name):
            return False
        turn.refuse(
            Problem("exercise-unknown" if name else "exercise-none-on" if verb else "exercise-how-to")
        )
        return True
    if without:
        draw_pairs(turn, at.journey, found.id, without=without)
    elif time:
        show_earlier(turn, at.journey, found.id, time)
    else:
        VERBS[verb](turn, at.journey, found.id)
    return True


def show(turn: Turn, journey: str, exercise: str) -> None:
    loaded, found = _loaded(turn, journey, exercise)
    if found is not None:
        turn.reply_about(exercise_message(turn.teller(loaded), found), journey)


def start(turn: Turn, journey: str, exercise: str, held: Held = "channel") -> None:
    """Start it the first time. Whoever has done it already is asked whether they mean it; an earlier press does nothing."""
    head = turn.uow.journeys.head(journey)
    run, pack = head.exercises.get(exercise), turn.pack_of(head)
    if run is not None and run.over and run.broken is None and exercise in pack.exercise_of:
        told = {"title": turn.teller(head).words(pack.exercise_of[exercise].title)}
        turn.refuse(Problem("exercise-is-over", {"number": pack.exercise_number[exercise], **told}))
        return
    start_again(turn, journey, exercise, held)


def start_again(turn: Turn, journey: str, exercise: str, held: Held = "channel") -> None:
    event = ExerciseStarted(by=turn.person.id, at=turn.now, exercise=exercise, held=held)
    turn.act(At(journey), turn.uow.journeys.head(journey), event)


def start_after(turn: Turn, journey: str, exercise: str, time: int, held: Held = "channel") -> None:
    """Start it again by a button that was offered after so many times; once pressed, it does nothing more."""
    run = turn.uow.journeys.head(journey).exercises.get(exercise)
    if run is None or not run.over or run.number != time:
        turn.refuse(Problem("old-button"))
    else:
        start_again(turn, journey, exercise, held)


def start_on_paper(turn: Turn, journey: str, exercise: str) -> None:
    start(turn, journey, exercise, "room")


def start_again_on_paper(turn: Turn, journey: str, exercise: str) -> None:
    start_again(turn, journey, exercise, "room")


def go_on(turn: Turn, journey: str, exercise: str, *, from_phase: str = "") -> None:
    """Go over to the next phase, or end after the last. A press on an earlier phase's button does nothing."""
    loaded, found = _loaded(turn, journey, exercise)
    run = loaded.exercises.get(exercise)
    if found is None or (from_phase and (run is None or run.over or run.phase != from_phase)):
        turn.refuse(Problem("old-button"))
    elif run is not None and run.held == "channel" and phase_after(found, run.phase) is not None:
        turn.act(At(journey), loaded, PhaseBegan(by=turn.person.id, at=turn.now, exercise=exercise))
    else:
        end(turn, journey, exercise)


def end(turn: Turn, journey: str, exercise: str) -> None:
    event = ExerciseEnded(by=turn.person.id, at=turn.now, exercise=exercise)
    turn.act(At(journey), turn.uow.journeys.head(journey), event)


def stop(turn: Turn, journey: str, exercise: str) -> None:
    """Break it off: what was put in is kept."""
    event = ExerciseBrokenOff(by=turn.person.id, at=turn.now, exercise=exercise)
    turn.act(At(journey), turn.uow.journeys.head(journey), event)


def show_earlier(turn: Turn, journey: str, exercise: str, time: int) -> None:
    """Show what the exercise came to an earlier time; the last time is shown as the exercise itself."""
    head = turn.uow.journeys.head(journey)
    run = head.exercises.get(exercise)
    if run is not None and run.number == time:
        show(turn, journey, exercise)
        return
    past = next((one for one in run.earlier if one.run.number == time), None) if run is not None else None
    if past is None:
        turn.refuse(
            Problem("exercise-no-such-time", {"number": turn.pack_of(head).exercise_number[exercise]})
        )
        return
    then = as_it_was(journey, past.until, uow=turn.uow, shelf=turn.shelf)
    teller = turn.teller(then)
    if exercise in teller.pack.exercise_of:
        turn.reply_about(earlier_message(teller, teller.pack.exercise_of[exercise], past.run), journey)


def draw_pairs(turn: Turn, journey: str, exercise: str, *, without: str = "") -> None:
    """Draw new pairs, without whoever isn't there."""
    head = turn.uow.journeys.head(journey)
    people = [(member.person.id, member.person.name) for member in head.roster.members]
    away = find(without, people, numbered=False).value if without else None
    if without and away is None:
        turn.refuse(Problem("person-unknown", {"said": without}))
        return
    event = PairsDrawn(
        by=turn.person.id, at=turn.now, exercise=exercise, without=(PersonId(away),) if away else ()
    )
    turn.act(At(journey), head, event)


def show_round(turn: Turn, journey: str, exercise: str) -> None:
    """Show what was written in the hidden rounds that are open, though not everybody has answered."""
    loaded, found = _loaded(turn, journey, exercise)
    if found is None:
        return
    pack = turn.pack_of(loaded)
    hidden = [
        address
        for address in open_in(pack, loaded, found.id, turn.today)
        if is_hidden(pack.places[address.question].question, loaded.item(address))
        and loaded.item(address).contributions
    ]
    if not hidden:
        turn.refuse(Problem("exercise-nothing-hidden"))
    for address in hidden:
        deciding.settle_at(turn, AtQuestion(journey, address))


def who_is_unheard(turn: Turn, journey: str, exercise: str) -> None:
    loaded, found = _loaded(turn, journey, exercise)
    if found is not None:
        turn.reply_about(unheard_message(turn.teller(loaded), found), journey)


def sheet(turn: Turn, journey: str, exercise: str, kind: str = EXERCISE_SHEET) -> None:
    file = described(turn, Recipe(kind, turn.person.id, journey, exercise, turn.language))
    if file is not None:
        hand_out(turn, file, Composer().say(turn.words.say("file-here", name=file.name)))


def sheet_as_text(turn: Turn, journey: str, exercise: str) -> None:
    sheet(turn, journey, exercise, EXERCISE_TEXT)


VERBS: Mapping[str, Callable[[Turn, str, str], None]] = {
    "": show, "stop": stop, "start": start, "room": start_on_paper, "again": start_again,
    "room-again": start_again_on_paper, "next": go_on, "end": end, "show": show_round,
    "pairs": draw_pairs, "who": who_is_unheard, "sheet": sheet, "sheet-text": sheet_as_text,
}  # fmt: skip


def _loaded(turn: Turn, journey: str, exercise: str) -> tuple[Journey, Exercise | None]:
    head = turn.uow.journeys.head(journey)
    pack = turn.pack_of(head)
    needed = turn.uow.journeys.fill(head, needs_of(pack, exercise))
    return needed, pack.exercise_of.get(exercise)
