"""Reads and writes .xlsx. What comes from outside is looked through first, so that no file can run away with us."""

import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from io import BytesIO
from itertools import islice
from typing import Any
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile, ZipInfo

from dialogs.model.problem import Problem
from dialogs.tables.sheets import (
    MOST_COLUMNS,
    MOST_ROWS,
    Cell,
    Known,
    Line,
    Sheet,
    Unreadable,
    is_empty,
    sheet_of,
)
from dialogs.values.composed import composed
from dialogs.values.meeting_table import HEADING_WITHIN
from dialogs.values.numbers import write_number
from dialogs.values.printable import printable

MOST_PARTS = 500
MOST_UNPACKED = (
    40_000_000  # bytes, all parts together, as the file itself says; no more is ever unpacked of any
)
MOST_IN_CELLS = 1_000_000  # elements, in all parts together
MOST_STRINGS = 150_000  # of them that are texts which cells share
MOST_ELSE = 60_000  # elements, of other names
LONGEST_NAME = 20_000  # characters of an attribute
LONGEST_TEXT = 40_000  # characters of a text; a cell holds 32,767
DEEPEST = 60
_CELLS = frozenset({"row", "c", "v", "f", "is", "si", "t", "r"})
"""What sheets are full of; all else becomes objects of a thousand bytes each."""
_LITERAL = re.compile(r'"[^"]*"|\\.')
"""What a format shows as it stands: such a % makes no hundred times of the number."""
_CHUNK = 65_536
_LAST_ROW = 1_048_576  # of any spreadsheet
_WIDE = MOST_COLUMNS + 1


class _Hostile(Exception):  # noqa: N818 - told as a slip, never seen outside
    """A part does what no spreadsheet program writes."""


def is_spreadsheet(content: bytes) -> bool:
    return content.startswith(b"PK\x03\x04")


def read_spreadsheet(content: bytes, known: Known, *, decimal: str) -> Sheet | Problem:
    """Return the first sheet that is shown. Formulas are told and never worked out; *decimal* is put in numbers."""
    try:
        looked_through = _look_through(content)
    except (
        _Hostile,
        BadZipFile,
        expat.ExpatError,
        ValueError,
        NotImplementedError,
        RuntimeError,
        OSError,
        EOFError,
    ):
        return Problem("import-spreadsheet-broken")
    except _TooMuch:
        return Problem("import-spreadsheet-too-big")
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what it leaves out: pictures, rules for typing, macros
            book = load_workbook(looked_through, read_only=True, keep_links=False)
            try:
                return _read(book, known, decimal)
            finally:
                book.close()
    except Exception:  # noqa: BLE001 - whatever is wrong inside the file, its owner can only save it anew
        return Problem("import-spreadsheet-broken")


Rows = Iterable[Sequence[str | int | float | date]]


def spreadsheet(rows: Rows, *, title: str) -> bytes:
    """Return a workbook with one sheet. Texts are written as texts, whatever they begin with."""
    return workbook([(title, rows)])


