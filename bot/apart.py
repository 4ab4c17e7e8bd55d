"""Does heavy work in a process of its own: bounded in time and memory, and one thing at a time.

The threads of the program that serves share one interpreter, so that a thread that reads YAML for a second would hold
up the others for as long. Another process has its own, and can be ended when it takes too long.
"""

import os
import struct
import subprocess
import sys
from collections.abc import Iterator, Sequence
from threading import Lock

NUMBER = struct.Struct(">Q")


class NotDone(Exception):  # noqa: N818 - what was asked for was too much; no bug of ours
    """The work took too long or too much memory."""


class Apart:
    """*seconds* is the longest that one thing may take. Threads may share it: each waits for its turn."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._one_at_a_time = Lock()

    def do(self, task: str, *parts: bytes) -> Sequence[bytes]:
        """Return what one of the tasks in `bot/apart_tasks.py` makes of the parts. Raises ``NotDone``."""
        with self._one_at_a_time:
            try:
                done = subprocess.run(  # noqa: S603 - this very program
                    [sys.executable, "-m", "bot.apart_tasks", task, f"{self._seconds:.0f}"],
                    input=packed(parts), capture_output=True, timeout=self._seconds, check=True, env=_environment(),
                )  # fmt: skip
            except subprocess.SubprocessError as error:
                raise NotDone(task) from error
        return tuple(unpacked(done.stdout))


def packed(parts: Sequence[bytes]) -> bytes:
    return b"".join(piece for part in parts for piece in (NUMBER.pack(len(part)), part))


def unpacked(content: bytes) -> Iterator[bytes]:
    at = 0
    while at < len(content):
        (length,) = NUMBER.unpack_from(content, at)
        at += NUMBER.size
        yield content[at : at + length]
        at += length


def _environment() -> dict[str, str]:
    """Return what a Python needs to find this program, and none of its settings: they hold secrets."""
    own = {name: there for name, there in os.environ.items() if not name.startswith("METODCOACH_")}
    return {**own, "PYTHONPATH": os.pathsep.join(one for one in sys.path if one)}
