"""Words for an exercise: how it begins, each phase of it, what came of it, and who hasn't been heard."""

from collections.abc import Iterator
from datetime import timedelta

from content.schema.exercises import Exercise, Phase
from dialogs.flows.exercises import open_in, unheard
from dialogs.flows.phases import phase_after
from dialogs.flows.position import current_step
from dialogs.flows.rights import has_parties, participants, side_of
from dialogs.messages import Composer, Message, Press, Spans, marked, words
from dialogs.model.answers import Address
from dialogs.model.exercise import ExerciseRun
from dialogs.time import HOME, local_day
from dialogs.wording.exercise_results import result_lines
from dialogs.wording.teller import Teller


def exercise_title(teller: Teller, exercise: Exercise) -> str:
    """Return what it is called; of a later time than the first, which one."""
    run = teller.journey.exercises.get(exercise.id)
    told = {"number": teller.pack.exercise_number[exercise.id], "title": teller.words(exercise.title)}
    if run is not None and run.number > 1:
        return teller.text("exercise-began-again", time=run.number, **told)
    return teller.text("exercise-began", **told)


def began_message(teller: Teller, exercise: Exercise, run: ExerciseRun) -> Message:
    """Return what the channel is told: what it is for, how long it takes, and where it is held."""
    said = teller.composer().heading(exercise_title(teller, exercise))
    said.say(marked(teller.words(exercise.why)))
    said.say(_takes(teller, exercise))
    if run.number > 1:
        number = teller.pack.exercise_number[exercise.id]
        said.say(teller.say("exercise-again", number=number, time=run.number - 1))
    balance(teller, said)
    if run.held == "room":
        said.say(teller.say("exercise-in-room"))
        _pairs(teller, run, said)
        said.button(teller.text("button-exercise-sheet"), Press("exercise-sheet", None, exercise.id))
        said.button(teller.text("button-exercise-end"), Press("exercise-end", None, exercise.id))
    return said.done()


def phase_message(teller: Teller, exercise: Exercise, run: ExerciseRun, phase: Phase) -> Message:
    """Return what to do now, until when (local time), and with whom."""
    number = [one.id for one in exercise.phases].index(phase.id) + 1
    said = teller.composer().heading(
        teller.text("phase-is-on", number=number, of=len(exercise.phases), title=teller.words(phase.title))
    )
    until = (run.since + timedelta(minutes=phase.minutes)).astimezone(HOME)
    said.say(marked(teller.words(phase.do)))
    said.say(teller.say("phase-time", n=phase.minutes, until=f"{until:%H:%M}"))
    if phase.form == "alone":
        said.say(teller.say("phase-alone"))
    elif phase.form == "pairs":
        _pairs(teller, run, said)
    run_buttons(teller, exercise, phase.id, said)
    return said.done()


def pairs_message(teller: Teller, run: ExerciseRun) -> Message:
    said = teller.composer().say(teller.say("pairs-anew"))
    return said.bullets(_pair_lines(teller, run)).done()


def leaders_message(teller: Teller, exercise: Exercise, phase: Phase | None) -> Message | None:
    """Return what whoever leads is told in private: before the exercise always, at a phase where there are notes."""
    notes = phase.notes if phase is not None else exercise.facilitator
    title = teller.words(phase.title if phase is not None else exercise.title)
    if not notes and phase is not None:
        return None
    said = teller.composer().say(teller.say("exercise-notes", title=title))
    if phase is None and exercise.prepare:
        said.say(teller.say("exercise-prepare"))
        said.bullets(marked(teller.words(one)) for one in exercise.prepare)
    if phase is None and notes:
        said.say(teller.say("exercise-bear-in-mind"))
    said.bullets(marked(teller.words(one)) for one in notes)
    if phase is None:
        said.say(teller.say("exercise-own-notes"))
    return said.done()


