"""Packs made to harm: each is refused with a place and a remedy, soon, and nothing of it is expanded or half-loaded."""

import time

import pytest

from content.loader import Refused, checksum, load
from tests.content.builders import FIRST, GOOD, MANIFEST, WALK, files, in_bytes, refused, said

STEP = "steps/01-forsta.yaml"
BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{b}: &{b} [{','.join(['*' + a] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)
QUADRATIC = "a: &a " + "x" * 50_000 + "\nb: [" + ",".join(["*a"] * 20_000) + "]\n"


def step(text: str | bytes) -> dict[str, bytes]:
    return files(**{"steps__01-forsta": text})


def named(name: str) -> dict[str, bytes]:
    return in_bytes({**GOOD, name: FIRST})


# What a file may have nothing but, over and over. Twenty thousand of each here, as much as a file may hold in the proof.
ONE_THING = (
    "[", "{", "- ", "? ", ": ", "a:\n", "\n", " ", "'", '"', "x", "x ", "x\n", "# \n", "|\n x\n", ">\n x\n\n", "&a ", "*a ",
    "!a ", "!!", "%a\n", "---\n", "...\n", "a: 'x\n", '"\\', "[a, ", "{a: ", "{a, ", ",\n", "\t", "a\r", "|2\n", "- - - a\n",
    "? a\n", "- |\n  x\n", "a: {b: [c]}\n",
)  # fmt: skip

# the pack, what is said of it, and where: a line of the step, or the whole place
HOSTILE: dict[str, tuple[dict[str, bytes], str, int | str]] = {
    "a billion laughs": (step(BOMB), "anchor", 1),
    "a quadratic bomb": (step(QUADRATIC), "anchor", 1),
    "an alias to itself": (step("a: &a [*a]\n"), "anchor", 1),
    "a merge key": (step(FIRST + "<<: {form: talk}\n"), "merge-key", 25),
    "a merge of a list": (step(FIRST + "<<: [{form: talk}]\n"), "merge-key", 25),
    "a Python object": (step("!!python/object/apply:os.system ['true']\n"), "tag", 1),
    "a Python name": (step(FIRST.replace("form: talk", "form: !!python/name:os.system ''")), "tag", 3),
    "a local tag": (step(FIRST.replace("form: talk", "form: !talk talk")), "tag", 3),
    "a tag directive": (step("%TAG ! tag:example.org,2000:\n---\n" + FIRST), "directive", 1),
    "an older YAML": (step("# hej\n\n%YAML 1.1\n---\n" + FIRST), "directive", 3),
    "an older YAML in the middle": (step(FIRST + "%YAML 1.1\n"), "directive", 25),
    "a tag directive after the end": (step(FIRST + "...\n%TAG ! !x\n---\na: b\n"), "directive", 26),
    "several documents": (step(FIRST + "---\n" + FIRST), "several-documents", 25),
    "deep lists on one line": (step("a: " + "[" * 5_000), "too-deep", 1),
    "deep closed lists": (step("a: " + "[" * 500 + "]" * 500), "too-deep", 1),
    "deep dashes": (step("- " * 5_000 + "x\n"), "too-deep", 1),
    "deep questions": (step("? " * 5_000 + "x\n"), "too-deep", 1),
    "deep mappings": (
        step("".join("  " * i + "a:\n" for i in range(200)) + "  " * 200 + "a: x\n"),
        "too-deep",
        21,
    ),
    "a hundred thousand keys": (
        step("".join(f"k{i}: 1\n" for i in range(25_000))[:199_000]),
        "too-many-nodes",
        10000,
    ),
    "a hundred thousand keys on a line": (step("{" + ",".join(["a"] * 99_000) + "}"), "duplicate-key", 1),
    "a hundred thousand dashes": (step("-\n" * 99_000), "empty-item", 1),
    "a hundred thousand same keys": (step("a: 1\n" * 40_000), "duplicate-key", 2),
    "a key twice": (step(FIRST + "form: workshop\n"), "duplicate-key", 25),
    "a key twice, quoted": (step(FIRST + "'form': workshop\n"), "duplicate-key", 25),
    "a list as a key": (step("[a, b]: c\n"), "key-not-text", 1),
    "a mapping as a key": (step("{a: b}: c\n"), "key-not-text", 1),
    "template braces": (step("title: {{ title }}\n"), "key-not-text", 1),
    "a NUL": (step(FIRST + "how: a\0b\n"), "control-character", 25),
    "a NUL by escape": (step(FIRST.replace("sv: Hur många?", 'sv: "a\\0b"')), "control-character", 17),
    "a bell": (step(FIRST + "# \a\n"), "control-character", 25),
    "an escape sequence of the screen": (step(FIRST.replace("Alla", "\x1b[2J")), "control-character", 5),
    "half a character by escape": (
        step(FIRST.replace("sv: Hur många?", 'sv: "\\ud800"')),
        "control-character",
        17,
    ),
    "a character beyond Unicode": (
        step(FIRST.replace("sv: Hur många?", 'sv: "\\U00110000"')),
        "bad-escape",
        17,
    ),
    "a character far beyond": (step(FIRST.replace("sv: Hur många?", 'sv: "\\UFFFFFFFF"')), "bad-escape", 17),
    "text that turns round": (step(FIRST.replace("Alla", "A\u202ella")), "control-character", 5),
    "text that turns round by escape": (
        step(FIRST.replace("sv: Hur många?", 'sv: "\\u202e"')),
        "control-character",
        17,
    ),
    "a next-line character": (step(FIRST.replace("Alla", "A\u0085lla")), "control-character", 5),
    "a byte order mark inside": (step(FIRST.replace("Alla", "A\ufefflla")), "control-character", 5),
    "UTF-16 with its mark": (step(FIRST.encode("utf-16")), "not-utf8-but-utf16", 1),
    "UTF-16 without": (step(FIRST.encode("utf-16-le")), "not-utf8-but-utf16", 1),
    "UTF-32": (step(FIRST.encode("utf-32")), "not-utf8-but-utf16", 1),
    "Latin-1": (step(FIRST.encode("latin-1")), "not-utf8", 2),
    "overlong UTF-8": (step(b"id: \xc0\xaf\n"), "not-utf8", 1),
    "nothing": (step(b""), "empty-file", 1),
    "only remarks": (step("# hej\n"), "empty-file", 1),
    "only a text": (step("hej\n"), "file-not-a-mapping", 1),
    "a picture": (step(b"\x89PNG\r\n\x1a\n" + b"\x00" * 100), "not-utf8", 1),
    "ten megabytes": (step(b"a" * 10_000_000), "file-too-large", "steps/01-forsta.yaml"),
    "eleven hundred kilobytes": (
        files(**{f"steps__s{i}": b"#" * 180_000 for i in range(7)}),
        "too-large",
        "pack.yaml",
    ),
    "a hundred and one files": (
        files(**{f"steps__s{i}": FIRST for i in range(101)}),
        "too-many-files",
        "pack.yaml",
    ),
    "out by dots": (named("../01.yaml"), "name-outside", "../01.yaml"),
    "out by dots inside": (named("steps/../../01.yaml"), "name-outside", "steps/../../01.yaml"),
    "from the root": (named("/etc/passwd"), "name-outside", "/etc/passwd"),
    "a drive": (named("C:/01.yaml"), "name-outside", "C:/01.yaml"),
    "a drive without a slash": (named("C:01.yaml"), "name-outside", "C:01.yaml"),
    "a hidden stream": (named("steps/01.yaml:x"), "name-outside", "steps/01.yaml:x"),
    "backslashes": (named("steps\\01.yaml"), "name-outside", "steps\\01.yaml"),
    "another machine": (named("\\\\server\\share\\01.yaml"), "name-outside", "\\\\server\\share\\01.yaml"),
    "a name that turns round": (
        named("steps/\u202elmay.10.yaml"),
        "name-unprintable",
        "steps/\\u202elmay.10.yaml",
    ),
    "a name with a NUL": (named("steps/a\0.yaml"), "name-unprintable", "steps/a\\u0000.yaml"),
    "a name with a line": (named("steps/a\n.yaml"), "name-unprintable", "steps/a\\u000a.yaml"),
    "half a character in a name": (named("steps/\udce5.yaml"), "name-unprintable", "steps/\\udce5.yaml"),
    "names that differ in case": (named("steps/01-Forsta.yaml"), "name-clash", "steps/01-forsta.yaml"),
    "a device": (named("steps/con.yaml"), "name-letters", "steps/con.yaml"),
    "a look-alike letter": (named("steps/аndra.yaml"), "name-letters", "steps/\u0430ndra.yaml"),
    "a very long name": (
        named(f"steps/{'a' * 300}.yaml"),
        "name-letters",
        "steps/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\u2026",
    ),
    "an unknown folder": (named("scripts/01.yaml"), "unknown-file", "scripts/01.yaml"),
    "a folder inside": (named("steps/mer/01.yaml"), "unknown-file", "steps/mer/01.yaml"),
    "a program": (named("steps/run.py"), "name-not-yaml", "steps/run.py"),
    "an empty name": (named(""), "name-empty", '""'),
    "no manifest": ({STEP: FIRST.encode()}, "no-manifest", "pack.yaml"),
    "a number without end": (
        step(FIRST.replace("kind: number", f"kind: number\n    least: {'9' * 5000}")),
        "not-a-number",
        17,
    ),
    "infinity": (step(FIRST.replace("kind: number", "kind: number\n    most: inf")), "not-a-number", 17),
    "an offset past the end of time": (
        step(
            FIRST.replace("{answered: natverk}", "{after: {question: natverk, offset: {weeks: 99999999999}}}")
        ),
        "too-much",
        23,
    ),
    "a pattern": (
        step(FIRST.replace("kind: number", "kind: text\n    pattern: '(a+)+$'")),
        "unknown-key",
        17,
    ),
    "rules in rules": (
        step(FIRST.replace("{answered: natverk}", "{not: " * 30 + "{answered: natverk}" + "}" * 30)),
        "too-deep",
        23,
    ),
    "an id with letters that only look the same": (
        step(FIRST.replace("id: forsta", "id: f\u043ersta")),
        "bad-id",
        1,
    ),
    "a language that is a word for no": (
        files(pack=MANIFEST.replace("[sv, en]", "[NO]")),
        "bad-language",
        "pack.yaml:4",
    ),
    "a clock for a day": (
        files(walkthroughs__kort=WALK.replace("2027-03-15", "14:30")),
        "not-a-date",
        "walkthroughs/kort.yaml:4",
    ),
    "a clock for a number": (
        step(FIRST.replace("kind: number", "kind: number\n    least: 14:30")),
        "not-a-number",
        17,
    ),
    "a number with a base": (
        step(FIRST.replace("kind: number", "kind: number\n    least: 0x1F")),
        "not-a-number",
        17,
    ),
    "a key that is a word for yes": (step(FIRST + "on: talk\n"), "unknown-key", 25),
    "a key that is Python's": (step(FIRST + "__class__: talk\n"), "unknown-key", 25),
    "a key that is the model's": (step(FIRST + "model_config: talk\n"), "unknown-key", 25),
    "a text that asks for an attribute": (
        files(pack=MANIFEST.replace("leader: ledare", "leader: '{0.__class__}'")),
        "bad-id",
        "pack.yaml:17",
    ),
    "half a character in bytes": (step(b"id: \xed\xa0\x80\n"), "not-utf8", 1),
    "a key that never ends": (step("a" * 150_000 + ": x\n"), "why-colon", 1),
    "a text that never ends": (step(FIRST + "goal: {sv: '" + "a" * 100_000), "why-quote", 25),
    "a pack that uses itself": (files(pack=MANIFEST + "uses: [prov]\n"), "unknown-pack", "pack.yaml:29"),
    "a list where a text goes": (
        files(pack=MANIFEST.replace("{sv: Prov, en: Trial}", "[Prov]")),
        "not-in-languages",
        "pack.yaml:5",
    ),
    "a name with a space after": (named("steps/01.yaml "), "name-not-yaml", "steps/01.yaml "),
    "a hidden file": (named("steps/.01.yaml"), "name-letters", "steps/.01.yaml"),
    "a name in another writing of its letters": (
        named("steps/a\u030andra.yaml"),
        "name-letters",
        "steps/a\u030andra.yaml",
    ),
    "an id with a line after it": (
        files(pack=MANIFEST.replace("id: prov", 'id: "prov\\nx"')),
        "bad-id",
        "pack.yaml:1",
    ),
}


def test_there_are_many_of_them():
    assert len({key for _, key, _ in HOSTILE.values()}) > 30
    assert len({checksum(pack) for pack, _, _ in HOSTILE.values()}) == len(HOSTILE) >= 60


@pytest.mark.parametrize(("pack", "key", "place"), HOSTILE.values(), ids=list(HOSTILE))
def test_a_hostile_pack_is_refused_with_a_place_and_a_remedy(
    pack: dict[str, bytes], key: str, place: int | str
):
    before = time.process_time()
    result = refused(pack)

    assert time.process_time() - before < 5
    where = f"{STEP}:{place}" if isinstance(place, int) else place
    assert (where, f"pack.{key}") in [(problem.place, problem.key) for problem in result.problems]
    swedish, english = said(result, "sv"), said(result, "en")
    assert all(one != other for one, other in zip(swedish, english, strict=True))
    for sentence in (*swedish, *english):
        assert sentence.isprintable()
        assert sentence.endswith((".", "?", "…"))
        assert len(sentence) < 900


@pytest.mark.parametrize("text", ONE_THING)
@pytest.mark.e2e
def test_no_file_of_one_thing_takes_long(text: str):
    before = time.process_time()

    assert isinstance(load(step(text * 20_000)), Refused)

    assert time.process_time() - before < 2


@pytest.mark.e2e
def test_ten_thousand_bad_names_are_told_in_time():
    rows = "".join(f"  - {{row: S0-{i}, item: 'question:natverk{i}'}}\n" for i in range(4_000))
    before = time.process_time()

    result = refused(files(coverage=f"document: d\nrows:\n{rows}"))
    said(result)

    assert time.process_time() - before < 10
