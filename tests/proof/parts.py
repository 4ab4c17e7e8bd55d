"""How long each file of proofs took, and which failed: told at the end, when all have been run."""

from collections import Counter

import pytest

_seconds: Counter[str] = Counter()
_failed: set[str] = set()


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    part = report.nodeid.partition("::")[0]
    _seconds[part] += report.duration  # type: ignore[assignment]
    if report.failed:
        _failed.add(part)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if config.getoption("markexpr") != "proof":
        return
    terminalreporter.section("how long each took")
    for part, seconds in _seconds.items():
        how = "FAILED" if part in _failed else "ok"
        terminalreporter.write_line(f"{seconds:8.0f} s  {how:6} {part}")
