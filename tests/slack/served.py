"""The program, serving: in this process, where tests set its clock; or in one of its own, which can be killed."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from time import monotonic, sleep
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from bot.metrics import Metrics
from bot.serving import Serving
from bot.settings import Settings
from bot.slack.calls import open_connections
from bot.slack_serving import Slack
from bot.wiring import World, open_world
from dialogs.time import local_day
from storage.engine import sqlite_file
from storage.lock import serving
from tests.slack.loop import Loop
from tests.slack.workspace import BOT_TOKEN, SIGNING_SECRET

PROJECT = Path(__file__).parents[2]
PATIENCE = 30.0


def settings_for(database: str, slack: str, port: int = 0) -> dict[str, Any]:
    """Return what the program is told: its database, and the stand-in for Slack."""
    return {
        "database_url": database,
        "slack_api_url": f"{slack}/api/",
        "slack_bot_token": BOT_TOKEN,
        "slack_signing_secret": SIGNING_SECRET,
        "port": port,
    }


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
    """Serves on the tests' event loop. Nothing keeps its channels at their pace: a walkthrough would take an hour."""

    loop: Loop
    database: str
    slack: str
    pace: float = 0.0
    clock: SetClock = field(default_factory=lambda: SetClock(datetime(2026, 1, 1, tzinfo=UTC)))
    serving: Serving | None = None
    _open: ExitStack | None = None
    _stop: asyncio.Event | None = None
    _task: "asyncio.Task[None] | None" = None

    def start(self, now: datetime) -> str:
        self.clock.at = now
        settings = Settings(**settings_for(self.database, self.slack))
        self._open = ExitStack()
        world = self._open.enter_context(open_world(settings))
        self._open.enter_context(serving(settings.database_url))
        if sqlite_file(settings.database_url) is not None:
            world.desk("sv").take_back("slack")
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
        while not found.port or not await is_ready(found.port):
            await asyncio.sleep(0.002)
            if self._task.done():
                self._task.result()
        return f"http://127.0.0.1:{found.port}"

    async def _serve(self, world: World, begun: asyncio.Event) -> None:
        metrics = Metrics()
        counter = world.counter("sv", metrics)
        async with open_connections() as connections:
            slack = Slack(
                world.settings,
                counter,
                connections=connections,
                clock=world.clock,
                book=world.book,
                language="sv",
            )
            self.serving = Serving(world, counter, metrics, {"slack": slack}, self.pace)
            begun.set()
            assert self._stop is not None
            await self.serving.until(self._stop)

    async def _end(self) -> None:
        assert self._stop is not None
        assert self._task is not None
        self._stop.set()
        await self._task


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

    database: str
    slack: str
    port: int
    pace: float = 0.0
    complained: str = ""
    _process: "subprocess.Popen[bytes] | None" = None

    def start(self, now: datetime) -> str:
        told = settings_for(self.database, self.slack, self.port)
        clean = {name: value for name, value in os.environ.items() if not name.startswith("METODCOACH_")}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.slack.on_a_day", now.isoformat(), str(self.pace), "serve"],
            cwd=PROJECT,
            env={**clean, **{f"METODCOACH_{name.upper()}": str(value) for name, value in told.items()}},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        self._wait_until_ready()
        return f"http://127.0.0.1:{self.port}"

    def set_clock(self, now: datetime) -> None:
        """Its clock runs by itself."""

    def stop(self) -> None:
        process = self._process
        assert process is not None
        process.terminate()
        _, complained = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0, complained.decode()

    def kill(self) -> None:
        """End it as a power cut would."""
        process = self._process
        assert process is not None
        process.kill()
        process.communicate(timeout=PATIENCE)

    def _wait_until_ready(self) -> None:
        process, until = self._process, monotonic() + PATIENCE
        assert process is not None
        while True:
            try:
                with urlopen(f"http://127.0.0.1:{self.port}/readyz") as answer:
                    if answer.status == 200:
                        return
            except (URLError, OSError):
                pass
            if process.poll() is not None or monotonic() > until:
                process.kill()
                raise AssertionError(process.communicate()[1].decode())
            sleep(0.01)
