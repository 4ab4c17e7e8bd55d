"""Sees to it that one process at a time serves a SQLite file, by a lock beside it that dies with the process."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from storage.copies import hand_over
from storage.engine import sqlite_file
from storage.errors import AlreadyServing


@contextmanager
def serving(url: str) -> Iterator[None]:
    """Hold the database file for this process. Raises ``AlreadyServing`` with the pid of who holds it.

    PostgreSQL serves many processes, so that nothing is held there.
    """
    file = sqlite_file(url)
    if file is None:
        yield
        return
    # The lock file stays: if it were removed, two processes could hold locks on two files of the same name.
    descriptor = os.open(_beside(file), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        hand_over(_beside(file), at=file)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyServing(str(file), _pid(descriptor)) from None
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(descriptor)


def _beside(file: Path) -> Path:
    return file.with_name(file.name + ".lock")


def _pid(descriptor: int) -> int:
    with suppress(ValueError):
        return int(os.pread(descriptor, 20, 0))
    return 0
