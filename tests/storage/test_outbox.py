"""Letters come out as they went in, in each room's order, where those to whom they are said can read them."""

from dataclasses import replace
from datetime import timedelta, timezone

import pytest
from sqlalchemy import select, text

from dialogs.incoming import Profile
from dialogs.letters import Aside, ToPerson, ToRoom
from dialogs.messages import Bullets, Button, Fold, Mention, Message, Paragraph, Press, Quote, Words
from dialogs.ports import ClaimedLetter
from storage.tables.base import table
from storage.tables.letters import OutboxRow
from tests.storage.builders import NOW, VISION, a_world, later, letter, message
from tests.storage.outboxes import *  # noqa: F403 - its fixtures
from tests.storage.outboxes import MINUTE, claim, not_sent, post, question, send, states


def test_it_is_known_which_letters_were_posted(uow, world):
    post(uow, letter("one", "j1"), letter("two", "j1"))

    with uow:
        assert uow.outbox.posted(["two", "three"]) == {"two"}
        assert not uow.outbox.posted([])


def test_a_letter_comes_out_as_it_went_in(uow, world):
    post(uow, letter("k1", "j1", address=VISION))

    [claimed] = claim(uow)

    assert claimed == ClaimedLetter(
        claimed.id,
        1,
        "k1",
        world.room,
        "",
        message("hej"),
        "note",
        "j1",
        VISION,
        "",
        at=NOW,
        until=NOW + MINUTE,
    )


def test_the_same_key_is_never_said_twice(uow, world, engine):
    post(uow, letter("k1", "j1"))
    post(uow, letter("k1", "j1", text="en gång till"), letter("k2", "j1"))

    assert [one.key for one in claim(uow)] == ["k1", "k2"]
    assert [one.message.text for one in claim(uow, later(61))] == ["hej", "hej"]


def test_a_room_hears_everything_in_order(uow, other, world):
    post(uow, *(letter(f"k{number}", "j1") for number in range(5)))

    first = claim(uow, most=2)

    assert [one.key for one in first] == ["k0", "k1"]
    assert claim(other) == []  # the room is in the first messenger's hands
    for one in first:
        send(uow, one)
    assert [one.key for one in claim(other)] == ["k2", "k3", "k4"]


@pytest.mark.parametrize("each", [None, 1])
def test_a_letter_that_nobody_can_read_any_more_is_dead_and_delays_no_other(uow, world, engine, each):
    a_world(uow, channel="C2", id="j2")
    post(uow, letter("old", "j1"), letter("k1", "j1"), letter("k2", "j2"))
    outbox = table(OutboxRow)
    with engine.begin() as connection:
        connection.execute(outbox.update().where(outbox.c.key == "old").values(message='{"as": "it was"}'))

    claimed = claim(uow, each=each)
    claimed += claim(uow, each=each)

    assert {one.key for one in claimed} == {"k1", "k2"}
    assert states(engine)["old"] == "dead"


@pytest.mark.parametrize("each", [None, 1])
def test_a_clock_that_was_ahead_and_set_right_keeps_no_letter_waiting(uow, world, each):
    a_world(uow, channel="C2", id="j2")
    post(uow, letter("put off", "j1"), letter("held", "j2"))
    tomorrow = NOW + timedelta(days=1)
    first, _ = sorted(claim(uow, tomorrow, each=each), key=lambda one: one.id)
    not_sent(uow, first, "new", not_before=tomorrow + MINUTE)

    assert {one.key for one in claim(uow, NOW, each=each)} == {"put off", "held"}


def test_a_secret_that_nobody_can_read_any_more_is_wiped(uow, world, engine):
    post(uow, letter("old", "j1"))
    outbox = table(OutboxRow)
    kept = '{"as": "it was", "secret":true}'
    with engine.begin() as connection:
        connection.execute(outbox.update().values(message=kept))

    assert claim(uow) == []

    with engine.connect() as connection:
        assert connection.execute(select(outbox.c.state, outbox.c.message)).all() == [("dead", None)]


def test_one_rooms_trouble_does_not_delay_another(uow, world):
    a_world(uow, channel="C2", id="j2")
    post(uow, *(letter(f"bad{number}", "j1") for number in range(5)))
    for claimed in claim(uow, most=2):
        with uow:
            uow.outbox.not_sent(claimed, "new", "channel is gone")
            uow.commit()
    post(uow, letter("good", "j2"))

    assert "good" in {one.key for one in claim(uow, later(1), most=2)}


def test_another_doors_letters_are_left_alone(uow, world):
    with uow:
        elsewhere = uow.rooms.find("slack", "T1", "C1", private=False)
        uow.outbox.post([letter("k1", to=ToRoom(room=elsewhere.id)), letter("k2", "j1")], NOW)
        uow.commit()

    assert [one.key for one in claim(uow)] == ["k2"]


