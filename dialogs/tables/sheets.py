"""A table of a register's entries, as it stands in a file: lines of cells, whatever kind of file it was."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import islice

from dialogs.model.problem import Problem
from dialogs.values.meeting_table import BETWEEN, HEADING_WITHIN, cells_below, decoded

MOST_BYTES = 5_000_000
MOST_ROWS = 5_000
MOST_COLUMNS = 100
_RISKY = tuple("=+-@\t\r\n＝＋－＠")
"""With these a spreadsheet begins a formula."""


class Unreadable(Enum):
    """What stands in a cell and is nothing that somebody wrote."""

    FORMULA = "formula"
    ERROR = "error"


Cell = str | Unreadable


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table, by the number that a person sees beside it, from 1."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The heading, and the lines below it that hold anything. *others* are sheets of the file that weren't read."""

    heading: Line
    lines: tuple[Line, ...]
    others: tuple[str, ...] = ()


Known = Callable[[Sequence[Cell]], int]
"""How many cells of a line are headings that are known. A line without any is no heading."""


def read_delimited(content: bytes, known: Known) -> Sheet | Problem:
    """Return a text with `;`, `,` or tabs between: UTF-8, UTF-16 or Windows-1252. Never raises."""
    text = decoded(content)
    if text is None or "\0" in text:
        return Problem("import-unreadable")
    found: list[tuple[int, str, int]] = []
    for between in BETWEEN:
        for number, cells in islice(cells_below(text, 0, between), HEADING_WITHIN):
            if isinstance(cells, Problem):
                break
            found.append((known(cells), between, number))
    best = max(found, key=lambda one: one[0], default=(0, "", 0))
    if not best[0]:
        return Problem("import-headings")
    rows: list[Line] = []
    for number, cells in cells_below(text, best[2] - 1, best[1]):
        if isinstance(cells, Problem):
            return Problem("import-quotes", {"line": number})
        rows.append(Line(number, tuple(_typed(cell) for cell in cells)))
        if len(rows) > MOST_ROWS * 4:  # whatever of it is empty
            return Problem("import-too-many-rows", {"most": MOST_ROWS})
    return sheet_of(rows[0], rows[1:])


def sheet_of(heading: Line, lines: Iterable[Line], others: tuple[str, ...] = ()) -> Sheet | Problem:
    """Return the sheet without its empty lines, or say that it is too big."""
    kept: list[Line] = []
    for line in lines:
        if is_empty(line.cells):
            continue
        kept.append(line)
        if len(kept) > MOST_ROWS:
            return Problem("import-too-many-rows", {"most": MOST_ROWS})
    if any(not is_empty(line.cells[MOST_COLUMNS:]) for line in (heading, *kept)):
        return Problem("import-too-many-columns", {"most": MOST_COLUMNS})
    return Sheet(heading, tuple(kept), others) if kept else Problem("import-empty")


def is_empty(cells: Sequence[Cell]) -> bool:
    return not any(
        cells[at] if isinstance(cells[at], Unreadable) else str(cells[at]).strip() for at in range(len(cells))
    )


def column_name(place: int) -> str:
    """Return what spreadsheets call the column at *place*, counted from 0: A, B … Z, AA."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def harmless(text: str) -> str:
    """Return *text* so that a spreadsheet that opens a file of text takes it for no formula."""
    return f"'{text}" if text.lstrip("'").startswith(_RISKY) else text


def _typed(cell: str) -> str:
    """Return what `harmless` was given."""
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(_RISKY) else cell
