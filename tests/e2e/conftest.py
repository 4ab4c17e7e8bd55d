"""Sees to it that no process outlives its test, however that ended."""

from collections.abc import Iterator

import pytest

from tests.e2e.terminal import Terminal


@pytest.fixture(autouse=True)
def no_process_is_left() -> Iterator[None]:
    yield
    while Terminal.running:
        Terminal.running.pop().kill()
