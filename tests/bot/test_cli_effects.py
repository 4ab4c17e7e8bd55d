"""Effects from the command line: told as text, and written as each kind of file, of one group and of them all."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from tests.bot.test_cli_organise import kinds
from tests.conversation.beginnings import begun_once
from tests.conversation.talk import Talk
from tests.conversation.test_impact import begin
from tests.documents.papers import pdf, text_of


def a_working_group(home) -> None:
    (home / "coach.db").unlink()
    begun_once(Talk, home / "coach.db", "effects", begin).close()


@pytest.mark.e2e
def test_they_are_told_of_a_group_and_written_for_the_whole_organisation(run, home):
    a_working_group(home)

    code, said, complained = run("document", "effects", "först", "--year", "2026")
    assert (code, complained) == (0, "")
    assert said.startswith("# Effekter 2026\n")
    assert "Nordiskt nätverk (samarbete 1)" in said
    assert "Studiebesök" not in said

    for ending in ("xlsx", "csv", "pdf"):
        code, _, complained = run(
            "--language", "en", "document", "effects", "--all", "--to", f"effects.{ending}"
        )
        assert (code, complained) == (0, "")
    book = load_workbook(BytesIO((home / "effects.xlsx").read_bytes()))
    assert book.sheetnames == ["Aims and tags", "Efforts", "Results"]
    assert "Quality of life" in (home / "effects.csv").read_text("utf-8-sig")
    assert "Finishedwithoutanevaluation" in text_of(pdf((home / "effects.pdf").read_bytes()))
    assert kinds(home).count("exported") == 4


def test_what_cant_be_told_is_said_kindly(run, home, group):
    for arguments, code in (
        (("arbets",), 1),  # the small method has no efforts
        ((), 2),
        (("arbets", "--all"), 2),
        (("arbets", "--to", "effekter.odt"), 2),
    ):
        ended, _, complained = run("document", "effects", *arguments)
        assert (ended, complained.count("\n")) == (code, 1), arguments
