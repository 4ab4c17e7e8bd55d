"""A table as a text, for as long as it waits for whoever sent it, and on its way between two processes."""

import json
from typing import Any

from dialogs.tables.sheets import Cell, Line, Sheet, Unreadable


def sheet_text(sheet: Sheet) -> str:
    lines = [[one.number, [_written(cell) for cell in one.cells]] for one in (sheet.heading, *sheet.lines)]
    return json.dumps([lines, sheet.others], ensure_ascii=False, separators=(",", ":"))


def sheet_of_text(text: str) -> Sheet:
    """Return what `sheet_text` was given."""
    lines, others = json.loads(text)
    heading, *below = (Line(number, tuple(map(_cell, cells))) for number, cells in lines)
    return Sheet(heading, tuple(below), tuple(others))


def _written(cell: Cell) -> Any:
    return [cell.value] if isinstance(cell, Unreadable) else cell


def _cell(written: Any) -> Cell:
    return written if isinstance(written, str) else Unreadable(written[0])
