"""Letters are handed out once, to one messenger at a time; who held one and is gone leaves it in doubt."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from random import Random  # noqa: TID251 - drawn by a seed

import pytest
from sqlalchemy import insert

from dialogs.letters import ToPerson
from dialogs.messages import Mention, Quote
from dialogs.ports import ClaimedLetter
from storage.tables.base import table
from storage.tables.letters import OutboxRow
from storage.unit_of_work import SqlUnitOfWork
from tests.storage.builders import NOW, VISION, a_world, later, letter, message
from tests.storage.outboxes import *  # noqa: F403 - its fixtures
from tests.storage.outboxes import claim, not_sent, post, question, send, states


def test_a_letter_is_held_by_one_until_its_claim_runs_out(uow, other, world):
    post(uow, letter("k1", "j1"))
    [first] = claim(uow)

    assert claim(other, later(59)) == []
    [second] = claim(other, later(60))

    assert second == replace(first, epoch=2, until=later(120), unsure_since=NOW)
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


def test_a_letter_that_has_to_wait_holds_up_its_own_room_and_no_other(uow, world):
    a_world(uow, channel="C2", id="j2")
    post(uow, letter("a1", "j1"), letter("b1", "j2"), letter("a2", "j1"), letter("b2", "j2"))
    first, other, *_ = claim(uow, most=2)
    not_sent(uow, first, "new", not_before=later(30))
    send(uow, other)

    assert [one.key for one in claim(uow, later(29))] == ["b2"]
    assert [one.key for one in claim(uow, later(30))] == ["a1", "a2"]


def test_a_letter_in_doubt_says_since_when(uow, world):
    post(uow, letter("k1", "j1"))
    [fresh] = claim(uow)
    [left] = claim(uow, later(60))
    not_sent(uow, left, "ambiguous", not_before=later(70))
    assert claim(uow, later(69)) == []
    [asked] = claim(uow, later(70))
    not_sent(uow, asked, "new", not_before=later(71))  # it surely isn't there
    [again] = claim(uow, later(71))

    assert [one.unsure_since for one in (fresh, left, asked, again)] == [None, NOW, NOW, None]


def test_who_claims_a_letter_in_doubt_may_have_sent_it_once_more(uow, world):
    post(uow, letter("k1", "j1"))
    claim(uow)
    claim(uow, later(60))

    assert [one.unsure_since for one in claim(uow, later(120))] == [later(60)]


def test_what_a_dead_process_held_is_in_doubt(uow, world):
    post(uow, letter("k1", "j1"))
    claim(uow)
    with uow:
        assert uow.outbox.take_back("terminal") == 1
        uow.commit()

    assert [one.unsure_since for one in claim(uow, later(1))] == [NOW]


def test_one_of_each_room_and_none_of_some(uow, world):
    a_world(uow, channel="C2", id="j2")
    third = a_world(uow, channel="C3", id="j3")
    post(
        uow, *(letter(f"{journey}{number}", journey) for number in range(3) for journey in ("j1", "j2", "j3"))
    )

    assert [one.key for one in claim(uow, each=1, but_not=[third.room.id])] == ["j10", "j20"]


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.e2e
def test_the_first_of_each_room_is_the_same_however_many_are_asked_for(uow, seed):
    """Whoever asks for one of each room gets what stands first there for whoever asks for all that there is."""
    chance = Random(seed)
    rooms = [a_world(uow, channel=f"C{number}", id=f"j{number}").room.id for number in range(6)]
    hows = ("note", "note", "question", "edit", "thread")
    for number in range(30):
        about = {"address": VISION, "how": how} if (how := chance.choice(hows)) != "note" else {}
        post(uow, letter(f"k{number}", f"j{chance.randrange(6)}", **about))
        if chance.random() < 0.5:
            for one in claim(uow, later(number), most=chance.randrange(1, 4), each=1):
                act = chance.choice(("keep", "send", "send", "wait"))
                if act == "send":
                    send(uow, one, f"m{one.id}")
                elif act == "wait":
                    not_sent(uow, one, "new", not_before=later(chance.randrange(60)))
        if chance.random() < 0.1:
            with uow:
                uow.rooms.set_state(chance.choice(rooms), chance.choice(("", "archived")))
                uow.commit()
    without = chance.sample(rooms, 1)

    def asked(each):
        with uow:  # never committed, so that both find the same
            found = uow.outbox.claim("terminal", later(60), most=20, each=each, but_not=without)
            # What hid behind an edit that became nothing comes the next time.
            more = uow.outbox.claim("terminal", later(60), most=20, each=each, but_not=without)
        return sorted((*found, *more), key=lambda one: one.id)

    firsts: dict[str, ClaimedLetter] = {}
    for one in asked(20):
        firsts.setdefault(one.room.id, one)
    assert {one.room.id: one for one in asked(1)} == firsts


def test_of_several_that_are_called_sent_only_those_are_that_are_still_held(uow, other, world, engine):
    a_world(uow, channel="C2", id="j2")
    post(uow, question("q1"), letter("k2", "j2"))
    late, ours = claim(uow)
    claim(other, later(60), but_not=[ours.room.id])

    with uow:
        assert uow.outbox.all_sent([(late, "m1", NOW), (ours, "m2", NOW)]) == 1
        uow.commit()

    assert states(engine) == {"q1": "claimed", "k2": "sent"}
    with uow:
        assert uow.outbox.spot(world.room.id, "m1") is None


def work_of(engine, act) -> int:
    """Return how many of SQLite's own steps *act* takes."""
    steps = []
    connection = engine.raw_connection()
    connection.driver_connection.set_progress_handler(lambda: steps.append(1), 1)
    connection.close()  # back to the pool, which hands it out next
    act()
    return len(steps)


def test_delivering_costs_the_same_whatever_was_sent_before(uow, world, engine):
    """What waits is found by its index; what was sent isn't looked at."""
    if engine.dialect.name != "sqlite":
        pytest.skip("counted in SQLite's own steps")
    outbox = table(OutboxRow)
    said = message("hej")
    said = replace(said, blocks=(*said.blocks, Quote((Mention(world.bo.id, "Bo"),))))

    def deliver(key):
        with uow:
            uow.outbox.post(
                [replace(letter(key, "j1"), message=said), letter(f"p{key}", to=ToPerson(world.bo.id))], NOW
            )
            uow.commit()

        def once():
            with uow:
                uow.outbox.nowhere("terminal")
                [claimed] = uow.outbox.claim("terminal", NOW, each=1)
                uow.outbox.not_sent(claimed, "new", "busy")
                [claimed] = uow.outbox.claim("terminal", NOW, each=1)
                uow.outbox.sent(claimed, "m1", NOW)
                uow.commit()

        return work_of(engine, once)

    deliver("warm")
    few = deliver("few")
    old = {"room": world.room.id, "door": "terminal", "person": world.bo.id, "how": "note", "at": NOW}
    old |= {"state": "sent", "epoch": 1, "why": ""}
    with engine.begin() as connection:
        connection.execute(insert(outbox), [{**old, "key": f"old{number}"} for number in range(5_000)])

    assert 0 < deliver("many") < 1.2 * few
