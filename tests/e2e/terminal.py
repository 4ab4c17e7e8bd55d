"""The terminal door as a real process: lines go in through a pipe, and what it shows is read until it is done."""

import os
import re
import select
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

PROJECT = Path(__file__).parents[2]
PATIENCE = 60.0  # seconds without a sign of life before a test gives up
BUTTON = re.compile(r"\[/(\d+) ([^\]\n]*)\]")


class SilenceError(AssertionError):
    """The program said nothing more, and wasn't done."""


@dataclass(eq=False)
class Terminal:
    """One process of the program. `shown` is all that it has written so far."""

    running: ClassVar[list["Terminal"]] = []

    arguments: Sequence[str]
    database: Path
    shown: str = ""
    _markers: int = 0
    _process: "subprocess.Popen[bytes]" = field(init=False)
    _rest: bytes = b""

    def __post_init__(self) -> None:
        clean = {name: value for name, value in os.environ.items() if not name.startswith("METODCOACH_")}
        self._process = subprocess.Popen(
            [sys.executable, *self.arguments],
            cwd=PROJECT,
            env={**clean, "METODCOACH_DATABASE_URL": str(self.database), "PYTHONPATH": str(PROJECT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self.running.append(self)

    def say(self, *lines: str) -> str:
        """Let the lines happen; return what was shown because of them, without the lines themselves.

        Two markers follow that change nothing: they ask for folded text that isn't there. The window repeats each line
        before it takes it, so that once a marker is read, everything before it has been shown. It takes two: with each
        line the window looks at the clock first, and what a line has brought about for then comes with the next.
        """
        markers = [f"/mer {900_000 + self._markers + number}" for number in (1, 2)]
        self._markers += 2
        self._write("".join(f"{line}\n" for line in (*lines, *markers)))
        text = self._read_until(f"\n> {markers[-1]}\n")
        self.shown += text
        return "\n".join(line for line in text.split("\n") if not line.startswith("> "))

    def say_until(self, line: str, mark: str) -> None:
        """Let the line happen as far as *mark* is shown."""
        self._write(f"{line}\n")
        self._read_until(mark)

    def close(self) -> tuple[int, str]:
        """End the input; return the exit code, and what was complained about."""
        out, complained = self._process.communicate(timeout=PATIENCE)
        self.shown += (self._rest + out).decode()
        self._ended()
        return self._process.returncode, complained.decode()

    def kill(self) -> None:
        """End it as a power cut would: SIGKILL."""
        self._process.kill()
        self._process.communicate(timeout=PATIENCE)
        self._ended()

    def _ended(self) -> None:
        if self in self.running:
            self.running.remove(self)

    def _write(self, text: str) -> None:
        stdin = self._process.stdin
        assert stdin is not None
        try:
            stdin.write(text.encode())
            stdin.flush()
        except BrokenPipeError:
            raise SilenceError(self._last_words()) from None

    def _read_until(self, mark: str) -> str:
        """Return what is shown up to *mark*, which is left out."""
        stdout, wanted = self._process.stdout, mark.encode()
        assert stdout is not None
        while wanted not in self._rest:
            ready, _, _ = select.select([stdout], [], [], PATIENCE)
            more = os.read(stdout.fileno(), 65536) if ready else b""
            if not more:
                raise SilenceError(self._last_words())
            self._rest += more
        text, _, self._rest = self._rest.partition(wanted)
        return text.decode()

    def _last_words(self) -> str:
        self.kill()
        said = self._rest.decode(errors="replace")[-2000:]
        return f"{said}\nended with {self._process.returncode}"
