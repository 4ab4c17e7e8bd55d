"""A group whose reminders are due, and what Bo hears of them and presses."""

import shutil
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
def planned_file(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Talk]:
    file = tmp_path_factory.mktemp("own") / "begun.db"
    return file, begun(file)


@pytest.fixture
def talk(planned_file: tuple[Path, Talk], tmp_path: Path) -> Iterator[Talk]:
    file, before = planned_file
    shutil.copy(file, tmp_path / "coach.db")
    talk = Talk(tmp_path / "coach.db", events=before.events, posted=dict(before.posted))
    talk.clock.seconds = before.clock.seconds
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
