"""A thousand letters through fifty channels of a bad platform: none lost, none doubled, none out of order, all counted."""

import asyncio
import math
import os
import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from random import Random  # noqa: TID251 - drawn by a seed
from time import monotonic, sleep
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, select

from bot.clock import SystemClock
from bot.usecases.deliver import take_back
from dialogs.ports import ClaimedLetter
from dialogs.sending import Found, Later, Unknown
from storage import schema
from storage.engine import open_engine
from storage.tables.base import table
from storage.tables.letters import OutboxRow
from tests.bot.letterbox import BUSY_NONSENSE, DOOR, FAULTS, FINE, REFUSED, SILENT, Act, Box, Platform, played

CHANNELS, EACH = 50, 20
FORGETFUL = 5  # channels that can't be asked for anything


@pytest.fixture(params=["sqlite", "postgresql"])
def fresh(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], Engine]]:
    """Makes empty databases of one kind."""
    made: list[Engine] = []

    def one() -> Engine:
        if request.param == "sqlite":
            url = f"sqlite:///{tmp_path}/{len(made)}.db"
        else:
            server = request.getfixturevalue("postgresql")
            name = f"delivery_{os.urandom(4).hex()}"
            server.psql(f"CREATE DATABASE {name};")
            url = server.get_uri(database=name).replace("postgresql://", "postgresql+psycopg://", 1)
        schema.upgrade(url)
        made.append(open_engine(url))
        return made[-1]

    yield one
    for engine in made:
        engine.dispose()


def bad_platform(seed: str, *, faulty: float = 0.35, forgetful: int = FORGETFUL) -> Platform:
    """Return a platform that goes wrong in every way that is known, by chance, and comes round at the seventh try."""

    def acts(letter: ClaimedLetter, tried: int) -> Act:
        chance = Random(f"{seed}:{letter.key}:{tried}")
        if chance.random() < 0.01:
            return REFUSED
        if tried < 6 and chance.random() < faulty:
            return chance.choice(FAULTS)
        return Act(takes=chance.uniform(0.01, 0.3), after=chance.uniform(0.3, 0.5))

    def finds(letter: ClaimedLetter, asked: int) -> Found | None:
        chance = Random(f"{seed}:{letter.key}:?{asked}")
        if int(letter.key.partition(":")[0]) < forgetful:
            return Unknown("no such scope")
        if chance.random() < 0.1:
            return chance.choice(
                [Later(2.0, "ratelimited"), Later(math.nan, "ratelimited"), Unknown("reset")]
            )
        return None

    return Platform(acts, finds)


def letters(engine: Engine) -> dict[str, str]:
    outbox = table(OutboxRow)
    with engine.connect() as connection:
        return {row.key: row.state for row in connection.execute(select(outbox.c.key, outbox.c.state))}


def assert_nothing_lost_or_doubled(box: Box, platform: Platform, posted: int) -> Counter[str]:
    """Compare what the store says with what stands in the rooms; return how many letters came to which end."""
    became = letters(box.engine)
    arrived = Counter(platform.keys)
    assert len(became) == posted
    assert set(became.values()) <= {"sent", "ambiguous", "dead"}
    assert {key for key, state in became.items() if state == "sent" and arrived[key] != 1} == set()
    assert {key for key, state in became.items() if state == "dead" and arrived[key]} == set()
    assert {key for key, state in became.items() if state == "ambiguous" and arrived[key] > 1} == set()
    for keys in platform.rooms.values():
        assert keys == sorted(keys)
    counts = box.counts()
    assert sum(counts.values()) == posted
    return Counter(became.values())


def assert_room_rests(platform: Platform, pace: float) -> None:
    for times in platform.times.values():
        assert all(later - earlier >= pace for earlier, later in pairwise(times))


def a_thousand_letters(
    fresh: Callable[[], Engine], seed: str, *, channels: int, each: int, forgetful: int
) -> None:
    box, platform = Box(fresh()), bad_platform(seed, forgetful=forgetful)
    box.fill(box.rooms(channels), each)

    played(lambda: box.delivered(box.delivery(platform, chance=Random(seed))))

    became = assert_nothing_lost_or_doubled(box, platform, channels * each)
    assert_room_rests(platform, 1.0)
    asked_in_vain = {key for key, state in letters(box.engine).items() if state == "ambiguous"}
    assert all(int(key.partition(":")[0]) < forgetful for key in asked_in_vain)
    assert became["sent"] > 0.9 * channels * each
    print(f"\n{dict(became)} in {channels} channels; {sum(platform.tried.values())} tries")


def killed_again_and_again(
    fresh: Callable[[], Engine], seed: str, *, kills: int, channels: int, each: int
) -> None:
    """Kill the delivery wherever it is, and begin anew over the same database."""
    box, platform, chance = Box(fresh()), bad_platform(seed, faulty=0.2, forgetful=0), Random(seed)
    box.fill(box.rooms(channels), each)

    async def story() -> int:
        left = 0
        for _ in range(kills):
            running = asyncio.create_task(box.delivery(platform, chance=chance).run())
            await asyncio.sleep(chance.uniform(0.0, 15.0))
            running.cancel()
            await asyncio.wait({running})
            left += box.counts().get("claimed", 0)
            if box.engine.dialect.name == "sqlite":
                take_back(DOOR, uow=box.uow)  # else claims run out
        await box.delivered(box.delivery(platform, chance=chance))
        return left

    assert played(story) > kills / 4, "hardly anything was in hand when it was killed"
    became = assert_nothing_lost_or_doubled(box, platform, channels * each)
    assert became["ambiguous"] == 0


