"""What measurements of a platform's door share: two apps, the people who talk to them, what it takes, and a town."""

import asyncio
import socket
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Protocol

from _figures import Figures
from _stores import LEADER, MEMBERS, METHOD, Store, copy_journey, install
from aiohttp import ClientSession
from sqlalchemy import text

from dialogs.incoming import Incoming, Said

AT_ONCE = (1, 8, 32)
ROOMS = 96
ROUNDS = 7
ROUND = {1: 40, 8: 200, 32: 400}  # turns
QUESTIONS = ("1.1", "1.2", "A.1", "A.2", "A.3", "A.4")

Places = Sequence[tuple[str, str]]
"""Rooms, each with the thread of a question there."""


class Platform(Protocol):
    """A stand-in on loopback. It counts what is posted and what is written over, and knows when the last of it came."""

    posts: int
    edits: int
    last: float  # by perf_counter

    async def turn(self, url: str, room: str, account: str, thread: str, words: str) -> tuple[float, float]:
        """Say something in a thread; return the seconds to the acknowledgement, and to the reply's post."""


@dataclass
class App:
    """A running app, and what was measured of it."""

    name: str
    url: str
    process: asyncio.subprocess.Process
    rates: dict[int, list[float]] = field(default_factory=dict)
    acknowledged: dict[int, list[float]] = field(default_factory=dict)
    replied: dict[int, list[float]] = field(default_factory=dict)
    worked: dict[int, list[float]] = field(default_factory=dict)  # seconds of a processor, by turn
    stood_in: dict[int, list[float]] = field(default_factory=dict)  # the same of the platform's stand-in

    @property
    def processor(self) -> float:
        """Return the seconds of a processor that the process's threads have had."""
        tasks = Path(f"/proc/{self.process.pid}/task").iterdir()
        return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e9

    @property
    def resident(self) -> float:
        """Return the process's resident memory in MB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) / 1024


@dataclass
class Talk:
    """Who says what where, next: each room's turns come one after the other."""

    places: Places
    account: Callable[[str], str]
    number: int = 0

    def next(self) -> tuple[str, str, str, str]:
        self.number += 1
        room, thread = self.places[self.number % len(self.places)]
        who = MEMBERS[self.number // len(self.places) % len(MEMBERS)]
        return room, self.account(who), thread, f"Vi vill att fler är med, av {self.number} skäl."


@dataclass
class Comparison:
    """The coach beside an echo, turn about. *goal* is its share of the echo's turns per second, with 8 at once."""

    figures: Figures
    door: str
    goal: float
    rounds: int = ROUNDS

    async def run(self, platform: Platform, echo: App, coach: App, talk: Talk) -> None:
        counts: dict[str, list[int]] = {"echo": [0, 0, 0], "coach": [0, 0, 0]}
        for at_once in AT_ONCE:
            for app in (echo, coach):
                await measure(app, platform, talk, at_once, keep=False)
            for number in range(self.rounds):
                for app in (echo, coach) if number % 2 else (coach, echo):
                    before = platform.posts, platform.edits
                    await measure(app, platform, talk, at_once)
                    counts[app.name][0] += ROUND[at_once]
                    counts[app.name][1] += platform.posts - before[0]
                    counts[app.name][2] += platform.edits - before[1]
            self._say(echo, coach, at_once)
        for app in (echo, coach):
            turns, posts, edits = counts[app.name]
            self.figures.said(f"{app.name}: posts a turn", posts / turns, "")
            self.figures.said(f"{app.name}: edits a turn", edits / turns, "")
            self.figures.said(f"{app.name}: resident", app.resident, "MB")
        for line in await where_the_time_goes(coach):
            print(f"  {line}")

    def _say(self, echo: App, coach: App, at_once: int) -> None:
        for app in (echo, coach):
            self.figures.said(f"{app.name}_{at_once}: turns", median(app.rates[at_once]), "a second")
            for what, taken in (("acknowledged", app.acknowledged), ("replied", app.replied)):
                ordered = sorted(taken[at_once])
                for share in (50, 99):
                    at = ordered[min(len(ordered) * share // 100, len(ordered) - 1)]
                    self.figures.said(f"{app.name}_{at_once}: {what} p{share}", at * 1000, "ms")
            for what, worked in (("its own", app.worked), ("the stand-in's", app.stood_in)):
                mean = median(worked[at_once])
                self.figures.said(f"{app.name}_{at_once}: {what} processor a turn", mean * 1000, "ms")
        rates = zip(coach.rates[at_once], echo.rates[at_once], strict=True)
        ratio = median([ours / theirs for ours, theirs in rates])
        if at_once == 8:
            self.figures.at_least(f"{self.door}_turns_of_echo_8", ratio, self.goal)
        else:
            self.figures.said(f"{self.door}_turns_of_echo_{at_once}", ratio, "")


async def measure(app: App, platform: Platform, talk: Talk, at_once: int, *, keep: bool = True) -> None:
    """Let so many people talk at once, each with their next turn when the reply to the last is there.

    What isn't kept warms up: everybody has spoken in each room by then.
    """
    left = ROUND[at_once] if keep else max(2 * at_once, len({room for room, _ in talk.places}))
    times: list[tuple[float, float]] = []

    async def person() -> None:
        nonlocal left
        while left > 0:
            left -= 1
            room, account, thread, words = talk.next()
            times.append(await platform.turn(app.url, room, account, thread, words))

    began, worked, stood_in = perf_counter(), app.processor, process_time()
    await asyncio.gather(*(person() for _ in range(at_once)))
    await _quiet(platform)
    if keep:
        app.worked.setdefault(at_once, []).append((app.processor - worked) / len(times))
        app.stood_in.setdefault(at_once, []).append((process_time() - stood_in) / len(times))
        app.rates.setdefault(at_once, []).append(len(times) / (platform.last - began))
        app.acknowledged.setdefault(at_once, []).extend(one for one, _ in times)
        app.replied.setdefault(at_once, []).extend(two for _, two in times)


async def _quiet(platform: Platform) -> None:
    """Wait until nothing is posted any more: the edits belong to the turns as well."""
    before = -1
    while before != (before := platform.posts + platform.edits):
        await asyncio.sleep(0.1)


async def where_the_time_goes(coach: App) -> list[str]:
    """Return the coach's own means: of the acknowledgement, the turn from there, and a letter's way to the platform."""
    url = f"{coach.url.rpartition('/')[0].rpartition('/')[0]}/metrics"
    async with ClientSession() as session, session.get(url) as answer:
        told = await answer.text()
    sums: dict[str, float] = {}
    for line in told.splitlines():
        name, _, value = line.rpartition(" ")
        if "_seconds_sum" in name or "_seconds_count" in name:
            sums[name.partition("{")[0]] = sums.get(name.partition("{")[0], 0.0) + float(value)
    return [
        f"{name.removesuffix('_sum')}: mean {1000 * total / sums[name.replace('_sum', '_count')]:.2f} ms"
        for name, total in sums.items()
        if name.endswith("_sum") and sums.get(name.replace("_sum", "_count"))
    ]


@asynccontextmanager
async def running(name: str, program: str, path: str, *told: str, database: str = "") -> AsyncIterator[App]:
    """Run a program of this folder, which is told a database if it has one, a port, and the rest; wait until it opens."""
    port = free_port()
    file = Path(__file__).with_name(program)
    process = await asyncio.create_subprocess_exec(
        sys.executable, str(file), *([database] if database else []), str(port), *told,
        stdout=asyncio.subprocess.PIPE, stderr=sys.stderr,
    )  # fmt: skip
    assert process.stdout is not None
    await asyncio.wait_for(process.stdout.readline(), 60)
    url = f"http://127.0.0.1:{port}{path}"
    await _answers(url)
    try:
        yield App(name, url, process)
    finally:
        process.terminate()
        await process.wait()


async def _answers(url: str) -> None:
    """Wait until the app lets in what is signed: it may still be asking who it is."""
    headers = {"Content-Type": "application/json"}
    async with ClientSession() as session:
        for _ in range(300):
            try:
                async with session.post(url, data=b"{}", headers=headers) as answer:
                    if answer.status in (400, 401):
                        return
            except OSError:
                pass
            await asyncio.sleep(0.05)
    raise TimeoutError("the app never opened")


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


# ------------------------------------------------------------------------------------------------ the town


@dataclass
class DoorStore(Store):
    """A store whose people talk at a door. *id* makes the platform's message ids, from 0 upwards."""

    door: str = ""
    tenant: str = ""
    account: Callable[[str], str] = str
    id: Callable[[int], str] = str

    def incoming(self, who: str, words: str) -> Incoming:
        self.said += 1
        said = Said(words, f"m-{self.said}")
        at = datetime.now(UTC)
        return Incoming(
            self.door, self.tenant, f"e-{self.said}", self.account(who), who, "KANALEN", False, at, said
        )

    def deliver(self) -> None:
        while letters := self.desk.letters(self.door):
            for letter in letters:
                self.desk.sent(letter, self.id(letter.id))


@contextmanager
def a_town(open_store: Callable[[str], Store], room: str) -> Iterator[tuple[str, Places]]:
    """Make a database with a group in each of so many rooms; return it with each question's thread.

    *room* is SQL that makes an id of the platform's out of `external`.
    """
    with tempfile.TemporaryDirectory(prefix="metodcoach-bench-") as folder:
        store = open_store(f"sqlite:///{Path(folder) / 'town.db'}")
        install(store)
        for words in ("starta", "Kommunen", METHOD, "-", "Skolan; Vården; Tekniken", "Kommunstyrelsen"):
            store.say(LEADER, words)
        for name in MEMBERS:
            store.say(name, "hjälp")
            store.say(LEADER, f"ny person: {name}, arbetsgrupp")
        for number in QUESTIONS:
            store.say(LEADER, f"fråga {number}")
        for number in range(1, ROOMS):
            copy_journey(store, number)
        with store.engine.begin() as connection:
            connection.execute(text(f"UPDATE room SET external = {room} WHERE NOT private"))
            found = connection.execute(
                text(
                    "SELECT DISTINCT room.external, message.platform_message FROM message JOIN room"
                    " ON room.id = message.room WHERE NOT room.private ORDER BY 2, 1"
                )
            ).all()
        store.close()
        yield store.url, [(place, thread) for place, thread in found]
