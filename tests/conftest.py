"""What holds for all tests."""

from contextlib import ExitStack

import pytest


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("dist", "no") == "no":  # else it is workers that run the tests
        from tests.once import once

        stack = ExitStack()
        stack.enter_context(once())
        config.add_cleanup(stack.close)
