"""Meetings in a calendar's file: what is read of its events, and what is said of those that can't be."""

from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.meeting_events import MOST_EVENTS, MOST_SERIES, read_meeting_events
from bot.meeting_file import MOST_BYTES, read_meeting_file
from dialogs.model.occurrence import MeetingDay
from dialogs.values.meetings import Reading, sort

TODAY = date(2026, 9, 1)
HOME = ZoneInfo("Europe/Stockholm")
BOARD = "Kommunstyrelsen"
DAY = "DTSTART;VALUE=DATE:20261208"
DECEMBER = date(2026, 12, 8)


def event(*lines: str, title: str = f"Sammanträde {BOARD}") -> list[str]:
    return ["BEGIN:VEVENT", "UID:a", f"SUMMARY:{title}", *lines, "END:VEVENT"]


def calendar(*events: list[str]) -> bytes:
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:x",
        *(line for one in events for line in one),
        "END:VCALENDAR",
    ]
    return "".join(f"{line}\r\n" for line in lines).encode()


def read(content: bytes) -> Reading:
    return read_meeting_events(content, today=TODAY, zone=HOME)


def days(*lines: str) -> list[date]:
    reading = read(calendar(event(*lines)))
    assert reading.slips == ()
    return [row.day for row in reading.rows]


def keys(remarks) -> list[tuple[int, str]]:
    return [(one.line, one.problem.key) for one in remarks]


@pytest.mark.parametrize(
    "start",
    [
        "DTSTART;VALUE=DATE:20261208", "DTSTART:20261208", "DTSTART:20261208T130000", "DTSTART:20261207T233000Z",
        "DTSTART;TZID=Europe/Stockholm:20261208T130000", "DTSTART;TZID=Asia/Tokyo:20261208T003000",
        "DTSTART;TZID=W. Europe Standard Time:20261208T130000", "DTSTART;TZID=Customized Time Zone:20261208T003000",
    ],
)  # fmt: skip
def test_the_day_is_that_of_the_wall_clock_where_it_is_held(start: str):
    assert days(start) == [DECEMBER]


def test_a_zone_that_the_file_describes_itself_is_fine():
    zone = ["BEGIN:VTIMEZONE", "TZID:Egen", "BEGIN:STANDARD", "DTSTART:19700101T000000", "TZOFFSETFROM:+0100",
            "TZOFFSETTO:+0100", "END:STANDARD", "END:VTIMEZONE"]  # fmt: skip

    reading = read(calendar(zone, event("DTSTART;TZID=Egen:20261208T003000")))

    assert [row.day for row in reading.rows] == [DECEMBER]


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["RRULE:FREQ=MONTHLY;BYDAY=2TU;COUNT=3"], [DECEMBER, date(2027, 1, 12), date(2027, 2, 9)]),
        (["RRULE:FREQ=WEEKLY;INTERVAL=2;UNTIL=20270105T235959Z"], [DECEMBER, date(2026, 12, 22), date(2027, 1, 5)]),
        (["RRULE:FREQ=MONTHLY;COUNT=4", "EXDATE;VALUE=DATE:20270108,20270208"], [DECEMBER, date(2027, 3, 8)]),
        (["RDATE;VALUE=DATE:20270112", "RDATE;VALUE=DATE:20270209,20270309"],
         [DECEMBER, date(2027, 1, 12), date(2027, 2, 9), date(2027, 3, 9)]),
    ],
)  # fmt: skip
def test_repeated_events_are_taken_day_by_day(lines: list[str], found: list[date]):
    assert days(DAY, *lines) == found


def test_a_repeated_event_without_an_end_is_followed_for_four_hundred_days_from_today_on():
    found = days("DTSTART;VALUE=DATE:20240109", "RRULE:FREQ=MONTHLY;BYDAY=2TU")

    assert (found[0], found[-1], len(found)) == (date(2026, 9, 8), date(2027, 9, 14), 13)


def test_a_day_of_a_series_that_was_moved_stands_where_it_was_moved_to():
    series = event("DTSTART;TZID=Europe/Stockholm:20261208T130000", "RRULE:FREQ=MONTHLY;BYDAY=2TU;COUNT=3")
    moved = event(
        "RECURRENCE-ID;TZID=Europe/Stockholm:20270112T130000", "DTSTART;TZID=Europe/Stockholm:20270119T130000"
    )

    found = [row.day for row in read(calendar(series, moved)).rows]

    assert sorted(found) == [DECEMBER, date(2027, 1, 19), date(2027, 2, 9)]


