"""A document is asked for in the chat, as this or that kind of file; what is missing is said, and asked of those who know."""

from datetime import datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook

from dialogs.model.written import Missing, Passage
from dialogs.values.asked_document import NEWEST, AskedDocument, asked_about, read_asked
from tests.conversation.talk import Talk
from tests.documents.papers import a_document, pdf, text_of, texts_of, word
from tests.files.office import file_in, made

pytestmark = pytest.mark.e2e


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("handlingsplan", AskedDocument("handlingsplan")),
        ("Handlingsplanen som PDF.", AskedDocument("Handlingsplanen", "pdf")),
        ("plan som word med källor", AskedDocument("plan", "docx", sources=True)),
        ("plan med källor som text", AskedDocument("plan", "md", sources=True)),
        ("action plan as adopted", AskedDocument("action plan", version=NEWEST)),
        ("antagen handlingsplan som pdf", AskedDocument("handlingsplan", "pdf", NEWEST)),
        ("planen version 2 som pdf", AskedDocument("planen", "pdf", 2)),
        ("planen pdf version 12", AskedDocument("planen", "pdf", 12)),
        ("källor", AskedDocument("källor")),
        ("word", AskedDocument("word")),
        ("", AskedDocument("")),
        ("lösenord", AskedDocument("lösenord")),
    ],
)
def test_how_a_document_is_asked_for(said, asked):
    assert read_asked(said) == asked


@pytest.mark.parametrize(
    "asked", [AskedDocument("plan"), AskedDocument("plan", "", 3, True), AskedDocument("plan", "", NEWEST)]
)
def test_a_recipe_keeps_what_was_asked_for(asked):
    assert asked_about(asked.about) == asked


def test_word_is_what_one_gets_and_the_others_are_a_press_away(talk: Talk):
    told = talk.says("Bo", "dokument handlingsplan")

    file = file_in(told)
    assert file.name == "handlingsplan-arbetsgruppen-2026-09-01.docx"
    assert "Vi vill mer." in texts_of(word(made(talk, file) or b""))
    labels = {button.label: button for button in told.buttons}
    assert {"Som PDF", "Som text"} <= labels.keys()

    other = file_in(talk.presses("Bo", labels["Som PDF"]))
    assert other.name.endswith(".pdf")
    assert "Vivillmer." in text_of(pdf(made(talk, other) or b""))


def test_the_sources_come_along_when_they_are_asked_for(talk: Talk):
    without, with_them = (
        made(talk, file_in(talk.says("Bo", said))) or b""
        for said in ("dokument planen som text", "dokument planen som text med källor")
    )

    assert b"## K\xc3\xa4llor" not in without
    assert "Fastställt av Ada" in with_them.decode()


def test_it_says_what_is_missing_and_who_could_say_it(talk: Talk):
    told = talk.says("Bo", "dokument planen")

    assert "2.1 " in told.text
    assert "1.5.1 " in told.text
    assert "Vård och omsorg: fråga Bo" in told.text
    assert "Gäller från: fråga Ada" in told.text
    assert "ask-document" in told.actions


def test_those_who_could_say_it_are_asked_when_the_leader_says_so(talk: Talk):
    talk.privately("Bo", "hjälp")
    button = talk.says("Ada", "dokument planen").button("ask-document")

    shown = talk.presses("Ada", button)
    assert "ask-document-who" in shown.keys
    assert not shown.to("Bo").letters

    sent = talk.presses("Ada", shown.button("ask-document-now"))
    [letter] = sent.to("Bo").letters
    assert "1.5.2" in letter.message.text
    assert "1.5.1" not in letter.message.text  # the other unit's
    assert "2.1" not in letter.message.text  # of a step that is to come
    assert [one.press.action for one in letter.message.buttons] == ["show"]
    assert not talk.presses("Ada", shown.button("ask-document-now")).to("Bo").letters  # once a day


def test_only_whoever_leads_has_others_asked(talk: Talk):
    button = talk.says("Ada", "dokument planen").button("ask-document")

    assert "only-leader" in talk.presses("Bo", button).keys


def test_where_nobody_can_answer_today_that_is_said(talk: Talk):
    told = talk.says("Ada", "dokument rapport")

    assert "ask-document" not in told.actions
    assert "document-missing-count" not in told.keys


@pytest.mark.parametrize(
    "said", ["dokument protokoll som pdf", "hämta årsboken version 2", "dokument bokslutet med källor"]
)
def test_of_a_file_that_there_is_not_it_is_told_which_there_are(talk: Talk, said: str):
    before = talk.rows("select count(*) from entry")

    told = talk.says("Ada", said)

    assert "file-which" in told.keys
    assert talk.rows("select count(*) from entry") == before


@pytest.mark.parametrize("said", ["dokument om framtidens vård", "anta att vi ses", "hämta: det här"])
def test_other_words_are_words(talk: Talk, said: str):
    told = talk.says("Bo", said)

    assert not [letter for letter in told.letters if letter.message.file]
    assert not {"file-which", "file-here", "adopt-how"} & told.keys


# ------------------------------------------------------------------------------------------- tables


def rows_of(content: bytes) -> dict[str, list[tuple[object, ...]]]:
    book = load_workbook(BytesIO(content))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}


def test_a_register_comes_as_a_spreadsheet_or_as_text(talk: Talk):
    for said in ("ny idé: =Formel", "2027-03-01", "-"):
        talk.says("Ada", said)

    book, text = (file_in(talk.says("Bo", f"dokument idéer som {form}")) for form in ("excel", "csv"))

    assert (book.name, text.name) == (
        "idéer-arbetsgruppen-2026-09-01.xlsx",
        "idéer-arbetsgruppen-2026-09-01.csv",
    )
    [(title, rows)] = rows_of(made(talk, book) or b"").items()
    assert title == "Idéer"
    assert rows[1][0] == "=Formel"
    assert datetime(2027, 3, 1) in rows[1]  # noqa: DTZ001 - what the library makes of a day
    assert (made(talk, text) or b"").decode("utf-8-sig").splitlines()[1].startswith('"\'=Formel"')


def test_a_document_brings_all_its_registers(talk: Talk):
    told = talk.says("Bo", "dokument planen")
    button = next(one for one in told.buttons if one.label == "Tabellerna i Excel")

    file = file_in(talk.presses("Bo", button))

    assert file.name == "handlingsplan-arbetsgruppen-2026-09-01.xlsx"
    assert list(rows_of(made(talk, file) or b"")) == ["Idéer"]


def test_a_document_without_registers_is_no_table(talk: Talk):
    assert "document-no-table" in talk.says("Bo", "dokument rapport som excel").keys


def test_whoever_is_no_member_gets_none(talk: Talk):
    told = talk.says("Eva", "dokument idéer som excel")

    assert "file-not-yours" in told.keys
    assert not [letter for letter in told.letters if letter.message.file]


def test_a_register_that_is_shown_twice_is_missing_once():
    lacking = Passage("", "", missing=Missing("Insatser", ("Ada",)))

    whole = a_document(lacking, lacking, Passage("", "", missing=Missing("Målbilden", ("Ada",))))

    assert whole.missing == ("Insatser", "Målbilden")
