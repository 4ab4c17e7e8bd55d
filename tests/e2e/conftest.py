"""Sees to it that no process outlives its test, however that ended."""

from collections.abc import Iterator

import pytest

from tests.doors.fixtures import loop, new_database
from tests.e2e.terminal import Terminal
from tests.slack.fixtures import emulate, found_town, stages
from tests.teams.fixtures import found_teams, teams_stages

__all__ = [
    "emulate",
    "found_teams",
    "found_town",
    "loop",
    "new_database",
    "stages",
    "teams_stages",
]  # fixtures


@pytest.fixture(autouse=True)
def no_process_is_left() -> Iterator[None]:
    yield
    while Terminal.running:
        Terminal.running.pop().kill()
