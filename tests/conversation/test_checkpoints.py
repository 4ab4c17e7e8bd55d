"""A checkpoint opens in time, collects its parts from those who owe them, and hands over what came."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.conversation.yearly import (
    MEETING,
    OPENS,
    PLAN,
    SOON,
    STOP,
    Year,
    a_meeting,
    a_year,
    a_yearly,
    asked,
)
from tests.dialogs.builders import a_question


@pytest.fixture
def year(tmp_path: Path) -> Iterator[Year]:
    yield from a_year(tmp_path, a_yearly(PLAN))


@pytest.fixture
def open_year(year: Year) -> Year:
    """The plan is open, and nobody has answered."""
    a_meeting(year)
    year.on(OPENS)
    return year


def test_it_opens_three_weeks_before_the_document_stop_and_the_channel_is_told_once(year: Year):
    a_meeting(year)
    assert not year.on(OPENS - timedelta(days=1)).in_room().letters

    told = year.on(OPENS)

    [open] = year.opened()
    assert (open.period, open.due, open.meeting, open.opened) == ("2026", STOP, MEETING, OPENS)
    [letter] = told.in_room().letters
    assert "checkpoint-opens" in told.keys | {key for key, _ in year.book.asked_for}
    for word in ("2026-11-10", "2026-11-24", "Kommunstyrelsen", "Skola", "Bo", "Årsplanen"):
        assert word in letter.message.text, word
    year.open()
    assert not year.on(OPENS, seconds=900).letters


def test_whoever_owes_a_part_is_asked_for_it_in_private_and_nobody_else_is(year: Year):
    a_meeting(year)

    told = year.on(OPENS)

    numbers = {
        who: [year._number(one) for one in asked(told, who)] for who in ("Ada", "Bo", "Cia", "Pia", "Karl")
    }
    assert numbers == {"Ada": ["H1.1.1"], "Bo": ["H1.1.2"], "Cia": ["H1.1.3"], "Pia": ["H1.2"], "Karl": []}


def test_what_one_writes_then_answers_the_part_though_the_step_asks_too(open_year: Year):
    assert open_year.put()[0] == "1.2"

    open_year.privately("Bo", "Vi har sparat energi")

    assert open_year.item("H1.1.2").value == "Vi har sparat energi"
    assert not open_year.said_on("1.2")
    open_year.privately("Bo", "En vision")
    assert open_year.said_on("1.2") == ["En vision"]


def test_a_part_is_answered_by_its_number_in_the_channel_as_well(open_year: Year):
    told = open_year.says("Cia", "H1.1.3: Vägen är lagad")

    assert open_year.item("H1.1.3").value == "Vägen är lagad"
    [edit] = [one for one in told.letters if one.how == "edit"]
    assert "Cia" not in edit.message.text
    assert edit.edits == open_year.posted["H1"]


def test_nobody_answers_for_another_unit_without_saying_so(open_year: Year):
    told = open_year.says("Bo", "för Cia H1.1.3: De hinner inte")

    assert open_year.item("H1.1.3").contributions[0].entered_by is not None
    assert told.to("Cia").letters


def test_only_those_who_still_owe_are_reminded_and_whoever_leads_is_told_who_they_are(open_year: Year):
    open_year.privately("Bo", "Vården har sparat")
    open_year.privately("Pia", "40")

    told = open_year.on(SOON)

    reminded = {one.room.external for one in told.letters if one.key.startswith("due:")}
    assert reminded == {"privat:ada", "privat:cia"}
    assert "Cia" in told.to("Ada").text
    [letter] = told.to("Cia").letters
    assert letter.message.buttons[0].press.action == "show"


def test_the_reminders_button_puts_the_question_and_the_next_words_answer_it(open_year: Year):
    open_year.privately("Cia", "1.2: En vision")
    told = open_year.on(SOON).to("Cia")

    open_year.presses("Cia", told.button("show"), in_private=True)
    open_year.privately("Cia", "Vägen är lagad")

    assert open_year.item("H1.1.3").value == "Vägen är lagad"


def test_it_closes_by_itself_when_all_is_in_and_says_what_came_and_which_document(open_year: Year):
    for who, words in (("Ada", "Skolan"), ("Bo", "Vården"), ("Cia", "Tekniken")):
        open_year.privately(who, words)
        assert open_year.opened()

    told = open_year.privately("Pia", "40")

    assert not open_year.opened()
    [kept] = open_year.kept()
    assert (kept.state, kept.key) == ("done", "planen||2026")
    assert {"checkpoint-done", "checkpoint-came", "checkpoint-handed-over"} <= told.keys
    assert "Skolan" in open_year.says("Ada", "visa årsplanen").text
    for day in (SOON, STOP, STOP + timedelta(days=1), STOP + timedelta(days=6)):
        assert not [one for one in open_year.on(day).letters if "Planen" in one.message.text]
    open_year.is_what_the_journal_makes()


def test_it_is_not_called_done_while_parts_are_missing(open_year: Year):
    assert "checkpoint-parts-missing" in open_year.says("Ada", "hållpunkt klar H1").keys
    assert open_year.opened()


def test_it_is_left_with_a_reason_and_what_is_missing_is_said(open_year: Year):
    open_year.privately("Bo", "Vården har sparat")

    told = open_year.says("Ada", "hållpunkt lämna H1: De hinner inte")

    [kept] = open_year.kept()
    assert (kept.state, kept.note, kept.by) == ("left", "De hinner inte", open_year.member("Ada").person.id)
    note = told.in_room().letters[-1].message.text
    assert all(word in note for word in ("De hinner inte", "H1.1.2", "Skola", "Teknik", "Pia"))


def test_leaving_it_by_the_button_asks_for_the_reason(open_year: Year):
    button = open_year.says("Ada", "H1").button("checkpoint-left")

    assert open_year.presses("Ada", button).form.press.action == "checkpoint-left"
    open_year.says("Ada", "Det räcker så här")

    assert open_year.kept()[0].note == "Det räcker så här"


@pytest.mark.parametrize(
    "line", ["hållpunkt klar H1", "hållpunkt lämna H1: nej", "hållpunkt lämna H1", "hållpunkt öppna H1"]
)
def test_only_whoever_sees_to_it_or_leads_acts_on_it(open_year: Year, line: str):
    told = open_year.says("Bo", line)

    assert told.keys & {"checkpoint-not-yours"}
    assert open_year.opened()


def test_a_late_part_is_taken_and_whoever_leads_is_told(open_year: Year):
    open_year.says("Ada", "hållpunkt lämna H1: De hinner inte")

    told = open_year.privately("Cia", "H1.1: Vägen är lagad")

    assert open_year.item("H1.1.3").value == "Vägen är lagad"
    assert "late-part" in told.keys
    assert told.to("Ada").letters
    assert "Vägen" in open_year.says("Ada", "visa årsplanen").text
    open_year.is_what_the_journal_makes()


def test_a_moved_meeting_moves_the_day_and_the_reminders_and_the_channel_is_told(open_year: Year):
    a_meeting(open_year)  # the same once more takes it away
    assert open_year.opened()[0].meeting is None

    told = a_meeting(open_year, date(2026, 11, 26), date(2026, 11, 16))

    [open] = open_year.opened()
    assert (open.period, open.due, open.meeting) == ("2026", date(2026, 11, 16), date(2026, 11, 26))
    assert "2026-11-16" in told.in_room().text
    assert about_the_plan(open_year, date(2026, 10, 26), "Cia")  # three weeks before the new day
    assert not about_the_plan(open_year, SOON, "Cia")
    assert about_the_plan(open_year, date(2026, 11, 9), "Cia")
    open_year.is_what_the_journal_makes()


def about_the_plan(year: Year, day: date, who: str) -> list[str]:
    return [one.message.text for one in year.on(day).to(who).letters if "Planen" in one.message.text]


def test_a_meeting_that_is_not_entered_is_asked_for(year: Year):
    told = year.on(date(2026, 10, 12))

    [open] = year.opened()
    assert (open.due, open.meeting) == (date(2026, 11, 2), None)
    assert "sammanträde Kommunstyrelsen" in told.in_room().text
    moved = a_meeting(year)
    assert year.opened()[0].meeting == MEETING
    assert str(STOP) in moved.in_room().text


def test_a_new_year_asks_anew_and_takes_no_answers_place(open_year: Year):
    for who, words in (
        ("Ada", "Skolan 2026"),
        ("Bo", "Vården 2026"),
        ("Cia", "Tekniken 2026"),
        ("Pia", "40"),
    ):
        open_year.privately(who, words)
    open_year.clock.day = date(2027, 9, 1)
    a_meeting(open_year, date(2027, 11, 23), date(2027, 11, 9))

    open_year.on(date(2027, 10, 19))
    open_year.privately("Bo", "Vården 2027")

    items = {
        item.address.period: item.value
        for item in open_year.journey().items_of("gjort")
        if "Vård" in str(item.value)
    }
    assert items == {"2026": "Vården 2026", "2027": "Vården 2027"}
    shown = open_year.says("Ada", "visa årsplanen").text
    assert "Vården 2027" in shown
    assert "2026" not in shown
    assert "H1.1.1" in shown  # Skola's part is missing this year
    refused = open_year.says("Ada", "H1.1.1: Skolan 2027")
    assert open_year.journey().items_of("gjort")
    assert "question-not-asked" not in refused.keys
    open_year.is_what_the_journal_makes()


def test_those_who_owe_are_named_before_they_are_reminded_and_each_is_reminded_once(open_year: Year):
    open_year.privately("Bo", "Vården har sparat")
    told = open_year.says("Ada", "hållpunkt påminn H1")
    assert "Cia" in told.text
    assert "Bo" not in told.text
    assert not told.to("Cia").letters

    sent = open_year.presses("Ada", told.button("remind-owing-now"))

    assert {one.room.external for one in sent.letters} == {"privat:cia", "privat:pia", "kanalen"}
    assert not open_year.presses("Ada", told.button("remind-owing-now")).to("Cia").letters


def test_nothing_opens_at_night_or_on_a_closed_day(year: Year):
    a_meeting(year)
    at_night = -int(timedelta(hours=8, minutes=59).total_seconds())

    assert not year.on(OPENS, seconds=at_night).letters
    assert not year.opened()
    assert year.on(OPENS).in_room().letters


def test_whoever_is_away_is_asked_when_they_are_back(year: Year):
    a_meeting(year)
    year.clock.day = OPENS - timedelta(days=4)
    year.privately("Cia", f"borta till {OPENS + timedelta(days=3)}")

    assert not year.on(OPENS).to("Cia").letters
    back = year.on(OPENS + timedelta(days=6))

    assert [one for one in back.to("Cia").letters if "H1" in one.message.text]


def test_what_should_have_been_done_long_ago_is_never_opened(tmp_path: Path):
    for year in a_year(tmp_path, a_yearly(PLAN)):
        year.clock.day = date(2027, 1, 15)
        year.on(date(2027, 1, 15))

        assert not year.opened()


def test_after_a_fortnight_of_silence_it_opens_late_but_once(year: Year):
    a_meeting(year)

    told = year.on(OPENS + timedelta(days=14))

    assert [one.opened for one in year.opened()] == [OPENS + timedelta(days=14)]
    assert len(asked(told, "Bo")) == 1


def test_a_paused_group_is_left_alone_and_asked_when_it_goes_on(year: Year):
    a_meeting(year)
    year.says("Ada", "pausa")
    assert not year.on(OPENS).letters

    year.says("Ada", "fortsätt")

    assert year.opened()


def test_while_reminders_pause_nothing_opens(year: Year):
    a_meeting(year)
    year.clock.day = OPENS - timedelta(days=1)
    year.says("Ada", f"pausa påminnelser till {OPENS + timedelta(days=1)}")

    assert not year.on(OPENS).letters
    assert year.on(OPENS + timedelta(days=2)).in_room().letters


def test_a_unit_that_is_closed_owes_nothing_any_more(open_year: Year):
    for who, words in (("Ada", "Skolan"), ("Bo", "Vården"), ("Pia", "40")):
        open_year.privately(who, words)

    open_year.says("Ada", "stäng enhet: Teknik")

    assert [one.state for one in open_year.kept()] == ["done"]
    open_year.is_what_the_journal_makes()


def test_whoever_joins_a_unit_that_owes_is_asked_at_once(open_year: Year):
    open_year.privately("Dan", "hjälp")

    told = open_year.says("Ada", "ny person: Dan, grupp, Vård")

    assert [open_year._number(one) for one in asked(told, "Dan")] == ["H1.1.2"]


def test_a_deputy_is_asked_and_may_answer(year: Year):
    a_meeting(year)
    year.says("Ada", "ersättare: Karl, ledning")

    told = year.on(OPENS)
    assert asked(told, "Karl")
    year.privately("Karl", "55")

    assert year.item("H1.2").value == 55


def test_editing_and_deleting_the_message_changes_the_part(open_year: Year):
    open_year.privately("Bo", "Vi har spart energi", message="mitt")

    open_year.edits("Bo", "mitt", "Vi har sparat energi", in_private=True)
    assert open_year.item("H1.1.2").value == "Vi har sparat energi"

    open_year.deletes("Bo", "mitt", in_private=True)
    assert open_year.item("H1.1.2").status == "open"
    assert "H1.1.2" in open_year.put()
    open_year.is_what_the_journal_makes()


def test_two_that_open_on_different_days_are_each_heard_of_in_time(tmp_path: Path):
    book = PLAN | {
        "id": "boken", "title": {"sv": "Boken", "en": "The book"}, "ahead": [{"weeks": 5}, {"weeks": 3}],
        "questions": [a_question("rad", who="each-unit", settle="direct")],
    }  # fmt: skip
    for year in a_year(tmp_path, a_yearly(PLAN, book)):
        a_meeting(year)
        year.on(date(2026, 10, 6))
        assert [one.checkpoint for one in year.opened()] == ["boken"]

        told = year.on(OPENS).to("Bo")

        assert [year._number(one) for one in asked(told, "Bo")] == ["H1.1.2"]
        assert [one for one in told.letters if one.address is None and "Boken" in one.message.text]
