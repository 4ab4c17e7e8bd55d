"""Words that are a command's, too: a name where one is asked for, one of a question's options, or an answer."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from dialogs.incoming import Said
from storage import schema
from tests.conversation.talk import CHANNEL, Talk, a_method, answer_until, begin
from tests.conversation.workplace import Workplace
from tests.dialogs.builders import a_question, options

NAMED = ("Status", "Gruppen", "Enheter; Personer", "Nämnder")


def names(talk: Talk) -> tuple[str, str, list[str], list[str]]:
    journey = talk.journey()
    roster = journey.roster
    return (
        journey.organisation_name, journey.group_name, [one.name for one in roster.units],
        [one.name for one in roster.bodies],
    )  # fmt: skip


def test_whatever_a_group_its_organisation_and_units_are_called_is_taken_as_their_names(nobody: Talk):
    for line in ("starta", *NAMED):
        nobody.says("Ada", line)

    assert names(nobody) == ("Status", "Gruppen", ["Enheter", "Personer"], ["Nämnder"])


def test_they_are_in_the_thread_of_a_workplaces_form_and_handed_in_whole(new_work: Workplace, nobody: Talk):
    new_work.mentions("Ada", "starta", message="m-start")
    for line in NAMED:
        new_work.replies("Ada", line, "m-start")
    form = nobody.says("Ada", "starta").form
    nobody.submits("Ada", form, **dict(zip(("organisation", "group", "units", "bodies"), NAMED, strict=True)))

    assert names(new_work) == names(nobody) == ("Status", "Gruppen", ["Enheter", "Personer"], ["Nämnder"])


def test_it_is_said_that_such_a_word_was_taken_as_a_name(nobody: Talk):
    nobody.says("Ada", "starta")

    assert "form-named" in nobody.says("Ada", "status").keys
    assert "form-named" not in nobody.says("Ada", "Arbetsgruppen").keys


def test_help_and_the_way_out_are_heard_where_a_name_is_asked_for(nobody: Talk):
    nobody.says("Ada", "starta")

    assert {"help-intro", "form-waits"} <= nobody.says("Ada", "hjälp").keys
    assert "form-waits" in nobody.says("Ada", "tillbaka").keys
    assert "form-cancelled" in nobody.says("Ada", "avbryt").keys


def test_a_person_and_an_entry_may_be_called_as_a_command_is(talk: Talk):
    for line in ("ny person", "Paus", "grupp", "-", "-", "-", "-"):
        talk.says("Ada", line)
    assert talk.member("Paus").roles == ("grupp",)

    answer_until(talk, "1.10")
    talk.presses("Bo", talk.says("Bo", "fråga 1.10").button("record"))
    for line in ("Kalender", "-", "-"):
        talk.says("Bo", line)
    assert [one.fields for one in talk.journey().records_in("ideer")] == [{"namn": "Kalender"}]


# --- answers ---


@pytest.mark.parametrize("word", ["Personer", "språk", "beslut"])
def test_in_a_questions_thread_it_is_asked_whether_such_a_word_is_the_answer(talk: Talk, word: str):
    told = talk.says("Bo", word, to="1.1")
    assert "did-you-mean" in told.keys
    assert talk.said_on("1.1") == []

    talk.presses("Bo", told.button("kept-answer"))

    assert talk.said_on("1.1") == [word]


def test_the_command_is_a_press_away(talk: Talk):
    told = talk.says("Bo", "personer", to="1.1")

    assert "leads-now" in talk.presses("Bo", told.button("command")).keys
    assert talk.said_on("1.1") == []


def test_what_is_surely_meant_for_the_coach_is_heard_at_once(talk: Talk):
    assert "help-intro" in talk.says("Bo", "hjälp", to="1.1").keys
    assert "status-heading" in talk.says("Bo", "läget", to="1.1").keys
    assert "did-you-mean" not in talk.says("Bo", "personer").keys
    assert "did-you-mean" not in talk.says("Karl", "personer", to="1.1").keys  # the coach doesn't answer it


def test_where_nobody_chose_the_thread_the_word_is_the_command(talk: Talk):
    """A door without threads takes all that is said for being about the question that was put last."""
    guessed = Said("personer", "m-guessed", talk.posted["1.1"], guessed=True)

    assert "leads-now" in talk._take("Bo", guessed, CHANNEL).keys


def two_questions(talk: Talk) -> None:
    """Let two questions be before the group; the first has an answer."""
    talk.says("Bo", "lära", to="1.1")
    talk.says("Ada", "nästa", to="1.1")


@pytest.mark.parametrize("slip", ["fasställ", "fasställ 1.1"])
def test_a_command_that_was_meant_is_about_the_question_it_was_said_to(talk: Talk, slip: str):
    two_questions(talk)
    told = talk.says("Ada", slip, to="1.1")
    assert "did-you-mean" in told.keys

    talk.presses("Ada", told.button("command"))
    talk.presses("Ada", told.button("command"))  # twice, as fingers do

    assert (talk.item("1.1").done, talk.item("1.2").done) == (True, False)


def test_in_private_it_is_about_the_question_that_was_put_there(work: Workplace):
    two_questions(work)
    work.privately("Bo", "fråga 1.1")
    told = work.privately("Bo", "ta tillbakka")

    work.presses("Bo", told.button("command"), in_private=True)

    assert work.said_on("1.1") == []


@pytest.fixture
def choosing(tmp_path: Path) -> Iterator[Talk]:
    """A group whose first open question offers what commands are called, too."""
    schema.upgrade(f"sqlite:///{tmp_path / 'coach.db'}")
    talk = Talk(tmp_path / "coach.db")
    with talk.uow() as uow:
        question = a_question("lage", "choice", options=options("klar", "paus"))
        uow.packs.put(a_method(question), "summa", by="test", at=talk.clock.now())
        uow.commit()
    begin(talk)
    answer_until(talk, "1.12")
    yield talk
    talk.close()


def test_an_option_is_the_answer_in_its_questions_thread_whatever_else_it_means(choosing: Talk):
    choosing.says("Bo", "Klar.", to="1.12")
    assert choosing.said_on("1.12") == ["klar"]


def test_elsewhere_the_same_word_is_the_command(choosing: Talk):
    choosing.says("Bo", "paus")
    assert choosing.said_on("1.12") == []
