"""``metodcoach serve`` as a real process: what it acknowledges it keeps, however it ends; and it says what is wrong."""

import asyncio
import json
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing

import aiohttp
import pytest

from bot.call import SET_UP_WRONGLY
from tests.doors.served import free_port
from tests.e2e.served import (
    SECRET,
    TEAM,
    TOKEN,
    Served,
    Slack,
    database_in,
    said,
    set_up,
    signed,
    tell,
)
from tests.e2e.terminal import PROJECT

pytestmark = pytest.mark.e2e

STOPS_WITHIN = 25.0


def rows(database, statement: str) -> list[tuple]:
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute(statement).fetchall()


async def tell_under_load(port: int, stop: asyncio.Event, acknowledged: set[str], senders: int = 8) -> None:
    """Tell it events from several people until it hangs up; add those that it acknowledges."""
    number = 0
    async with aiohttp.ClientSession() as session:

        async def send(sender: int) -> None:
            nonlocal number
            while True:
                number += 1
                mine = number
                status = await tell(session, port, said(mine, "läget", account=f"U{sender}"))
                if status == 200:
                    acknowledged.add(f"said:DU{sender}:17000{mine:05}.000100")
                elif stop.is_set():
                    return
                else:
                    await asyncio.sleep(0.01)

        async with asyncio.timeout(60):
            await asyncio.gather(*(send(one) for one in range(senders)))


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_everything_that_was_acknowledged_is_stored_and_taken(tmp_path, sign):
    database = database_in(tmp_path)

    async def act():
        slack, port = await Slack().start(), free_port()
        served = Served(["serve"], database, settings=set_up(slack, port))
        await served.ready(port)
        stop = asyncio.Event()
        acknowledged: set[str] = set()
        load = asyncio.create_task(tell_under_load(port, stop, acknowledged))
        await asyncio.sleep(1.5)
        async with asyncio.timeout(30):  # a busy machine takes its time
            while len(acknowledged) <= 20:
                await asyncio.sleep(0.05)
        ended = asyncio.create_task(asyncio.to_thread(served.end, sign))
        await asyncio.sleep(0)
        stop.set()
        await load
        code, log, seconds = await ended
        if sign == signal.SIGKILL:
            assert code == -signal.SIGKILL
            served = Served(["serve"], database, settings=set_up(slack, port))
            await served.ready(port)
            while rows(database, "SELECT count(*) FROM inbox WHERE state = 'new'") != [(0,)]:
                await asyncio.sleep(0.05)
            code, log, seconds = await asyncio.to_thread(served.end)
        await slack.stop()
        assert (code, seconds < STOPS_WITHIN) == (0, True), log
        assert len(acknowledged) > 20
        return acknowledged, log

    acknowledged, log = asyncio.run(act())

    states = dict(rows(database, "SELECT event, state FROM inbox"))
    assert acknowledged - states.keys() == set()
    assert set(states.values()) == {"done"}
    assert "läget" not in log
    assert all(json.loads(line) for line in log.splitlines())


def test_what_was_not_said_before_the_stop_is_said_after_the_next_start(tmp_path):
    async def act():
        slack, port = await Slack().start(), free_port()
        slack.refuse["chat.postMessage"] = "ratelimited"
        served = Served(["serve"], database_in(tmp_path), settings=set_up(slack, port))
        await served.ready(port)
        async with aiohttp.ClientSession() as session:
            assert await tell(session, port, said(1, "hjälp")) == 200
        await asyncio.sleep(0.5)
        code, _, _ = await asyncio.to_thread(served.end)
        assert code == 0
        slack.refuse.clear()
        slack.calls.clear()
        served = Served(["serve"], database_in(tmp_path), settings=set_up(slack, port))
        await served.ready(port)
        async with asyncio.timeout(40):
            while not slack.posted():
                await asyncio.sleep(0.1)
        await asyncio.to_thread(served.end)
        await slack.stop()

    asyncio.run(act())


def test_what_people_say_is_in_no_log_and_in_no_figure(tmp_path):
    async def act():
        slack, port = await Slack().start(), free_port()
        settings = set_up(slack, port, log_level="debug", metrics_token="t0ken")
        served = Served(["serve"], database_in(tmp_path), settings=settings)
        await served.ready(port)
        async with aiohttp.ClientSession() as session:
            await tell(session, port, said(1, "en hemlighet"))
            body = said(2, "en hemlighet till")
            url = f"http://127.0.0.1:{port}"
            for headers in (signed(body, "ett annat"), {"Content-Type": "application/json"}):
                async with session.post(f"{url}/slack/events", data=body, headers=headers) as refused:
                    assert refused.status == 401
            async with asyncio.timeout(20):
                while not slack.posted():
                    await asyncio.sleep(0.05)
            async with session.get(f"{url}/metrics") as refused:
                assert refused.status == 401
            async with session.get(f"{url}/metrics", headers={"Authorization": "Bearer t0ken"}) as response:
                figures = await response.text()
        code, log, _ = await asyncio.to_thread(served.end)
        await slack.stop()
        return code, log, figures

    code, log, figures = asyncio.run(act())

    assert code == 0
    for told in (log, figures):
        for secret in ("hemlighet", TOKEN, SECRET, "Karin", "U1", TEAM):
            assert secret not in told
    for line in (
        'metodcoach_events_total{door="slack",seen="now"} 1',
        'metodcoach_turns_total{door="slack",became="taken"} 1',
        'metodcoach_requests_total{route="/slack/events",status="401"} 2',
        'metodcoach_inbox{state="waiting"} 0',
    ):
        assert line in figures


