"""Makes files of documents: Word and PDF in a process of its own, so that nobody who talks waits for a page."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path

from bot.apart import Apart, NotDone
from dialogs.model.written import Written
from dialogs.reports.chart import Chart
from dialogs.tables.chosen import Table
from dialogs.values.asked_document import Form, TableForm
from dialogs.values.names import fold
from dialogs.values.printable import all_printable, printable
from storage.mapping import WRITTEN

MAKING_SECONDS = 30.0
MOST_TEMPLATE = 5_000_000  # bytes
DAY = "day"
EVERYBODYS = "mall"
"""The name of the template that is for every organisation without one of its own."""


@dataclass(frozen=True)
class Papers:
    """*templates* is a folder of Word templates: `mall.docx` for all, or one with the organisation's name."""

    templates: Path | None = None
    apart: Apart = field(default_factory=lambda: Apart(MAKING_SECONDS))

    def make(self, whole: Written, form: Form, *, sources: bool = False) -> bytes:
        """Return the file. Raises ``NotDone`` when it took too long or too much, or its template is none."""
        if form == "md":
            from dialogs.reports.document_markdown import as_markdown

            return as_markdown(whole, sources=sources).encode("utf-8", "replace")
        template = self.template_of(whole.organisation) if form == "docx" else None
        wanted = f"{form} {int(sources)}".encode()
        [made] = self.apart.do("document", wanted, _told(whole), _content(template))
        return made

    def template_of(self, organisation: str) -> Path | None:
        """Return the template that the organisation's documents are laid out by; None where there is none."""
        if self.templates is None or not self.templates.is_dir():
            return None
        there = {
            fold(file.stem): file
            for file in sorted(self.templates.iterdir())
            if file.suffix.casefold() in (".docx", ".dotx") and file.is_file()
        }
        return there.get(fold(organisation)) or there.get(EVERYBODYS)

    def tables(self, tables: Sequence[Table], form: TableForm, language: str) -> bytes:
        """Return a workbook with a sheet each; as a text, there is room for the first alone. Raises ``NotDone``."""
        if form == "csv":
            from dialogs.tables.written import as_csv

            return as_csv(tables[0][1], language=language)
        [made] = self.apart.do(
            "tables", json.dumps([[t, list(rows)] for t, rows in tables], default=_day).encode()
        )
        return made

    def chart(self, chart: Chart) -> bytes:
        """Return the picture as PNG, with its alternative text in it. Raises ``NotDone``."""
        from bot.documents.chart import data_of

        [made] = self.apart.do("chart", json.dumps(data_of(chart)).encode(), printable(chart.told).encode())
        return made


def make_chart(told: bytes, alternative: bytes) -> tuple[bytes]:
    """Do the work, on the other side."""
    from bot.documents.chart import as_png

    return (as_png(json.loads(told), alternative.decode()),)


def make_tables(told: bytes) -> tuple[bytes]:
    """Do the work, on the other side."""
    from bot.spreadsheets import workbook

    return (workbook(json.loads(told, object_hook=lambda day: date.fromisoformat(day[DAY]))),)


def make_parts(wanted: bytes, told: bytes, template: bytes) -> tuple[bytes]:
    """Do the work, on the other side."""
    from bot.documents.pdf import as_pdf
    from bot.documents.word import as_word

    form, sources = wanted.decode().split()
    whole = WRITTEN.value(told.decode())
    if form == "pdf":
        return (as_pdf(whole, sources=sources == "1"),)
    return (as_word(whole, sources=sources == "1", template=template),)


def _day(value: object) -> dict[str, str]:
    """Tell a day apart from a text that looks like one."""
    if not isinstance(value, date):
        raise TypeError(value)
    return {DAY: value.isoformat()}


def _told(whole: Written) -> bytes:
    return json.dumps(all_printable(asdict(whole)), default=str).encode()


def _content(template: Path | None) -> bytes:
    if template is None:
        return b""
    try:
        if template.stat().st_size > MOST_TEMPLATE:
            raise NotDone(template.name)
        return template.read_bytes()
    except OSError as error:
        raise NotDone(template.name) from error
