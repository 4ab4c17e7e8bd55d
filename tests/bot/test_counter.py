"""The counter over a real store: nothing acknowledged is lost, rooms keep their order, nobody waits for a stranger."""

import asyncio
import threading
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from bot.clock import SystemClock
from bot.counter import Counter, NotStored
from bot.desk import Desk
from bot.ids import RandomIds
from bot.metrics import TURNS
from bot.shelf import StoredShelf
from content.phrases.book import Phrasebook
from dialogs.incoming import Incoming, Pressed, Profile, Said
from dialogs.time import HOME
from storage.engine import open_engine
from storage.errors import Conflict
from storage.repositories.inbox import SqlInbox
from storage.tables.base import table
from storage.tables.letters import InboxRow, OutboxRow
from storage.unit_of_work import SqlUnitOfWork

# The very fixtures of the store's tests: both databases.
from tests.storage.conftest import *  # noqa: F403

inbox, outbox = table(InboxRow), table(OutboxRow)
DOOR = "slack"


@pytest.fixture
def reading(url):
    opened = open_engine(url, read_only=True)
    yield opened
    opened.dispose()


@pytest.fixture
def new_counter(engine, reading):
    """Return how a counter is opened: as often as a test wants to, one after the other."""

    @asynccontextmanager
    async def opened(**how) -> AsyncIterator[Counter]:
        desk = Desk(
            SqlUnitOfWork(engine), StoredShelf(lambda: SqlUnitOfWork(reading)), SystemClock(HOME), RandomIds(),
            Phrasebook.load(), Conflict,
        )  # fmt: skip
        counter = Counter(desk, lambda: SqlUnitOfWork(reading), unreachable=(OperationalError,), **how)
        counter.start()
        try:
            yield counter
        finally:
            async with asyncio.timeout(20):
                await counter.finish()
                await counter.close()

    return opened


class Held:
    """Something to write that takes as long as a test wants it to."""

    def __init__(self) -> None:
        self.held, self.go_on = threading.Event(), threading.Event()

    def hold(self, uow) -> None:
        self.held.set()
        self.go_on.wait(10)


def hello(
    event: str = "e1", *, room: str = "C1", account: str = "U1", text: str = "hjälp", **more
) -> Incoming:
    what = more.pop("what", Said(text, event))
    return Incoming(
        DOOR, "T1", event, account, account, room, more.pop("private", False), SystemClock(HOME).now(), what
    )


def states(engine) -> Mapping[str, int]:
    with engine.connect() as connection:
        counted = connection.execute(select(inbox.c.state, func.count()).group_by(inbox.c.state))
        return dict(counted.all())


def run(act, seconds: float = 30.0):
    async def within() -> None:
        async with asyncio.timeout(seconds):
            await act

    asyncio.run(within())


@pytest.fixture
def taken(monkeypatch) -> list[str]:
    """The events whose turns were taken, in order; each turn is taken in earnest as well."""
    from bot.usecases.take_turn import take_turn

    order: list[str] = []

    def noted(number, *, uow, **ports):
        with uow:
            incoming = uow.inbox.take(number)
        take_turn(number, uow=uow, **ports)
        order.append(incoming.event)

    monkeypatch.setattr("bot.desk.take_turn", noted)
    return order


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
