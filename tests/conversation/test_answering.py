"""Answers find their question: by thread, button, number or in private; what can't be placed is kept and asked about."""

import pytest

from tests.conversation.talk import Talk, answer_until, private


def test_a_reply_in_the_questions_thread_answers_it(talk: Talk):
    talk.says("Bo", "vi vill lära", to="1.1")
    assert talk.said_on("1.1") == ["vi vill lära"]


def test_words_beside_every_thread_with_one_question_open_are_kept_and_asked_about(talk: Talk):
    told = talk.says("Bo", "vi vill lära")
    assert talk.said_on("1.1") == []
    assert talk.draft("Bo") == "vi vill lära"
    assert "kept-answer" in told.actions


def test_with_several_questions_open_every_one_is_offered(talk: Talk):
    talk.says("Ada", "nästa")
    told = talk.says("Bo", "tolv eller så")
    offered = [button.label.split(" ")[0] for button in told.buttons if button.press.action == "kept-answer"]
    assert offered == ["1.1", "1.2"]


def test_kept_words_are_placed_where_one_says(talk: Talk):
    talk.says("Ada", "nästa")
    told = talk.says("Bo", "vi vill lära")
    [button] = [one for one in told.buttons if one.label.startswith("1.1")]
    talk.presses("Bo", button)
    assert talk.said_on("1.1") == ["vi vill lära"]
    assert talk.draft("Bo") == ""


def test_kept_words_can_be_dropped(talk: Talk):
    told = talk.says("Bo", "inget särskilt")
    talk.presses("Bo", told.button("drop-kept"))
    assert talk.draft("Bo") == ""
    assert talk.said_on("1.1") == []


def test_nobody_places_somebody_elses_words(talk: Talk):
    told = talk.says("Bo", "vi vill lära")
    talk.presses("Cia", told.button("kept-answer"))
    assert talk.said_on("1.1") == []
    assert talk.draft("Bo") == "vi vill lära"


def test_a_number_says_which_question(talk: Talk):
    talk.says("Bo", "1.1: med nummer")
    talk.says("Cia", "1.2: 40")
    assert talk.said_on("1.1") == ["med nummer"]
    assert talk.item("1.2").value == 40


def test_a_number_that_no_question_has_is_told_and_the_words_are_kept(talk: Talk):
    assert "number-unknown" in talk.says("Bo", "9.9: någonting").keys
    assert talk.draft("Bo") == "9.9: någonting"


def test_a_decimal_number_in_a_thread_is_the_answer(talk: Talk):
    talk.says("Ada", "hoppa över 1.1: inte nu")
    talk.says("Bo", "2.5", to="1.2")
    assert talk.item("1.2").value == 2.5


def test_a_command_in_a_thread_is_about_its_question(talk: Talk):
    talk.says("Ada", "nästa")
    talk.says("Ada", "fastställ: Så blir det", to="1.1")
    assert talk.item("1.1").value == "Så blir det"


def test_a_slip_is_asked_about_and_nothing_is_done(talk: Talk):
    told = talk.says("Ada", "hoppa övr", to="1.1")
    assert talk.item("1.1").status == "open"
    talk.presses("Ada", told.button("kept-answer"))
    assert talk.said_on("1.1") == ["hoppa övr"]


def test_a_suggested_command_is_run_when_it_was_meant(talk: Talk):
    told = talk.says("Ada", "nästaa")
    talk.presses("Ada", told.button("command"))
    assert talk.put() == ["1.1", "1.2"]


def test_a_button_answers_its_question(talk: Talk):
    answer_until(talk, "1.3")
    told = talk.says("Bo", "fråga 1.3")
    talk.presses("Bo", told.button("answer", "nej"))
    talk.presses("Cia", told.button("answer", "ja"))
    assert talk.said_on("1.3") == ["nej", "ja"]


def test_another_press_by_the_same_person_changes_their_answer(talk: Talk):
    answer_until(talk, "1.3")
    told = talk.says("Bo", "fråga 1.3")
    talk.presses("Bo", told.button("answer", "nej"))
    talk.presses("Bo", told.button("answer", "ja"))
    assert talk.said_on("1.3") == ["ja"]


@pytest.mark.parametrize("button", ["finns-inte", "", "x" * 500])
def test_a_button_that_nobody_knows_is_told(talk: Talk, button):
    assert "old-button" in talk.presses("Bo", button).keys


def test_a_button_that_has_done_its_work_writes_nothing_more(talk: Talk):
    settle = talk.says("Ada", "lära", to="1.1").button("settle")
    talk.presses("Ada", settle)
    talk.presses("Ada", settle)
    answer = talk.item("1.1").answer
    assert answer is not None
    assert (answer.value, answer.revision) == ("lära", 1)


def test_an_old_button_of_a_fact_that_stands_changes_nothing(talk: Talk):
    answer_until(talk, "1.3")
    old = talk.says("Bo", "fråga 1.3").button("answer", "nej")
    talk.says("Ada", "fastställ 1.3: ja")
    told = talk.presses("Bo", old)
    assert talk.item("1.3").value == "ja"
    assert "receipt-late" in told.keys


