"""Whoever comes in later reads who the coach is, then where the group stands, then what is theirs to answer now."""

from dialogs.ports import ClaimedLetter
from dialogs.wording.teller import Speech
from tests.conversation.talk import Talk, Told, answer_until
from tests.conversation.workplace import Workplace

MINE, SKIPPED = "1.7", "1.6"


def read(talk: Talk, told: Told, who: str) -> list[str]:
    """Return what somebody reads in private, in order: the greeting, the newcomer's picture, questions' numbers."""
    speech = Speech(talk.book, "sv")
    greeting, newcomer = (
        speech.text("privacy-secret"),
        speech.text("newcomer", group=talk.journey().group_name),
    )

    def kind(letter: ClaimedLetter) -> str:
        if letter.address is not None:
            return talk._number(letter)
        text = letter.message.text
        return "greeting" if greeting in text else "newcomer" if newcomer in text else "more"

    return [kind(letter) for letter in told.to(who).letters]


def test_whoever_is_added_later_is_greeted_first_and_asked_what_is_open(talk: Talk):
    answer_until(talk, SKIPPED)
    talk.says("Ada", f"hoppa över {SKIPPED}: inte nu")
    talk.says("Ada", "ny person: Dan, grupp")

    assert read(talk, talk.privately("Dan", "hej"), "Dan")[:3] == ["greeting", "newcomer", MINE]


def test_what_was_skipped_meanwhile_is_told_as_skipped_and_not_asked(talk: Talk):
    talk.says("Ada", "hoppa över 1.1: redan beslutat")
    answer_until(talk, SKIPPED)
    talk.says("Ada", "ny person: Dan, grupp")
    talk.says("Ada", f"hoppa över {SKIPPED}: inte nu")

    told = talk.privately("Dan", "hej")

    assert SKIPPED not in read(talk, told, "Dan")
    assert "redan beslutat" in told.to("Dan").text


def test_a_member_from_the_start_who_comes_late_is_greeted_before_what_waited(talk: Talk):
    answer_until(talk, SKIPPED)  # 1.6 is put to Bo in private, where nobody has met him
    assert read(talk, talk.privately("Bo", "hej"), "Bo")[:2] == ["greeting", SKIPPED]


def test_a_question_that_was_skipped_before_somebody_came_is_not_put_to_them(talk: Talk):
    answer_until(talk, MINE)
    assert read(talk, talk.privately("Bo", "hej"), "Bo")[:2] == ["greeting", MINE]


def test_in_a_workplace_whoever_has_an_account_is_greeted_shown_and_asked_when_they_are_added(
    work: Workplace,
):
    work.privately("dan", "hjälp")
    answer_until(work, SKIPPED)
    told = work.mentions("Ada", "ny person: dan, grupp")
    assert read(work, told, "dan") == ["newcomer", SKIPPED]


def test_whoever_gets_an_account_later_is_put_nothing_that_is_settled(work: Workplace):
    work.mentions("Ada", "ny person: dan, grupp")
    answer_until(work, MINE)
    asked = work.privately("dan", "hjälp")
    told = work.presses("Ada", asked.button("same-person"), in_private=True)

    assert read(work, asked, "dan")[0] == "greeting"
    assert read(work, told, "dan")[0] == MINE
