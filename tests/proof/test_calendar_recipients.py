"""A morning of reminders among people of whom some can't be reached: one fails always, one is slow, one's account is closed."""

import asyncio
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from bot.usecases.deliver import closed_account
from bot.usecases.plan import replan_one
from dialogs.model.journey import Journey, JourneyId
from dialogs.model.people import Member
from dialogs.model.records import Record
from dialogs.ports import AccountRef, ClaimedLetter
from dialogs.sending import Later, Never, Unknown
from dialogs.time import HOME
from storage import schema
from tests.bot.letterbox import DOOR, FINE, SLOW, TENANT, Act, Box, Platform, played
from tests.calendar.plans import PLAN
from tests.proof.world import MORNING, World, book

MONDAY, FRIDAY = date(2026, 11, 23), date(2026, 11, 27)
AT_NINE = datetime.combine(FRIDAY, time(9, 1), HOME).astimezone(UTC)
FAILS, LOST, SLOWLY, CLOSED = "fails", "lost", "slowly", "closed"
TROUBLE = (FAILS, LOST, SLOWLY, CLOSED)
LEADER = "leader"
A_WHILE = 300.0  # seconds


class Friday:
    """Nine o'clock on Friday, and as much later as the event loop's time has gone on."""

    def now(self) -> datetime:
        return AT_NINE + timedelta(seconds=asyncio.get_running_loop().time())

    def today(self) -> date:
        return FRIDAY


class Standing:
    """A clock that stands still."""

    def __init__(self, at: datetime) -> None:
        self._at = at

    def now(self) -> datetime:
        return self._at

    def today(self) -> date:
        return self._at.astimezone(HOME).date()


def begin(world: World, names: Sequence[str]) -> None:
    """Begin a journey in which each has one measure that is due on Friday; those in *names* have never been written to."""
    world.install([(PLAN, "summa")])
    with world.uow() as uow:
        organisation = uow.organisations.add("Kommunen")
        group = uow.groups.add(organisation, "Gruppen")
        people = {name: uow.people.add(name) for name in names}
        for name, person in people.items():
            uow.groups.put_member(
                group, Member(person, ("ledare",) if name == LEADER else ("grupp",)), on=MONDAY
            )
            uow.people.tie(DOOR, TENANT, name, person.id)
            if name != CLOSED:
                own = uow.rooms.find(DOOR, TENANT, f"D-{name}", private=True)
                uow.rooms.bind_private(person.id, own.id)
        room = uow.rooms.find(DOOR, TENANT, "C0", private=False)
        leader = people[LEADER].id
        journey = Journey(
            JourneyId("j0"), organisation, "Kommunen", group, "Gruppen", PLAN.id, PLAN.version, "sv", leader,
            PLAN.steps[0].id, MONDAY,
        )  # fmt: skip
        uow.journeys.start(journey, room.id)
        for name, person in people.items():
            fields = {"namn": "Ring Bryssel", "dag": FRIDAY.isoformat(), "vem": person.id}
            record = Record(f"m-{name}", "insatser", fields, "ny", leader, MORNING)
            uow.records.save(record, organisation=organisation, group=group, journey="j0")
        uow.commit()
    planned = Standing(datetime.combine(MONDAY, time(8), HOME).astimezone(UTC))
    replan_one("j0", uow=world.uow(), shelf=world.shelf, clock=planned, book=book())


@dataclass
class Delivered:
    """When each room was first written to, in seconds after nine, and how many letters each got."""

    times: dict[str, float]
    count: dict[str, int]
    told: list[AccountRef]


def delivered(world: World, *, trouble: bool) -> Delivered:
    """Let the clock look once, and the delivery run for a while of its own time."""

    def acts(letter: ClaimedLetter, tried: int) -> Act:
        match letter.room.external if trouble else "":
            case "D-fails":
                return Act(Later(2.0, "ratelimited"), takes=None)
            case "D-lost":
                return Act(Unknown("reset"), takes=None)
            case "D-slowly":
                return SLOW
            case _:
                return FINE

    def opens(account: str) -> str | Later | Never:
        return Never("user_disabled", closed=True) if trouble else f"D-{account}"

    platform = Platform(acts, opens=opens)
    box = Box(world.engine)
    told: list[AccountRef] = []
    desk = world.desk(Friday())

    async def story() -> None:
        async def tell(account: AccountRef) -> None:
            told.append(account)
            desk.take(closed_account(account, desk.clock.now()))

        delivery = box.delivery(platform, clock=Friday(), closed=tell)
        while desk.tick():
            pass
        running = asyncio.create_task(delivery.run())
        await asyncio.sleep(A_WHILE)
        await delivery.stop()
        await running

    played(story)
    first = {room: min(times) for room, times in platform.times.items()}
    return Delivered(first, {room: len(keys) for room, keys in platform.rooms.items()}, told)


@pytest.fixture(params=["sqlite", "postgresql"])
def worlds(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[World, World]]:
    """Two empty databases of one kind."""
    made = []
    for name in ("quiet", "bad"):
        url = f"sqlite:///{tmp_path / name}.db"
        if request.param == "postgresql":
            server = request.getfixturevalue("postgresql")
            database = f"{name}_{os.urandom(4).hex()}"
            server.psql(f"CREATE DATABASE {database};")
            url = server.get_uri(database=database).replace("postgresql://", "postgresql+psycopg://", 1)
        schema.upgrade(url)
        made.append(World(url))
    yield made[0], made[1]
    for world in made:
        world.rest()


def nobody_waits_for_those_who_cannot_be_reached(worlds: tuple[World, World], others: int) -> None:
    names = [*TROUBLE, LEADER, *(f"member-{number}" for number in range(others))]
    quiet, bad = worlds
    for world in worlds:
        begin(world, names)

    without, found = delivered(quiet, trouble=False), delivered(bad, trouble=True)

    rooms = [f"D-{name}" for name in names if name not in TROUBLE]
    assert [room for room in rooms if found.count.get(room, 0) < 1] == []
    # The slow one has a sixteenth of all hands for a quarter of a minute; nobody waits for any of them in turn.
    last = max(without.times[room] for room in rooms)
    assert max(found.times[room] - without.times[room] for room in rooms) < 1.0 + last / 8
    assert found.count["D-slowly"] == 1
    assert "D-fails" not in found.count
    assert "D-closed" not in found.count
    # Whoever leads hears of the account that is closed, once, beside their own reminder.
    assert [one.account for one in found.told] == [CLOSED]
    assert found.count[f"D-{LEADER}"] == without.count[f"D-{LEADER}"] + 1
    with bad.uow() as uow:
        account = uow.people.account(DOOR, TENANT, CLOSED)
    assert account is not None
    assert not account.profile.active


@pytest.mark.e2e
def test_among_thirty_nobody_waits_for_those_who_cannot_be_reached(worlds: tuple[World, World]) -> None:
    nobody_waits_for_those_who_cannot_be_reached(worlds, 30)


@pytest.mark.proof
def test_among_a_thousand_nobody_waits_for_those_who_cannot_be_reached(worlds: tuple[World, World]) -> None:
    nobody_waits_for_those_who_cannot_be_reached(worlds, 1_000)
