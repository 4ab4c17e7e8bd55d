"""The words that people say to the bot, in every language at once."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

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
def search_words() -> Mapping[str, Any]:
    """Return what a search knows about words: those that mean nothing, synonyms, and what compounds are made of."""
    return tomllib.loads(files(__package__).joinpath("search.toml").read_text(encoding="utf-8"))
