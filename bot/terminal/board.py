"""What is on display in the window: numbered buttons and folded text. Numbers run on while the window lives."""

from dataclasses import dataclass, field, replace

from bot.terminal.rows import Row
from dialogs.messages import Button, Press
from dialogs.ports import RoomRef


@dataclass(frozen=True, slots=True)
class Shown:
    """A button on display: the server's id for it, the room and the message where it stands."""

    id: str
    press: Press
    room: RoomRef
    message: str


@dataclass(frozen=True, slots=True)
class Folded:
    title: str
    rows: tuple[Row, ...]


@dataclass(slots=True)
class Board:
    """Gives numbers, and remembers what each is. An edited message keeps the numbers of what it still offers."""

    _last: int = 0
    _buttons: dict[int, Shown] = field(default_factory=dict)
    _folds: dict[int, Folded] = field(default_factory=dict)
    _titles: dict[str, str] = field(default_factory=dict)

    def put_button(self, button: Button, *, room: RoomRef, message: str) -> tuple[int, bool]:
        """Return the button's number, and whether it is new in the window."""
        for number, old in self._buttons.items():
            if old.message == message and old.press == button.press:
                self._buttons[number] = replace(old, id=button.id)
                return number, False
        self._last += 1
        self._buttons[self._last] = Shown(button.id, button.press, room, message)
        return self._last, True

    def put_fold(self, title: str, rows: tuple[Row, ...]) -> int:
        self._last += 1
        self._folds[self._last] = Folded(title, rows)
        return self._last

    def button(self, number: int) -> Shown | None:
        return self._buttons.get(number)

    def fold(self, number: int | None) -> Folded | None:
        """Return the folded text with the number; the latest when none is given."""
        if number is None:
            number = max(self._folds, default=0)
        return self._folds.get(number)

    def entitle(self, message: str, title: str) -> None:
        """Remember how a message began, so that its thread can be shown under it."""
        self._titles[message] = title

    def title(self, message: str) -> str:
        return self._titles.get(message, "")
