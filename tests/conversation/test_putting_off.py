"""A reminder is put off by a button or in words: it comes back on its day, for its reader alone."""

from datetime import date

import pytest

from bot.usecases.replies import Speaker, form_of
from tests.conversation.own_reminders import *  # noqa: F403 - its fixtures
from tests.conversation.own_reminders import DAY, presses, to_bo
from tests.conversation.planned import DUE, a_measure, actions, on
from tests.conversation.talk import Talk


def test_what_is_put_off_until_tomorrow_comes_back_then_and_no_more(talk: Talk):
    a_measure(talk)
    told = on(talk, date(2026, 9, 8)).to("Bo")

    presses(talk, told, "remind-later", "later")

    assert "later-is-kept" in talk.seen[-1].keys
    assert "2026-09-09" in talk.seen[-1].text
    assert len(to_bo(talk, date(2026, 9, 9))) == 1
    assert to_bo(talk, date(2026, 9, 9), seconds=600) == []
    assert to_bo(talk, date(2026, 9, 10)) == []
    assert len(to_bo(talk, DUE)) == 1


def test_next_week_is_monday_and_nothing_of_it_is_heard_before(talk: Talk):
    a_measure(talk)
    told = on(talk, DUE).to("Bo")
    asked = presses(talk, told, "remind-later")
    talk.presses("Bo", asked.button("later", asked.buttons[1].press.argument), in_private=True)

    assert to_bo(talk, DUE + DAY) == []  # it would be late
    assert on(talk, date(2026, 9, 18)).to("Ada").letters  # the leader is told all the same
    assert len(to_bo(talk, date(2026, 9, 21))) == 1


def test_another_day_is_asked_for_in_words(talk: Talk):
    a_measure(talk)
    told = on(talk, date(2026, 9, 8)).to("Bo")
    presses(talk, told, "remind-later", "later-day")

    assert "later-how" in talk.privately("Bo", "när jag hinner").keys
    assert "later-too-far" in talk.privately("Bo", "i dag").keys
    assert "later-is-kept" in talk.privately("Bo", "10 september").keys
    assert len(to_bo(talk, date(2026, 9, 10))) == 1


def test_where_forms_are_drawn_the_day_is_handed_in_whole(talk: Talk):
    a_measure(talk)
    asked = presses(talk, on(talk, date(2026, 9, 8)).to("Bo"), "remind-later")
    button = asked.button("later-day").id
    speaker = Speaker("terminal", "", "bo", "Bo", "privat:bo", private=True)
    desk = talk.desk

    form = form_of(
        button, speaker, uow=desk.uow, shelf=desk.shelf, clock=talk.clock, ids=desk.ids, book=talk.book
    )

    assert form is not None
    assert [(field.id, field.kind, field.required) for field in form.fields] == [("day", "date", True)]
    assert "later-how" in talk.submits("Bo", form, day="").keys
    assert "later-is-kept" in talk.submits("Bo", form, day="2026-09-10").keys
    assert len(to_bo(talk, date(2026, 9, 10))) == 1


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("påminn mig på fredag", date(2026, 9, 11)), ("påminn mig i morgon", date(2026, 9, 9)),
        ("påminn mig nästa vecka", date(2026, 9, 14)), ("remind me in 2 days", date(2026, 9, 10)),
    ],
)  # fmt: skip
def test_the_latest_reminder_is_put_off_by_words(talk: Talk, words: str, day: date):
    a_measure(talk)
    on(talk, date(2026, 9, 8))

    told = talk.privately("Bo", words)

    assert "later-is-kept" in told.keys
    assert day.isoformat() in told.text
    assert len(to_bo(talk, day)) == 1


def test_on_a_closed_day_it_comes_on_the_next_worked_one(talk: Talk):
    a_measure(talk)
    on(talk, date(2026, 9, 8))

    assert "2026-09-14" in talk.privately("Bo", "påminn mig på lördag").text
    assert to_bo(talk, date(2026, 9, 12)) == []
    assert len(to_bo(talk, date(2026, 9, 14))) == 1


