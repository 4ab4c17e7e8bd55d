"""What the search knows about words is well kept: single words in their groups, each pair once, none that says nothing."""

import tomllib
from collections import Counter
from collections.abc import Iterator
from importlib.resources import files
from itertools import combinations

from content.words import bent_words, compound_parts, stop_words, synonyms
from dialogs.search.terms import LANGUAGES, stem, words_in

ACROSS_FIELDS = "near.toml"


def test_a_group_has_single_words_of_both_languages_that_say_something():
    wrong = [
        (group, word)
        for group in synonyms()
        for language, words in zip(LANGUAGES, group, strict=True)
        for word in words or ("none",)
        if list(words_in(word)) != [word.casefold()] or word.casefold() in stop_words()[language]
    ]

    assert wrong == []
    assert [group for group in synonyms() if len(group[0]) < 2] == []


def test_no_word_stands_in_a_group_twice_in_whatever_form():
    assert [sv for sv, _ in synonyms() if len({stem(word, "sv") for word in sv}) < len(sv)] == []


def test_two_words_stand_together_in_one_group_only():
    pairs = Counter(
        frozenset((one, other))
        for words in groups_of_fields()
        for one, other in combinations([stem(word, "sv") for word in words], 2)
    )

    assert [set(pair) for pair, times in pairs.items() if times > 1] == []


def groups_of_fields() -> Iterator[list[str]]:
    """Yield the Swedish words of each group, but for those that join different fields and may repeat what they have."""
    for file in files("content.words").joinpath("synonyms").iterdir():
        if file.name != ACROSS_FIELDS:
            for group in tomllib.loads(file.read_text(encoding="utf-8"))["groups"]:
                yield [word.strip() for word in group.partition("|")[0].split(",")]


def test_a_bent_word_is_one_with_its_forms_and_with_no_other_word():
    stems = [{stem(word, "sv") for word in words} for words in bent_words()]

    assert [words for words, found in zip(bent_words(), stems, strict=True) if len(found) > 1] == []
    assert [one for one, times in Counter(one for found in stems for one in found).items() if times > 1] == []


def test_a_part_of_compounds_is_a_word():
    assert [word for word in compound_parts() if not word.isalpha() or word != word.casefold()] == []
