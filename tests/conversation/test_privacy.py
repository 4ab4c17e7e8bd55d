"""Who sees what: leader and coach alone, and anonymous answers that nobody can be tied to, in any table."""

import re
from typing import Literal

import pytest

from dialogs.incoming import Incoming, Said
from tests.conversation.talk import Talk, answer_until, private

CODE = re.compile(r"[A-Z0-9]{4}-[A-Z0-9]{4}")


# --- for whoever leads and the coach ---


@pytest.fixture
def told_in_private(talk: Talk) -> Talk:
    answer_until(talk, "1.6")
    talk.privately("Bo", "mellan oss")
    return talk


def test_a_private_question_is_put_to_each_in_private_and_says_who_sees_it(talk: Talk):
    for who in ("Ada", "Bo", "Cia"):
        talk.privately(who, "hjälp")
    answer_until(talk, "1.5.2")
    told = talk.says("Ada", "hoppa över 1.5.2: inte nu")
    for who in ("Ada", "Bo", "Cia"):
        assert [letter.address.question for letter in told.to(who).letters if letter.address] == ["privat"]
    assert "seen-leader-and-coach" in told.keys


@pytest.mark.parametrize(("who", "sees"), [("Ada", True), ("Karl", True), ("Cia", False), ("Pia", False)])
def test_only_whoever_leads_and_the_coach_read_it(told_in_private: Talk, who, sees):
    told = told_in_private.privately(who, "visa svar 1.6")
    assert ("mellan oss" in told.text) is sees


def test_one_reads_ones_own(told_in_private: Talk):
    assert "mellan oss" in told_in_private.privately("Bo", "visa svar 1.6").text


def test_asked_for_in_the_channel_it_is_told_in_private(told_in_private: Talk):
    told = told_in_private.says("Ada", "visa svar 1.6")
    assert "mellan oss" not in told.in_room().text
    assert "mellan oss" in told.to("Ada").text


def test_reading_it_leaves_a_note_without_any_words(told_in_private: Talk):
    def notes():
        return told_in_private.rows("select * from audit where kind = 'private-answers-read'")

    told_in_private.privately("Cia", "visa svar 1.6")
    assert len(notes()) == 0
    told_in_private.privately("Karl", "visa svar 1.6")
    assert len(notes()) == 1
    assert "mellan oss" not in repr(notes())


def test_it_stands_in_nothing_that_the_group_reads(told_in_private: Talk):
    talk = told_in_private
    for who in ("Ada", "Cia"):
        talk.privately(who, f"hemligt av {who}")
    for line in ("läget", "fråga 1.6", "historik 1.6", "steg 1"):
        told = talk.says("Cia", line).text
        assert "mellan oss" not in told, line
        assert "hemligt av Ada" not in told, line
    for told in talk.seen:
        assert "mellan oss" not in told.in_room().text
    talk.says("Ada", "ny person: Nils, grupp")
    assert "mellan oss" not in talk.says("Nils", "hjälp").text


def test_the_history_shows_no_private_words_to_others(told_in_private: Talk):
    told_in_private.says("Ada", "fastställ 1.6")
    assert "mellan oss" not in told_in_private.privately("Cia", "historik 1.6").text


def test_a_private_answer_written_in_the_channel_is_not_repeated_there(talk: Talk):
    answer_until(talk, "1.6")
    told = talk.says("Bo", "oj, i kanalen", to="1.6")
    assert "oj, i kanalen" not in told.in_room().text


# --- anonymous ---

WORDS = {"Ada": "alfa kommer sällan", "Bo": "beta är för dyrt", "Cia": "gamma tar för lång tid"}


def anonymous(talk: Talk, *who: str) -> dict[str, str]:
    """Let them answer anonymously; return everybody's code."""
    answer_until(talk, "1.7")
    codes = {}
    for one in who:
        told = talk.privately(one, WORDS[one]).to(one)
        codes[one] = CODE.findall(told.text)[-1]
    return codes


def test_it_is_answered_in_private_only_and_the_words_are_kept_nowhere(talk: Talk):
    answer_until(talk, "1.7")
    assert "answer-in-private" in talk.says("Bo", WORDS["Bo"], to="1.7").keys
    assert talk.item("1.7").contributions == ()
    assert not [table for table, rows in talk.everything().items() if WORDS["Bo"] in "".join(rows)]


