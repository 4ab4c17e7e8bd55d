"""Reads a file of a register's entries: a spreadsheet, or the text of one. What it is shows in how it begins."""

from dialogs.model.problem import Problem
from dialogs.tables.sheets import MOST_BYTES, Known, Sheet, read_delimited

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
