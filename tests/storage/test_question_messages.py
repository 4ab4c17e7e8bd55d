"""A question's message on the platform: it is edited in place, found by its id, and what belongs to it waits for it."""

from dialogs.letters import ToRoom
from dialogs.ports import Spot
from tests.storage.builders import NOW, VISION, incoming, letter
from tests.storage.outboxes import *  # noqa: F403 - its fixtures
from tests.storage.outboxes import claim, edit, post, question, send, states


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


def test_a_turn_finds_the_edits_that_wait_for_its_room(uow, world, engine):
    def turn(number, *letters):
        with uow:
            assert uow.inbox.store_done(incoming("ja", f"t{number}")) is not None
            uow.outbox.post(letters[:1], NOW)
            uow.outbox.post(letters[1:], NOW)
            uow.commit()

    with uow:
        uow.people.tie("terminal", "", "anna", world.anna.id)
        uow.commit()
    post(uow, question("q"))
    send(uow, claim(uow)[0], "m7")
    turn(1, edit("e1"))
    turn(2, edit("e2"), edit("e3"))
    turn(3, edit("e4"))
    send(uow, claim(uow)[0])
    turn(4, edit("e5"), edit("e6"))
    turn(5, letter("n1", "j1"), edit("e7"), edit("e8"))

    assert states(engine) == {
        "q": "sent", "e1": "skipped", "e2": "skipped", "e3": "skipped", "e4": "sent", "e5": "skipped",
        "e6": "skipped", "n1": "new", "e7": "skipped", "e8": "new",
    }  # fmt: skip


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


def test_an_edit_that_becomes_nothing_doesnt_hide_what_follows(uow, world):
    post(uow, edit("e1"), letter("k1", "j1"))

    assert [one.key for one in claim(uow, each=1)] == ["k1"]
