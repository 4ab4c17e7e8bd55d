"""Plays a pack's walkthroughs at the desk, each over a database of its own that is thrown away or looked at afterwards."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from shutil import copyfile

from bot.desk import Desk
from bot.ids import LETTERS
from bot.installing import install
from bot.settings import Settings
from bot.stage import DeskStage, WalkClock
from bot.usecases.walk import Played, play
from bot.wiring import World, open_world
from content.loader import Loaded
from content.schema.files import Walkthrough
from dialogs.ports import ClaimedLetter
from storage.errors import Conflict


@dataclass(frozen=True)
class Onlookers:
    """Who is told, as it happens: who says what where, and each letter."""

    scene: Callable[[str, str, str], None] = lambda who, where, text: None
    letter: Callable[[ClaimedLetter], None] = lambda letter: None
    day: Callable[[date], None] = lambda day: None
    restart: Callable[[], None] = lambda: None
    stage: Callable[[DeskStage], None] = lambda stage: None  # before the first scene


@dataclass(frozen=True)
class Walker:
    """*folder* is where the databases go; *fresh* is one with nothing but the pack in it, copied for each play."""

    loaded: Loaded
    folder: Path

    def prepare(self) -> None:
        with open_world(_settings(self._fresh)) as world:
            install(world, self.loaded, by="walk")

    @contextmanager
    def played(
        self, walkthrough: Walkthrough, onlookers: Onlookers | None = None
    ) -> Iterator[tuple[Played, DeskStage, World]]:
        """Play it; give how it went, and the stage and world as they are afterwards."""
        file = self.folder / f"{walkthrough.id}.db"
        copyfile(self._fresh, file)
        with open_world(_settings(file)) as world:
            stage = _stage(world, walkthrough, onlookers or Onlookers())
            stage.onlookers.stage(stage)
            yield play(walkthrough, stage), stage, world

    @property
    def _fresh(self) -> Path:
        return self.folder / "fresh.db"


@dataclass
class NumberedIds:
    """The same ids each time, so that a walkthrough reads the same each time. They guard nothing: it is thrown away."""

    given: int = 0

    def new(self) -> str:
        self.given += 1
        return f"walk-{self.given:06}"

    def code(self) -> str:
        self.given += 1
        digits = [LETTERS[self.given // len(LETTERS) ** place % len(LETTERS)] for place in range(8)]
        return f"{''.join(digits[:4])}-{''.join(digits[4:])}"


@dataclass
class WatchedStage(DeskStage):
    """The same, where onlookers hear of days and restarts, too."""

    onlookers: Onlookers = Onlookers()

    def day(self, day: date) -> None:
        super().day(day)
        self.onlookers.day(day)

    def restart(self) -> None:
        super().restart()
        self.onlookers.restart()


def chosen(walkthroughs: Sequence[Walkthrough], id: str) -> Iterable[Walkthrough]:
    """Return the walkthrough with the id; all of them where none is named."""
    return [one for one in walkthroughs if id in ("", one.id)]


def _stage(world: World, walkthrough: Walkthrough, onlookers: Onlookers) -> WatchedStage:
    ids = NumberedIds()

    def reopen(clock: WalkClock) -> Desk:
        return Desk(world.uow(), world.shelf, clock, ids, world.book, Conflict, walkthrough.language)

    return WatchedStage(
        WalkClock(walkthrough.day),
        reopen,
        world.uow(),
        world.shelf,
        world.book,
        on_scene=onlookers.scene,
        on_letter=onlookers.letter,
        onlookers=onlookers,
    )


def _settings(file: Path) -> Settings:
    return Settings(database_url=f"sqlite:///{file}")
