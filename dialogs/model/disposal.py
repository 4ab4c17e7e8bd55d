"""Lawful disposal (gallring): by which rules, what holds it up, what would go, and what a decision let go."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Literal

from dateutil.relativedelta import relativedelta

Kind = Literal["drafts", "inbox", "letters", "contributions", "meetings", "journeys"]
KINDS: tuple[Kind, ...] = ("drafts", "inbox", "letters", "contributions", "meetings", "journeys")

DEFAULTS: Mapping[Kind, int | None] = {
    "drafts": 12,
    "inbox": 12,
    "letters": 12,
    "contributions": None,
    "meetings": None,
    "journeys": None,
}
"""After how many months what is of each kind may go; None for never. Nothing that may have value as a record goes unasked."""

LONGEST_MONTHS = 1200

Scope = Literal["organisation", "group", "person"]
Why = Literal["hold", "not-yet", "never", "under-way", "is-the-answer", "adopted", "nobodys"]
"""Why something stays. `adopted`: documents that were adopted, when all else of their journey goes."""


@dataclass(frozen=True, slots=True)
class Hold:
    """Nothing of this may be disposed of: somebody has asked for the records, an audit is on, or the like."""

    number: int
    scope: Scope
    about: str  # the id of what is held
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Stored:
    """Something that may go once its time has run out. `at` is what its time counts from."""

    kind: Kind
    key: str
    at: datetime
    group: str = ""
    persons: frozenset[str] = frozenset()
    texts: int = 1  # how many there are
    sequences: tuple[int, ...] = ()  # the journal's lines that hold them
    why: Why | None = None  # why it stays, whatever its rule says

    def held_by(self, holds: Iterable[Hold]) -> Hold | None:
        return next((hold for hold in holds if self._is_under(hold)), None)

    def _is_under(self, hold: Hold) -> bool:
        match hold.scope:
            case "organisation":
                return True
            case "group":
                return hold.about == self.group
            case "person":
                return hold.about in self.persons


@dataclass(frozen=True, slots=True)
class Line:
    """So many texts of one kind in one group, with the oldest and the newest; `why` they stay, where they do."""

    kind: Kind
    group: str
    why: Why | None
    texts: int
    oldest: datetime
    newest: datetime


@dataclass(frozen=True, slots=True)
class Plan:
    """What would go on a day, by the rules of that moment, and what stays."""

    organisation: str
    as_of: date
    rules: Mapping[Kind, int | None]
    goes: tuple[Stored, ...]
    stays: tuple[Line, ...]

    @property
    def checksum(self) -> str:
        """The same for two plans by which the same things go, and for no others. Ids alone go into it."""
        told = [self.organisation, self.as_of.isoformat()]
        told += sorted(f"{one.kind} {one.key} {','.join(map(str, one.sequences))}" for one in self.goes)
        return sha256("\n".join(told).encode()).hexdigest()[:16]

    @property
    def lines(self) -> tuple[Line, ...]:
        return lines((one, None) for one in self.goes)


@dataclass(frozen=True, slots=True)
class Run:
    """A disposal that was begun by a decision. States: listing, running, done, given-up."""

    id: str
    organisation: str
    decision: str
    checksum: str
    as_of: date
    at: datetime
    state: Literal["listing", "running", "done", "given-up"]
    done_at: datetime | None = None
    texts: Mapping[str, int] | None = None  # how many went, by kind


def cut_off(as_of: date, months: int) -> date:
    """Return the day before which something must lie to be older than so many months."""
    return as_of - relativedelta(months=months)


def lines(stored: Iterable[tuple[Stored, Why | None]]) -> tuple[Line, ...]:
    """Add up what goes or stays, by kind, group and why."""
    found: dict[tuple[Kind, str, Why | None], list[Stored]] = {}
    for one, why in stored:
        found.setdefault((one.kind, one.group, why), []).append(one)
    added = [
        Line(kind, group, why, sum(one.texts for one in some), min(one.at for one in some), max(one.at for one in some))
        for (kind, group, why), some in found.items()
    ]  # fmt: skip
    return tuple(sorted(added, key=lambda line: (KINDS.index(line.kind), line.group, line.why or "")))
