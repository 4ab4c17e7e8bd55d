"""Reads files that are sent to the coach, off the writer. What a file is shows in what it holds, never in its name.

A new kind is a reader here, and by the same name whoever takes it, in `bot/usecases/taking_files.py`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.meeting_file import may_be_meetings, read_meetings
from bot.usecases.taking_files import MEETINGS
from dialogs.files import MOST_BYTES_IN, FileIn
from dialogs.model.problem import Problem
from dialogs.time import HOME


@dataclass(frozen=True, slots=True)
class Reader:
    """*knows* looks at the content and is quick; *read* may take its time, and never raises over what it holds."""

    kind: str
    knows: Callable[[bytes], bool]
    read: Callable[[bytes, date], object]


READERS: Sequence[Reader] = (
    Reader(MEETINGS, may_be_meetings, lambda content, today: read_meetings(content, today=today, zone=HOME)),
)


def read_file(name: str, content: bytes, *, today: date) -> FileIn:
    """Return what the file holds; without a kind, when nobody knows such files."""
    if len(content) > MOST_BYTES_IN:
        return FileIn(name, slip=too_big(name))
    reader = next((one for one in READERS if one.knows(content)), None)
    return FileIn(name, reader.kind, reader.read(content, today)) if reader is not None else FileIn(name)


def too_big(name: str) -> Problem:
    return Problem("file-too-big", {"name": name, "size": f"{MOST_BYTES_IN / 1_000_000:g}"})
