"""Reads a file of a register's entries: a spreadsheet, or the text of one. What it is shows in how it begins."""

from collections.abc import Sequence

from content.schema.files import Register
from dialogs.model.problem import Problem
from dialogs.tables.columns import known_headings
from dialogs.tables.kept import sheet_text
from dialogs.tables.sheets import MOST_BYTES, Cell, Known, Sheet, read_delimited
from dialogs.values.meeting_table import decoded

_OLD_SPREADSHEET = b"\xd0\xcf\x11\xe0"
_MEGABYTE = 1_000_000


def read_register_file(content: bytes, known: Known, language: str) -> Sheet | Problem:
    """Return what the file holds. *known* tells its heading, *language* how it writes numbers. Never raises."""
    if len(content) > MOST_BYTES:
        return Problem("import-too-big", {"n": MOST_BYTES // _MEGABYTE})
    if content.startswith(_OLD_SPREADSHEET):
        return Problem("import-old-spreadsheet")
    if content.startswith(b"PK"):
        from bot.spreadsheets import read_spreadsheet  # a text needs none of it

        return read_spreadsheet(content, known, decimal="," if language == "sv" else ".")
    return read_delimited(content, known)


def may_be_table(content: bytes) -> bool:
    """Say whether it is a spreadsheet, of any age; or a text, as tables are."""
    if content.startswith(b"PK"):
        return b"xl/workbook" in content
    if content.startswith(_OLD_SPREADSHEET):
        return True
    text = decoded(content) if content else None
    return bool(text and text.strip()) and all(sign >= " " or sign in "\t\r\n" for sign in text or "")


def read_in_parts(content: bytes, language: bytes, *registers: bytes) -> Sequence[bytes]:
    """Read a file by the headings of several registers, in bytes, for a process of its own.

    Each register is its own JSON. Returns the table as a text, or the problem's key and its arguments' JSON.
    """
    import json

    models = [Register.model_validate_json(one) for one in registers]

    def known(cells: Sequence[Cell]) -> int:
        return max((known_headings(model, cells) for model in models), default=0)

    read = read_register_file(content, known, language.decode())
    if isinstance(read, Problem):
        return read.key.encode(), json.dumps(dict(read.args), default=str).encode()
    return (sheet_text(read).encode(),)
