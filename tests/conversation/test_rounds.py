"""A consent round in the conversation: who has a voice, how it ends, its last day, and what an objection does."""

from datetime import date, timedelta

import pytest

from dialogs.flows.advance import day_came
from tests.conversation.talk import Talk, Told, answer_until, begin


def a_round(talk: Talk, rest: str = "") -> None:
    answer_until(talk, "1.4")
    talk.says("Bo", "vi gör så", to="1.4")
    talk.says("Ada", f"samtycke 1.4{rest}")


def test_a_round_is_a_new_message_with_four_voices(talk: Talk):
    answer_until(talk, "1.4")
    talk.says("Bo", "vi gör så", to="1.4")
    told = talk.says("Ada", "samtycke 1.4")
    assert {"agree", "concern", "object", "abstain"} <= set(told.actions)
    assert "thread" in [letter.how for letter in told.letters]
    assert talk.item("1.4").status == "consent"


def test_the_group_consents_and_the_answer_stands_with_its_concern(talk: Talk):
    a_round(talk)
    talk.says("Ada", "jag samtycker 1.4")
    talk.says("Bo", "farhåga 1.4: tiden räcker inte")
    talk.says("Cia", "avstår 1.4")
    talk.says("Pia", "samtycker 1.4")
    answer = talk.item("1.4").answer
    assert answer is not None
    assert (answer.value, answer.how) == ("vi gör så", "consent")
    assert [(one.stance, one.reason) for one in answer.dissent] == [("concern", "tiden räcker inte")]


def test_an_objection_by_a_button_is_asked_for_its_reason(talk: Talk):
    a_round(talk)
    told = talk.says("Bo", "fråga 1.4")
    talk.presses("Bo", told.button("object"))
    round = talk.item("1.4").round
    assert round is not None
    assert round.voices == ()

    talk.says("Bo", "för dyrt")

    round = talk.item("1.4").round
    assert round is not None
    assert [(one.stance, one.reason) for one in round.voices] == [("object", "för dyrt")]


@pytest.mark.parametrize("words", ["ja", "nej", "samtycker inte", "jag håller inte med", "I don't agree"])
def test_words_in_a_rounds_thread_are_no_voice_and_it_is_said(talk: Talk, words):
    a_round(talk)

    told = talk.says("Cia", words, to="1.4")

    round = talk.item("1.4").round
    assert round is not None
    assert round.voices == ()
    assert "contributed-in-round" in told.keys
    assert "progress" not in told.keys
    talk.presses("Cia", told.button("agree"))
    round = talk.item("1.4").round
    assert round is not None
    assert len(round.voices) == 1


def test_whoever_has_no_voice_is_told(talk: Talk):
    a_round(talk)
    assert "no-voice" in talk.says("Karl", "jag samtycker 1.4").keys


@pytest.mark.parametrize("how", ["ta bort person: Cia", "ta bort roll: Cia, grupp"])
def test_a_round_ends_when_the_last_who_was_waited_for_leaves(talk: Talk, how):
    a_round(talk)
    for who in ("Ada", "Bo", "Pia"):
        talk.says(who, "jag samtycker 1.4")

    told = talk.says("Ada", how)

    assert talk.item("1.4").status == "settled"
    assert "round-ratified" in told.keys
    assert talk.differences() == []


def test_a_round_goes_on_while_others_are_waited_for(talk: Talk):
    a_round(talk)
    talk.says("Pia", "jag samtycker 1.4")
    talk.says("Ada", "ta bort person: Cia")
    talk.says("Ada", "ta bort person: Pia")
    assert talk.item("1.4").in_round
    assert "1 av 3" in talk.says("Bo", "fråga 1.4").text  # Ada and Bo are waited for


def test_those_who_are_left_are_enough_for_a_round(talk: Talk):
    a_round(talk)  # three of four need to speak
    talk.says("Ada", "ta bort person: Cia")
    talk.says("Ada", "ta bort person: Pia")
    for who in ("Ada", "Bo"):
        talk.says(who, "jag samtycker 1.4")
    assert (talk.item("1.4").status, talk.item("1.4").value) == ("settled", "vi gör så")


