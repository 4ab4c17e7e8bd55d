"""Erasing a person: what is theirs alone and goes, what stays without their name, and where others have written it."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from dialogs.model.disposal import Hold, Stored

Part = Literal[
    "drafts", "notes", "letters", "reminders", "settings", "links", "waiting", "traces", "practice"
]
"""What is somebody's alone: their drafts and notes, letters to them, what they are reminded of, settings, addresses and codes,
files of theirs that wait, what was noted of what they have seen, and practice journeys."""

PARTS: tuple[Part, ...] = (
    "drafts", "notes", "letters", "reminders", "settings", "links", "waiting", "traces", "practice",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mentioned:
    """A place where the searched words stand in what others wrote, or in what has to stay: its kind, group and id."""

    kind: str
    group: str
    place: str


@dataclass(frozen=True, slots=True)
class Erasure:
    """What erasing one person comes to. `texts` go by a decision alone."""

    person: str
    name: str
    becomes: str
    organisations: tuple[str, ...]
    accounts: int
    parts: Mapping[Part, int]
    texts: tuple[Stored, ...]
    mentions: tuple[Mentioned, ...]
    holds: tuple[Hold, ...]
    unreadable: int = 0  # lines that came in and nobody can read any more: they may be theirs, and stay

    @property
    def checksum(self) -> str:
        """The same for the same person and the same texts. Ids alone go into it."""
        told = [self.person]
        told += sorted(f"{one.key} {','.join(map(str, one.sequences))}" for one in self.texts)
        return sha256("\n".join(told).encode()).hexdigest()[:16]
