"""Fixtures for the tests of the Slack door: one emulator a module, a stage for each test."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from typing import Literal

import pytest

from tests.doors.clocks import RunningClock, StageClock
from tests.doors.kept import Kept
from tests.doors.loop import Loop
from tests.doors.served import InProcess, Process
from tests.slack.emulate import Emulate, emulate_or_skip
from tests.slack.stage import SlackStage
from tests.slack.town import Town
from tests.slack.workspace import CHANNEL, Member

Found = Callable[..., Town]
Stages = Callable[..., SlackStage]


@pytest.fixture(scope="module")
def emulate() -> Iterator[Emulate]:
    found = Emulate(emulate_or_skip())
    yield found
    found.close()


@pytest.fixture
def found_town(emulate: Emulate, loop: Loop) -> Iterator[Found]:
    """Found a town with these people, in which it is `now()`."""
    towns: list[Town] = []

    def found(
        members: Sequence[Member], now: Callable[[], datetime], channels: Sequence[str] = (CHANNEL,)
    ) -> Town:
        town = Town(emulate, loop, members, now, channels=channels)
        town.open()
        towns.append(town)
        return town

    yield found
    for town in towns:
        town.close()


@pytest.fixture
def stages(found_town: Found, new_database: Callable[[str], str]) -> Iterator[Stages]:
    """Set up a stage: people in a workspace, and the program serving it, in this process or in one of its own."""
    made: list[SlackStage] = []

    def stage(
        members: Sequence[Member],
        day: date = date(2026, 9, 1),
        *,
        database: Literal["sqlite", "postgresql"] = "sqlite",
        process: bool = False,
        channels: Sequence[str] = (CHANNEL,),
    ) -> SlackStage:
        clock = RunningClock() if process else StageClock()
        clock.begin(day)
        town, url = found_town(members, clock.now, channels), new_database(database)
        told = {"database_url": url, "port": 0, **town.told()}
        server = Process(told) if process else InProcess(town.loop, told)
        made.append(SlackStage(town, server, Kept(url), clock))
        return made[-1]

    yield stage
    for one in made:
        one.close()
        one.kept.close()
