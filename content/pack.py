"""A pack as the program uses it: put together from its files, numbered, and with what reads what worked out."""

from collections.abc import Hashable, Iterable, Mapping
from functools import cached_property, reduce
from operator import or_
from typing import Any

from pydantic import BaseModel, ConfigDict

from content.places import Place, numbered
from content.reads import reads_of_checkpoint, reads_of_question, register_of, sources_of
from content.rules import Reads, rules_of, what_covers, what_is_read
from content.schema.coverage import Coverage
from content.schema.cycle import Checkpoint
from content.schema.deciding import Decides
from content.schema.exercises import Exercise
from content.schema.files import Document, Entry, NudgeText, PackFile, Register, RolePart, Step, Tag, Track
from content.schema.guides import Guide
from content.schema.questions import ReferenceSpec, RegisterField, WriteInRecord

__all__ = ["Pack", "Place", "register_of", "sources_of"]


class Pack(BaseModel):
    """One version of a method, whole. Stored as JSON; read back without touching YAML."""

    model_config = ConfigDict(frozen=True, defer_build=True)  # as in `Part`

    manifest: PackFile
    steps: tuple[Step, ...]
    tracks: tuple[Track, ...] = ()
    registers: Mapping[str, Register]
    tags: Mapping[str, Tag]
    documents: tuple[Document, ...] = ()
    guides: tuple[Guide, ...] = ()
    exercises: tuple[Exercise, ...] = ()
    """In the order of the steps that they stand in."""
    nudges: tuple[NudgeText, ...] = ()
    cycle: tuple[Checkpoint, ...] = ()
    yearly: tuple[Coverage, ...] = ()
    """The coverage of the cycle, as it stands beside the checkpoints."""

    @property
    def id(self) -> str:
        return self.manifest.id

    @property
    def version(self) -> str:
        return self.manifest.version

    @cached_property
    def places(self) -> Mapping[str, Place]:
        """Every question by its id, in the order in which they are numbered."""
        return {
            place.question.id: place
            for place in numbered(self.steps, self.tracks, self.cycle, self.exercises)
        }

    @cached_property
    def now_called(self) -> Mapping[str, str]:
        """What the questions are called now that earlier versions asked under another id."""
        return {old: place.question.id for place in self.places.values() for old in place.question.was}

    @cached_property
    def order(self) -> Mapping[str, int]:
        """Which question comes before which."""
        return {question: index for index, question in enumerate(self.places)}

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
    def checkpoint_of(self) -> Mapping[str, Checkpoint]:
        return {checkpoint.id: checkpoint for checkpoint in self.cycle}

    @cached_property
    def role_of(self) -> Mapping[str, RolePart]:
        return {role.id: role for role in self.manifest.roles}

    @cached_property
    def entry_of(self) -> Mapping[str, Entry]:
        return {entry.id: entry for entry in self.manifest.entries}

    @cached_property
    def seen_by(self) -> Mapping[str, tuple[RegisterField, ...]]:
        """The fields that only some see, by register; a register without any isn't there."""
        found = {
            register.id: tuple(field for field in register.fields if field.seen_by is not None)
            for register in self.registers.values()
        }
        return {register: fields for register, fields in found.items() if fields}

    @cached_property
    def written_by_answers(self) -> Mapping[str, frozenset[str]]:
        """The fields that the group's answers write, and nobody by hand, by register."""
        return _by(
            (place.question.for_each.register_, name)
            for place in self.places.values()
            if place.question.for_each is not None and place.question.for_each.register_ is not None
            for then in place.question.then
            if isinstance(then, WriteInRecord)
            for name in (then.set_field, then.reason)
            if name is not None
        )

    @cached_property
    def yes_about(self) -> Mapping[str, tuple[str, ...]]:
        """The questions that ask for the group's yes to something about a record, by register."""
        found: dict[str, tuple[str, ...]] = {}
        for place in self.places.values():
            each = place.question.for_each
            if place.question.yes is not None and each is not None and each.register_ is not None:
                found[each.register_] = (*found.get(each.register_, ()), place.question.id)
        return found

    def read_to_see(self, register: str) -> frozenset[str]:
        """Return the registers that say who sees a field of this one."""
        named = {field.seen_by.of for field in self.seen_by.get(register, ()) if field.seen_by is not None}
        fields = self.registers[register].fields if named - {None} else ()
        return frozenset(
            one.register_ for one in fields if isinstance(one, ReferenceSpec) and one.id in named
        )

    @cached_property
    def own_registers(self) -> frozenset[str]:
        """The registers of which a group reads only what it has written itself, whatever others keep there."""
        return frozenset(register.id for register in self.registers.values() if register.own)

    @cached_property
    def guide_of(self) -> Mapping[str, Guide]:
        return {guide.id: guide for guide in self.guides}

    @cached_property
    def exercise_of(self) -> Mapping[str, Exercise]:
        return {exercise.id: exercise for exercise in self.exercises}

    @cached_property
    def exercise_number(self) -> Mapping[str, int]:
        """What people call each exercise: they are numbered through the whole method."""
        return {exercise.id: number for number, exercise in enumerate(self.exercises, start=1)}

    @cached_property
    def step_of_exercise(self) -> Mapping[str, str]:
        return {name: step.id for step in self.steps for name in step.exercises}

    def exercises_in(self, step: str) -> tuple[Exercise, ...]:
        return tuple(self.exercise_of[name] for name in self.step_of[step].exercises)

    @cached_property
    def deciding(self) -> Mapping[str, tuple[Decides, ...]]:
        """The rights that records wait for, by register."""
        found: dict[str, tuple[Decides, ...]] = {}
        for right in self.manifest.decides:
            if right.records is not None:
                register = right.records.register_
                found[register] = (*found.get(register, ()), right)
        return found

    @cached_property
    def coverage_of(self) -> Mapping[str, Coverage]:
        parts: tuple[Step | Track, ...] = (*self.steps, *self.tracks)
        every = (*(coverage for part in parts for coverage in part.coverage), *self.yearly)
        return {coverage.id: coverage for coverage in every}

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
            for step in here if place.at_every_gate else [place.step] if place.step else []:
                here[step].append(place)
        return {
            step: tuple(sorted(places, key=lambda place: (place.question.optional, place.at_every_gate)))
            for step, places in here.items()
        }

    def questions_at(self, checkpoint: str) -> tuple[Place, ...]:
        """Return the questions put each time *checkpoint* opens: its own, then those of steps and tracks again.

        None for one that only another version has.
        """
        return self._places_by_checkpoint.get(checkpoint, ())

    @cached_property
    def _places_by_checkpoint(self) -> Mapping[str, tuple[Place, ...]]:
        every = self.places.values()
        return {
            one.id: (
                *(place for place in every if place.checkpoint == one.id),
                *(place for place in every if not place.checkpoint and place.question.again == one.id),
            )
            for one in self.cycle
        }

    def reads(self, step: str) -> Reads:
        """Return which questions and registers have to be at hand to know where *step* stands."""
        return self._reads_by_step[step]

    def reads_together(self, parts: frozenset[str]) -> Reads:
        """Return the same for all of *parts*, which are steps and checkpoints."""
        known = self._together.get(parts)
        if known is None:
            reads = (self.reads(one) if one in self.step_of else self.reads_at(one) for one in parts)
            known = self._together[parts] = reduce(or_, reads, Reads())
        return known

    @cached_property
    def _together(self) -> dict[frozenset[str], Reads]:
        """What was worked out: turn after turn it is the same few steps."""
        return {}

    @cached_property
    def _reads_by_step(self) -> Mapping[str, Reads]:
        return {step.id: self._reads_of(step) for step in self.steps}

    def reads_at(self, checkpoint: str) -> Reads:
        """Return which questions and registers have to be at hand to know when *checkpoint* is due, and if it is done."""
        return self._reads_by_checkpoint[checkpoint]

    @cached_property
    def _reads_by_checkpoint(self) -> Mapping[str, Reads]:
        return {
            one.id: reads_of_checkpoint(
                one, (place.question for place in self.questions_at(one.id)), self.coverage_of
            )
            for one in self.cycle
        }

    @cached_property
    def calendar_reads(self) -> Reads:
        """The questions and registers from which it is worked out what is due, and who owes what."""
        found = Reads(registers=frozenset(one.id for one in self.registers.values() if one.reminders))
        own = self.manifest.meetings
        if own is not None:
            questions = frozenset({own.question} if own.question else ())
            registers = frozenset({own.register_} if own.register_ else ())
            found |= Reads(questions, registers) | what_is_read(rules_of(own), self.coverage_of)
        for checkpoint in self.cycle:
            found |= self.reads_at(checkpoint.id)
        for nudge in self.offering:
            found |= what_is_read(rules_of(nudge), self.coverage_of)
        return found

    @cached_property
    def offering(self) -> tuple[NudgeText, ...]:
        """The nudges that offer another way, once."""
        return tuple(nudge for nudge in self.nudges if nudge.offers is not None)

    @cached_property
    def summary_reads(self) -> Reads:
        """The questions and registers that a summary of the whole journey looks at: coverages, tracks, what has a day."""
        found = self.calendar_reads | what_is_read(rules_of(self.tracks), self.coverage_of)
        for one in self.coverage_of.values():
            found |= what_covers(one)
        return found

    @cached_property
    def counted_reads(self) -> Reads:
        """The questions and registers that are counted by the year."""
        found = Reads()
        for one in self.coverage_of.values():
            found |= what_covers(one) if one.per is not None else Reads()
        return found

    @cached_property
    def readers(self) -> Mapping[str, frozenset[str]]:
        """The steps that have to be looked at again when the question's answer changes."""
        return _by(
            (question, step) for step, reads in self._reads_by_step.items() for question in reads.questions
        )

    @cached_property
    def register_readers(self) -> Mapping[str, frozenset[str]]:
        """The steps that have to be looked at again when a record of the register changes."""
        return _by(
            (register, step) for step, reads in self._reads_by_step.items() for register in reads.registers
        )

    @cached_property
    def checkpoint_readers(self) -> Mapping[str, frozenset[str]]:
        """The checkpoints that have to be looked at again when the question's answer changes."""
        return _by(
            (question, one)
            for one, reads in self._reads_by_checkpoint.items()
            for question in reads.questions
        )

    @cached_property
    def checkpoint_register_readers(self) -> Mapping[str, frozenset[str]]:
        """The checkpoints that have to be looked at again when a record of the register changes."""
        return _by(
            (register, one)
            for one, reads in self._reads_by_checkpoint.items()
            for register in reads.registers
        )

    def reads_to_move(self, register: str) -> Reads:
        """Return which questions and registers have to be at hand to know what a state requires of a record."""
        found = self._reads_to_move.get(register)
        if found is None and register in self.registers:
            rights = self.deciding.get(register, ())
            states, required = self.registers[register].states, self.registers[register].requires
            prolonging = self.registers[register].prolonging
            rules = (*rules_of(states), *rules_of(required), *rules_of(prolonging), *rules_of(rights))
            bodies = frozenset(right.body for right in self.manifest.decides if right.body and rights)
            found = what_is_read(rules, self.coverage_of) | Reads(questions=bodies)
            self._reads_to_move[register] = found
        return found or Reads()

    def prolonged_by(self, register: str) -> frozenset[str]:
        """Return the register's dates that something is required of before they are moved later."""
        model = self.registers.get(register)
        rights = (right.records for right in self.deciding.get(register, ()))
        decided = {one.prolongs for one in rights if one is not None and one.prolongs is not None}
        return frozenset(decided | {one.date for one in model.prolonging} if model is not None else decided)

    @cached_property
    def _reads_to_move(self) -> dict[str, Reads]:
        return {}

    def depends_on(self, question: str) -> tuple[str, ...]:
        """Return the questions that build on *question*: by rule, by option, by suggestion."""
        return self._dependents.get(question, ())

    @cached_property
    def _dependents(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for place in self.places.values():
            for read in sorted(reads_of_question(place.question, self.coverage_of).questions):
                found.setdefault(read, []).append(place.question.id)
        return {question: tuple(readers) for question, readers in found.items()}

    @cached_property
    def kept(self) -> dict[Hashable, Any]:
        """What others have worked out of the pack alone, by names of their own: it is as true as long as the pack is."""
        return {}

    def _reads_of(self, step: Step) -> Reads:
        reads = what_is_read(rules_of(step.gate), self.coverage_of)
        for place in self.places_in(step.id):
            reads |= reads_of_question(place.question, self.coverage_of)
        return reads | Reads(questions=frozenset(self.shown_questions))


def _by(pairs: Iterable[tuple[str, str]]) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for read, reader in pairs:
        found.setdefault(read, set()).add(reader)
    return {read: frozenset(readers) for read, readers in found.items()}
