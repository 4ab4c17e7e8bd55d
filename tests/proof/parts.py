"""How long each file of proofs took, which failed, and what came of them: told by whom the workers report to."""

import os
from collections import Counter
from collections.abc import Callable

import pytest

CAME_OF_IT = "came of it"
Tell = Callable[[str], None]


def draw_a_seed() -> None:
    """See to it that all draw by the same seed, in every worker: PROOF_SEED, else one that is told."""
    if not os.environ.get("PROOF_SEED"):
        os.environ["PROOF_SEED"] = str(int.from_bytes(os.urandom(4)))


class Parts:
    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._seconds: Counter[str] = Counter()
        self._failed: set[str] = set()

    def pytest_report_header(self) -> str:
        return f"PROOF_SEED={os.environ['PROOF_SEED']}"

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        part = report.nodeid.partition("::")[0]
        self._seconds[part] += report.duration  # type: ignore[assignment]
        if report.failed:
            self._failed.add(part)
        if report.when == "teardown":
            for name, said in report.user_properties:
                if name == CAME_OF_IT:
                    self._write(str(said))

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        terminalreporter.section(f"how long each took, with PROOF_SEED={os.environ['PROOF_SEED']}")
        for part, seconds in self._seconds.items():
            how = "FAILED" if part in self._failed else "ok"
            terminalreporter.write_line(f"{seconds:8.0f} s  {how:6} {part}")

    def _write(self, line: str) -> None:
        reporter: pytest.TerminalReporter | None = self._config.pluginmanager.get_plugin("terminalreporter")
        if reporter is not None:
            reporter.ensure_newline()
            reporter.write_line(line)
