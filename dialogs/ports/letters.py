"""What came in and what is to go out: inbox, outbox, buttons, drafts, and where each message stands."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol

from dialogs.incoming import Attached, Incoming
from dialogs.letters import Letter
from dialogs.messages import Message, Press
from dialogs.model.answers import Address
from dialogs.ports.people import AccountRef
from dialogs.ports.rooms import RoomRef


@dataclass(frozen=True, slots=True)
class StoredButton:
    id: str
    press: Press
    journey: str
    room: str


@dataclass(frozen=True, slots=True)
class Spot:
    """What a message on the platform is about: the question it puts, or the contribution it gave.

    With a person and no contribution it holds a file of theirs that waits for a sentence.
    """

    journey: str
    address: Address | None
    contribution: str = ""
    person: str = ""

    @property
    def awaits_words(self) -> bool:
        return bool(self.person) and not self.contribution


@dataclass(frozen=True, slots=True)
class DraftText:
    """What somebody typed and nobody could place yet, or a form that is half filled in."""

    person: str
    room: str
    text: str
    journey: str = ""
    address: Address | None = None
    form: str = ""  # the button id that stands for the form
    fields: Mapping[str, str] = field(default_factory=dict)
    thread: str = ""  # the message that the form is asked under
    drawn: bool = False  # the form was handed in whole: it waits to be opened again, and no words fill it in
    attached: tuple[Attached, ...] = ()  # what came without a word, and waits for one


@dataclass(frozen=True, slots=True)
class ClaimedLetter:
    """A letter that one messenger holds until `until`; `epoch` fences off whoever held it before."""

    id: int
    epoch: int
    key: str
    room: RoomRef
    person: str
    message: Message
    how: str
    journey: str
    address: Address | None
    edits: str  # the platform's id of the message to edit or to answer in thread; "" when there is none yet
    thread: str = ""  # the platform's id of the message to stand under, for a note that answers in a thread
    aside: bool = False  # `person` alone is to see it, in the room
    accounts: Mapping[str, str] = field(
        default_factory=dict
    )  # person -> account at this door, for whom it names
    at: datetime | None = None  # when it was posted
    until: datetime | None = None
    unsure_since: datetime | None = None  # somebody may have sent it by then: ask before it is sent again


@dataclass(frozen=True, slots=True)
class Unsent:
    """A letter that isn't sent, without a word of what it says. `tries` counts how often it was claimed."""

    id: int
    state: str
    door: str
    room: str  # the platform's id; "" while the person has no private room
    journey: str
    how: str
    at: datetime
    tries: int
    unsure: bool  # the platform may have it all the same
    why: str
    wiped: bool  # its words are gone, so that it can't be tried again: sent, dropped, or it held a secret


class Buttons(Protocol):
    def put(self, press: Press, *, journey: str, room: str, at: datetime) -> str: ...
    def get(self, button: str) -> StoredButton | None: ...
    def forget(self, buttons: Iterable[str]) -> None: ...


class Drafts(Protocol):
    def keep(self, draft: DraftText, at: datetime) -> None:
        """Keep one text and one form a person and room; a newer one takes the older one's place."""

    def get(self, person: str, room: str, *, form: bool = False) -> DraftText | None:
        """Return the text that is kept; or the form that is half filled in."""

    def drop(self, person: str, room: str, *, form: bool = False) -> None: ...


class Inbox(Protocol):
    def meet(self, incoming: Incoming) -> None:
        """Look up at once what a turn asks first, for an event that may happen in this very transaction."""

    def store(self, incoming: Incoming) -> int | None:
        """Return the turn's id, or None when this very event is stored already."""

    def store_done(self, incoming: Incoming) -> int | None:
        """The same for an event that happens in this very transaction: only that it was there is kept."""

    def take(self, turn: int) -> Incoming | None:
        """Return what came in, or None when it is done already."""

    def done(self, turn: int) -> None:
        """Mark the turn as done and wipe its words: they live where they belong by now."""

    def undone(self) -> Sequence[int]: ...
    def failed(self, turn: int, why: str) -> None: ...


class Outbox(Protocol):
    def post(self, letters: Iterable[Letter], at: datetime) -> None:
        """Store the letters; a key that is there already is left alone; a waiting edit is replaced."""

    def posted(self, keys: Collection[str]) -> Collection[str]:
        """Return those of the keys that are there already."""

    def claim(
        self,
        door: str,
        now: datetime,
        *,
        most: int = 20,
        each: int | None = None,
        but_not: Collection[str] = (),
    ) -> Sequence[ClaimedLetter]:
        """Hand out at most so many letters, of each room at most so many, and none of the rooms in *but_not*."""

    def take_back(self, door: str) -> int:
        """Let every letter that a messenger of the door holds be claimed anew: whoever held it is gone.

        Right only where one process serves the database; among several a claim is left to run out.
        """

    def sent(self, letter: ClaimedLetter, platform_message: str, at: datetime) -> bool:
        """Mark as sent and remember the platform's message id; False when another holds it by now."""

    def all_sent(self, sent: Sequence[tuple[ClaimedLetter, str, datetime]]) -> int:
        """The same for several; return how many were still ours."""

    def partly_sent(self, letter: ClaimedLetter, platform_message: str, why: str, at: datetime) -> None:
        """Remember the message that stands on the platform, and list the letter as `ambiguous`: nobody knows of the rest."""

    def not_sent(
        self,
        letter: ClaimedLetter,
        state: Literal["new", "ambiguous", "dead", "skipped"],
        why: str,
        *,
        not_before: datetime | None = None,
    ) -> None:
        """Say why the letter wasn't sent; a `new` one is not claimed again before *not_before*.

        An `ambiguous` one is then claimed again, to be asked for; without *not_before* it stays as it is.
        """

    def nowhere(self, door: str) -> Sequence[AccountRef]:
        """Return one account at the door of each person whose letters wait for a private room."""

    def house(self, person: str, room: str) -> None:
        """Send to this private room what has waited for the person to have one."""

    def call_back(self, person: str) -> Sequence[Letter]:
        """Take what waits to be said to the person in private, and hasn't been handed out; return it in order."""

    def counts(self) -> Mapping[str, int]:
        """Return how many letters there are in each state. Reads every letter: for a command, not for a turn."""

    def unsent(self, *states: str) -> Sequence[Unsent]:
        """Return the letters in these states, oldest first."""

    def retry(self, letter: int, *, not_there: bool = False) -> bool:
        """Let a `dead` or `ambiguous` letter be claimed again; the latter is asked for first. False for others.

        It is not asked for where somebody has looked, and it is *not there*: then it is simply sent.
        """

    def drop(self, letter: int) -> bool:
        """Skip a `dead` or `ambiguous` letter for good and wipe its words. False for others."""

    def spot(self, room: str, platform_message: str) -> Spot | None: ...
    def remember_spot(self, room: str, platform_message: str, spot: Spot) -> None: ...
    def question_message(self, journey: str, address: Address) -> str | None: ...
