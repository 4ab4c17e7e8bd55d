"""Takes compounds of a query apart by the words that others have used: what no list knows of, the entries themselves may."""

from collections.abc import Iterator, Sequence

from dialogs.model.words import Counts
from dialogs.search.query import PART, Query, Word, meets
from dialogs.search.terms import JOINT, means_something, parts_of, stem

SHORTEST_PART = 4  # letters: shorter ones are found in words that they have nothing to do with
USED = 3  # entries that a part stands in, at the least

Split = tuple[str, str]


def stems_of_parts(query: Query, language: str) -> Sequence[str]:
    """Return the stems that have to be counted before `with_parts` can tell which words are compounds."""
    return tuple(dict.fromkeys(one for word in query for split in _splits(word, language) for one in split))


def with_parts(query: Query, counts: Counts, language: str, *, synonyms: bool = True) -> Query:
    """Return the query with the parts of each compound that is made of two words which stand in entries by themselves."""
    there = {word.own for word in query}
    more: list[Word] = []
    for word in query:
        splits = [one for one in _splits(word, language) if _used(one, counts) >= USED]
        for part in max(splits, key=lambda one: _used(one, counts), default=()):
            if part not in there:
                there.add(part)
                more.append(Word(part, meets(part, part, language, PART, synonyms=synonyms)))
    return (*query, *more)


def _used(split: Split, counts: Counts) -> int:
    return min(counts.of_term.get(part, 0) for part in split)


def _splits(word: Word, language: str) -> Iterator[Split]:
    said = word.said
    if language != "sv" or parts_of(said) or not said.isalpha():
        return
    for at in range(SHORTEST_PART, len(said) - SHORTEST_PART + 1):
        first, last = said[:at], said[at:]
        if not means_something(last, language):
            continue
        yield stem(first, language), stem(last, language)
        if first.endswith(JOINT) and at > SHORTEST_PART:
            yield stem(first[:-1], language), stem(last, language)
