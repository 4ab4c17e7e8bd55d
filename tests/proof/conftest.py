"""A database of each kind, empty for every proof; and how much of a proof is asked for."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage import schema
from tests.doors.fixtures import loop, new_database
from tests.proof.parts import CAME_OF_IT, Tell
from tests.proof.world import World
from tests.slack.fixtures import emulate, found_town, stages
from tests.teams.fixtures import found_teams, teams_stages

__all__ = [
    "emulate",
    "found_teams",
    "found_town",
    "loop",
    "new_database",
    "stages",
    "teams_stages",
]  # fixtures


@pytest.fixture(scope="session")
def seed() -> str:
    """What the draws are made by, whichever worker makes them: it is told, so that it can be drawn again."""
    return os.environ["PROOF_SEED"]


@pytest.fixture(scope="session")
def sample() -> str:
    return os.environ.get("PROOF_SAMPLE") or ""


@pytest.fixture
def tell(request: pytest.FixtureRequest) -> Tell:
    """Tell what came of a proof, as soon as it has ended; a worker's own output goes nowhere."""
    return lambda said: request.node.user_properties.append((CAME_OF_IT, said))


class Databases:
    """Makes fresh databases of one kind."""

    def __init__(self, kind: str, request: pytest.FixtureRequest, folder: Path) -> None:
        self._kind, self._request, self._folder = kind, request, folder
        self._worlds: list[World] = []

    def fresh(self) -> World:
        """Return a world over a new database, with the program's packs."""
        name = f"proof_{len(self._worlds)}_{self._folder.name}".lower().replace("-", "_")
        if self._kind == "sqlite":
            url = f"sqlite:///{self._folder / name}.db"
        else:
            server = self._request.getfixturevalue("postgresql")
            server.psql(f"CREATE DATABASE {name};")
            url = server.get_uri(database=name).replace("postgresql://", "postgresql+psycopg://", 1)
        schema.upgrade(url)
        world = World(url)
        world.install()
        self._worlds.append(world)
        return world

    def close(self) -> None:
        for world in self._worlds:
            world.rest()


@pytest.fixture(params=["sqlite", "postgresql"])
def databases(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Databases]:
    made = Databases(request.param, request, tmp_path)
    yield made
    made.close()
