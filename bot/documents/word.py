"""A document as a Word file: real headings, lists and tables, and each paragraph's source as a comment."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time
from io import BytesIO
from typing import TYPE_CHECKING, Any

from bot.documents.template import opened, repacked
from bot.documents.word_parts import (
    Bullets,
    add_page_number,
    in_columns,
    keep_rows_whole,
    note_on,
    repeat_heading,
    speak,
    style_named,
)
from dialogs.model.written import Entry, Mark, Passage, Source, Written
from dialogs.values.printable import printable

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import Section
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph

LOCALES = {"sv": "sv-SE", "en": "en-GB"}


def as_word(whole: Written, *, sources: bool = False, template: bytes = b"") -> bytes:
    """Return the file, laid out as the organisation's *template* says where there is one.

    The same document and template give the same bytes, as long as the program is the same. Raises ``ValueError`` for
    a template that isn't one.
    """
    document = opened(template)
    _Page(document, whole, own=bool(template)).write(sources=sources)
    made = BytesIO()
    document.save(made)
    return repacked(made.getvalue())


class _Page:
    """Writes one document. *own* says that header and footer are the organisation's."""

    def __init__(self, document: "Document", whole: Written, *, own: bool) -> None:
        self.document, self.whole, self.words, self.own = document, whole, whole.words, own
        self.at = datetime.combine(whole.made, time(), UTC)
        self.bullets = Bullets(document)

    def write(self, *, sources: bool) -> None:
        whole = self.whole
        self._properties()
        for section in self.document.sections:
            self._frame(section)
        self._paragraph(whole.title, "Title")
        for line in filter(
            None, (whole.practice.replace("*", ""), self.words.of, self.words.state, whole.since)
        ):
            self._paragraph(line)
        self._title_page()
        for chapter in whole.chapters:
            self._paragraph(chapter.title, "Heading 1")
            for passage in chapter.passages:
                self._passage(passage)
        if whole.adopted is None:
            lacks = [f"{one.title}: {', '.join(one.who)}" if one.who else one.title for one in whole.lacks]
            self._ending(self.words.missing, lacks)
        self._ending(self.words.gone, whole.gone)
        if sources and whole.sources:
            self._paragraph(self.words.sources, "Heading 1")
            rows = [Entry("", (one.of, one.told)) for one in whole.sources]
            self._table((self.words.about, self.words.how), rows)

    def _properties(self) -> None:
        told, whole = self.document.core_properties, self.whole
        told.title = printable(whole.title)[:255]
        told.subject = printable(self.words.state)[:255]
        told.author = printable(whole.organisation)[:255]
        told.last_modified_by = printable(self.words.author)
        told.comments = told.keywords = told.category = ""
        told.content_status = printable(self.words.draft)
        told.version = str(whole.adopted.number) if whole.adopted is not None else ""
        told.revision = 1
        told.language = LOCALES.get(whole.language, whole.language)
        told.created = told.modified = self.at
        speak(self.document, told.language)

    def _frame(self, section: "Section") -> None:
        """Say on each page that it is a draft; of what is ours, say title, state and page too."""
        headers, footers = [section.header], [section.footer]
        if section.different_first_page_header_footer:
            headers.append(section.first_page_header)
            footers.append(section.first_page_footer)
        if self.document.settings.odd_and_even_pages_header_footer:
            headers.append(section.even_page_header)
            footers.append(section.even_page_footer)
        for header in headers:
            if not self.own:
                header.paragraphs[0].text = printable(self.whole.title)
            if self.words.draft:
                header.add_paragraph().add_run(printable(self.words.draft)).bold = True
        for footer in footers:
            if not self.own:
                line = footer.paragraphs[0]
                line.text = printable(f"{self.words.state}  {self.words.page} ")
                add_page_number(line)

    def _title_page(self) -> None:
        if not self.whole.header:
            return
        for fact in self.whole.header:
            line = self._paragraph("")
            line.add_run(printable(f"{fact.label}: ")).bold = True
            if fact.value:
                self._lines(line, fact.value)
            else:
                line.add_run(printable(self.words.unsaid)).italic = True
            self._note(line, self.whole.header_source)

    def _passage(self, passage: Passage) -> None:
        if passage.missing is not None:
            line = self._paragraph("")
            line.add_run(printable(f"{self.words.unsaid}: {passage.missing.title}")).italic = True
            return
        if passage.text or passage.label:
            line = self._paragraph("")
            self._mark(line, passage.mark)
            if passage.label:
                line.add_run(printable(f"{passage.label}: ")).bold = True
            self._lines(line, passage.text)
            self._note(line, passage.source)
        if passage.columns:
            self._table(passage.columns, passage.entries)
            return
        for number, entry in enumerate(passage.entries):
            line = self._bullet(entry.text, entry.mark)
            self._note(line, entry.source or (passage.source if not number and not passage.label else None))

    def _table(self, columns: Sequence[str], entries: Iterable[Entry]) -> None:
        rows = list(entries)
        table = self.document.add_table(rows=1 + len(rows), cols=len(columns))
        style = style_named(self.document, "Table Grid")
        if style is not None:
            table.style = style
        in_columns(table, [columns, *(one.cells for one in rows)])
        heading, *below = table.rows
        repeat_heading(heading)
        keep_rows_whole(table)
        for cell, title in zip(heading.cells, columns, strict=True):
            self._cell(cell, title).runs[0].bold = True
        for row, entry in zip(below, rows, strict=True):
            first, *rest = row.cells
            line = self._cell(first, entry.cells[0], entry.mark)
            self._note(line, entry.source)
            for cell, text in zip(rest, entry.cells[1:], strict=True):
                self._cell(cell, text)
        self.document.add_paragraph()

    def _cell(self, cell: "_Cell", text: str, mark: Mark = "") -> "Paragraph":
        line: Paragraph = cell.paragraphs[0]
        self._mark(line, mark)
        self._lines(line, text)
        return line

    def _ending(self, title: str, texts: Sequence[str]) -> None:
        if texts:
            self._paragraph(title, "Heading 1")
            for text in texts:
                self._bullet(text)

    def _bullet(self, text: str, mark: Mark = "") -> "Paragraph":
        line = self._paragraph("")
        self.bullets.on(line)
        self._mark(line, mark)
        self._lines(line, text)
        return line

    def _paragraph(self, text: str, style: str = "") -> "Paragraph":
        line = self.document.add_paragraph()
        found = style_named(self.document, style) if style else None
        if found is not None:
            line.style = found
        if text:
            self._lines(line, text)
        return line

    def _mark(self, line: "Paragraph", mark: Mark) -> None:
        if mark:
            line.add_run(printable(f"{self.words.marked(mark)} ")).bold = True

    def _lines(self, line: "Paragraph", text: str) -> None:
        run: Any = None
        for part in printable(text).split("\n"):
            if run is not None:
                run.add_break()
            run = line.add_run(part)

    def _note(self, line: "Paragraph", source: Source | None) -> None:
        if source is not None and line.runs:
            note_on(self.document, line, printable(source.line), by=self.words.author, at=self.at)
