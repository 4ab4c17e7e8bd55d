"""Letters are handed out once, in order, to one messenger; and what they became on the platform is remembered."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from dialogs.letters import ToPerson, ToRoom
from dialogs.messages import Button, Press
from dialogs.ports import ClaimedLetter, Spot
from storage.tables.base import table
from storage.tables.letters import OutboxRow
from storage.unit_of_work import SqlUnitOfWork
from tests.storage.builders import NOW, VISION, a_world, later, letter, message

MINUTE = timedelta(seconds=60)


@pytest.fixture
def world(uow):
    return a_world(uow)


def post(uow, *letters):
    with uow:
        uow.outbox.post(letters, NOW)
        uow.commit()


def claim(uow, now=NOW, **more) -> list[ClaimedLetter]:
    with uow:
        claimed = uow.outbox.claim("terminal", now, **more)
        uow.commit()
    return list(claimed)


def send(uow, claimed, platform_message="m1") -> bool:
    with uow:
        was_ours = uow.outbox.sent(claimed, platform_message, NOW)
        uow.commit()
    return was_ours


def question(key: str, **more):
    return letter(key, "j1", how="question", address=VISION, **more)


def edit(key: str, **more):
    return letter(key, "j1", how="edit", address=VISION, **more)


def states(engine):
    outbox = table(OutboxRow)
    with engine.connect() as connection:
        return dict(connection.execute(select(outbox.c.key, outbox.c.state)).all())


def test_a_letter_comes_out_as_it_went_in(uow, world):
    post(uow, letter("k1", "j1", address=VISION))

    [claimed] = claim(uow)

    assert claimed == ClaimedLetter(
        claimed.id, 1, "k1", world.room, "", message("hej"), "note", "j1", VISION, ""
    )


def test_the_same_key_is_never_said_twice(uow, world, engine):
    post(uow, letter("k1", "j1"))
    post(uow, letter("k1", "j1", text="en gång till"), letter("k2", "j1"))

    assert [one.key for one in claim(uow)] == ["k1", "k2"]
    assert [one.message.text for one in claim(uow, later(61))] == ["hej", "hej"]


def test_a_letter_is_held_by_one_until_its_claim_runs_out(uow, other, world):
    post(uow, letter("k1", "j1"))
    [first] = claim(uow)

    assert claim(other, later(59)) == []
    [second] = claim(other, later(60))

    assert second == replace(first, epoch=2)
    assert not send(uow, first)
    assert send(other, second)
    assert claim(uow, later(200)) == []


def test_a_late_holder_cannot_put_a_letter_back(uow, other, world, engine):
    post(uow, letter("k1", "j1"))
    [first] = claim(uow)
    [second] = claim(other, later(60))
    with uow:
        uow.outbox.not_sent(first, "dead", "gave up")
        uow.commit()

    assert send(other, second)
    assert states(engine) == {"k1": "sent"}


@pytest.mark.parametrize(
    ("state", "again"), [("new", True), ("ambiguous", False), ("dead", False), ("skipped", False)]
)
def test_what_was_not_sent_is_tried_again_only_when_it_is_new(uow, world, engine, state, again):
    post(uow, letter("k1", "j1"))
    [claimed] = claim(uow)
    with uow:
        uow.outbox.not_sent(claimed, state, "because")
        uow.commit()

    assert states(engine) == {"k1": state}
    assert bool(claim(uow, later(1))) == again


def test_two_workers_at_once_never_get_the_same_letter(uow, other, engine):
    for number in range(4):
        a_world(uow, channel=f"C{number}", id=f"j{number}")
    post(uow, *(letter(f"{journey}:{number}", f"j{journey}") for number in range(3) for journey in range(4)))
    if engine.dialect.name == "sqlite":
        first, second = claim(uow, most=2), claim(other, most=50)
    else:
        with uow, other:  # both look before either has committed
            first = uow.outbox.claim("terminal", NOW, most=2)
            second = other.outbox.claim("terminal", NOW, most=50)
            uow.commit()
            other.commit()

    assert first
    assert second
    assert not {one.key for one in first} & {one.key for one in second}
    assert not {one.room.id for one in first} & {one.room.id for one in second}


def test_messengers_side_by_side_send_everything_once_and_in_order(uow, engine):
    for number in range(4):
        a_world(uow, channel=f"C{number}", id=f"j{number}")
    post(uow, *(letter(f"{number}", f"j{number % 4}") for number in range(400)))
    sent = []

    def work(worker):
        own = SqlUnitOfWork(engine)
        for _ in range(5000):
            if len(sent) == 400:
                break
            for claimed in claim(own, most=3):
                sent.append((claimed.room.id, int(claimed.key)))
                assert send(own, claimed, claimed.key)

    with ThreadPoolExecutor(3) as threads:
        list(threads.map(work, range(3)))

    assert sorted(number for _, number in sent) == list(range(400))
    for room in {room for room, _ in sent}:
        numbers = [number for where, number in sent if where == room]
        assert numbers == sorted(numbers)


def test_a_room_hears_everything_in_order(uow, other, world):
    post(uow, *(letter(f"k{number}", "j1") for number in range(5)))

    first = claim(uow, most=2)

    assert [one.key for one in first] == ["k0", "k1"]
    assert claim(other) == []  # the room is in the first messenger's hands
    for one in first:
        send(uow, one)
    assert [one.key for one in claim(other)] == ["k2", "k3", "k4"]


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


def test_waiting_edits_of_one_question_collapse_into_the_last(uow, world, engine):
    post(uow, question("q"))
    [asked] = claim(uow)
    send(uow, asked, "m7")
    post(uow, edit("e1", text="ett"), edit("e2", text="två"))
    post(uow, edit("e3", text="tre"))
    post(uow, edit("e2", text="två igen"))

    [claimed] = claim(uow)

    assert (claimed.key, claimed.message.text, claimed.edits) == ("e3", "tre", "m7")
    assert states(engine) == {"q": "sent", "e1": "skipped", "e2": "skipped", "e3": "claimed"}


def test_an_edit_that_is_under_way_is_followed_by_the_next(uow, world):
    post(uow, question("q"))
    send(uow, claim(uow)[0], "m7")
    post(uow, edit("e1"))
    [first] = claim(uow)
    post(uow, edit("e2"))
    send(uow, first)

    assert [one.key for one in claim(uow)] == ["e2"]


def test_an_edit_without_a_message_becomes_nothing(uow, world, engine):
    post(uow, edit("e1"), letter("k1", "j1"))

    assert [one.key for one in claim(uow)] == ["k1"]
    assert states(engine)["e1"] == "skipped"


def test_what_belongs_to_a_question_waits_for_it(uow, world):
    post(uow, question("q"), edit("e1"), letter("t1", "j1", how="thread", address=VISION), letter("k1", "j1"))

    [asked] = claim(uow)
    assert asked.key == "q"
    send(uow, asked, "m7")

    assert [(one.key, one.edits) for one in claim(uow)] == [("e1", "m7"), ("t1", "m7"), ("k1", "")]


def test_a_thread_without_a_question_stands_alone(uow, world):
    post(uow, letter("t1", "j1", how="thread", address=VISION))

    assert [(one.key, one.edits) for one in claim(uow)] == [("t1", "")]


def test_a_sent_question_is_found_by_its_message(uow, world):
    post(uow, question("q1"), letter("n1", "j1", address=VISION), letter("n2", "j1"))
    for number, claimed in enumerate(claim(uow)):
        send(uow, claimed, f"m{number}")

    with uow:
        assert uow.outbox.question_message("j1", VISION) == "m0"
        assert uow.outbox.spot(world.room.id, "m0") == Spot("j1", VISION)
        assert uow.outbox.spot(world.room.id, "m1") == Spot("j1", VISION)
        assert uow.outbox.spot(world.room.id, "m2") is None
        assert uow.outbox.question_message("j1", replace_subject()) is None


def replace_subject():
    return VISION._replace(subject="unit:1")


def test_the_channels_message_is_the_questions_own(uow, world):
    with uow:
        private = uow.rooms.find("terminal", "", "bo", private=True)
        uow.commit()
    post(uow, question("q1"), question("q2", to=ToRoom(room=private.id)))
    for claimed in claim(uow):
        send(uow, claimed, f"of {claimed.key}")

    with uow:
        assert uow.outbox.question_message("j1", VISION) == "of q1"
        assert uow.outbox.spot(private.id, "of q2") == Spot("j1", VISION)


def test_a_spot_is_remembered(uow, world):
    spot = Spot("j1", VISION, "c1", world.anna.id)
    with uow:
        uow.outbox.remember_spot(world.room.id, "m1", Spot("j1", None))
        uow.outbox.remember_spot(world.room.id, "m1", spot)

        assert uow.outbox.spot(world.room.id, "m1") == spot


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
