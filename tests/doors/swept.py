"""Plays on a stage whose program dies again and again, and begins another life each time."""

import json
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from tests.doors.clocks import RunningClock
from tests.doors.dying import ACT
from tests.doors.served import PROJECT, Told
from tests.proof.sweep import Points

Json = dict[str, Any]
PATIENCE = 60.0
# What a dead process held is asked for when nothing can be on its way any more: after 25 seconds; and where several
# may serve, when its claim has run out, after a minute.
BETWEEN_LIVES = {"sqlite": timedelta(seconds=26), "postgresql": timedelta(seconds=62)}


class LifeFailed(AssertionError):  # noqa: N818 - not an error of the tests
    """A life ended in another way than by being killed or told to stop."""


@dataclass
class Lives:
    """Serves, for a stage. `act` is what is being played: points have their names from it.

    `between` two lives, while the clock leaps over the time that something may be on its way: the platform takes what a life
    had sent before its end, and its clock goes with ours. No real one is five minutes behind.
    """

    told: Told
    clock: RunningClock
    points: Points
    between: Callable[[], object] = lambda: None
    act: str = "act 0"
    port: int = 0
    pid: int = 0
    lives: int = 0
    passed: int = 0
    died_at: set[str] = field(default_factory=set)
    _calls: dict[tuple[int, str, str], int] = field(default_factory=dict)
    _said: "queue.Queue[Json]" = field(default_factory=queue.Queue)
    _process: "subprocess.Popen[str]" = field(init=False)

    def __post_init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.doors.dying"],
            cwd=PROJECT,
            env={name: value for name, value in os.environ.items() if not name.startswith("METODCOACH_")},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,  # so that a life can be ended together with who began it
        )
        self._reader = threading.Thread(target=self._listen, daemon=True)
        self._reader.start()

    # ------------------------------------------------------------------------------------------ as a server

    def start(self, now: datetime) -> str:
        """Begin a life, and another one when it dies before it can serve."""
        while True:
            self._begin()
            if self._wait_until_it_serves():
                return f"http://127.0.0.1:{self.port}"

    def set_clock(self, now: datetime) -> None:
        """Its clock runs by itself."""

    def stop(self) -> None:
        """Let it end well; it may die on its way."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGTERM)
        self._wait_for_the_end()

    def kill(self) -> None:
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        self._wait_for_the_end()

    def close(self) -> None:
        """Leave no process behind, however the test ended."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._reader.join()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()

    # ------------------------------------------------------------------------------------------ lives

    def has_ended(self) -> bool:
        """Say whether the life at hand is over."""
        while True:
            try:
                if "ended" in self._take(0):
                    return True
            except queue.Empty:
                return False

    def revive(self) -> str:
        """Wait for the end of the life that doesn't answer any more, and begin another."""
        self._wait_for_the_end()
        return self.start(self.clock.now())

    def accepted(self, method: str) -> None:
        """Let the life at hand end when the platform has taken a call and hasn't answered: a point that only it sees."""
        counted = (self.lives, self.act, method)
        self._calls[counted] = self._calls.get(counted, 0) + 1
        point = f"{self.act}: {method} {self._calls[counted]}, accepted"
        if point not in self.died_at and self.points.dies_at(point):
            with suppress(ProcessLookupError):  # it is over already: what it had sent came in late
                os.kill(self.pid, signal.SIGKILL)
                self.died_at.add(point)

    def _begin(self) -> None:
        self.lives += 1
        kind = "sqlite" if self.told["database_url"].startswith("sqlite") else "postgresql"
        self.clock.ahead += BETWEEN_LIVES[kind]
        self.between()
        told = {
            "settings": dict(self.told),
            "ahead": self.clock.ahead.total_seconds(),
            "act": self.act,
            "died_at": sorted(self.died_at),
            "share": self.points.share,
            "seed": self.points.seed,
        }
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(told) + "\n")
        self._process.stdin.flush()

    def _wait_until_it_serves(self) -> bool:
        while True:
            said = self._take(PATIENCE)
            if "port" in said:
                return True
            if "ended" in said:
                return False

    def _wait_for_the_end(self) -> None:
        while "ended" not in self._take(PATIENCE):
            pass

    def _take(self, patience: float) -> Json:
        said = self._said.get(timeout=patience) if patience else self._said.get_nowait()
        match said:
            case {"failed": str(why)}:
                raise LifeFailed(why)
            case {"ended": int(code)} if code not in (0, -signal.SIGKILL):
                raise LifeFailed(f"ended with {code}")
            case {"died": str(point)}:
                assert point not in self.died_at
                self.died_at.add(point)
            case {"passed": int(passed)}:
                self.passed += passed
            case {"pid": int(pid)}:
                self.pid = pid
            case {"port": int(port)}:
                self.port = port
        return said

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._said.put(json.loads(line))


@dataclass
class Swept:
    """What makes a stage of one whose program dies. Each thing that somebody does is an act of its own.

    *opening* are the acts that open a form, if that is known.
    """

    opening: frozenset[str] = frozenset()
    opened: set[str] = field(default_factory=set)
    _act: int = 0

    @property
    def lives(self) -> Lives:
        found: Any = self.server  # type: ignore[attr-defined]
        assert isinstance(found, Lives)
        return found

    def tick(self) -> None:
        self._act += 1
        self.lives.act = f"act {self._act}"
        self.town.driver.more_headers = {ACT: self.lives.act}  # type: ignore[attr-defined]
        super().tick()  # type: ignore[misc]

    def press(self, who: str, action: str, on: str = "") -> Any:
        got = super().press(who, action, on)  # type: ignore[misc]
        if who in self.forms:  # type: ignore[attr-defined]
            self.opened.add(self.lives.act)
        return got

    def look_after(self) -> None:
        """Begin another life when the one at hand is over, whoever saw it."""
        if self.lives.has_ended():
            self.begin_another_life(self.lives.start(self.clock.now()))  # type: ignore[attr-defined]

    def begin_another_life(self, bot: str) -> None:
        stage: Any = self
        stage.town.bot = bot
        stage.clock.tick(*stage.town.clocks())