def over_message(teller: Teller, exercise: Exercise) -> Message:
    """Return what came of it, whom nobody heard, what is left to answer, and how to go on."""
    number, title = teller.pack.exercise_number[exercise.id], teller.words(exercise.title)
    said = teller.composer().heading(teller.text("exercise-over", number=number, title=title))
    result_lines(teller, exercise, said)
    heard_line(teller, exercise, said)
    left = open_in(teller.pack, teller.journey, exercise.id, teller.today)
    left = tuple(one for one in left if not teller.question(one).optional)
    if left:
        numbers = teller.listed(teller.number(one) for one in left)
        said.say(teller.say("exercise-left", n=len(left), numbers=numbers))
    follow_up = Composer().bullets(marked(teller.words(one)) for one in exercise.follow_up)
    if follow_up.blocks:
        said.say(teller.say("exercise-follow-up"))
        said.blocks.extend(follow_up.blocks)
    return said.done()


def stopped_message(teller: Teller, exercise: Exercise) -> Message:
    """Say that it was broken off, that nothing is lost, and how to go on. The journey is as it is afterwards."""
    number, title = teller.pack.exercise_number[exercise.id], teller.words(exercise.title)
    key = "exercise-stopped-again" if exercise.id in teller.journey.exercises else "exercise-stopped"
    return teller.message(key, title=title, number=number)


def earlier_message(teller: Teller, exercise: Exercise, run: ExerciseRun) -> Message:
    """Return what an earlier time came to. *teller*'s journey is as it was when the next one began."""
    number, title = teller.pack.exercise_number[exercise.id], teller.words(exercise.title)
    told = {"number": number, "title": title, "time": run.number}
    said = teller.composer().heading(teller.text("exercise-began-again", **told))
    said.say(teller.say("exercise-earlier-on", day=local_day(run.since)))
    result_lines(teller, exercise, said)
    heard_line(teller, exercise, said)
    return said.done()


def unheard_message(teller: Teller, exercise: Exercise) -> Message:
    said = teller.composer()
    heard_line(teller, exercise, said)
    return said.done()


def heard_line(teller: Teller, exercise: Exercise, said: Composer) -> None:
    """Say whom nobody has heard; of paper, of whom nothing is typed in: what they said in the room nobody knows here."""
    waiting = unheard(teller.pack, teller.journey, exercise)
    run = teller.journey.exercises.get(exercise.id)
    if not waiting:
        said.say(teller.say("exercise-all-heard"))
    elif run is not None and run.held == "room":
        number = teller.number(Address(exercise.questions[0].id))
        said.say(teller.say("exercise-unheard-on-paper", names=teller.names(waiting), number=number))
    else:
        said.say(teller.say("exercise-unheard", names=teller.names(waiting)))


def exercise_message(teller: Teller, exercise: Exercise) -> Message:
    """Return the exercise as it stands: before, on, or done. *teller*'s journey holds what it asks for."""
    run = teller.journey.exercises.get(exercise.id)
    said = teller.composer().heading(exercise_title(teller, exercise))
    said.say(marked(teller.words(exercise.why))).say(_takes(teller, exercise))
    lines = [
        teller.say(
            "exercise-phase-line",
            title=teller.words(phase.title),
            minutes=phase.minutes,
            do=teller.words(phase.do),
        )
        for phase in exercise.phases
    ]
    said.bullets(lines, ordered=True)
    if run is None:
        said.fold(
            teller.text("exercise-prepare"),
            Composer().bullets(marked(teller.words(one)) for one in exercise.prepare),
        )
        if _is_of_now(teller, exercise):
            start_buttons(teller, exercise, said)
    else:
        result_lines(teller, exercise, said)
        heard_line(teller, exercise, said)
        if not run.over:
            run_buttons(teller, exercise, run.phase if run.held == "channel" else "", said)
            said.button(teller.text("button-exercise-stop"), Press("exercise-stop", None, exercise.id))
        elif _is_of_now(teller, exercise):
            again_buttons(teller, exercise, run, said)
        for one in run.earlier:
            label = teller.text("button-exercise-earlier", time=one.run.number, day=local_day(one.run.since))
            said.button(label, Press("exercise-earlier", None, f"{exercise.id}/{one.run.number}"))
    said.button(teller.text("button-exercise-sheet"), Press("exercise-sheet", None, exercise.id))
    return said.done()


def _is_of_now(teller: Teller, exercise: Exercise) -> bool:
    return teller.pack.step_of_exercise[exercise.id] == current_step(teller.pack, teller.journey)


