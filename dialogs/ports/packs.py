"""Methods: the shelf that turns take them from, what is installed, what was sent in and waits, and work with them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from content.pack import Pack
from dialogs.model.checked_pack import CheckedPack
from dialogs.model.pack_job import PackJob, Task


class PackShelf(Protocol):
    def pack(self, id: str, version: str) -> Pack:
        """Return the pinned version, from memory where it has been read before."""

    def newest(self) -> Sequence[Pack]:
        """Return the newest version of each installed method that a journey can start from."""

    def retired(self) -> Sequence[Pack]:
        """Return the newest version of each method that no journey can start from any more."""


@dataclass(frozen=True, slots=True)
class InstalledPack:
    """One installed version of a method, without what is in it."""

    id: str
    version: str
    checksum: str
    by: str
    at: datetime
    retired_at: datetime | None = None
    retired_by: str | None = None


class Packs(Protocol):
    def put(self, pack: Pack, checksum: str, *, by: str, at: datetime) -> bool:
        """Store a version; False when this very checksum is there. Raises ``ValueError`` when the version differs."""

    def put_text(self, id: str, version: str, text: str, checksum: str, *, by: str, at: datetime) -> bool:
        """The same for a version that is compiled already, as `text` returns it."""

    def get(self, id: str, version: str) -> Pack | None: ...
    def text(self, id: str, version: str) -> str | None:
        """Return the version compiled, as it is kept: reading it is left to whoever has the time."""

    def all(self) -> Sequence[tuple[str, str, str]]:
        """Return (id, version, checksum) of each installed version, oldest first."""

    def installed(self) -> Sequence[InstalledPack]:
        """Return each installed version, oldest first."""

    def retire(self, id: str, version: str, *, by: str, at: datetime) -> None:
        """Let no new journey start from the version; those that have begun go on. Once retired it stays as it was."""

    def offer_again(self, id: str, version: str) -> None: ...
    def running(self, id: str) -> Mapping[str, int]:
        """Return by version how many journeys are on it: not closed, and no practice."""


@dataclass(frozen=True, slots=True)
class PackInWaiting:
    """A pack that was checked and waits to be installed, or what was wrong with one; without the pack itself."""

    id: str
    person: str
    checked: CheckedPack
    until: datetime


class PacksInWaiting(Protocol):
    """Packs that were sent and checked, for an hour; one for each person."""

    def put(self, person: str, checked: CheckedPack, *, at: datetime, until: datetime) -> str:
        """Keep it in the place of the person's last one, and forget those that ran out; return its id."""

    def get(self, id: str, now: datetime) -> PackInWaiting | None:
        """Return it without its text; None when it ran out, or never was."""

    def of_person(self, person: str, now: datetime) -> PackInWaiting | None:
        """Return what the person sent last, while it waits."""

    def text(self, id: str) -> str:
        """Return the pack, compiled. Raises ``KeyError`` when it isn't there."""

    def pack(self, id: str) -> Pack: ...

    def drop(self, id: str) -> None: ...
    def some_late(self, now: datetime) -> bool:
        """Say whether any ran out."""

    def forget(self, now: datetime) -> None:
        """Forget those that ran out."""


class PackJobs(Protocol):
    """Work with methods that takes longer than a turn. Whoever claims a piece of it holds it for a while."""

    def put(self, person: str, room: str, task: Task, *, until: datetime) -> str:
        """Keep it to be done, for *until* at the longest; what the person has had done is forgotten. Return its id."""

    def undone_of(self, person: str) -> Sequence[PackJob]: ...
    def some_to_do(self, now: datetime) -> bool:
        """Say whether there is any that nobody holds."""

    def claim(self, now: datetime, until: datetime) -> PackJob | None:
        """Return the oldest that nobody holds, held from now on; None when there is none."""

    def go_on(self, job: PackJob, until: datetime) -> bool:
        """Keep what has come of it so far, and hold it for longer, as if it were the first try.

        Return False when somebody else has it by now.
        """

    def done(self, job: PackJob, *, until: datetime, file: bytes | None = None) -> bool:
        """Keep, for a while, what came of it, deflated; False when somebody else has it by now."""

    def task_of(self, id: str, person: str, now: datetime) -> Task | None:
        """Return what was done for the person; None when it isn't done, or was forgotten."""

    def file_of(self, id: str, person: str, now: datetime) -> bytes | None:
        """Return the file that came of it, deflated."""

    def take_back(self) -> None:
        """Let all that is held be claimed anew: whoever held it is gone. Right only where one process serves."""

    def some_late(self, now: datetime) -> bool: ...
    def forget(self, now: datetime) -> None:
        """Forget what has been kept for long enough."""
