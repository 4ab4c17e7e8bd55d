"""How often one is reminded is one's own: a pause, and so many a week."""

from datetime import date

import pytest

from dialogs.calendar.budget import KEPT, MOST_A_WEEK
from dialogs.letters import Letter, ToPerson
from dialogs.messages import Message
from tests.conversation.own_reminders import *  # noqa: F403 - its fixtures
from tests.conversation.own_reminders import DAY, mention, presses, to_bo
from tests.conversation.planned import DUE, a_measure, on
from tests.conversation.talk import Talk


def test_while_the_reminders_pause_nobody_hears_any_and_the_group_goes_on(talk: Talk):
    a_measure(talk)
    talk.clock.day = date(2026, 9, 7)

    assert "reminders-paused" in talk.says("Ada", "pausa påminnelser till 20 september").keys

    for day in (date(2026, 9, 7), date(2026, 9, 8), DUE, date(2026, 9, 18)):
        assert not on(talk, day).letters
    assert talk.journey().state == "active"
    monday = on(talk, date(2026, 9, 21))
    assert [len(monday.to(who).letters) for who in ("Ada", "Bo", "Karl")] == [1, 1, 0]


def test_the_pause_is_told_in_status_and_terms(talk: Talk):
    talk.says("Ada", "pause reminders until 2026-09-20")

    assert "status-reminders-paused" in talk.says("Bo", "läget").keys
    told = talk.privately("Bo", "påminnelser")
    assert "terms-paused" in told.keys
    assert "2026-09-20" in told.text
    talk.clock.day = date(2026, 9, 21)
    assert "status-reminders-paused" not in talk.says("Bo", "läget").keys


def test_a_weekday_is_enough_to_say_until_when(talk: Talk):
    talk.clock.day = date(2026, 9, 7)
    assert "2026-09-11" in talk.says("Ada", "pausa påminnelser till fredag").text


def test_it_can_end_before_its_day(talk: Talk):
    a_measure(talk)
    talk.says("Ada", "pausa påminnelser till 20 september")
    talk.clock.day = date(2026, 9, 10)

    assert "reminders-resumed" in talk.says("Ada", "återuppta påminnelser").keys

    assert len(to_bo(talk, DUE)) == 1


@pytest.mark.parametrize(
    ("who", "words", "phrase"),
    [
        ("Bo", "pausa påminnelser till 20 september", "only-leader"), ("Bo", "återuppta påminnelser", "only-leader"),
        ("Ada", "pausa påminnelser", "reminders-pause-how"), ("Ada", "pausa påminnelser ett tag", "reminders-pause-how"),
        ("Ada", "pausa påminnelser till 2020-01-01", "reminders-pause-too-far"),
        ("Ada", "återuppta påminnelser", "reminders-not-paused"),
    ],
)  # fmt: skip
def test_a_slip_in_the_pause_is_told_kindly(talk: Talk, who: str, words: str, phrase: str):
    assert phrase in talk.says(who, words).keys


def test_the_groups_own_pause_is_something_else(talk: Talk):
    assert "paused" in talk.says("Ada", "pausa").keys
    assert talk.journey().state == "paused"


def test_what_can_wait_comes_together_the_week_after(talk: Talk):
    for name, due in (("Ring", date(2026, 9, 16)), ("Skriv", date(2026, 9, 17)), ("Boka", date(2026, 9, 18))):
        a_measure(talk, what=name, due=due)
    mention(talk, "Bo", date(2026, 9, 7), MOST_A_WEEK["standard"] - KEPT["standard"])

    for day in (date(2026, 9, 9), date(2026, 9, 10), date(2026, 9, 11)):
        assert to_bo(talk, day) == []

    [text] = to_bo(talk, date(2026, 9, 14))
    assert all(name in text for name in ("Ring", "Skriv", "Boka"))


def test_what_is_due_goes_first_and_takes_along_what_waited(talk: Talk):
    a_measure(talk, what="Ring", due=date(2026, 9, 16))
    a_measure(talk, what="Skriv", due=date(2026, 9, 10))
    mention(talk, "Bo", date(2026, 9, 7), MOST_A_WEEK["standard"] - KEPT["standard"])
    assert to_bo(talk, date(2026, 9, 9)) == []

    [text] = to_bo(talk, date(2026, 9, 10))

    assert "Ring" in text
    assert "Skriv" in text


def test_more_than_the_weeks_number_is_never_written(talk: Talk):
    talk.privately("Bo", "påminnelser lätt")
    for number, due in enumerate(date(2026, 9, 7) + n * DAY for n in range(5)):
        a_measure(talk, what=f"Sak {number}", due=due)

    week = [to_bo(talk, date(2026, 9, 7) + n * DAY) for n in range(5)]

    assert sum(len(day) for day in week) == MOST_A_WEEK["light"]
    [gathered] = to_bo(talk, date(2026, 9, 14))
    assert all(f"Sak {number}" in gathered for number in range(5))


def test_a_journey_that_waits_for_somebodys_week_is_not_looked_at_again_and_again(talk: Talk):
    a_measure(talk)
    mention(talk, "Bo", date(2026, 9, 7), MOST_A_WEEK["standard"])
    on(talk, date(2026, 9, 8))

    assert talk.desk.due().journeys == ()
    talk.clock.day = date(2026, 9, 14)
    assert talk.desk.due().journeys != ()


def test_ones_terms_say_how_many_there_were_and_may_be(talk: Talk):
    a_measure(talk)
    mention(talk, "Bo", date(2026, 9, 7), 2)
    on(talk, date(2026, 9, 8))

    told = talk.privately("Bo", "påminnelser")

    assert "terms-budget" in told.keys
    assert "3 av högst 5" in told.text


def test_what_a_leader_asks_for_counts_but_is_never_held_back(talk: Talk):
    mention(talk, "Bo", date(2026, 9, 7), MOST_A_WEEK["standard"])
    told = on(talk, date(2026, 9, 7)).to("Ada")

    sent = presses(talk, told, "remind-missing", "remind-them", who="Ada")

    assert sent is not None
    assert talk.seen[-1].to("Bo").letters
    assert f"{MOST_A_WEEK['standard'] + 1} av högst" in talk.privately("Bo", "påminnelser").text


def test_an_answer_in_private_counts_for_nothing(talk: Talk):
    talk.privately("Bo", "läget")
    with talk.uow() as uow:
        uow.outbox.post(
            [Letter("x", ToPerson(talk.member("Bo").person.id), Message("hej"))], talk.clock.now()
        )
        uow.commit()

    assert "0 av högst" in talk.privately("Bo", "påminnelser").text
