"""The tutorials about one's own method are gone through as they are written: commands, edits, what is shown."""

import os
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.cli import main
from tests.test_docs import FENCE, Lines, flat, text_of

FILE = re.compile(r"`(m[a-z-]+/[\w/.-]+\.yaml)`")


def blocks_of(page: str) -> Iterator[tuple[str, str, str]]:
    """Yield a page's code blocks: what kind, what is in it, and the file that the text has named last."""
    text, file = text_of(page), ""
    at = 0
    for block in FENCE.finditer(text):
        for named in FILE.finditer(text, at, block.start()):
            file = named[1]
        at = block.end()
        yield block[1], block[2], file


@pytest.mark.parametrize("page", ["docs/tutorial/din-egen-metod.md", "docs/tutorial/your-own-method.md"])
@pytest.mark.e2e
def test_whoever_follows_the_tutorial_sees_what_it_shows(page, tmp_path, monkeypatch, capsys):
    for name in [name for name in os.environ if name.startswith("METODCOACH_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("METODCOACH_DATABASE_URL", str(tmp_path / "coach.db"))
    monkeypatch.chdir(tmp_path)
    blocks = list(blocks_of(page))
    edits = commands = 0
    shown = ""
    waiting = ""  # the text that an edit replaces
    for at, (kind, block, file) in enumerate(blocks):
        if kind == "yaml":
            if not waiting:
                waiting = block
                continue
            edit(Path(file), waiting, block)
            waiting, edits = "", edits + 1
        elif kind == "sh":
            typed = [line[2:] for line in blocks[at + 1][1].splitlines() if line.startswith("> ")]
            monkeypatch.setattr("sys.stdin", Lines(f"{line}\n" for line in typed))
            for line in block.splitlines():
                if line.startswith("export "):
                    monkeypatch.setenv(*line.removeprefix("export ").split("="))
                elif line.startswith("metodcoach "):
                    main(shlex.split(line)[1:])
                    commands += 1
            shown = flat("".join(capsys.readouterr()))
        else:
            talk = at and "metodcoach chat" in blocks[at - 1][1]
            expected = [line for line in block.splitlines() if not (talk and line.startswith("> "))]
            assert [line for line in expected if flat(line) not in shown] == [], "Show what is really said."
    assert (edits, commands, waiting) == (7, 11, "")


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} is {text.count(old)} times in {file}"
    file.write_text(text.replace(old, new), encoding="utf-8")
