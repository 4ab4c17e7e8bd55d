"""Sees to it that no process outlives its test, however that ended."""

from collections.abc import Iterator

import pytest

from tests.e2e.terminal import Terminal
from tests.slack.fixtures import any_postgresql, emulate, found_town, loop, new_database, stages

__all__ = ["any_postgresql", "emulate", "found_town", "loop", "new_database", "stages"]  # fixtures


@pytest.fixture(autouse=True)
def no_process_is_left() -> Iterator[None]:
    yield
    while Terminal.running:
        Terminal.running.pop().kill()
