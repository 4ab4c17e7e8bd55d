"""A counter over a real store, and what is handed in at it."""

import asyncio
import threading
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from bot.clock import SystemClock
from bot.counter import Counter
from bot.desk import Desk
from bot.ids import RandomIds
from bot.shelf import StoredShelf
from content.phrases.book import Phrasebook
from dialogs.incoming import Incoming, Said
from dialogs.time import HOME
from storage.engine import open_engine
from storage.errors import Conflict
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
