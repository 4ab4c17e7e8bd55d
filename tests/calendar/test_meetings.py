"""Meetings in a table or pasted as lines: what is read, and what is said of a line that can't be."""

import codecs
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.model.occurrence import MeetingDay
from dialogs.values.meeting_lines import MOST_LINES, read_meeting_lines
from dialogs.values.meeting_table import MOST_ROWS, read_meeting_table
from dialogs.values.meetings import Reading, Written, sort
from dialogs.values.whose import LONGEST_QUOTE

TODAY = date(2026, 9, 1)
BOARD, COMMITTEE = "Kommunstyrelsen", "Kommunstyrelsens arbetsutskott"
BODIES = [("ks", BOARD), ("au", COMMITTEE)]
DECEMBER, NOVEMBER = date(2026, 12, 8), date(2026, 11, 30)


def table(text: str, *, encoding: str = "utf-8") -> Reading:
    return read_meeting_table(text.encode(encoding), today=TODAY)


def found(reading: Reading) -> list[tuple[str, date, date | None]]:
    assert reading.slips == ()
    return [(row.body, row.day, row.stop) for row in reading.rows]


def slips(reading: Reading) -> list[tuple[int, str]]:
    return [(slip.line, slip.problem.key) for slip in reading.slips]


def sorted_of(*rows: Written, known=(), default: str = "", stops=()):
    return sort(Reading(rows=rows, stops=tuple(stops)), BODIES, known, today=TODAY, default=default)


def keys(remarks) -> list[tuple[int, str]]:
    return [(one.line, one.problem.key) for one in remarks]


# ------------------------------------------------------------------------------------------------ tables


@pytest.mark.parametrize(
    "heading",
    [
        "organ;datum;handlingsstopp", "Nämnd;Datum;Handlingsstopp", "body;date;document stop", "Board;Date;Stop",
        "Styrelse;Sammanträdesdag;Ärendestopp", '"Organ";"Datum:";" Stopp "',
    ],
)  # fmt: skip
def test_headings_are_known_in_two_languages(heading: str):
    assert found(table(f"{heading}\n{BOARD};2026-12-08;2026-11-30\n")) == [(BOARD, DECEMBER, NOVEMBER)]


