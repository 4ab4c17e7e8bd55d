"""The terms by which something is found: the stems of its words, and of the words that Swedish compounds are made of."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any

from content.words import search_words
from dialogs.search.swedish import further

LANGUAGES = ("sv", "en")
SHORTEST = 2  # letters of a word that is looked at
SHORTEST_STEM = 3
LONGEST = 40
_WORD = re.compile(r"[^\W_]+")


@cache
def _stemmer(language: str) -> Any:
    from snowballstemmer import stemmer  # it reads those of all languages, and few search

    return stemmer({"sv": "swedish", "en": "english"}[language])


def words_in(text: str) -> Iterator[str]:
    """Yield the words of *text* in small letters, without those that say nothing of what it is about."""
    for found in _WORD.findall(unicodedata.normalize("NFC", text).casefold()):
        if SHORTEST <= len(found) <= LONGEST and not found.isdecimal():
            yield found


@cache
def stop_words(language: str) -> frozenset[str]:
    return frozenset(search_words()[f"stop-{language}"].split())


def means_something(word: str, language: str) -> bool:
    return word not in stop_words(language)


@lru_cache(50_000)
def stem(word: str, language: str) -> str:
    """Return the word without its endings.

    Of Swedish they are taken until none is left, so that säker and säkerhet, plats and platser are one, and after
    Snowball's those that it leaves: `swedish.further`.
    """
    found = str(_stemmer(language).stemWord(word))
    if language != "sv":
        return found
    if len(found) >= SHORTEST_STEM:
        found = further(found)
    return found if found == word or len(found) < SHORTEST_STEM else stem(found, language)


def terms_of(word: str, language: str) -> tuple[str, ...]:
    """Return the word's own term first, then those of its parts where it is a compound."""
    own = stem(word, language)
    return (own, *(one for one in _part_terms(word) if one != own)) if language == "sv" else (own,)


def counted(text: str, language: str) -> Counter[str]:
    """Return how often each term stands in *text*."""
    found: Counter[str] = Counter()
    for word in words_in(text):
        if means_something(word, language):
            found.update(terms_of(word, language))
    return found


@lru_cache(50_000)
def _part_terms(word: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(stem(part, "sv") for part in parts_of(word)))


def parts_of(word: str) -> tuple[str, ...]:
    """Return the words that a compound is made of, the last as it is inflected; none for a word that is no compound.

    As few parts as can be, each of them known: what isn't known of is left whole.
    """
    return (_split(word, MOST_PARTS) or ()) if len(word) > FIRST + LAST else ()


FIRST, LAST = 2, 2  # letters of the shortest parts: el, kö
MOST_PARTS = 4


def _split(word: str, most: int) -> tuple[str, ...] | None:
    """Return the fewest parts that make *word*; of as few, those with the longest beginning."""
    best: tuple[str, ...] | None = None
    if most < 2:
        return None
    for length in range(len(word) - LAST, FIRST - 1, -1):
        begins = _first().get(word[:length])
        if begins is None:
            continue
        rest = word[length:]
        if stem(rest, "sv") in _last():
            return (begins, rest)
        further = _split(rest, most - 1)
        if further is not None and (best is None or len(further) + 1 < len(best)):
            best = (begins, *further)
    return best


@cache
def _known() -> frozenset[str]:
    return frozenset(word for word in search_words()["compounds"].split() if len(word) >= FIRST)


@cache
def _last() -> frozenset[str]:
    """Return the stems of the words that may stand last."""
    return frozenset(stem(word, "sv") for word in _known())


@cache
def _first() -> dict[str, str]:
    """Return the forms that words take at the beginning of others: trygghets-, gatu-, kyrko-, skol-."""
    forms: dict[str, str] = {}
    for word in sorted(_known()):
        endings = [word + "s", word]
        if word.endswith(("a", "e")):
            endings += [word[:-1] + ending for ending in ("", "o", "u", "e", "s")]
        for form in endings:
            if len(form) >= FIRST:
                forms.setdefault(form, word)
    return {**forms, **{word: word for word in _known()}}
