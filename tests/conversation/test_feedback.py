"""A coach's feedback reaches the group in its room, is kept with the answer or the step, and is counted."""

import json
from datetime import timedelta

import pytest

from bot.usecases.export import export
from dialogs.model.answers import Address
from tests.conversation.talk import Talk, answer_until, private


def feedback(talk: Talk) -> list[dict[str, object]]:
    return [
        json.loads(str(event)) for (event,) in talk.rows("select event from entry where kind = 'feedback'")
    ]


def test_feedback_on_an_answer_stands_in_the_thread_of_its_question(talk: Talk):
    told = talk.privately("Karl", "återkoppla 1.1: Bra början, men vem ska göra det?")

    [heard] = told.in_room().letters
    assert "vem ska göra det?" in heard.message.text
    assert "Karl" in heard.message.text
    assert (heard.how, heard.address) == ("thread", Address("vision"))
    assert "feedback-kept" in told.keys
    assert told.to("Karl").letters
    assert talk.differences() == []


def test_feedback_on_a_step_stands_in_the_groups_room(talk: Talk):
    told = talk.privately("Karl", "återkoppla steg 1: Ni är igång.")

    [heard] = told.in_room().letters
    assert heard.how == "note"
    assert "Ni är igång." in heard.message.text
    assert [one["step"] for one in feedback(talk)] == ["ett"]


def test_in_a_thread_it_needs_no_number(talk: Talk):
    talk.says("Karl", "återkoppla: Det här blir bra.", to="1.1")

    assert [one["address"] for one in feedback(talk)] == [["vision", "", ""]]


def test_the_group_may_be_named_in_front(talk: Talk):
    talk.privately("Karl", "återkoppla Arbetsgruppen steg 1: Hej!")

    assert len(feedback(talk)) == 1


def test_only_whoever_follows_the_group_gives_it(talk: Talk):
    for who in ("Ada", "Bo", "Pia"):
        told = talk.privately(who, "återkoppla 1.1: Så här tycker jag")
        assert "only-coach" in told.keys, who
        assert talk.draft(who, room=private(who)) == "Så här tycker jag"
    talk.privately("Nils", "återkoppla 1.1: Hej")

    assert feedback(talk) == []


def test_without_words_the_words_are_asked_for(talk: Talk):
    talk.privately("Karl", "återkoppla 1.1")
    told = talk.privately("Karl", "Tänk på vården också.")

    assert "Tänk på vården också." in told.in_room().text


def test_a_coach_who_reads_the_answers_gets_a_button(talk: Talk):
    talk.says("Bo", "Vi vill mer", to="1.1")
    shown = talk.privately("Karl", "visa svar 1.1")
    talk.presses("Karl", shown.button("feedback"), in_private=True)
    told = talk.privately("Karl", "Mer av vad?")

    assert "Mer av vad?" in told.in_room().text
    assert "feedback" not in talk.privately("Bo", "visa svar 1.1").actions


@pytest.mark.parametrize("words", ["återkoppla", "återkoppla steg 9: Hej", "återkoppla 9.9: Hej"])
def test_what_it_is_about_has_to_be_there(talk: Talk, words: str):
    told = talk.privately("Karl", words)

    assert {"feedback-how", "name-the-step", "number-unknown"} & told.keys
    assert feedback(talk) == []


def test_it_stands_in_the_history_and_in_the_export(talk: Talk):
    talk.says("Ada", "fastställ 1.1: Mer samarbete")
    talk.privately("Karl", "återkoppla 1.1: Med vilka?")
    talk.privately("Karl", "återkoppla steg 1: Bra tempo.")

    assert "Med vilka?" in talk.privately("Bo", "historik 1.1").text
    handed = export(
        talk.journey().id, uow=talk.uow(), shelf=talk.shelf, book=talk.book, clock=talk.clock, language="sv"
    )
    [step, *_] = json.loads(handed.json)["steps"]
    [question] = [one for one in step["questions"] if one["number"] == "1.1"]
    assert [one["text"] for one in question["feedback"]] == ["Med vilka?"]
    assert [(one["by"]["name"], one["text"]) for one in step["feedback"]] == [("Karl", "Bra tempo.")]
    assert "> Med vilka?" in handed.markdown
    assert "> Bra tempo." in handed.markdown


def test_it_moves_nothing_and_is_noted_without_words(talk: Talk):
    before = talk.put()
    talk.privately("Karl", "återkoppla 1.1: Ordagrant")

    assert talk.put() == before
    assert talk.item("1.1").status == "open"
    [note] = talk.rows("select * from audit where kind = 'feedback-given'")
    assert "Ordagrant" not in repr(note)


def test_a_paused_group_gets_it_too(talk: Talk):
    talk.says("Ada", "pausa")

    assert "Ta den tid" in talk.privately("Karl", "återkoppla steg 1: Ta den tid ni behöver").in_room().text


def test_the_pulse_says_who_was_heard_and_where_feedback_was_given(talk: Talk):
    first = talk.clock.day
    talk.says("Bo", "Vi vill mer", to="1.1")
    talk.clock.day += timedelta(days=3)
    talk.says("Ada", "för Cia 1.1: Mer av allt")
    talk.privately("Karl", "återkoppla 1.1: Bra")

    journey = talk.journey()
    heard = {journey.roster.name(person): day for person, day in journey.pulse.heard.items()}
    assert heard == {"Bo": first, "Ada": talk.clock.day, "Cia": talk.clock.day, "Karl": talk.clock.day}
    assert journey.pulse.fed_back == {"ett": talk.clock.day}
    assert talk.differences() == []


def test_a_round_that_ran_out_is_remembered_until_somebody_takes_it_up(talk: Talk):
    answer_until(talk, "1.4")
    talk.says("Bo", "Vi gör det", to="1.4")
    talk.says("Ada", f"samtycke 1.4 till {talk.clock.day + timedelta(days=2)}")
    talk.clock.day += timedelta(days=3)
    talk.desk.tick()
    assert talk.journey().pulse.lapsed == (Address("samtycke").key,)
    assert talk.differences() == []

    talk.says("Ada", "samtycke 1.4")
    assert talk.journey().pulse.lapsed == ()
    assert talk.differences() == []


def test_a_coach_who_reads_what_members_have_put_in_leaves_a_note(talk: Talk):
    talk.says("Bo", "Vi vill mer", to="1.1")
    talk.privately("Cia", "visa svar 1.1")
    assert talk.rows("select * from audit where kind = 'answers-read'") == []

    talk.privately("Karl", "visa svar 1.1")
    [note] = talk.rows("select * from audit where kind = 'answers-read'")
    assert "Vi vill mer" not in repr(note)
