"""The program, serving: in this process, where tests set its clock; or in one of its own, which can be killed."""

import asyncio
import os
import socket
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import ExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from typing import Any
from zlib import crc32

import aiohttp

from bot.metrics import Metrics
from bot.serve import DOORS, doors_of
from bot.serve import PATIENCE as ANSWERS_WITHIN
from bot.serving import Door, Serving
from bot.settings import Settings
from bot.wiring import World, open_world
from dialogs.time import local_day
from storage.engine import sqlite_file
from storage.lock import serving
from tests.doors.loop import Loop

PROJECT = Path(__file__).parents[2]
PATIENCE = 30.0

Told = Mapping[str, Any]
"""What the program is told by its settings: its database, and where the stand-ins for platforms are."""


@dataclass
class SetClock:
    """It is what it was set to."""

    at: datetime

    def now(self) -> datetime:
        return self.at

    def today(self) -> date:
        return local_day(self.at)


@dataclass
class InProcess:
    """Serves on the tests' event loop. Nothing keeps its rooms at their pace: a walkthrough would take an hour.

    *prepare* is given the doors before they open.
    """

    loop: Loop
    told: Told
    pace: float = 0.0
    prepare: Callable[[Mapping[str, Door]], None] = lambda doors: None
    clock: SetClock = field(default_factory=lambda: SetClock(datetime(2026, 1, 1, tzinfo=UTC)))
    serving: Serving | None = None
    _open: ExitStack | None = None
    _stop: asyncio.Event | None = None
    _task: "asyncio.Task[None] | None" = None

    def start(self, now: datetime) -> str:
        self.clock.at = now
        settings = Settings(**self.told)
        self._open = ExitStack()
        world = self._open.enter_context(open_world(settings))
        self._open.enter_context(serving(settings.database_url))
        take_back(world)
        return self.loop.do(self._start(replace(world, clock=self.clock)))  # type: ignore[arg-type]

    def set_clock(self, now: datetime) -> None:
        self.clock.at = now

    def stop(self) -> None:
        self.loop.do(self._end())
        if self._open is not None:
            self._open.close()

    kill = stop  # an event loop can't be killed; a process can

    async def _start(self, world: World) -> str:
        self._stop = asyncio.Event()
        begun = asyncio.Event()
        self._task = asyncio.create_task(self._serve(world, begun))
        waiting = asyncio.create_task(begun.wait())
        await asyncio.wait({self._task, waiting}, return_when=asyncio.FIRST_COMPLETED)
        if self._task.done():
            self._task.result()
        found = self.serving
        assert found is not None
        while not found.is_open or not await is_ready(found.port):
            await asyncio.sleep(0.002)
            if self._task.done():
                self._task.result()
        return f"http://127.0.0.1:{found.port}"

    async def _serve(self, world: World, begun: asyncio.Event) -> None:
        metrics = Metrics()
        counter = world.counter("sv", metrics)
        async with aiohttp.ClientSession(timeout=ANSWERS_WITHIN) as connections:
            doors = doors_of(world.settings, world, counter, connections, "sv")
            self.prepare(doors)
            self.serving = Serving(world, counter, metrics, doors, self.pace)
            begun.set()
            assert self._stop is not None
            await self.serving.until(self._stop)

    async def _end(self) -> None:
        assert self._stop is not None
        assert self._task is not None
        self._stop.set()
        await self._task


def take_back(world: World) -> None:
    """Take back what a process held that is gone, as `metodcoach serve` does."""
    if sqlite_file(world.settings.database_url) is not None:
        for name in DOORS:
            world.desk("sv").take_back(name)


async def is_ready(port: int) -> bool:
    try:
        async with _answer(port) as status:
            return status == 200
    except OSError:
        return False


@asynccontextmanager
async def _answer(port: int) -> AsyncIterator[int]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(b"GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        head = await reader.readline()
        yield int(head.split()[1]) if head.split() else 0
    finally:
        writer.close()
        await writer.wait_closed()


@dataclass(eq=False)
class Process:
    """`metodcoach serve` in a process of its own, on a day that is said, at the pace that is said."""

    told: Told
    pace: float = 0.0
    port: int = field(default_factory=lambda: free_port())
    _process: "subprocess.Popen[bytes] | None" = None
    _log: list[bytes] = field(default_factory=list)
    _open: threading.Event = field(default_factory=threading.Event)
    _reader: threading.Thread | None = None

    def start(self, now: datetime) -> str:
        told = {**self.told, "port": self.port}
        clean = {name: value for name, value in os.environ.items() if not name.startswith("METODCOACH_")}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.doors.on_a_day", now.isoformat(), str(self.pace), "serve"],
            cwd=PROJECT,
            env={**clean, **{f"METODCOACH_{name.upper()}": str(value) for name, value in told.items()}},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        self._log.clear()
        self._open.clear()
        self._reader = threading.Thread(target=self._read, args=(self._process,))
        self._reader.start()
        if not self._open.wait(PATIENCE):
            self.kill()
            raise AssertionError(b"".join(self._log).decode())
        return f"http://127.0.0.1:{self.port}"

    def set_clock(self, now: datetime) -> None:
        """Its clock runs by itself."""

    def stop(self) -> None:
        assert self._process is not None
        self._process.terminate()
        assert self._ended() == 0, b"".join(self._log).decode()

    def kill(self) -> None:
        """End it as a power cut would."""
        assert self._process is not None
        self._process.kill()
        self._ended()

    def _ended(self) -> int:
        assert self._process is not None
        assert self._reader is not None
        self._process.wait(timeout=PATIENCE)
        self._reader.join()
        return int(self._process.returncode)

    def _read(self, process: "subprocess.Popen[bytes]") -> None:
        """Keep the log; it says when the doors are open and the clock has been looked at, or ends."""
        assert process.stderr is not None
        with process.stderr as log:
            for line in log:
                self._log.append(line)
                if b'"open"' in line:
                    self._open.set()


FIRST, EACH, BLOCKS = 10_000, 500, 44  # they end below the ports that a system gives out by itself
_tried = count()


def free_port() -> int:
    """Return a port that nobody listens on, and that nobody is given before it is listened on.

    Each worker has a block of its own.
    """
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    first = FIRST + EACH * ((crc32(run.encode()) + worker) % BLOCKS)
    while True:
        port = first + next(_tried) % EACH
        with socket.socket() as found, suppress(OSError):
            found.bind(("127.0.0.1", port))
            return port