def test_a_letter_to_somebody_waits_until_there_is_a_private_room(uow, world):
    post(uow, letter("k1", to=ToPerson(world.bo.id)))
    assert claim(uow) == []

    with uow:
        private = uow.rooms.find("terminal", "", "bo", private=True)
        uow.rooms.bind_private(world.bo.id, private.id)
        uow.outbox.post([letter("k2", "j1", to=ToPerson(world.bo.id))], NOW)
        uow.commit()

    assert [(one.key, one.room, one.person) for one in claim(uow)] == [
        ("k1", private, world.bo.id),
        ("k2", private, world.bo.id),
    ]


@pytest.mark.parametrize("count", [1, 2, 4, 5, 9])
def test_as_many_letters_as_there_are_come_in_their_order(uow, world, count):
    button = Button("Ja", Press("settle", VISION))
    letters = [letter(f"k{number}", "j1", text=f"{number}") for number in range(count)]
    letters = [replace(one, message=replace(one.message, buttons=(button,))) for one in letters]
    post(uow, *letters)
    post(uow, *letters)  # once more: it is there already

    found = claim(uow)
    assert [(one.key, one.message.text) for one in found] == [(f"k{n}", f"{n}") for n in range(count)]
    with uow:
        meant = [uow.buttons.get(one.message.buttons[0].id) for one in found]
    assert [one.press for one in meant] == [button.press] * count


def test_each_button_gets_an_id_of_its_own(uow, world):
    settle, skip = Press("settle", VISION), Press("skip", VISION, "x")
    said = replace(message("hej"), buttons=(Button("Fastställ", settle), Button("Hoppa över", skip)))
    post(uow, replace(letter("k1", "j1"), message=said))

    [claimed] = claim(uow)

    ids = [button.id for button in claimed.message.buttons]
    assert [button.press for button in claimed.message.buttons] == [settle, skip]
    with uow:
        pressed = [uow.buttons.get(id) for id in ids]
        assert [(one.id, one.press, one.journey, one.room) for one in pressed] == [
            (ids[0], settle, "j1", world.room.id),
            (ids[1], skip, "j1", world.room.id),
        ]
        assert [uow.buttons.get(id) for id in ("none", f"{ids[0]}9", ids[0].replace(".", ""))] == [None] * 3
        single = uow.buttons.put(Press("status"), journey="", room="", at=NOW)
        assert uow.buttons.get(single).press == Press("status")


def test_words_are_wiped_once_they_are_sent(uow, world, engine):
    outbox = table(OutboxRow)
    post(uow, letter("k1", "j1", text="kod"), letter("k2", "j1"))
    [first, *_] = claim(uow)
    send(uow, first)

    with engine.connect() as connection:
        kept = dict(connection.execute(select(outbox.c.key, outbox.c.message)).all())
    assert kept["k1"] is None
    assert kept["k2"] is not None


def test_a_practice_journeys_letters_go_with_it(uow, engine):
    a_world(uow, practice=True)
    post(uow, question("q"))
    [claimed] = claim(uow)
    with uow:
        uow.journeys.remove("j1")
        uow.commit()

    assert not send(uow, claimed)
    assert states(engine) == {}


def test_letters_to_a_closed_room_wait_until_it_is_open(uow, world):
    other = a_world(uow, channel="C2", id="j2")
    with uow:
        private = uow.rooms.find("terminal", "", "bo", private=True)
        uow.rooms.bind_private(world.bo.id, private.id)
        uow.rooms.set_state(world.room.id, "archived")
        uow.rooms.set_state(private.id, "removed")
        uow.commit()
    post(uow, *(letter(f"k{number}", "j1") for number in range(3)))
    post(uow, letter("other", "j2"), letter("own", to=ToPerson(world.bo.id)))

    assert [one.key for one in claim(uow, most=2)] == ["other", "own"]
    with uow:
        uow.rooms.set_state(world.room.id, "")
        uow.commit()
    assert [one.room for one in claim(uow, most=2)] == [world.room, world.room]
    assert other.room != world.room


def test_a_letter_stands_in_the_thread_that_it_was_posted_to(uow, world):
    room = world.room.id
    post(uow, letter("k1", to=ToRoom(room=room, thread="17.1")), letter("k2", to=ToRoom(room=room)))

    assert [(one.thread, one.aside) for one in claim(uow)] == [("17.1", False), ("", False)]


def test_an_aside_is_for_one_person_in_the_room(uow, world):
    with uow:
        uow.people.tie("terminal", "", "bo", world.bo.id)
        uow.commit()
    post(uow, letter("k1", to=Aside(world.room.id, world.bo.id, "17.1"), address=VISION, journey="j1"))

    [claimed] = claim(uow)

    assert (claimed.room, claimed.person, claimed.aside) == (world.room, world.bo.id, True)
    assert (claimed.how, claimed.thread, claimed.accounts) == ("note", "17.1", {world.bo.id: "bo"})
    assert send(uow, claimed, "m1")
    with uow:
        assert uow.outbox.spot(world.room.id, "m1") is None


