"""Methods are checked, installed and rehearsed while groups talk: none of them waits, and a stop in the middle loses nothing."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
from sqlalchemy import func, select
from sqlalchemy.event import listen
from sqlalchemy.exc import OperationalError

from bot.apart import Apart
from bot.clock import SystemClock
from bot.counter import Counter
from bot.desk import Desk
from bot.ids import RandomIds
from bot.packs.checks import PackChecks
from bot.packs.work import PackWork
from bot.shelf import StoredShelf
from bot.usecases.pack_jobs import take_back_jobs
from content.loader import Loaded, load
from content.phrases.book import Phrasebook
from dialogs.events import Contributed
from dialogs.flows.position import recounted
from dialogs.incoming import Attached, Incoming, Pressed, Said
from dialogs.model.journey import Journey, JourneyId
from dialogs.model.people import Member
from dialogs.time import HOME
from storage.engine import open_engine
from storage.errors import Conflict
from storage.tables.base import table
from storage.tables.letters import ButtonRow, InboxRow
from storage.unit_of_work import SqlUnitOfWork
from tests.files.test_packs import ID, files, zipped
from tests.files.test_rehearsing import Playing

# The very fixtures of the store's tests: both databases.
from tests.storage.conftest import *  # noqa: F403

pytestmark = pytest.mark.e2e

inbox, buttons = table(InboxRow), table(ButtonRow)
GROUPS = tuple(f"C{n}" for n in range(20))
ADMIN, CLOCK = "Uada", SystemClock(HOME)


@dataclass
class Held(Apart):
    """Checks in earnest, in a process of its own; each check begins when it is told to."""

    go_on: threading.Event = field(default_factory=threading.Event)
    begun: threading.Event = field(default_factory=threading.Event)
    threads: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(20.0)

    def do(self, task: str, *parts: bytes) -> Sequence[bytes]:
        self.threads.append(threading.current_thread().name)
        self.begun.set()
        assert self.go_on.wait(20), "nobody went on while a method was at hand"
        return super().do(task, *parts)

    def end(self) -> None:
        super().end()
        self.go_on.set()


@dataclass
class Program:
    """One process that serves: a counter with a shelf of its own."""

    counter: Counter
    shelf: StoredShelf
    events: int = 0

    async def hears(self, room: str, what: Said | Pressed | str, *, private: bool = False) -> str:
        self.events += 1
        event = f"{room}:{self.events:04}"
        said = Said(what, event) if isinstance(what, str) else what
        incoming = Incoming("slack", "T1", event, ADMIN, "Ada", room, private, CLOCK.now(), said)
        assert await self.counter.take_in(incoming)
        return event

    async def at_rest(self) -> None:
        async with asyncio.timeout(20):
            while self.counter._turns.in_hand:
                await asyncio.sleep(0.005)


@pytest.fixture
def program(engine, url):
    readings = []

    @asynccontextmanager
    async def opened(apart: Apart, content: Callable[[], bytes]) -> AsyncIterator[Program]:
        reading = open_engine(url, read_only=True)
        readings.append(reading)

        def looking() -> SqlUnitOfWork:
            return SqlUnitOfWork(reading)

        shelf = StoredShelf(looking)
        desk = Desk(SqlUnitOfWork(engine), shelf, CLOCK, RandomIds(), Phrasebook.load(), Conflict)
        check = PackChecks(looking, apart).check
        work = PackWork(shelf, CLOCK, desk.book, apart)
        counter = Counter(desk, looking, unreachable=(OperationalError,), check_pack=check, work=work)

        async def fetch(_: Attached) -> bytes:
            return content()

        counter.fetch_with("slack", fetch)
        counter.start()
        try:
            yield Program(counter, shelf)
        finally:
            async with asyncio.timeout(20):
                await counter.finish()
                await counter.close()

    yield opened
    for reading in readings:
        reading.dispose()


@pytest.fixture
def taken(monkeypatch) -> list[str]:
    """The events whose turns were taken, in order; each turn is taken in earnest as well."""
    from bot.usecases.take_turn import take_turn

    order: list[str] = []

    def noted(number, *, uow, **ports):
        with uow:
            incoming = uow.inbox.take(number)
        take_turn(number, uow=uow, **ports)
        if incoming is not None and incoming.event not in order:
            order.append(incoming.event)

    monkeypatch.setattr("bot.desk.take_turn", noted)
    return order


def set_up(engine, *rooms: str) -> None:
    """Install the method's first version, and let Ada, who is admin, lead a group with it in each of the rooms."""
    if engine.dialect.name == "sqlite":  # nothing is killed here, so that nobody needs to wait for the disk
        listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous = OFF"))
    loaded = load(files())
    assert isinstance(loaded, Loaded)
    pack, today = loaded.pack, CLOCK.today()
    with SqlUnitOfWork(engine) as uow:
        uow.packs.put(pack, loaded.checksum, by="test", at=CLOCK.now())
        organisation, ada = uow.organisations.add("Kommunen"), uow.people.add("Ada")
        uow.organisations.add_admin(organisation, ada.id)
        uow.people.tie("slack", "T1", ADMIN, ada.id)
        for room in rooms:
            group = uow.groups.add(organisation, f"Grupp {room}")
            uow.groups.put_member(group, Member(ada), on=today)
            journey = Journey(
                JourneyId(f"j-{room}"), organisation, "Kommunen", group, f"Grupp {room}", pack.id, pack.version, "sv",
                ada.id, pack.steps[0].id, today, roster=uow.groups.roster(group, today),
            )  # fmt: skip
            for step in pack.steps:
                journey = recounted(pack, journey, step.id, today=today)
            uow.journeys.start(journey, uow.rooms.find("slack", "T1", room, private=False).id)
            uow.journeys.refresh(journey)
        uow.commit()


