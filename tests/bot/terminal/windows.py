"""Builders for the terminal's tests: letters, a desk that records, a window over both."""

import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from itertools import count

from bot.terminal.lines import Reader
from bot.terminal.names import Speakers
from bot.terminal.screen import PlainScreen
from bot.terminal.window import Window
from content.phrases.book import Phrasebook
from dialogs.incoming import Incoming
from dialogs.messages import Button, Message, Paragraph, Press, words
from dialogs.ports import ClaimedLetter, RoomRef

NOON = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)
CHANNEL = RoomRef("r1", "terminal", "", "allmänt", private=False)


class Noon:
    """A clock that stands still."""

    def now(self) -> datetime:
        return NOON

    def today(self) -> date:
        return NOON.date()


def a_message(text: str = "Hej.", *labels: str, **more: object) -> Message:
    buttons = tuple(Button(label, Press("do", argument=label), id=f"b-{label}") for label in labels)
    return Message(text, (Paragraph(words(text)),), buttons, **more)  # type: ignore[arg-type]


def a_letter(
    message: Message | str = "Hej.",
    *,
    id: int = 1,
    how: str = "note",
    room: RoomRef = CHANNEL,
    edits: str = "",
) -> ClaimedLetter:
    said = a_message(message) if isinstance(message, str) else message
    return ClaimedLetter(id, 1, f"k{id}", room, "", said, how, "j1", None, edits)


def private_to(account: str) -> RoomRef:
    return RoomRef(f"r-{account}", "terminal", "", f"privat:{account}", private=True)


@dataclass
class RecordingDesk:
    """Remembers what was handed in and what was shown; answers as *answer* says, with letters to be shown once."""

    answer: Callable[[Incoming], Iterable[ClaimedLetter]] = lambda incoming: ()
    taken: list[Incoming] = field(default_factory=list)
    waiting: list[ClaimedLetter] = field(default_factory=list)
    held: list[ClaimedLetter] = field(default_factory=list)
    due: list[ClaimedLetter] = field(default_factory=list)  # what the clock says when it looks next
    shown: dict[int, str] = field(default_factory=dict)
    _numbers: Iterable[int] = field(default_factory=lambda: count(100))

    def take(self, incoming: Incoming) -> bool:
        if any(one.event == incoming.event for one in self.taken):
            return False
        self.taken.append(incoming)
        for letter in self.answer(incoming):
            self.waiting.append(replace(letter, id=next(iter(self._numbers))) if letter.id == 1 else letter)
        return True

    def letters(self, door: str) -> Sequence[ClaimedLetter]:
        assert door == "terminal"
        found, self.waiting = self.waiting, []
        return found

    def take_back(self, door: str) -> None:
        self.waiting, self.held = [*self.held, *self.waiting], []

    def tick(self) -> int:
        due, self.due = self.due, []
        self.waiting.extend(due)
        return len(due)

    def sent(self, letter: ClaimedLetter, platform_message: str) -> None:
        self.shown[letter.id] = platform_message

    def whats(self) -> list[object]:
        return [incoming.what for incoming in self.taken]


def say_in(language: str) -> Callable[..., str]:
    return lambda key, **args: Phrasebook.load().text(key, language, **args)


def a_reader(*before: str, language: str = "sv", commands: Sequence[str] = ("hjälp", "läget")) -> Reader:
    return Reader(Speakers(lambda: before), lambda text, _: text.casefold() in commands, language)


def a_window(
    desk: RecordingDesk, *before: str, language: str = "sv", **more: object
) -> tuple[Window, io.StringIO]:
    """Return a window over *desk*, and what it writes to."""
    paper = io.StringIO()
    numbers = count(1)
    window = Window(
        desk=desk,
        screen=PlainScreen(paper),
        reader=a_reader(*before, language=language),
        clock=Noon(),
        new_id=lambda: f"e{next(numbers)}",
        say=say_in(language),
        **more,  # type: ignore[arg-type]
    )
    return window, paper
