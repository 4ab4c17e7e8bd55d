"""Packs made to harm: each is refused with a place and a remedy, soon, and nothing of it is expanded or half-loaded."""

import time

import pytest

from content.loader import Refused, load
from tests.content.builders import FIRST, GOOD, MANIFEST, files, in_bytes, refused, said

STEP = "steps/01-forsta.yaml"
BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{b}: &{b} [{','.join(['*' + a] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)
QUADRATIC = "a: &a " + "x" * 50_000 + "\nb: [" + ",".join(["*a"] * 20_000) + "]\n"


def step(text: str | bytes) -> dict[str, bytes]:
    return files(**{"steps__01-forsta": text})


def named(name: str) -> dict[str, bytes]:
    return in_bytes({**GOOD, name: FIRST})


HOSTILE: dict[str, tuple[dict[str, bytes], str]] = {
    "a billion laughs": (step(BOMB), "anchor"),
    "a quadratic bomb": (step(QUADRATIC), "anchor"),
    "an alias to itself": (step("a: &a [*a]\n"), "anchor"),
    "a merge key": (step(FIRST + "<<: {form: talk}\n"), "merge-key"),
    "a merge of a list": (step(FIRST + "<<: [{form: talk}]\n"), "merge-key"),
    "a Python object": (step("!!python/object/apply:os.system ['true']\n"), "tag"),
    "a Python name": (step(FIRST.replace("form: talk", "form: !!python/name:os.system ''")), "tag"),
    "a local tag": (step(FIRST.replace("form: talk", "form: !talk talk")), "tag"),
    "a tag directive": (step("%TAG ! tag:example.org,2000:\n---\n" + FIRST), "directive"),
    "an older YAML": (step("# hej\n\n%YAML 1.1\n---\n" + FIRST), "directive"),
    "several documents": (step(FIRST + "---\n" + FIRST), "several-documents"),
    "deep lists on one line": (step("a: " + "[" * 50_000), "too-deep"),
    "deep closed lists": (step("a: " + "[" * 500 + "]" * 500), "too-deep"),
    "deep dashes": (step("- " * 5_000 + "x\n"), "too-deep"),
    "deep questions": (step("? " * 5_000 + "x\n"), "too-deep"),
    "deep mappings": (
        step("".join("  " * i + "a:\n" for i in range(200)) + "  " * 200 + "a: x\n"),
        "too-deep",
    ),
    "a hundred thousand keys": (
        step("".join(f"k{i}: 1\n" for i in range(25_000))[:199_000]),
        "too-many-nodes",
    ),
    "a hundred thousand keys on a line": (step("{" + ",".join(["a"] * 99_000) + "}"), "duplicate-key"),
    "a hundred thousand dashes": (step("-\n" * 99_000), "empty-value"),
    "a hundred thousand same keys": (step("a: 1\n" * 40_000), "duplicate-key"),
    "a key twice": (step(FIRST + "form: workshop\n"), "duplicate-key"),
    "a key twice, quoted": (step(FIRST + "'form': workshop\n"), "duplicate-key"),
    "a list as a key": (step("[a, b]: c\n"), "key-not-text"),
    "a mapping as a key": (step("{a: b}: c\n"), "key-not-text"),
    "template braces": (step("title: {{ title }}\n"), "key-not-text"),
    "a NUL": (step(FIRST + "how: a\0b\n"), "control-character"),
    "a NUL by escape": (step(FIRST.replace("sv: Hur många?", 'sv: "a\\0b"')), "control-character"),
    "a bell": (step(FIRST + "# \a\n"), "control-character"),
    "an escape sequence of the screen": (step(FIRST.replace("Alla", "\x1b[2J")), "control-character"),
    "half a character by escape": (
        step(FIRST.replace("sv: Hur många?", 'sv: "\\ud800"')),
        "control-character",
    ),
    "a character beyond Unicode": (step(FIRST.replace("sv: Hur många?", 'sv: "\\U00110000"')), "bad-escape"),
    "a character far beyond": (step(FIRST.replace("sv: Hur många?", 'sv: "\\UFFFFFFFF"')), "bad-escape"),
    "text that turns round": (step(FIRST.replace("Alla", "A\u202ella")), "control-character"),
    "text that turns round by escape": (
        step(FIRST.replace("sv: Hur många?", 'sv: "\\u202e"')),
        "control-character",
    ),
    "a next-line character": (step(FIRST.replace("Alla", "A\u0085lla")), "control-character"),
    "a byte order mark inside": (step(FIRST.replace("Alla", "A\ufefflla")), "control-character"),
    "UTF-16 with its mark": (step(FIRST.encode("utf-16")), "not-utf8-but-utf16"),
    "UTF-16 without": (step(FIRST.encode("utf-16-le")), "not-utf8-but-utf16"),
    "UTF-32": (step(FIRST.encode("utf-32")), "not-utf8-but-utf16"),
    "Latin-1": (step(FIRST.encode("latin-1")), "not-utf8"),
    "overlong UTF-8": (step(b"id: \xc0\xaf\n"), "not-utf8"),
    "nothing": (step(b""), "empty-file"),
    "only remarks": (step("# hej\n"), "empty-file"),
    "only a text": (step("hej\n"), "not-a-mapping"),
    "a picture": (step(b"\x89PNG\r\n\x1a\n" + b"\x00" * 100), "not-utf8"),
    "ten megabytes": (step(b"a" * 10_000_000), "file-too-large"),
    "eleven hundred kilobytes": (files(**{f"steps__s{i}": b"#" * 180_000 for i in range(7)}), "too-large"),
    "a hundred and one files": (files(**{f"steps__s{i}": FIRST for i in range(101)}), "too-many-files"),
    "out by dots": (named("../01.yaml"), "name-outside"),
    "out by dots inside": (named("steps/../../01.yaml"), "name-outside"),
    "from the root": (named("/etc/passwd"), "name-outside"),
    "a drive": (named("C:/01.yaml"), "name-outside"),
    "a drive without a slash": (named("C:01.yaml"), "name-outside"),
    "a hidden stream": (named("steps/01.yaml:x"), "name-outside"),
    "backslashes": (named("steps\\01.yaml"), "name-outside"),
    "another machine": (named("\\\\server\\share\\01.yaml"), "name-outside"),
    "a name that turns round": (named("steps/\u202elmay.10.yaml"), "name-unprintable"),
    "a name with a NUL": (named("steps/a\0.yaml"), "name-unprintable"),
    "a name with a line": (named("steps/a\n.yaml"), "name-unprintable"),
    "half a character in a name": (named("steps/\udce5.yaml"), "name-unprintable"),
    "names that differ in case": (named("steps/01-Forsta.yaml"), "name-clash"),
    "a device": (named("steps/con.yaml"), "name-letters"),
    "a look-alike letter": (named("steps/аndra.yaml"), "name-letters"),
    "a very long name": (named(f"steps/{'a' * 300}.yaml"), "name-letters"),
    "an unknown folder": (named("scripts/01.yaml"), "unknown-file"),
    "a folder inside": (named("steps/mer/01.yaml"), "unknown-file"),
    "a program": (named("steps/run.py"), "name-not-yaml"),
    "an empty name": (named(""), "unknown-file"),
    "no manifest": ({STEP: FIRST.encode()}, "no-manifest"),
    "a number without end": (
        step(FIRST.replace("kind: number", f"kind: number\n    least: {'9' * 5000}")),
        "not-a-number",
    ),
    "infinity": (step(FIRST.replace("kind: number", "kind: number\n    most: inf")), "not-a-number"),
    "an offset past the end of time": (
        step(
            FIRST.replace("{answered: natverk}", "{after: {question: natverk, offset: {weeks: 99999999999}}}")
        ),
        "too-much",
    ),
    "a pattern": (step(FIRST.replace("kind: number", "kind: text\n    pattern: '(a+)+$'")), "unknown-key"),
    "rules in rules": (
        step(FIRST.replace("{answered: natverk}", "{not: " * 30 + "{answered: natverk}" + "}" * 30)),
        "too-deep",
    ),
    "an id with a line after it": (files(pack=MANIFEST.replace("id: prov", 'id: "prov\\nx"')), "bad-id"),
}


@pytest.mark.parametrize(("pack", "key"), HOSTILE.values(), ids=list(HOSTILE))
def test_a_hostile_pack_is_refused_with_a_place_and_a_remedy(pack: dict[str, bytes], key: str):
    before = time.perf_counter()
    result = refused(pack)

    assert time.perf_counter() - before < 5
    assert f"pack.{key}" in [problem.key for problem in result.problems]
    for language in ("sv", "en"):
        for sentence in said(result, language):
            assert sentence.isprintable()
            assert len(sentence) < 900


@pytest.mark.parametrize("text", [
    "[" * 199_000, "{" * 199_000, "- " * 99_000, "? " * 99_000, ": " * 99_000, "a:\n" * 60_000, "\n" * 199_000,
    " " * 199_000, "'" * 199_000, '"' * 199_000, "x" * 199_000, "x " * 99_000, "x\n" * 99_000, "# \n" * 60_000,
    "|\n" + " x\n" * 60_000, ">\n" + " x\n\n" * 45_000, "&a " * 60_000, "*a " * 60_000, "!a " * 60_000, "!!" * 90_000,
    "%a\n" * 60_000, "---\n" * 45_000, "...\n" * 45_000, "a: 'x\n" * 30_000, '"\\' * 90_000, "[a, " * 45_000, "{a: " * 45_000,
    "{a, " * 45_000, ",\n" * 90_000, "\t" * 199_000, "a\r" * 90_000, "|2\n" * 60_000, "- - - a\n" * 24_000, "? a\n" * 45_000,
])  # fmt: skip
def test_no_large_file_of_one_thing_takes_long(text: str):
    before = time.perf_counter()

    assert isinstance(load(step(text)), Refused)

    assert time.perf_counter() - before < 10


def test_ten_thousand_bad_names_are_told_in_time():
    rows = "".join(f"  - {{row: S0-{i}, item: 'question:natverk{i}'}}\n" for i in range(4_000))
    before = time.perf_counter()

    result = refused(files(coverage=f"document: d\nrows:\n{rows}"))
    said(result)

    assert time.perf_counter() - before < 10
