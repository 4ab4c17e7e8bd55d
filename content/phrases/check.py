"""Checks the phrasebook: complete in every language, well-formed, plain, and in step with the code that speaks it.

``python -m content.phrases.check`` says what is wrong, a line each, and ends with 1 when anything is.
"""

import ast
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from content.phrases.book import LANGUAGES, Phrasebook, arguments, base_of, joined, own_files, read

LONGEST = 400
KEY = re.compile(r"[a-z][a-z0-9]*([.-][a-z0-9]+)*\Z")
SPOKEN_IN = ("bot", "dialogs", "content", "storage")

# Whoever is called by one of these names is handed a phrase's key: as its first argument, or by the name of `key`,
# `phrase` or `hint`. The phrasebook's own two are told from others by the language that follows the key.
SPEAKERS = frozenset({"Problem", "Phrase", "Said", "phrase", "say", "said"})
BOOK = frozenset({"text", "pieces"})
KEYWORDS = frozenset({"key", "phrase", "hint"})
# A pack's problems have their key further in.
PACK_PROBLEMS = frozenset({"problem", "_note"})

# Officialese, and what to write instead.
OFFICIALESE: Mapping[str, str] = {
    r"erhåll\w*": "få",
    r"avseende": "om",
    r"gällande(?! rätt)": "om",
    r"vederbörande": "den det gäller",
    r"inkom(ma|mer|mit|na|men)? med": "skicka in",
    r"ombesörj\w*": "ordna",
    r"ävensom": "och",
    r"dylikt": "liknande",
    r"föreligg\w*": "finnas",
    r"tillse\w*": "se till",
    r"beträffande": "om",
    r"huruvida": "om",
    r"erfordr\w*": "behövas",
    r"vidtag\w*|vidta": "göra",
    r"i enlighet med": "enligt",
    r"härvid\w*|härmed": "(stryk)",
}


@dataclass(frozen=True, slots=True)
class Spoken:
    """What the code says: keys it surely asks for, words that may be keys, and beginnings of keys put together."""

    asked: Mapping[str, str]  # key: where
    words: frozenset[str]
    beginnings: tuple[str, ...]

    def speaks(self, key: str) -> bool:
        return key in self.words or key.startswith(self.beginnings)


def check(phrase_files: Mapping[str, str], sources: Mapping[str, str]) -> list[str]:
    """Return what is wrong with the phrases, given the files of phrases and of code by name."""
    try:
        book = joined({name: read(toml) for name, toml in phrase_files.items()})
    except ValueError as error:
        return [f"phrases: {error}"]
    spoken = spoken_in(sources)
    wrong = [found for key in book.keys for found in _phrase(book, key)]
    wrong += [
        f"{key}: nothing in the code says this; take it away"
        for key in book.keys
        if not spoken.speaks(_spoken_as(book, key))
    ]
    wrong += [
        f"{where}: no phrase has the key {key!r}" for key, where in spoken.asked.items() if key not in book
    ]
    return wrong


def _spoken_as(book: Phrasebook, key: str) -> str:
    """Return the key that the code asks for when this phrase is said."""
    base = base_of(key)
    return base if base is not None and base in book else key


def _phrase(book: Phrasebook, key: str) -> Iterator[str]:
    if not KEY.match(key):
        yield f"{key}: a key is small letters and digits with hyphens and dots between"
    there = book.languages(key)
    yield from (f"{key}: {language} is missing" for language in LANGUAGES if language not in there)
    yield from (
        f"{key}: {language} is no language of the phrasebook"
        for language in there
        if language not in LANGUAGES
    )
    taken: dict[str, frozenset[str]] = {}
    for language in there:
        phrase = book.phrase(key, language)
        if phrase.one is not None and "n" not in _arguments(phrase.other):
            yield f"{key}: {language} has one and other, and other says no {{n}}"
        for form in phrase.forms:
            yield from (f"{key}: {language}: {said}" for said in _form(form, language))
        taken[language] = frozenset().union(*map(_arguments, phrase.forms))
    if len(set(taken.values())) > 1:
        said = "; ".join(
            f"{language}: {', '.join(sorted(names)) or 'none'}" for language, names in taken.items()
        )
        yield f"{key}: the languages take different arguments ({said})"
    base = base_of(key)
    if base is not None and base in book and not taken.keys() - set(LANGUAGES):
        plain = _arguments(book.phrase(base, LANGUAGES[0]).other)
        if not frozenset().union(*taken.values()) <= plain:
            yield f"{key}: it takes arguments that {base} has not"


def _form(form: str, language: str) -> Iterator[str]:
    try:
        arguments(form)
    except ValueError as error:
        yield str(error)
    if not form.strip():
        yield "empty"
    if len(form) > LONGEST:
        yield f"{len(form)} characters; at most {LONGEST}"
    if language == "sv":
        for words, instead in OFFICIALESE.items():
            if found := re.search(rf"\b({words})\b", form, re.IGNORECASE):
                yield f"officialese: {found[0]!r}; write {instead!r}"


def _arguments(form: str) -> frozenset[str]:
    try:
        return arguments(form)
    except ValueError:
        return frozenset()


def spoken_in(sources: Mapping[str, str]) -> Spoken:
    """Return what the code, by file name, says of phrases."""
    asked: dict[str, str] = {}
    words: set[str] = set()
    beginnings: set[str] = set()
    for name, source in sources.items():
        for node in ast.walk(ast.parse(source, name)):
            match node:
                case ast.Constant(value=str(word)):
                    words.add(word)
                case ast.JoinedStr(values=[ast.Constant(value=str(start)), *_]) if re.search(
                    r"[.-]\Z", start
                ):
                    beginnings.add(start)
                case ast.Call():
                    asked.update((key, f"{name}:{node.lineno}") for key in _asked(node) if KEY.match(key))
                case _:
                    pass
    return Spoken(asked, frozenset(words), tuple(beginnings))


def _asked(call: ast.Call) -> Iterable[str]:
    called = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    literals = [_literal(argument) for argument in call.args]
    if called in PACK_PROBLEMS:
        yield from (
            word for word in literals if word is not None and word.startswith("pack.") and "yaml" not in word
        )
    elif called in SPEAKERS or (called in BOOK and len(literals) > 1):
        yield from (word for word in literals[:1] if word is not None)
    if called in SPEAKERS | PACK_PROBLEMS:
        named = (_literal(keyword.value) for keyword in call.keywords if keyword.arg in KEYWORDS)
        yield from (word for word in named if word is not None)


def _literal(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def own_sources() -> Mapping[str, str]:
    """Return the program's own code, but for the phrasebook's."""
    root = Path(__file__).parents[2]
    return {
        str(path.relative_to(root)): path.read_text(encoding="utf-8")
        for folder in SPOKEN_IN
        for path in sorted((root / folder).rglob("*.py"))
        if path.parent != Path(__file__).parent
    }


def main() -> int:
    wrong = check(own_files(), own_sources())
    for line in wrong:
        print(line)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
