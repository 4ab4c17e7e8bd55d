"""What goes wrong at the counter holds nobody else up: it is tried again, set aside and told, or waits."""

import asyncio
import threading

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from bot.counter import NotStored
from bot.metrics import TURNS
from dialogs.incoming import Pressed
from storage.errors import Conflict
from storage.repositories.inbox import SqlInbox
from storage.unit_of_work import SqlUnitOfWork
from tests.bot.counters import *  # noqa: F403 - its fixtures
from tests.bot.counters import DOOR, Held, hello, inbox, outbox, run, states

# The very fixtures of the store's tests: both databases.
from tests.storage.conftest import *  # noqa: F403


def test_what_fails_is_set_aside_told_to_whom_it_came_from_and_holds_nobody_up(
    engine, new_counter, monkeypatch, caplog
):
    from bot.usecases.take_turn import take_turn

    def broken(number, *, uow, **ports):
        with uow:
            incoming = uow.inbox.take(number)
        if incoming.event == "bad":
            raise KeyError("hemligt")
        take_turn(number, uow=uow, **ports)

    monkeypatch.setattr("bot.desk.take_turn", broken)

    async def act():
        async with new_counter() as counter:
            await counter.take_in(hello("before"))
            await counter.take_in(hello("bad", what=Pressed("b1", "1.2")))
            await counter.take_in(hello("after", account="U2"))
            await counter.finish()
            assert counter.metrics.text().count(f'{TURNS.name}{{door="slack",became="failed"}} 1') == 1

    run(act())
    assert states(engine) == {"done": 2, "failed": 1}
    with engine.connect() as connection:
        bad = connection.scalar(select(inbox.c.id).where(inbox.c.event == "bad"))
        sorry = connection.execute(select(outbox).where(outbox.c.key == f"turn:{bad}:failed")).one()
    assert (sorry.how, sorry.thread) == ("aside", "1.2")
    assert "hemligt" not in caplog.text


def test_nobody_is_told_of_what_nobody_said(new_counter, engine, monkeypatch):
    from dialogs.incoming import Joined

    monkeypatch.setattr("bot.desk.take_turn", lambda *args, **ports: {}["bug"])

    async def act():
        async with new_counter() as counter:
            await counter.take_in(hello(what=Joined()))

    run(act())
    assert states(engine) == {"failed": 1}
    with engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(outbox)) == 0


def test_a_turn_waits_while_the_database_is_away_and_is_taken_when_it_is_back(
    engine, new_counter, monkeypatch
):
    from bot.usecases.take_turn import take_turn

    away = [OperationalError("", {}, Exception())] * 2

    def now_and_then(number, **ports):
        if away:
            raise away.pop()
        take_turn(number, **ports)

    monkeypatch.setattr("bot.desk.take_turn", now_and_then)

    async def act():
        async with new_counter() as counter:
            await counter.take_in(hello())
            for _ in range(4):
                await asyncio.sleep(0.05)
                await counter.sweep()

    run(act())
    assert states(engine) == {"done": 1}


def test_a_turn_that_is_put_off_again_and_again_is_set_aside(engine, new_counter, monkeypatch):
    def never(number, **ports):
        raise OperationalError("", {}, Exception())

    monkeypatch.setattr("bot.desk.take_turn", never)

    async def act():
        async with new_counter() as counter:
            await counter.take_in(hello())
            while "failed" not in states(engine):
                await asyncio.sleep(0.02)
                await counter.sweep()

    run(act())


def test_a_conflict_is_tried_again(engine, new_counter, monkeypatch):
    from bot.usecases.take_turn import take_turn

    tried = []

    def in_the_way_twice(number, **ports):
        tried.append(number)
        if len(tried) < 3:
            raise Conflict("somebody else")
        take_turn(number, **ports)

    monkeypatch.setattr("bot.desk.take_turn", in_the_way_twice)

    async def act():
        async with new_counter() as counter:
            await counter.take_in(hello())

    run(act())
    assert states(engine) == {"done": 1}


def test_one_that_cannot_be_written_spoils_nothing_for_those_it_shares_a_commit_with(engine, new_counter):
    async def act():
        async with new_counter() as counter:
            held, go_on = threading.Event(), threading.Event()

            def hold(uow):
                held.set()
                go_on.wait(10)

            def bad(uow):
                with uow:
                    uow.inbox.store(hello("never"))
                    raise LookupError("no")

            first = asyncio.create_task(counter.write(hold))
            await asyncio.to_thread(held.wait, 10)
            together = [
                asyncio.create_task(counter.take_in(hello("a"))),
                asyncio.create_task(counter.write(bad)),
                asyncio.create_task(counter.take_in(hello("b"))),
            ]
            await asyncio.sleep(0.05)
            go_on.set()
            await first
            results = await asyncio.gather(*together, return_exceptions=True)
            assert [type(one) for one in results] == [bool, LookupError, bool]

    run(act())
    assert states(engine) == {"done": 2}


