"""Wipes from the database's files what has been disposed of: pages, indexes, logs; and says what still holds it."""

from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from storage.engine import open_engine, sqlite_file
from storage.errors import AlreadyServing
from storage.lock import serving
from storage.tables import metadata

MERGED = 64
"""So many pages of the search's index are put together in one transaction."""

TO_LEAVE = 2.0  # seconds that PostgreSQL may need to end what served somebody who has left


@dataclass(frozen=True, slots=True)
class Wiped:
    """`in_use`: somebody else has the database open, so that it wasn't written anew. `copies`: files that hold it still."""

    in_use: bool
    copies: tuple[Path, ...] = ()
    write_ahead: bool = False  # PostgreSQL: logs and copies are its own, and nobody here can wipe them
    refused: tuple[str, ...] = ()  # what the database's owner alone may do


def wipe(url: str) -> Wiped:
    """Write everything anew where nobody else is at it. No connection of this process may be open."""
    file = sqlite_file(url)
    engine = open_engine(url)
    try:
        return _wipe_postgresql(engine) if file is None else _wipe_sqlite(engine, url, file)
    finally:
        engine.dispose()


def copies_beside(file: Path) -> tuple[Path, ...]:
    """Return the copies that upgrades and restores have left beside the database."""
    return tuple(
        sorted(
            one
            for one in file.parent.glob(f"{file.name}.*")
            if ".bak" in one.name or ".restoring" in one.name
        )
    )


def _wipe_sqlite(engine: Engine, url: str, file: Path) -> Wiped:
    _merge_search(engine)
    try:
        with serving(url):
            with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                driver = _driver(connection)
                # Cells that moved to another page leave what they were behind: only a file written anew has none.
                driver.execute("VACUUM")
                [busy, *_] = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            return Wiped(in_use=bool(busy), copies=copies_beside(file))
    except AlreadyServing:
        with engine.connect() as connection:
            driver = _driver(connection)
            driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return Wiped(in_use=True, copies=copies_beside(file))


def _driver(connection: Connection) -> Any:
    """Return the driver's own connection: some of what is said here goes past transactions."""
    return connection.connection.driver_connection


def _merge_search(engine: Engine) -> None:
    """Put the parts of the search's index together, a little at a time: words of what is gone lie in the older ones."""
    pages = -MERGED  # the first call begins a merge of all parts, those after it go on with it
    while True:
        with engine.begin() as connection:
            driver = _driver(connection)
            before = driver.total_changes
            driver.execute("INSERT INTO search_words(search_words, rank) VALUES ('merge', ?)", [pages])
            changed = driver.total_changes - before
        if changed < 2:  # as SQLite says: one row is the command itself
            return
        pages = MERGED


def _wipe_postgresql(engine: Engine) -> Wiped:
    refused: list[str] = []
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if not _alone(connection):
            return Wiped(in_use=True, write_ahead=True)
        for name in sorted(metadata.tables):
            connection.execute(text(f'VACUUM (FULL, ANALYZE) "{name}"'))
        # What ANALYZE noted of the columns holds values of theirs.
        for statement in ("VACUUM (FULL) pg_statistic", "CHECKPOINT"):
            _if_allowed(connection, statement, refused)
    return Wiped(in_use=False, write_ahead=True, refused=tuple(refused))


def _alone(connection: Connection) -> bool:
    """Say whether nobody else is connected. Who has just left, as this program has, may be on the list for a moment yet."""
    until = monotonic() + TO_LEAVE
    while connection.execute(_OTHERS).scalar_one():
        if monotonic() > until:
            return False
        sleep(0.05)
    return True


_OTHERS = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    " AND backend_type = 'client backend'"
)


def _if_allowed(connection: Connection, statement: str, refused: list[str]) -> None:
    try:
        connection.execute(text(statement))
    except DBAPIError:
        refused.append(statement)
