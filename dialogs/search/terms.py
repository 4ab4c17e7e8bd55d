"""The terms by which something is found: the stems of its words, and of the words that Swedish compounds are made of."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any

from content.words import bent_words, compound_parts, stop_words
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


def means_something(word: str, language: str) -> bool:
    return word not in stop_words()[language]


@lru_cache(50_000)
def stem(word: str, language: str) -> str:
    """Return the word without its endings, and of one that bends otherwise (städer, hann) what stands for it."""
    if language != "sv":
        return str(_stemmer(language).stemWord(word))
    found = _without_endings(word)
    return _bent().get(found, found)


def _without_endings(word: str) -> str:
    """Return a Swedish word without its endings.

    They are taken until none is left, so that säker and säkerhet, plats and platser are one, and after Snowball's those
    that it leaves: `swedish.further`.
    """
    found = str(_stemmer("sv").stemWord(word))
    if len(found) >= SHORTEST_STEM:
        found = further(found)
    return found if found == word or len(found) < SHORTEST_STEM else _without_endings(found)


@cache
def _bent() -> dict[str, str]:
    """Return by the stem of a form that no rule for endings reaches the stem of the word that it is a form of."""
    return {_without_endings(form): _without_endings(word) for word, *forms in bent_words() for form in forms}


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
JOINT = "s"  # trygghet-s-larm


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
            return _whose_s(word, length) or (begins, rest)
        further = _split(rest, most - 1)
        if further is not None and (best is None or len(further) + 1 < len(best)):
            best = (begins, *further)
    return best


def _whose_s(word: str, length: int) -> tuple[str, str] | None:
    """Return the parts where the s before them belongs to the last one: matsvinn is mat and svinn, not mats and vinn."""
    begins, rest = _first().get(word[: length - 1]), word[length - 1 :]
    return (begins, rest) if begins and rest[0] == JOINT and stem(rest, "sv") in _last() else None


@cache
def _last() -> frozenset[str]:
    """Return the stems of the words that may stand last."""
    return frozenset(stem(word, "sv") for word in compound_parts())


@cache
def _first() -> dict[str, str]:
    """Return the forms that words take at the beginning of others: trygghets-, gatu-, kyrko-, skol-."""
    forms: dict[str, str] = {}
    for word in sorted(compound_parts()):
        endings = [word] if word.endswith("s") else [word + "s", word]
        if word.endswith(("a", "e")):
            endings += [word[:-1] + ending for ending in ("", "o", "u", "e", "s")]
        for form in endings:
            if len(form) >= FIRST:
                forms.setdefault(form, word)
    return {**forms, **{word: word for word in compound_parts()}}
