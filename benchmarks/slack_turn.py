"""Measures a turn through Slack's door against a bare bolt echo that posts as much and keeps nothing.

Signed event in, acknowledgement, reply posted: 1, 8 and 32 at once, on loopback, both apps in one run, turn about.
Each turn is an answer in a question's thread: stored, acknowledged, heard, projected, written to the outbox, committed;
then the receipt is posted and the question's message edited. All of it durable, on SQLite.
"""

import asyncio
import socket
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from _figures import Figures
from _slack_stand_in import SECRET, TEAM, TOKEN, StandIn, stand_in
from _stores import LEADER, MEMBERS, METHOD, Store, copy_journey, install
from aiohttp import ClientSession
from sqlalchemy import text

from dialogs.incoming import Incoming, Said

AT_ONCE = (1, 8, 32)
AT_LEAST = 0.35  # of the echo's turns per second, with 8 at once
ROOMS = 96
ROUNDS = 7
ROUND = {1: 40, 8: 200, 32: 400}  # turns
QUESTIONS = ("1.1", "1.2", "A.1", "A.2", "A.3", "A.4")


@dataclass
class App:
    """A running app, and what was measured of it."""

    name: str
    url: str
    process: asyncio.subprocess.Process
    rates: dict[int, list[float]] = field(default_factory=dict)
    acknowledged: dict[int, list[float]] = field(default_factory=dict)
    replied: dict[int, list[float]] = field(default_factory=dict)

    @property
    def resident(self) -> float:
        """Return the process's resident memory in MB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) / 1024


@dataclass
class Talk:
    """Who says what where, next: each room's turns come one after the other."""

    places: Sequence[tuple[str, str]]  # channel, thread of a question there
    number: int = 0
    free: list[int] = field(default_factory=list)

    def next(self) -> tuple[str, str, str, str]:
        self.number += 1
        channel, thread = self.places[self.number % len(self.places)]
        who = MEMBERS[self.number // len(self.places) % len(MEMBERS)]
        return channel, _account(who), thread, f"Vi vill att fler är med, av {self.number} skäl."


async def measure(app: App, slack: StandIn, talk: Talk, at_once: int, *, keep: bool = True) -> None:
    """Let so many people talk at once, each with their next turn when the reply to the last is there."""
    left = ROUND[at_once] if keep else 2 * at_once
    times: list[tuple[float, float]] = []

    async def person() -> None:
        nonlocal left
        while left > 0:
            left -= 1
            channel, account, thread, words = talk.next()
            times.append(await slack.turn(app.url, channel, account, thread, words))

    began = perf_counter()
    await asyncio.gather(*(person() for _ in range(at_once)))
    await _quiet(slack)
    if keep:
        app.rates.setdefault(at_once, []).append(len(times) / (perf_counter() - began))
        app.acknowledged.setdefault(at_once, []).extend(one for one, _ in times)
        app.replied.setdefault(at_once, []).extend(two for _, two in times)


async def _quiet(slack: StandIn) -> None:
    """Wait until nothing is posted any more: the edits belong to the turns as well."""
    before = -1
    while before != (before := slack.posts + slack.edits):
        await asyncio.sleep(0.02)


async def compare(figures: Figures, database: str, places: Sequence[tuple[str, str]]) -> None:
    async with stand_in() as slack, _app("echo", slack) as echo, _app("coach", slack, database) as coach:
        talk = Talk(places)
        counts: dict[str, list[int]] = {"echo": [0, 0, 0], "coach": [0, 0, 0]}
        for at_once in AT_ONCE:
            for app in (echo, coach):
                await measure(app, slack, talk, at_once, keep=False)
            for number in range(ROUNDS):
                for app in (echo, coach) if number % 2 else (coach, echo):
                    before = slack.posts, slack.edits
                    await measure(app, slack, talk, at_once)
                    counts[app.name][0] += ROUND[at_once]
                    counts[app.name][1] += slack.posts - before[0]
                    counts[app.name][2] += slack.edits - before[1]
            _say(figures, echo, coach, at_once)
        for app in (echo, coach):
            turns, posts, edits = counts[app.name]
            figures.said(f"{app.name}: posts a turn", posts / turns, "")
            figures.said(f"{app.name}: edits a turn", edits / turns, "")
            figures.said(f"{app.name}: resident", app.resident, "MB")
        for line in await _where_the_time_goes(coach):
            print(f"  {line}")


def _say(figures: Figures, echo: App, coach: App, at_once: int) -> None:
    for app in (echo, coach):
        figures.said(f"{app.name}_{at_once}: turns", median(app.rates[at_once]), "a second")
        for what, taken in (("acknowledged", app.acknowledged), ("replied", app.replied)):
            ordered = sorted(taken[at_once])
            for share in (50, 99):
                at = ordered[min(len(ordered) * share // 100, len(ordered) - 1)]
                figures.said(f"{app.name}_{at_once}: {what} p{share}", at * 1000, "ms")
    ratios = [ours / theirs for ours, theirs in zip(coach.rates[at_once], echo.rates[at_once], strict=True)]
    if at_once == 8:
        figures.at_least("slack_turns_of_echo_8", median(ratios), AT_LEAST)
    else:
        figures.said(f"slack_turns_of_echo_{at_once}", median(ratios), "")


async def _where_the_time_goes(coach: App) -> list[str]:
    """Return the coach's own means: of the acknowledgement, the turn from there, and a letter's way to Slack."""
    url = coach.url.replace("/slack/events", "/metrics")
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
async def _app(name: str, slack: StandIn, database: str = "") -> Any:
    port = _free_port()
    program = Path(__file__).with_name(f"_slack_{name}.py")
    told = [*([database] if database else []), str(port), slack.url, SECRET, TOKEN]
    process = await asyncio.create_subprocess_exec(
        sys.executable, str(program), *told, stdout=asyncio.subprocess.PIPE, stderr=sys.stderr
    )
    assert process.stdout is not None
    await asyncio.wait_for(process.stdout.readline(), 60)
    await _answers(port)
    try:
        yield App(name, f"http://127.0.0.1:{port}/slack/events", process)
    finally:
        process.terminate()
        await process.wait()


async def _answers(port: int) -> None:
    """Wait until the app lets in what is signed: it may still be asking who it is."""
    async with ClientSession() as session:
        for _ in range(300):
            try:
                async with session.post(f"http://127.0.0.1:{port}/slack/events", data=b"") as answer:
                    if answer.status in (400, 401):
                        return
            except OSError:
                pass
            await asyncio.sleep(0.05)
    raise TimeoutError("the app never opened")


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


# ------------------------------------------------------------------------------------------------ the town


@contextmanager
def a_town() -> Iterator[tuple[str, Sequence[tuple[str, str]]]]:
    """Make a database with a group in each of so many channels; return it with each question's thread."""
    with tempfile.TemporaryDirectory(prefix="metodcoach-bench-") as folder:
        store = SlackStore(f"sqlite:///{Path(folder) / 'town.db'}")
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
            connection.execute(text("UPDATE room SET external = 'C' || hex(external) WHERE NOT private"))
            found = connection.execute(
                text(
                    "SELECT DISTINCT room.external, message.platform_message FROM message JOIN room"
                    " ON room.id = message.room WHERE NOT room.private ORDER BY 2, 1"
                )
            ).all()
        store.close()
        yield store.url, [(channel, thread) for channel, thread in found]


class SlackStore(Store):
    """A store whose people talk in Slack."""

    def incoming(self, who: str, words: str) -> Incoming:
        self.said += 1
        said = Said(words, f"1700000000.{self.said:06}")
        at = datetime.now(UTC)
        return Incoming("slack", TEAM, f"e-{self.said}", _account(who), who, "KANALEN", False, at, said)

    def deliver(self) -> None:
        while letters := self.desk.letters("slack"):
            for letter in letters:
                self.desk.sent(letter, f"1710000000.{letter.id:06}")


def _account(who: str) -> str:
    return f"U{who.upper()}"


def main() -> int:
    figures = Figures()
    with a_town() as (database, places):
        asyncio.run(compare(figures, database, places))
    return figures.code()


if __name__ == "__main__":
    sys.exit(main())
