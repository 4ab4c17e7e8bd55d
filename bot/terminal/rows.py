"""Rows of the window: runs of text with a look, wrapped at words. How a look looks is the screen's matter."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from rich.cells import cell_len

Look = Literal["plain", "strong", "dim", "heading"]


@dataclass(frozen=True, slots=True)
class Run:
    text: str
    look: Look = "plain"


@dataclass(frozen=True, slots=True)
class Row:
    runs: tuple[Run, ...] = ()

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs).rstrip()

    def after(self, mark: str, look: Look = "plain") -> "Row":
        """Return the row with *mark* put before it."""
        return Row((Run(mark, look), *self.runs)) if mark else self


def row(text: str, look: Look = "plain") -> Row:
    return Row((Run(text, look),))


def wrapped(runs: Iterable[Run], width: int, *, first: str = "", later: str = "") -> list[Row]:
    """Return *runs* as rows of at most *width* cells; *first* stands before the first row, *later* before the rest.

    Line breaks in the text are kept; a word that is longer than the row is cut.
    """
    room = max(width - max(cell_len(first), cell_len(later)), 10)
    rows = [
        Row(tuple(_slice(line, start, end)))
        for line in _lines(runs)
        for start, end in _pieces("".join(run.text for run in line), room)
    ]
    return [one.after(later if index else first) for index, one in enumerate(rows)]


def _lines(runs: Iterable[Run]) -> Iterator[list[Run]]:
    line: list[Run] = []
    for run in runs:
        head, *tail = run.text.split("\n")
        line.append(Run(head, run.look))
        for text in tail:
            yield line
            line = [Run(text, run.look)]
    yield line


def _pieces(text: str, room: int) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of each row's part of *text*. Spaces at a break go; those at the beginning indent."""
    start = end = used = 0
    for word in re.finditer(r" +|[^ ]+", text):
        cells = cell_len(word[0])
        if used + cells > room and end > start:
            yield start, end
            start, end, used = (
                (word.end(), word.end(), 0) if word[0].isspace() else (word.start(), word.start(), 0)
            )
            if word[0].isspace():
                continue
        if cells > room:
            *full, (start, end) = _cut(text, word.start(), word.end(), room)
            yield from full
            cells = cell_len(text[start:end])
            used = 0
        end, used = max(end, word.end()), used + cells
    if end > start or not text.strip():
        yield start, end


def _cut(text: str, start: int, end: int, room: int) -> Iterator[tuple[int, int]]:
    """Yield the parts of one word that is too long for a row."""
    used = 0
    for index in range(start, end):
        cells = cell_len(text[index])
        if used + cells > room:
            yield start, index
            start, used = index, 0
        used += cells
    yield start, end


def _slice(line: Iterable[Run], start: int, end: int) -> Iterator[Run]:
    at = 0
    for run in line:
        part = run.text[max(start - at, 0) : max(end - at, 0)]
        if part:
            yield Run(part, run.look)
        at += len(run.text)
