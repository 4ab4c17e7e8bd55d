"""Does heavy work in a process of its own: bounded in time and memory, and one thing at a time.

The threads of the program that serves share one interpreter, so that a thread that reads YAML for a second would hold
up the others for as long. Another process has its own, and can be ended when it takes too long.
"""

import os
import struct
import subprocess
import sys
from collections.abc import Iterator, Sequence
from tempfile import TemporaryDirectory
from threading import Event, Lock

NUMBER = struct.Struct(">Q")
SECRET = ("METODCOACH_", "PG")  # the settings: our own, and those that PostgreSQL's client reads


class NotDone(Exception):  # noqa: N818 - what was asked for was too much; no bug of ours
    """The work took too long or too much memory."""


class Ended(Exception):  # noqa: N818 - no error of the program: it is stopping
    """Nothing more is done."""


class Apart:
    """*seconds* is the longest that one thing may take. Threads may share it: each waits for its turn."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._one_at_a_time = Lock()
        self._running: subprocess.Popen[bytes] | None = None
        self._ended = Event()

    def do(self, task: str, *parts: bytes) -> Sequence[bytes]:
        """Return what one of the tasks in `bot/apart_tasks.py` makes of the parts. Raises ``NotDone``, or ``Ended``.

        What it writes to disk meanwhile lies in a folder of its own, which is gone when it ends.
        """
        with self._one_at_a_time, TemporaryDirectory(prefix="metodcoach-") as folder:
            if self._ended.is_set():
                raise Ended(task)
            with subprocess.Popen(  # noqa: S603 - this very program
                [sys.executable, "-m", "bot.apart_tasks", task, f"{self._seconds:.0f}"],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=_environment(folder),
            ) as running:  # fmt: skip
                self._running = running
                if self._ended.is_set():
                    running.kill()
                try:
                    told, _ = running.communicate(packed(parts), self._seconds)
                except subprocess.TimeoutExpired as error:
                    raise NotDone(task) from error
                finally:
                    running.kill()
                    self._running = None
        if self._ended.is_set():
            raise Ended(task)
        if running.returncode:
            raise NotDone(task)
        return tuple(unpacked(told))

    def end(self) -> None:
        """End what is being done, and do nothing more: the program is stopping."""
        self._ended.set()
        running = self._running
        if running is not None:
            running.kill()


def packed(parts: Sequence[bytes]) -> bytes:
    return b"".join(piece for part in parts for piece in (NUMBER.pack(len(part)), part))


def unpacked(content: bytes) -> Iterator[bytes]:
    at = 0
    while at < len(content):
        (length,) = NUMBER.unpack_from(content, at)
        at += NUMBER.size
        yield content[at : at + length]
        at += length


def _environment(folder: str) -> dict[str, str]:
    """Return what a Python needs to find this program, and none of its settings: they hold secrets."""
    own = {name: there for name, there in os.environ.items() if not name.startswith(SECRET)}
    # One core is enough for a page, and threads have a price in addresses, of which there are only so many.
    own["RAYON_NUM_THREADS"] = "1"
    return {**own, "TMPDIR": folder, "PYTHONPATH": os.pathsep.join(one for one in sys.path if one)}
