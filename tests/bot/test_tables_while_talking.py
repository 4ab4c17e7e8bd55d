"""A long table is read and entered while twenty groups talk: it is written a few rows at a time, and nobody waits for it."""

import asyncio
from contextlib import asynccontextmanager

import pytest

from bot.counter import Counter
from bot.desk import Desk
from bot.ids import RandomIds
from bot.shelf import StoredShelf
from bot.tables_apart import TablesApart
from bot.usecases.table_reading import Tables
from content.phrases.book import Phrasebook
from dialogs.incoming import Attached, Said
from dialogs.model.borders import NONE
from storage.engine import open_engine
from storage.errors import Conflict
from storage.unit_of_work import SqlUnitOfWork

# The very fixtures of the store's tests: both databases.
from tests.bot.test_packs_while_talking import (
    CLOCK,
    GROUPS,
    Program,
    newest_first_button,
    set_up,
    states,
    taken,  # noqa: F401 - a fixture
)
from tests.storage.conftest import *  # noqa: F403

pytestmark = pytest.mark.e2e

ROWS = 500
TABLE = ("Vad\n" + "".join(f"Insats {n}\n" for n in range(ROWS))).encode()


@asynccontextmanager
async def a_program(engine, url: str):
    reading = open_engine(url, read_only=True)
    book = Phrasebook.load()

    def looking() -> SqlUnitOfWork:
        return SqlUnitOfWork(reading)

    shelf = StoredShelf(looking)
    tables = Tables(
        looking=looking, shelf=shelf, clock=CLOCK, ids=RandomIds(), book=book, conflict=Conflict,
        read=TablesApart().read, borders=NONE,
    )  # fmt: skip
    desk = Desk(SqlUnitOfWork(engine), shelf, CLOCK, RandomIds(), book, Conflict, tables=tables)
    counter = Counter(desk, looking)

    async def fetch(_: Attached) -> bytes:
        return TABLE

    counter.fetch_with("slack", fetch)
    counter.start()
    try:
        yield Program(counter, shelf)
    finally:
        async with asyncio.timeout(20):
            await counter.finish()
            await counter.close()
        reading.dispose()


def test_twenty_groups_go_on_while_a_table_is_entered(engine, url: str, taken: list[str]):  # noqa: F811
    set_up(engine, *GROUPS)

    async def act() -> None:
        async with a_program(engine, url) as one:
            sent = Said("", "t", attached=(Attached("insatser.csv", "https://slack/t", "https://files/t"),))
            await one.hears("D1", sent, private=True)
            await one.at_rest()
            # Ada leads all twenty groups: she is asked for which the table is
            await one.hears("D1", newest_first_button(engine, "judge-table"), private=True)
            await one.at_rest()
            before = len(taken)
            press = await one.hears("D1", newest_first_button(engine, "enter-table"), private=True)
            said = [
                await one.hears(room, f"1.1: Vi vill mer, {turn}.") for turn in range(3) for room in GROUPS
            ]
            await one.at_rest()
            assert sorted(taken[before:]) == sorted([press, *said])
            assert taken.index(press) > before + 5  # others were answered while it was entered

    asyncio.run(act())

    assert states(engine) == {"done": sum(states(engine).values())}
    with SqlUnitOfWork(engine) as uow:
        kept = [
            [next(iter(one.fields.values())) for one in journey.records_in(register)]
            for ref in uow.journeys.all()
            for journey in [uow.journeys.whole(ref.id)]
            for register in journey.records
        ]
        assert [one for one in kept if one] == [[f"Insats {n}" for n in range(ROWS)]]
        told = [
            one for one in uow.outbox.claim("slack", CLOCK.now(), most=500) if str(ROWS) in one.message.text
        ]
        assert {one.room.external for one in told} & set(GROUPS)
        assert uow.audit.verify() > 0