def test_the_same_event_takes_effect_once(talk: Talk):
    talk.says("Bo", "en gång", to="1.1", event="samma")
    assert talk.says("Bo", "en gång", to="1.1", event="samma").letters == []
    assert talk.said_on("1.1") == ["en gång"]


def test_editing_the_message_edits_the_answer(talk: Talk):
    talk.says("Bo", "vi vil lära", to="1.1", message="b1")
    talk.edits("Bo", "b1", "vi vill lära")
    assert talk.said_on("1.1") == ["vi vill lära"]
    talk.edits("Bo", "b1", "vi vill lära av andra")
    assert talk.said_on("1.1") == ["vi vill lära av andra"]


def test_editing_the_message_edits_an_answer_that_stood_at_once(talk: Talk):
    talk.says("Ada", "hoppa över 1.1: inte nu")
    talk.says("Bo", "40", to="1.2", message="b1")
    talk.edits("Bo", "b1", "45")
    answer = talk.item("1.2").answer
    assert answer is not None
    assert (answer.value, answer.revision) == (45, 2)


def test_editing_an_old_message_does_not_undo_what_somebody_has_said_since(talk: Talk):
    talk.says("Ada", "hoppa över 1.1: inte nu")
    talk.says("Bo", "40", to="1.2", message="b1")
    talk.says("Cia", "ändra 1.2: 50")

    assert "already-answered" in talk.edits("Bo", "b1", "45").keys

    assert talk.item("1.2").value == 50


def test_editing_an_old_message_gives_nobody_a_second_voice(talk: Talk):
    answer_until(talk, "1.6")
    talk.privately("Bo", "1.6: ett", message="b1")
    talk.privately("Bo", "1.6: två", message="b2")

    assert "already-answered" in talk.edits("Bo", "b1", "1.6: tre", in_private=True).keys
    assert talk.said_on("1.6") == ["två"]

    talk.edits("Bo", "b2", "1.6: tre", in_private=True)

    assert talk.said_on("1.6") == ["tre"]


def test_editing_what_was_written_for_somebody_does_not_stand_beside_what_they_have_said_since(talk: Talk):
    answer_until(talk, "1.3")
    talk.says("Ada", "för Bo 1.3: ja", message="a1")
    talk.says("Bo", "1.3: nej")

    talk.edits("Ada", "a1", "kanske")

    assert talk.said_on("1.3") == ["nej"]


def test_editing_a_message_whose_answer_was_taken_back_answers_again(talk: Talk):
    answer_until(talk, "1.6")
    talk.privately("Bo", "1.6: ett", message="b1")
    talk.privately("Bo", "ta tillbaka 1.6")

    talk.edits("Bo", "b1", "1.6: två", in_private=True)

    assert talk.said_on("1.6") == ["två"]


def test_an_edit_after_the_answer_was_settled_is_kept_and_told_to_the_leader(talk: Talk):
    talk.says("Bo", "ett", to="1.1", message="b1")
    talk.says("Ada", "fastställ 1.1")
    told = talk.edits("Bo", "b1", "två")
    assert talk.item("1.1").value == "ett"
    assert "två" in talk.said_on("1.1")
    assert told.to("Ada").letters


def test_deleting_the_message_withdraws_the_answer(talk: Talk):
    talk.says("Bo", "oj", to="1.1", message="b1")
    talk.deletes("Bo", "b1")
    assert talk.item("1.1").contributions == ()


def test_deleting_a_fact_opens_its_question_again(talk: Talk):
    talk.says("Ada", "hoppa över 1.1: inte nu")
    talk.says("Bo", "40", to="1.2", message="b1")
    talk.deletes("Bo", "b1")
    assert talk.put() == ["1.2"]


def test_editing_or_deleting_ordinary_talk_does_nothing(talk: Talk):
    talk.says("Bo", "hjälp")
    before = talk.journey()
    assert talk.edits("Bo", "okänt", "hej").letters == []
    assert talk.deletes("Bo", "okänt").letters == []
    assert talk.journey() == before


def test_an_edit_into_nonsense_keeps_the_answer_as_it_was(talk: Talk):
    talk.says("Ada", "hoppa över 1.1: inte nu")
    talk.says("Bo", "40", to="1.2", message="b1")
    assert "not-a-number" in talk.edits("Bo", "b1", "många").keys
    assert talk.item("1.2").value == 40


# --- in private ---


def test_in_private_plain_text_answers_the_question_that_is_put(talk: Talk):
    told = talk.privately("Bo", "i lugn och ro")
    assert talk.said_on("1.1") == ["i lugn och ro"]
    assert "not-this" in told.to("Bo").actions


def test_a_fact_given_in_private_is_acknowledged_there_with_a_way_back(talk: Talk):
    talk.says("Ada", "hoppa över 1.1: inte nu")
    told = talk.privately("Bo", "40").to("Bo")
    assert talk.item("1.2").value == 40
    talk.presses("Bo", told.button("not-this"), in_private=True)
    assert talk.put() == ["1.2"]


