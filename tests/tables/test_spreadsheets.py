"""A spreadsheet from outside: what is hostile in it is refused before it is read, and nothing runs away."""

import resource
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import load_workbook

from bot.register_file import read_register_file
from bot.spreadsheets import read_spreadsheet, spreadsheet
from dialogs.model.problem import Problem
from dialogs.tables.sheets import MOST_BYTES, MOST_COLUMNS, MOST_ROWS, Sheet
from tests.tables.importing import packed, parts_of

MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
SHEET = "xl/worksheets/sheet1.xml"
DTD = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "%s">]>' % (b"x" * 100)
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'
CELL = b'<c t="inlineStr"><is><t>Namn</t></is></c>'


def known(cells) -> int:
    return sum(cell == "Namn" for cell in cells)


def read(content: bytes) -> str:
    """Return the slip, or "read"."""
    found = read_register_file(content, known, "sv")
    return found.key if isinstance(found, Problem) else "read"


def a_book_with(**parts: bytes) -> bytes:
    """Return a book with parts exchanged: `sheet`, `styles`, `strings`, `workbook`."""
    there = parts_of(spreadsheet([["Namn", "B"], ["x", "y"]], title="Blad"))
    names = {
        "sheet": SHEET,
        "styles": "xl/styles.xml",
        "strings": "xl/sharedStrings.xml",
        "workbook": "xl/workbook.xml",
    }
    return packed(there | {names[name]: part for name, part in parts.items()})


def test_a_line_ends_with_the_last_cell_that_holds_anything():
    found = read_spreadsheet(
        spreadsheet([["Namn", "B", ""], ["x", "", " "]], title="Blad"), known, decimal=","
    )

    assert isinstance(found, Sheet)
    assert (found.heading.cells, [line.cells for line in found.lines]) == (("Namn", "B"), [("x",)])


def a_sheet(rows: bytes) -> bytes:
    return b"<worksheet %s><sheetData>%s</sheetData></worksheet>" % (MAIN, rows)


def test_an_ordinary_book_is_read_with_its_line_numbers():
    book = spreadsheet([["Lista", ""], ["", ""], ["Namn", "B"], ["", ""], ["x", "y"]], title="Blad")

    sheet = read_spreadsheet(book, known, decimal=",")

    assert isinstance(sheet, Sheet)
    assert (sheet.heading.number, [(line.number, line.cells[:2]) for line in sheet.lines]) == (
        3,
        [(5, ("x", "y"))],
    )


@pytest.mark.parametrize(
    ("parts", "slip"),
    [
        ({"sheet": DTD + a_sheet(b"<row>&b;</row>")}, "import-spreadsheet-broken"),
        ({"sheet": OUTSIDE + a_sheet(b"<row>" + CELL + b"</row><row><c><v>&b;</v></c></row>")}, "import-spreadsheet-broken"),
        ({"styles": b"<styleSheet %s><cellXfs>%s</cellXfs></styleSheet>" % (MAIN, b"<xf/>" * 70_000)}, "import-spreadsheet-too-big"),
        ({"strings": b"<sst %s>%s</sst>" % (MAIN, b"<si/>" * 160_000)}, "import-spreadsheet-too-big"),
        ({"sheet": a_sheet(b"<row>" + b"<c/>" * 1_100_000 + b"</row>")}, "import-spreadsheet-too-big"),
        ({"sheet": b"<a>" * 100 + b"</a>" * 100}, "import-spreadsheet-broken"),
        ({"workbook": b"<workbook %s><definedNames><definedName>%s</definedName></definedNames></workbook>" % (MAIN, b"'a" * 30_000)}, "import-spreadsheet-broken"),
        ({"sheet": b"not xml"}, "import-spreadsheet-broken"),
        ({"workbook": b"<workbook/>"}, "import-empty"),
        ({"sheet": a_sheet(b'<row r="1">' + CELL + b'</row><row r="99999999999999"><c><v>1</v></c></row>')}, "import-empty"),
        ({"sheet": a_sheet(b"<row>" + CELL + b"</row><row><c r='ZZZZZZ1'><v>1</v></c></row>")}, "import-spreadsheet-broken"),
        ({"sheet": a_sheet(b"<row>" + CELL * (MOST_COLUMNS + 1) + b"</row><row>" + CELL + b"</row>")}, "import-too-many-columns"),
        ({"sheet": a_sheet((b"<row>" + CELL + b"</row>") * (MOST_ROWS + 2))}, "import-too-many-rows"),
    ],
)  # fmt: skip
@pytest.mark.e2e
def test_what_no_list_needs_is_refused(parts: dict[str, bytes], slip: str):
    assert read(a_book_with(**parts)) == slip


