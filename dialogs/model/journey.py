"""One group's way through one pinned version of a method, as much of it as a turn needs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, NewType

from dialogs.model.answers import Address, Item
from dialogs.model.changed import changed
from dialogs.model.checkpoint import OpenCheckpoint
from dialogs.model.exercise import ExerciseRun
from dialogs.model.people import PersonId, Roster
from dialogs.model.pulse import Pulse
from dialogs.model.records import Record, Registers

JourneyId = NewType("JourneyId", str)
GroupState = Literal["temporary", "permanent"]


@dataclass(frozen=True, slots=True)
class Page:
    """Where one step's questions stand: the status of each address that has any, and how many are asked and done."""

    statuses: Mapping[str, str] = field(default_factory=dict)  # address key -> status
    waiting: tuple[str, ...] = ()  # address keys that the leader went on from, in that order
    asked: int = 0
    done: int = 0

    def status(self, address: Address) -> str:
        return self.statuses.get(address.key, "open")

    def is_done(self, address: Address) -> bool:
        return self.statuses.get(address.key) in ("settled", "skipped", "review")


@dataclass(frozen=True, slots=True)
class Signed:
    """A step that was signed off: by whom, when, and what was consciously left."""

    by: PersonId
    at: datetime
    left: tuple[str, ...] = ()


@dataclass(frozen=True)
class Journey:
    """The aggregate. `pages`, `items` and `records` hold what was loaded for the turn; the rest is always whole.

    `retired` is there when all of it was loaded. `read` names questions (by id) and addresses (by key) that hold all there is, so that nobody reads them again.
    """

    id: JourneyId
    organisation: str
    organisation_name: str
    group: str
    group_name: str
    pack: str
    version: str
    language: str
    starter: PersonId
    first_step: str
    started: date
    state: Literal["active", "paused", "closed"] = "active"
    group_state: GroupState = "temporary"
    practice: bool = False
    at_once: int = 3  # the most questions that are put in the channel at once
    signed: Mapping[str, Signed] = field(default_factory=dict)
    exercises: Mapping[str, ExerciseRun] = field(default_factory=dict)  # those that were started
    own_registers: frozenset[str] = frozenset()  # of these it sees only what its group has written
    sequence: int = 0  # how many events have happened; the guard against two writers
    roster: Roster = field(default_factory=Roster)
    pages: Mapping[str, Page] = field(default_factory=dict)
    items: Mapping[Address, Item] = field(default_factory=dict)
    retired: Mapping[Address, Item] = field(default_factory=dict)  # what no question asks for any more
    records: Mapping[str, tuple[Record, ...]] = field(default_factory=dict)
    checkpoints: tuple[OpenCheckpoint, ...] = ()  # the open ones
    pulse: Pulse = field(default_factory=Pulse)
    # registration numbers by what they are for, in a journey that was loaded whole
    registered: Mapping[str, str] = field(default_factory=dict)
    read: frozenset[str] = field(default=frozenset(), compare=False)

    def item(self, address: Address) -> Item:
        return self.items.get(address) or Item(address)

    def items_of(self, question: str) -> tuple[Item, ...]:
        return tuple(item for address, item in self.items.items() if address.question == question)

    def page(self, step: str) -> Page:
        return self.pages.get(step) or Page()

    def records_in(self, register: str) -> tuple[Record, ...]:
        return self.records.get(register, ())

    def record(self, id: str) -> Record | None:
        if isinstance(self.records, Registers):
            register, at = self.records.place_of(id) or ("", 0)
            return self.records[register][at] if register else None
        return next((one for kept in self.records.values() for one in kept if one.id == id), None)

    def with_item(self, item: Item) -> "Journey":
        return changed(self, items={**self.items, item.address: item})

    def with_page(self, step: str, page: Page) -> "Journey":
        return changed(self, pages={**self.pages, step: page})

    def with_record(self, record: Record) -> "Journey":
        """Return the journey with *record* in the place of its earlier revision, or added last."""
        kept = self.records if isinstance(self.records, Registers) else Registers(self.records)
        return changed(self, records=kept.with_record(record))

    def open_checkpoint(self, key: str) -> OpenCheckpoint | None:
        return next((one for one in self.checkpoints if one.key == key), None)

    def with_checkpoint(self, checkpoint: OpenCheckpoint) -> "Journey":
        """Return the journey with *checkpoint* open, in the place of what was known of it or added last."""
        if self.open_checkpoint(checkpoint.key) is None:
            return changed(self, checkpoints=(*self.checkpoints, checkpoint))
        renewed = (checkpoint if one.key == checkpoint.key else one for one in self.checkpoints)
        return changed(self, checkpoints=tuple(renewed))

    def without_checkpoint(self, key: str) -> "Journey":
        return changed(self, checkpoints=tuple(one for one in self.checkpoints if one.key != key))

    def with_exercise(self, run: ExerciseRun) -> "Journey":
        return changed(self, exercises={**self.exercises, run.exercise: run})

    def counted(self) -> "Journey":
        return changed(self, sequence=self.sequence + 1)
