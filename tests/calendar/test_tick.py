"""The tick looks again and again, whatever becomes of a look."""

import asyncio
from datetime import datetime, timedelta

from apscheduler.schedulers import base
from apscheduler.triggers import interval

from bot.clock import SystemClock
from bot.schedule.tick import Tick
from dialogs.time import HOME


async def ticked(look, times: int) -> None:
    """Let a tick go until it has looked so many times."""
    enough = asyncio.Event()
    count = 0

    async def counted() -> None:
        nonlocal count
        count += 1
        if count >= times:
            enough.set()
        await look()

    tick = Tick(counted, seconds=0.01)
    await tick.start()
    await asyncio.wait_for(enough.wait(), 10)
    await tick.stop()


def test_a_look_that_fails_is_followed_by_the_next(caplog):
    async def fails() -> None:
        raise RuntimeError("a slip")

    asyncio.run(ticked(fails, 3))

    assert {record.message for record in caplog.records if record.name == "bot.schedule.tick"} == {
        "look failed"
    }


def test_one_look_at_a_time():
    at_once = 0
    most = 0

    async def slow() -> None:
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        for _ in range(50):
            await asyncio.sleep(0)
        at_once -= 1

    asyncio.run(ticked(slow, 5))

    assert most == 1


def test_a_clock_that_is_set_back_keeps_nothing_waiting(monkeypatch):
    """The scheduler waits for a time on the wall clock, which is hours away when that has been set back by hours."""

    class Wall(datetime):
        ahead = timedelta()

        @classmethod
        def now(cls, tz=None):
            return SystemClock(HOME).now() + cls.ahead

    for module in (base, interval):
        monkeypatch.setattr(module, "datetime", Wall)
    looks = 0

    async def look() -> None:
        nonlocal looks
        looks += 1
        if looks == 2:
            Wall.ahead -= timedelta(hours=2)

    asyncio.run(ticked(look, 5))

    assert looks >= 5


def test_after_the_stop_nothing_looks():
    looks = []

    async def go() -> None:
        async def look() -> None:
            looks.append(1)

        tick = Tick(look, seconds=0.01)
        await tick.start()
        await tick.stop()
        before = len(looks)
        for _ in range(5):
            await asyncio.sleep(0.02)
        assert len(looks) == before

    asyncio.run(go())
