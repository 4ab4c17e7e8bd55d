"""A pack as the program uses it: put together from its files, numbered, and with what reads what worked out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import or_
from string import ascii_uppercase
from typing import Any

from pydantic import BaseModel, ConfigDict

from content.rules import Reads, rules_of, what_is_read
from content.schema.files import Coverage, Document, NudgeText, PackFile, Register, RolePart, Step, Tag, Track
from content.schema.questions import Question, Source


@dataclass(frozen=True)
class Place:
    """Where a question stands: its number, the step in whose company it is put, and its track if it has one."""

    question: Question
    number: str
    step: str  # "" for a gate question, which is put at every step
    track: str | None = None

    @property
    def at_every_gate(self) -> bool:
        return self.step == ""

    @cached_property
    def about_the_group(self) -> bool:
        """Whether it is put once, about the group as such."""
        return not self.at_every_gate and self.question.for_each is None and self.question.who != "each-unit"


class Pack(BaseModel):
    """One version of a method, whole. Stored as JSON; read back without touching YAML."""

    model_config = ConfigDict(frozen=True)

    manifest: PackFile
    steps: tuple[Step, ...]
    tracks: tuple[Track, ...] = ()
    registers: Mapping[str, Register]
    tags: Mapping[str, Tag]
    documents: tuple[Document, ...] = ()
    nudges: tuple[NudgeText, ...] = ()

    @property
    def id(self) -> str:
        return self.manifest.id

    @property
    def version(self) -> str:
        return self.manifest.version

    @cached_property
    def places(self) -> Mapping[str, Place]:
        """Every question by its id, in the order in which they are numbered."""
        return {place.question.id: place for place in self._numbered()}

    @cached_property
    def by_number(self) -> Mapping[str, Place]:
        return {place.number: place for place in self.places.values()}

    @cached_property
    def step_of(self) -> Mapping[str, Step]:
        return {step.id: step for step in self.steps}

    @cached_property
    def step_number(self) -> Mapping[str, int]:
        return {step.id: number for number, step in enumerate(self.steps, start=1)}

    @cached_property
    def step_ids(self) -> tuple[str, ...]:
        return tuple(self.step_number)

    @cached_property
    def role_of(self) -> Mapping[str, RolePart]:
        return {role.id: role for role in self.manifest.roles}

    @cached_property
    def coverage_of(self) -> Mapping[str, Coverage]:
        parts: tuple[Step | Track, ...] = (*self.steps, *self.tracks)
        return {coverage.id: coverage for part in parts for coverage in part.coverage}

    @cached_property
    def gate_places(self) -> tuple[Place, ...]:
        return tuple(place for place in self.places.values() if place.at_every_gate)

    @cached_property
    def shown_questions(self) -> tuple[str, ...]:
        """The questions whose answers are shown at every step: the target picture."""
        return tuple(track.shown for track in self.tracks if track.shown)

    def places_in(self, step: str) -> tuple[Place, ...]:
        """Return the questions put in *step*: its own, its tracks', and last those of every gate."""
        return self._places_by_step[step]

    @cached_property
    def _places_by_step(self) -> Mapping[str, tuple[Place, ...]]:
        here: dict[str, list[Place]] = {step.id: [] for step in self.steps}
        for place in self.places.values():
            for step in [place.step] if place.step else here:
                here[step].append(place)
        return {
            step: tuple(sorted(places, key=lambda place: (place.question.optional, place.at_every_gate)))
            for step, places in here.items()
        }

    def reads(self, step: str) -> Reads:
        """Return which questions and registers have to be at hand to know where *step* stands."""
        return self._reads_by_step[step]

    def reads_together(self, steps: frozenset[str]) -> Reads:
        """Return the same for all of *steps*."""
        known = self._together.get(steps)
        if known is None:
            known = self._together[steps] = reduce(or_, map(self.reads, steps), Reads())
        return known

    @cached_property
    def _together(self) -> dict[frozenset[str], Reads]:
        """What was worked out: turn after turn it is the same few steps."""
        return {}

    @cached_property
    def _reads_by_step(self) -> Mapping[str, Reads]:
        return {step.id: self._reads_of(step) for step in self.steps}

    @cached_property
    def readers(self) -> Mapping[str, frozenset[str]]:
        """The steps that have to be looked at again when the question's answer changes."""
        found: dict[str, set[str]] = {}
        for step, reads in self._reads_by_step.items():
            for question in reads.questions:
                found.setdefault(question, set()).add(step)
        return {question: frozenset(steps) for question, steps in found.items()}

    @cached_property
    def register_readers(self) -> Mapping[str, frozenset[str]]:
        """The steps that have to be looked at again when a record of the register changes."""
        found: dict[str, set[str]] = {}
        for step, reads in self._reads_by_step.items():
            for register in reads.registers:
                found.setdefault(register, set()).add(step)
        return {register: frozenset(steps) for register, steps in found.items()}

    def depends_on(self, question: str) -> tuple[str, ...]:
        """Return the questions that build on *question*: by rule, by option, by suggestion."""
        return self._dependents.get(question, ())

    @cached_property
    def _dependents(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for place in self.places.values():
            for read in sorted(self._reads_of_question(place.question).questions):
                found.setdefault(read, []).append(place.question.id)
        return {question: tuple(readers) for question, readers in found.items()}

    def _reads_of(self, step: Step) -> Reads:
        reads = what_is_read(rules_of(step.gate), self.coverage_of)
        for place in self.places_in(step.id):
            reads |= self._reads_of_question(place.question)
        return reads | Reads(questions=frozenset(self.shown_questions))

    def _reads_of_question(self, question: Question) -> Reads:
        reads = what_is_read(rules_of(question), self.coverage_of)
        for source in sources_of(question):
            reads |= Reads(
                questions=frozenset({source.question} if source.question else ()),
                registers=frozenset({source.register_} if source.register_ else ()),
            )
        if question.for_each is not None and question.for_each.register_:
            reads |= Reads(registers=frozenset({question.for_each.register_}))
        if (register := register_of(question)) is not None:
            reads |= Reads(registers=frozenset({register}))
        return reads

    def _numbered(self) -> Iterator[Place]:
        for number, step in enumerate(self.steps, start=1):
            for index, question in enumerate(step.questions, start=1):
                yield Place(question, f"{number}.{index}", step.id)
        for letter, track in zip(ascii_uppercase, self.tracks, strict=False):
            index = 0
            for placed in track.asked:
                for question in placed.questions:
                    index += 1
                    yield Place(question, f"{letter}.{index}", placed.with_step, track.id)
            for question in track.gate_questions:
                index += 1
                yield Place(question, f"{letter}.{index}", "", track.id)


def sources_of(question: Any) -> tuple[Source, ...]:
    """Return where a question's or field's options and suggestions come from."""
    options_from = getattr(question, "options_from", None)
    return (*((options_from,) if options_from else ()), *getattr(question, "suggest_from", ()))


def register_of(question: Question) -> str | None:
    """Return the register that a record question adds to; None for every other kind."""
    return question.register_ if question.kind == "record" else None
