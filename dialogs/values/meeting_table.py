"""Reads meetings out of a table: the text of a spreadsheet, with a heading over each column."""

import csv
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from io import StringIO

from dialogs.model.problem import Problem
from dialogs.values.composed import composed
from dialogs.values.meetings import Reading, Remark, Written, meeting_day, stop_day
from dialogs.values.names import fold
from dialogs.values.whose import short

MOST_ROWS = 2000
HEADINGS: Mapping[str, str] = {
    heading: column
    for column, headings in {
        "body": "organ;nämnd;styrelse;nämnd/styrelse;body;committee;board",
        "day": "datum;dag;sammanträde;sammanträdesdag;sammanträdesdatum;mötesdatum;date;day;meeting;meeting date",
        "stop": "handlingsstopp;stopp;stoppdag;ärendestopp;document stop;documents stop;stop",
    }.items()
    for heading in headings.split(";")
}
BETWEEN = (";", "\t", ",")
HEADING_WITHIN = 10  # lines; a table may have a title above it
_SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # what such a file itself begins with
_EMPTY = frozenset({"", "-", "–"})


@dataclass(frozen=True, slots=True)
class _Heading:
    """Where the columns are, by the number of the cell; what stands between cells; and on which line it is said."""

    line: int
    between: str
    columns: Mapping[str, int]


def read_meeting_table(content: bytes, *, today: date) -> Reading:
    """Return the meetings in a text with `;`, `,` or tabs between: UTF-8, UTF-16 or Windows-1252. Never raises."""
    if content.startswith(_SPREADSHEETS):
        return Reading.refused("meetings-file-spreadsheet")
    text = decoded(content)
    if text is None or "\0" in text:
        return Reading.refused("meetings-file-unreadable")
    heading = _heading(text)
    if heading is None:
        return Reading.refused("meetings-file-headings", 1)
    return _rows(text, heading, today)


def may_be_meeting_table(content: bytes) -> bool:
    """Say whether it is a table with meetings' headings: one for days, and one for bodies or document stops."""
    text = None if content.startswith(_SPREADSHEETS) else decoded(content)
    heading = _heading(text) if text is not None and "\0" not in text else None
    return heading is not None and bool({"body", "stop"} & heading.columns.keys())


def decoded(content: bytes) -> str | None:
    """Return the text; None when it is none in any of the ways that spreadsheets write it."""
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        ways: tuple[str, ...] = ("utf-16",)
    else:
        ways = ("utf-8-sig",) if content.startswith(BOM_UTF8) else ("utf-8", "cp1252")
    for way in ways:
        try:
            return composed(content.decode(way))
        except UnicodeDecodeError:
            continue
    return None


def _heading(text: str) -> _Heading | None:
    for number, line in enumerate(_lines(text)[:HEADING_WITHIN], start=1):
        found = [_Heading(number, between, _columns(line, between)) for between in BETWEEN]
        best = max(found, key=lambda heading: len(heading.columns))
        if "day" in best.columns:
            return best
    return None


def _columns(line: str, between: str) -> dict[str, int]:
    columns: dict[str, int] = {}
    for place, cell in enumerate(line.split(between)):
        column = HEADINGS.get(fold(cell.strip().strip('"').rstrip(":")))
        if column is not None:
            columns.setdefault(column, place)
    return columns


def _rows(text: str, heading: _Heading, today: date) -> Reading:
    rows: list[Written] = []
    slips: list[Remark] = []
    said = 0
    for line, cells in cells_below(text, heading.line, heading.between):
        if isinstance(cells, Problem):
            slips.append(Remark(line, cells))
            break
        if not any(cell.strip() for cell in cells):
            continue
        said += 1
        if said > MOST_ROWS:
            return Reading.refused("meetings-too-many", most=MOST_ROWS)
        found = _row(line, [cell.strip() for cell in cells], heading.columns, today)
        if isinstance(found, Problem):
            slips.append(Remark(line, found))
        else:
            rows.append(found)
    if not rows and not slips:
        return Reading.refused("meetings-file-empty")
    return Reading(tuple(rows), slips=tuple(slips))


def cells_below(text: str, above: int, between: str) -> Iterator[tuple[int, list[str] | Problem]]:
    """Yield the cells below line *above*, each row with the line on which it begins; a slip of quotes ends it."""
    reader = csv.reader(_lines(text)[above:], delimiter=between, strict=True)
    line = above + 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield line, Problem("meetings-file-quotes")
            return
        yield line, cells
        line = above + reader.line_num + 1


def _lines(text: str) -> list[str]:
    return StringIO(text, newline="").readlines()


def _row(line: int, cells: list[str], columns: Mapping[str, int], today: date) -> Written | Problem:
    def cell(column: str) -> str:
        place = columns.get(column, len(cells))
        return cells[place] if place < len(cells) else ""

    day = meeting_day(cell("day"), today=today, with_year=True)
    if day is None:
        said = cell("day")
        return Problem("meeting-cell-day", {"said": short(said)}) if said else Problem("meeting-cell-no-day")
    typed = cell("stop")
    stop = None if typed in _EMPTY else stop_day(typed, day)
    if stop is None and typed not in _EMPTY:
        return Problem("meeting-cell-stop", {"said": short(typed)})
    return Written(line, cell("body"), day, stop)