@pytest.mark.parametrize("between", [";", ",", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_semicolons_commas_and_tabs_stand_between(between: str, end: str):
    lines = [["organ", "datum", "handlingsstopp"], [BOARD, "2026-12-08", "2026-11-30"]]

    assert found(table(end.join(between.join(line) for line in lines))) == [(BOARD, DECEMBER, NOVEMBER)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_what_spreadsheets_write_is_read(encoding: str):
    text = "Nämnd;Datum\nMiljö- och byggnämnden;2026-12-08\n"

    assert found(table(text, encoding=encoding)) == [("Miljö- och byggnämnden", DECEMBER, None)]


@pytest.mark.parametrize(
    "day",
    [
        "2026-12-08", "8.12.2026", "8/12 2026", "8 december 2026", "8 dec 2026", "den 8 december 2026", "December 8 2026",
        "tisdag 8 december 2026", "tis 8 dec 2026", "2026-12-08 13:00", "2026-12-08T13:00", "8.12.2026 kl. 13.00",
        "8 december 2026 13:00-15:30", "  2026-12-08 ", "Tuesday 8 December 2026",
    ],
)  # fmt: skip
def test_a_day_is_read_as_people_write_it(day: str):
    assert found(table(f"organ;datum\n{BOARD};{day}\n")) == [(BOARD, DECEMBER, None)]


def test_columns_may_come_in_any_order_among_others_and_below_a_title():
    text = f'Sammanträden 2026\n\nDatum;Plats;Stopp;Organ\n\n2026-12-08;"A; B";30 november;{BOARD}\n;;;\n'

    assert found(table(text)) == [(BOARD, DECEMBER, NOVEMBER)]


def test_a_table_of_one_body_needs_no_column_for_it():
    assert found(table("datum\n2026-12-08\n")) == [("", DECEMBER, None)]


@pytest.mark.parametrize(
    ("line", "slip"),
    [
        (f"{BOARD};2026-02-30;", "meeting-cell-day"),
        (f"{BOARD};snart;", "meeting-cell-day"),
        (f"{BOARD};8 december;", "meeting-cell-day"),  # a file says which year
        (f"{BOARD};;2026-11-30", "meeting-cell-no-day"),
        (f"{BOARD}", "meeting-cell-no-day"),
        (f"{BOARD};2026-12-08;i tid", "meeting-cell-stop"),
        (f"{BOARD};2026-12-08;2026-11-31", "meeting-cell-stop"),
    ],
)
def test_each_wrong_line_is_told_with_its_number_and_the_others_are_read(line: str, slip: str):
    reading = table(f"organ;datum;stopp\n{BOARD};2027-01-12;\n{line}\n{BOARD};2027-02-09;-\n")

    assert slips(reading) == [(3, slip)]
    assert [row.line for row in reading.rows] == [2, 4]


def test_a_row_over_several_lines_is_known_by_its_first():
    reading = table(f'organ;datum;plats\n{BOARD};2026-12-08;"A\nB"\n{BOARD};nej;\n')

    assert slips(reading) == [(4, "meeting-cell-day")]


@pytest.mark.parametrize(
    ("content", "slip"),
    [
        (b"", (1, "meetings-file-headings")),
        (b"hej\n", (1, "meetings-file-headings")),
        (f"{BOARD};2026-12-08\n".encode(), (1, "meetings-file-headings")),
        (b"organ;datum\n", (0, "meetings-file-empty")),
        (b"PK\x03\x04rest", (0, "meetings-file-spreadsheet")),
        (b"\xd0\xcf\x11\xe0rest", (0, "meetings-file-spreadsheet")),
        (b"organ;datum\n\x00\x00", (0, "meetings-file-unreadable")),
        (b"organ;datum\n\x81\x8d", (0, "meetings-file-unreadable")),
        (codecs.BOM_UTF16_LE + b"o", (0, "meetings-file-unreadable")),
        (b'organ;datum\n"ks;2026-12-08\n', (2, "meetings-file-quotes")),
        (b"organ;datum\n" + b"x" * 200_000 + b";2026-12-08\n", (2, "meetings-file-quotes")),
        (b"organ;datum\n" + b"ks;2026-12-08\n" * (MOST_ROWS + 1), (0, "meetings-too-many")),
    ],
)  # fmt: skip
def test_what_is_no_table_of_meetings_is_said_so(content: bytes, slip: tuple[int, str]):
    assert slips(read_meeting_table(content, today=TODAY)) == [slip]


CELLS = st.one_of(
    st.text(max_size=12), st.sampled_from([BOARD, "2026-12-08", "8.12.2026", '"', "\n", "30 februari"])
)


@given(st.one_of(
    st.binary(max_size=200),
    st.lists(st.lists(CELLS, max_size=4).map(";".join), max_size=6).map(lambda lines: "\n".join(["organ;datum;stopp", *lines]).encode("utf-8", "replace")),
))  # fmt: skip
def test_no_table_makes_the_reader_raise_and_each_row_is_kept_or_told_of(content: bytes):
    reading = read_meeting_table(content, today=TODAY)
    judged = sort(reading, BODIES, (), today=TODAY)

    assert reading.rows or reading.slips
    told = {slip.line for slip in judged.slips} | {note.line for note in judged.notes}
    kept = {(one.body, one.day) for one in judged.good}
    by_name = {name: id for id, name in BODIES}
    for row in reading.rows:
        assert row.line in told or (by_name[" ".join(row.body.split()).capitalize()], row.day) in kept


# ------------------------------------------------------------------------------------------------ lines


@pytest.mark.parametrize(
    "text",
    [
        "8 december, stopp 30 november\n12 januari 2027, stopp 29 december",
        "8 december, stopp 30 november, 12 januari 2027, stopp 29 december",
        "2026-12-08 stopp 2026-11-30; 2027-01-12 stopp 2026-12-29",
        "- tisdag 8 december kl. 13.00 (handlingsstopp 30 november)\n- 12.1.2027 (handlingsstopp: 29 december)",
        "December 8, 2026, document stop November 30, January 12, 2027, stop 29 December",
        "1) 8 december med handlingsstopp den 30 november\n\n2) 12 januari med handlingsstopp den 29 december",
        "2026-12-08\t2026-11-30\n2027-01-12\t2026-12-29",
    ],
)
def test_days_and_stops_are_read_as_people_paste_them(text: str):
    reading = read_meeting_lines(text, BOARD, today=TODAY)

    assert found(reading) == [
        (BOARD, DECEMBER, NOVEMBER),
        (BOARD, date(2027, 1, 12), date(2026, 12, 29)),
    ]


def test_a_stop_without_a_year_is_the_one_before_the_meeting():
    reading = read_meeting_lines("8 december, stopp 30 november", BOARD, today=date(2026, 12, 1))

    assert found(reading) == [(BOARD, DECEMBER, NOVEMBER)]


@pytest.mark.parametrize(
    ("text", "slip"),
    [
        ("", (0, "meetings-how")), (" \n ", (0, "meetings-how")),
        ("8 december, snart", (2, "meeting-line-day")),
        ("8 december, stopp i tid", (1, "meeting-line-stop")),
        ("stopp 30 november", (1, "meeting-line-day")),
        ("\n".join(["8 december"] * (MOST_LINES + 1)), (0, "meetings-too-many")),
    ],
)  # fmt: skip
def test_a_slip_in_a_pasted_line_is_told_with_its_place(text: str, slip: tuple[int, str]):
    assert slips(read_meeting_lines(text, BOARD, today=TODAY)) == [slip]


WORDS = st.sampled_from(
    ["8 december", "stopp", "30 november", ",", "\n", ";", "2026", "\t", "(", "kl. 13.00", "x"]
)


@given(st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=12).map(" ".join)))
def test_no_pasted_text_makes_the_reader_raise(text: str):
    reading = read_meeting_lines(text, BOARD, today=TODAY)

    assert reading.rows or reading.slips
    assert all(row.stop is None or row.day for row in reading.rows)


# ------------------------------------------------------------------------------------------------ sorting


def row(
    line: int, body: str, day: date = DECEMBER, stop: date | None = None, *, loosely: bool = False
) -> Written:
    return Written(line, body, day, stop, loosely)


def test_what_is_new_changed_and_there_already_is_told_apart():
    known = [MeetingDay("ks", DECEMBER, NOVEMBER), MeetingDay("ks", date(2027, 1, 12))]
    judged = sorted_of(
        row(2, BOARD, stop=NOVEMBER), row(3, BOARD, date(2027, 1, 12), date(2027, 1, 4)), row(4, COMMITTEE),
        known=known,
    )  # fmt: skip

    assert judged.same == (known[0],)
    assert judged.changed == (MeetingDay("ks", date(2027, 1, 12), date(2027, 1, 4)),)
    assert judged.new == (MeetingDay("au", DECEMBER),)


def test_a_line_without_a_stop_leaves_the_known_one_alone():
    known = [MeetingDay("ks", DECEMBER, NOVEMBER)]

    assert sorted_of(row(2, BOARD), known=known).same == tuple(known)


@pytest.mark.parametrize(
    ("body", "slip"),
    [("Kommunstyrelse", "meeting-body-near"), ("Kulturnämnden", "meeting-body-unknown"), ("", "meeting-no-body"),
     ("Kommunstyrelsen AU", "meeting-body-near")],
)  # fmt: skip
def test_a_body_in_a_table_is_named_in_full_and_never_guessed(body: str, slip: str):
    assert keys(sorted_of(row(2, body)).slips) == [(2, slip)]


def test_a_line_that_names_nobody_is_of_the_body_that_was_given():
    assert sorted_of(row(2, ""), row(3, BOARD), default="au").new == (
        MeetingDay("au", DECEMBER), MeetingDay("ks", DECEMBER),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("title", "whose"),
    [
        ("Sammanträde Kommunstyrelsen", "ks"), ("KOMMUNSTYRELSEN 8 december kl 13", "ks"), ("Möte med Kommunstyrelsen", "ks"),
        ("Kommunstyrelsens arbetsutskott, sammanträde", "au"), ("Meeting of Kommunstyrelsen (tisdag)", "ks"),
    ],
)  # fmt: skip
def test_a_title_names_the_body_that_stands_whole_in_it(title: str, whose: str):
    assert sorted_of(row(2, title, loosely=True)).new == (MeetingDay(whose, DECEMBER),)


@pytest.mark.parametrize(
    ("title", "slip"),
    [
        ("Kommunstyrelsen AU", "meeting-of-another"), ("Lunch inför Kommunstyrelsen", "meeting-of-another"),
        ("Kommunstyrelsen och Kommunstyrelsens arbetsutskott", "meeting-of-several"),
        ("Budgetdag", "meeting-body-unknown"), ("Kommunstyrelse", "meeting-body-near"), ("", "meeting-no-body"),
    ],
)  # fmt: skip
def test_a_title_that_may_be_about_something_else_is_asked_about(title: str, slip: str):
    assert keys(sorted_of(row(2, title, loosely=True)).slips) == [(2, slip)]


def test_whoever_names_the_body_beside_the_file_is_believed():
    titles = ("Kommunstyrelsen AU", "Budgetdag", "Kommunstyrelsens arbetsutskott")
    days = [date(2026, 12, n) for n in (1, 2, 3)]
    judged = sorted_of(
        *(row(n, title, day, loosely=True) for n, (title, day) in enumerate(zip(titles, days, strict=True))),
        default="ks",
    )

    assert [one.body for one in judged.new] == ["ks", "ks", "au"]


def test_a_repeated_line_is_taken_once_and_told():
    judged = sorted_of(row(2, BOARD, stop=NOVEMBER), row(5, BOARD, stop=NOVEMBER))

    assert judged.new == (MeetingDay("ks", DECEMBER, NOVEMBER),)
    assert keys(judged.notes) == [(5, "meeting-same-line")]


def test_of_two_lines_that_contradict_each_other_neither_is_good():
    judged = sorted_of(row(2, BOARD, stop=NOVEMBER), row(5, BOARD), row(6, COMMITTEE))

    assert judged.good == (MeetingDay("au", DECEMBER),)
    assert keys(judged.slips) == [(5, "meeting-other-line")]


def test_what_is_past_is_taken_with_a_note():
    judged = sorted_of(row(2, BOARD, date(2026, 8, 31)), row(3, BOARD, TODAY))

    assert len(judged.new) == 2
    assert keys(judged.notes) == [(2, "meeting-is-past")]


@pytest.mark.parametrize(
    ("day", "stop", "slip"),
    [(date(2206, 12, 8), None, "meeting-too-far"), (date(1926, 12, 8), None, "meeting-too-far"),
     (DECEMBER, date(2026, 12, 9), "meeting-stop-after")],
)  # fmt: skip
def test_days_that_cannot_be_meant_are_told(day: date, stop: date | None, slip: str):
    judged = sorted_of(row(2, BOARD, day, stop))

    assert (judged.good, keys(judged.slips)) == ((), [(2, slip)])


def test_a_stop_on_the_very_day_is_fine():
    assert sorted_of(row(2, BOARD, stop=DECEMBER)).new == (MeetingDay("ks", DECEMBER, DECEMBER),)


def test_a_stop_by_itself_belongs_to_its_bodys_next_meeting():
    judged = sorted_of(
        row(2, BOARD), row(3, BOARD, date(2027, 1, 12)), row(4, COMMITTEE, date(2026, 12, 1)),
        stops=[row(5, f"Handlingsstopp {BOARD}", NOVEMBER, loosely=True)],
    )  # fmt: skip

    assert judged.slips == ()
    assert [one.document_stop for one in judged.new] == [NOVEMBER, None, None]


def test_a_stop_by_itself_finds_a_meeting_that_is_known_already():
    judged = sorted_of(stops=[row(5, BOARD, NOVEMBER)], known=[MeetingDay("ks", DECEMBER)])

    assert judged.changed == (MeetingDay("ks", DECEMBER, NOVEMBER),)


def test_a_stop_long_before_any_meeting_is_left_out_and_told():
    judged = sorted_of(row(2, BOARD), stops=[row(5, BOARD, date(2026, 9, 2))])

    assert judged.new == (MeetingDay("ks", DECEMBER),)
    assert keys(judged.notes) == [(5, "meeting-stop-alone")]


def test_two_stops_before_one_meeting_are_asked_about():
    judged = sorted_of(row(2, BOARD), stops=[row(5, BOARD, NOVEMBER), row(6, BOARD, date(2026, 12, 1))])

    assert keys(judged.slips) == [(6, "meeting-two-stops")]


def test_what_is_quoted_back_is_short():
    [slip] = sorted_of(row(2, "x" * 5000)).slips

    assert len(str(slip.problem.args["said"])) == LONGEST_QUOTE