@pytest.mark.parametrize("number", ["1.6", "1.7"])
def test_nobody_answers_for_somebody_else_what_is_told_in_private(talk: Talk, number):
    answer_until(talk, number)
    assert "not-for-others" in talk.privately("Ada", f"för Bo {number}: {WORDS['Bo']}").keys
    assert talk.item(number).contributors() == frozenset()
    assert not [table for table, rows in talk.everything().items() if WORDS["Bo"] in "".join(rows)]


def test_the_words_are_kept_and_nobody_stands_beside_them(talk: Talk):
    anonymous(talk, "Bo")
    assert [(one.value, one.by, one.at) for one in talk.item("1.7").contributions] == [
        (WORDS["Bo"], None, None)
    ]
    assert talk.item("1.7").taken_part == (talk.member("Bo").person.id,)


def test_no_row_of_any_table_ties_anybody_to_a_text(talk: Talk):
    codes = anonymous(talk, "Ada", "Bo")
    talk.privately("Bo", f"kod {codes['Bo']}: {WORDS['Bo']} och mer därtill")
    people = {name: talk.member(name).person.id for name in WORDS}
    for table, rows in talk.everything().items():
        for row in rows:
            words = [word for word in WORDS.values() if word in row]
            assert not words or not any(id in row for id in people.values()), (table, row)
            assert not words or table == "anonymous_text", (table, row)
            assert not any(code in row for code in codes.values()), (table, row)


def test_no_row_holds_both_a_texts_id_and_a_person(talk: Talk):
    anonymous(talk, "Ada", "Bo")
    ids = [str(row[0]) for row in talk.rows("select id from anonymous_text")]
    assert len(ids) == 2
    for table, rows in talk.everything().items():
        for row in rows:
            assert table == "anonymous_text" or not any(id in row for id in ids), (table, row)


def test_the_order_of_the_texts_is_not_the_order_of_the_people(talk: Talk):
    anonymous(talk, "Ada", "Bo")
    ids = [str(row[0]) for row in talk.rows("select id from anonymous_text")]
    assert ids == sorted(ids)


def test_the_code_changes_the_text_until_the_round_closes(talk: Talk):
    codes = anonymous(talk, "Bo")
    talk.privately("Bo", f"kod {codes['Bo']}: nya ord om samma sak, och rätt många dessutom")
    assert talk.said_on("1.7") == ["nya ord om samma sak, och rätt många dessutom"]

    talk.says("Ada", "fastställ 1.7")

    assert "round-of-answers-closed" in talk.privately("Bo", f"kod {codes['Bo'].lower()}: för sent nu").keys
    assert talk.said_on("1.7") == ["nya ord om samma sak, och rätt många dessutom"]


def test_without_the_code_a_second_answer_is_refused_and_kept_nowhere(talk: Talk):
    anonymous(talk, "Bo")
    talk.privately("Bo", "1.7: ändrade ord utan kod")
    assert talk.said_on("1.7") == [WORDS["Bo"]]
    assert not [table for table, rows in talk.everything().items() if "ändrade ord utan kod" in "".join(rows)]


def test_a_code_that_is_none_opens_nothing_and_its_words_go_nowhere(talk: Talk):
    anonymous(talk, "Bo")
    assert "code-unknown" in talk.privately("Bo", "kod AAAA-AAAA: gissade ord som inte ska sparas").keys
    assert not [table for table, rows in talk.everything().items() if "gissade ord" in "".join(rows)]


NOT_TAKEN = {
    "with a sign that can't be shown": "hemliga\x0bord",
    "too long": "hemliga ord " * 2000,
    "for somebody whom nobody knows": "för oss: hemliga ord",
    "with the number of no question": "9.9: hemliga ord",
    "nearly a command": "hjälpp",
}


@pytest.mark.parametrize("words", NOT_TAKEN.values(), ids=NOT_TAKEN.keys())
def test_words_that_could_not_be_taken_are_not_kept_under_the_name_of_whoever_was_asked(talk: Talk, words):
    answer_until(talk, "1.7")
    told = talk.privately("Bo", words)
    assert talk.item("1.7").contributions == ()
    assert "kept-as-draft" not in told.keys
    assert talk.rows("select * from draft where draft like '%hemliga%' or draft like '%hjälpp%'") == []