@pytest.mark.parametrize(
    "title",
    [f"Handlingsstopp {BOARD}", f"{BOARD}: handlingsstopp", f"Document stop for {BOARD}", f"STOPP {BOARD}"],
)
def test_a_stop_that_is_an_event_of_its_own_goes_with_the_next_meeting(title: str):
    reading = read(calendar(event(DAY), event("DTSTART;VALUE=DATE:20261130", title=title)))

    judged = sort(reading, [("ks", BOARD)], (), today=TODAY)

    assert (judged.slips, judged.new) == ((), (MeetingDay("ks", DECEMBER, date(2026, 11, 30)),))


def test_titles_are_read_with_their_signs():
    [row] = read(calendar(event(DAY, title="Kultur\\, fritid\\; och\r\n  annat"))).rows

    assert row.body == "Kultur, fritid; och annat"


def test_what_is_cancelled_or_over_is_left_out_and_told():
    gone = event(DAY, "STATUS:CANCELLED")
    over = event("DTSTART;VALUE=DATE:20250101", "RRULE:FREQ=DAILY;COUNT=3")

    reading = read(calendar(gone, over))

    assert (reading.rows, reading.slips) == ((), ())
    assert keys(reading.notes) == [(4, "meeting-event-cancelled"), (10, "meeting-event-over")]


@pytest.mark.parametrize(
    ("lines", "slip"),
    [
        ([], "meeting-event-day"), (["DTSTART:nej"], "meeting-event-day"), (["DTSTART:20261308"], "meeting-event-day"),
        (["DTSTART:130000"], "meeting-event-day"),
        ([DAY, "RRULE:FREQ=SECONDLY"], "meeting-event-rule"), ([DAY, "RRULE:FREQ=HOURLY;COUNT=3"], "meeting-event-rule"),
        ([DAY, "RRULE:FREQ=YEARLY;BYWEEKNO=20"], "meeting-event-rule"),
        ([DAY, "RRULE:FREQ=DAILY;COUNT=1", "RRULE:FREQ=DAILY;COUNT=2"], "meeting-event-rule"),
        ([DAY, "RRULE:skräp"], "meeting-event-rule"), ([DAY, "EXDATE:nej", "RRULE:FREQ=DAILY;COUNT=2"], "meeting-event-broken"),
        (["DTSTART;VALUE=DATE:00010101", "RRULE:FREQ=DAILY"], "meeting-too-far"),
    ],
)  # fmt: skip
def test_an_event_that_cannot_be_read_is_told_by_its_line_and_the_others_are_read(
    lines: list[str], slip: str
):
    reading = read(calendar(event(DAY), event(*lines), event("DTSTART;VALUE=DATE:20270112")))

    assert keys(reading.slips) == [(9, slip)]
    assert [row.line for row in reading.rows] == [4, 9 + 4 + len(lines)]


