"""Has tables that people send read in a process of its own: a spreadsheet may take seconds, and much memory."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.apart import Apart, NotDone
from content.schema.files import Register
from dialogs.model.problem import Problem
from dialogs.tables.kept import sheet_of_text
from dialogs.tables.sheets import Sheet

READ_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class TablesApart:
    apart: Apart = field(default_factory=lambda: Apart(READ_SECONDS))

    def read(self, content: bytes, registers: Sequence[Register], language: str) -> Sheet | Problem:
        """Return the table, or what is wrong with it: that it took too long, too. Nothing in it can make this raise."""
        models = (one.model_dump_json(by_alias=True, exclude_unset=True).encode() for one in registers)
        try:
            told = self.apart.do("read-table", content, language.encode(), *models)
        except NotDone:
            return Problem("import-spreadsheet-too-big")
        if len(told) == 1:
            return sheet_of_text(told[0].decode())
        key, args = told
        return Problem(key.decode(), json.loads(args))
