"""A stage for walkthroughs: the desk itself over a real database, with a clock that the scenes set."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from bot.desk import Desk
from bot.usecases.walk import NothingToPress
from content.pack import Pack
from content.phrases.book import Phrasebook
from dialogs.flows.position import number_of
from dialogs.incoming import Incoming, Pressed, Said, Submitted, What
from dialogs.messages import Button
from dialogs.model.answers import Address
from dialogs.model.checkpoint import is_of_checkpoint
from dialogs.model.journey import Journey
from dialogs.ports import ClaimedLetter, PackShelf, RoomRef, UnitOfWork
from dialogs.time import HOME
from dialogs.wording.teller import Teller

CHANNEL = "kanalen"


@dataclass
class WalkClock:
    """Nine in the morning of the scene's day, and a moment more with each look.

    So short a moment that a conversation takes less than a minute: what tells the time tells the same though somebody
    looks more often.
    """

    today_is: date
    _looks: int = 0

    def now(self) -> datetime:
        self._looks += 1
        morning = datetime.combine(self.today_is, time(9), HOME)
        return (morning + timedelta(milliseconds=10 * self._looks)).astimezone(UTC)

    def today(self) -> date:
        return self.today_is


@dataclass
class DeskStage:
    """Plays at the desk. *reopen* gives a new desk over the same database, as a new process would."""

    clock: WalkClock
    reopen: Callable[[WalkClock], Desk]
    uow: UnitOfWork
    shelf: PackShelf
    book: Phrasebook
    on_scene: Callable[[str, str, str], None] = lambda who, where, text: None
    on_letter: Callable[[ClaimedLetter], None] = lambda letter: None
    door: str = "terminal"
    _desk: Desk | None = None
    _events: int = 0
    _told: list[str] = field(default_factory=list)
    _buttons: list[tuple[Button, RoomRef]] = field(default_factory=list)
    _questions: dict[str, str] = field(default_factory=dict)  # number -> platform message
    _room_questions: str = ""

    @property
    def today(self) -> date:
        return self.clock.today()

    def day(self, day: date) -> None:
        self.clock.today_is = day
        self._desk = None

    def restart(self) -> None:
        self._desk = None

    def says(self, who: str, text: str, *, to: str = "") -> None:
        self.on_scene(who, to, text)
        thread = self._questions.get(to, "") if to else self._room_questions
        self._take(who, Said(text, f"m-{self._events}", thread), private=False)

    def privately(self, who: str, text: str) -> None:
        self.on_scene(who, "privat", text)
        self._take(who, Said(text, f"m-{self._events}"), private=True)

    def presses(self, who: str, action: str, on: str) -> None:
        button, room = self._button(who, action, on)
        self.on_scene(who, on, f"[{button.label}]")
        self._take(who, Pressed(button.id), private=room.private)

    def fills(self, who: str, action: str, on: str, fields: dict[str, str]) -> None:
        button, room = self._button(who, action or "record", on)
        self.on_scene(
            who, on, f"[{button.label}] " + "; ".join(f"{name}: {text}" for name, text in fields.items())
        )
        self._take(who, Submitted(button.id, fields), private=room.private)

    def heard(self) -> Sequence[str]:
        told, self._told = self._told, []
        return told

    def journey(self) -> tuple[Pack, Journey] | None:
        with self.uow:
            refs = [ref for ref in self.uow.journeys.all() if not ref.practice]
            if not refs:
                return None
            journey = self.uow.journeys.whole(refs[-1].id)
        return self.shelf.pack(journey.pack, journey.version), journey

    def shown(self, address: Address) -> str:
        kept = self.journey()
        if kept is None:
            return ""
        pack, journey = kept
        return Teller(self.book, pack, journey, journey.language, self.today).settled(journey.item(address))

    def _button(self, who: str, action: str, on: str) -> tuple[Button, RoomRef]:
        """Return the newest button that *who* sees with this action (and argument, after a colon), and its room.

        Where a question is named, it is one on that question.
        """
        name, _, argument = action.partition(":")
        kept = self.journey()
        own = _private(who)
        for button, room in reversed(self._buttons):
            if room.private and room.external != own:
                continue
            press = button.press
            if press.action != name or (argument and press.argument != argument):
                continue
            if not on:
                return button, room
            if kept is not None and press.address is not None and number_of(*kept, press.address) == on:
                return button, room
        raise NothingToPress(f"no button {action!r} on {on or 'any message'}")

    def _take(self, who: str, what: What, *, private: bool) -> None:
        self._events += 1
        account = who.casefold()
        room = _private(who) if private else CHANNEL
        event = f"e-{self._events}"
        incoming = Incoming(self.door, "", event, account, who, room, private, self.clock.now(), what)
        if self._desk is None:
            self._desk = self.reopen(self.clock)
            self._desk.resume()
        self._desk.take(incoming)
        self._pump(self._desk)

    def _pump(self, desk: Desk) -> None:
        while letters := desk.letters(self.door):
            for letter in letters:
                platform = f"t-{letter.id}"
                self._told.append(letter.message.text)
                self._told += [button.label for button in letter.message.buttons]
                self._buttons += [(button, letter.room) for button in letter.message.buttons]
                if letter.how == "question" and letter.address is not None:
                    self._note_question(letter, platform)
                self.on_letter(letter)
                desk.sent(letter, platform)

    def _note_question(self, letter: ClaimedLetter, platform: str) -> None:
        kept = self.journey()
        if kept is not None and letter.address is not None:
            self._questions[number_of(*kept, letter.address)] = platform
            if not is_of_checkpoint(letter.address):
                self._room_questions = platform


def _private(who: str) -> str:
    return f"privat:{who.casefold()}"
