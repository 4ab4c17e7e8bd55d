"""Messages on their way: to the group's room or to one person, each under a key that makes it unique."""

from dataclasses import dataclass
from typing import Literal

from dialogs.messages import Message
from dialogs.model.answers import Address

How = Literal["question", "edit", "thread", "note"]


@dataclass(frozen=True, slots=True)
class ToRoom:
    """The room where the journey lives; or, with `room`, the very room that somebody spoke in.

    `thread` is the platform's id of the message there to stand under.
    """

    journey: str = ""
    room: str = ""
    thread: str = ""


@dataclass(frozen=True, slots=True)
class Aside:
    """One person, in the room where they spoke; nobody else there sees it."""

    room: str
    person: str
    thread: str = ""


@dataclass(frozen=True, slots=True)
class ToPerson:
    person: str


@dataclass(frozen=True, slots=True)
class Letter:
    """`key` is unique for ever, so that nothing is said twice.

    A `question` letter becomes the question's own message; an `edit` replaces that message (waiting edits of one
    question collapse into the last); a `thread` letter stands under it; a `note` stands alone. One that `reminds`
    its person counts in their week's budget; `things` are the keys of the occurrences that it says.
    """

    key: str
    to: ToRoom | ToPerson | Aside
    message: Message
    how: How = "note"
    journey: str = ""
    address: Address | None = None
    reminds: bool = False
    things: tuple[str, ...] = ()
