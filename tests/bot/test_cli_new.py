"""``pack new`` makes a method that can be checked, walked and installed, and writes over nothing."""

import stat
from pathlib import Path

import pytest

from tests.bot.conftest import Run


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_new_method_is_checked_walked_and_installed(run: Run, home: Path, language: str):
    def asked(*arguments: str) -> str:
        code, said, complained = run("pack", *arguments, "--language", language)
        assert (code, complained) == (0, ""), said
        return said

    made = asked("new", "min-metod", "egna", "--title", "Bättre möten: nu!")

    for file in (home / "egna" / "min-metod").rglob("*.yaml"):
        assert str(file.relative_to(home)) in made
    assert "Bättre möten: nu!" in (home / "egna" / "min-metod" / "pack.yaml").read_text(encoding="utf-8")
    asked("check", "egna/min-metod")
    asked("walk", "egna/min-metod")
    asked("install", "egna/min-metod")
    assert "min-metod  0.1.0  Bättre möten: nu!" in asked("list")


def test_the_files_are_there_for_whoever_shares_the_folder(run: Run, home: Path):
    assert run("pack", "new", "min-metod")[0] == 0

    assert stat.S_IMODE((home / "min-metod").stat().st_mode) & 0o700 == 0o700
    assert [entry.name for entry in home.iterdir() if entry.name.startswith(".min")] == []


def test_a_new_method_speaks_the_languages_asked_for(run: Run, home: Path):
    assert run("pack", "new", "min-metod", "--languages", "en, sv", "--language", "en")[0] == 0

    text = (home / "min-metod" / "pack.yaml").read_text(encoding="utf-8")
    assert "languages:\n  - en\n  - sv\n" in text
    assert "# This is the first page" in text


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("Min metod",), 2),
        (("../ut",), 2),
        (("gemensamt",), 1),
        (("min-metod", "--languages", "fi"), 2),
        (("min-metod", "--title", "a\u202eb"), 2),
        (("finns",), 1),
        (("min-metod", "fil"), 1),
        ((), 2),
    ],
)
def test_what_cannot_be_made_is_told_and_leaves_nothing(run: Run, home: Path, arguments, code: int):
    (home / "finns").mkdir()
    (home / "fil").write_text("mitt")
    before = sorted(home.rglob("*"))

    ended, said, complained = run("pack", "new", *arguments)

    assert (ended, said) == (code, "")
    assert complained.count("\n") == 1
    assert sorted(home.rglob("*")) == before


def test_a_method_is_shown_with_its_versions_and_retired(run: Run, group: str):
    code, shown, _ = run("pack", "show", "litet", "--language", "en")
    assert code == 0
    assert "1.1 Where to?" in shown
    assert "1.0.0: installed by program " in shown
    assert "1 journey runs on it." in shown

    code, said, _ = run("pack", "retire", "litet", "--language", "en")
    assert (code, "1 journey with the method is under way" in said) == (0, True)
    assert "Retired by cli " in run("pack", "show", "litet", "--language", "en")[1]
    assert "litet  1.0.0  Litet  (" in run("pack", "list")[1]
    assert run("pack", "retire", "litet")[1] != said
    assert run("pack", "retire", "litet", "--undo")[0] == 0
    assert "litet  1.0.0  Litet\n" in run("pack", "list")[1]
    assert run("pack", "retire", "nothing")[0] == 1
    assert run("pack", "retire", "litet", "9.9.9")[0] == 1
