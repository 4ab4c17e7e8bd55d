"""Entries are read in from a file: every cell as it would be typed, all of it or nothing, and nothing twice."""

from datetime import date, datetime, time
from io import BytesIO
from unicodedata import normalize

import pytest
from openpyxl import Workbook, load_workbook

from bot.ids import RandomIds
from storage.errors import Conflict
from tests.conversation.talk import Talk
from tests.tables.importing import HEADING, a_table, names, read_in, reading

A_DAY = datetime(2028, 12, 8)  # noqa: DTZ001 - as a spreadsheet has it
FULL = "Skogsnätverket;Nätverk;8 december 2028;Bo;vård och omsorg;Kommunstyrelsen;1 234,5;Mer trä;Pågår"


def a_book(*rows: list[object], heading: str = HEADING) -> bytes:
    book = Workbook()
    for row in (heading.split(";"), *rows):
        book.active.append(row)
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def test_a_row_becomes_an_entry_as_if_it_had_been_typed(talk: Talk):
    assert read_in(talk, a_table(FULL)) == []

    [record] = talk.journey().records_in("samarbeten")
    bo = talk.member("Bo").person.id
    roster = talk.journey().roster
    assert (record.state, record.by, record.revision) == ("pagar", talk.member("Ada").person.id, 2)
    assert dict(record.fields) == {
        "namn": "Skogsnätverket", "form": "natverk", "slut": "2028-12-08", "ansvarig": bo,
        "enhet": roster.units[1].id, "organ": roster.bodies[0].id, "kostnad": 1234.5, "mal": "Mer trä",
    }  # fmt: skip
    assert talk.differences() == []


def test_a_spreadsheet_says_the_same(talk: Talk):
    row = [
        "Skogsnätverket",
        "Network",
        A_DAY,
        "Bo",
        "Skola",
        None,
        1234.5,
        "Mer trä",
        "Under way",
    ]

    assert read_in(talk, a_book(row, ["Två", "Vänort", date(2028, 1, 2), *[None] * 6])) == []

    one, two = talk.journey().records_in("samarbeten")
    assert (one.fields["slut"], one.fields["kostnad"], one.fields["form"]) == (
        "2028-12-08",
        1234.5,
        "natverk",
    )
    assert (one.state, two.state, two.fields["slut"]) == ("pagar", "forslag", "2028-01-02")


@pytest.mark.parametrize(
    ("row", "column", "phrase"),
    [
        ("X;Nätverk;30 februari 2028", "Gäller till och med", "import-not-a-date"),
        ("X;Nätverk;8 december", "Gäller till och med", "import-not-a-date"),
        ("X;Nätverkk", "Form", "choice-near"),
        ("X;1", "Form", "import-not-by-number"),
        ("X;", "Form", "field-required"),
        (";Nätverk", "Vad heter samarbetet", "import-no-title"),
        ("X;Nätverk;;Nils", "Ansvarig", "person-unknown"),
        ("X;Nätverk;;;Parken", "Verksamhet", "unit-unknown"),
        ("X;Nätverk;;;2", "Verksamhet", "import-not-by-number"),
        ("X;Nätverk;;;;Nämnden", "Beslutat av", "body-not-among"),
        ("X;Nätverk;;;;;mycket", "Kostnad", "not-a-number"),
        ("X;Nätverk;;;;;12.500", "Kostnad", "not-a-number"),
        ("X;Nätverk;;;;;;;Slut", "Läge", "choice-unknown"),
        ("X;Nätverk;;;;;;;Pågår", "Läge", "must-first"),
    ],
)  # fmt: skip
def test_a_slip_is_told_with_its_row_and_column_and_nothing_is_read_in(
    talk: Talk, row: str, column: str, phrase: str
):
    content = a_table(FULL, "", row)

    assert read_in(talk, content) == [(4, column, phrase)]
    assert names(talk) == []
    assert read_in(talk, content, keep_good=True) == [(4, column, phrase)]
    assert names(talk) == ["Skogsnätverket"]