def workbook(sheets: Iterable[tuple[str, Rows]]) -> bytes:
    """Return a workbook with a sheet for each title and its rows."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    taken: set[str] = set()
    for title, rows in sheets:
        name = _free(_sheet_title(title), taken)
        taken.add(name.casefold())
        sheet = book.create_sheet(name)
        sheet.freeze_panes = "A2"
        for row in rows:
            sheet.append([_written_cell(sheet, value) for value in row])
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def _written_cell(sheet: Any, value: str | int | float | date) -> Any:
    from openpyxl.cell import WriteOnlyCell

    written: Any = printable(value) if isinstance(value, str) else value
    cell = WriteOnlyCell(sheet, written)
    if isinstance(value, str):
        cell.data_type = "s"
    elif isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"
    return cell


def _free(name: str, taken: set[str]) -> str:
    """Return the name, or the first that nobody has with a number after it: sheets differ in more than their case."""
    numbered = (f"{name[:28]} {n}" for n in range(2, 1000))
    return next((one for one in (name, *numbered) if one.casefold() not in taken), name)


def _read(book: Any, known: Known, decimal: str) -> Sheet | Problem:
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    if not shown:
        return Problem("import-empty")
    lines = _lines(shown[0], decimal)
    above = list(islice(lines, HEADING_WITHIN))
    heading = max(above, key=lambda line: known(line.cells), default=None)
    if heading is None or not known(heading.cells):
        return Problem("import-headings")
    below = [line for line in above if line.number > heading.number]
    others = tuple(str(sheet.title) for sheet in shown[1:])
    return sheet_of(heading, (*below, *islice(lines, MOST_ROWS + 1)), others)


def _lines(sheet: Any, decimal: str) -> Iterator[Line]:
    """Yield the lines that hold anything."""
    sheet.reset_dimensions()  # what the file says of its own size may be wrong
    filler: object = None
    for number, row in enumerate(sheet.iter_rows(max_row=_LAST_ROW, max_col=_WIDE), start=1):
        if row is filler:
            continue  # the very same nothing, for each line that isn't there
        cells = [_cell(cell, decimal) for cell in row]
        while cells and is_empty(cells[-1:]):
            cells.pop()  # rows are filled up to the widest: nothing that anybody wrote
        if not cells:
            filler = row
            continue
        yield Line(number, tuple(cells))


def _cell(cell: Any, decimal: str) -> Cell:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        return Unreadable.FORMULA
    if cell.data_type == "e":
        return Unreadable.ERROR
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return f"{value:%H:%M}" if value == value.replace(second=0, microsecond=0) else str(value)
    if isinstance(value, int | float):
        share = "%" in _LITERAL.sub("", cell.number_format)
        text = write_number(float(value * 100) if share else value, language="en").replace(".", decimal)
        return f"{text} %" if share else text
    return composed(str(value))


class _TooMuch(Exception):  # noqa: N818 - told as a slip, never seen outside
    """There is more in it than in any list that we take."""


def _look_through(content: bytes) -> BytesIO:
    """Read each part once, as nothing but a stream of names; return the file with what was read, and no more."""
    passed = BytesIO()
    with ZipFile(BytesIO(content)) as packed, ZipFile(passed, "w") as kept:
        parts = packed.infolist()
        if len({part.filename.casefold() for part in parts}) < len(parts):
            raise _Hostile
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
            raise _TooMuch
        look = _Look()
        for part in parts:
            if not part.filename.casefold().endswith((".xml", ".rels")):
                continue
            with packed.open(part) as stream:
                text = stream.read(MOST_UNPACKED)  # and never more than the part says that it is
            look.through(text)
            kept.writestr(ZipInfo(part.filename), text)
    return passed


class _Look:
    """Counts what the parts hold. Whatever names another file, or makes much of little, is refused."""

    def __init__(self) -> None:
        self.cells = self.strings = self.others = self.depth = self.length = 0

    def through(self, text: bytes) -> None:
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = self._refused
        parser.EntityDeclHandler = self._refused
        parser.StartElementHandler = self._begins
        parser.EndElementHandler = self._ends
        parser.CharacterDataHandler = self._says
        self.depth = 0
        parser.Parse(text, True)

    def _refused(self, *_: object) -> None:
        raise _Hostile

    def _begins(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        self.length = 0
        local = name.rpartition(":")[2]
        if local in _CELLS:
            self.cells += 1
            self.strings += local == "si"
        else:
            self.others += 1
        if self.cells > MOST_IN_CELLS or self.strings > MOST_STRINGS or self.others > MOST_ELSE:
            raise _TooMuch
        if self.depth > DEEPEST or any(len(value) > LONGEST_NAME for value in attributes.values()):
            raise _Hostile

    def _ends(self, _: str) -> None:
        self.depth -= 1
        self.length = 0

    def _says(self, text: str) -> None:
        self.length += len(text)
        if self.length > LONGEST_TEXT:
            raise _Hostile


def _sheet_title(title: str) -> str:
    return "".join(sign for sign in title if sign not in r"[]:*?/\'")[:31].strip() or "1"
