"""What the checks stand on: the files, the pack put together from them, and every name that may be named."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from content.checks.walk import GUIDE, Spot, walk
from content.pack import Pack
from content.pack_files import PackFiles
from content.schema.base import Option
from content.schema.coverage import Coverage
from content.schema.cycle import Checkpoint
from content.schema.exercises import Exercise
from content.schema.files import Register, State, Step, Track
from content.schema.questions import ChoiceSpec, ChoicesSpec, CommitmentSpec, RankingSpec


@dataclass(frozen=True)
class Ground:
    """A pack under check."""

    files: PackFiles
    pack: Pack

    @cached_property
    def spots(self) -> tuple[Spot, ...]:
        """Every part of every file, outer before inner."""
        return tuple(spot for read in self.files for spot in walk(read.source, read.part))

    @cached_property
    def questions(self) -> Mapping[str, Any]:
        """Every question of every file, in the manifest's order or not."""
        every = [question for part in self._parts for question in questions_of(part)]
        every += [question for exercise in self.exercises for question in exercise.questions]
        every += [question for checkpoint in self.checkpoints for question in checkpoint.questions]
        return {question.id: question for question in every}

    @property
    def checkpoints(self) -> tuple[Checkpoint, ...]:
        """The checkpoints as they stand in their file."""
        return self.files.cycle.part.checkpoints if self.files.cycle is not None else ()

    @property
    def exercises(self) -> tuple[Exercise, ...]:
        """The exercises as they stand in their files, named by a step or not."""
        return tuple(read.part for read in self.files.exercises)

    @cached_property
    def coverages(self) -> Mapping[str, Coverage]:
        every = [coverage for part in self._parts for coverage in part.coverage]
        every += self.files.cycle.part.coverage if self.files.cycle is not None else ()
        return {coverage.id: coverage for coverage in every}

    @property
    def _parts(self) -> Iterator[Step | Track]:
        yield from (read.part for read in self.files.steps)
        yield from (read.part for read in self.files.tracks)

    @cached_property
    def names(self) -> Mapping[str, tuple[str, ...]]:
        """The names that may be named, by what they are names of."""
        return {
            "question": tuple(self.questions),
            "register": tuple(self.pack.registers),
            "role": tuple(self.pack.role_of),
            "right": ids(self.pack.manifest.decides),
            "tag": tuple(self.pack.tags),
            "step": tuple(read.part.id for read in self.files.steps),
            "track": tuple(read.part.id for read in self.files.tracks),
            "coverage": tuple(self.coverages),
            "guide": ids(self.pack.guides),
            "exercise": ids(self.exercises),
            "document": tuple(read.part.id for read in self.files.documents),
            "checkpoint": ids(self.checkpoints),
            "entry": tuple(entry.id for entry in self.pack.manifest.entries),
            "nudge": tuple(nudge.id for nudge in self.pack.nudges),
            "walkthrough": tuple(read.part.id for read in self.files.walkthroughs),
        }

    def register(self, name: str | None) -> Register | None:
        if name and name.startswith(GUIDE):
            return self._answers_of.get(name)
        return self.pack.registers.get(name) if name else None

    @cached_property
    def _answers_of(self) -> Mapping[str, Register]:
        """Each guide's answers, as a register of which one record is at hand."""
        return {
            f"{GUIDE}{guide.id}": Register.model_construct(
                id=guide.id,
                title=guide.title,
                singular=guide.title,
                what=guide.why,
                scope="group",
                title_field=guide.questions[0].id,
                fields=guide.questions,
            )
            for guide in self.pack.guides
        }

    def options(self, spec: Any) -> tuple[str, ...] | None:
        """Return the options of a question or field, where the pack itself lists them; None where it doesn't."""
        if isinstance(spec, CommitmentSpec):
            return ids(spec.items)
        if not isinstance(spec, ChoiceSpec | ChoicesSpec | RankingSpec):
            return None
        source = spec.options_from
        if source is None:
            return ids(spec.options)
        tag = self.pack.tags.get(source.tag) if source.tag else None
        return (*ids(spec.options), *ids(tag.values)) if tag else None


def questions_of(part: Step | Track) -> Iterator[Any]:
    """Yield the questions of a step or track, as they stand in its file."""
    if isinstance(part, Step):
        yield from part.questions
    else:
        for placed in part.asked:
            yield from placed.questions
        yield from part.gate_questions


def ids(parts: Iterable[Option | State | Any]) -> tuple[str, ...]:
    return tuple(part.id for part in parts)


def fields_of(register: Register) -> Mapping[str, Any]:
    return {field.id: field for field in register.fields}


def ground_of(files: PackFiles, pack: Pack) -> Ground:
    return Ground(files, pack)