def test_a_formula_is_told_and_never_worked_out(talk: Talk):
    content = a_book(['=CONCATENATE("A","B")', "Nätverk"], ["X", "Nätverk", None, None, None, None, "=1+1"])

    assert read_in(talk, content) == [
        (2, "Vad heter samarbetet", "import-formula"), (3, "Kostnad", "import-formula"),
    ]  # fmt: skip


def test_what_looks_like_a_formula_in_a_table_is_words(talk: Talk):
    assert read_in(talk, a_table("=1+1;Nätverk", "'@x;Nätverk", "'t Hof;Nätverk")) == []

    assert names(talk) == ["=1+1", "@x", "'t Hof"]


@pytest.mark.parametrize("between", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_table_is_read_however_it_was_saved(talk: Talk, between: str, encoding: str):
    lines = ("Samarbeten 2026", "", f"mål{between}NAMN:{between}Form", f"Ökad nytta{between}Å{between}Vänort")

    assert read_in(talk, "\n".join(lines).encode(encoding)) == []
    [record] = talk.journey().records_in("samarbeten")
    assert (record.fields["namn"], record.fields["mal"]) == ("Å", "Ökad nytta")


def test_a_table_from_a_mac_says_the_same(talk: Talk):
    content = a_table(FULL)
    read_in(talk, content)

    judged = reading(talk).judge(normalize("NFD", content.decode()).encode()).judged

    assert (judged.new, judged.changed, judged.same, judged.slips, judged.notes) == (0, 0, 1, (), ())


def test_a_spreadsheet_from_a_mac_says_the_same(talk: Talk):
    read_in(talk, a_table("Ökad nytta;Nätverk"))

    judged = reading(talk).judge(a_book([normalize("NFD", "Ökad nytta"), normalize("NFD", "Nätverk")])).judged

    assert (judged.new, judged.changed, judged.same, judged.slips, judged.notes) == (0, 0, 1, (), ())


@pytest.mark.parametrize(
    ("value", "shown_as", "read"),
    [
        (0.5, "0%", 50), (0.07, "0.00%", 7), (1, "0%", 100), (0.5, '0.0"%"', 0.5), (0.5, r"0.0\%", 0.5),
        (1234567.89, "#,##0.00", 1234567.89), (12.125, "General", 12.125),
    ],
)  # fmt: skip
def test_a_number_in_a_spreadsheet_is_read_as_it_is_shown(
    talk: Talk, value: float, shown_as: str, read: float
):
    book = load_workbook(BytesIO(a_book(["A", "Nätverk", *[None] * 4, value])))
    book.active["G2"].number_format = shown_as
    made = BytesIO()
    book.save(made)

    assert read_in(talk, made.getvalue()) == []
    [record] = talk.journey().records_in("samarbeten")
    assert record.fields["kostnad"] == read


def test_a_time_in_a_spreadsheet_is_told_as_it_is_shown(talk: Talk):
    assert read_in(talk, a_book([time(9, 30), "Nätverk"])) == []

    assert names(talk) == ["09:30"]


def test_headings_that_are_unknown_or_may_mean_two_are_told(talk: Talk):
    judged = reading(talk).judge(a_table("X;Nätverk;a;b", heading="Namn;Form;Beslut;Form")).judged

    assert [slip.problem.key for slip in judged.slips] == ["import-heading-several", "import-heading-twice"]


def test_a_column_that_is_unknown_is_left_out_and_told(talk: Talk):
    judged = reading(talk).judge(a_table("X;Nätverk;1;2", heading="Namn;Form;Budget;Kostnader")).judged

    assert [note.problem.key for note in judged.notes] == ["import-heading-unknown", "import-heading-near"]
    assert judged.new == 1


def test_the_same_file_once_more_adds_nothing(talk: Talk):
    content = a_table(FULL, "Två;Vänort")
    read_in(talk, content)

    judged = reading(talk).judge(content).judged

    assert (judged.new, judged.changed, judged.same, judged.slips, judged.notes) == (0, 0, 2, (), ())
    read_in(talk, content)
    assert names(talk) == ["Skogsnätverket", "Två"]


def test_what_is_there_is_changed_only_when_that_is_asked_for(talk: Talk):
    read_in(talk, a_table(FULL))
    content = a_table("skogsnätverket;;2029-01-31;;;;;;Förslag")

    told = reading(talk).judge(content).judged
    assert [note.problem.key for note in told.notes] == ["import-is-there"]
    assert (told.rows, told.slips) == ((), ())

    assert read_in(talk, content, update=True) == []
    [record] = talk.journey().records_in("samarbeten")
    assert (record.fields["slut"], record.fields["mal"], record.state) == ("2029-01-31", "Mer trä", "forslag")
    assert talk.differences() == []


def test_two_lines_of_one_name_are_one_or_a_slip(talk: Talk):
    content = a_table("A;Nätverk", "A;Nätverk", "B;Nätverk", "b;Vänort")
    judged = reading(talk).judge(content).judged

    assert [(note.line, note.problem.key) for note in judged.notes] == [(3, "import-same-line")]
    assert [(slip.line, slip.problem.key) for slip in judged.slips] == [(5, "import-other-line")]


def test_whoever_may_not_edit_the_register_reads_nothing_in(talk: Talk):
    assert read_in(talk, a_table(FULL), by="Karl") == [(2, "", "not-yours-to-add")]
    assert names(talk) == []


def test_the_group_hears_of_it_once_however_many_rows_there_are(talk: Talk):
    read_in(talk, a_table(*(f"Samarbete {n};Nätverk" for n in range(35))))
    told = talk.hear()

    assert len([one for one in told.letters if "35" in one.message.text]) == 1
    assert len(names(talk)) == 35
    assert "records-were-imported" in {key for key, _ in talk.book.asked_for}
    assert talk.differences() == []


def test_a_file_that_is_stopped_half_way_is_taken_up_where_it_stopped(talk: Talk):
    content = a_table(*(f"Samarbete {n};Nätverk" for n in range(35)))
    opened = 0

    def killed(act):
        nonlocal opened
        opened += 1
        if opened == 3:
            raise KeyboardInterrupt
        act(talk.uow())

    one = reading(talk, write=killed)
    with pytest.raises(KeyboardInterrupt):
        one.keep(one.judge(content))
    assert len(names(talk)) == 20

    read_in(talk, content)
    assert names(talk) == [f"Samarbete {n}" for n in range(35)]
    assert talk.differences() == []


def test_somebody_who_writes_in_between_loses_nothing_and_nothing_is_doubled(talk: Talk):
    content = a_table(*(f"Samarbete {n};Nätverk" for n in range(25)))
    opened = 0

    def interrupted(act):
        nonlocal opened
        opened += 1
        if opened == 2:
            for line in ("nytt samarbete: Samarbete 24", "Nätverk", *["-"] * 10):
                talk.says("Bo", line)
        act(talk.uow())

    one = reading(talk, write=interrupted)
    kept = one.keep(one.judge(content))

    assert (kept.new, kept.slips) == (24, ())
    assert sorted(names(talk)) == sorted(f"Samarbete {n}" for n in range(25))
    assert talk.differences() == []


def test_a_journey_that_is_never_left_alone_says_so(talk: Talk):
    def busy(_):
        raise Conflict("busy")

    one = reading(talk, write=busy)
    with pytest.raises(Conflict):
        one.keep(one.judge(a_table(FULL)))
    assert names(talk) == []


def test_twice_the_rows_are_twice_the_work(talk: Talk):
    class Counted(str):
        """An id that counts how often it is held against another."""

        compared = 0
        __hash__ = str.__hash__

        def __eq__(self, other: object) -> bool:
            Counted.compared += 1
            return str.__eq__(self, other)

    class CountedIds(RandomIds):
        def new(self) -> str:
            return Counted(super().new())

    def compared(rows: int) -> int:
        Counted.compared = 0
        lines = (f"Samarbete {rows} {n};Nätverk;;;;;;Mer trä;Pågår" for n in range(rows))
        one = reading(talk, ids=CountedIds())
        judging = one.judge(a_table(*lines))
        assert one.keep(judging).new == len(judging.judged.rows) == rows
        return Counted.compared

    few = compared(60)

    assert compared(120) <= 2.5 * few  # 4 times as much where each is held against all
