"""What people decide about their reminders: later, a pause for the group, how many a week; and why they got one."""

import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.usecases.replies import Speaker, form_of
from dialogs.calendar.budget import KEPT, MOST_A_WEEK
from dialogs.letters import Letter, ToPerson, ToRoom
from dialogs.messages import Mention, Message, Paragraph
from tests.conversation.planned import DUE, a_measure, actions, another_group, begun, on
from tests.conversation.talk import Talk, Told

DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def planned_file(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Talk]:
    file = tmp_path_factory.mktemp("own") / "begun.db"
    return file, begun(file)


@pytest.fixture
def talk(planned_file: tuple[Path, Talk], tmp_path: Path) -> Iterator[Talk]:
    file, before = planned_file
    shutil.copy(file, tmp_path / "coach.db")
    talk = Talk(tmp_path / "coach.db", events=before.events, posted=dict(before.posted))
    talk.clock.seconds = before.clock.seconds
    yield talk
    talk.close()


def to_bo(talk: Talk, day: date, *, seconds: int = 0) -> list[str]:
    """Return the texts of what Bo hears on that day."""
    return [letter.message.text for letter in on(talk, day, seconds=seconds).to("Bo").letters]


def presses(talk: Talk, told: Told, *actions: str, who: str = "Bo") -> Told:
    """Press the first button of each kind, one after the other, each on what the one before it brought."""
    for action in actions:
        button = next(one for one in told.buttons if one.press.action == action)
        told = talk.presses(who, button, in_private=True).to(who)
    return told


# ------------------------------------------------------------------------------------------------ later


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


# ------------------------------------------------------------------------------------------------ a pause


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


# ------------------------------------------------------------------------------------------------ how many a week


def mention(talk: Talk, who: str, day: date, times: int) -> None:
    """Let so many messages in the channel name somebody on that day."""
    talk.clock.day = day
    person = talk.member(who).person
    message = Message(who, (Paragraph((Mention(person.id, who),)),))
    journey = str(talk.journey().id)
    with talk.uow() as uow:
        letters = [Letter(f"m:{day}:{n}", ToRoom(journey), message, journey=journey) for n in range(times)]
        uow.outbox.post(letters, talk.clock.now())
        uow.commit()
    talk.hear()


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


# ------------------------------------------------------------------------------------------------ several groups


@pytest.fixture
def two(talk: Talk) -> Talk:
    another_group(talk)
    a_measure(talk)
    a_measure(talk, what="Boka tåget", room="andra")
    return talk


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


# ------------------------------------------------------------------------------------------------ why


def why(talk: Talk, told: Told, who: str = "Bo") -> Told:
    return talk.presses(who, told.to(who).button("why-reminder"), in_private=True)


def test_the_reason_names_the_rule_the_role_the_day_and_ones_own_terms(talk: Talk):
    a_measure(talk)

    ahead = why(talk, on(talk, date(2026, 9, 8)))
    assert {"why-owner", "why-ahead", "why-terms", "terms-how"} <= ahead.keys
    assert "2026-09-15" in ahead.text
    assert "why-day" in why(talk, on(talk, DUE)).keys
    assert "why-late" in why(talk, on(talk, DUE + DAY)).keys
    told = on(talk, date(2026, 9, 18))
    assert {"why-owner", "why-up"} <= why(talk, told).keys
    assert {"why-leader", "why-up"} <= why(talk, told, "Ada").keys
    assert {"why-coach", "why-up"} <= why(talk, on(talk, date(2026, 9, 25)), "Karl").keys


def test_of_what_has_no_owner_the_leader_is_told_so(talk: Talk):
    a_measure(talk, who="-")

    assert "why-leader-nobody" in why(talk, on(talk, DUE), "Ada").keys


def test_of_what_has_no_date_too(talk: Talk):
    a_measure(talk, due=None)

    assert {"why-owner", "why-undated"} <= why(talk, on(talk, date(2026, 9, 7))).keys


def test_the_nudge_says_that_one_leads_and_when_it_comes(talk: Talk):
    assert "why-weekly-before-meetings" in why(talk, on(talk, date(2026, 9, 7)), "Ada").keys
    talk.privately("Ada", "knuff tisdag 9:00")
    assert "why-weekly" in why(talk, on(talk, date(2026, 9, 15)), "Ada").keys


def test_what_was_asked_for_says_so(talk: Talk):
    a_measure(talk)
    on(talk, date(2026, 9, 8))
    talk.privately("Bo", "påminn mig i morgon")

    assert {"why-owner", "why-asked"} <= why(talk, on(talk, date(2026, 9, 9))).keys


def test_of_several_things_each_has_its_reason(two: Talk):
    told = why(two, on(two, DUE))

    assert {"why-owner", "why-terms"} <= told.keys
    assert "Ring Bryssel" in told.text
    assert "Boka tåget" in told.text


def test_somebody_elses_reminder_is_not_told_of(talk: Talk):
    a_measure(talk)
    button = on(talk, DUE).to("Bo").button("why-reminder")

    assert "old-button" in talk.presses("Cia", button, in_private=True).keys
