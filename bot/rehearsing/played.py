"""Plays a year from beginning to end, and says what it came to: what was heard, and what nobody could answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from zlib import compress

from bot.rehearsing.told import as_page
from bot.rehearsing.year import Heard, RehearsedYear
from content.loader import Loaded
from content.phrases.book import Phrasebook
from dialogs.files import MOST_BYTES
from dialogs.model.pack_job import Played, Rehearsing
from storage.mapping import PACK_TASK, PLAYED, pack_value


@dataclass(frozen=True, slots=True)
class Year:
    """A year that was played: its title, all that was heard, and the questions that nobody could answer."""

    title: str
    heard: Sequence[Heard]
    stuck: Sequence[str]

    def page(self, language: str) -> str:
        return as_page(self.heard, self.title, language)


def play(loaded: Loaded, year: int, language: str) -> Year:
    """Play the year, over a database that is thrown away. It takes some seconds."""
    heard: list[Heard] = []
    with TemporaryDirectory(prefix="metodcoach-rehearse-") as folder:
        played = RehearsedYear(loaded, year, language, Path(folder), heard.append)
        played.play()
    method = loaded.pack.manifest.title.said_in(language)
    title = Phrasebook.load().text("rehearse-title", language, method=method, year=year)
    return Year(title, heard, played.stuck)


def rehearse_parts(asked: bytes, text: bytes) -> Sequence[bytes]:
    """The same in bytes, for a process of its own: what is asked for, and the pack, compiled.

    Return what it came to and the page, deflated; without a page that is larger than a file may be.
    """
    wanted = PACK_TASK.value(asked.decode())
    if not isinstance(wanted, Rehearsing):
        raise TypeError(f"{type(wanted).__name__} is no year to play")
    played = play(Loaded(pack_value(text.decode()), (), None, "rehearsed"), wanted.year, wanted.language)
    privately = {one.to for one in played.heard if one.to}
    in_channel = sum(not one.to for one in played.heard)
    told = Played(len(played.heard), in_channel, len(privately), tuple(played.stuck))
    page = played.page(wanted.language).encode()
    return (PLAYED.text(told).encode(), compress(page) if len(page) <= MOST_BYTES else b"")
