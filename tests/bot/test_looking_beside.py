"""A search among all that was shared holds nobody up: while it goes on, others' words are taken and answered."""

import asyncio
import threading

from sqlalchemy import select

from bot.counter import Counter
from bot.desk import Desk
from bot.ids import RandomIds
from bot.packs.on_disk import built_in_packs
from bot.shelf import StoredShelf
from bot.turns import LOOKS, TRIES
from bot.usecases.look_up import will_look
from content.loader import Loaded, load_all
from content.phrases.book import Phrasebook
from dialogs.incoming import Incoming, Pressed, Said
from storage.errors import Conflict
from storage.repositories.search import SqlSearch
from storage.tables.base import table
from storage.tables.letters import OutboxRow
from storage.unit_of_work import SqlUnitOfWork
from tests.bot.counters import reading, run, states  # noqa: F401 - a fixture
from tests.bot.test_packs_while_talking import CLOCK

# The very fixtures of the store's tests: both databases.
from tests.storage.conftest import *  # noqa: F403

EXAMPLE = "nytt gott exempel: Två kvitterar"


class Program:
    def __init__(self, engine, reading) -> None:  # noqa: F811
        self.engine, self.events = engine, 0
        self.uow = SqlUnitOfWork(engine)
        self.shelf = StoredShelf(lambda: SqlUnitOfWork(reading))
        self.desk = Desk(self.uow, self.shelf, CLOCK, RandomIds(), Phrasebook.load(), Conflict,
                         looking=lambda: SqlUnitOfWork(reading))  # fmt: skip
        self.counter = Counter(self.desk, lambda: SqlUnitOfWork(reading))

    def incoming(self, room: str, what) -> Incoming:
        self.events += 1
        return Incoming("terminal", "", f"e{self.events}", "ada", "Ada", room, False, CLOCK.now(), what)

    def says(self, room: str, text: str) -> None:
        self.desk.take(self.incoming(room, Said(text, f"m{self.events}")))

    def told(self) -> str:
        outbox = table(OutboxRow)
        with self.engine.connect() as connection:
            return "\n".join(str(row.message) for row in connection.execute(select(outbox.c.message)))


def set_up(program: Program) -> None:
    own = built_in_packs()
    loaded = load_all({name: own[name] for name in ("gemensamt", "benchlearning")})["benchlearning"]
    assert isinstance(loaded, Loaded)
    with program.uow as uow:
        uow.packs.put(loaded.pack, loaded.checksum, by="test", at=CLOCK.now())
        uow.commit()
    for room, name in (("omsorgen", "Omsorgen"), ("hotellet", "Hotellet")):
        for line in ("starta", name, "-", "-", "-"):
            program.says(room, line)
    program.says("hotellet", EXAMPLE)
    for field in loaded.pack.registers["exempel"].fields[1:]:
        program.says(
            "hotellet",
            {"problem": "Smycken stals.", "gjort": "Två skriver under.", "delas": "alla"}.get(field.id, "-"),
        )


def test_others_are_answered_while_somebody_searches(engine, reading, monkeypatch):  # noqa: F811
    program = Program(engine, reading)
    set_up(program)
    looking, go_on = threading.Event(), threading.Event()
    having = SqlSearch.having

    def slowly(self, *args, **named):
        assert threading.current_thread().name != "writer"
        looking.set()
        assert go_on.wait(10)
        return having(self, *args, **named)

    monkeypatch.setattr(SqlSearch, "having", slowly)

    async def act() -> None:
        counter = program.counter
        counter.start()
        try:
            await counter.take_in(program.incoming("omsorgen", Said("exempel: smycken försvinner", "s")))
            await asyncio.to_thread(looking.wait, 10)
            await counter.take_in(program.incoming("hotellet", Said("läget", "l")))
            while states(engine).get("done", 0) < program.events - 1:
                await asyncio.sleep(0)
            assert "Goda exempel som kan passa" not in program.told()
            go_on.set()
        finally:
            async with asyncio.timeout(20):
                await counter.finish()
                await counter.close()

    run(act())

    assert states(engine) == {"done": program.events}
    assert "Goda exempel som kan passa" in program.told()


def test_a_turn_that_never_has_enough_looked_up_is_set_aside_and_told_of(engine, reading, monkeypatch):  # noqa: F811
    program, looked = Program(engine, reading), []
    set_up(program)

    def in_vain(_, wanted):
        looked.append(wanted)
        return {}

    monkeypatch.setattr(Desk, "look_up", in_vain)

    async def act() -> None:
        program.counter.start()
        try:
            await program.counter.take_in(program.incoming("omsorgen", Said("exempel: smycken", "s")))
            async with asyncio.timeout(10):
                await program.counter._turns.at_rest()
        finally:
            program.counter._turns.drop()
            await program.counter.close()

    run(act())

    assert states(engine)["failed"] == 1
    assert len(looked) == LOOKS
    assert Phrasebook.load().text("turn-failed", "sv").splitlines()[0] in program.told()


def test_a_turn_for_which_nothing_can_be_looked_up_is_set_aside_after_some_sweeps(
    engine,
    reading,  # noqa: F811
    monkeypatch,
):
    program = Program(engine, reading)
    set_up(program)

    def broken(*_):
        raise ValueError("nothing is found")

    monkeypatch.setattr(Desk, "look_up", broken)

    async def act() -> None:
        program.counter.start()
        try:
            await program.counter.take_in(program.incoming("omsorgen", Said("exempel: smycken", "s")))
            for _ in range(2 * TRIES):
                async with asyncio.timeout(10):
                    await program.counter._turns.at_rest()
                    await program.counter.sweep()
        finally:
            async with asyncio.timeout(10):
                await program.counter.finish()
                await program.counter.close()

    run(act())

    assert states(engine) == {"done": program.events - 1, "failed": 1}


def test_what_will_search_is_known_before_its_turn(uow):
    def asks(what) -> bool:
        return will_look(Incoming("slack", "", "e", "a", "A", "C", False, CLOCK.now(), what), uow=uow)

    assert asks(Said("exempel: stölder", "m"))
    assert not asks(Said("läget", "m"))
    assert not asks(Pressed("unknown"))
