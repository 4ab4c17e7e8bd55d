"""When bodies meet, in the conversation: one day, a pasted year, the list; and every plan that goes by it follows."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from dialogs.model.occurrence import MeetingDay
from tests.calendar.cycles import a_checkpoint, a_cycle
from tests.conversation.beginnings import begun_once
from tests.conversation.talk import Talk, begin

SEPTEMBER, DECEMBER, JANUARY = date(2026, 9, 22), date(2026, 12, 8), date(2027, 1, 12)


def meetings(talk: Talk) -> list[tuple[date, date | None]]:
    with talk.uow() as uow:
        found = uow.calendar.meetings(talk.journey().organisation, since=date(2026, 1, 1))
        return [(one.day, one.document_stop) for one in found]


@pytest.mark.parametrize(
    "text",
    [
        "sammanträden Kommunstyrelsen:\n8 december, stopp 30 november\n12 januari\n",
        "sammanträden kommun: 2026-12-08 stopp 2026-11-30, 12.1.2027",
        "meetings Kommunstyrelsen: 8 December, document stop 30 November; January 12, 2027",
    ],
)
def test_a_year_is_pasted_on_lines_or_with_commas(talk: Talk, text: str):
    told = talk.says("Ada", text)

    assert "meetings-are-kept" in told.in_room().keys
    assert meetings(talk) == [(DECEMBER, date(2026, 11, 30)), (JANUARY, None)]


def test_what_was_there_already_is_told_and_changed_where_it_says_more(talk: Talk):
    talk.says("Ada", "sammanträde Kommunstyrelsen: 8 december")
    talk.says("Ada", "sammanträde Kommunstyrelsen: 12 januari")

    told = talk.says("Ada", "sammanträden Kommunstyrelsen: 8 december, stopp 30 november, 12 januari")

    assert {"meetings-are-kept", "meetings-were-there"} <= told.keys
    assert meetings(talk) == [(DECEMBER, date(2026, 11, 30)), (JANUARY, None)]
    assert talk.says("Ada", "sammanträden Kommunstyrelsen: 12 januari").keys >= {"meetings-were-there"}


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("8 december, 31 februari", "meeting-line-day"), ("8 december\n12 januari, stopp snart", "meeting-line-stop"),
        ("8 december\n8 december, stopp 1 december", "meeting-other-line"), ("2206-12-08, 8 december", "meeting-too-far"),
        ("8 december, stopp 2026-12-09", "meeting-stop-after"),
    ],
)  # fmt: skip
def test_with_one_wrong_line_nothing_is_kept_but_the_text(talk: Talk, text: str, phrase: str):
    told = talk.says("Ada", f"sammanträden Kommunstyrelsen: {text}")

    assert {"meetings-none-kept", phrase} <= told.keys
    assert meetings(talk) == []
    assert talk.draft("Ada") == text


@pytest.mark.parametrize(
    ("who", "text", "phrase"),
    [
        ("Bo", "sammanträden Kommunstyrelsen: 8 december", "only-leader-or-admin"),
        ("Ada", "sammanträden Kulturnämnden: 8 december", "meeting-of-whom"),
        ("Ada", "sammanträden: 8 december", "meeting-of-whom"),
        ("Ada", "sammanträde Kommunstyrelsen: 2206-12-08", "meeting-too-far"),
    ],
)
def test_a_slip_is_told_kindly_and_the_words_are_kept(talk: Talk, who: str, text: str, phrase: str):
    assert phrase in talk.says(who, text).keys
    assert (meetings(talk), talk.draft(who)) == ([], text.partition(":")[2].strip())


def test_what_only_begins_like_the_command_is_an_answer(talk: Talk):
    talk.says("Ada", "sammanträden är viktiga", to="1.1")

    assert talk.said_on("1.1") == ["sammanträden är viktiga"]


def test_the_list_shows_the_coming_ones_by_body(talk: Talk):
    assert "no-meetings-here" in talk.says("Bo", "sammanträden").keys
    talk.says("Ada", "ny nämnd: Socialnämnden")
    talk.says("Ada", "sammanträden Kommunstyrelsen: 2026-08-01, 22 september, 8 december, stopp 30 november")
    talk.says("Ada", "sammanträden Socialnämnden: 12 januari")

    everything, one = talk.says("Bo", "sammanträden"), talk.says("Bo", "sammanträden social")

    assert [str(day) in everything.text for day in (SEPTEMBER, DECEMBER, JANUARY)] == [True] * 3
    assert "2026-08-01" not in everything.text
    assert [str(day) in one.text for day in (SEPTEMBER, DECEMBER, JANUARY)] == [False, False, True]


def test_a_stop_without_a_year_is_that_of_the_meeting(talk: Talk):
    talk.clock.day = date(2026, 12, 1)

    talk.says("Ada", "sammanträde Kommunstyrelsen: 8 december, stopp 30 november")

    assert meetings(talk) == [(DECEMBER, date(2026, 11, 30))]


# ------------------------------------------------------------------------------------------------ the calendar


@pytest.fixture
def filled(talk: Talk) -> Talk:
    text = "22 september, stopp 10 september, 8 december, stopp 30 november"
    talk.says("Ada", f"sammanträden Kommunstyrelsen: {text}")
    talk.says("Ada", "stängt 24 september")
    return talk


def test_the_coming_weeks_stand_by_week_and_the_rest_folded_by_month(filled: Talk):
    told = filled.says("Bo", "kalender")

    assert {
        "calendar-week",
        "calendar-month",
        "calendar-closed",
        "calendar-stop-for",
        "calendar-later",
    } <= told.keys
    days = [f"{day}:" for day in ("2026-09-10", "2026-09-22", "2026-09-24", "2026-11-30", "2026-12-08")]
    assert [told.text.index(day) for day in days] == sorted(told.text.index(day) for day in days)


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("kalender år", {"2026-09-24", "2026-11-30", "2026-12-08"}), ("calendar year", {"2026-09-24", "2026-11-30", "2026-12-08"}),
        ("kalender december", {"2026-12-08"}), ("kalender nov 2026", {"2026-11-30"}), ("kalender maj", set()),
    ],
)  # fmt: skip
def test_a_year_or_a_month_is_shown_as_a_list(filled: Talk, words: str, shown: set[str]):
    told = filled.says("Bo", words)

    found = {day for day in ("2026-09-24", "2026-11-30", "2026-12-08") if f"{day}:" in told.text}
    assert found == shown
    assert ("calendar-nothing-then" in told.keys) is (not shown)


def test_a_day_that_opens_again_is_closed_no_more(filled: Talk):
    filled.says("Ada", "öppet igen 24 september")

    assert "calendar-closed" not in filled.says("Bo", "kalender").keys


# ------------------------------------------------------------------------------------------------ plans follow


@pytest.fixture
def yearly(tmp_path: Path) -> Iterator[Talk]:
    """A group whose method reports to the board's meeting in December, and knows which board it is."""
    talk = begun_once(Talk, tmp_path / "yearly.db", __name__, _with_a_year)
    yield talk
    talk.close()


