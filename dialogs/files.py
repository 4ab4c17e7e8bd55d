"""A file that is handed out, as data: what it is called, what it is to the reader, and what it is made from.

The bytes are made when the file is delivered, from what is remembered then. What waits to be delivered stays small,
and a file never holds more than its reader may read at that moment.
"""

import re
import unicodedata
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from dialogs.model.problem import Problem

MOST_BYTES = 5_000_000
"""No file that is handed out is larger."""

MOST_BYTES_IN = 1_500_000
"""No file that is taken in is larger."""

PICTURE = "image/png"
"""What a platform can show where people talk, instead of a file to open."""

LONGEST_NAME = 100
_UNFIT = re.compile(r'[\\/:*?"<>|\s]+')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a file is made from: its kind, the journey and the thing in it that it is about, and whose eyes it is for.

    `kind` is one that the makers of files know. `journey` is "" for what is a person's own over all their groups.
    """

    kind: str
    person: str
    journey: str = ""
    about: str = ""
    language: str = ""


MakeFile = Callable[[Recipe], Awaitable[bytes | None]]
"""Makes a file's bytes, at most ``MOST_BYTES``; None for one that can't be made, or not for this person any more."""


@dataclass(frozen=True, slots=True)
class Upload:
    """Where a platform wants the bytes put now that the reader has said yes, and what it calls the file there.

    `asked` is the platform's id of the message that asked.
    """

    url: str
    shown_at: str = ""
    name: str = ""
    unique: str = ""
    kind: str = ""
    asked: str = ""


@dataclass(frozen=True, slots=True)
class FileOut:
    """A file in a message. `told` says what it is to those who don't see it, `instead` what to say where it isn't taken.

    `id` is given when the message is stored, as a button's is: by it, the reader says yes where a platform asks them.
    """

    name: str
    media: str
    told: str
    recipe: Recipe
    instead: str
    upload: Upload | None = None
    id: str = ""


@dataclass(frozen=True, slots=True)
class FileIn:
    """A file that was sent in: `read` is what it holds, of a `kind` that is told from its content alone.

    Without a kind, nobody takes such files, and `why` may say more of that; with a `slip`, nobody could fetch or
    read it.
    """

    name: str
    kind: str = ""
    read: object = None
    slip: Problem | None = None
    why: Problem | None = None


def file_name(title: str, ending: str) -> str:
    """Return a name that every system takes, made of what people wrote; *ending* is without its dot."""
    flat = unicodedata.normalize("NFC", title)
    seen = "".join(sign for sign in flat if sign.isprintable() or sign.isspace())
    stem = _UNFIT.sub("-", seen).strip("-. ")[: LONGEST_NAME - len(ending) - 1].rstrip("-. ")
    if not stem or _RESERVED.fullmatch(stem):
        stem = f"fil-{stem}".rstrip("-")
    return f"{stem.lower()}.{ending}"