def two_share_the_work(engine: Engine, *, channels: int, each: int) -> None:
    """Two deliveries, each in a thread of its own with connections of its own, in real time."""
    box = Box(engine, pace=0.0)
    chance = Random(7)
    taken: dict[int, int] = defaultdict(int)

    class Counting(Platform):
        async def send(self, letter: ClaimedLetter):  # type: ignore[no-untyped-def]
            taken[threading.get_ident()] += 1
            return await super().send(letter)

    platform = Counting(lambda letter, tried: Act(takes=0.0, after=chance.uniform(0.001, 0.004)))
    box.fill(box.rooms(channels), each)
    stops: list[Callable[[], None]] = []

    def serve() -> None:
        async def story() -> None:
            own = Box(engine, pace=0.0)
            clock = SystemClock(ZoneInfo("Europe/Stockholm"))
            delivery = own.delivery(platform, clock=clock, at_once=4, poll=0.02)
            loop = asyncio.get_running_loop()
            stopped = asyncio.Event()
            stops.append(lambda: loop.call_soon_threadsafe(stopped.set))
            running = asyncio.create_task(delivery.run())
            await stopped.wait()
            await delivery.stop()
            await running

        asyncio.run(story())

    threads = [threading.Thread(target=serve) for _ in range(2)]
    for thread in threads:
        thread.start()
    deadline = monotonic() + 120
    while box.waiting() and monotonic() < deadline:
        sleep(0.05)
    for stop in stops:
        stop()
    for thread in threads:
        thread.join()

    assert_nothing_lost_or_doubled(box, platform, channels * each)
    assert box.counts() == {"sent": channels * each}
    assert set(platform.tried.values()) == {1}
    assert len(taken) == 2
    assert min(taken.values()) > channels * each / 10


def one_of_two_is_killed(engine: Engine, seed: str, *, kills: int, channels: int, each: int) -> None:
    """Two replicas side by side in one time; now and then one of them is killed and another takes its place."""
    box, platform, chance = Box(engine), bad_platform(seed, faulty=0.2, forgetful=0), Random(seed)
    box.fill(box.rooms(channels), each)

    async def story() -> None:
        replicas = [asyncio.create_task(box.delivery(platform, chance=chance).run()) for _ in range(2)]
        for _ in range(kills):
            await asyncio.sleep(chance.uniform(0.0, 8.0))
            place = chance.randrange(2)
            replicas[place].cancel()
            await asyncio.wait({replicas[place]})
            replicas[place] = asyncio.create_task(box.delivery(platform, chance=chance).run())
        while box.waiting():
            await asyncio.sleep(5)
        for replica in replicas:
            replica.cancel()
        await asyncio.wait(replicas)

    played(story)

    became = assert_nothing_lost_or_doubled(box, platform, channels * each)
    assert became["ambiguous"] == 0


# ------------------------------------------------------------------------------------------------ the whole, and a taste


@pytest.mark.proof
def test_a_thousand_letters_through_a_bad_platform(fresh: Callable[[], Engine], seed: str) -> None:
    for round_ in range(3):
        a_thousand_letters(fresh, f"{seed}:{round_}", channels=CHANNELS, each=EACH, forgetful=FORGETFUL)


@pytest.mark.e2e
def test_a_hundred_letters_through_a_bad_platform(fresh: Callable[[], Engine]) -> None:
    a_thousand_letters(fresh, "1", channels=10, each=10, forgetful=1)


@pytest.mark.proof
def test_a_delivery_is_killed_a_hundred_times(fresh: Callable[[], Engine], seed: str) -> None:
    for round_ in range(3):
        killed_again_and_again(fresh, f"{seed}:{round_}", kills=100, channels=20, each=20)


@pytest.mark.e2e
def test_a_delivery_is_killed_ten_times(fresh: Callable[[], Engine]) -> None:
    killed_again_and_again(fresh, "1", kills=10, channels=6, each=8)


@pytest.mark.proof
def test_bad_channels_delay_no_other(fresh: Callable[[], Engine]) -> None:
    """With three channels that only hang, hesitate or refuse, the others are as quick as their pace lets them."""
    box = Box(fresh())
    bad = {"C0": SILENT, "C1": BUSY_NONSENSE, "C2": Act(Unknown("reset"), takes=None)}
    platform = Platform(lambda letter, tried: bad.get(letter.room.external, FINE))
    box.fill(box.rooms(CHANNELS), EACH)

    played(lambda: box.delivered(box.delivery(platform), within=120))

    for number in range(len(bad), CHANNELS):
        times = platform.times[f"C{number}"]
        assert len(times) == EACH
        assert times[-1] < EACH * (1.0 + 0.5)


@pytest.mark.proof
@pytest.mark.parametrize("fresh", ["postgresql"], indirect=True)
def test_two_deliveries_share_a_thousand_letters(fresh: Callable[[], Engine]) -> None:
    two_share_the_work(fresh(), channels=CHANNELS, each=EACH)


@pytest.mark.parametrize("fresh", ["postgresql"], indirect=True)
@pytest.mark.e2e
def test_two_deliveries_share_a_hundred_letters(fresh: Callable[[], Engine]) -> None:
    two_share_the_work(fresh(), channels=10, each=10)


@pytest.mark.proof
@pytest.mark.parametrize("fresh", ["postgresql"], indirect=True)
def test_one_of_two_deliveries_is_killed_fifty_times(fresh: Callable[[], Engine], seed: str) -> None:
    for round_ in range(3):
        one_of_two_is_killed(fresh(), f"{seed}:{round_}", kills=50, channels=20, each=20)