def test_only_the_one_who_asked_hears_it_later(talk: Talk):
    a_measure(talk)
    for day in (DUE, DUE + DAY):
        on(talk, day)
    told = on(talk, date(2026, 9, 18))
    assert told.to("Bo").letters
    presses(talk, told.to("Ada"), "remind-later", "later", who="Ada")

    later = on(talk, date(2026, 9, 21))

    assert "Ring Bryssel" in later.to("Ada").text
    assert not later.to("Bo").letters


def test_what_is_done_meanwhile_does_not_come_back(talk: Talk):
    a_measure(talk)
    told = on(talk, DUE).to("Bo")
    presses(talk, told, "remind-later", "later")

    presses(talk, told, "record-done")

    assert to_bo(talk, DUE + DAY) == []
    assert "later-gone" in presses(talk, told, "remind-later", "later").keys


def test_a_newer_wish_takes_the_older_ones_place(talk: Talk):
    a_measure(talk)
    on(talk, date(2026, 9, 8))
    talk.privately("Bo", "påminn mig i morgon")
    talk.privately("Bo", "påminn mig på torsdag")

    assert to_bo(talk, date(2026, 9, 9)) == []
    assert len(to_bo(talk, date(2026, 9, 10))) == 1


def test_a_nudge_can_be_put_off_too(talk: Talk):
    told = on(talk, date(2026, 9, 7)).to("Ada")
    presses(talk, told, "remind-later", "later", who="Ada")

    [letter] = on(talk, date(2026, 9, 8)).to("Ada").letters

    assert "remind-missing" in actions(letter)


def test_what_is_put_off_is_listed_with_its_day_until_it_has_come_back(talk: Talk):
    assert "later-listed" not in talk.privately("Bo", "påminnelser").keys
    a_measure(talk)
    on(talk, date(2026, 9, 8))
    talk.privately("Bo", "påminn mig på lördag")

    listed = talk.privately("Bo", "påminnelser")

    assert "Ring Bryssel, Arbetsgruppen: jag påminner 2026-09-14." in listed.text
    assert "Ring Bryssel" not in talk.privately("Ada", "påminnelser").text
    on(talk, date(2026, 9, 14))
    assert "later-listed" not in talk.privately("Bo", "påminnelser").keys


def test_what_is_put_off_is_called_back_and_said_as_usual(talk: Talk):
    a_measure(talk)
    on(talk, date(2026, 9, 8))
    talk.privately("Bo", "påminn mig 30 september")
    listed = talk.privately("Bo", "påminnelser")

    told = talk.presses("Bo", listed.button("remind-as-usual"), in_private=True)

    assert "Ring Bryssel" in told.text
    assert "later-listed" not in talk.privately("Bo", "påminnelser").keys
    assert len(to_bo(talk, DUE)) == 1
    assert talk.rows("select state from occurrence where slot = '2026-09-30/later'") == [("retired",)]
    assert "later-none" in talk.presses("Bo", listed.button("remind-as-usual"), in_private=True).keys


def test_words_call_back_everything_that_is_put_off(two: Talk):
    told = on(two, DUE - 4 * DAY).to("Bo")
    presses(two, told, "remind-later", "later")
    listed = two.privately("Bo", "reminders")
    assert [one.press.action for one in listed.buttons].count("remind-as-usual") == 2

    assert "later-called-back" in two.privately("Bo", "påminn mig som vanligt").keys
    assert "later-listed" not in two.privately("Bo", "påminnelser").keys


def test_what_one_has_chosen_is_shown_to_nobody_else(talk: Talk):
    told = talk.says("Bo", "påminnelser")

    assert "terms-are" in told.to("Bo").keys
    assert not told.in_room().letters


@pytest.mark.parametrize(
    ("words", "phrase"),
    [
        ("påminn mig", "later-nothing"), ("påminn mig som vanligt", "later-none"), ("påminn mig sen", "later-how"),
        ("påminn mig 2020-01-01", "later-nothing"),
    ],
)  # fmt: skip
def test_a_slip_in_it_is_told_kindly(talk: Talk, words: str, phrase: str):
    assert phrase in talk.privately("Cia", words).keys


def test_whoever_asks_without_a_day_may_choose_one(talk: Talk):
    a_measure(talk)
    on(talk, date(2026, 9, 8))

    told = talk.privately("Bo", "påminn mig")

    assert told.actions == ["later", "later", "later-day"]
