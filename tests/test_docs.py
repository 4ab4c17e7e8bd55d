"""The documentation holds: links lead somewhere, what is told by data is up to date, commands exist, tutorials work."""

import re
from functools import cache
from pathlib import Path

import pytest
import typer

from bot.call import Call
from bot.cli import commands as cli_commands
from bot.cli import main
from bot.settings import Settings
from bot.wiring import open_world
from content.loader import Loaded, load
from content.words import commands as spoken_commands
from storage.tables import metadata
from tools.reference.pages import up_to_date
from tools.reference.words import undescribed

PROJECT = Path(__file__).parents[1]
PAGES = sorted(
    path.relative_to(PROJECT).as_posix() for path in (*PROJECT.glob("*.md"), *PROJECT.glob("docs/**/*.md"))
)

# What a page of this project has no reason to speak of: how it was written, or the machine that it was written on.
FORBIDDEN = re.compile(
    r"\b(?:sessions?|prompts?|AI)\b"
    r"|(?<![\w.~$:-])/(?:work|home|root|Users|tmp|mnt|workspace)\b",
    re.IGNORECASE,
)
LINK = re.compile(r"(?<!!)\[[^\]\n]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)
CODE = re.compile(r"`([^`\n]+)`")


@cache
def text_of(page: str) -> str:
    return (PROJECT / page).read_text(encoding="utf-8")


def anchors(page: str) -> set[str]:
    """Return the anchors of a page's headings, as they are made where the pages are read."""
    prose = FENCE.sub("", text_of(page))
    return {re.sub(r"[^\w\- ]", "", one.lower()).replace(" ", "-") for one in HEADING.findall(prose)}


def broken_links(page: str) -> list[str]:
    broken = []
    for link in LINK.findall(CODE.sub("`code`", FENCE.sub("", text_of(page)))):
        path, _, anchor = link.partition("#")
        if link.startswith(("https://", "http://")):
            continue
        there = (PROJECT / page).parent.joinpath(path).resolve() if path else PROJECT / page
        inside = there.is_relative_to(PROJECT) and there.exists()
        if not inside or (anchor and anchor not in anchors(there.relative_to(PROJECT).as_posix())):
            broken.append(link)
    return broken


def code_in(page: str) -> str:
    """Return what a page shows as code, a piece on each line."""
    fenced = [block for _, block in FENCE.findall(text_of(page))]
    return "\n".join((*fenced, *CODE.findall(FENCE.sub("", text_of(page)))))


def every_page(find):
    """Return by page what *find* finds; pages without a finding are left out."""
    found = {page: list(find(page)) for page in PAGES}
    return {page: findings for page, findings in found.items() if findings}


# ---------------------------------------------------------------------------------------------------- words and links


def test_links_lead_somewhere():
    assert every_page(broken_links) == {}


def test_pages_speak_of_the_program_alone():
    assert every_page(lambda page: FORBIDDEN.findall(text_of(page))) == {}


def test_every_page_is_in_the_index():
    linked = {link.partition("#")[0] for link in LINK.findall(text_of("docs/index.md"))}

    assert {page for page in PAGES if page.startswith("docs/")} - {"docs/index.md"} == {
        f"docs/{link}" for link in linked if link.endswith(".md")
    }


# ---------------------------------------------------------------------------------------------------- what is named exists


@cache
def cli_words() -> tuple[frozenset[str], frozenset[tuple[str, str]]]:
    """Return the commands, and the pairs of a group and what is in it."""
    whole = typer.main.get_command(cli_commands(Call()))
    pairs = {
        (name, inner) for name, part in whole.commands.items() for inner in getattr(part, "commands", {})
    }
    return frozenset(whole.commands), frozenset(pairs)


def unknown_commands(page: str) -> list[str]:
    alone, pairs = cli_words()
    groups = {group for group, _ in pairs}
    unknown = []
    for first, second in re.findall(r"\bmetodcoach ([a-z]+)(?: ([a-z]+))?", code_in(page)):
        if first == "metodcoach":
            continue
        if first not in alone or (first in groups and second and (first, second) not in pairs):
            unknown.append(f"metodcoach {first} {second}".strip())
    return unknown


def test_every_command_of_the_command_line_exists():
    assert every_page(unknown_commands) == {}


def test_every_make_target_exists():
    targets = set(re.findall(r"^([a-z0-9-]+):", text_of("Makefile"), re.MULTILINE))

    def unknown(page: str) -> set[str]:
        return set(re.findall(r"(?:^|`)make ([a-z0-9-]+)", code_in(page), re.MULTILINE)) - targets

    assert every_page(unknown) == {}


def test_every_setting_is_told_of_and_exists():
    there = {f"METODCOACH_{name.upper()}" for name in Settings.model_fields}
    told = set(re.findall(r"METODCOACH_[A-Z_]+", text_of("docs/reference/settings.md")))

    assert told == there


def test_every_table_is_told_of():
    told = set(CODE.findall(text_of("docs/reference/data-model.md")))

    assert set(metadata.tables) - told == set()


def test_every_word_of_the_conversation_exists():
    rows = re.findall(r"^\| `([a-z-]+)` \|", text_of("docs/reference/words.md"), re.MULTILINE)

    assert sorted(rows) == sorted(spoken_commands())


def test_every_word_of_the_conversation_is_described():
    assert undescribed() == set(), "Say what it does in TOPICS of tools/reference/words.py."


def test_the_generated_reference_is_up_to_date():
    stale = [name for name, (there, should) in up_to_date().items() if there != should]

    assert stale == [], "Write it anew with: python -m tools.reference"


# ---------------------------------------------------------------------------------------------------- what is shown works


class Lines(list):
    """Lines as they come through a pipe."""

    def isatty(self) -> bool:
        return False


def typed_and_shown(page: str) -> tuple[list[str], list[str]]:
    """Return the lines that a page's conversations have people type, and those that they have the coach say."""
    blocks = [block for kind, block in FENCE.findall(text_of(page)) if kind == "text"]
    lines = [line for block in blocks for line in block.splitlines() if line.strip()]
    return [one[2:] for one in lines if one.startswith("> ")], [one for one in lines if one[:2] != "> "]


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize(
    ("page", "language", "readme"),
    [("docs/tutorial/forsta-motet.md", "sv", True), ("docs/tutorial/first-meeting.md", "en", False)],
)
@pytest.mark.e2e
def test_a_tutorials_lines_lead_to_a_signed_step(page, language, readme, tmp_path, monkeypatch, capsys):
    database = f"sqlite:///{tmp_path / 'tutorial.db'}"
    typed, shown = typed_and_shown(page)
    monkeypatch.setattr("sys.stdin", Lines(f"{line}\n" for line in typed))

    assert main(["chat", "--language", language, "--database", database]) == 0

    with open_world(Settings(database_url=database)) as world, world.uow() as uow:
        [journey] = uow.journeys.all()
        head = uow.journeys.head(journey.id)
        assert list(head.signed) == [world.shelf.pack(head.pack, head.version).steps[0].id]
    transcript = flat(capsys.readouterr().out)
    if readme:  # its conversation is a part of the Swedish tutorial's
        also_typed, also_shown = typed_and_shown("README.md")
        assert [line for line in also_typed if line not in typed] == []
        shown = [*shown, *also_shown]
    assert [line for line in shown if flat(line) not in transcript] == [], "Show what is really said."


def test_the_script_of_the_guide_begins_a_journey(tmp_path, monkeypatch):
    database = f"sqlite:///{tmp_path / 'script.db'}"
    [script] = re.findall(
        r"^# samtal\.txt.*?(?=^```)", text_of("docs/how-to/run-in-the-terminal.md"), re.M | re.S
    )
    monkeypatch.setattr("sys.stdin", Lines(script.splitlines(keepends=True)))

    assert main(["chat", "--language", "sv", "--database", database]) == 0

    with open_world(Settings(database_url=database)) as world, world.uow() as uow:
        assert len(uow.journeys.all()) == 1


def test_the_pack_of_the_guide_has_nothing_to_put_right():
    page = text_of("docs/how-to/your-own-pack.md")
    files = dict(
        re.findall(r"`min-metod/(\S+\.yaml)`:\n\n```yaml\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)
    )
    assert sorted(files) == ["cycle.yaml", "pack.yaml", "steps/borja.yaml"]
    whole = {name: content.encode() for name, content in files.items()}

    assert isinstance(
        load({name: content for name, content in whole.items() if name != "cycle.yaml"}), Loaded
    )

    [more] = re.findall(r"under `questions`:\n\n```yaml\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)
    step = files["steps/borja.yaml"].replace("gate:\n", f"{more}gate:\n")
    assert isinstance(load({**whole, "steps/borja.yaml": step.encode()}), Loaded)