def a_zip(number: int = 0) -> Said:
    return Said("", f"zip{number}", attached=(Attached("m.zip", "https://slack/m", "https://files/m"),))


def newest_first_button(engine, action: str) -> Pressed:
    with engine.connect() as connection:
        rows = connection.execute(select(buttons.c.id, buttons.c.presses).order_by(buttons.c.at)).all()
    return Pressed([f"{id}.0" for id, presses in rows if f'"{action}"' in presses][-1])


def states(engine) -> dict[str, int]:
    with engine.connect() as connection:
        return dict(connection.execute(select(inbox.c.state, func.count()).group_by(inbox.c.state)).all())


def versions(shelf: StoredShelf) -> list[str]:
    return [pack.version for pack in shelf.newest() if pack.id == ID]


def test_twenty_groups_go_on_while_methods_are_checked_and_installed(engine, program, taken):
    set_up(engine, *GROUPS)
    apart = Held()
    sent = iter([zipped(files("0.2.0")), zipped(files("0.3.0"))])

    async def act():
        async with program(apart, lambda: next(sent)) as one:
            before = len(taken)
            zips = [await one.hears("D1", a_zip(), private=True)]
            assert await asyncio.to_thread(apart.begun.wait, 20)
            zips.append(await one.hears("D1", "metoden är på väg", private=True))
            said = [
                await one.hears(room, f"1.1: Vi vill mer, {turn}.") for turn in range(2) for room in GROUPS
            ]
            async with asyncio.timeout(20):
                while len(taken) < before + len(said):
                    await asyncio.sleep(0.005)
            # every group was answered, and the admin's own words wait for what came before them
            assert sorted(taken[before:]) == sorted(said)

            apart.go_on.set()
            await one.at_rest()
            assert taken[-2:] == zips

            press = await one.hears("D1", newest_first_button(engine, "install-pack"), private=True)
            said += [await one.hears(room, "ändra 1.1: Ännu mer.") for room in GROUPS]
            third = await one.hears("D1", a_zip(1), private=True)
            said += [await one.hears(room, "hjälp") for room in GROUPS]
            await one.at_rest()
            assert taken.index(press) < taken.index(third)
            for room in GROUPS:
                mine = [event for event in said if event.startswith(f"{room}:")]
                assert [event for event in taken[before:] if event.startswith(f"{room}:")] == mine

    asyncio.run(act())

    assert states(engine) == {"done": sum(states(engine).values())}
    assert not [
        name for name in apart.threads if name in ("writer", "MainThread") or name.startswith("reader")
    ]
    with SqlUnitOfWork(engine) as uow:
        assert [one.version for one in uow.packs.installed()] == ["0.1.0", "0.2.0"]
        given = [one.value for one in uow.journeys.events("j-C7") if isinstance(one, Contributed)]
    assert given == ["Vi vill mer, 0.", "Vi vill mer, 1.", "Ännu mer."]
    with engine.connect() as connection:
        [(waits,)] = connection.exec_driver_sql("select checked from pack_in_waiting").all()
        assert '"0.3.0"' in waits


