"""Registers from the command line: a file is read in with a report, written out, and never over another unasked."""

import os
from pathlib import Path

import pytest

from bot.cli import main
from tests.conversation.talk import Talk
from tests.tables.importing import a_table, names


@pytest.fixture
def run(talk: Talk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """Run a command over the conversation's database; return its exit code, what it said and complained about."""
    for name in [name for name in os.environ if name.startswith("METODCOACH_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("METODCOACH_DATABASE_URL", str(talk.file))
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> tuple[int, list[str], str]:
        code = main(["register", *arguments, "--language", "en"])
        said, complained = capsys.readouterr()
        return code, said.splitlines(), complained

    return run


def a_file(tmp_path: Path, *lines: str) -> str:
    (tmp_path / "in.csv").write_bytes(a_table(*lines))
    return "in.csv"


def test_a_file_is_read_in_with_a_report(run, talk: Talk, tmp_path: Path):
    file = a_file(tmp_path, "A;Network;2028-01-02;Bo", "B;Nätverk", "B;Nätverk")

    code, said, _ = run("import", "arbets", "collaborations", file, "--dry-run")
    assert (code, len(said), names(talk)) == (0, 2, [])
    code, said, _ = run("import", "arbets", "collaborations", file)

    assert (code, said[-1]) == (0, "Entries: 2 new, 0 changed, 0 were there already.")
    assert said[0].startswith("Line 4: ")
    assert names(talk) == ["A", "B"]
    [told] = talk.rows("select count(*) from audit where kind = 'records-imported'")
    assert told == (1,)


def test_what_is_wrong_is_told_with_line_and_column(run, talk: Talk, tmp_path: Path):
    file = a_file(tmp_path, "A;Nätverk", "B;Klubb;30 februari 2028;Nils")

    code, said, complained = run("import", "arbets", "samarbeten", file)
    assert [line.partition(": ")[0] for line in said] == [
        "Line 3, Kind",
        "Line 3, Runs until",
        "Line 3, Responsible",
    ]
    assert (code, complained.count("\n"), names(talk)) == (1, 1, [])

    assert run("import", "arbets", "samarbeten", file, "--keep-good")[0] == 1
    assert names(talk) == ["A"]


def test_it_is_done_for_whoever_is_named_and_by_their_rights(run, talk: Talk, tmp_path: Path):
    file = a_file(tmp_path, "A;Nätverk")

    assert run("import", "arbets", "samarbeten", file, "--by", "Karl")[0] == 1
    assert names(talk) == []
    assert run("import", "arbets", "samarbeten", file, "--by", "Bo")[0] == 0
    [record] = talk.journey().records_in("samarbeten")
    assert record.added_by == talk.member("Bo").person.id


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("import", "nej", "samarbeten", "in.csv"), 1),
        (("import", "arbets", "resor", "in.csv"), 1),
        (("import", "arbets", "samarbeten", "nej.csv"), 1),
        (("import", "arbets", "samarbeten", "in.csv", "--by", "Nils"), 1),
        (("export", "arbets", "samarbeten", "--to", "ut.doc"), 2),
        (("export", "arbets", "samarbeten", "--to", "in.csv"), 1),
        (("export", "arbets", "samarbeten"), 2),
    ],
)
def test_what_cannot_be_done_is_said_kindly(
    run, talk: Talk, tmp_path: Path, arguments: tuple[str, ...], code: int
):
    a_file(tmp_path, "A;Nätverk")

    found, _, complained = run(*arguments)

    assert (found, complained.count("\n") <= 2, "Traceback" in complained) == (code, True, False)
    assert names(talk) == []
    assert (tmp_path / "in.csv").read_bytes() == a_table("A;Nätverk")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_register_goes_out_and_comes_back_as_it_was(run, talk: Talk, tmp_path: Path, kind: str):
    run(
        "import",
        "arbets",
        "samarbeten",
        a_file(tmp_path, "=1+1;Nätverk;2028-01-02;Bo;Skola;;1,5;Mål;Pågår", "B;Vänort"),
    )

    assert run("export", "arbets", "samarbeten", "--to", f"ut/lista.{kind}")[0] == 0
    code, said, _ = run("import", "arbets", "samarbeten", f"ut/lista.{kind}", "--dry-run")

    assert (code, said) == (
        0,
        ["This would come of it: 0 new entries, 0 changed, 2 are there already. Nothing is read in."],
    )
    assert (tmp_path / "ut" / f"lista.{kind}").stat().st_mode & 0o077 == 0
    assert run("export", "arbets", "samarbeten", "--to", f"ut/lista.{kind}")[0] == 1
    assert run("export", "arbets", "samarbeten", "--to", f"ut/lista.{kind}", "--overwrite")[0] == 0
