"""What is due at once comes as one message, whichever groups and kinds it is of."""

from collections import Counter
from datetime import date, timedelta

import pytest

from dialogs.calendar.budget import KEPT, MOST_A_WEEK
from tests.conversation.own_reminders import *  # noqa: F403 - its fixtures
from tests.conversation.own_reminders import DAY, mention, presses, to_bo
from tests.conversation.planned import DUE, a_measure, actions, on
from tests.conversation.talk import Talk


def test_things_of_two_groups_come_as_one_message(two: Talk):
    [letter] = on(two, DUE).to("Bo").letters

    assert all(word in letter.message.text for word in ("Ring Bryssel", "Boka tåget", "Andra gruppen"))
    assert actions(letter) == ["record-due", "record-due", "remind-later", "why-reminder"]


def test_each_button_acts_on_its_own_groups_thing(two: Talk):
    told = on(two, DUE).to("Bo")
    for button in [one for one in told.buttons if one.press.action == "record-due"]:
        shown = two.presses("Bo", button, in_private=True).to("Bo")
        two.presses("Bo", shown.button("record-done"), in_private=True)

    with two.uow() as uow:
        journeys = [uow.journeys.whole(one.id) for one in uow.journeys.all()]
    assert len(journeys) == 2
    assert [[record.state for record in one.records_in("insatser")] for one in journeys] == [
        ["klar"],
        ["klar"],
    ]


def test_what_two_groups_said_is_not_said_again(two: Talk):
    on(two, DUE)
    two.open()

    assert to_bo(two, DUE, seconds=600) == []


def test_what_can_wait_in_one_group_comes_along_with_what_is_due_in_the_other(two: Talk):
    a_measure(two, what="Skriv", due=date(2026, 9, 9), room="andra")
    mention(two, "Bo", date(2026, 9, 7), MOST_A_WEEK["standard"] - KEPT["standard"])
    assert to_bo(two, date(2026, 9, 8)) == []

    [text] = to_bo(two, date(2026, 9, 9))

    assert "Ring Bryssel" in text
    assert "Skriv" in text


def test_many_people_are_written_to_in_several_transactions_of_one_look(talk: Talk, monkeypatch):
    monkeypatch.setattr("bot.usecases.remind.MOST_PEOPLE", 2)
    for who in ("Ada", "Bo", "Cia", "Pia", "Karl"):
        a_measure(talk, who=who)

    told = on(talk, DUE)

    assert [len(told.to(who).letters) for who in ("Ada", "Bo", "Cia", "Pia", "Karl")] == [1] * 5


def test_many_groups_things_come_in_as_many_messages_as_have_to_be(two: Talk, monkeypatch):
    monkeypatch.setattr("bot.reminding.MOST_GROUPS", 1)

    assert len(to_bo(two, DUE)) == 2


def test_after_ten_days_of_silence_each_thing_comes_once_in_one_message_and_what_is_past_is_skipped_with_its_reason(
    two: Talk,
):
    on(two, date(2026, 9, 7))

    told = on(two, date(2026, 9, 17))

    assert [len(told.to(who).letters) for who in ("Ada", "Bo", "Karl")] == [1, 1, 0]
    [letter] = told.to("Bo").letters
    assert letter.message.text.count("Ring Bryssel") == letter.message.text.count("Boka tåget") == 1
    put_away = two.rows("select slot, state, why from occurrence where rule = 'record' and state <> 'due'")
    assert Counter((str(slot).rpartition("/")[2], state, why) for slot, state, why in put_away) == {
        ("ahead-5", "skipped", "past its meaning"): 2, ("day", "skipped", "past its meaning"): 2,
        ("late", "said", ""): 2,
    }  # fmt: skip


def test_last_weeks_nudge_that_nobody_heard_is_skipped_with_its_reason(talk: Talk):
    talk.clock.day = date(2026, 9, 7)
    talk.clock.seconds = -int(timedelta(hours=4).total_seconds())
    talk.desk.tick()  # at five in the morning

    [letter] = on(talk, date(2026, 9, 16)).to("Ada").letters

    assert letter.message.text.count("Veckans knuff") == 1
    kept = talk.rows(
        "select slot, state, why from occurrence where rule = 'weekly' and state <> 'due' order by slot"
    )
    assert kept == [("2026-W37", "skipped", "past its meaning"), ("2026-W38", "said", "")]


@pytest.mark.parametrize("hours", [-4, 10])
def test_whenever_it_is_up_again_nothing_is_said_at_night(two: Talk, hours: int):
    on(two, date(2026, 9, 7))
    seconds = int(timedelta(hours=hours).total_seconds())

    assert not on(two, date(2026, 9, 17), seconds=seconds).letters
    assert on(two, date(2026, 9, 18)).to("Bo").letters


def test_an_hour_later_the_same_is_said(two: Talk):
    on(two, DUE - DAY)

    assert len(to_bo(two, DUE, seconds=3600)) == 1


def test_both_are_put_off_by_one_press(two: Talk):
    told = on(two, DUE).to("Bo")

    presses(two, told, "remind-later", "later")

    assert to_bo(two, DUE, seconds=60) == []
    [text] = to_bo(two, DUE + DAY)
    assert "Ring Bryssel" in text
    assert "Boka tåget" in text


def test_the_nudges_of_two_groups_come_as_one_message_with_a_part_each(two: Talk):
    told = on(two, date(2026, 9, 7)).to("Ada")

    [letter] = told.letters

    assert letter.message.text.count("Veckans knuff") == 2
    labels = [one.label for one in told.buttons if one.press.action == "remind-missing"]
    assert len(labels) == len(set(labels)) == 2
    for button in [one for one in told.buttons if one.press.action == "remind-missing"]:
        shown = two.presses("Ada", button, in_private=True)
        assert "remind-missing-who" in shown.keys or "remind-missing-none" in shown.keys


def test_a_nudge_and_what_is_due_come_as_one_message(talk: Talk):
    a_measure(talk, due=date(2026, 9, 7), who="Ada")

    [letter] = on(talk, date(2026, 9, 7)).to("Ada").letters

    assert {"record-done", "remind-missing"} <= set(actions(letter))
    assert actions(letter).count("why-reminder") == 1


def test_what_changes_while_the_message_is_made_leaves_all_of_it_for_the_next_look(two: Talk):
    two.clock.day, two.clock.seconds = DUE, 0
    due = two.desk.due()
    shares = [two.desk.remind(one, frozenset(due.shared)).shares for one in due.journeys]
    person = two.member("Bo").person.id
    two.says("Ada", "flytta post insatser 1: klar", room="andra")

    assert two.desk.say_together(person, [one[person] for one in shares if person in one]) == 0

    [text] = to_bo(two, DUE, seconds=60)
    assert "Ring Bryssel" in text
    assert "Boka tåget" not in text
