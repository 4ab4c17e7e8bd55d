"""What somebody is looking for, as words with the terms that each may be met by."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from content.words import synonyms as groups_of_synonyms
from dialogs.search.terms import LANGUAGES, means_something, stem, terms_of, words_in

PART = 0.6  # of a compound
SYNONYM = 0.5
ELSEWHERE = 0.8  # the stem that it has in another language
MOST_WORDS = 60


@dataclass(frozen=True, slots=True)
class Word:
    """A word that was said. *meets* are the terms by which something may be about it, each with its weight."""

    said: str
    meets: tuple[tuple[str, float], ...]

    @property
    def own(self) -> str:
        return self.meets[0][0]


Query = tuple[Word, ...]


def query_of(text: str, language: str, *, synonyms: bool = True) -> Query:
    """Return what *text* asks for: each word that means something once, and the parts of compounds as well."""
    found: dict[str, Word] = {}
    for word in words_in(text):
        if len(found) >= MOST_WORDS or not means_something(word, language):
            continue
        own, *parts = terms_of(word, language)
        found.setdefault(own, Word(word, meets(own, word, language, 1.0, synonyms=synonyms)))
        for part in parts:
            found.setdefault(part, Word(word, meets(part, part, language, PART, synonyms=synonyms)))
    return tuple(found.values())


def terms_in(query: Query) -> Sequence[str]:
    return tuple(dict.fromkeys(term for word in query for term, _ in word.meets))


def meets(
    own: str, word: str, language: str, weight: float, *, synonyms: bool
) -> tuple[tuple[str, float], ...]:
    """Return the terms by which something may be about the word, each with its weight; the word's own first."""
    meets = {own: weight}
    for other in LANGUAGES:
        if other != language:
            meets.setdefault(stem(word, other), weight * ELSEWHERE)
    for term in _synonyms().get((own, language), ()) if synonyms else ():
        meets.setdefault(term, weight * SYNONYM)
    return tuple(meets.items())


@cache
def _synonyms() -> dict[tuple[str, str], tuple[str, ...]]:
    """Return by (stem, language) the stems of what may be said instead, in any language."""
    found: dict[tuple[str, str], dict[str, None]] = {}
    for group in groups_of_synonyms():
        stems = [
            (stem(word, language), language)
            for language, said in zip(LANGUAGES, group, strict=False)
            for phrase in said
            if len(phrase.split()) == 1
            for word in words_in(phrase)
        ]
        for one in stems:
            found.setdefault(one, {}).update(dict.fromkeys(term for term, _ in stems if term != one[0]))
    return {one: tuple(others) for one, others in found.items()}
