"""In a workplace's channel, answers stand in threads, and talk that isn't put to the coach is left alone."""

from pathlib import Path

import pytest

from dialogs.incoming import Attached, Said
from storage import schema
from tests.conversation.talk import CHANNEL, answer_until, begin
from tests.conversation.workplace import Workplace, aside_to
from tests.conversation.yearly import MEETING, OPENS, STOP, a_yearly


def test_an_answer_stands_under_what_was_said(work: Workplace):
    told = work.mentions("Bo", "läget", message="m-bo")
    assert [letter.thread for letter in told.letters] == ["m-bo"]


def test_an_answer_in_a_thread_stands_in_that_thread(work: Workplace):
    told = work.mentions("Bo", "läget", thread="m-old", message="m-bo")
    assert [letter.thread for letter in told.letters] == ["m-old"]


def test_in_private_there_are_no_threads(work: Workplace):
    told = work.privately("Bo", "läget")
    assert [letter.thread for letter in told.letters] == [""]


def test_the_answer_to_a_slash_command_is_for_the_speaker_alone(work: Workplace):
    told = work.commands("Bo", "läget")
    assert [(letter.room.external, letter.aside) for letter in told.letters] == [(CHANNEL, True)]
    assert work.member("Bo").person.id == told.letters[0].person


def test_what_concerns_the_group_is_never_said_aside(work: Workplace):
    told = work.commands("Ada", "ny person: Dan, grupp")
    assert "person-added" in told.keys
    assert aside_to(told) == []


def test_a_beginning_by_slash_command_is_told_the_channel(new_work: Workplace):
    form = new_work.form_for("Ada", "starta")
    told = new_work.hands_in("Ada", form, organisation="Kommunen", group="Gruppen")
    begun = told.in_room()
    assert "journey-begun" in told.keys
    assert {(letter.aside, letter.thread) for letter in begun.letters} == {(False, "")}


def test_a_question_is_put_in_no_thread_so_that_it_can_begin_one(work: Workplace):
    told = work.mentions("Bo", "frågor", message="m-bo")
    assert [(letter.how, letter.thread) for letter in told.letters] == [("question", "")]


def test_a_question_shown_aside_does_not_become_the_groups(work: Workplace):
    before = dict(work.posted)
    told = work.commands("Bo", "fråga 1.1")
    assert [(letter.how, letter.aside) for letter in told.letters] == [("note", True)]
    assert work.posted == before


def test_plain_words_in_a_questions_thread_answer_it(work: Workplace):
    assert work.hears("Bo", "lära", thread=work.posted["1.1"])
    told = work.says("Bo", "lära", to="1.1")
    assert work.said_on("1.1") == ["lära"]
    assert {letter.thread for letter in told.letters if letter.how == "note"} == {work.posted["1.1"]}


def test_talk_in_another_thread_is_left_alone(work: Workplace):
    assert not work.hears("Bo", "ska vi äta lunch?", thread="m-lunch")
    told = work.replies("Bo", "ska vi äta lunch?", "m-lunch")
    assert told.letters == []
    assert work.draft("Bo") == ""


def test_a_stranger_who_talks_among_others_is_nobody(work: Workplace):
    work.replies("Nils", "ska vi äta lunch?", "m-lunch")
    assert work.rows("select count(*) from person where name = 'Nils'") == [(0,)]


def test_the_thread_under_an_answer_of_ones_own_is_talk_again(work: Workplace):
    work.mentions("Bo", "1.1: lära", message="m-bo")
    assert not work.hears("Cia", "bra sagt!", thread="m-bo")


def test_a_form_is_filled_in_by_words_in_its_own_thread(work: Workplace):
    work.mentions("Bo", "lägg till idé: Kurs", message="m-form")
    assert work.hears("Bo", "2027-03-15", thread="m-form")
    work.replies("Bo", "2027-03-15", "m-form")
    work.replies("Bo", "-", "m-form")
    assert [record.fields["dag"] for record in work.journey().records_in("ideer")] == ["2027-03-15"]


