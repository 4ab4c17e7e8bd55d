"""Meets words of the same family that no ending tells of: konsulterar and konsultation begin alike, and end otherwise."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import takewhile

from dialogs.model.words import BEGINNING
from dialogs.search.query import Query, Word

KIN = 0.5  # of what the word itself weighs
REST_SAID, REST_MET = 2, 3  # letters after what both have, at the most


def beginnings(query: Query) -> Sequence[str]:
    """Return how the words begin that may have kin."""
    return tuple(dict.fromkeys(word.own[:BEGINNING] for word in query if len(word.own) >= BEGINNING))


def with_kin(query: Query, there: Iterable[str]) -> Query:
    """Return the query with what is of a word's family among the terms that are *there*."""
    terms = sorted(there)
    return tuple(_with_kin(word, terms) for word in query)


def _with_kin(word: Word, terms: Sequence[str]) -> Word:
    own, weight = word.meets[0]
    known = {term for term, _ in word.meets}
    kin = [(term, weight * KIN) for term in terms if term not in known and _are_kin(own, term)]
    return replace(word, meets=(*word.meets, *kin))


def _are_kin(own: str, term: str) -> bool:
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(own, term, strict=False))
    both = sum(1 for _ in alike)
    return both >= BEGINNING and len(own) - both <= REST_SAID and len(term) - both <= REST_MET