def test_not_this_one_takes_the_words_back_and_asks_which(talk: Talk):
    talk.says("Ada", "nästa")
    told = talk.privately("Bo", "tolv")
    back = talk.presses("Bo", told.button("not-this"), in_private=True)
    assert talk.said_on("1.1") == []
    assert talk.draft("Bo", room=private("Bo")) == "tolv"
    assert "kept-answer" in back.actions


def test_a_receipt_whose_answer_is_gone_says_that_its_button_holds_no_more(talk: Talk):
    told = talk.says("Bo", "lära", to="1.1")
    talk.presses("Bo", told.button("not-this"))

    for who in ("Bo", "Cia"):
        assert "old-button" in talk.presses(who, told.button("not-this")).keys


def test_in_private_the_next_words_go_to_the_next_question(talk: Talk):
    talk.says("Ada", "nästa")
    talk.privately("Bo", "till den första")
    talk.privately("Bo", "12")
    assert (talk.said_on("1.1"), talk.item("1.2").value) == (["till den första"], 12)


def test_with_nothing_left_to_answer_the_words_are_kept(talk: Talk):
    talk.privately("Bo", "mitt svar")
    talk.privately("Bo", "och en sak till")
    assert talk.said_on("1.1") == ["mitt svar"]
    assert talk.draft("Bo", room=private("Bo")) == "och en sak till"


# --- for somebody else ---


def test_one_writes_for_somebody_who_can_take_it_back(talk: Talk):
    talk.privately("Cia", "hjälp")
    told = talk.says("Ada", "för Cia 1.1: hon vill resa").to("Cia")
    [kept] = talk.item("1.1").contributions
    assert (kept.by, kept.entered_by) == (talk.member("Cia").person.id, talk.member("Ada").person.id)

    talk.presses("Cia", told.button("withdraw"), in_private=True)

    assert talk.item("1.1").contributions == ()


def test_writing_for_somebody_unknown_is_told_and_the_words_are_kept(talk: Talk):
    assert "person-unknown" in talk.says("Ada", "för Nils 1.1: han vill resa").keys
    assert "han vill resa" in talk.draft("Ada")
    assert talk.said_on("1.1") == []


def test_whoever_was_written_for_hears_of_it_when_they_first_come(talk: Talk):
    talk.says("Ada", "för Cia 1.1: hon vill resa")
    assert "hon vill resa" in talk.privately("Cia", "hjälp").to("Cia").text


# --- bad input ---


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("a" * 20_001, "text-too-long"),
        ("före\x1b[31mefter", "control-characters"),
        ("\x00", "control-characters"),
        ("   ", "empty-text"),
        ("", "empty-text"),
    ],
)
def test_a_text_that_cannot_be_taken_is_told_and_nothing_is_written(talk: Talk, said, key):
    before = talk.journey()
    assert key in talk.says("Bo", said, to="1.1").keys
    assert talk.journey() == before


def test_a_text_that_is_too_long_is_kept_whole(talk: Talk):
    talk.says("Bo", "a" * 20_001, to="1.1")
    assert talk.draft("Bo") == "a" * 20_001


def test_the_longest_text_is_taken(talk: Talk):
    talk.says("Bo", "a" * 20_000, to="1.1")
    assert talk.said_on("1.1") == ["a" * 20_000]


def test_what_cannot_be_read_is_kept_as_a_draft(talk: Talk):
    talk.says("Ada", "hoppa över 1.1: inte nu")
    assert "not-a-number" in talk.says("Bo", "ganska många", to="1.2").keys
    assert talk.draft("Bo") == "ganska många"
    assert "ganska många" in talk.says("Bo", "mitt utkast").text


def test_somebody_who_is_no_member_is_told_how_to_become_one(talk: Talk):
    assert "not-a-member" in talk.says("Nils", "jag med", to="1.1").keys
    assert talk.said_on("1.1") == []


def test_whoever_comes_from_outside_gives_feedback_where_asked_and_nowhere_else(talk: Talk):
    assert "not-yours-to-answer" in talk.says("Karl", "gör så här", to="1.1").keys
    talk.says("Karl", "1.11: bra jobbat")
    assert talk.said_on("1.1") == []
    assert talk.said_on("1.11") == ["bra jobbat"]


def test_a_fact_that_stands_is_offered_to_be_changed(talk: Talk):
    talk.says("Bo", "1.2: 40")
    told = talk.says("Cia", "1.2: 45")
    assert "already-answered" in told.keys
    assert talk.item("1.2").value == 40

    talk.says("Cia", "ändra 1.2: 45, skäl: vi räknade om")

    answer = talk.item("1.2").answer
    assert answer is not None
    assert (answer.value, answer.revision, answer.why) == (45, 2, "vi räknade om")


def test_marks_in_what_people_write_stay_text(talk: Talk):
    said = "*fet* <!channel> [x](javascript:1) {name}"
    talk.says("Bo", said, to="1.1")
    told = talk.says("Ada", "fastställ 1.1")
    assert said in told.text
