"""A workshop's agenda: the exercises of its step, phase by phase, with minutes, and the clock where it is known."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from content.schema.files import Step
from dialogs.messages import Message, Press, words
from dialogs.wording.teller import Teller


@dataclass(frozen=True, slots=True)
class Point:
    """What is done for so many minutes; `at` is when (local), "" where nobody knows."""

    at: str
    title: str
    minutes: int
    part_of: str = ""


def points(teller: Teller, step: Step, begins: time | None = None) -> Iterator[Point]:
    """Yield the step's exercises with their phases, one after the other from *begins*."""
    clock = datetime.combine(date.min, begins) if begins is not None else None
    for exercise in teller.pack.exercises_in(step.id):
        title = teller.words(exercise.title)
        for phase in exercise.phases:
            at = f"{clock:%H:%M}" if clock is not None else ""
            yield Point(at, teller.words(phase.title), phase.minutes, title)
            clock = clock + timedelta(minutes=phase.minutes) if clock is not None else None


def agenda_lines(teller: Teller, step: Step, begins: time | None = None) -> Iterator[str]:
    for point in points(teller, step, begins):
        key = "agenda-line-at" if point.at else "agenda-line"
        told = {"title": point.title, "exercise": point.part_of, "n": point.minutes}
        yield teller.text(key, **told, **({"at": point.at} if point.at else {}))


def agenda_message(teller: Teller, step: Step, begins: time | None = None) -> Message:
    """Return what is done in the step's workshop, in order, and how long it takes in all."""
    number, title = teller.pack.step_number[step.id], teller.words(step.title)
    said = teller.composer().heading(teller.text("agenda-heading", number=number, title=title))
    lines = tuple(agenda_lines(teller, step, begins))
    if not lines:
        return said.say(teller.say("agenda-none")).done()
    if step.goal is not None:
        said.say(words(teller.words(step.goal)))
    said.bullets((words(line) for line in lines), ordered=True)
    total = sum(exercise.minutes for exercise in teller.pack.exercises_in(step.id))
    said.say(teller.say("agenda-takes", n=total))
    for exercise in teller.pack.exercises_in(step.id):
        label = teller.text("button-sheet-of", title=teller.words(exercise.title))
        said.button(label, Press("exercise-sheet", None, exercise.id))
    return said.done()
