"""Exercises in the conversation: looked at, started, moved on and ended by whoever leads; the sheet handed out."""

from collections.abc import Callable, Mapping

from bot.usecases import deciding
from bot.usecases.about import about_journey
from bot.usecases.file_kinds import EXERCISE_SHEET, EXERCISE_TEXT, described
from bot.usecases.handing_out import hand_out
from bot.usecases.places import journeys_here
from bot.usecases.turn import At, AtQuestion, Turn
from content.pack import Pack
from content.schema.exercises import Exercise
from dialogs.events import ExerciseEnded, ExerciseStarted, PairsDrawn, PhaseBegan
from dialogs.files import Recipe
from dialogs.flows.exercises import needs_of, open_in
from dialogs.flows.phases import phase_after, running
from dialogs.flows.rights import is_hidden
from dialogs.hearing.hear import Commanded
from dialogs.messages import Composer
from dialogs.model.exercise import Held
from dialogs.model.journey import Journey
from dialogs.model.people import PersonId
from dialogs.model.problem import Problem
from dialogs.ports import Spot
from dialogs.values.names import find
from dialogs.wording.exercises import exercise_message, index_message, unheard_message

_VERBS: Mapping[str, str] = {
    "starta": "start", "start": "start", "börja": "start", "begin": "start",
    "papper": "room", "på papper": "room", "rum": "room", "paper": "room", "on paper": "room", "room": "room",
    "vidare": "next", "nästa": "next", "next": "next", "on": "next",
    "klar": "end", "klart": "end", "slut": "end", "avsluta": "end", "done": "end", "end": "end",
    "visa": "show", "visa svar": "show", "show": "show", "show answers": "show",
    "nya par": "pairs", "par": "pairs", "new pairs": "pairs", "pairs": "pairs",
    "vilka": "who", "vem": "who", "who": "who",
    "blad": "sheet", "bladet": "sheet", "sheet": "sheet",
    "blad text": "sheet-text", "bladet som text": "sheet-text", "sheet text": "sheet-text",
}  # fmt: skip


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
    """`övning 2` shows one; `övning starta 2`, `papper`, `vidare`, `visa`, `nya par`, `vilka`, `blad`, `klar` act on it."""
    if spot is None and not journeys_here(turn):
        return False
    verb, name = _said(heard.rest)
    name, without = _without(name) if verb == "pairs" else (name, "")
    at = about_journey(turn, spot)
    if at is None:
        return True
    head = turn.uow.journeys.head(at.journey)
    pack = turn.pack_of(head)
    found = _named(pack, head, name)
    if found is None:
        if not pack.exercises or (not verb and not name.isdecimal() and name):
            return False
        turn.refuse(
            Problem("exercise-unknown" if name else "exercise-none-on" if verb else "exercise-how-to")
        )
        return True
    if without:
        draw_pairs(turn, at.journey, found.id, without=without)
    else:
        VERBS[verb](turn, at.journey, found.id)
    return True


def show(turn: Turn, journey: str, exercise: str) -> None:
    loaded, found = _loaded(turn, journey, exercise)
    if found is not None:
        turn.reply_about(exercise_message(turn.teller(loaded), found), journey)


def start(turn: Turn, journey: str, exercise: str, held: Held = "channel") -> None:
    event = ExerciseStarted(by=turn.person.id, at=turn.now, exercise=exercise, held=held)
    turn.act(At(journey), turn.uow.journeys.head(journey), event)


def start_on_paper(turn: Turn, journey: str, exercise: str) -> None:
    start(turn, journey, exercise, "room")


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
    "": show, "start": start, "room": start_on_paper, "next": go_on, "end": end, "show": show_round,
    "pairs": draw_pairs, "who": who_is_unheard, "sheet": sheet, "sheet-text": sheet_as_text,
}  # fmt: skip


def _loaded(turn: Turn, journey: str, exercise: str) -> tuple[Journey, Exercise | None]:
    head = turn.uow.journeys.head(journey)
    pack = turn.pack_of(head)
    needed = turn.uow.journeys.fill(head, needs_of(pack, exercise))
    return needed, pack.exercise_of.get(exercise)


def _said(rest: str) -> tuple[str, str]:
    """Return the verb and the exercise's name: `starta 2`, `klar`, `2`."""
    for verb in sorted(_VERBS, key=len, reverse=True):
        if rest.casefold() == verb or rest.casefold().startswith(f"{verb} "):
            return _VERBS[verb], rest[len(verb) :].strip()
    return "", rest


def _without(rest: str) -> tuple[str, str]:
    """Return the exercise's name and who isn't there: `utan Anna`."""
    name, word, person = rest.rpartition("utan ") if "utan " in rest else rest.rpartition("without ")
    return (name.strip(), person.strip()) if word else (rest, "")


def _named(pack: Pack, journey: Journey, name: str) -> Exercise | None:
    """Return the exercise by its number or name; without a name, the one that is on."""
    if not name:
        on = running(pack, journey)
        return on[0] if on is not None else None
    if name.isdecimal():
        number = int(name) if len(name) < 4 else 0
        return pack.exercises[number - 1] if 1 <= number <= len(pack.exercises) else None
    options = [
        (one.id, word)
        for one in pack.exercises
        for text in (one.title, *one.aliases)
        for word in text.root.values()
    ]
    found = find(name, options, numbered=False).value
    return pack.exercise_of[found] if found else None
