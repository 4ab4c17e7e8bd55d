"""Does once in a process what comes out the same each time: reading packs, migrating, learning whom one trusts."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache, lru_cache, wraps
from pathlib import Path
from ssl import SSLContext

import pytest
from sqlalchemy import Connection, inspect

from bot import settings
from content import loader
from content.loaded import Loaded, Refused, checksum
from storage import schema
from storage.repositories import packs


@contextmanager
def once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loader, "_read", lru_cache(1000)(loader._read))
        patch.setattr(loader, "load_all", _loads_once())
        patch.setattr(packs, "pack_value", lru_cache(20)(packs.pack_value))
        patch.setattr(settings, "_trust", _trusts_once())
        patch.setattr(schema, "_run", _migrates_once())
        yield


def _loads_once() -> Callable[[Mapping[str, Mapping[str, bytes]]], dict[str, Loaded | Refused]]:
    """Loading is pure: the same bytes make the same packs, which nobody changes."""
    load_all = loader.load_all
    contents: dict[str, Mapping[str, bytes]] = {}

    @cache
    def loaded(packs: tuple[tuple[str, str], ...]) -> Mapping[str, Loaded | Refused]:
        return load_all({name: contents[digest] for name, digest in packs})

    def load(packs: Mapping[str, Mapping[str, bytes]]) -> dict[str, Loaded | Refused]:
        digests = {name: checksum(files) for name, files in packs.items()}
        contents.update((digests[name], files) for name, files in packs.items())
        return dict(loaded(tuple(digests.items())))

    return load


def _trusts_once() -> Callable[[Path | None], SSLContext]:
    """The system's certificate authorities are read once, for connections that most tests never make."""
    trust = settings._trust
    systems = cache(lambda: trust(None))

    def trusted(own: Path | None) -> SSLContext:
        return systems() if own is None else trust(own)

    return trusted


def _migrates_once() -> Callable[[Connection], None]:
    """The first empty SQLite file is migrated; those after it get what that made of it."""
    migrate = schema._run
    made: dict[Path, list[str]] = {}

    @wraps(migrate)
    def run(connection: Connection) -> None:
        is_empty = connection.dialect.name == "sqlite" and not inspect(connection).get_table_names()
        if not is_empty or schema.MIGRATIONS not in made:
            migrate(connection)
        else:
            for statement in made[schema.MIGRATIONS]:
                connection.exec_driver_sql(statement)
        if is_empty:
            made.setdefault(schema.MIGRATIONS, script_of(connection))

    return run


def script_of(connection: Connection) -> list[str]:
    """Return the statements that make a database like this SQLite file, whose full-text tables are empty."""
    driver = connection.connection.driver_connection
    virtual = dict(
        driver.execute(
            "SELECT name, sql FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%'"
        ).fetchall()
    )
    whole = [line for line in driver.iterdump() if line not in ("BEGIN TRANSACTION;", "COMMIT;")]
    plain = [line for line in whole if not _is_of(virtual, line)]
    triggers = [line for line in plain if line.startswith("CREATE TRIGGER")]
    return [*(line for line in plain if line not in triggers), *virtual.values(), *triggers]


def _is_of(virtual: Iterable[str], line: str) -> bool:
    """Say whether the line makes or fills a table that a full-text table makes for itself, or the table itself.

    Python writes the latter as a row of the schema; older ones, such as 3.11.2 of Debian 12, as the statement.
    """
    if line.startswith(("CREATE VIRTUAL TABLE", "PRAGMA writable_schema", "INSERT INTO sqlite_master")):
        return True
    made = line.removeprefix("CREATE TABLE ").removeprefix("INSERT INTO ").lstrip("'\"")
    return any(made.startswith(f"{name}_") for name in virtual)
