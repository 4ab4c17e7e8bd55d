"""What came in is stored once and taken once; its words go when it is done."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from dialogs.incoming import Deleted, Edited, Pressed, Profile, Submitted
from dialogs.model.answers import Address
from dialogs.ports import DraftText
from storage.tables.base import table
from storage.tables.letters import InboxRow
from tests.storage.builders import NOW, a_world, incoming


def store(uow, what):
    with uow:
        turn = uow.inbox.store(what)
        uow.commit()
    return turn


@pytest.mark.parametrize(
    "what", [None, Pressed("b1"), Submitted("b1", {"a": "1"}), Edited("m1", "ny"), Deleted("m1")]
)
def test_what_came_in_is_taken_as_it_was(uow, what):
    came = incoming("ja") if what is None else replace(incoming("ja"), what=what)
    turn = store(uow, came)

    with uow:
        assert uow.inbox.take(turn) == came


def test_what_happens_where_it_is_stored_is_taken_once_and_its_words_are_never_kept(uow, other):
    came = incoming("ja")

    with uow:
        turn = uow.inbox.store_done(came)
        assert uow.inbox.take(turn) == came
        uow.inbox.done(turn)
        assert uow.inbox.take(turn) is None
        uow.commit()

    with other:
        assert other.inbox.take(turn) is None
        assert other.inbox.store_done(came) is None
        assert not other.inbox.undone()


def test_what_happens_where_it_is_stored_is_not_there_when_it_fails(uow):
    with uow:
        uow.inbox.store_done(incoming("ja"))

    assert store(uow, incoming("ja")) is not None


def test_the_same_event_is_stored_once(uow, other):
    assert store(uow, incoming("ja")) is not None
    assert store(other, incoming("ja")) is None
    assert store(uow, replace(incoming("ja"), tenant="T2")) is not None
    assert store(uow, incoming("ja", "e2")) is not None


def test_a_turn_is_done_once_and_its_words_are_gone(uow, engine):
    turn = store(uow, incoming("ja"))
    with uow:
        assert uow.inbox.undone() == [turn]
        uow.inbox.done(turn)
        uow.commit()

    with uow:
        assert uow.inbox.take(turn) is None
        assert uow.inbox.undone() == []
    assert store(uow, incoming("ja")) is None
    inbox = table(InboxRow)
    with engine.connect() as connection:
        assert connection.execute(select(inbox.c.incoming)).all() == [(None,)]


def test_a_failed_turn_is_set_aside_and_can_be_taken_again(uow):
    turn = store(uow, incoming("ja"))
    with uow:
        uow.inbox.failed(turn, "KeyError")
        uow.commit()

    with uow:
        assert uow.inbox.undone() == []
        assert uow.inbox.take(turn) == incoming("ja")


def test_what_was_looked_up_of_an_event_holds_until_it_is_written(uow):
    world = a_world(uow)
    came = replace(incoming("ja"), account="U1")
    profile = Profile("Bo", "bo@example.se", "sv", "Europe/Stockholm", guest=False, active=True)
    with uow:
        uow.people.tie(came.door, came.tenant, "U1", world.bo.id)
        uow.rooms.find(came.door, came.tenant, came.room, private=False)
        uow.commit()

    with uow:
        uow.inbox.meet(came)
        before = uow.people.account(came.door, came.tenant, "U1")
        uow.people.note_profile(came.door, came.tenant, "U1", profile, NOW)
        after = uow.people.account(came.door, came.tenant, "U1")
        uow.people.tie(came.door, came.tenant, "U1", world.anna.id)
        tied = uow.people.account(came.door, came.tenant, "U1")

    assert (before.person, before.profile.name, before.seen_at) == (world.bo.id, "", None)
    assert (after.profile, after.seen_at) == (profile, NOW)
    assert tied.person == world.anna.id


def test_a_second_worker_passes_by_a_turn_that_is_in_hand(uow, other, engine):
    if engine.dialect.name == "sqlite":
        pytest.skip("SQLite's writers come one after the other")
    turn = store(uow, incoming("ja"))
    with uow, other:
        assert uow.inbox.take(turn) is not None
        assert other.inbox.take(turn) is None


def test_an_event_without_zone_is_refused(uow):
    with uow, pytest.raises(ValueError, match="has no zone"):
        uow.inbox.store(replace(incoming("ja"), at=NOW.replace(tzinfo=None)))


def test_one_text_and_one_form_are_kept_a_person_and_room(uow):
    world = a_world(uow)
    anna, bo, room = world.anna.id, world.bo.id, world.room.id
    first, second = DraftText(anna, room, "hm\x00"), DraftText(anna, room, "jo", "j1", Address("vision"))
    form = DraftText(anna, room, "", "j1", Address("vision"), "b1", {"a": "1"})
    with uow:
        for draft in (first, second, form):
            uow.drafts.keep(draft, NOW)
        assert uow.drafts.get(anna, room) == second
        assert uow.drafts.get(anna, room, form=True) == form
        assert uow.drafts.get(bo, room) is None

        uow.drafts.drop(anna, room)

        assert uow.drafts.get(anna, room) is None
        assert uow.drafts.get(anna, room, form=True) == form
