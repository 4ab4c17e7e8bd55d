"""What would be said at some time is rehearsed as it would be said, and nothing of it is kept."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from bot.clock import StoppedClock
from bot.rehearsal import Rehearsal
from dialogs.letters import Letter, ToPerson
from dialogs.time import HOME
from tests.conversation.planned import DUE, a_measure, another_group, begun
from tests.conversation.talk import Talk


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Talk]:
    file = tmp_path_factory.mktemp("rehearsal") / "coach.db"
    before = begun(file)
    talk = Talk(file, events=before.events, posted=dict(before.posted))
    another_group(talk)
    a_measure(talk)
    a_measure(talk, what="Boka tåget", room="andra")
    yield talk
    talk.close()


def rehearsed(talk: Talk, day: date) -> list[Letter]:
    uow = Rehearsal(talk.engine)
    clock = StoppedClock(datetime.combine(day, time(9, 1), HOME).astimezone(UTC), HOME)
    replace(talk.desk, uow=uow, clock=clock, looked=set(), planned=set(), opened=set()).tick()
    uow.close()
    return uow.letters


def to(talk: Talk, who: str, letters: list[Letter]) -> list[str]:
    person = talk.member(who).person.id
    return [one.message.text for one in letters if one.to == ToPerson(person)]


def test_each_would_hear_of_all_their_groups_in_one_message(talk: Talk):
    [text] = to(talk, "Bo", rehearsed(talk, DUE))

    assert "Ring Bryssel" in text
    assert "Boka tåget" in text


def test_many_people_would_hear_of_it_each_once(talk: Talk, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("bot.usecases.remind.MOST_PEOPLE", 1)

    keys = [one.key for one in rehearsed(talk, date(2026, 9, 18))]

    assert len(keys) == len(set(keys)) == 2  # Ada's and Bo's


def test_nothing_of_it_is_kept(talk: Talk):
    before = talk.everything()

    assert rehearsed(talk, DUE) != []

    assert talk.everything() == before
    assert len(to(talk, "Bo", rehearsed(talk, DUE))) == 1
