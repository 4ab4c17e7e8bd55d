"""A new pack is whole and can be walked; whatever is taken away in it is told with its place and what to write."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise

import pytest

from content import loader
from content.loader import Loaded, Refused, load
from content.new_pack import LANGUAGES, is_id, new_pack
from content.problems import Problem
from content.yaml_reader import SourceFile, read_yaml
from tests.content.test_phrases import REMEDY

CHOICES = [("sv",), ("en",), ("sv", "en"), ("en", "sv")]


def made(*languages: str, title: str = "Vår metod") -> dict[str, bytes]:
    return new_pack("min-metod", title=title, languages=languages, remarks=languages[0])


@pytest.mark.parametrize("languages", CHOICES)
def test_a_new_pack_has_nothing_to_put_right(languages: tuple[str, ...]):
    result = load(made(*languages))

    assert isinstance(result, Loaded)
    assert result.pack.manifest.languages == languages
    assert [len(result.pack.steps), len(result.pack.cycle), len(result.pack.documents)] == [2, 1, 1]
    assert [exercise.minutes for exercise in result.pack.exercises] == [15]
    assert len(result.pack.registers) == len(result.walkthroughs) == 1
    assert result.pack.manifest.roles[0].id == result.pack.manifest.leader


def test_a_new_pack_speaks_its_own_languages_and_no_other():
    swedish, english = (b"\n".join(made(language).values()).decode() for language in LANGUAGES)

    assert "  en: " not in swedish
    assert "  sv: " not in english
    assert "Ledare" not in english
    assert not re.search(r"[{}]", swedish + english), "A word of the files has no words."


@pytest.mark.parametrize(
    "title", ["no", "14:30", "Vår: metod", "'", '"', "# ett", "a\tb", "- x", "{x}", "å" * 300, "*{name}*"]
)
def test_a_title_is_what_was_typed(title: str):
    result = load(made("sv", title=title))

    assert isinstance(result, Loaded)
    assert result.pack.manifest.title.said_in("sv") == " ".join(title.split())


def test_an_id_is_of_letters_digits_and_hyphens():
    assert all(is_id(word) for word in ("a", "min-metod", "metod2", "a-1"))
    assert not any(is_id(word) for word in ("", "Min", "1a", "a_b", "a--b", "-a", "å", "a\n", "a" * 61))


# ------------------------------------------------------------------------------------------------ something taken away


@pytest.fixture(scope="module", autouse=True)
def each_file_read_once() -> Iterator[None]:
    """Only one file is damaged at a time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loader, "_read", cache(loader._read))
        yield


def without_each_line(files: Mapping[str, bytes]) -> Iterator[tuple[str, int, bytes]]:
    """Yield each file without one of its lines: its name, the line, what is left."""
    for name, content in files.items():
        lines = content.split(b"\n")
        for at, line in enumerate(lines):
            if line.strip() and not line.lstrip().startswith(b"#"):
                yield name, at + 1, b"\n".join(lines[:at] + lines[at + 1 :])


def without_each_part(files: Mapping[str, bytes]) -> Iterator[tuple[str, int, bytes]]:
    """Yield each file without a key or an item and the lines that stand under it."""
    for name, content in files.items():
        read = read_yaml(name, content)
        assert isinstance(read, SourceFile)
        lines = content.split(b"\n")
        starts = sorted({(line, path) for path, line in read.lines.items() if path})
        for line, path in starts:
            inside = [other for other_path, other in read.lines.items() if other_path[: len(path)] == path]
            if max(inside) > line:
                yield name, line, b"\n".join(lines[: line - 1] + lines[max(inside) :])


def with_each_word_misspelt(files: Mapping[str, bytes]) -> Iterator[tuple[str, int, bytes]]:
    """Yield each file with two letters of one key in the wrong order; each key once."""
    for name, content in files.items():
        lines, seen = content.split(b"\n"), set()
        for at, line in enumerate(lines):
            word = re.match(rb"[ -]*([a-z]{2}[a-z-]*):", line)
            if word is None or word[1] in seen:
                continue
            seen.add(old := word[1])
            new = next(
                (old[:i] + b + a + old[i + 2 :] for i, (a, b) in enumerate(_pairs(old)) if a != b), b"x"
            )
            yield name, at + 1, b"\n".join([*lines[:at], line.replace(old, new, 1), *lines[at + 1 :]])


def _pairs(word: bytes) -> list[tuple[bytes, bytes]]:
    return list(pairwise(bytes([one]) for one in word))


@pytest.mark.parametrize(
    ("damages", "most_harmless"),
    [(without_each_line, 0.20), (without_each_part, 0.35), (with_each_word_misspelt, 0)],
)
@pytest.mark.e2e
def test_whatever_is_taken_away_brings_the_message_that_says_what_to_write(damages, most_harmless: float):
    files = made("sv")
    harmless, told = [], 0
    for name, line, left in damages(files):
        result = load({**files, name: left})
        if isinstance(result, Loaded):
            harmless.append(f"{name}:{line}")
            continue
        told += 1
        lines = left.count(b"\n") + 1
        assert isinstance(result, Refused)
        for problem in result.problems:
            assert_it_helps(problem, f"{name}:{line}")
            assert problem.file != name or problem.line <= lines
        assert any(problem.line for problem in result.problems), f"{name}:{line}"
    assert len(harmless) <= most_harmless * (told + len(harmless)), harmless


def assert_it_helps(problem: Problem, damage: str) -> None:
    assert problem.line or problem.key == "pack.no-manifest", damage
    for language, names in (
        ("sv", ("Menade du", "Det här går att skriva")),
        ("en", ("Did you mean", "You can write")),
    ):
        said = problem.what(language)
        helps = any(words in said for words in names) or (language == "en" or REMEDY.search(said))
        assert helps, f"{damage}: {said}"


def test_a_file_that_is_taken_away_is_told_where_it_is_named():
    files = made("sv")
    for name in files:
        result = load({other: content for other, content in files.items() if other != name})
        if name in ("documents/var-plan.yaml", "walkthroughs/forsta-gangen.yaml"):
            assert isinstance(result, Loaded), "Nothing names it."
            continue
        assert isinstance(result, Refused)
        for problem in result.problems:
            assert_it_helps(problem, name)
