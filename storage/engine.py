"""Opens the database: SQLite with what makes it safe, or PostgreSQL."""

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.pool import ConnectionPoolEntry

from storage.errors import Conflict, Refused, is_conflict

BUSY_MILLISECONDS = 5000
BEGIN = "begin"  # under which a connection knows the words that begin a transaction
IDLE_MILLISECONDS = 60_000
"""PostgreSQL ends a transaction whose owner says nothing for so long: what it held, another process can take over."""


_IDLE = "idle_in_transaction_session_timeout"
_END_IDLE = f"SELECT set_config('{_IDLE}', %s, false) WHERE current_setting('{_IDLE}') = '0'"


def open_engine(url: str, *, read_only: bool = False) -> Engine:
    """Return an engine for `sqlite:///path` or `postgresql+psycopg://...`.

    A read-only engine takes no lock, sees one moment throughout a transaction, and refuses to write.
    """
    backend = make_url(url).get_backend_name()
    if backend == "sqlite":
        return _sqlite(url, read_only=read_only)
    if backend == "postgresql":
        return _postgresql(url, read_only=read_only)
    raise Refused("db-of-another-kind", kind=backend)


def sqlite_file(url: str) -> Path | None:
    """Return the file behind a SQLite address; None for another database, or one in memory."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or parsed.database in (None, "", ":memory:"):
        return None
    return Path(str(parsed.database))


def begin_on(connection: Connection, driver: Any) -> None:
    """Begin past SQLAlchemy, where the *driver* doesn't do that by itself and nothing has been begun."""
    begin = connection.info.get(BEGIN)
    if begin is not None and not driver.in_transaction:
        driver.execute(begin)


def _sqlite(url: str, *, read_only: bool) -> Engine:
    engine = create_engine(
        url,
        connect_args={"timeout": BUSY_MILLISECONDS / 1000, "cached_statements": 256},
        hide_parameters=True,  # people's words stay out of errors and logs
    )
    # SQLAlchemy's own way begins late and lost two thirds of concurrent read-then-write commits when measured.
    begin = "BEGIN" if read_only else "BEGIN IMMEDIATE"

    @event.listens_for(engine, "connect")
    def set_up(connection: sqlite3.Connection, record: ConnectionPoolEntry) -> None:
        connection.isolation_level = None  # the driver begins nothing by itself
        record.info[BEGIN] = begin
        connection.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")
        if read_only:
            connection.execute("PRAGMA query_only = ON")
        else:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA cache_size = -20000")

    @event.listens_for(engine, "begin")
    def begin_at_once(connection: Connection) -> None:
        driver: Any = connection.connection.driver_connection
        if not driver.in_transaction:  # `begin_on` may have been there before
            connection.exec_driver_sql(begin)

    return engine


def _postgresql(url: str, *, read_only: bool) -> Engine:
    options: dict[str, Any] = {}
    if read_only:
        options = {"isolation_level": "REPEATABLE READ", "execution_options": {"postgresql_readonly": True}}
    engine = create_engine(url, hide_parameters=True, **options)

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, record: object) -> None:
        # What is prepared finds its rows by keys whatever the values are: planned anew for each turn, its plan costs
        # more than it gains, and in a large store PostgreSQL would do that by itself.
        connection.execute("SET plan_cache_mode = force_generic_plan")
        # A process that was stopped would hold what it was at for as long as it is stopped. Who looks after the
        # database may have set another time, for the role or the database.
        connection.execute(_END_IDLE, [str(IDLE_MILLISECONDS)])
        connection.commit()

    @event.listens_for(engine, "handle_error")
    def name_conflicts(context: ExceptionContext) -> None:
        if is_conflict(context.original_exception):
            raise Conflict("two transactions stood in each other's way") from context.original_exception

    return engine


def checkpoint(engine: Engine) -> None:
    """Empty SQLite's log into the file, so that words that were wiped are gone from the disk too.

    SQLite does it by itself when the last connection closes; a server calls this now and then. Waits for readers.
    """
    if engine.dialect.name == "sqlite":
        connection = engine.raw_connection()
        try:
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()
