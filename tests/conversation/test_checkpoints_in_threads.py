"""Checkpoints in a workplace's chat: the channel's message is one, kept up to date, and its thread is for talk."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from dialogs.incoming import Said
from tests.conversation.beginnings import begun_once
from tests.conversation.talk import Told
from tests.conversation.workplace import Workplace
from tests.conversation.yearly import OPENS, PLAN, a_meeting, a_yearly, asked, begun


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Workplace]:
    work = begun_once(Workplace, tmp_path / "work.db", __name__, _begin)
    yield work
    work.close()


def _begin(work: Workplace) -> None:
    begun(work, a_yearly(PLAN))
    a_meeting(work)
    work.clock.day = OPENS
    work.desk.tick()
    work.hear()


@pytest.fixture
def opening(work: Workplace) -> Told:
    """What was said as the plan opened."""
    return work.seen[-1]


def test_the_channel_gets_one_message_that_is_kept_up_to_date(work: Workplace, opening: Told):
    [first] = [one for one in opening.in_room().letters if one.how == "question"]

    told = work.privately("Bo", "Vården har sparat")

    [edit] = [one for one in told.in_room().letters if one.how == "edit"]
    [answer] = [one for one in told.in_room().letters if one.how == "thread"]
    assert edit.edits == answer.edits == f"t{first.id}"


def test_talk_under_the_checkpoint_is_left_alone(work: Workplace):
    thread = work.posted["H1"]

    assert not work.hears("Cia", "Det blir nog bra", thread=thread)
    assert not work.replies("Cia", "Det blir nog bra", thread).letters
    assert work.item("H1.1.3").status == "open"


def test_words_put_to_the_coach_there_are_asked_about(work: Workplace):
    told = work.mentions("Cia", "Vägen är lagad", thread=work.posted["H1"])

    assert "which-question" in told.keys
    work.presses("Cia", next(one for one in told.buttons if "H1.1.3" in one.label))
    assert work.item("H1.1.3").value == "Vägen är lagad"


def test_a_part_is_put_in_private_and_answered_there_in_its_thread_too(work: Workplace, opening: Told):
    [letter] = asked(opening, "Cia")

    work._take("Cia", Said("Vägen är lagad", "m", f"t{letter.id}"), "privat:cia", is_private=True)

    assert work.item("H1.1.3").value == "Vägen är lagad"


def test_leaving_it_opens_a_form_where_forms_are_drawn(work: Workplace):
    button = work.mentions("Ada", "H1").button("checkpoint-left")
    form = work.form("Ada", button)
    assert form is not None
    assert work.form("Bo", button) is None

    told = work.hands_in("Ada", form, checkpoint_left_text="De hinner inte")

    assert not work.journey().checkpoints
    assert "checkpoint-left" in told.keys
