"""Reads files that are sent to the coach, off the writer. What a file is shows in what it holds, never in its name.

A new kind is a reader here, and by the same name whoever takes it, in `bot/usecases/taking_files.py`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.meeting_file import may_be_meetings, read_meetings
from bot.packs.on_disk import may_be_pack
from bot.register_file import may_be_table
from bot.usecases.table_reading import TABLE
from bot.usecases.taking_files import MEETINGS, PACK
from dialogs.files import MOST_BYTES_IN, FileIn
from dialogs.model.checked_pack import CheckedPack
from dialogs.model.problem import Problem
from dialogs.time import HOME

CheckPack = Callable[[bytes], CheckedPack | Problem]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader may need. Without *check_pack*, whoever sent the file may not load packs."""

    today: date
    check_pack: CheckPack | None = None


@dataclass(frozen=True, slots=True)
class Reader:
    """*knows* looks at the content and is quick; *read* may take its time, and never raises over what it holds.

    It returns what the file holds, or a slip; None where such files aren't for this person to send, and *why_not* says so.
    """

    kind: str
    knows: Callable[[bytes], bool]
    read: Callable[[bytes, Asked], object]
    why_not: str = ""


def _read_pack(content: bytes, asked: Asked) -> object:
    return asked.check_pack(content) if asked.check_pack is not None else None


READERS: Sequence[Reader] = (
    Reader(PACK, may_be_pack, _read_pack, "pack-only-keepers"),
    Reader(
        MEETINGS, may_be_meetings, lambda content, asked: read_meetings(content, today=asked.today, zone=HOME)
    ),
    Reader(TABLE, may_be_table, lambda content, _: content),  # whose it is says by which headings it is read
)


def read_file(name: str, content: bytes, *, today: date, check_pack: CheckPack | None = None) -> FileIn:
    """Return what the file holds; without a kind, when nobody knows such files."""
    if len(content) > MOST_BYTES_IN:
        return FileIn(name, slip=too_big(name))
    reader = next((one for one in READERS if one.knows(content)), None)
    if reader is None:
        return FileIn(name)
    read = reader.read(content, Asked(today, check_pack))
    if read is None:
        return FileIn(name, why=Problem(reader.why_not))
    return FileIn(name, slip=read) if isinstance(read, Problem) else FileIn(name, reader.kind, read)


def too_big(name: str) -> Problem:
    return Problem("file-too-big", {"name": name, "size": f"{MOST_BYTES_IN / 1_000_000:g}"})
