"""What is kept of a record so that it is found by its words, and what is read of it to see how well it fits."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import log

BEGINNING = 5
"""So many letters of a term are kept apart, so that those that begin alike are found."""

Clause = tuple[str, ...]
"""Terms that stand in an entry together."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A record with how often each term stands in it."""

    record: str
    register: str
    organisation: str
    group: str
    terms: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry that has some of what is looked for. `number` grows with the time at which it came."""

    number: int
    record: str
    group: str
    organisation: str
    terms: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Counts:
    """In how many entries each term stands, of how many there are."""

    entries: int
    of_term: Mapping[str, int]

    def rarity(self, term: str) -> float:
        """Return BM25's weight of the term: the fewer entries have it, the more it tells."""
        having = self.of_term.get(term, 0)
        return log(1 + (self.entries - having + 0.5) / (having + 0.5))