def test_every_process_offers_what_one_has_installed_and_groups_keep_theirs(engine, program):
    set_up(engine, "C1")
    apart = Held()
    apart.go_on.set()

    async def act():
        async with (
            program(apart, lambda: zipped(files("0.2.0"))) as one,
            program(apart, lambda: b"") as other,
        ):
            other.events = 1000
            assert versions(one.shelf) == versions(other.shelf) == ["0.1.0"]

            await one.hears("D1", a_zip(), private=True)
            await one.at_rest()
            await one.hears("D1", newest_first_button(engine, "install-pack"), private=True)
            await one.at_rest()
            assert versions(one.shelf) == versions(other.shelf) == ["0.2.0"]

            for line in ("starta", "Kommunen", "Grupp C2", "-", "-"):
                await other.hears("C2", line)
            await other.hears("C1", "läget")
            await other.at_rest()

    asyncio.run(act())

    with SqlUnitOfWork(engine) as uow:
        refs = {uow.journeys.room(one.id).external: one.version for one in uow.journeys.all()}
        assert refs == {"C1": "0.1.0", "C2": "0.2.0"}
        letters = uow.outbox.claim("slack", CLOCK.now(), most=200)
        assert [one for one in letters if one.room.external == "C1" and "0.2.0" in one.message.text]
        assert uow.audit.verify() > 0
    with engine.connect() as connection:
        audited = connection.exec_driver_sql("select person from audit where kind = 'pack-installed'").all()
        [ada] = connection.exec_driver_sql("select id from person").all()
    assert audited == [ada]


def test_groups_go_on_while_a_year_is_played_and_a_stop_leaves_it_to_the_next_start(engine, program, taken):
    set_up(engine, "C1", "C2")

    async def ask() -> None:
        apart = Held()
        async with program(apart, lambda: b"") as one:
            asked = await one.hears("D1", f"repetera {ID} 2027", private=True)
            assert await asyncio.to_thread(apart.begun.wait, 20)
            said = [await one.hears(room, "1.1: Vi vill mer.") for room in ("C1", "C2")]
            said.append(await one.hears("D1", "hjälp", private=True))
            await one.at_rest()
            assert taken == [asked, *said]
            assert apart.threads not in (["writer"], ["MainThread"])

    asyncio.run(ask())
    assert letters(engine, "D1", "2027") == 1  # that it has begun

    async def go_on() -> None:
        take_back_jobs(uow=SqlUnitOfWork(engine))
        async with program(Playing(), lambda: b"") as one:
            one.events = 1000
            await one.counter.resume()
            async with asyncio.timeout(30):
                while jobs(engine) != ["done"]:
                    await asyncio.sleep(0.02)
            await one.counter.resume()

    asyncio.run(go_on())
    assert letters(engine, "D1", ".html") == 1


def jobs(engine) -> list[str]:
    with engine.connect() as connection:
        return [state for (state,) in connection.exec_driver_sql("select state from pack_job")]


def letters(engine, room: str, words: str) -> int:
    with engine.connect() as connection:
        rows = connection.exec_driver_sql(
            "select message from outbox join room on room.id = outbox.room"
            f" where external = '{room}' and message is not null"
        )
        return sum(words in message for (message,) in rows)
