"""A whole program over one database, as a proof needs it: packs installed, a desk that can be opened anew."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache

from sqlalchemy import Engine

from bot.desk import Desk
from bot.ids import RandomIds
from bot.packs.on_disk import built_in_packs
from bot.shelf import StoredShelf
from bot.stage import DeskStage, WalkClock
from bot.usecases.walk import play
from content.loader import Loaded, load_all
from content.pack import Pack
from content.phrases.book import Phrasebook
from content.schema.files import Walkthrough
from dialogs.ports import Clock
from storage.engine import open_engine
from storage.errors import Conflict
from storage.unit_of_work import SqlUnitOfWork

METHOD = "eu-coachmetoden"
MORNING = datetime(2026, 9, 1, 7, tzinfo=UTC)


@cache
def installed() -> Mapping[str, Loaded]:
    """Return the program's own packs, read once."""
    return {name: result for name, result in load_all(built_in_packs()).items() if isinstance(result, Loaded)}


@cache
def book() -> Phrasebook:
    return Phrasebook.load()


@dataclass
class World:
    """One database with the packs in it."""

    url: str
    engine: Engine = field(init=False)
    reading: Engine = field(init=False)
    shelf: StoredShelf = field(init=False)

    def __post_init__(self) -> None:
        self.engine = open_engine(self.url)
        self.reading = open_engine(self.url, read_only=True)
        self.shelf = StoredShelf(lambda: SqlUnitOfWork(self.reading))

    def rest(self) -> None:
        """Close every connection; the next use opens new ones. No connection may be taken over a fork."""
        self.engine.dispose()
        self.reading.dispose()

    def uow(self) -> SqlUnitOfWork:
        return SqlUnitOfWork(self.engine)

    def install(self, packs: Sequence[tuple[Pack, str]] = ()) -> None:
        with self.uow() as uow:
            for pack, checksum in packs or [(one.pack, one.checksum) for one in installed().values()]:
                uow.packs.put(pack, checksum, by="proof", at=MORNING)
            uow.commit()

    def desk(self, clock: Clock) -> Desk:
        return Desk(self.uow(), self.shelf, clock, RandomIds(), book(), Conflict)

    def stage(self, day: date, reopen: Callable[[WalkClock], Desk] | None = None) -> DeskStage:
        return DeskStage(WalkClock(day), reopen or self.desk, self.uow(), self.shelf, book())


def walkthroughs() -> Sequence[Walkthrough]:
    """Return the method's walkthroughs, the longest first."""
    found = installed()[METHOD].walkthroughs
    return sorted(found, key=lambda one: len(one.scenes), reverse=True)


def as_written(walkthrough: Walkthrough, world: World) -> bool:
    """Say whether the walkthrough plays as written on a fresh database."""
    return play(walkthrough, world.stage(walkthrough.day), method=METHOD).as_written