def test_one_of_two_who_are_left_is_not_enough(talk: Talk):
    a_round(talk)
    talk.says("Ada", "ta bort person: Cia")
    talk.says("Ada", "ta bort person: Pia")
    talk.says("Ada", "jag samtycker 1.4")
    assert "round-no-quorum" in talk.says("Ada", "avsluta rundan 1.4").keys


def test_a_round_stands_while_the_group_pauses(talk: Talk):
    a_round(talk)
    for who in ("Ada", "Bo", "Pia"):
        talk.says(who, "jag samtycker 1.4")
    talk.says("Ada", "pausa")
    talk.says("Ada", "ta bort person: Cia")
    assert talk.item("1.4").in_round


def test_what_each_answers_is_collected_when_the_last_who_was_waited_for_leaves(talk: Talk):
    answer_until(talk, "1.6")
    for who in ("Ada", "Bo"):
        talk.says(who, "mitt svar", to="1.6")

    talk.says("Ada", "ta bort person: Cia")

    assert (talk.item("1.6").status, talk.item("1.6").value) == ("settled", 2)
    assert talk.put() == ["1.7"]
    assert talk.differences() == []


def test_what_was_opened_again_stays_open_whoever_leaves(talk: Talk):
    answer_until(talk, "1.6")
    for who in ("Ada", "Bo", "Cia"):
        talk.says(who, "mitt svar", to="1.6")
    talk.says("Ada", "öppna igen 1.6: fler vill ändra sig")

    talk.says("Ada", "ta bort person: Cia")

    assert not talk.item("1.6").done


def test_despite_an_objection_the_leader_settles_with_a_reason_and_it_is_kept(talk: Talk):
    a_round(talk)
    talk.says("Bo", "invänder 1.4: för dyrt")
    for who in ("Ada", "Cia", "Pia"):
        told = talk.says(who, "jag samtycker 1.4")
    talk.presses("Ada", told.button("despite"))
    talk.says("Ada", "lagen kräver det")
    answer = talk.item("1.4").answer
    assert answer is not None
    assert (answer.how, answer.why) == ("despite-objection", "lagen kräver det")
    assert [one.reason for one in answer.dissent] == ["för dyrt"]


def an_objection(talk: Talk) -> Told:
    """Bo objects to what 1.1 was to be, a text that whoever leads may settle; Ada is told."""
    talk.says("Ada", "samtycke 1.1: vi reser")
    talk.says("Bo", "invänder 1.1: för dyrt")
    for who in ("Ada", "Cia", "Pia"):
        told = talk.says(who, "jag samtycker 1.1")
    return told


@pytest.mark.parametrize("line", ["fastställ 1.1", "fastställ 1.1: vi reser"])
def test_what_was_objected_to_is_not_settled_as_if_nobody_had(talk: Talk, line: str):
    talk.says("Bo", "vi reser", to="1.1")
    an_objection(talk)
    assert "objected-to" in talk.says("Ada", line).keys
    assert not talk.item("1.1").done

    talk.says("Ada", "fastställ 1.1: vi möts på nätet")

    answer = talk.item("1.1").answer
    assert answer is not None
    assert (answer.value, answer.how) == ("vi möts på nätet", "leader")


def test_an_old_button_to_settle_all_the_same_says_that_it_is_settled(talk: Talk):
    told = an_objection(talk)
    talk.says("Ada", "fastställ ändå 1.1: lagen kräver det")
    told = talk.presses("Ada", told.button("despite"))
    assert "already-settled" in told.keys
    assert all(one.message.form is None for one in told.letters)


def test_nothing_is_settled_all_the_same_where_nobody_objected(talk: Talk):
    told = talk.says("Ada", "fastställ ändå 1.1")
    assert "no-objection-to-note" in told.keys
    assert all(one.message.form is None for one in told.letters)


def test_an_old_button_to_open_again_says_that_it_is_open(talk: Talk):
    talk.says("Ada", "fastställ 1.1: ett")
    button = talk.says("Bo", "två", to="1.1").button("reopen")
    talk.says("Ada", "öppna igen 1.1: vi tänkte om")
    assert "question-is-open" in talk.presses("Ada", button).keys


def test_the_same_voice_twice_counts_and_is_remembered_once(talk: Talk):
    a_round(talk)
    button = talk.says("Bo", "fråga 1.4").button("agree")
    assert "receipt-voiced" in talk.presses("Bo", button).keys
    assert "voiced-already" in talk.presses("Bo", button).keys
    talk.says("Bo", "farhåga 1.4: tiden räcker inte")
    assert talk.says("Ada", "historik 1.4").text.count("Bo") == 2


