"""The counter over a real store: nothing acknowledged is lost, rooms keep their order, nobody waits for a stranger."""

import asyncio
import threading
from collections.abc import Sequence

import pytest
from sqlalchemy import func, select

from bot.counter import NotStored
from dialogs.incoming import Profile, Said
from storage.unit_of_work import SqlUnitOfWork
from tests.bot.counters import *  # noqa: F403 - its fixtures
from tests.bot.counters import DOOR, Held, hello, outbox, run, states

# The very fixtures of the store's tests: both databases.
from tests.storage.conftest import *  # noqa: F403


def test_what_is_taken_in_is_stored_then_taken_and_the_doors_are_woken(engine, new_counter):
    async def act():
        woken = asyncio.Event()
        async with new_counter() as counter:
            counter.wake_after_turns(woken.set)
            assert await counter.take_in(hello())
            assert sum(states(engine).values()) == 1
            await woken.wait()
            assert states(engine) == {"done": 1}

    run(act())
    with engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(outbox).where(outbox.c.state == "new"))


def test_the_same_event_is_taken_once_however_often_it_comes_at_once(engine, new_counter, taken):
    async def act():
        async with new_counter() as counter:
            new = await asyncio.gather(*(counter.take_in(hello(f"e{n % 5}")) for n in range(50)))
            assert sum(new) == 5

    run(act())
    assert sorted(taken) == ["e0", "e1", "e2", "e3", "e4"]
    assert states(engine) == {"done": 5}


def test_each_room_keeps_its_order(new_counter, taken):
    async def act():
        async with new_counter() as counter:
            for n in range(12):
                await counter.take_in(hello(f"{n:02}", room=f"C{n % 3}"))

    run(act())
    for room in range(3):
        assert [event for event in taken if int(event) % 3 == room] == [f"{n:02}" for n in range(room, 12, 3)]


def test_a_stranger_is_looked_up_before_their_turn(engine, new_counter):
    asked: list[tuple[str, Sequence[str]]] = []

    async def look_up(incoming, accounts):
        asked.append((incoming.tenant, tuple(accounts)))
        return {"U1": Profile("Karin Ek", language="en")}

    async def act():
        async with new_counter() as counter:
            counter.look_up_with(DOOR, look_up)
            await counter.take_in(hello("e1"))
            await counter.finish()
            with SqlUnitOfWork(engine) as uow:
                known = uow.people.by_account(DOOR, "T1", "U1")
                assert (known.name, known.language) == ("Karin Ek", "en")

    run(act())
    assert asked == [("T1", ("U1",))]


def test_a_slow_look_up_holds_up_its_own_room_only(new_counter, taken):
    async def act():
        go_on = asyncio.Event()

        async def look_up(incoming, accounts):
            if "U-slow" in accounts:
                await go_on.wait()
            return {}

        async with new_counter() as counter:
            counter.look_up_with(DOOR, look_up)
            await counter.take_in(hello("slow", room="C1", account="U-slow"))
            await counter.take_in(hello("behind", room="C1"))
            await counter.take_in(hello("elsewhere", room="C2"))
            while not taken:
                await asyncio.sleep(0.005)
            assert taken == ["elsewhere"]
            go_on.set()

    run(act())
    assert taken == ["elsewhere", "slow", "behind"]


@pytest.mark.parametrize("trouble", ["late", "fails"])
def test_a_turn_goes_on_without_what_the_platform_does_not_say(engine, new_counter, trouble):
    async def look_up(incoming, accounts):
        if trouble == "fails":
            raise ConnectionError
        await asyncio.Event().wait()

    async def act():
        async with new_counter(look_up_seconds=0.05) as counter:
            counter.look_up_with(DOOR, look_up)
            await counter.take_in(hello())

    run(act())
    assert states(engine) == {"done": 1}


def test_what_was_stored_and_never_taken_is_taken_at_the_next_start_in_order(engine, new_counter, taken):
    with SqlUnitOfWork(engine) as uow:
        for n in range(5):
            uow.inbox.store(hello(f"e{n}"))
        uow.commit()

    async def act():
        async with new_counter() as counter:
            await counter.resume()

    run(act())
    assert taken == [f"e{n}" for n in range(5)]
    assert states(engine) == {"done": 5}


def test_what_waits_together_shares_a_commit(engine, new_counter, monkeypatch):
    commits = []
    monkeypatch.setattr("bot.desk.take_turn", lambda number, **ports: None)

    async def act():
        async with new_counter() as counter:
            uow = counter._desk.uow
            commit = uow.commit
            monkeypatch.setattr(uow, "commit", lambda: (commits.append(1), commit()))
            await asyncio.gather(*(counter.take_in(hello(f"e{n}")) for n in range(40)))

    run(act())
    assert sum(states(engine).values()) == 40
    assert len(commits) < 10


