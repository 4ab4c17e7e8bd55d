"""Which phase of an exercise a group has come to, and so which of its questions are asked."""

from content.pack import Pack, Place
from content.schema.exercises import Exercise, Phase
from dialogs.model.exercise import ExerciseRun
from dialogs.model.journey import Journey


def has_begun(pack: Pack, journey: Journey, place: Place) -> bool:
    """Say whether the phase that asks the question has begun. In a room everything may be typed in at any time."""
    run = journey.exercises.get(place.exercise)
    if run is None:
        return False
    if run.over or run.held == "room":
        return True
    order = [phase.id for phase in pack.exercise_of[place.exercise].phases]
    # a version may have taken the phase away that was on: then nothing is held back
    return run.phase not in order or order.index(place.phase) <= order.index(run.phase)


def running(pack: Pack, journey: Journey) -> tuple[Exercise, ExerciseRun] | None:
    """Return the exercise that is on."""
    for run in journey.exercises.values():
        if not run.over and run.exercise in pack.exercise_of:
            return pack.exercise_of[run.exercise], run
    return None


def phase_of(exercise: Exercise, phase: str) -> Phase | None:
    return next((one for one in exercise.phases if one.id == phase), None)


def phase_after(exercise: Exercise, phase: str) -> Phase | None:
    """Return the next phase; None after the last."""
    order = [one.id for one in exercise.phases]
    index = order.index(phase) + 1 if phase in order else len(order)
    return exercise.phases[index] if index < len(order) else None
