"""Documents from the command line: listed, and written as each kind of file, under the organisation's own template."""

import stat
from io import BytesIO

import docx
import pytest

from tests.bot.test_cli_organise import kinds
from tests.documents.papers import pdf, text_of, texts_of, word

pytestmark = pytest.mark.e2e


def settled(talk) -> None:
    talk("/som Karin Ek", "1.1: Framåt", "fastställ 1.1")


def test_the_documents_are_listed_with_their_state(run, talk, group):
    settled(talk)

    code, said, _ = run("document", "list", "arbets")

    assert code == 0
    assert said.startswith("rapport: ")
    assert "Inte antaget" in said


def test_each_kind_of_file_is_written_for_its_owner_alone(run, talk, home, group):
    settled(talk)

    for ending in ("docx", "pdf", "md"):
        code, _, complained = run(
            "document", "write", "arbets", "rapport", "--to", f"ut/rapport.{ending}", "--sources"
        )
        assert (code, complained) == (0, "")
    folder = home / "ut"
    assert {stat.S_IMODE(one.stat().st_mode) for one in folder.iterdir()} == {0o600}
    assert "Framåt" in texts_of(word((folder / "rapport.docx").read_bytes()))
    assert "Framåt" in text_of(pdf((folder / "rapport.pdf").read_bytes()))
    assert "Framåt" in (folder / "rapport.md").read_text("utf-8")
    assert kinds(home).count("exported") == 3


def test_what_cant_be_written_is_said_kindly(run, talk, group):
    for arguments, code in (
        (("write", "arbets", "rapport", "--to", "ut.odt"), 2),
        (("write", "arbets", "kokbok", "--to", "ut.pdf"), 1),
        (("write", "arbets", "rapport", "--to", "ut.pdf", "--adopted", "4"), 1),
        (("write", "ingen alls", "rapport", "--to", "ut.pdf"), 1),
    ):
        ended, _, complained = run("document", *arguments)
        assert ended == code, arguments
        assert complained.strip()


def test_the_organisations_own_template_comes_before_everybodys(run, talk, home, group, monkeypatch):
    folder = home / "mallar"
    folder.mkdir()
    monkeypatch.setenv("METODCOACH_TEMPLATES", str(folder))
    for name in ("mall", "ljungby"):
        template = docx.Document()
        template.sections[0].header.paragraphs[0].text = f"sidhuvud {name}"
        made = BytesIO()
        template.save(made)
        (folder / f"{name}.docx").write_bytes(made.getvalue())

    run("document", "write", "arbets", "rapport", "--to", "egen.docx")
    (folder / "ljungby.docx").unlink()
    run("document", "write", "arbets", "rapport", "--to", "allas.docx")
    (folder / "mall.docx").write_bytes(b"ingen mall")
    code, _, complained = run("document", "write", "arbets", "rapport", "--to", "ingen.docx")

    headers = [
        word((home / f"{one}.docx").read_bytes()).sections[0].header.paragraphs[0].text
        for one in ("egen", "allas")
    ]
    assert headers == ["sidhuvud ljungby", "sidhuvud mall"]
    assert (code, (home / "ingen.docx").exists()) == (1, False)
    assert "METODCOACH_TEMPLATES" in complained


def test_an_export_brings_the_documents_along_when_asked(run, talk, home, group):
    settled(talk)

    assert run("export", "arbets", "--to", "ut")[0] == 0
    assert not list((home / "ut").glob("*.docx"))
    assert run("export", "arbets", "--to", "ut", "--overwrite", "--documents")[0] == 0

    assert sorted(one.suffix for one in (home / "ut").iterdir()) == [
        ".docx",
        ".json",
        ".md",
        ".pdf",
        ".sha256",
    ]
