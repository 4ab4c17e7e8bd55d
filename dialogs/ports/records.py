"""Records, what groups share of them, the words by which they are found, and tables that wait to be entered."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from dialogs.model.journey import Journey
from dialogs.model.people import PersonId
from dialogs.model.records import Record
from dialogs.model.sharing import Lent, Share, SharedRecord, Viewer
from dialogs.model.words import Candidate, Clause, Counts, Entry


class Records(Protocol):
    def save(self, record: Record, *, organisation: str, group: str | None, journey: str) -> None: ...
    def history(self, record: str) -> Sequence[Record]: ...
    def is_for_all(self, record: str) -> bool:
        """Say whether it belongs to the whole organisation, and to no group of it."""

    def take_home(self, record: str, group: str) -> None:
        """Let what the group wrote for the whole organisation be its own from now on. What another wrote stays."""

    def kept_in(self, organisation: str, register: str) -> Sequence[Record]:
        """Return all that the organisation's groups keep there together, practice apart, in the order in which it came."""

    def written_elsewhere(self, journey: Journey, registers: Iterable[str]) -> Mapping[str, str]:
        """Return the records of its organisation that *journey* hasn't written, each with the journey that has, or ""."""


class Shares(Protocol):
    """What crosses a group's border, and an organisation's, does so by these and in no other way."""

    def put(self, share: Share, *, organisation: str) -> None:
        """Share a record of the organisation, in the place of how it was shared with the same before."""

    def end(self, record: str, to: Iterable[str | None] | None = None, *, by: PersonId, at: datetime) -> None:
        """Let those it was shared with see it no more, from now on: all of them, or those (None for everybody)."""

    def of(self, record: str, today: date) -> Sequence[Share]:
        """Return how the record is shared on the day, in the order in which it was."""

    def history(self, records: Sequence[str]) -> Sequence[tuple[Share, datetime | None]]:
        """Return how the records are and were shared, oldest first, each with when it was taken back."""

    def seen(self, records: Sequence[str], viewer: Viewer) -> Sequence[SharedRecord]:
        """Return those of the records that the viewer may see, in the order given."""

    def lent(self, registers: Iterable[str], viewer: Viewer, most: int) -> Lent:
        """Return what other groups let the viewer see of these registers, the newest first, at most so many.

        What a group wrote for its whole organisation, before the register was the group's own, is among them there.
        """

    def still_lent(self, lent: Lent, registers: Iterable[str], viewer: Viewer) -> Lent:
        """Return the same without what was taken back since."""


class Search(Protocol):
    """By which words records are found. It can be thrown away and written anew."""

    def put(self, entry: Entry) -> None:
        """Let the record be found by these terms, and by no others any more."""

    def put_anew(self, entries: Iterable[Entry]) -> int:
        """Let these records be found, and nothing else: throw away what there was. Return how many there are."""

    def is_old(self) -> bool:
        """Say whether an upgrade has left the entries to be written anew."""

    def take_old(self) -> bool:
        """Take it on to write them anew; say whether that is left to do."""

    def drop(self, record: str) -> None: ...
    def counts(self, terms: Iterable[str]) -> Counts:
        """Return in how many entries each term stands, whoever may see them: it weighs, and is never shown."""

    def beginning(self, beginnings: Iterable[str]) -> Sequence[str]:
        """Return the terms that begin so, with `words.BEGINNING` letters each."""

    def having(
        self, clauses: Sequence[Clause], *, registers: Iterable[str], viewer: Viewer
    ) -> Sequence[Candidate]:
        """Return the entries that have all terms of any of the clauses, and that the viewer may see.

        At most the newest `ranking.MOST_CANDIDATES` by one term, and as many by several. What the viewer may not see is
        never read.
        """


@dataclass(frozen=True, slots=True)
class TableWaiting:
    """A table that was read of a file, as a text, and all that there is to say of its lines where that is long."""

    id: str
    person: str
    name: str
    sheet: str
    report: str


class TablesInWaiting(Protocol):
    """Tables that were sent and read, for an hour; one for each person."""

    def put(
        self, person: str, name: str, sheet: str, *, at: datetime, until: datetime, report: str = ""
    ) -> str:
        """Keep it in the place of the person's last one, and forget those that ran out; return its id."""

    def get(self, id: str, now: datetime) -> TableWaiting | None:
        """Return it; None when it ran out, or never was."""

    def drop(self, id: str) -> None: ...
    def some_late(self, now: datetime) -> bool:
        """Say whether any ran out."""

    def forget(self, now: datetime) -> None:
        """Forget those that ran out."""
