"""Whole copies of a SQLite file, taken through SQLite itself while others go on writing."""

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from storage.errors import Refused


def copy(source: Path, to: Path) -> None:
    """Write a whole copy of *source* to *to*, which appears when it is complete or not at all.

    Raises ``Refused`` where SQLite can't read the one or write the other, as when the disk is full.
    """
    part = to.with_name(to.name + ".part")
    part.unlink(missing_ok=True)
    os.close(
        os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    )  # people's words: for nobody else's eyes
    try:
        with closing(_open(source)) as there, closing(sqlite3.connect(part)) as here:
            there.backup(here)
            here.execute("PRAGMA journal_mode = DELETE")  # one file, with nothing beside it
        _to_disk(part)
        part.replace(to)
        _to_disk(to.parent)
    except BaseException as error:
        part.unlink(missing_ok=True)
        if isinstance(error, sqlite3.Error):
            raise Refused("db-not-copied", file=source, to=to, why=error) from error
        raise


def revision_of(file: Path) -> str | None:
    """Return the file's schema revision; None when it has none. Raises ``Refused`` when it is no whole database."""
    try:
        with closing(_open(file)) as there:
            [verdict] = there.execute("PRAGMA integrity_check(1)").fetchone()
            if verdict != "ok":
                raise Refused("db-damaged", file=file, why=verdict)
            known = there.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone()
            row = there.execute("SELECT version_num FROM alembic_version").fetchone() if known else None
            return None if row is None else str(row[0])
    except sqlite3.DatabaseError as error:
        raise Refused("db-unreadable", file=file, why=error) from error


def put_in_place(new: Path, file: Path, *, keep_as: Path) -> None:
    """Let *new* be the database from now on, and keep the old one whole under another name.

    Nobody may have the file open. What lies beside it (`-wal`) goes with the old file: beside the new one it would
    be read as its own.
    """
    if file.exists():
        with suppress(sqlite3.DatabaseError), closing(sqlite3.connect(file)) as old:
            old.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        os.link(file, keep_as)
        for beside in ("-wal", "-shm"):
            left = file.with_name(file.name + beside)
            if left.exists():
                left.replace(keep_as.with_name(keep_as.name + beside))
    hand_over(new, at=file)
    new.replace(file)
    _to_disk(file.parent)


def hand_over(new: Path, *, at: Path) -> None:
    """Let root give the file to whoever the one *at* that place, or its folder, belongs to: they couldn't open root's."""
    if os.geteuid():
        return
    owners = (one.stat() for one in (at, at.parent) if one.exists())
    owner = next((one for one in owners if one.st_uid), None)
    if owner is not None:
        os.chown(new, owner.st_uid, owner.st_gid)


def unused(file: Path) -> Path:
    """Return *file*, or its first neighbour with a number that doesn't exist."""
    number, free = 1, file
    while free.exists():
        number += 1
        free = file.with_name(f"{file.stem}-{number}{file.suffix}")
    return free


def _open(file: Path) -> sqlite3.Connection:
    if not file.is_file():
        raise Refused("db-not-there", file=file)
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=rw", uri=True)


def _to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
