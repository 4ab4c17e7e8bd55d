"""What came of the work, as values: efforts, the aims that they are for, and the results that are written down."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from dialogs.model.answers import Address, Value


class Aim(NamedTuple):
    """What an effort may be for: `kind` is a tag or a register, `id` one of its values or records."""

    kind: str
    id: str


@dataclass(frozen=True, slots=True)
class Result:
    """What came of it, where it is written: `key` is a record's id or an answer's address, `field` the record's."""

    key: str
    field: str
    value: Value
    by: str
    day: date
    revision: int


@dataclass(frozen=True, slots=True)
class Effort:
    """A record that is an effort. `asked` names its fields for results; `chosen` says that all of them are wanted."""

    id: str
    register: str
    over: bool
    first: date | None
    last: date | None
    aims: frozenset[Aim]
    asked: tuple[str, ...]
    results: tuple[Result, ...] = ()  # its own, and of those that try it out
    chosen: bool = False

    @property
    def lacks(self) -> tuple[str, ...]:
        """The fields for results that should be filled in by now: it is over and nothing is said, or too little."""
        if not self.over or (self.results and not self.chosen):
            return ()
        said = {one.field for one in self.results if one.key == self.id}
        return tuple(one for one in self.asked if one not in said)


@dataclass(frozen=True, slots=True)
class Reached:
    """One aim: which efforts are for it, how many of them are over; whose answers name it, and whether it was wished for."""

    aim: Aim
    source: int  # which of the groups knows what it is called
    efforts: tuple[str, ...] = ()
    over: int = 0
    tried: tuple[Address, ...] = ()
    wanted: bool = False

    @property
    def nothing(self) -> bool:
        return not self.efforts and not self.tried


@dataclass(frozen=True, slots=True)
class Told:
    """What a group has answered about what came of the work."""

    source: int
    result: Result


@dataclass(frozen=True, slots=True)
class Impact:
    """What is true of a year, or of all the time where `year` is None."""

    year: int | None
    efforts: tuple[Effort, ...]
    kinds: Mapping[str, tuple[Reached, ...]]
    told: tuple[Told, ...]
    undated: int  # efforts that no year can be told of, where a year was asked for
    left_out: (
        int  # records that don't count, by their state: proposed, called off; told of all the time alone
    )
    source_of: Mapping[str, int] = field(default_factory=dict)  # which of the groups knows the effort

    @property
    def nothing(self) -> bool:
        return not self.efforts and not self.told and all(one.nothing for one in self.reached)

    @property
    def reached(self) -> Iterator[Reached]:
        for values in self.kinds.values():
            yield from values

    @property
    def evaluated(self) -> tuple[Effort, ...]:
        return tuple(one for one in self.efforts if one.results)

    @property
    def unevaluated(self) -> tuple[Effort, ...]:
        return tuple(one for one in self.efforts if one.lacks)