def test_without_a_door_it_says_what_to_set(tmp_path):
    code, complained = Served(["serve", "--language", "en"], database_in(tmp_path)).close()

    assert code == SET_UP_WRONGLY
    assert "METODCOACH_SLACK_BOT_TOKEN, METODCOACH_SLACK_SIGNING_SECRET" in complained
    assert not database_in(tmp_path).exists()


def test_a_token_that_slack_refuses_is_told_at_once(tmp_path):
    async def act():
        slack, port = await Slack().start(), free_port()
        slack.refuse["auth.test"] = "invalid_auth"
        served = Served(["serve"], database_in(tmp_path), settings=set_up(slack, port))
        ended = await asyncio.to_thread(served.close)
        await slack.stop()
        return ended

    code, complained = asyncio.run(act())

    assert code == SET_UP_WRONGLY
    assert "METODCOACH_SLACK_BOT_TOKEN (invalid_auth)" in complained
    assert TOKEN not in complained


def test_it_waits_for_slack_when_slack_is_away(tmp_path):
    async def act():
        slack_port, port = free_port(), free_port()
        slack = await Slack().start(port=slack_port)
        await slack.stop()
        served = Served(["serve"], database_in(tmp_path), settings=set_up(slack, port))
        await served.ready(port, answer="starting")
        async with aiohttp.ClientSession() as session:
            assert await tell(session, port, said(1, "hjälp")) == 503
        again = await Slack().start(port=slack_port)
        await served.ready(port)
        async with aiohttp.ClientSession() as session:
            assert await tell(session, port, said(1, "hjälp")) == 200
        code, log, _ = await asyncio.to_thread(served.end)
        await again.stop()
        return code, log

    code, log = asyncio.run(act())

    assert code == 0
    assert "a door does not open yet" in log


def test_a_second_one_is_refused_and_so_is_a_port_that_is_taken(tmp_path):
    async def act():
        slack, port = await Slack().start(), free_port()
        first = Served(["serve"], database_in(tmp_path), settings=set_up(slack, port))
        await first.ready(port)
        refused = [
            await asyncio.to_thread(Served(["serve"], database, settings=set_up(slack, its_port)).close)
            for database, its_port in ((database_in(tmp_path), free_port()), (tmp_path / "other.db", port))
        ]
        code, _, _ = await asyncio.to_thread(first.end)
        await slack.stop()
        return code, refused

    code, ((second, locked), (third, taken)) = asyncio.run(act())

    assert (code, second, third) == (0, 1, 1)
    assert "process" in locked
    assert "METODCOACH_PORT" in taken


def test_it_stops_in_time_even_when_slack_does_not_answer(tmp_path):
    """A post that hangs is left as it is: whether Slack has it is asked after the next start."""

    async def act():
        slack, port = await Slack().start(), free_port()
        slack.hang.add("chat.postMessage")
        served = Served(["serve"], database_in(tmp_path), settings=set_up(slack, port))
        await served.ready(port)
        async with aiohttp.ClientSession() as session:
            assert await tell(session, port, said(1, "hjälp")) == 200
        async with asyncio.timeout(20):
            while not slack.posted():
                await asyncio.sleep(0.05)
        ended = await asyncio.to_thread(served.end)
        await slack.stop()
        return ended

    code, log, seconds = asyncio.run(act())

    assert (code, seconds < STOPS_WITHIN) == (0, True), log
    assert rows(database_in(tmp_path), "SELECT state FROM inbox") == [("done",)]


def test_a_backup_taken_while_it_serves_can_be_put_back(tmp_path):
    database, saved = database_in(tmp_path), tmp_path / "saved.db"

    def command(*arguments: str) -> tuple[int, str]:
        return Served(["--language", "en", "db", *arguments], database).close()

    async def act():
        slack, port = await Slack().start(), free_port()
        served = Served(["serve"], database, settings=set_up(slack, port))
        await served.ready(port)
        async with aiohttp.ClientSession() as session:
            assert await tell(session, port, said(1, "hjälp")) == 200
            assert await asyncio.to_thread(command, "backup", str(saved)) == (0, "")
            assert await tell(session, port, said(2, "hjälp")) == 200
        refused = await asyncio.to_thread(command, "restore", str(saved))
        await asyncio.to_thread(served.end)
        restored = await asyncio.to_thread(command, "restore", str(saved))
        after = rows(database, "SELECT count(*) FROM inbox")
        served = Served(["serve"], database, settings=set_up(slack, port))
        await served.ready(port)
        async with aiohttp.ClientSession() as session:
            assert await tell(session, port, said(3, "hjälp")) == 200
        await asyncio.to_thread(served.end)
        await slack.stop()
        return refused, restored, after

    refused, restored, after = asyncio.run(act())

    assert refused[0] == 1
    assert "process" in refused[1]
    assert restored == (0, "")
    assert after == [(1,)]
    assert rows(database, "SELECT count(*) FROM inbox WHERE state = 'done'") == [(2,)]


HEAVY = ("aiohttp", "slack_bolt", "slack_sdk", "botbuilder", "apscheduler", "bot.slack", "bot.web")


@pytest.mark.parametrize("module", ["bot.chat", "bot.doctor.examination", "bot.cli"])
def test_whoever_does_not_serve_imports_nothing_of_it(module):
    code = f"import sys, {module}; print([name for name in {HEAVY!r} if name in sys.modules])"

    shown = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, timeout=60, check=True
    )

    assert shown.stdout.strip() == "[]"


def test_what_is_not_configured_is_not_imported():
    code = "import sys, bot.serve; print([n for n in ('slack_bolt', 'slack_sdk', 'botbuilder') if n in sys.modules])"

    shown = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, timeout=60, check=True
    )

    assert shown.stdout.strip() == "[]"
