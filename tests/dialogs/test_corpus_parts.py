"""Compounds that no list knows are taken apart by the words that the entries have."""

from dialogs.model.words import Counts
from dialogs.search.corpus_parts import stems_of_parts, with_parts
from dialogs.search.query import query_of
from dialogs.search.terms import stem


def met(said: str, **used: int) -> list[str]:
    """Return the words that are looked for, where entries use these words so many times."""
    counts = Counts(1_000, {stem(word, "sv"): n for word, n in used.items()})
    query = query_of(said, "sv", synonyms=False)
    assert set(counts.of_term) <= set(stems_of_parts(query, "sv"))
    return [word.own for word in with_parts(query, counts, "sv", synonyms=False)]


def test_a_compound_is_looked_for_by_its_parts_too():
    assert met("körsbärsodling", körsbär=5, odling=40) == [
        stem("körsbärsodling", "sv"), stem("körsbär", "sv"), stem("odling", "sv"),
    ]  # fmt: skip


def test_a_word_of_which_one_part_is_hardly_used_is_left_whole():
    assert met("körsbärsodling", körsbär=1, odling=40) == [stem("körsbärsodling", "sv")]