def test_a_skipped_question_is_said_to_be_skipped(talk: Talk):
    talk.says("Ada", "hoppa över 1.1: det gäller inte oss")
    assert "already-skipped" in talk.says("Ada", "hoppa över 1.1: hinner inte").keys


@pytest.mark.parametrize("said", ["jag samtycker", "jag invänder: för dyrt", "jag avstår", "avsluta rundan"])
def test_where_no_round_is_open_no_question_is_spoken_of(talk: Talk, said: str):
    told = talk.says("Ada", said)
    assert "no-round-open" in told.keys
    assert "1.1" not in told.text
    assert "no-round-open" in talk.privately("Bo", said).keys
    assert "no-round" in talk.says("Ada", said, to="1.1").keys
    assert ("kept-as-draft" in told.keys) == (":" in said)


def test_a_question_that_is_put_again_says_how_far_the_group_has_come(talk: Talk):
    a_round(talk)
    talk.says("Bo", "jag samtycker 1.4")
    talk.says("Ada", "pausa")
    told = talk.says("Ada", "fortsätt")
    [question] = [one for one in told.letters if one.address and one.address.question == "samtycke"]
    assert {"agree", "object"} <= {button.press.action for button in question.message.buttons}
    assert "vi gör så" in question.message.text


def test_the_last_day_is_looked_at_with_the_next_turn(talk: Talk):
    a_round(talk, ": till 5 september")
    for who in ("Ada", "Bo", "Cia"):
        talk.says(who, "jag samtycker 1.4")
    talk.clock.day += timedelta(days=4)
    talk.says("Karl", "hjälp")
    assert talk.item("1.4").status == "consent"

    talk.clock.day += timedelta(days=1)
    talk.says("Karl", "hjälp")

    assert talk.item("1.4").status == "settled"


def test_the_last_day_is_looked_at_when_the_program_starts(talk: Talk):
    a_round(talk, ": till 5 september")
    talk.clock.day += timedelta(days=5)
    talk.open()
    talk.desk.look_at_the_day()
    told = talk.hear()
    round = talk.item("1.4").round
    assert round is not None
    assert round.closed == "no-quorum"
    assert told.letters


def test_the_last_day_is_looked_at_again_when_it_could_not_be(talk: Talk, monkeypatch):
    a_round(talk, ": till 5 september")
    talk.clock.day += timedelta(days=5)
    with monkeypatch.context() as away:
        away.setattr("bot.desk.look_at_the_day", lambda **ports: {}["the database is away"])
        talk.desk.look_at_a_new_day()
    assert talk.item("1.4").status == "consent"

    talk.desk.look_at_a_new_day()

    assert talk.item("1.4").status != "consent"


def test_a_round_that_cannot_be_closed_keeps_no_other_open(talk: Talk, monkeypatch, caplog):
    a_round(talk, ": till 5 september")
    first = talk.journey()
    begin(talk, room="andra", group="Andra gruppen")
    for line in ("hoppa över 1.1: nej", "hoppa över 1.2: nej", "hoppa över 1.3: nej", "1.4: vi gör så"):
        talk.says("Ada", line, room="andra")
    talk.says("Ada", "samtycke 1.4: till 5 september", room="andra")

    def broken(pack, journey, at):
        return {}["a bug"] if journey.id == first.id else day_came(pack, journey, at)

    monkeypatch.setattr("bot.usecases.look_at_the_day.day_came", broken)
    talk.clock.day += timedelta(days=5)
    talk.desk.look_at_the_day()

    assert "a journey was not looked at" in caplog.text
    with talk.uow() as uow:
        assert {
            journey for journey, _ in uow.journeys.open_rounds([one.id for one in uow.journeys.all()])
        } == {first.id}


def test_a_clock_that_was_ahead_and_set_right_makes_no_round_longer(talk: Talk):
    talk.clock.day += timedelta(days=5)
    talk.says("Karl", "hjälp")
    talk.clock.day -= timedelta(days=5)
    a_round(talk, ": till 5 september")

    talk.clock.day += timedelta(days=5)
    talk.says("Karl", "hjälp")

    assert talk.item("1.4").status != "consent"


