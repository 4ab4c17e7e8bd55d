"""A table that somebody sent: where it may belong, what it comes to in a register, and what was kept of it."""

from dataclasses import dataclass

from dialogs.tables.judging import Judged, Slip


@dataclass(frozen=True, slots=True)
class Kept:
    """How many entries came of it; and what stopped it half-way, where something did."""

    new: int = 0
    changed: int = 0
    slips: tuple[Slip, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A register that somebody may write in, by the journey whose method has it."""

    journey: str
    register: str


@dataclass(frozen=True, slots=True)
class TableReport:
    """What a table comes to in a register; and what was kept of it, once it is entered."""

    place: Place
    update: bool
    judged: Judged
    kept: Kept | None = None


@dataclass(frozen=True, slots=True)
class TableIn:
    """A table as a text, where it may belong, and what it comes to where that is one place."""

    sheet: str
    places: tuple[Place, ...]
    report: TableReport | None = None
