"""Fixtures for the tests of the Teams door: a town and a stage for each test."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Literal

import pytest

from tests.doors.clocks import RunningClock, StageClock
from tests.doors.kept import Kept
from tests.doors.loop import Loop
from tests.doors.served import InProcess, Process
from tests.teams.driver import Scope
from tests.teams.stage import TeamsStage
from tests.teams.stamped import stamp
from tests.teams.town import Member, Town

FoundTeams = Callable[..., Town]
TeamsStages = Callable[..., TeamsStage]


@pytest.fixture
def found_teams(loop: Loop) -> Iterator[FoundTeams]:
    """Found a town with these people, in which it is `now()`."""
    towns: list[Town] = []

    def found(people: Sequence[Member], now: Callable[[], datetime], scope: Scope = "channel") -> Town:
        town = Town(loop, people, now, scope)
        town.open()
        towns.append(town)
        return town

    yield found
    for town in towns:
        town.close()


@pytest.fixture
def teams_stages(found_teams: FoundTeams, new_database: Callable[[str], str]) -> Iterator[TeamsStages]:
    """Set up a stage: people in a tenant, and the program serving it, in this process or in one of its own."""
    made: list[TeamsStage] = []

    def stage(
        people: Sequence[Member],
        day: date = date(2026, 9, 1),
        *,
        scope: Scope = "channel",
        database: Literal["sqlite", "postgresql"] = "sqlite",
        process: bool = False,
        settings: Mapping[str, Any] = {},
        **how: bool,
    ) -> TeamsStage:
        clock = RunningClock() if process else StageClock()
        clock.begin(day)
        town, url = found_teams(people, clock.now, scope), new_database(database)
        told = {"database_url": url, "port": 0, **town.told(), **settings}
        server = Process(told) if process else InProcess(town.loop, told, prepare=stamp)
        made.append(TeamsStage(town, server, Kept(url), clock, **how))
        return made[-1]

    yield stage
    for one in made:
        one.close()
        one.kept.close()
