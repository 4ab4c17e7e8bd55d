"""Work with methods that takes longer than a turn: it is kept until it is done, and whoever asked is told."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rehearsing:
    """A year to be played with a pack: one in waiting, by its id there, or one that is installed. `title` is in `language`."""

    pack: str
    waiting: str
    title: str
    version: str
    year: int
    language: str


@dataclass(frozen=True, slots=True)
class AskingGroups:
    """Groups to be asked whether they go over to a version: those that are `left`, by journey, and what came so far.

    `people` were written to in so many `groups`; `before` had got the question already, `moved` have gone over or ended,
    nobody leads those that are `leaderless`, by name, and of so many that `failed` the question couldn't be made.
    """

    pack: str
    version: str
    titles: Mapping[str, str]
    left: tuple[str, ...]
    groups: int = 0
    people: int = 0
    before: int = 0
    moved: int = 0
    leaderless: tuple[str, ...] = ()
    failed: int = 0


Task = Rehearsing | AskingGroups


@dataclass(frozen=True, slots=True)
class PackJob:
    """Who asked for what, in which room. `tries` counts how often it was begun; `epoch` fences off whoever held it before."""

    id: str
    person: str
    room: str
    task: Task
    tries: int = 0
    epoch: int = 0


@dataclass(frozen=True, slots=True)
class Played:
    """What a rehearsed year came to: messages in all and in the channel, and how many people were written to.

    `stuck` are the questions that nobody could answer, each by its number and words.
    """

    messages: int
    in_channel: int
    people: int
    stuck: tuple[str, ...] = ()
