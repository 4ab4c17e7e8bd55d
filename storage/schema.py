"""Keeps the database's shape up to date, saves it whole and puts it back.

Alembic is imported only when there is something to upgrade.
"""

import os
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, make_url, text

from storage import copies
from storage.engine import open_engine, sqlite_file
from storage.errors import Refused
from storage.lock import serving

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).with_name("migrations")
HEAD = "0024"  # the newest migration, said here so that looking needs no alembic; a test compares
# Cleaning would leave the tables of a newer schema, which an upgrade then trips over.
_ASIDE = "psql {address} -c 'ALTER SCHEMA public RENAME TO before_restore' -c 'CREATE SCHEMA public'"
_ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(6382)")


def head() -> str:
    """Return the revision that this program works with."""
    return HEAD


def current(url: str) -> str | None:
    """Return the database's revision; None when it has no schema, or there is no file yet."""
    file = sqlite_file(url)
    if file is not None and not file.exists():
        return None
    with _opened(url) as engine:
        return _revision(engine)


def is_behind(url: str) -> bool:
    return current(url) != HEAD


def is_current(engine: Engine) -> bool:
    """Look quickly: one statement where all is well."""
    return _revision(engine) == HEAD


def is_known(revision: str) -> bool:
    """Whether this program can work with that revision, or upgrade from it."""
    if revision == HEAD:
        return True
    from alembic.script import ScriptDirectory

    scripts = ScriptDirectory.from_config(_config()).walk_revisions()
    return any(script.revision == revision for script in scripts)


def upgrade(url: str) -> Path | None:
    """Bring the database to the newest shape, all or nothing. Return the copy that was taken of the older one.

    A SQLite file is copied to `<file>.before-<revision>.bak` first. Raises ``Refused`` when the database is newer
    than this program.
    """
    file = sqlite_file(url)
    if file is not None:
        _make_private(file)
    before = current(url)
    if before == HEAD:
        return None
    if before is not None and not is_known(before):
        raise Refused("db-newer", revision=before)
    kept = None
    if file is not None and before is not None:
        kept = copies.unused(file.with_name(f"{file.name}.before-{HEAD}.bak"))
        copies.copy(file, kept)
    with _opened(url) as engine, engine.begin() as connection:
        _run(connection)
    return kept


def backup(url: str, to: Path) -> None:
    """Write a whole copy of the database, while it is in use. Raises ``Refused`` when that can't be."""
    file = _file(url, f"pg_dump --format=custom --file={shlex.quote(str(to))} {{address}}")
    if to.exists():
        raise Refused("db-file-exists", file=to)
    copies.copy(file, to)


def restore(url: str, saved: Path) -> Path | None:
    """Put the saved copy in the database's place. Return where the replaced file is kept.

    Looks at the copy first. Raises ``Refused`` when it is damaged or from a newer program, ``AlreadyServing`` when
    the database is in use. A copy with an older schema is put in place as it is: upgrade then.
    """
    file = _file(
        url,
        f"{_ASIDE} && pg_restore --single-transaction --no-owner --dbname={{address}} {shlex.quote(str(saved))}",
    )
    revision = copies.revision_of(saved)
    if revision is None or not is_known(revision):
        raise Refused("db-backup-unknown", file=saved, revision=revision or "-")
    with serving(url):
        new = copies.unused(file.with_name(f"{file.name}.restoring"))
        copies.copy(saved, new)
        replaced = copies.unused(file.with_name(f"{file.name}.before-restore.bak"))
        had_one = file.exists()
        copies.put_in_place(new, file, keep_as=replaced)
        return replaced if had_one else None


def _run(connection: Connection) -> None:
    from alembic import command

    if connection.dialect.name == "postgresql":
        connection.execute(_ONE_AT_A_TIME)
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _config() -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config


def _revision(engine: Engine) -> str | None:
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        return found


@contextmanager
def _opened(url: str) -> Iterator[Engine]:
    engine = open_engine(url)
    try:
        yield engine
    finally:
        engine.dispose()


def _make_private(file: Path) -> None:
    """See to it that there is a file, and that a new one is for nobody else's eyes."""
    file.parent.mkdir(parents=True, exist_ok=True)
    if not file.exists():
        os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))


def _file(url: str, instead: str) -> Path:
    file = sqlite_file(url)
    if file is None:
        address = make_url(url).set(drivername="postgresql").render_as_string(hide_password=True)
        raise Refused("db-own-tools", line=instead.replace("{address}", shlex.quote(address)))
    return file
