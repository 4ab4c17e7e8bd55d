"""Every message of the packs' walkthroughs, played in both languages, and how far the group had come at the end."""

import atexit
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

import content
from bot.packs.on_disk import built_in_packs
from bot.usecases.home import home_of
from bot.walking import NumberedIds, Onlookers, Walker
from content.loader import Loaded, load_all
from content.pack import Pack
from content.phrases.book import LANGUAGES
from content.schema.files import Walkthrough
from dialogs.messages import Message
from dialogs.model.journey import Journey
from dialogs.ports import ClaimedLetter

PACKS = Path(content.__file__).parent / "packs"


@dataclass(frozen=True)
class Conversation:
    """What was said in a walkthrough played in *language*; its own language or the other one."""

    walkthrough: str
    language: str
    letters: Sequence[ClaimedLetter]
    homes: Sequence[Message]
    left: tuple[Pack, Journey] | None


NAMES = [
    (pack.name, file.stem, language)
    for pack in sorted(PACKS.iterdir())
    for file in sorted(pack.glob("walkthroughs/*.yaml"))
    for language in LANGUAGES
]
"""Each walkthrough in each language. In the language that isn't its own, some of it isn't understood: the coach then
asks again and tells what can be written, which is worth drawing, too."""


@cache
def conversation(pack: str, walkthrough: str, language: str) -> Conversation:
    """Return the walkthrough as it goes in *language*."""
    loaded = _packs()[pack]
    [asked] = [one for one in loaded.walkthroughs if one.id == walkthrough]
    return _one(_walker(pack), asked.model_copy(update={"language": language}))


@cache
def _packs() -> Mapping[str, Loaded]:
    return {name: one for name, one in load_all(built_in_packs()).items() if isinstance(one, Loaded)}


@cache
def _walker(pack: str) -> Walker:
    folder = Path(mkdtemp())
    atexit.register(rmtree, folder)
    walker = Walker(_packs()[pack], folder)
    walker.prepare()
    return walker


def _one(walker: Walker, walkthrough: Walkthrough) -> Conversation:
    letters: list[ClaimedLetter] = []
    people: dict[str, None] = {}
    watching = Onlookers(letter=letters.append, scene=lambda who, where, text: people.update({who: None}))
    with walker.played(walkthrough, watching) as (_, stage, world):
        homes = [
            home_of(
                stage.door, "", who.casefold(), who, uow=world.uow(), shelf=world.shelf, clock=stage.clock,
                ids=NumberedIds(), book=world.book, language=walkthrough.language,
            )
            for who in people
        ]  # fmt: skip
        return Conversation(walkthrough.id, walkthrough.language, letters, homes, stage.journey())
