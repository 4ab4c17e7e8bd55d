"""npm `emulate` as a process: a Slack that keeps tokens, scopes, channels, messages and views, in memory."""

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

PACKAGE = Path("node_modules") / "emulate" / "dist" / "api.js"
SCRIPT = Path(__file__).with_name("emulate.mjs")
PROJECT = Path(__file__).parents[2]


def npm_folders() -> list[Path]:
    """Return where `make e2e` and CI may have put what comes from npm."""
    told = os.environ.get("METODCOACH_NPM")
    return [Path(told)] if told else [PROJECT / ".venv" / "npm", PROJECT / "build" / "npm"]


def emulate_or_skip() -> Path:
    """Return the emulator; where there is none, skip the test and say what to do. In CI that is a failure."""
    found = [folder / PACKAGE for folder in npm_folders() if (folder / PACKAGE).exists()]
    if found and shutil.which("node"):
        return found[0]
    said = "no Slack to talk to: install Node 20 or later with npm, then `make npm` fetches npm's emulate"
    if os.environ.get("NPM_REQUIRED"):
        pytest.fail(said)
    pytest.skip(said)


@dataclass(eq=False)
class Emulate:
    """One process; `begin` empties it and fills it with a seed."""

    program: Path
    url: str = ""
    calls: int = 0  # with the bot's tokens: it counts them, and stops at 5,000 with one within an hour
    _process: "subprocess.Popen[str]" = field(init=False)

    def __post_init__(self) -> None:
        self._process = subprocess.Popen(
            ["node", str(SCRIPT), str(self.program)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ},
        )

    def begin(self, seed: Mapping[str, Any]) -> None:
        self.url = str(self._tell({"seed": seed})["url"])

    def stop_clock(self, at: datetime) -> None:
        """From now on it is this instant there: ids of messages and lives of triggers go by it."""
        self._tell({"now": int(at.timestamp() * 1000)})

    def run_ahead(self, seconds: float) -> None:
        """From now on the clock runs, that far ahead of the machine's."""
        self._tell({"ahead": int(seconds * 1000)})

    def close(self) -> None:
        process = self._process
        process.kill()
        process.communicate()

    def _tell(self, command: Mapping[str, Any]) -> Mapping[str, Any]:
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None
        assert stdout is not None
        stdin.write(json.dumps(command) + "\n")
        stdin.flush()
        answer: Mapping[str, Any] = json.loads(stdout.readline())
        return answer