def test_a_slip_in_looking_ahead_keeps_no_words_from_being_taken(engine, new_counter, monkeypatch, caplog):
    def broken(incoming, *, uow):
        raise KeyError("hemligt")

    monkeypatch.setattr("bot.turns.will_look", broken)
    monkeypatch.setattr("bot.intake.FEW", 0)

    async def act():
        async with new_counter() as counter:
            assert await counter.take_in(hello())

    run(act())
    assert states(engine) == {"done": 1}
    assert "hemligt" not in caplog.text


def test_what_nobody_can_read_any_more_keeps_nobody_elses_turn_from_being_taken_at_the_next_start(
    engine, new_counter
):
    with SqlUnitOfWork(engine) as uow:
        for event in ("first", "old", "last"):
            uow.inbox.store(hello(event))
        uow.commit()
    with engine.begin() as connection:
        connection.execute(inbox.update().where(inbox.c.event == "old").values(incoming='{"as": "it was"}'))

    async def act():
        async with new_counter() as counter:
            await counter.resume()
            await counter.sweep()
            await counter.sweep()

    run(act())
    assert states(engine) == {"done": 2, "new": 1}


def test_whatever_is_raised_is_told_and_keeps_nobody_else_waiting(new_counter):
    """A future takes no ``StopIteration``: whoever stands behind in the same commit must hear of theirs all the same."""

    def runs_out(uow):
        return next(iter(()))

    async def act():
        async with new_counter() as counter:
            held = Held()
            first = asyncio.create_task(counter.write(held.hold))
            await asyncio.to_thread(held.held.wait, 10)
            coming = [asyncio.create_task(counter.write(act)) for act in (runs_out, lambda uow: "behind")]
            await asyncio.sleep(0.05)
            held.go_on.set()
            await first
            async with asyncio.timeout(5):
                [told, behind] = await asyncio.gather(*coming, return_exceptions=True)
                [read] = await asyncio.gather(counter.read(runs_out), return_exceptions=True)
            assert (type(told), behind, type(read)) == (RuntimeError, "behind", RuntimeError)

    run(act(), 15)


def test_what_cannot_be_stored_is_told(engine, new_counter, monkeypatch):
    def away(*incoming):
        raise OperationalError("", {}, Exception())

    for how in ("store", "store_done"):
        monkeypatch.setattr(SqlInbox, how, away)

    async def act():
        async with new_counter() as counter:
            with pytest.raises(NotStored):
                await counter.take_in(hello())

    run(act())


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_a_connection_that_broke_is_replaced(engine, new_counter):
    """As after a restart of PostgreSQL: the first finds out, and what it held comes to its end."""

    async def act():
        async with new_counter() as counter:
            await counter.take_in(hello("before"))
            await counter.finish()
        async with new_counter() as counter:
            await counter.take_in(hello("held"))
            while "new" in states(engine):
                await asyncio.sleep(0.01)
            with engine.connect() as connection:
                connection.exec_driver_sql(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            for n in range(60):
                try:
                    assert await counter.take_in(hello(f"after{n}"))
                    break
                except NotStored:
                    await asyncio.sleep(0.05)
            else:
                pytest.fail("the connection stayed broken")

    run(act())
    assert states(engine)["done"] == 3


def test_a_turn_that_fails_half_way_leaves_nothing_and_spoils_nothing_for_those_it_shares_a_commit_with(
    engine, new_counter, monkeypatch
):
    from bot.usecases.take_turn import take_turn

    tried: list[str] = []

    def half_way(number, *, uow, **ports):
        with uow:
            incoming = uow.inbox.take(number)
            tried.append(incoming.event)
            if incoming.event == "bad":
                uow.people.add("Halv Väg")
                raise LookupError
        take_turn(number, uow=uow, **ports)

    monkeypatch.setattr("bot.desk.take_turn", half_way)
    monkeypatch.setattr("bot.writer.LONG_ENOUGH", 60.0)

    async def act():
        async with new_counter() as counter:
            begun, go_on = threading.Event(), (threading.Event(), threading.Event())

            def hold(number: int) -> None:
                begun.set()
                go_on[number].wait(10)

            # The first holds what is to be stored, the second the turns, until all of them wait.
            holds = [counter._writer.at_length(lambda _, n=n: hold(n)) for n in range(2)]
            await asyncio.to_thread(begun.wait, 10)
            coming = [
                asyncio.create_task(counter.take_in(hello(event, room=event, account=event)))
                for event in ("one", "bad", "two")
            ]
            await asyncio.sleep(0.05)
            go_on[0].set()
            await asyncio.gather(*coming)
            go_on[1].set()
            await asyncio.gather(*holds)

    run(act())
    assert states(engine) == {"done": 2, "failed": 1}
    with SqlUnitOfWork(engine) as uow:
        assert not uow.people.named("Halv Väg", None)
        assert all(uow.people.by_account(DOOR, "T1", one) for one in ("one", "two"))
    assert tried.count("one") == 3  # where it was stored, among other turns, and then on its own
