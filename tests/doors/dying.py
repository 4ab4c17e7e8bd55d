"""Serves in processes that die at points which they find themselves: `python -m tests.doors.dying`, told by lines.

A line is what one life is to be: the settings, the instant, the act that is being played, where others have died and
how points are drawn. What happens is told in lines, too: where it listens, where it dies, how it ended. Whoever reads
the lines forks, so that a life costs no start of Python; a life serves as `metodcoach serve` does.

Points: before and after each commit, before and after each call to a platform, before an answer is given and after it.
"""

import asyncio
import json
import os
import signal
import sys
import traceback
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp
from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient

import bot.slack.socket
import bot.slack_serving
import bot.teams_serving  # noqa: F401 - the same
from bot.clock import SystemClock
from bot.delivery import Messenger
from bot.metrics import Metrics
from bot.serve import PATIENCE, doors_of
from bot.serving import Door, Serving
from bot.settings import Settings
from bot.slack import calls
from bot.teams.calls import Connector
from bot.wiring import World, open_world
from dialogs.incoming import Attached, Incoming, Profile
from dialogs.model.problem import Problem
from storage.lock import serving
from tests.commits import watch_commits
from tests.doors.served import is_ready, take_back
from tests.proof.sweep import Points
from tests.teams.stamped import stamp

ACT = "X-Act"  # the header that says which act a request belongs to


def tell(**what: Any) -> None:
    os.write(1, (json.dumps(what) + "\n").encode())


@dataclass
class Life:
    """What is being done, so that points have names; and where it ends."""

    points: Points
    died_at: frozenset[str]
    act: str
    passed: int = 0
    _counts: dict[str, int] = field(default_factory=dict)

    def begin(self, act: str) -> None:
        if act != self.act:
            self.act, self._counts = act, {}

    def number(self, what: str) -> int:
        self._counts[what] = self._counts.get(what, 0) + 1
        return self._counts[what]

    def reach(self, what: str) -> None:
        self.passed += 1
        point = f"{self.act}: {what}"
        if point not in self.died_at and self.points.dies_at(point):
            tell(died=point)
            os.kill(os.getpid(), signal.SIGKILL)


@dataclass
class Mortal:
    """The door itself; it may die before it answers, or just after."""

    door: Door
    life: Life

    @property
    def messenger(self) -> Messenger:
        return self.door.messenger

    def routes(self) -> Sequence[web.RouteDef]:
        return [web.route(one.method, one.path, self._handling(one.handler)) for one in self.door.routes()]

    async def start(self) -> None:
        await self.door.start()

    async def stop(self, seconds: float) -> None:
        await self.door.stop(seconds)

    async def look_up(self, incoming: Incoming, accounts: Sequence[str]) -> Mapping[str, Profile]:
        return await self.door.look_up(incoming, accounts)

    async def fetch(self, file: Attached) -> bytes | Problem:
        return await self.door.fetch(file)

    def _handling(self, handle: Any) -> Callable[[web.Request], Awaitable[web.Response]]:
        async def handled(request: web.Request) -> web.Response:
            self.life.begin(request.headers.get(ACT, ""))
            number = self.life.number("request")
            answer = await handle(request)
            self.life.reach(f"request {number}, before the answer")
            return _Told(answer, partial(self.life.reach, f"request {number}, answered"))

        return handled


class _Told(web.Response):
    def __init__(self, answer: web.Response, then: Callable[[], None]) -> None:
        super().__init__(status=answer.status, body=answer.body, content_type=answer.content_type)
        self._then = then

    async def write_eof(self, data: bytes = b"") -> None:
        await super().write_eof(data)
        self._then()


@dataclass(frozen=True)
class Ahead:
    """The machine's clock, and some."""

    by: timedelta
    machine: SystemClock = field(default_factory=lambda: SystemClock(ZoneInfo("Europe/Stockholm")))

    def now(self) -> datetime:
        return self.machine.now() + self.by

    def today(self) -> Any:
        return self.now().astimezone(ZoneInfo("Europe/Stockholm")).date()


def live(told: Mapping[str, Any]) -> None:
    """Live one life, to its end."""
    life = Life(Points(told["share"], told["seed"]), frozenset(told["died_at"]), told["act"])
    settings = Settings(**told["settings"])
    with open_world(settings) as world, serving(settings.database_url):
        take_back(world)
        _watch_commits(life)
        _watch_slack(life)
        _watch_teams(life)
        mortal = replace(world, clock=Ahead(timedelta(seconds=told["ahead"])))  # type: ignore[arg-type]
        asyncio.run(_serve(mortal, life))
    tell(passed=life.passed)


def _watch_commits(life: Life) -> None:
    number = 0

    def before() -> None:
        nonlocal number
        number = life.number("commit")
        life.reach(f"commit {number}, before")

    watch_commits(before, lambda: life.reach(f"commit {number}, after"))


def _watch_slack(life: Life) -> None:
    exchange = calls.exchange

    async def watched(client: AsyncWebClient, method: calls.Method, **told: Any) -> calls.Answer:
        number = life.number(method.name)
        life.reach(f"{method.name} {number}, before")
        answer = await exchange(client, method, **told)
        life.reach(f"{method.name} {number}, after")
        return answer

    calls.exchange = watched  # type: ignore[assignment]


def _watch_teams(life: Life) -> None:
    call = Connector._call

    async def watched(self: Connector, what: str, *more: Any, **named: Any) -> Any:
        number = life.number(what)
        life.reach(f"{what} {number}, before")
        answer = await call(self, what, *more, **named)
        life.reach(f"{what} {number}, after")
        return answer

    Connector._call = watched  # type: ignore[method-assign]


async def _serve(world: World, life: Life) -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    metrics = Metrics()
    counter = world.counter("sv", metrics)
    async with aiohttp.ClientSession(timeout=PATIENCE) as connections:
        doors = doors_of(world.settings, world, counter, connections, "sv")
        stamp(doors)
        mortal = {name: Mortal(door, life) for name, door in doors.items()}
        found = Serving(world, counter, metrics, mortal, 0.0)
        telling = asyncio.create_task(_tell_when_ready(found))
        await found.until(stop)
        await telling


async def _tell_when_ready(found: Serving) -> None:
    while not found.is_open or not await is_ready(found.port):
        await asyncio.sleep(0.002)
    tell(port=found.port)


def main() -> None:
    for line in sys.stdin:
        told = json.loads(line)
        pid = os.fork()
        if pid == 0:
            try:
                live(told)
            except BaseException:  # noqa: BLE001 - told to whoever asked for it
                tell(failed=traceback.format_exc())
                os._exit(1)
            os._exit(0)
        tell(pid=pid)
        _, status = os.waitpid(pid, 0)
        tell(ended=os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    main()