def test_a_form_is_filled_in_by_its_speaker_alone_and_nowhere_else(work: Workplace):
    work.mentions("Bo", "lägg till idé: Kurs", message="m-form")
    assert not work.hears("Cia", "2027-03-15", thread="m-form")
    assert not work.hears("Bo", "ska vi äta lunch?", thread="m-lunch")


def test_a_half_filled_form_does_not_swallow_an_answer_in_a_questions_thread(work: Workplace):
    work.mentions("Bo", "lägg till idé: Kurs", message="m-form")
    work.says("Bo", "lära", to="1.1")
    assert work.said_on("1.1") == ["lära"]


def test_an_edited_message_changes_the_answer_and_is_told_under_the_question(work: Workplace):
    work.replies("Bo", "lära", work.posted["1.1"], message="m-answer")
    assert work.hears_edit("Bo", "m-answer")
    assert not work.hears_edit("Bo", "m-lunch")
    told = work.edits("Bo", "m-answer", "lära mer")
    assert work.said_on("1.1") == ["lära mer"]
    assert {letter.thread for letter in told.letters if letter.how == "note"} == {work.posted["1.1"]}


@pytest.mark.parametrize("said", ["👍", ":thumbsup:", ":+1: :tada:", "!!", "…"])
def test_what_has_no_words_is_no_answer(work: Workplace, said: str):
    assert "no-words" in work.says("Bo", said, to="1.1").keys
    assert work.said_on("1.1") == []


def test_words_beside_an_emoji_are_an_answer(work: Workplace):
    work.says("Bo", "lära :tada:", to="1.1")
    assert work.said_on("1.1") == ["lära :tada:"]


@pytest.mark.parametrize("said", ["Tack!", "tack så mycket", "Thanks."])
def test_thanks_are_no_answer_and_no_command_with_a_slip(work: Workplace, said: str):
    assert work.says("Bo", said, to="1.1").letters == []  # people thank each other there
    assert "you-are-welcome" in work.mentions("Bo", said).keys
    assert "you-are-welcome" in work.privately("Bo", said).keys
    assert work.said_on("1.1") == []
    work.replies("Bo", said, work.posted["1.1"], attached=(PLAN,))
    assert PLAN.url in str(work.said_on("1.1"))


# --- files and links ---

PLAN = Attached("plan.pdf", "https://filer.example/plan.pdf")


def test_a_file_in_an_answer_is_kept_as_a_link_and_said_so(work: Workplace):
    told = work.replies("Bo", "se planen", work.posted["1.1"], attached=(PLAN,))
    assert work.said_on("1.1") == ["se planen\nplan.pdf: https://filer.example/plan.pdf"]
    assert "file-kept" in told.keys


def test_a_reply_of_only_a_file_is_asked_for_a_sentence_and_kept_with_it(work: Workplace):
    told = work.replies("Bo", "", work.posted["1.1"], attached=(PLAN,))
    assert "file-needs-words" in told.keys
    assert work.said_on("1.1") == []
    told = work.says("Bo", "här är planen", to="1.1")
    assert work.said_on("1.1") == ["här är planen\nplan.pdf: https://filer.example/plan.pdf"]
    assert "file-kept" in told.keys


def test_the_sentence_may_be_written_into_the_very_message_that_holds_the_file(work: Workplace):
    work.replies("Bo", "", work.posted["1.1"], message="m-file", attached=(PLAN,))
    assert work.hears_edit("Bo", "m-file")

    assert "file-kept" in work.edits("Bo", "m-file", "här är planen").keys
    work.edits("Bo", "m-file", "här är vår plan", attached=(PLAN,))

    assert work.said_on("1.1") == [f"här är vår plan\nplan.pdf: {PLAN.url}"]