def _with_a_year(talk: Talk) -> None:
    report = a_checkpoint("meeting-in", id="rapport", body="namnd", month=12, ahead=[{"working-days": 10}])
    with talk.uow() as uow:
        uow.packs.put(a_cycle(report), "summa", by="test", at=talk.clock.now())
        uow.commit()
    begin(talk)
    talk.says("Ada", "1.1: Kommunstyrelsen")


def planned(talk: Talk) -> set[date]:
    """Return on which days the year's report is said on the day itself, as it stands in the store."""
    with talk.uow() as uow:
        waiting = uow.calendar.waiting()
    return {
        one.day
        for one in waiting
        if one.rule == "checkpoint" and "|2026" in one.about and one.slot.endswith("/day")
    }


def test_a_meeting_that_is_entered_moves_what_goes_by_it_at_once(yearly: Talk):
    assert planned(yearly) == {date(2026, 12, 1)}  # the first working day of the month: nobody knows better

    yearly.says("Ada", "sammanträden Kommunstyrelsen: 8 december, stopp 27 november, 12 januari")
    assert planned(yearly) == {date(2026, 11, 27)}
    yearly.says("Ada", "sammanträde Kommunstyrelsen: 8 december, stopp 26 november")
    assert planned(yearly) == {date(2026, 11, 26)}
    yearly.says("Ada", "stängt 26 november")
    assert planned(yearly) == {date(2026, 11, 25)}
    yearly.says("Ada", "sammanträde Kommunstyrelsen: 8 december, stopp 26 november")
    assert planned(yearly) == {date(2026, 12, 1)}


def test_what_is_due_stands_in_the_calendar_too(yearly: Talk):
    yearly.says("Ada", "sammanträde Kommunstyrelsen: 8 december, stopp 27 november")

    told = yearly.says("Bo", "kalender år")

    assert "calendar-checkpoint" in told.keys
    assert "2026-11-27:" in told.text


def test_every_group_of_the_organisation_is_planned_anew(yearly: Talk):
    for line in ("starta", "Kommunen", "Andra gruppen", "-", "-"):
        yearly.says("Ada", line, room="andra")
    yearly.says("Ada", "1.1: Kommunstyrelsen", room="andra")

    yearly.says("Ada", "sammanträde Kommunstyrelsen: 8 december, stopp 27 november")

    with yearly.uow() as uow:
        about = {
            one.journey
            for one in uow.calendar.waiting()
            if one.rule == "checkpoint" and "2026-11-27" in one.slot
        }
    assert len(about) == 2


def test_meetings_of_others_are_left_alone(talk: Talk):
    with talk.uow() as uow:
        other = uow.organisations.add("Åby kommun")
        body = uow.organisations.add_body(other, "Kommunstyrelsen", since=talk.clock.today()).id
        uow.calendar.put_meeting(other, MeetingDay(body, DECEMBER), talk.clock.now())
        uow.commit()

    assert str(DECEMBER) not in talk.says("Bo", "sammanträden").text
    assert str(DECEMBER) not in talk.says("Bo", "kalender år").text
