"""Checkpoints of every kind: from a register's dates, in windows of the year, with consent, by a rule, without steps."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.usecases.export import export
from bot.usecases.home import home_of
from tests.conversation.talk import CHANNEL
from tests.conversation.yearly import (
    LOOK,
    PLAN,
    REPORT,
    STOP,
    TALKS,
    Year,
    a_checkpoint,
    a_meeting,
    a_trip,
    a_year,
    a_yearly,
    asked,
)
from tests.dialogs.builders import a_question

HOME_AGAIN = date(2026, 9, 16)
LOOKS = date(2026, 9, 17)  # two weeks before the first of October


def a_fixture(*cycle: dict, steps: bool = True):
    @pytest.fixture
    def year(tmp_path: Path) -> Iterator[Year]:
        yield from a_year(tmp_path, a_yearly(*cycle, steps=steps))

    return year


travelling = a_fixture(REPORT)
talking = a_fixture(TALKS)
looking = a_fixture(LOOK)
ruled = a_fixture(
    a_checkpoint(
        "insatser", {"kind": "rrule", "rrule": "FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=1"},
        done={"at-least": {"count": 2, "of": {"register": "resor"}}}, ahead=[{"weeks": 2}],
    )
)  # fmt: skip
without_steps = a_fixture(
    PLAN | {"when": {"kind": "rrule", "rrule": "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=10"}}, steps=False
)


# ------------------------------------------------------------------------------------------------ from a register


def test_each_trip_is_reported_by_whoever_went_to_the_next_meeting(travelling: Year):
    a_meeting(travelling, date(2026, 10, 20), date(2026, 10, 6))
    a_trip(travelling, HOME_AGAIN)

    told = travelling.on(date(2026, 9, 22))  # ten working days before the stop

    [open] = travelling.opened()
    assert (open.due, open.period, open.subject[:7]) == (date(2026, 10, 6), "2026-09-16", "record:")
    assert "Wien" in told.in_room().text
    assert asked(told, "Bo")
    assert not asked(told, "Cia")

    travelling.privately("Bo", "Allt om spårvagnar")

    assert travelling.item("H1.1.1").value == "Allt om spårvagnar"
    assert [one.state for one in travelling.kept()] == ["done"]
    travelling.is_what_the_journal_makes()


def test_two_trips_that_end_on_one_day_are_two_reports(travelling: Year):
    a_meeting(travelling, date(2026, 10, 20), date(2026, 10, 6))
    a_trip(travelling, HOME_AGAIN)
    a_trip(travelling, HOME_AGAIN, name="Riga", who="Cia")
    travelling.on(date(2026, 9, 22))

    travelling.says("Cia", "H1.1: Om Riga")
    travelling.privately("Bo", "Om Wien")

    assert (travelling.item("H1.1.1").value, travelling.item("H1.1.2").value) == ("Om Wien", "Om Riga")
    assert not travelling.opened()


def test_a_trip_that_comes_to_nothing_is_reported_by_nobody(travelling: Year):
    a_meeting(travelling, date(2026, 10, 20), date(2026, 10, 6))
    a_trip(travelling, HOME_AGAIN)
    travelling.on(date(2026, 9, 22))

    told = travelling.says("Ada", "markera resor 1: struken")

    assert not travelling.opened()
    assert [one.state for one in travelling.kept()] == ["retired"]
    assert "checkpoint-retired" in told.keys | {key for key, _ in travelling.book.asked_for}
    assert not [
        one for one in travelling.on(date(2026, 10, 6)).to("Bo").letters if "Wien" in one.message.text
    ]
    travelling.is_what_the_journal_makes()


def test_a_trip_that_ends_later_keeps_its_report_open(travelling: Year):
    a_meeting(travelling, date(2026, 10, 20), date(2026, 10, 6))
    a_meeting(travelling, date(2026, 11, 17), date(2026, 11, 3))
    a_trip(travelling, HOME_AGAIN)
    travelling.on(date(2026, 9, 22))
    [before] = travelling.opened()

    travelling.says("Ada", "ändra post resor 1")
    for line in ("-", "2026-10-15", "-"):
        travelling.says("Ada", line)

    [open] = travelling.opened()
    assert (open.key, open.due) == (before.key, date(2026, 11, 3))
    travelling.is_what_the_journal_makes()


# ------------------------------------------------------------------------------------------------ in windows


def test_a_talk_is_had_once_in_each_window_and_said_to_be_done_by_a_press(talking: Year):
    told = talking.on(date(2026, 11, 16))  # two weeks before the last day of autumn
    [open] = talking.opened()
    assert (open.period, open.due) == ("2026-host", date(2026, 11, 30))
    assert "Hösten 2026" in told.in_room().text

    button = talking.on(date(2026, 11, 30)).to("Pia").button("checkpoint-done")
    talking.presses("Pia", button, in_private=True)

    assert [one.state for one in talking.kept()] == ["done"]
    assert not talking.on(date(2026, 12, 1)).letters
    talking.clock.day = date(2027, 5, 18)
    talking.on(date(2027, 5, 18))
    assert [one.period for one in talking.opened()] == ["2027-var"]


def test_an_old_button_of_what_is_over_says_so(talking: Year):
    talking.on(date(2026, 11, 16))
    button = talking.on(date(2026, 11, 30)).to("Pia").button("checkpoint-done")
    talking.presses("Pia", button, in_private=True)

    assert "checkpoint-gone" in talking.presses("Pia", button, in_private=True).keys


def test_what_nobody_does_climbs_to_whoever_leads_and_to_the_coach(talking: Year):
    talking.on(date(2026, 11, 16))
    for day, who in ((date(2026, 12, 1), "Pia"), (date(2026, 12, 3), "Ada"), (date(2026, 12, 10), "Karl")):
        assert [one for one in talking.on(day).to(who).letters if "Samtalet" in one.message.text], who


# ------------------------------------------------------------------------------------------------ with the group


def test_the_groups_own_questions_are_put_in_the_channel_beside_the_steps(looking: Year):
    told = looking.on(LOOKS)

    assert looking.put() == ["1.2", "H1.1", "H1.2", "H1.3"]
    questions = [looking._number(one) for one in told.in_room().letters if one.how == "question"]
    assert questions == ["H1", "H1.1", "H1.2", "H1.3"]
    assert {one.room.external for one in told.letters if one.address and one.address.question == "kansla"} == {
        CHANNEL, "privat:ada", "privat:bo", "privat:cia",
    }  # fmt: skip


def test_an_answer_is_settled_by_whoever_leads_and_another_with_consent(looking: Year):
    looking.on(LOOKS)
    looking.says("Bo", "Mer cykel", to="H1.1")
    assert looking.item("H1.1").status == "contributed"
    looking.says("Ada", "fastställ H1.1")
    looking.says("Bo", "Vi cyklar", to="H1.2")
    looking.says("Ada", "samtycke H1.2")
    for who in ("Ada", "Bo", "Cia"):
        looking.says(who, "samtycker H1.2")
    looking.says("Pia", "avstår H1.2")
    assert looking.item("H1.2").status == "settled"
    assert looking.opened()

    for who in ("Ada", "Bo", "Cia"):
        looking.privately(who, "H1.3: Bra")

    assert not looking.opened()
    assert "next" not in looking.says("Ada", "nästa").keys
    looking.is_what_the_journal_makes()


def test_going_on_and_the_end_of_the_step_have_nothing_to_do_with_the_year(looking: Year):
    looking.on(LOOKS)

    looking.says("Ada", "nästa")
    assert looking.put()[0] == "1.2"
    looking.says("Ada", "hoppa över 1.2: inte nu")
    looking.says("Ada", "klart")

    assert "ett" in looking.journey().signed
    looking.is_what_the_journal_makes()


def test_when_all_steps_are_signed_the_year_goes_on(looking: Year):
    looking.says("Ada", "hoppa över 1.2: inte nu")
    looking.says("Ada", "klart")
    told = looking.says("Ada", "klart")
    assert "journey-ended-cycle" in told.keys

    status = looking.says("Ada", "läget")
    assert {"status-year-ended", "checkpoint-next"} <= status.keys
    looking.on(LOOKS)
    assert {"status-open-checkpoints", "next-part"} <= looking.says("Ada", "läget").keys | {"next-part"}


def test_what_is_asked_again_keeps_the_first_answer_until_there_is_a_new_one(tmp_path: Path):
    look = a_checkpoint("blicken", {"kind": "rrule", "rrule": "FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=1"})
    pack = a_yearly(look)
    first = pack.steps[0]
    again = type(first).model_validate(
        first.model_dump(by_alias=True)
        | {"questions": [a_question("namnd", "body"), a_question("vision", again="blicken", settle="direct")]}
    )
    pack = pack.model_copy(update={"steps": (again, *pack.steps[1:])})
    for year in a_year(tmp_path, pack):
        year.says("Bo", "1.2: Först")
        year.on(date(2026, 10, 1))
        assert "1.2" in year.put()

        year.says("Bo", "1.2: Sedan")

        assert {item.address.period: item.value for item in year.journey().items_of("vision")} == {
            "": "Först", "2026-10-01": "Sedan",
        }  # fmt: skip
        assert not year.opened()
        year.is_what_the_journal_makes()


# ------------------------------------------------------------------------------------------------ by a rule


def test_a_rule_closes_it_without_a_word_from_anybody(ruled: Year):
    ruled.on(LOOKS)
    a_trip(ruled, date(2026, 10, 1))
    assert ruled.opened()

    a_trip(ruled, date(2026, 10, 2), name="Riga")

    assert [one.state for one in ruled.kept()] == ["done"]
    ruled.is_what_the_journal_makes()


def test_what_holds_already_is_noted_and_not_asked_for(ruled: Year):
    a_trip(ruled, date(2026, 10, 1))
    a_trip(ruled, date(2026, 10, 2), name="Riga")

    told = ruled.on(LOOKS)

    assert [one.state for one in ruled.kept()] == ["done"]
    assert not told.in_room().letters


# ------------------------------------------------------------------------------------------------ without steps


def test_a_method_without_steps_begins_goes_on_and_says_what_comes_next(without_steps: Year):
    journey = without_steps.journey()
    assert (journey.first_step, without_steps.put()) == ("", [])
    assert {"status-year", "checkpoint-next"} <= without_steps.says("Ada", "läget").keys
    for line in (
        "nästa",
        "klart",
        "stegen",
        "steg 1",
        "frågor",
        "tillbaka",
        "hjälp",
        "spår",
        "fråga 1.1",
        "ett svar",
    ):
        without_steps.says("Ada", line)

    without_steps.on(date(2026, 10, 20))
    without_steps.privately("Bo", "Vården har sparat")

    assert without_steps.item("H1.1.2").value == "Vården har sparat"
    without_steps.is_what_the_journal_makes()


# ------------------------------------------------------------------------------------------------ by hand, and looked at


def test_it_can_be_opened_before_its_time(talking: Year):
    assert "checkpoint-opens" in talking.says("Pia", "hållpunkt öppna H1").keys

    assert [one.period for one in talking.opened()] == ["2026-host"]
    assert "checkpoint-not-open" not in talking.says("Pia", "hållpunkt klar H1").keys
    assert [one.state for one in talking.kept()] == ["done"]


def test_in_practice_nothing_comes_by_the_clock_but_all_can_be_tried(talking: Year):
    talking.privately("Bo", "provkör")
    talking.on(date(2026, 11, 16))
    with talking.uow() as uow:
        [own] = [one.id for one in uow.journeys.all() if one.practice]
    assert not talking.journey(own).checkpoints

    told = talking.privately("Bo", "hållpunkt öppna H1")

    assert "practice-mark" in told.keys
    assert talking.journey(own).checkpoints
    talking.privately("Bo", "hållpunkt klar H1")
    assert not talking.journey(own).checkpoints
    talking.privately("Bo", "ta bort provkörningen")
    assert talking.rows("select count(*) from checkpoint where journey = :own", own=own) == [(0,)]


def test_two_groups_in_one_room_keep_their_years_apart(looking: Year):
    for line in ("starta", "Kommunen", "Andra gruppen", "-", "-"):
        looking.says("Cia", line)
    looking.on(LOOKS)

    told = looking.says("Bo", "hållpunkter")

    assert "which-journey" in told.keys
    with looking.uow() as uow:
        ids = [one.id for one in uow.journeys.all()]
    assert [len(looking.journey(id).checkpoints) for id in ids] == [1, 1]


@pytest.mark.parametrize(
    "line", ["hållpunkter", "H1", "H1?", "hållpunkt H1", "hållpunkt rapporten", "checkpoints", "checkpoint 1"]
)
def test_the_year_is_shown_to_whoever_asks(travelling: Year, line: str):
    assert travelling.says("Karl", line).letters


@pytest.mark.parametrize(
    ("line", "phrase"),
    [
        ("H9", "checkpoint-unknown"), ("hållpunkt klar H9", "checkpoint-unknown"), ("hållpunkt klar", "checkpoint-how-to"),
        ("hållpunkt klar H1", "checkpoint-not-open"), ("hållpunkt påminn H1", "checkpoint-not-open"),
        ("hållpunkt öppna H1", "checkpoint-nothing-to-open"), ("H1.1: svar", "question-not-asked"),
        ("H1.7: svar", "number-unknown"),
    ],
)  # fmt: skip
def test_a_slip_is_told_kindly(travelling: Year, line: str, phrase: str):
    assert phrase in travelling.says("Ada", line).keys


def test_where_there_is_no_cycle_the_words_are_words(talk):
    assert "checkpoints-none" in talk.says("Ada", "hållpunkter").keys
    assert "which-question" in talk.says("Ada", "H1").keys


# ------------------------------------------------------------------------------------------------ elsewhere


def test_it_stands_on_the_personal_page_among_ones_own_and_in_the_weekly_nudge(looking: Year):
    looking.on(LOOKS)

    assert "Blicken" in looking.privately("Bo", "hej").text
    assert "H1.3" in looking.privately("Bo", "mina").text
    nudge = looking.on(date(2026, 9, 21)).to("Ada").text
    assert "Blicken" in nudge
    page = home_of(
        "terminal", "", "bo", "Bo", uow=looking.uow(), shelf=looking.shelf, clock=looking.clock,
        ids=looking.desk.ids, book=looking.book,
    )  # fmt: skip
    assert "Blicken" in page.text


def test_a_newcomer_is_told_of_the_year(looking: Year):
    looking.on(LOOKS)
    looking.privately("Dan", "hjälp")

    told = looking.says("Ada", "ny person: Dan, grupp")

    assert "Blicken" in told.to("Dan").text


def test_all_that_was_collected_is_handed_over(travelling: Year):
    a_meeting(travelling, date(2026, 10, 20), date(2026, 10, 6))
    a_trip(travelling, HOME_AGAIN)
    travelling.on(date(2026, 9, 22))
    travelling.privately("Bo", "Allt om spårvagnar")

    handed = export(
        travelling.journey().id, uow=travelling.uow(), shelf=travelling.shelf, book=travelling.book,
        clock=travelling.clock, language="",
    )  # fmt: skip

    [told] = json.loads(handed.json)["checkpoints"]
    assert (told["number"], told["state"], told["due"], told["subject"]["name"]) == (
        "H1",
        "done",
        "2026-10-06",
        "Wien",
    )
    assert [one["revisions"][0]["value"] for one in told["questions"]] == ["Allt om spårvagnar"]
    assert "Allt om spårvagnar" in handed.markdown
    assert handed.markdown.count("Rapporten: Wien") == 1


def test_a_new_process_goes_on_where_the_last_one_was(looking: Year):
    looking.on(LOOKS)
    looking.open()

    assert not looking.on(LOOKS, seconds=900).letters
    looking.says("Bo", "H1.1: Mer cykel")
    looking.open()

    assert looking.item("H1.1").status == "contributed"
    looking.is_what_the_journal_makes()


def test_the_step_can_be_done_whatever_the_day(tmp_path: Path):
    for year in a_year(tmp_path, a_yearly(), answers=False):
        told = year.on(STOP - timedelta(days=40))

        assert told.in_room().letters
        assert year.put()[0] == "1.1"
