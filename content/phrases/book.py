"""The phrasebook: every sentence that people are told, by key and language.

A phrase is text with two marks and no more: ``{name}`` puts an argument in, ``*bold*`` makes words strong. Arguments
are never looked at for marks: what people write stays what they wrote.
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from content.phrases.marks import ENDS, is_double

LANGUAGES = ("sv", "en")
PLACES = ("chat", "private", "teams")
"""Where a phrase may be another: a chat of several without threads; somebody's private chat; that chat in Teams.

Such a phrase has the same key with a dot and the place at its end. Elsewhere, the phrase itself is said.
"""

Where = Callable[[], Sequence[str]]
"""Returns those of `PLACES` where something is said, the nearest first; none in a channel with threads."""
_MARK = re.compile(r"\{([a-z][a-z0-9_]*)\}|(\*)|([{}])")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a phrase: its words, whether they are strong, and the argument that they came from."""

    text: str
    strong: bool = False
    argument: str | None = None


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase in one language; *one* is its form for exactly one, where it has one."""

    other: str
    one: str | None = None

    @property
    def forms(self) -> tuple[str, ...]:
        return (self.other,) if self.one is None else (self.one, self.other)

    def form(self, n: object) -> str:
        return self.one if self.one is not None and n == 1 else self.other


class Phrasebook:
    """Phrases by key and language. Asking for a key that isn't there is a bug and raises ``KeyError``."""

    def __init__(self, phrases: Mapping[str, Mapping[str, Phrase]]) -> None:
        self._phrases = phrases
        self._varied = frozenset(base for key in phrases if (base := base_of(key)) in phrases)

    @staticmethod
    def load() -> "Phrasebook":
        """Return the program's own phrasebook, read once."""
        return _own()

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(self._phrases)

    def __contains__(self, key: str) -> bool:
        return key in self._phrases

    def phrase(self, key: str, language: str) -> Phrase:
        """Return the phrase in *language*, or in Swedish where the book doesn't have that language."""
        by_language = self._phrases[key]
        return by_language.get(language) or by_language[LANGUAGES[0]]

    def placed(self, key: str, where: Where) -> str:
        """Return the key of the phrase as it is said there. It isn't asked where, unless it makes a difference."""
        if key not in self._varied:
            return key
        return next((f"{key}.{one}" for one in where() if f"{key}.{one}" in self._phrases), key)

    def languages(self, key: str) -> tuple[str, ...]:
        return tuple(self._phrases[key])

    def template(self, key: str, language: str, args: Mapping[str, object]) -> tuple[Piece, ...]:
        """Return the phrase in pieces as it stands in the book, in the form that ``n`` among *args* asks for."""
        phrase = self.phrase(key, language)
        return parsed(phrase.other if phrase.one is None else phrase.form(args.get("n")))

    def pieces(self, key: str, language: str, /, **args: object) -> tuple[Piece, ...]:
        """Return the phrase in pieces, with its arguments in place; ``n`` chooses between one and other."""
        return tuple(self.filled(key, language, args))

    def filled(self, key: str, language: str, args: Mapping[str, object]) -> Iterator[Piece]:
        """Yield the phrase in pieces, with its arguments in place and one mark at the end of each sentence.

        A title may be a question: after its mark, the phrase's own full stop falls away.
        """
        last, template = "", self.template(key, language, args)
        for at, piece in enumerate(template, start=1):
            if piece.argument is not None:
                text = str(args[piece.argument])
                last = text[-1:] or last
                yield Piece(text, piece.strong, piece.argument)
                continue
            if not last or last not in ENDS:
                yield piece
                continue
            rest = piece.text[1:]
            follows = bool(template[at:]) and template[at].argument is not None
            ends = rest[:1].isspace() or not (rest or follows)  # and isn't the dot of 1.2 or of a file's name
            if not (ends and is_double(last, piece.text[0])):
                yield piece
            elif rest:
                yield Piece(rest, piece.strong)
            last = ""

    def text(self, key: str, language: str, /, **args: object) -> str:
        """Return the phrase as plain text, with its arguments in place and without its marks."""
        return "".join([piece.text for piece in self.filled(key, language, args)])


def base_of(key: str) -> str | None:
    """Return the key of the phrase that this one stands for in some place; None for one that isn't of a place."""
    base, _, place = key.rpartition(".")
    return base if base and place in PLACES else None


@cache
def parsed(template: str) -> tuple[Piece, ...]:
    """Return a template's pieces, arguments still empty. Raises ``ValueError`` at a brace or star that is astray."""
    pieces: list[Piece] = []
    strong, at = False, 0
    for mark in _MARK.finditer(template):
        name, star, astray = mark.groups()
        if astray:
            raise ValueError(f"a brace that is no {{name}}: {template!r}")
        if mark.start() > at:
            pieces.append(Piece(template[at : mark.start()], strong))
        if star:
            strong = not strong
        else:
            pieces.append(Piece("", strong, name))
        at = mark.end()
    if strong:
        raise ValueError(f"a star that is never closed: {template!r}")
    if at < len(template):
        pieces.append(Piece(template[at:], strong))
    return tuple(pieces)


def arguments(template: str) -> frozenset[str]:
    """Return the names of the arguments that a template takes."""
    return frozenset(piece.argument for piece in parsed(template) if piece.argument is not None)


def read(toml: str) -> Phrasebook:
    """Return the phrasebook that is written in *toml*: ``[key]`` with ``sv`` and ``en``, ``sv.one`` and ``sv.other``.

    Raises ``ValueError`` (``tomllib.TOMLDecodeError`` among them) when it is written in any other way.
    """
    return Phrasebook(dict(_entries(tomllib.loads(toml), "")))


def joined(books: Mapping[str, Phrasebook]) -> Phrasebook:
    """Return the books, by the names of their files, as one. Raises ``ValueError`` when a key is in two of them."""
    phrases: dict[str, Mapping[str, Phrase]] = {}
    for name, book in books.items():
        for key, by_language in book._phrases.items():
            if key in phrases:
                raise ValueError(f"{name}: {key} is in another file already")
            phrases[key] = by_language
    return Phrasebook(phrases)


def own_files() -> Mapping[str, str]:
    """Return the program's own phrase files, by name."""
    folder = files("content.phrases")
    return {
        file.name: file.read_text(encoding="utf-8")
        for file in sorted(folder.iterdir(), key=lambda file: file.name)
        if file.name.endswith(".toml")
    }


@cache
def _own() -> Phrasebook:
    return joined({name: read(toml) for name, toml in own_files().items()})


def _entries(table: Mapping[str, object], prefix: str) -> Iterator[tuple[str, Mapping[str, Phrase]]]:
    phrases: dict[str, Phrase] = {}
    for name, value in table.items():
        key = f"{prefix}.{name}" if prefix else name
        if re.fullmatch("[a-z]{2}", name) and prefix:
            phrases[name] = _phrase(key, value)
        elif isinstance(value, dict):
            yield from _entries(value, key)
        else:
            raise ValueError(f"{key}: write [{prefix or name}] with sv = … and en = …")
    if phrases:
        yield prefix, phrases


def _phrase(key: str, value: object) -> Phrase:
    match value:
        case str(text):
            return Phrase(text)
        case {"one": str(one), "other": str(other), **rest} if not rest:
            return Phrase(other, one)
        case _:
            raise ValueError(f"{key}: write a text, or one = … and other = …")
