"""Where rows are shown: a pipe or file gets plain text, a terminal gets looks. Meaning never hangs on a look."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Protocol, TextIO

from bot.terminal.rows import Look, Row

if TYPE_CHECKING:
    from rich.console import Console

LOOKS: dict[Look, str] = {"plain": "", "strong": "bold", "heading": "bold underline", "dim": "dim"}
WIDTH, NARROWEST, WIDEST = 88, 40, 100


class Screen(Protocol):
    def show(self, rows: Iterable[Row]) -> None: ...


class PlainScreen:
    """Writes rows as text."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def show(self, rows: Iterable[Row]) -> None:
        self._stream.writelines(f"{one.text}\n" for one in rows)
        self._stream.flush()


class RichScreen:
    """Writes rows with looks. rich sees to NO_COLOR and to terminals that can do little."""

    def __init__(self, console: "Console") -> None:
        self._console = console

    def show(self, rows: Iterable[Row]) -> None:
        from rich.text import Text  # a pipe does without

        for one in rows:
            text = Text()
            for run in one.runs:
                text.append(run.text, LOOKS[run.look])
            self._console.print(text, markup=False, highlight=False, emoji=False, soft_wrap=True)


def rich_screen() -> tuple[RichScreen, int]:
    """Return the screen of this terminal and its width within reason."""
    from rich.console import Console

    console = Console(highlight=False, markup=False, emoji=False)
    return RichScreen(console), max(NARROWEST, min(console.width, WIDEST))
