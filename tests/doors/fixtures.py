"""Fixtures for the tests of all doors: an event loop a module, and databases with the program's packs in them."""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from bot.installing import install
from bot.packs.on_disk import built_in_packs
from bot.settings import Settings
from bot.wiring import open_world
from content.loader import Loaded, load_all
from content.schema.files import Walkthrough
from tests.doors.loop import Loop

METHOD = "eu-coachmetoden"


@cache
def loaded() -> dict[str, Loaded]:
    return {name: one for name, one in load_all(built_in_packs()).items() if isinstance(one, Loaded)}


def the(walkthrough: str) -> Walkthrough:
    return next(one for one in loaded()[METHOD].walkthroughs if one.id == walkthrough)


@pytest.fixture(scope="module")
def loop() -> Iterator[Loop]:
    found = Loop()
    yield found
    found.close()


@pytest.fixture
def new_database(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str], str]:
    """Return the address of a new database of a kind, with the program's packs in it."""
    made: list[str] = []

    def new(kind: str = "sqlite") -> str:
        name = f"doors_{len(made)}_{tmp_path.name}".lower().replace("-", "_")
        if kind == "sqlite":
            url = f"sqlite:///{tmp_path / name}.db"
        else:
            server = request.getfixturevalue("postgresql")
            server.psql(f"CREATE DATABASE {name};")
            url = server.get_uri(database=name).replace("postgresql://", "postgresql+psycopg://", 1)
        with open_world(Settings(database_url=url)) as world:
            for one in loaded().values():
                install(world, one, by="test")
        made.append(url)
        return url

    return new
