"""Plays lines that come through a pipe, and shows each before what it brings, so that the whole reads as a transcript."""

from collections.abc import Iterable

from bot.terminal.clean import shown
from bot.terminal.rows import Row, row
from bot.terminal.typed import Typed
from bot.terminal.window import Window


def play(window: Window, lines: Iterable[str]) -> None:
    """Let every line happen until there are no more, or one closes the window."""
    window.open()
    typed = Typed(comments=True)
    for number, raw in enumerate(lines):
        line = raw.rstrip("\r\n")
        text = typed.take(line.removeprefix("\ufeff") if number == 0 else line)
        if typed.unfinished or (text is not None and text.strip()):
            window.screen.show([Row(), *echo(line)])
        if text is not None:
            window.handle(text)
        if window.closed:
            return
    rest = typed.rest()
    if rest is not None:
        window.handle(rest)


def echo(line: str) -> list[Row]:
    return [row(f"> {part}") for part in shown(line).split("\n")]
