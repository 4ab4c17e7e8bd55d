"""The desk over a real store: each thing once, what fails is set aside, what was left is taken up again."""

import pytest
from sqlalchemy import select

from bot.desk import Desk
from bot.settings import Settings
from bot.wiring import World, open_world
from dialogs.incoming import Incoming, Said
from storage.errors import Conflict
from storage.mapping import INCOMING
from storage.tables.base import table
from storage.tables.letters import InboxRow


@pytest.fixture
def world(tmp_path):
    with open_world(Settings(database_url=str(tmp_path / "coach.db"))) as world:
        yield world


@pytest.fixture
def desk(world):
    return world.desk("sv")


def hello(world: World, event: str = "e1", text: str = "hjälp") -> Incoming:
    return Incoming(
        "terminal", "", event, "karin", "Karin", "allmänt", False, world.clock.now(), Said(text, event)
    )


def show_all(desk: Desk) -> list[str]:
    shown = []
    while letters := desk.letters("terminal"):
        for letter in letters:
            shown.append(letter.message.text)
            desk.sent(letter, f"t-{letter.id}")
    return shown


def undone(world: World) -> list[int]:
    with world.uow() as uow:
        return list(uow.inbox.undone())


def set_aside(world):
    """Return what failed, words and all."""
    inbox = table(InboxRow)
    with world.engine.connect() as connection:
        texts = connection.scalars(select(inbox.c.incoming).where(inbox.c.state == "failed")).all()
    return [INCOMING.value(text) for text in texts]


def test_what_happened_leaves_no_words_in_the_inbox(world, desk):
    desk.take(hello(world))

    inbox = table(InboxRow)
    with world.engine.connect() as connection:
        assert connection.execute(select(inbox.c.state, inbox.c.incoming)).all() == [("done", None)]


def test_the_same_event_is_taken_once(world, desk):
    assert desk.take(hello(world))
    assert show_all(desk)

    assert not desk.take(hello(world))
    assert show_all(desk) == []


def test_what_was_stored_and_never_taken_is_taken_at_start(world, desk):
    with world.uow() as uow:
        uow.inbox.store(hello(world))
        uow.commit()

    desk.resume()

    assert undone(world) == []
    assert show_all(desk)


def test_what_fails_is_set_aside_and_the_next_goes_on(world, desk, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr("bot.desk.take_at_once", lambda *args, **ports: {}["bug"])
        with pytest.raises(KeyError):
            desk.take(hello(world))

    assert undone(world) == []
    assert [one.what for one in set_aside(world)] == [Said("hjälp", "e1")]
    assert desk.take(hello(world, "e2"))
    assert show_all(desk)


def test_a_turn_that_fails_at_start_keeps_nobody_out(world, desk, monkeypatch):
    with world.uow() as uow:
        uow.inbox.store(hello(world))
        uow.commit()
    monkeypatch.setattr("bot.desk.take_turn", lambda *args, **ports: {}["bug"])

    desk.resume()

    assert undone(world) == []


def test_what_nobody_can_read_any_more_keeps_nobody_out(world, desk):
    inbox = table(InboxRow)
    with world.uow() as uow:
        for event in ("old", "e1"):
            uow.inbox.store(hello(world, event))
        uow.commit()
    with world.engine.begin() as connection:
        connection.execute(inbox.update().where(inbox.c.event == "old").values(incoming="{}"))

    desk.resume()

    assert show_all(desk)
    assert len(undone(world)) == 1


def test_a_day_that_cannot_be_looked_at_keeps_nobody_out(desk, monkeypatch, caplog):
    monkeypatch.setattr("bot.desk.look_at_the_day", lambda **ports: {}["bug"])
    desk.look_at_the_day()
    assert "the day was not looked at" in caplog.text


def test_a_conflict_is_tried_again(world, desk, monkeypatch):
    from bot.desk import take_at_once

    tried = []

    def in_the_way_twice(incoming, **ports):
        tried.append(incoming)
        if len(tried) < 3:
            raise Conflict("somebody else")
        return take_at_once(incoming, **ports)

    monkeypatch.setattr("bot.desk.take_at_once", in_the_way_twice)

    assert desk.take(hello(world))
    assert show_all(desk)


def test_what_a_killed_window_held_is_handed_out_at_once_and_again(world, desk):
    desk.take(hello(world))
    held = desk.letters("terminal")
    assert not desk.letters("terminal")

    for _ in range(2):  # killed, and killed again within the minute
        desk.take_back("terminal")
        assert [letter.id for letter in desk.letters("terminal")] == [letter.id for letter in held]