def test_in_a_private_chat_an_aside_is_a_note(uow, world):
    with uow:
        private = uow.rooms.find("terminal", "", "bo", private=True)
        uow.rooms.bind_private(world.bo.id, private.id)
        uow.commit()
    post(uow, letter("k1", to=Aside(private.id, world.bo.id)), letter("k2", to=ToPerson(world.bo.id)))

    assert [(one.room, one.person, one.aside) for one in claim(uow)] == [(private, world.bo.id, False)] * 2


def test_a_letter_brings_the_accounts_of_everybody_whom_it_names(uow, world):
    with uow:
        people = [uow.people.add(name) for name in ("Cia", "Dag", "Eva", "Fia", "Gun")]
        cia, dag, eva, fia, gun = people
        for person, account in zip(people, ("c", "d", "e", "f", "g"), strict=True):
            uow.people.tie("terminal", "", account, person.id)
        uow.people.tie("terminal", "T2", "a", cia.id)  # somewhere else
        uow.people.tie("slack", "", "a", cia.id)
        uow.people.tie("terminal", "", "d0", dag.id)  # comes first, but its owner can't read there any more
        uow.people.note_profile("terminal", "", "d0", Profile("Dag", active=False), NOW)
        uow.commit()
    mention = {person.id: Mention(person.id, person.name) for person in [*people, world.anna]}
    blocks = (
        Paragraph((Words("Hej "), mention[cia.id])),
        Bullets(((Words("x"),), (mention[dag.id],))),
        Quote((mention[world.anna.id],)),
        Fold("Mer", (Quote((mention[eva.id],)), Bullets(((mention[fia.id],),)))),
    )
    post(uow, replace(letter("k1", "j1"), message=Message("hej", blocks)), letter("k2", "j1"))

    first, second = claim(uow)

    assert first.accounts == {cia.id: "c", dag.id: "d", eva.id: "e", fia.id: "f"}
    assert second.accounts == {}
    assert gun.id not in first.accounts


def test_letters_that_are_posted_together_keep_the_same_instant(uow, world, engine):
    with uow:
        uow.outbox.post(
            [letter("k1", "j1"), letter("k2", "j1")], NOW.astimezone(timezone(timedelta(hours=2)))
        )
        uow.commit()
    with engine.connect() as connection:
        assert len(set(connection.execute(text("SELECT at FROM outbox")).scalars())) == 1


def test_whoever_has_letters_and_no_room_is_known_by_an_account(uow, world):
    with uow:
        cia, dag = uow.people.add("Cia"), uow.people.add("Dag")
        uow.people.tie("terminal", "T1", "b1", world.bo.id)
        uow.people.tie("terminal", "T2", "b2", world.bo.id)
        uow.people.tie("slack", "T1", "b3", world.bo.id)
        uow.people.tie("terminal", "T1", "c1", cia.id)
        uow.people.tie("terminal", "T1", "d1", dag.id)
        uow.people.note_profile("terminal", "T1", "d1", Profile("Dag", active=False), NOW)
        uow.commit()
    post(uow, *(letter(f"k{number}", to=ToPerson(world.bo.id)) for number in range(2)))
    post(uow, letter("k3", to=ToPerson(dag.id)), letter("k4", to=ToPerson(world.anna.id)))

    with uow:
        [found] = uow.outbox.nowhere("terminal")
        [elsewhere] = uow.outbox.nowhere("slack")
        assert (found.person, found.tenant, found.account) == (world.bo.id, "T1", "b1")
        assert (elsewhere.person, elsewhere.account) == (world.bo.id, "b3")
        private = uow.rooms.find("terminal", "T1", "D1", private=True)
        uow.outbox.house(world.bo.id, private.id)
        assert uow.outbox.nowhere("terminal") == []
        uow.commit()
    assert [one.key for one in claim(uow)] == ["k0", "k1"]


def test_what_waits_for_somebody_is_called_back_and_posted_anew_after_others(uow, world):
    post(uow, *(letter(key, "j1", to=ToPerson(world.anna.id), address=VISION) for key in ("one", "two")))
    with uow:
        called = uow.outbox.call_back(world.anna.id)
        room = uow.rooms.find("terminal", "", "anna", private=True)
        uow.rooms.bind_private(world.anna.id, room.id)
        uow.outbox.post([letter("hello", to=ToPerson(world.anna.id)), *called], NOW)
        uow.commit()

    assert [(one.key, one.address) for one in claim(uow)] == [
        ("hello", None),
        ("one", VISION),
        ("two", VISION),
    ]
    with uow:
        assert uow.outbox.call_back(world.anna.id) == []  # what is on its way goes on
