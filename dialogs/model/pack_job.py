"""Work with methods that takes longer than a turn: it is kept until it is done, and whoever asked is told."""

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


Task = Rehearsing


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
