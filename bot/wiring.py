"""Puts the program together: the one file that knows everybody."""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Engine

from bot.clock import SystemClock
from bot.desk import Desk
from bot.documents.making import Papers
from bot.files_in import CheckPack
from bot.ids import RandomIds
from bot.logs import failure
from bot.made_files import MadeFiles
from bot.settings import Settings
from bot.shelf import StoredShelf
from bot.teams_settings import borders_of
from bot.usecases.table_reading import Tables
from content.phrases.book import Phrasebook
from dialogs.model.borders import Borders
from storage.engine import open_engine, sqlite_file
from storage.errors import Conflict
from storage.lock import serving
from storage.schema import is_current, upgrade
from storage.unit_of_work import SqlUnitOfWork

if TYPE_CHECKING:
    from bot.counter import Counter
    from bot.metrics import Metrics
    from bot.packs.work import PackWork

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class World:
    """Everything that a use case may need, for as long as the database is open."""

    settings: Settings
    engine: Engine
    reading: Engine
    clock: SystemClock
    ids: RandomIds
    book: Phrasebook
    shelf: StoredShelf

    def uow(self) -> SqlUnitOfWork:
        return SqlUnitOfWork(self.engine)

    def looking(self) -> SqlUnitOfWork:
        """Return a unit of work that only reads, and holds nobody up."""
        return SqlUnitOfWork(self.reading)

    @property
    def borders(self) -> Borders:
        return borders_of(self.settings)

    def desk(self, language: str) -> Desk:
        return Desk(
            self.uow(), self.shelf, self.clock, self.ids, self.book, Conflict, language,
            public_url=self.settings.public_url, borders=self.borders,
            packs_by=self.settings.packs_by, tables=self.tables(language), looking=self.looking,
        )  # fmt: skip

    def tables(self, language: str) -> Tables:
        """Reads the tables that people send: a process of its own reads the file."""
        from bot.tables_apart import TablesApart  # few send any

        return Tables(
            looking=self.looking, shelf=self.shelf, clock=self.clock, ids=self.ids, book=self.book,
            conflict=Conflict, read=TablesApart().read, borders=self.borders, language=language,
        )  # fmt: skip

    def files(self, language: str) -> MadeFiles:
        papers = Papers(self.settings.templates)
        return MadeFiles(self.shelf, self.clock, self.book, language, papers, self.borders)

    @property
    def check_pack(self) -> CheckPack:
        """Checks a pack in a process of its own, against what is installed."""
        from bot.packs.checks import PackChecks  # few send any

        return PackChecks(self.looking).check

    def pack_work(self, language: str) -> "PackWork":
        """Return the work with methods that takes longer than a turn, heavy parts in a process of their own."""
        from bot.apart import Apart
        from bot.packs.work import REHEARSE_SECONDS, PackWork

        apart = Apart(REHEARSE_SECONDS)
        return PackWork(self.shelf, self.clock, self.book, apart, language, self.settings.packs_by)

    def filing_folder(self) -> Path:
        """Return where a terminal's files are put: where a setting says, else beside the database."""
        if self.settings.files is not None:
            return self.settings.files
        file = sqlite_file(self.settings.database_url)
        return (file.absolute().parent if file is not None else Path("data").absolute()) / "filer"

    def counter(self, language: str, metrics: "Metrics | None" = None) -> "Counter":
        """Return a counter with a desk of its own, for doors on an event loop."""
        from bot.counter import Counter

        return Counter(
            self.desk(language), self.looking, unreachable=unreachable_errors(self.engine), metrics=metrics,
            check_pack=self.check_pack, work=self.pack_work(language),
        )  # fmt: skip


@contextmanager
def open_world(settings: Settings) -> Iterator[World]:
    """Open the database, in step with the program, and close it afterwards."""
    make_place(settings.database_url)
    engine = open_engine(settings.database_url)
    reading = open_engine(settings.database_url, read_only=True)
    try:
        if not is_current(engine):
            bring_up_to_date(settings.database_url)
        world = World(
            settings=settings,
            engine=engine,
            reading=reading,
            clock=SystemClock(settings.zone),
            ids=RandomIds(),
            book=Phrasebook.load(),
            shelf=StoredShelf(lambda: SqlUnitOfWork(reading)),
        )
        _keep_the_search_current(world)
        yield world
    finally:
        reading.dispose()
        engine.dispose()


def _keep_the_search_current(world: World) -> None:
    """Write by which words records are found anew where an upgrade has left that to do.

    What keeps that from being done keeps nothing else from being done: it is tried again at the next start.
    """
    with world.looking() as uow:
        old = uow.search.is_old()
    if old:
        from bot.usecases.sharing import index_anew_if_old  # once after an upgrade

        try:
            index_anew_if_old(world.uow(), world.shelf)
        except Exception as error:  # noqa: BLE001 - a search that finds less is better than a program that doesn't start
            log.error("the search was not written anew", extra=failure(error))


def bring_up_to_date(url: str) -> Path | None:
    """Upgrade the database while nobody serves it; return the copy that was taken of an older one.

    Raises ``AlreadyServing`` when somebody does, and ``Refused`` when the database is newer than the program.
    """
    make_place(url)
    with serving(url):
        return upgrade(url)


def unreachable_errors(engine: Engine) -> tuple[type[Exception], ...]:
    """Return what is raised while the database is away, or busy for too long: by SQLAlchemy, and past it."""
    from sqlalchemy.exc import InterfaceError, OperationalError, TimeoutError

    driver = engine.dialect.loaded_dbapi
    return (InterfaceError, OperationalError, TimeoutError, driver.InterfaceError, driver.OperationalError)


def make_place(url: str) -> None:
    """Make a SQLite file's folder and the file itself, for their owner's eyes only, where they are not there yet."""
    file = sqlite_file(url)
    if file is None or file.exists():
        return
    _make_folder(file.absolute().parent)
    os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))


def _make_folder(folder: Path) -> None:
    if not folder.exists():
        _make_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
