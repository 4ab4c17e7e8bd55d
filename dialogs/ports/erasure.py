"""Erasing a person: what is theirs alone, where their name stands, and letting both go."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from dialogs.model.erasure import Mentioned, Part
from dialogs.ports.disposal import Rest


class Erasures(Protocol):
    def groups_now(self, person: str) -> Sequence[str]:
        """Return the names of the groups that the person is in."""

    def groups_ever(self, person: str) -> Sequence[tuple[str, str]]:
        """Return the ids of the groups that the person is or was in, each with its organisation; practice left out."""

    def looks_after_alone(self, person: str) -> Sequence[str]:
        """Return the names of the organisations that have no other admin."""

    def last_roles(self, person: str) -> tuple[str, Sequence[str]] | None:
        """Return the group that they were in last, and their roles there; None when they never had any."""

    def practice_of(self, person: str) -> Sequence[str]:
        """Return the practice journeys that the person began."""

    def words_of(self, person: str) -> Sequence[str]:
        """Return the person's name and address, and what platforms have said of both."""

    def parts(self, person: str) -> Mapping[Part, int]: ...
    def rest_of(self, person: str, most: int) -> Sequence[Rest]:
        """Return at most so many rows of what is theirs alone. Writes nothing."""

    def drop_rest(self, rest: Sequence[Rest]) -> None: ...
    def forget(self, person: str, becomes: str) -> None:
        """Let accounts, private rooms, address and settings of the person go, and *becomes* be their name everywhere."""

    def unreadable(self, person: str) -> int:
        """Return how many lines that came in where they write, and failed, nobody can read: they may be theirs, and stay."""

    def mentions(self, words: Sequence[str], person: str) -> Sequence[Mentioned]:
        """Return where any of the words stands in what others wrote or what has to stay. Writes nothing."""
