"""The audit, and secrets that are kept sealed."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from dialogs.model.audit import Head, Link


class Audit(Protocol):
    def note(
        self, kind: str, *, organisation: str, by: str, about: str, at: datetime, digest: str = ""
    ) -> None: ...
    def head(self, organisation: str) -> Head:
        """Return how far the chain has come: number 0 where it hasn't begun."""

    def chains(self) -> Sequence[str]:
        """Return whose chains there are: organisations, and "" for the whole installation."""

    def links(self, organisation: str) -> Iterator[Link]:
        """Yield the chain's links by their numbers, read page by page: use it inside the transaction."""

    def verify(self) -> int:
        """Return how many rows the chain has. Raises ``ValueError`` at the first broken link."""


class Secrets(Protocol):
    """Secrets by the names of their settings, sealed: whoever asks for them opens them."""

    def all(self) -> Mapping[str, str]: ...
    def put(self, name: str, sealed: str, at: datetime) -> None: ...
    def drop(self, name: str) -> bool: ...
