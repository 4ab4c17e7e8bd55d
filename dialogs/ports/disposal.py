"""Lawful disposal: what there is that may go, the rules and holds, the runs, and the acts themselves."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from dialogs.events import JourneyDisposed
from dialogs.model.answers import Item
from dialogs.model.disposal import Hold, Kind, Run, Scope, Stored
from dialogs.model.journey import Journey

Rest = tuple[str, tuple[object, ...]]
"""A row that is to go with its journey: its table and its key."""


class Disposals(Protocol):
    """*alone* says that the organisation is the only one: what nobody is named for is then its own."""

    def rules(self, organisation: str) -> Mapping[Kind, int | None]:
        """Return the organisation's own rules; the rest is as by default."""

    def set_rule(self, organisation: str, kind: Kind, months: int | None) -> None: ...
    def holds(self, organisation: str) -> Sequence[Hold]:
        """Return those that haven't been lifted, oldest first."""

    def hold(
        self, organisation: str, scope: Scope, about: str, *, reason: str, by: str, at: datetime
    ) -> int: ...
    def lift(self, organisation: str, number: int, *, by: str, at: datetime) -> bool: ...

    def stored(self, kind: Kind, organisation: str, *, alone: bool) -> Iterable[Stored]:
        """Return what there is of a kind, however old: all but contributions, which only the methods can judge."""

    def settled_in(self, journey: str) -> bool:
        """Say whether the journey has any settled answer."""

    def runs(self, organisation: str) -> Sequence[Run]:
        """Return every run there was, oldest first."""

    def begin(self, run: Run) -> None: ...
    def change(self, run: Run) -> None: ...
    def list_targets(self, run: str, targets: Sequence[Stored]) -> None: ...
    def forget_targets(self, run: str, most: int) -> int: ...
    def targets(self, run: str, most: int) -> Sequence[tuple[int, Stored]]:
        """Return the next ones, of one kind, with their numbers."""

    def struck_off(self, targets: Iterable[int]) -> None: ...
    def let_go(self, targets: Sequence[Stored]) -> int:
        """Let drafts, lines that came in, letters or meetings go. Return how many were still there."""

    def let_texts_go(
        self,
        journey: Journey,
        before: Item,
        sequences: Sequence[int],
        decision: str,
        *,
        unnamed: bool = True,
    ) -> int:
        """Put in the journal, in their places, that texts were disposed of; write the answer without them.

        Texts of the answer that nobody is named for go too, if *unnamed*. Return how many went. Raises ``storage.Conflict`` when
        somebody has written the journey since it was read.
        """

    def end_journey(self, journey: Journey, event: JourneyDisposed) -> None:
        """Close the journey for good with its last line. The rest of it is let go by `drop_rest`."""

    def rest_of(self, journey: str, most: int) -> Sequence[Rest]:
        """Return at most so many of the rows that are left of an ended journey. Writes nothing."""

    def drop_rest(self, rest: Sequence[Rest]) -> None: ...
