"""Where each question of a pack stands, and the number that people call it by."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from string import ascii_uppercase

from content.schema.cycle import Checkpoint
from content.schema.exercises import Exercise
from content.schema.files import Step, Track
from content.schema.questions import Question


@dataclass(frozen=True)
class Place:
    """Where a question stands: its number, the step in whose company it is put, and its track if it has one.

    A checkpoint's own question has no step: it is put each time the checkpoint opens. An exercise's is put once its phase
    has begun.
    """

    question: Question
    number: str
    step: str  # "" for a gate question, which is put at every step, and for a checkpoint's
    track: str | None = None
    checkpoint: str = ""
    exercise: str = ""
    phase: str = ""  # of the exercise

    @cached_property
    def at_every_gate(self) -> bool:
        return not self.step and not self.checkpoint

    @cached_property
    def about_the_group(self) -> bool:
        """Whether it is put once, about the group as such."""
        return not self.at_every_gate and self.question.for_each is None and self.question.who != "each-unit"


def numbered(
    steps: Sequence[Step],
    tracks: Sequence[Track],
    cycle: Sequence[Checkpoint],
    exercises: Sequence[Exercise] = (),
) -> Iterator[Place]:
    """Yield every question with its number: `4.3` in a step, `A.1` in a track, `H2.1` in a checkpoint.

    An exercise's questions come after its step's own, in the order of its phases.
    """
    by_id = {exercise.id: exercise for exercise in exercises}
    for number, step in enumerate(steps, start=1):
        for index, question in enumerate(step.questions, start=1):
            yield Place(question, f"{number}.{index}", step.id)
        index = len(step.questions)
        for name in dict.fromkeys(step.exercises):
            for phase in by_id[name].phases if name in by_id else ():
                for question in phase.questions:
                    index += 1
                    yield Place(question, f"{number}.{index}", step.id, exercise=name, phase=phase.id)
    for letter, track in zip(ascii_uppercase, tracks, strict=False):
        index = 0
        for placed in track.asked:
            for question in placed.questions:
                index += 1
                yield Place(question, f"{letter}.{index}", placed.with_step, track.id)
        for question in track.gate_questions:
            index += 1
            yield Place(question, f"{letter}.{index}", "", track.id)
    for number, checkpoint in enumerate(cycle, start=1):
        for index, question in enumerate(checkpoint.questions, start=1):
            yield Place(question, f"H{number}.{index}", "", checkpoint=checkpoint.id)