def test_whoever_hangs_up_has_said_it_all_the_same(engine, new_counter):
    async def act():
        async with new_counter() as counter:
            hung_up = asyncio.create_task(counter.take_in(hello()))
            await asyncio.sleep(0)
            hung_up.cancel()
            await asyncio.gather(hung_up, return_exceptions=True)

    run(act())
    assert states(engine) == {"done": 1}


def test_nothing_is_taken_in_once_it_is_closing(engine, new_counter):
    async def act():
        async with new_counter() as counter:
            await counter.finish()
            with pytest.raises(NotStored):
                await counter.take_in(hello())

    run(act())
    assert states(engine) == {}


def test_a_turn_is_finished_before_the_counter_closes(engine, new_counter):
    async def act():
        async with new_counter() as counter:
            await asyncio.gather(*(counter.take_in(hello(f"e{n}", room=f"C{n}")) for n in range(20)))

    run(act())
    assert states(engine) == {"done": 20}


def test_reading_goes_on_while_something_is_written(new_counter):
    async def act():
        async with new_counter() as counter:
            held, go_on = threading.Event(), threading.Event()

            def hold(uow):
                with uow:
                    uow.inbox.store(hello())
                    held.set()
                    go_on.wait(10)

            writing = asyncio.create_task(counter.write(hold))
            await asyncio.to_thread(held.wait, 10)

            def look(uow):
                with uow:
                    return list(uow.inbox.undone())

            assert await counter.read(look) == []
            go_on.set()
            await writing

    run(act())


def test_a_turn_that_waits_for_nobody_happens_where_it_is_stored(engine, new_counter):
    async def act():
        async with new_counter() as counter:
            assert await counter.take_in(hello())
            assert states(engine) == {"done": 1}

    run(act())


def test_while_much_comes_in_it_is_stored_first_and_happens_later(engine, new_counter, monkeypatch):
    monkeypatch.setattr("bot.intake.FEW", 0)
    happened = threading.Event()

    def hold(number, **ports):
        assert happened.wait(10)

    monkeypatch.setattr("bot.desk.take_turn", hold)

    async def act():
        async with new_counter() as counter:
            assert await counter.take_in(hello())
            assert states(engine) == {"new": 1}
            happened.set()

    run(act())


def test_who_speaks_after_a_stranger_in_the_same_breath_is_heard_after_them(engine, new_counter, taken):
    async def look_up(incoming, accounts):
        await asyncio.sleep(0.02)
        return {account: Profile(account) for account in accounts}

    async def act():
        async with new_counter() as counter:
            counter.look_up_with(DOOR, look_up)
            await counter.take_in(hello("known", account="U1"))
            await counter.finish()
        async with new_counter() as counter:
            counter.look_up_with(DOOR, look_up)
            spoken = [("e1", "U2"), ("e2", "U1"), ("e3", "U3"), ("e4", "U1")]
            await asyncio.gather(*(counter.take_in(hello(event, account=who)) for event, who in spoken))

    run(act())
    assert taken == ["known", "e1", "e2", "e3", "e4"]


def test_talk_that_is_no_business_of_the_coachs_is_never_stored(engine, new_counter):
    talk = Said("Ska vi äta?", "1.2", "1.1", addressed=False)

    async def act():
        async with new_counter() as counter:
            assert not await counter.take_in(hello("talk", what=talk), if_heard=True)
            assert await counter.take_in(hello("asked"), if_heard=True)

    run(act())
    assert states(engine) == {"done": 1}


def test_whoever_sees_to_the_letters_finds_those_of_the_turns_in_the_same_commit(
    reading, new_counter, monkeypatch
):
    monkeypatch.setattr("bot.writer.LONG_ENOUGH", 60.0)

    async def act():
        async with new_counter() as counter:
            busy, meanwhile = Held(), Held()
            first = asyncio.create_task(counter.write(busy.hold))
            await asyncio.to_thread(busy.held.wait, 10)
            coming = asyncio.create_task(counter.take_in(hello()))
            second = asyncio.create_task(counter.write(meanwhile.hold))
            await asyncio.sleep(0.02)
            busy.go_on.set()
            await asyncio.to_thread(meanwhile.held.wait, 10)
            counted = counter.write_last(letters_counted)
            meanwhile.go_on.set()
            await asyncio.gather(first, second, coming)
            assert (await counted).get("new")

    def letters_counted(uow):
        with uow:
            with reading.connect() as connection:
                assert not connection.scalar(select(func.count()).select_from(outbox))
            return uow.outbox.counts()

    run(act())