def test_a_file_that_is_attached_anew_with_its_sentence_is_kept_once(work: Workplace):
    for _ in range(2):
        work.replies("Bo", "", work.posted["1.1"], attached=(PLAN,))
    work.replies("Bo", "här är planen", work.posted["1.1"], attached=(PLAN,))
    assert work.said_on("1.1") == [f"här är planen\nplan.pdf: {PLAN.url}"]


def test_files_that_come_one_by_one_wait_together_and_one_that_is_deleted_is_forgotten(work: Workplace):
    map_of = Attached("karta.png", "https://filer.example/karta.png")
    for message, file in (("m1", PLAN), ("m2", map_of)):
        work.replies("Bo", "", work.posted["1.1"], message=message, attached=(file,))
    work.says("Bo", "båda hör ihop", to="1.1")
    assert all(one.url in str(work.said_on("1.1")) for one in (PLAN, map_of))

    work.replies("Cia", "", work.posted["1.1"], message="m3", attached=(PLAN,))
    work.deletes("Cia", "m3")
    work.says("Cia", "vi vill mer", to="1.1")
    assert work.said_on("1.1")[1:] == ["vi vill mer"]


def test_an_answer_that_has_no_room_for_a_link_says_so(work: Workplace):
    answer_until(work, "1.2")
    told = work.replies("Bo", "40", work.posted["1.2"], attached=(PLAN,))
    assert work.item("1.2").value == 40
    assert "file-not-held" in told.keys


def test_a_file_never_comes_along_in_an_anonymous_answer(work: Workplace):
    answer_until(work, "1.7")
    told = work._take("Bo", _said_with_file("hemligt"), "privat:bo", is_private=True)
    assert [one.value for one in work.item("1.7").contributions] == ["hemligt"]
    assert "file-anonymous" in told.keys
    assert all(PLAN.url not in row for rows in work.everything().values() for row in rows)


def _said_with_file(text: str) -> Said:

    return Said(text, "m-secret", attached=(PLAN,))


def test_under_a_checkpoints_message_what_names_its_number_is_heard_and_talk_is_left_alone(tmp_path: Path):
    schema.upgrade(f"sqlite:///{tmp_path / 'year.db'}")
    work = Workplace(tmp_path / "year.db")
    with work.uow() as uow:
        uow.packs.put(a_yearly(), "summa", by="test", at=work.clock.now())
        uow.commit()
    for who in ("Ada", "Bo", "Cia"):
        work.privately(who, "hjälp")
    begin(work)
    work.says("Ada", "1.1: Kommunstyrelsen")
    work.says("Ada", f"sammanträde Kommunstyrelsen: {MEETING}, stopp {STOP}")
    work.clock.day = OPENS
    work.desk.tick()
    work.hear()
    opening = work.posted["H1"]

    assert work.replies("Cia", "Vi ses vid fikat.", opening).letters == []
    assert work.replies("Bo", "H1.1.2: Två utbyten.", opening).letters
    assert "Två utbyten." in work.replies("Ada", "visa årsplanen", opening).text
    work.close()


# --- what is decided apart from the group ---


@pytest.mark.parametrize("apart", ["privately", "commands"])
def test_whoever_decides_apart_from_the_group_is_told_that_it_is_done(work: Workplace, apart: str):
    act = getattr(work, apart)
    for line in (
        "samtycke 1.1: vi reser",
        "avsluta rundan 1.1",
        "fastställ 1.1: vi lär",
        "öppna igen 1.1: nytt läge",
    ):
        told = act("Ada", line)
        assert "told-the-group" in told.keys, line
    assert (
        "told-the-group" not in act("Ada", "fastställ 1.1").keys
    )  # there is nothing to settle: that is told
    assert "told-the-group" not in act("Bo", "1.1: vi möts").keys  # there is a receipt


def test_whoever_decides_before_the_group_is_not_told_again(work: Workplace):
    assert "told-the-group" not in work.mentions("Ada", "fastställ 1.1: vi lär").keys
