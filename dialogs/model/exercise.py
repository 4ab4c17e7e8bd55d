"""An exercise as a group runs it, and the result that it leaves: the same from the channel and from paper."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from dialogs.model.people import PersonId

Held = Literal["channel", "room"]
"""Where it is held. In a room all is on paper, and what came of it is typed in afterwards."""

Pairs = tuple[tuple[PersonId, ...], ...]


@dataclass(frozen=True, slots=True)
class ExerciseRun:
    """One that was started: the phase that is on, since when (UTC), and the pairs that were drawn. Over when `over`.

    `number` counts how many times it has been held. Of a later time, `there` names the records that were there
    already, which are no part of its result; `earlier` holds the times before, the first in front. `apart` names the
    records of a later time that was broken off: they are no part of this one's.
    """

    exercise: str
    held: Held
    phase: str
    since: datetime
    pairs: Pairs = ()
    over: bool = False
    number: int = 1
    there: tuple[str, ...] = ()
    earlier: tuple["EarlierRun", ...] = ()
    apart: tuple[str, ...] = ()
    broken: "ExerciseRun | None" = (
        None  # a later time that was broken off: it goes on when somebody starts again
    )

    def owns(self, record: str) -> bool:
        """Say whether the record may be part of what this time came to."""
        return record not in self.there and record not in self.apart


@dataclass(frozen=True, slots=True)
class EarlierRun:
    """A time before: the run as it ended, and how many events the journal had when the next one began."""

    run: ExerciseRun
    until: int


@dataclass(frozen=True, slots=True)
class Card:
    """A record as it is read: its title, and the filled fields as (label, value)."""

    title: str
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Branch:
    """A record in a tree, with those that grow out of it; `root` is the mark that the group set."""

    title: str
    root: bool = False
    under: tuple["Branch", ...] = ()


@dataclass(frozen=True, slots=True)
class Listed:
    lines: tuple[str, ...]
    kind: Literal["list"] = "list"


@dataclass(frozen=True, slots=True)
class Ranked:
    """What got how many dots, most first."""

    places: tuple[tuple[str, int], ...]
    kind: Literal["ranking"] = "ranking"


@dataclass(frozen=True, slots=True)
class Timeline:
    """Where along the line each record stands, in order; those without a place last."""

    spots: tuple[tuple[str, Card], ...]
    kind: Literal["timeline"] = "timeline"


@dataclass(frozen=True, slots=True)
class Paired:
    """What each person told, by name, once it may be shown; and the joint picture."""

    told: tuple[tuple[str, tuple[str, ...]], ...]
    picture: tuple[str, ...]
    kind: Literal["pairs"] = "pairs"


@dataclass(frozen=True, slots=True)
class Tree:
    branches: tuple[Branch, ...]
    kind: Literal["tree"] = "tree"


@dataclass(frozen=True, slots=True)
class Cards:
    cards: tuple[Card, ...]
    kind: Literal["cards"] = "cards"


@dataclass(frozen=True, slots=True)
class Measures:
    """What is to be done, those that are due first in front."""

    cards: tuple[Card, ...]
    kind: Literal["measures"] = "measures"


ExerciseResult = Listed | Ranked | Timeline | Paired | Tree | Cards | Measures
