"""The words that people say to the bot, in every language at once."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

Takes = Literal[
    "nothing", "number", "text", "number-text", "name", "long-name", "name-text", "names-text", "words"
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Command:
    id: str
    takes: Takes
    words: tuple[str, ...]


@cache
def commands() -> Mapping[str, Command]:
    """Return every command by its id."""
    raw = tomllib.loads(files(__package__).joinpath("commands.toml").read_text(encoding="utf-8"))
    return {id: Command(id, part["takes"], tuple(part["words"])) for id, part in raw.items()}


@cache
def words() -> tuple[tuple[str, Command], ...]:
    """Return (word, command) pairs, the longest word first, so that `ta bort person` is heard before `ta`."""
    pairs = [(word, command) for command in commands().values() for word in command.words]
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair[0])))


@cache
def words_by_letter() -> Mapping[str, tuple[tuple[str, Command], ...]]:
    """Return the same pairs by their first letter, for whoever asks with everything that is said."""
    letters = {word[:1] for word, _ in words()}
    return {letter: tuple(pair for pair in words() if pair[0].startswith(letter)) for letter in letters}


@cache
def filter_words() -> Mapping[str, str]:
    """Return what a list of records may be narrowed by, by each of its words, the longest first."""
    return _longest_first("filters.toml")


@cache
def document_words() -> Mapping[str, str]:
    """Return how a document may be asked for, by each of the words that say so, the longest first."""
    return _longest_first("documents.toml")


def _longest_first(file: str) -> Mapping[str, str]:
    raw = tomllib.loads(files(__package__).joinpath(file).read_text(encoding="utf-8"))
    pairs = [(word, id) for id, words in raw.items() for word in words]
    return dict(sorted(pairs, key=lambda pair: -len(pair[0])))


@cache
def stop_words() -> Mapping[str, frozenset[str]]:
    """Return by language the words that say nothing of what something is about."""
    return {language: frozenset(words.split()) for language, words in _read("stop_words.toml").items()}


@cache
def compound_parts() -> frozenset[str]:
    """Return the words that Swedish compounds are made of."""
    return frozenset(_read("compounds.toml")["parts"].split())


def bent_words() -> tuple[tuple[str, ...], ...]:
    """Return Swedish words with those of their forms that no rule for endings reaches, the word itself first."""
    return tuple(tuple(line.split()) for line in _read("bent.toml")["forms"].splitlines() if line)


def synonyms() -> Iterator[tuple[tuple[str, ...], ...]]:
    """Yield the groups of words that may stand for the same matter: of each its Swedish words, then its English ones.

    They are read anew each time: whoever asks keeps what is made of them.
    """
    for file in sorted(files(__package__).joinpath("synonyms").iterdir(), key=lambda file: file.name):
        for group in tomllib.loads(file.read_text(encoding="utf-8"))["groups"]:
            yield tuple(tuple(word.strip() for word in side.split(",")) for side in group.split("|"))


def _read(file: str) -> Mapping[str, str]:
    return tomllib.loads(files(__package__).joinpath(file).read_text(encoding="utf-8"))
