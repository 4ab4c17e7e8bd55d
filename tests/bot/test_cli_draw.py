"""``pack draw`` draws a method as a picture or in words, and writes over nothing unasked."""

from pathlib import Path

from tests.bot.conftest import Run


def test_a_method_is_drawn_to_a_file_once(run: Run, home: Path):
    assert run("pack", "draw", "litet", "--to", "litet.svg")[0] == 0
    drawn = (home / "litet.svg").read_text(encoding="utf-8")

    assert drawn.startswith("<svg ")
    assert run("pack", "draw", "litet", "--to", "litet.svg")[0] == 1
    assert run("pack", "draw", "litet", "--to", "litet.svg", "--overwrite", "--language", "en")[0] == 0
    assert (home / "litet.svg").read_text(encoding="utf-8") != drawn


def test_a_method_is_told_in_words(run: Run, home: Path):
    code, said, _ = run("pack", "draw", "packs/litet", "--text", "--language", "en")

    assert code == 0
    assert said.startswith("Small 1.0.0\n")
    assert "  1.3 What is hard? (each member, anonymous)\n" in said


def test_what_cannot_be_drawn_is_told(run: Run, home: Path):
    assert run("pack", "draw", "nothing")[0] == 1
    assert run("pack", "draw", "litet", "--to", "nowhere/litet.svg")[0] == 1
    (home / "packs" / "litet" / "pack.yaml").write_text("id: [")
    code, said, _ = run("pack", "draw", "packs/litet")
    assert (code, "packs/litet/pack.yaml:" in said) == (1, True)