def index_message(teller: Teller) -> Message:
    """Return all exercises of the method, step by step."""
    pack = teller.pack
    if not pack.exercises:
        return teller.message("exercises-none")
    method = teller.words(pack.manifest.title)
    said = teller.composer().heading(teller.text("exercises-heading", method=method))
    said.bullets(exercise_line(teller, exercise) for exercise in pack.exercises)
    return said.say(teller.say("exercises-how", number=1)).done()


def exercise_line(teller: Teller, exercise: Exercise) -> Spans:
    run = teller.journey.exercises.get(exercise.id)
    told = {
        "number": teller.pack.exercise_number[exercise.id],
        "title": teller.words(exercise.title),
        "step": teller.pack.step_number[teller.pack.step_of_exercise[exercise.id]],
    }
    if run is None:
        return teller.say("exercise-line-waiting", minutes=exercise.minutes, **told)
    if run.over and run.number > 1:
        return teller.say("exercise-line-over-again", n=run.number, **told)
    return teller.say("exercise-line-over" if run.over else "exercise-line-on", **told)


def of_step(teller: Teller, step: str, said: Composer, *, startable: bool = False) -> None:
    """Tell which exercises the step has; those that haven't been held can be started from here where *startable*."""
    exercises = teller.pack.exercises_in(step)
    if not exercises:
        return
    said.say(words(teller.text("exercises-of-step"), strong=True))
    said.bullets(exercise_line(teller, one) for one in exercises)
    for one in exercises:
        if startable and one.id not in teller.journey.exercises:
            label = teller.text("button-exercise-start", title=teller.words(one.title))
            said.button(label, Press("exercise-show", None, one.id))


def start_buttons(teller: Teller, exercise: Exercise, said: Composer) -> None:
    label = teller.text("button-exercise-start-here")
    said.button(label, Press("exercise-start", None, exercise.id), primary=True)
    said.button(teller.text("button-exercise-room"), Press("exercise-room", None, exercise.id))


def again_buttons(teller: Teller, exercise: Exercise, run: ExerciseRun, said: Composer) -> None:
    """Offer to hold it once more. The buttons say after which time, so that they serve once."""
    at = f"{exercise.id}/{run.number}"
    said.button(teller.text("button-exercise-again"), Press("exercise-again", None, at))
    said.button(teller.text("button-exercise-room-again"), Press("exercise-room-again", None, at))


def run_buttons(teller: Teller, exercise: Exercise, phase: str, said: Composer) -> None:
    """Offer whoever leads to go on from *phase*, or to end it where none follows. Who may is looked up when pressed."""
    following = phase_after(exercise, phase) if phase else None
    if following is not None:
        at = f"{exercise.id}/{phase}"
        said.button(teller.text("button-exercise-next"), Press("exercise-next", None, at), primary=True)
    else:
        label = teller.text("button-exercise-end")
        said.button(label, Press("exercise-end", None, exercise.id), primary=True)
    said.button(teller.text("button-exercise-unheard"), Press("exercise-unheard", None, exercise.id))


def balance(teller: Teller, said: Composer) -> None:
    """Say how many there are of each party, where the method has two."""
    if not has_parties(teller.pack):
        return
    sides = [side_of(teller.pack, member) for member in participants(teller.pack, teller.journey)]
    employer, employees = sides.count("employer"), sides.count("employees")
    others = len(sides) - employer - employees
    key = "exercise-balance-and-others" if others else "exercise-balance"
    told = {"employer": employer, "employees": employees, **({"others": others} if others else {})}
    said.say(teller.say(key, **told))
    if not employer or not employees:
        said.say(teller.say("exercise-one-sided"))


def _takes(teller: Teller, exercise: Exercise) -> Spans:
    phases = teller.text("exercise-phases", n=len(exercise.phases))
    return teller.say("exercise-takes", phases=phases, n=exercise.minutes)


def _pairs(teller: Teller, run: ExerciseRun, said: Composer) -> None:
    if run.pairs:
        said.say(teller.say("phase-pairs")).bullets(_pair_lines(teller, run))


def _pair_lines(teller: Teller, run: ExerciseRun) -> Iterator[Spans]:
    for pair in run.pairs:
        yield words(teller.listed(teller.name(person) for person in pair))
