"""Journeys: what a turn needs of one, and how they are found, filled and kept."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from dialogs.events import Event
from dialogs.model.answers import Address, Value
from dialogs.model.checkpoint import KeptCheckpoint
from dialogs.model.journey import Journey
from dialogs.ports.rooms import RoomRef


@dataclass(frozen=True, slots=True)
class Needs:
    """How much of a journey a turn has to read: whole pages, single addresses, all items of questions, registers."""

    steps: frozenset[str] = frozenset()
    addresses: frozenset[Address] = frozenset()
    questions: frozenset[str] = frozenset()
    registers: frozenset[str] = frozenset()
    pages: bool = False  # all of them

    def __or__(self, other: "Needs") -> "Needs":
        return Needs(
            self.steps | other.steps,
            self.addresses | other.addresses,
            self.questions | other.questions,
            self.registers | other.registers,
            self.pages or other.pages,
        )


@dataclass(frozen=True, slots=True)
class JourneyRef:
    """A journey, named: enough to choose between several."""

    id: str
    organisation: str
    group_name: str
    pack: str
    version: str
    language: str
    state: str
    practice: bool


@dataclass(frozen=True, slots=True)
class Look:
    """When somebody was last told where a journey stands, and how many events had happened by then."""

    at: datetime
    sequence: int
    before: "Look | None" = None  # the time before that


@dataclass(frozen=True, slots=True)
class Placed:
    """A journey with the page that it is on, and its open records; `written_by` says which journey wrote each."""

    journey: Journey
    written_by: Mapping[str, str]  # record -> journey, or "" where none did


class Journeys(Protocol):
    def start(self, journey: Journey, room: str) -> None: ...
    def get(self, id: str, needs: Needs) -> Journey:
        """Return the journey with at least what *needs* names. Raises ``KeyError`` when there is none."""

    def head(self, id: str) -> Journey:
        """Return the journey, its roster whole, with no more of its answers than the transaction has read already."""

    def fill(self, journey: Journey, needs: Needs) -> Journey:
        """Return *journey* with what *needs* names and it doesn't hold yet; what it holds stays as it is."""

    def whole(self, id: str) -> Journey: ...
    def save(self, before: Journey, after: Journey, happened: Iterable[tuple[str, Event]]) -> None:
        """Append the events (each with its step), and write what differs between the two.

        When somebody else has written the journey since it was read, ``storage.Conflict`` is raised: at the commit
        at the latest.
        """

    def change_version(
        self, before: Journey, after: Journey, event: Event, moves: Mapping[Address, Address]
    ) -> None:
        """Append *event*, a change of version, and write *after*, which is whole, in the place of all that was there.

        *moves* says where each answer lies now: what hangs on an address follows. Raises ``storage.Conflict`` as
        `save` does.
        """

    def refresh(self, journey: Journey) -> None:
        """Write head, pages and items without an event: after a change of members or units, or a rebuild."""

    def events(self, id: str, address: Address | None = None) -> Iterator[Event]: ...
    def news(self, id: str, since: int, *, most: int) -> Sequence[Event]:
        """Return what happened after so many events, oldest first; the *most* newest of it."""

    def last_look(self, id: str, person: str) -> Look | None: ...
    def note_look(self, journey: Journey, person: str, at: datetime) -> None:
        """Remember that the person was told where the journey stands."""

    def heads_of(self, person: str) -> Sequence[Journey]:
        """Return the journeys that aren't closed, nor practice, of the person's groups, without their answers.

        They are in the order in which they began, and read in one go: of hundreds of groups at once.
        """

    def standing_now(
        self,
        heads: Sequence[Journey],
        steps: Mapping[str, str],
        registers: Iterable[str],
        over: Iterable[str],
    ) -> Sequence[Placed]:
        """Return each journey with the page of its step in *steps* and its records in *registers*, in one go.

        *over* are the states, as `register/state`, in which nothing more is expected of a record: those are left out.
        """

    def anonymous_of(self, id: str, address: Address) -> Sequence[tuple[str, Value]]:
        """Return (id, value) of each anonymous contribution to the address, in the order of their random ids."""

    def checkpoints(self, id: str) -> Sequence[KeptCheckpoint]:
        """Return every checkpoint that was ever opened, those that were due first in front."""

    def put_checkpoints(self, journey: Journey, kept: Iterable[KeptCheckpoint]) -> None:
        """Let these be all that there are: after a rebuild."""

    def in_room(self, room: str) -> Sequence[JourneyRef]: ...
    def of_group(self, group: str) -> Sequence[JourneyRef]: ...
    def of_person(self, person: str) -> Sequence[JourneyRef]: ...
    def all(self) -> Sequence[JourneyRef]: ...
    def all_running_in(self, organisations: Iterable[str]) -> Mapping[str, Sequence[JourneyRef]]:
        """Return the same as `running_in` for several organisations in one go."""

    def running_in(self, organisation: str) -> Sequence[JourneyRef]:
        """Return the organisation's journeys that aren't closed, nor practice, those that began first in front."""

    def closed_elsewhere(self, journey: Journey) -> Mapping[str, date]:
        """Return the checkpoints about records that other groups of the organisation have closed by the same method.

        They are given by their keys, each with the day on which it was due in the end.
        """

    def with_late_rounds(self, today: date) -> Sequence[str]:
        """Return the journeys that have an open consent round whose last day is before *today*."""

    def open_rounds(self, journeys: Sequence[str]) -> Sequence[tuple[str, Address]]:
        """Return the consent rounds that are open in these journeys: each one's journey, and what it is about."""

    def room(self, id: str) -> RoomRef | None: ...
    def lives_in(self, id: str, room: str) -> bool: ...
    def move(self, id: str, room: str) -> None:
        """Let the journey live in this room; letters that waited for the old one are sent here."""

    def remove(self, id: str) -> None:
        """Take away a practice journey and all that belongs to it. Raises ``ValueError`` for a real one."""
