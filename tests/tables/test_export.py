"""A register written out is a table that a Swedish spreadsheet opens, harmless, and the same when it is read in again."""

import csv
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from bot.spreadsheets import spreadsheet
from dialogs.model.records import Record
from dialogs.tables.sheets import harmless
from dialogs.tables.written import as_csv, register_table
from dialogs.wording.teller import Teller
from tests.conversation.talk import Talk
from tests.tables.importing import reading

RISKY = ["=1+1", "+46", "-x", "@a", "'=1", "\t=1", "＝1"]


def teller_of(talk: Talk, language: str = "sv") -> Teller:
    return Teller(talk.book, talk.pack, talk.journey(), language, talk.clock.today())


def fill(talk: Talk) -> None:
    """Put in what is hard to write and read again: gone people, lines within a cell, twins, fractions, formulas."""
    journey = talk.journey()
    roster = journey.roster
    full = {
        "namn": "Å;ö \"citat\"", "form": "vanort", "slut": "2028-12-08", "ansvarig": talk.member("Bo").person.id,
        "enhet": roster.units[0].id, "organ": roster.bodies[0].id, "kostnad": -1234.125, "mal": "En\nTvå, tre; fyra",
        "delar": ["ett", "två"], "lank": {"name": "Sidan", "url": "https://example.org/a"}, "beslut-dag": "x", "beslut-nr": "7",
    }  # fmt: skip
    rows = [
        full,
        {"namn": "Tvilling", "form": "natverk", "mal": "A"},
        {"namn": "Tvilling", "form": "natverk", "mal": "B"},
    ]
    rows += [{"namn": name, "form": "natverk", "kostnad": 5} for name in RISKY]
    with talk.uow() as uow:
        for number, fields in enumerate(rows):
            uow.records.save(
                Record(f"post-{number}", "samarbeten", fields, "pagar" if number == 0 else "forslag", journey.starter, talk.clock.now()),
                organisation=journey.organisation, group=None, journey=journey.id,
            )  # fmt: skip
        uow.commit()


def test_a_table_opens_in_a_swedish_spreadsheet_and_holds_no_formula(talk: Talk):
    fill(talk)

    made = as_csv(register_table(teller_of(talk), "samarbeten"), language="sv")

    assert made.startswith(b"\xef\xbb\xbf")
    heading, first, *others = csv.reader(StringIO(made.decode("utf-8-sig"), newline=""), delimiter=";")
    assert heading[:3] == ["Vad heter samarbetet", "Form", "Gäller till och med"]
    assert heading[-4:] == ["beslut-dag", "beslut-nr", "Läge", "Villkor som saknas"]
    assert first[1:8] == [
        "Vänort",
        "2028-12-08",
        "Bo",
        "Skola",
        "Kommunstyrelsen",
        "-1234,125",
        "En\nTvå, tre; fyra",
    ]
    assert (first[-2], first[-1], others[2][-1]) == ("Pågår", "", "Målet är formulerat")
    assert [row[0] for row in others[2:]] == [f"'{name}" for name in RISKY]


@pytest.mark.parametrize("text", [*RISKY, "''=", "'", "'t Hof", "\r", "x"])
def test_what_is_made_harmless_is_read_as_it_was(talk: Talk, text: str):
    from dialogs.tables.sheets import _typed

    assert _typed(harmless(text)) == text


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_is_written_is_there_already_when_it_is_read_in(talk: Talk, kind: str, language: str):
    fill(talk)
    rows = register_table(teller_of(talk, language), "samarbeten")
    made = as_csv(rows, language=language) if kind == "csv" else spreadsheet(rows, title="Samarbeten")

    judged = reading(talk, language=language).judge(made).judged

    assert (judged.slips, judged.notes, judged.rows, judged.same) == ((), (), (), len(rows) - 1)


def test_a_sum_in_millions_is_written_as_it_was_given():
    assert (
        as_csv([[1234567.89, 99999999.99]], language="sv").decode("utf-8-sig")
        == '"1234567,89";"99999999,99"\r\n'
    )


def test_a_spreadsheet_has_days_and_numbers_that_can_be_counted_with(talk: Talk):
    fill(talk)

    book = load_workbook(
        BytesIO(spreadsheet(register_table(teller_of(talk), "samarbeten"), title="Samarbeten"))
    )

    row = list(book.active.iter_rows())[1]
    assert (row[2].is_date, row[6].value) == (True, -1234.125)
