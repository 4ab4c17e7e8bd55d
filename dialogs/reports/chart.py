"""What a picture of a group shows, as a value that is worded already; and the text that says the same, made of it."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from content.phrases.marks import ended

State = Literal["done", "now", "late", "left", "ahead"]
"""What each mark tells by its shape: done, at hand, late, left undone, or still to come."""

Kind = Literal["steps", "plan", "year"]

MOST_TOLD = 900
"""Characters of an alternative text: Slack takes a thousand."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing that is drawn. `told` says in words what its shape says; `number` stands in a mark on the ring.

    Where `asked` isn't 0 it has a bar, of which `done` is filled. `day` is where it stands on a time line or ring.
    """

    title: str
    told: str
    state: State
    number: str = ""
    done: int = 0
    asked: int = 0
    day: date | None = None

    @property
    def line(self) -> str:
        return f"{self.title}: {self.told}"


@dataclass(frozen=True, slots=True)
class Chart:
    """One picture of one group on the day `today`, which `now` names in words. `first` and `last` are what it spans."""

    kind: Kind
    language: str
    title: str
    of: str  # the method, and the day
    today: date
    marks: tuple[Mark, ...]
    practice: str = ""  # that nothing of it counts
    tracks_title: str = ""
    tracks: tuple[Mark, ...] = ()
    notes: tuple[str, ...] = ()  # what there is to say of what isn't drawn
    now: str = ""
    first: date | None = None
    last: date | None = None
    months: tuple[str, ...] = ()  # what the twelve are called, in short
    rest: str = ""  # said where the alternative text has no room for all

    @property
    def lines(self) -> tuple[str, ...]:
        """All that the picture says, line by line."""
        said = [self.title, self.of, self.practice, *(one.line for one in self.marks), self.tracks_title]
        return tuple(filter(None, [*said, *(one.line for one in self.tracks), *self.notes]))

    @property
    def told(self) -> str:
        """The alternative text: the same lines; where they are too many, as many as there is room for, and that there are more."""
        taken: list[str] = []
        for line in self.lines:
            if len(" ".join([*taken, ended(line), self.rest])) > MOST_TOLD:
                return " ".join([*taken, self.rest])
            taken.append(ended(line))
        return " ".join(taken)