def test_what_unpacks_to_too_much_is_refused_by_what_it_says_of_itself():
    bomb = a_book_with(sheet=b"<a>" + b" " * 45_000_000 + b"</a>")
    assert len(bomb) < 100_000

    assert read(bomb) == "import-spreadsheet-too-big"


def test_a_part_that_says_it_is_smaller_than_it_is_is_refused():
    bomb = bytearray(a_book_with(sheet=a_sheet(b" " * 1_000_000)))
    real, said = (1_000_000 + len(a_sheet(b""))).to_bytes(4, "little"), (500).to_bytes(4, "little")
    assert bomb.count(real) == 2

    assert read(bytes(bomb).replace(real, said)) == "import-spreadsheet-broken"


def test_a_part_of_any_name_is_looked_through_or_not_there():
    parts = parts_of(spreadsheet([["Namn"], ["x"]], title="Blad"))
    parts["xl/styles.png"] = DTD + parts.pop("xl/styles.xml")
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"/xl/styles.xml", b"/xl/styles.png")

    assert read(packed(parts)) == "read"  # without that part


def test_two_parts_of_one_name_are_refused():
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as book:
        for name, content in parts_of(spreadsheet([["Namn"], ["x"]], title="Blad")).items():
            book.writestr(name, content)
        book.writestr("XL/Styles.xml", b"<a/>")

    assert read(made.getvalue()) == "import-spreadsheet-broken"


@pytest.mark.parametrize(
    ("content", "slip"),
    [
        (b"PK\x03\x04", "import-spreadsheet-broken"),
        (b"PK\x05\x06" + b"\0" * 18, "import-spreadsheet-broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "import-old-spreadsheet"),
        (b"", "import-headings"),
        (b"\0" * 100, "import-unreadable"),
        (b"x" * (MOST_BYTES + 1), "import-too-big"),
        (b"Namn;B\n", "import-empty"),
        (b'Namn;B\n"x;y\n', "import-quotes"),
        (b"Namn" + b";" * 200 + b"x\ny\n", "import-too-many-columns"),
        (b"Namn\n" + b"x\n" * (MOST_ROWS + 1), "import-too-many-rows"),
        (b"Namn;" + b"x" * 200_000 + b"\ny;z\n", "import-headings"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_said_kindly(content: bytes, slip: str):
    assert read(content) == slip


WORST = """
import sys
from tests.tables.test_spreadsheets import CELL, a_book_with, a_sheet, read
cells = a_sheet((b"<row>" + CELL * 100 + b"</row>") * 3300)
print(read(a_book_with(sheet=cells)))
"""


@pytest.mark.proof
def test_the_worst_that_is_let_in_stays_within_bounds():
    def bounded() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (1_000_000_000, 1_000_000_000))
        resource.setrlimit(resource.RLIMIT_CPU, (60, 60))

    asked = [sys.executable, "-c", WORST]
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(asked, cwd=root, capture_output=True, text=True, preexec_fn=bounded, check=False)

    assert (done.stdout.strip(), done.stderr) == ("read", "")


def test_what_is_written_is_text_and_no_formula():
    risky = ["=1+1", "+46", "-x", "@a", "\tx", '=HYPERLINK("http://x")', "ordinary"]
    book = load_workbook(BytesIO(spreadsheet([risky], title="Blad: [1]/2")))

    [cells] = book.active.iter_rows()
    assert [cell.value for cell in cells] == risky
    assert {cell.data_type for cell in cells} == {"s"}