def test_what_is_nearly_a_command_is_an_answer_after_its_number(talk: Talk):
    answer_until(talk, "1.7")
    told = talk.privately("Bo", "hjälpp")
    assert {"did-you-mean", "not-kept-as-answer"} <= told.keys
    assert "kept-answer" not in told.actions

    talk.privately("Bo", "1.7: hjälpp")

    assert talk.said_on("1.7") == ["hjälpp"]


@pytest.mark.parametrize(("words", "thread"), [("1.2 hemliga ord", "1.7"), ("1.7 hemliga ord", "1.1")])
def test_words_that_may_be_for_an_anonymous_question_are_not_kept_while_it_is_asked_which(
    talk: Talk, words, thread
):
    answer_until(talk, "1.7")
    assert "answer-in-private" in talk.says("Bo", words, to=thread).keys
    assert talk.rows("select * from draft where draft like '%hemliga%'") == []


def test_what_somebody_adds_to_an_anonymous_answer_is_not_kept_under_their_name(talk: Talk):
    anonymous(talk, "Bo")
    told = talk.privately("Bo", "och hemliga ord därtill")
    assert "which-question-unkept" in told.keys
    assert "1.7" in told.to("Bo").text
    assert talk.rows("select * from draft where draft like '%hemliga%'") == []


@pytest.fixture
def in_two_groups(talk: Talk) -> Talk:
    """Let Bo be in two groups; the first has an anonymous question open."""
    answer_until(talk, "1.7")
    for line in ("starta", "Kommunen", "Andra gruppen", "Skola", "Kommunstyrelsen"):
        talk.says("Ada", line, room="andra")
    for line in ("Ada, ledare, Skola", "Bo, grupp, Skola"):
        talk.says("Ada", f"ny person: {line}", room="andra")
    return talk


MEANT_FOR_ONE_GROUP = (
    "hemliga ord", "1.7: hemliga ord", "1.7 hemliga ord", "ändra 1.7: hemliga ord", "för Cia 1.7: hemliga ord",
    "hemliga\x0bord", "hjälpp",
)  # fmt: skip


@pytest.mark.parametrize("words", MEANT_FOR_ONE_GROUP)
def test_words_that_may_be_for_an_anonymous_question_of_one_of_two_groups_are_not_kept(
    in_two_groups: Talk, words
):
    told = in_two_groups.privately("Bo", words)
    assert (
        in_two_groups.rows("select * from draft where draft like '%hemliga%' or draft like '%hjälpp%'") == []
    )
    assert "kept-as-draft" not in told.keys


def test_an_anonymous_question_of_one_of_two_groups_is_chosen_and_then_answered(in_two_groups: Talk):
    talk = in_two_groups
    told = talk.privately("Bo", "hemliga ord")
    assert "which-journey-unkept" in told.keys
    mine = next(
        one for one in told.buttons if one.press.action == "show" and one.press.address.question == "anonym"
    )

    talk.presses("Bo", mine, in_private=True)
    told = talk.privately("Bo", "hemliga ord")

    assert CODE.findall(told.to("Bo").text)
    assert talk.rows("select value from anonymous_text") == [('"hemliga ord"',)]


def test_a_command_of_somebody_in_two_groups_is_kept_until_the_group_is_chosen(in_two_groups: Talk):
    told = in_two_groups.privately("Bo", "historik 1.7")
    assert "which-journey" in told.keys
    assert in_two_groups.draft("Bo", room="privat:bo") == "historik 1.7"


def test_what_cannot_be_taken_after_an_anonymous_answer_is_not_kept_either(talk: Talk):
    anonymous(talk, "Bo")
    for words in ("hemliga\x0bord", "hjälpp"):
        talk.privately("Bo", words)
    assert talk.rows("select * from draft where draft like '%hemliga%' or draft like '%hjälpp%'") == []


def test_kept_words_that_turn_out_to_be_for_an_anonymous_question_are_kept_no_more(talk: Talk):
    answer_until(talk, "1.7")
    told = talk.says("Bo", "ord som ingen fråga har")
    mine = next(
        button
        for button in told.buttons
        if button.press.action == "kept-answer" and button.press.address.question == "anonym"
    )

    told = talk.presses("Bo", mine)

    assert "answer-in-private" in told.keys
    assert talk.rows("select * from draft where draft like '%ord som ingen%'") == []