def test_a_late_round_is_closed_once(talk: Talk):
    a_round(talk, ": till 5 september")
    talk.clock.day += timedelta(days=5)
    talk.desk.look_at_the_day()
    talk.hear()
    talk.open()
    talk.desk.look_at_the_day()
    assert talk.hear().letters == []


def test_a_late_round_of_somebody_who_left_is_closed_all_the_same(talk: Talk):
    talk.says("Ada", "ersättare: Cia, ledare")
    answer_until(talk, "1.4")
    talk.says("Bo", "vi gör så", to="1.4")
    talk.says("Cia", "samtycke 1.4: till 5 september")
    talk.says("Ada", "ta bort person: Cia")
    talk.clock.day += timedelta(days=5)
    talk.says("Karl", "hjälp")
    assert not talk.item("1.4").in_round


def test_a_late_round_on_an_answer_that_stands_is_closed_too(talk: Talk):
    a_round(talk)
    for who in ("Ada", "Bo", "Cia", "Pia"):
        talk.says(who, "jag samtycker 1.4")
    talk.says("Ada", "samtycke 1.4: ett annat svar")
    talk.says("Ada", "avsluta rundan 1.4")
    talk.says("Ada", "samtycke 1.4: till 5 september")
    talk.clock.day += timedelta(days=5)
    talk.says("Karl", "hjälp")
    assert not talk.item("1.4").in_round
    assert talk.item("1.4").value == "vi gör så"


@pytest.mark.parametrize(
    ("said", "day"),
    [
        (" till fredag", date(2026, 9, 4)),
        (" senast på fredag", date(2026, 9, 4)),
        (" by Friday", date(2026, 9, 4)),
        (" till fredag 4 september", date(2026, 9, 4)),
        (" fredag 4 september", date(2026, 9, 4)),
        (": Senast 3 oktober", date(2026, 10, 3)),
        (" till och med 3 oktober", date(2026, 10, 3)),
        (" t.o.m. 3/10", date(2026, 10, 3)),
        (" till nästa vecka", date(2026, 9, 7)),
    ],
)
def test_a_rounds_last_day_is_said_in_many_ways_and_never_taken_for_the_proposal(talk: Talk, said, day):
    a_round(talk, said)
    round = talk.item("1.4").round
    assert round is not None
    assert (round.value, round.last_day) == ("vi gör så", day)


@pytest.mark.parametrize("said", ["fredag", "Till sommaren är vi klara"])
def test_what_is_no_last_day_is_proposed(talk: Talk, said):
    a_round(talk, f": {said}")
    round = talk.item("1.4").round
    assert round is not None
    assert (round.value, round.last_day) == (said, None)


def test_a_last_day_that_has_been_is_told(talk: Talk):
    answer_until(talk, "1.4")
    talk.says("Bo", "vi gör så", to="1.4")
    assert "day-has-been" in talk.says("Ada", "samtycke 1.4: 2026-08-31").keys
    assert not talk.item("1.4").in_round


@pytest.mark.parametrize(
    ("said", "last"), [("till fredag", date(2026, 9, 4)), ("1.4 till nästa vecka", date(2026, 9, 7)), ("by 15 September", date(2026, 9, 15))]
)  # fmt: skip
def test_the_last_day_of_a_round_is_said_as_people_say_it(talk: Talk, said: str, last: date):
    answer_until(talk, "1.4")
    talk.says("Bo", "vi gör så", to="1.4")

    talk.says("Ada", f"samtycke {said}", to="1.4")

    [round] = [talk.item("1.4").round]
    assert round is not None
    assert (round.value, round.last_day) == ("vi gör så", last)


@pytest.mark.parametrize(
    "said", ["1.4 till 31 februari", "till 31 februari", "1.4: by midsummer", "1.4: senast 2030"]
)
def test_what_is_no_day_becomes_no_proposal(talk: Talk, said: str):
    answer_until(talk, "1.4")
    talk.says("Bo", "vi gör så", to="1.4")

    told = talk.says("Ada", f"samtycke {said}", to="1.4")

    assert "not-a-date" in told.keys
    assert not talk.item("1.4").in_round
    assert talk.said_on("1.4") == ["vi gör så"]
