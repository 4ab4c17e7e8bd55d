"""The installed command at a real terminal, driven through a pty."""

import os
import pty
import select
import subprocess
import sys
import time

import pytest

pytestmark = pytest.mark.e2e

PATIENCE = 30


class Keyboard:
    """Types into a program on a pty and reads what it shows."""

    def __init__(self, *command: str, **environment: str) -> None:
        self._ours, theirs = pty.openpty()
        self.process = subprocess.Popen(
            command, stdin=theirs, stdout=theirs, stderr=theirs, close_fds=True,
            env={**os.environ, "TERM": "xterm", **environment}, start_new_session=True,
        )  # fmt: skip
        os.close(theirs)
        self.seen = ""

    def type(self, text: str) -> None:
        os.write(self._ours, text.encode())

    def until(self, text: str) -> None:
        """Read until *text* has been shown since the last time."""
        until = time.monotonic() + PATIENCE
        while text not in self.seen:
            ready, _, _ = select.select([self._ours], [], [], max(0, until - time.monotonic()))
            assert ready, f"never saw {text!r} in {self.seen!r}"
            data = os.read(self._ours, 65536)
            self.seen += data.decode(errors="replace")
            if b"\x1b[6n" in data:
                self.type("\x1b[1;1R")  # where is the cursor? A terminal answers
        self.seen = self.seen.partition(text)[2]

    def close(self) -> int:
        code = self.process.wait(PATIENCE)
        os.close(self._ours)
        return code


def test_a_conversation_at_a_terminal(tmp_path):
    keyboard = Keyboard(
        sys.executable, "-m", "bot.cli", "chat",
        METODCOACH_DATABASE_URL=str(tmp_path / "coach.db"), METODCOACH_LANGUAGE="sv", NO_COLOR="1",
    )  # fmt: skip

    keyboard.until("Vad heter du?")
    keyboard.type("Karin\r")
    keyboard.until("Karin i #allmänt>")
    keyboard.type("/hjälp\r")
    keyboard.until("/sluta")
    keyboard.until("Karin i #allmänt>")
    keyboard.type("hjälp\r")
    keyboard.until("(privat till Karin)")
    keyboard.until("Karin i #allmänt>")
    keyboard.type("\x04")
    keyboard.until("Hej då")

    assert keyboard.close() == 0


def test_a_second_window_is_told_so(tmp_path):
    environment = {"METODCOACH_DATABASE_URL": str(tmp_path / "coach.db"), "METODCOACH_LANGUAGE": "sv"}
    command = [sys.executable, "-m", "bot.cli", "chat"]
    first = Keyboard(*command, **environment)
    first.until("Vad heter du?")

    second = subprocess.run(
        command, input="", capture_output=True, text=True, timeout=PATIENCE, check=False,
        env={**os.environ, **environment},
    )  # fmt: skip

    first.type("\x04")
    assert first.close() == 0
    assert (second.returncode, second.stdout) == (1, "")
    assert str(first.process.pid) in second.stderr
