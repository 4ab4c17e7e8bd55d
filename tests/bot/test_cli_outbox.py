"""Whoever looks after the program sees which letters aren't sent, and can have them tried again or dropped."""

import json
from datetime import UTC, datetime

import pytest

from bot.settings import Settings
from bot.wiring import open_world
from dialogs.letters import Letter, ToPerson, ToRoom
from dialogs.messages import Message

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
SECRET = "Annas hemliga ord"
FATES = {"ambiguous": "reset", "dead": "invalid_blocks", "new": "ratelimited"}


@pytest.fixture
def letters(home):
    """One letter of each kind, by what became of it."""
    with open_world(Settings(database_url=f"sqlite:///{home}/coach.db")) as world, world.uow() as uow:
        room = uow.rooms.find("slack", "T1", "C024", private=False)
        to = ToRoom(room=room.id)
        for name in ("sent", *FATES, "claimed"):
            uow.outbox.post([Letter(name, to, Message(SECRET))], NOW)
        uow.outbox.post([Letter("nowhere", ToPerson(uow.people.add("Bo").id), Message(SECRET))], NOW)
        claimed = {one.key: one for one in uow.outbox.claim("slack", NOW)}
        assert uow.outbox.sent(claimed["sent"], "m1", NOW)
        for state, why in FATES.items():
            uow.outbox.not_sent(claimed[state], state, why)
        uow.commit()
    return {key: str(one.id) for key, one in claimed.items()}


def listed(run, *arguments):
    code, said, _ = run("outbox", "list", "--json", *arguments)
    assert code == 0
    return json.loads(said)


def test_every_letter_is_counted_once_and_what_isnt_sent_is_listed(run, letters):
    told = listed(run)

    assert told["counts"] == {
        "letters": 6, "sent": 1, "waiting": 3, "ambiguous": 1, "dead": 1, "skipped": 0,
    }  # fmt: skip
    assert {one["state"] for one in told["letters"]} == {"new", "claimed", "ambiguous", "dead"}
    [dead] = listed(run, "--state", "dead")["letters"]
    assert dead == {
        "id": int(letters["dead"]), "state": "dead", "door": "slack", "room": "C024", "journey": "", "how": "note",
        "since": NOW.isoformat(), "tries": 1, "unsure": False, "why": "invalid_blocks", "wiped": False,
    }  # fmt: skip


def test_states_are_chosen(run, letters):
    assert len(listed(run, "--state", "waiting")["letters"]) == 3
    assert len(listed(run, "--state", "dead", "--state", "ambiguous")["letters"]) == 2
    assert run("outbox", "list", "--state", "borta")[0] == 2


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_list_is_read_by_people_and_tells_nothing_of_what_letters_say(run, letters, language):
    code, said, _ = run("outbox", "list", "--language", language)

    assert code == 0
    assert len([line for line in said.splitlines() if not line.startswith(" ")]) == 1 + 5
    assert "slack C024" in said
    assert "2026-11-21 11:00" in said  # where the organisation is
    assert SECRET not in said
    assert SECRET not in run("outbox", "list", "--json", "--state", "dead")[1]


@pytest.mark.parametrize("fate", ["dead", "ambiguous"])
def test_a_letter_that_was_set_aside_is_tried_again(run, letters, fate):
    assert run("outbox", "retry", letters[fate])[0] == 0

    assert listed(run, "--state", fate)["letters"] == []
    [again] = [one for one in listed(run)["letters"] if one["id"] == int(letters[fate])]
    assert (again["state"], again["unsure"]) == ("new", fate == "ambiguous")


def test_a_letter_that_was_set_aside_is_dropped(run, letters):
    assert run("outbox", "drop", letters["dead"])[0] == 0

    assert [one["id"] for one in listed(run, "--state", "skipped")["letters"]] == [int(letters["dead"])]


@pytest.mark.parametrize("command", ["retry", "drop"])
@pytest.mark.parametrize("key", ["sent", "new", "claimed"])
def test_no_other_letter_is_touched(run, letters, command, key):
    before = listed(run)

    code, said, complained = run("outbox", command, letters[key])

    assert (code, said) == (1, "")
    assert letters[key] in complained
    assert listed(run) == before
    assert run("outbox", command, "999999")[0] == 1


def test_a_letter_that_held_a_secret_is_told_of_and_can_only_be_dropped(home, run):
    with open_world(Settings(database_url=f"sqlite:///{home}/coach.db")) as world, world.uow() as uow:
        room = uow.rooms.find("slack", "T1", "D024", private=True)
        uow.outbox.post([Letter("code", ToRoom(room=room.id), Message(SECRET, secret=True))], NOW)
        [claimed] = uow.outbox.claim("slack", NOW)
        uow.outbox.not_sent(claimed, "dead", "account_inactive")
        uow.commit()
    id = str(claimed.id)

    assert [one["wiped"] for one in listed(run)["letters"]] == [True]
    assert len(run("outbox", "list")[1].splitlines()) == 1 + 1 + 2  # why, and that its words are gone
    code, _, told = run("outbox", "retry", id)
    assert (code, id in told) == (1, True)
    assert [one["state"] for one in listed(run)["letters"]] == ["dead"]
    assert run("outbox", "drop", id)[0] == 0
    assert listed(run)["letters"] == []