@pytest.mark.parametrize(
    ("content", "slip"),
    [
        (b"", (0, "meetings-file-calendar")), (b"hej", (1, "meetings-file-calendar")), (b"\x00", (0, "meetings-file-unreadable")),
        (b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n", (0, "meetings-file-empty")),
        (calendar(event(DAY)).replace(b"PRODID:x", b"skrap"), (3, "meetings-file-calendar")),
        (calendar(event(DAY))[:-20], (0, "meetings-file-calendar")),
        (b"BEGIN:VEVENT\r\n" * 1000, (0, "meetings-file-calendar")),
        (calendar(*[event(DAY)] * (MOST_EVENTS + 1)), (0, "meetings-too-many")),
        (calendar(*[event("DTSTART;VALUE=DATE:20260901", "RRULE:FREQ=DAILY")] * 10), (0, "meetings-too-many")),
    ],
)  # fmt: skip
def test_what_is_no_calendar_of_meetings_is_said_so(content: bytes, slip: tuple[int, str]):
    reading = read(content)

    assert (reading.rows, keys(reading.slips)) == ((), [slip])


NEVER = "RRULE:FREQ=DAILY;COUNT=9;BYMONTH=2;BYMONTHDAY=30"


def test_a_rule_that_never_comes_true_gives_nothing_and_ends():
    reading = read(
        calendar(event("DTSTART;VALUE=DATE:20240230", NEVER), event("DTSTART;VALUE=DATE:20240228", NEVER))
    )

    assert keys(reading.slips) == [(4, "meeting-event-day")]
    assert [row.day for row in reading.rows] == []


def test_so_many_series_are_followed_and_no_more():
    series = event(DAY, "RRULE:FREQ=DAILY;COUNT=1")

    assert read(calendar(*[series] * MOST_SERIES)).slips == ()
    assert keys(read(calendar(*[series] * (MOST_SERIES + 1))).slips) == [(0, "meetings-too-many")]


PIECES = st.sampled_from([
    "BEGIN:VEVENT", "END:VEVENT", "BEGIN:VCALENDAR", "END:VCALENDAR", DAY, "DTSTART:20261208T130000Z", "DTSTART:x", " fortsättning",
    f"SUMMARY:{BOARD}", "SUMMARY:Handlingsstopp", "RRULE:FREQ=DAILY;COUNT=2", "RRULE:FREQ=WEEKLY", "RRULE:", "RDATE:20270101", "EXDATE:x",
    "RECURRENCE-ID:20261208", "RECURRENCE-ID:x", "STATUS:CANCELLED", "UID:a", "BEGIN:VALARM", "END:VALARM", "TRIGGER:x", ";;;", "A=B:C",
    "DTSTART;TZID=Nowhere/Land:20261208T130000", "DTSTART;VALUE=PERIOD:20261208/P1D", "EXDATE;TZID=:20261208", "SUMMARY",
])  # fmt: skip


@settings(deadline=None)
@given(st.one_of(
    st.binary(max_size=300),
    st.lists(PIECES, max_size=14).map(lambda lines: "\r\n".join(lines).encode()),
    st.lists(st.lists(PIECES, max_size=6).map(lambda lines: ["BEGIN:VEVENT", *lines, "END:VEVENT"]), max_size=4).map(lambda events: calendar(*events)),
))  # fmt: skip
def test_no_calendar_makes_the_reader_raise(content: bytes):
    reading = read(content)

    assert reading.rows or reading.stops or reading.slips or reading.notes
    sort(reading, [("ks", BOARD)], (), today=TODAY)


# ------------------------------------------------------------------------------------------------ files


def of_file(file: Path) -> Reading:
    return read_meeting_file(file, today=TODAY, zone=HOME)


@pytest.mark.parametrize("name", ["ks.ics", "ks.txt", "KS.ICS", "ks"])
def test_a_calendar_is_known_by_how_it_begins(tmp_path: Path, name: str):
    (tmp_path / name).write_bytes(b"\xef\xbb\xbf" + calendar(event(DAY)))

    assert [row.day for row in of_file(tmp_path / name).rows] == [DECEMBER]


def test_what_is_called_a_calendar_and_is_none_is_said_so(tmp_path: Path):
    (tmp_path / "ks.ics").write_text(f"organ;datum\n{BOARD};2026-12-08\n")

    assert keys(of_file(tmp_path / "ks.ics").slips) == [(0, "meetings-file-calendar")]


@pytest.mark.parametrize(
    ("until", "last"),
    [
        ("20261216T080000Z", 16), ("20261216T075959Z", 9), ("20261216T085959", 9), ("20261216T090000", 16),
        ("20261215T225959Z", 9), ("20261216", 16), ("20261216T225959Z", 16),
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "begins", ["DTSTART;TZID=Europe/Stockholm:20261202T090000", "DTSTART:20261202T090000"]
)
def test_a_series_ends_with_what_has_begun_by_its_end(begins: str, until: str, last: int):
    assert days(begins, f"RRULE:FREQ=WEEKLY;UNTIL={until}")[-1] == date(2026, 12, last)


@pytest.mark.parametrize("fold", [b"\r\n ", b"\n\t"])
def test_a_line_may_be_folded_inside_a_letter(fold: bytes):
    whole = calendar(event(DAY, title="Vårdnämnden – ordinarie"))
    for letter in "åä–":
        for at in range(1, len(letter.encode())):
            first, last = letter.encode()[:at], letter.encode()[at:]
            [row] = read(whole.replace(first + last, first + fold + last)).rows
            assert (row.line, row.body) == (4, "Vårdnämnden – ordinarie")


def test_a_table_may_be_called_anything(tmp_path: Path):
    (tmp_path / "ks.skv").write_text(f"organ;datum\n{BOARD};2026-12-08\n")

    assert [row.day for row in of_file(tmp_path / "ks.skv").rows] == [DECEMBER]


def test_a_file_that_is_too_big_is_not_read_to_its_end(tmp_path: Path):
    with (tmp_path / "big.ics").open("wb") as file:
        file.truncate(10 * MOST_BYTES)

    assert keys(of_file(tmp_path / "big.ics").slips) == [(0, "meetings-file-too-big")]


def test_a_file_that_is_not_there_or_a_folder_is_said_so(tmp_path: Path):
    for file in (tmp_path / "nope.csv", tmp_path):
        assert keys(of_file(file).slips) == [(0, "meetings-file-missing")]