@pytest.mark.parametrize("number", ["1.6", "1.7"])
def test_no_form_for_a_draft_shows_words_that_are_anonymous_or_for_few(talk: Talk, number):
    answer_until(talk, number)
    talk.privately("Bo", WORDS["Bo"])
    for told in (talk.says("Ada", f"utkast {number}"), talk.privately("Ada", f"utkast {number}")):
        assert "collected-not-written" in told.keys
        assert WORDS["Bo"] not in told.text


def test_nothing_is_shown_until_it_has_closed(talk: Talk):
    anonymous(talk, "Ada", "Bo")
    told = talk.privately("Ada", "visa svar 1.7")
    assert not [word for word in WORDS.values() if word in told.text]


def test_fewer_than_three_are_never_shown(talk: Talk):
    anonymous(talk, "Ada", "Bo")
    talk.says("Ada", "fastställ 1.7")
    for line in ("visa svar 1.7", "fråga 1.7", "historik 1.7", "läget"):
        for who in ("Ada", "Karl", "Bo"):
            told = talk.says(who, line).text + talk.privately(who, line).text
            assert not [word for word in WORDS.values() if word in told], line


def test_three_are_shown_together_without_names(talk: Talk):
    anonymous(talk, "Ada", "Bo", "Cia")
    assert talk.item("1.7").status == "settled"
    told = talk.says("Karl", "visa svar 1.7")
    everything = told.text + talk.privately("Karl", "visa svar 1.7").text
    assert all(word in everything for word in WORDS.values())
    for letter in (*told.letters, *talk.seen[-1].letters):
        if WORDS["Bo"] in letter.message.text:
            assert "Bo" not in letter.message.text.replace(WORDS["Bo"], "")


def test_nobody_else_sees_that_somebody_answered_with_which_words(talk: Talk):
    anonymous(talk, "Bo")
    for told in talk.seen:
        for letter in told.letters:
            assert WORDS["Bo"] not in letter.message.text


def test_the_code_is_told_once_and_wiped_where_it_was_sent_from(talk: Talk):
    codes = anonymous(talk, "Bo")
    assert not [table for table, rows in talk.everything().items() if codes["Bo"] in "".join(rows)]


def given_up(talk: Talk, said: str, fate: Literal["dead", "ambiguous"]) -> str:
    """Let Bo write in private and the platform not take what answers it; return the code that stood there."""
    talk.desk.take(
        Incoming("terminal", "", "given up", "bo", "Bo", private("Bo"), True, talk.clock.now(), Said(said))
    )
    codes: list[str] = []
    while letters := talk.desk.letters("terminal"):
        for letter in letters:
            codes += CODE.findall(letter.message.text)
            with talk.uow() as uow:
                uow.outbox.not_sent(letter, fate, "refused")
                uow.commit()
    [code] = dict.fromkeys(codes)
    return code


@pytest.mark.parametrize("fate", ["dead", "ambiguous"])
def test_the_code_is_wiped_where_its_letter_is_given_up(talk: Talk, fate):
    answer_until(talk, "1.7")
    code = given_up(talk, WORDS["Bo"], fate)
    assert CODE.fullmatch(code)
    assert not [table for table, rows in talk.everything().items() if code in "".join(rows)]


def test_a_code_for_an_account_is_wiped_too_where_its_letter_is_given_up(talk: Talk):
    code = given_up(talk, "länka konto", "dead")
    assert not [table for table, rows in talk.everything().items() if code in "".join(rows)]


def test_editing_the_chat_message_ties_nobody(talk: Talk):
    answer_until(talk, "1.7")
    talk.privately("Bo", WORDS["Bo"], message="b1")
    talk.edits("Bo", "b1", "andra ord", in_private=True)
    assert not [table for table, rows in talk.everything().items() if "andra ord" in "".join(rows)]
    assert not talk.rows("select * from message_spot where platform_message = 'b1'")


def test_what_came_in_is_wiped_when_its_turn_is_done(talk: Talk):
    talk.says("Bo", "mina helt egna ord", to="1.1")
    assert not [row for row in talk.everything()["inbox"] if "mina helt egna ord" in row]
    assert private("Bo") == "privat:bo"
