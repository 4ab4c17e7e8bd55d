"""The status of one group: at most ten lines, what is new since one last looked, and each detail by button and by word."""

from datetime import timedelta

import pytest

from dialogs.messages import Fold, Press
from dialogs.reports.status import MOST_LINES
from tests.conversation.talk import Talk, answer_until


def status(talk: Talk, who: str = "Ada", words: str = "läget"):
    told = talk.privately(who, words)
    return [letter.message for letter in told.letters if letter.message.text.startswith("Läget för")][
        -1
    ], told


def test_it_is_at_most_ten_lines_with_the_rest_behind_buttons(talk: Talk):
    talk.says("Bo", "Vi vill mer", to="1.1")
    talk.clock.day += timedelta(days=40)
    message, _ = status(talk)

    assert len(message.blocks) <= MOST_LINES
    assert not any(isinstance(block, Fold) for block in message.blocks)
    pressed = [(one.press.action, one.press.argument) for one in message.buttons]
    assert pressed == [*(("status-part", part) for part in ("waits", "gaps", "steps")), ("chart", "steps")]


@pytest.mark.parametrize(
    ("part", "words"),
    [("waits", "läget väntar"), ("gaps", "läget luckor"), ("steps", "läget steg"), ("news", "status new")],
)
def test_each_detail_is_the_same_by_button_and_by_word(talk: Talk, part: str, words: str):
    status(talk)
    talk.says("Bo", "Vi vill mer", to="1.1")
    talk.clock.day += timedelta(days=30)
    message, _ = status(talk)
    [button] = [one for one in message.buttons if one.press == Press("status-part", None, part)]

    by_button = talk.presses("Ada", button, in_private=True).text
    by_word = talk.privately("Ada", words).text

    assert by_button == by_word


def test_what_is_new_is_new_to_whoever_asks(talk: Talk):
    assert "status-news-first" in status(talk)[1].keys
    talk.says("Bo", "Vi vill mer", to="1.1")
    talk.says("Ada", "fastställ 1.1: Mer samarbete")

    told = status(talk)[1]
    assert {"news-contributions", "news-settled"} <= told.keys
    assert "status-news-nothing" in status(talk)[1].keys
    assert "status-news-first" in status(talk, "Cia")[1].keys
    assert "Mer samarbete" not in told.text


def test_more_of_what_was_new_can_be_had_after_it_was_told(talk: Talk):
    status(talk)
    talk.says("Ada", "fastställ 1.1: Mer samarbete")
    status(talk)

    assert "1.1 Fråga vision?" in talk.privately("Ada", "läget nytt").text


def test_it_tells_who_has_not_been_heard(talk: Talk):
    talk.clock.day += timedelta(days=20)
    talk.says("Bo", "Vi vill mer", to="1.1")
    assert "status-quiet" not in status(talk)[1].keys
    talk.clock.day += timedelta(days=1)
    told = status(talk)[1]

    [line] = [line for line in told.text.splitlines() if "Inte hörda" in line]
    assert "Cia" in line
    assert "Bo" not in line
    assert "Karl" not in line


def test_what_the_group_says_yes_to_is_next_for_a_round_and_not_settled_by_hand(talk: Talk):
    answer_until(talk, "1.4")
    talk.says("Bo", "Vi gör det", to="1.4")
    keys = status(talk)[1].keys
    assert "next-ask-group" in keys
    assert "next-settle" not in keys

    assert "needs-round" in talk.says("Ada", "fastställ ändå 1.4: skäl").keys
    talk.says("Ada", "samtycke 1.4")
    assert "next-round" in status(talk)[1].keys


def test_where_entries_are_there_the_next_thing_is_more_of_them_or_to_settle(talk: Talk):
    answer_until(talk, "1.10")
    assert "next-fill-or-settle" not in status(talk)[1].keys

    for line in ("En idé", "-", "-"):
        talk.says("Bo", line, to="1.10")
    told = status(talk)[1]

    assert "next-fill-or-settle" in told.keys
    assert "next-answer-by" not in told.keys


def test_a_round_that_ran_out_is_told(talk: Talk):
    answer_until(talk, "1.4")
    talk.says("Bo", "Vi gör det", to="1.4")
    talk.says("Ada", f"samtycke 1.4 till {talk.clock.day + timedelta(days=2)}")
    talk.clock.day += timedelta(days=3)
    talk.desk.tick()

    assert "status-lapsed" in status(talk)[1].keys


def test_the_next_political_date_is_that_of_any_body(talk: Talk):
    assert "status-no-meeting" in status(talk)[1].keys
    day = talk.clock.day + timedelta(days=10)
    stop = talk.clock.day + timedelta(days=3)
    talk.says("Ada", f"sammanträde Kommunstyrelsen: {day}, handlingsstopp {stop}")

    told = status(talk)[1]
    assert f"{day}" in told.text
    assert f"{stop}" in told.text
    talk.clock.day = stop + timedelta(days=1)
    assert "status-meeting-stopped" in status(talk)[1].keys


def test_whoever_follows_several_groups_names_the_one_that_is_meant(talk: Talk):
    assert "Läget för Arbetsgruppen" in talk.privately("Karl", "läget Arbetsgruppen").text
    assert "status-part-gaps" in talk.privately("Karl", "läget Arbetsgruppen: luckor").keys


def test_a_button_of_a_status_is_for_the_group(talk: Talk):
    message, _ = status(talk)
    told = talk.presses("Nils", message.buttons[0], in_private=True)

    assert "old-button" in told.keys


def test_looking_leaves_the_journal_alone(talk: Talk):
    before = talk.journey().sequence
    status(talk)

    assert talk.journey().sequence == before
    assert talk.differences() == []


def test_in_english_it_says_the_same(talk: Talk):
    talk.privately("Ada", "språk engelska")
    told = talk.privately("Ada", "status")

    assert "Status of Arbetsgruppen" in told.text
    assert not {language for _, language in told.phrases} - {"en"}
