"""A group whose reminders are due, and what Bo hears of them and presses."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from dialogs.letters import Letter, ToRoom
from dialogs.messages import Mention, Message, Paragraph
from tests.conversation.planned import a_measure, another_group, begun, on
from tests.conversation.talk import Talk, Told

DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def planned_file(tmp_path_factory: pytest.TempPathFactory) -> Talk:
    return begun(tmp_path_factory.mktemp("own") / "begun.db")


@pytest.fixture
def talk(planned_file: Talk, tmp_path: Path) -> Iterator[Talk]:
    talk = planned_file.on_a_copy(tmp_path / "coach.db")
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


@pytest.fixture
def two(talk: Talk) -> Talk:
    another_group(talk)
    a_measure(talk)
    a_measure(talk, what="Boka tåget", room="andra")
    return talk
