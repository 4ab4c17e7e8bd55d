"""What people write stays text: 500 texts that some program makes something else of, in every file that is handed out."""

import csv
import re
from datetime import UTC, datetime
from functools import cache
from io import BytesIO, StringIO

import pytest
from markdown_it import MarkdownIt
from openpyxl import load_workbook

from bot.documents.pdf import as_pdf
from bot.documents.word import as_word
from bot.spreadsheets import spreadsheet
from content.phrases.book import Phrasebook
from dialogs.model.written import Passage
from dialogs.reports.document_markdown import as_markdown
from dialogs.reports.own_data import OwnData
from dialogs.reports.own_data import as_markdown as own_markdown
from dialogs.reports.registrar import Registered
from dialogs.reports.registrar import as_text as registrars_list
from dialogs.tables.written import as_csv
from dialogs.values.printable import printable
from dialogs.wording.teller import Speech
from tests.documents.papers import (
    a_document,
    a_full_document,
    a_source,
    kinds_of,
    numbered,
    pdf,
    squeezed,
    tags_of,
    text_of,
    texts_of,
    word,
)  # fmt: skip
from tests.drawing.samples import nasty

pytestmark = pytest.mark.e2e

OURS = (
    "#set page(fill: red)", "#{while true {}}", "#import \"@preview/x:1.0.0\"", "#read(\"/etc/passwd\")", "$x$", "<label>",
    "@ref", "= rubrik", "+ punkt", "/ term: mer", "\\u{41}", "*/ //", "{{ mall }}", "<w:p/>", "]]>", "&nbsp;", "<!-- -->",
    "\x00\x01\x1f", "\x0b\x0c", "\ufffe\uffff", "\ud800", "\x85", "\x7f",
    "+1", "-1+1", "@SUM(1)", "\t=1", "\r=1", "=HYPERLINK(\"http://x\")", "=cmd|' /C calc'!A0", "＝1+1", "'=1", "%0A=1",
)  # fmt: skip
TEXTS = [*nasty(), *OURS]
ALL = a_document(
    numbered(TEXTS), *[Passage(one, one, source=a_source(str(n))) for n, one in enumerate(TEXTS)]
)
PLAIN = "harmlöst"
FEW = [*OURS, *nasty()[::100]]


def test_there_are_500_of_them():
    assert len(TEXTS) >= 500


def in_word(text: str) -> str:
    """Return what Word's library reads where the text was written: it has one sign for all breaks."""
    return printable(text)


def test_word_holds_each_as_it_is():
    told = texts_of(word(as_word(ALL)))

    for text in TEXTS:
        assert in_word(text) in told, repr(text)


@cache
def plain_kinds() -> frozenset[str]:
    return frozenset(kinds_of(word(as_word(a_full_document(PLAIN), sources=True))))


@cache
def plain_structure() -> tuple[str, ...]:
    return structure_of(PLAIN)


def structure_of(text: str) -> tuple[str, ...]:
    """Return the tags that tell how a PDF with the text everywhere is built."""
    wanted = {"/H1", "/H2", "/L", "/Table", "/TR", "/TH"}
    return tuple(one for one in tags_of(pdf(as_pdf(a_full_document(text), sources=True))) if one in wanted)


@pytest.mark.parametrize("text", FEW)
def test_nothing_becomes_of_it_in_word_wherever_it_stands(text: str):
    made = word(as_word(a_full_document(" ".join(text.split())), sources=True))

    if printable(text).strip():
        assert set(kinds_of(made)) == plain_kinds()
    assert not [one for one in made.part.rels.values() if one.is_external]
    assert not [
        kind
        for kind in kinds_of(made)
        if kind in ("hyperlink", "fldSimple", "instrText", "object", "altChunk")
    ]


def test_pdf_holds_each_as_it_is_and_nothing_else():
    plain = a_document(
        numbered([PLAIN] * len(TEXTS)),
        *[Passage(PLAIN, PLAIN, source=a_source(str(n))) for n in range(len(TEXTS))],
    )
    made, harmless = pdf(as_pdf(ALL)), pdf(as_pdf(plain))

    wanted = {"/H1", "/H2", "/L", "/LI", "/Table"}
    assert [one for one in tags_of(made) if one in wanted] == [
        one for one in tags_of(harmless) if one in wanted
    ]
    assert not [page for page in made.pages if "/Annots" in page]
    assert not {"/AcroForm", "/OpenAction", "/AA", "/Names"} & made.trailer["/Root"].keys()
    told = text_of(made)
    for text in (one for one in TEXTS if one.isascii() and one.isprintable() and len(one) < 60):
        assert squeezed(text) in told, repr(text)


@pytest.mark.parametrize("text", FEW)
def test_pdf_takes_it_wherever_it_stands(text: str):
    if printable(text).strip():
        assert structure_of(text) == plain_structure()
    else:
        assert structure_of(text)


OPENS = {
    f"{one}_{side}"
    for one in ("heading", "paragraph", "bullet_list", "list_item")
    for side in ("open", "close")
}
READ_AS_TEXT = OPENS | {
    "inline", "text", "hardbreak", "softbreak", "strong_open", "strong_close", "em_open", "em_close"
}  # fmt: skip


def headings_in(markdown: str, written: str) -> int:
    """Return how many headings there are, when all that is read beside them is text and lists."""
    tokens = MarkdownIt("commonmark").enable("table").parse(markdown)
    found = {inner.type for token in tokens for inner in (token, *(token.children or ()))}
    assert found <= READ_AS_TEXT, repr(written)
    return sum(token.type == "heading_open" for token in tokens)


def test_markdown_makes_nothing_of_it():
    for text in TEXTS:
        assert headings_in(as_markdown(a_full_document(text), sources=True), text) == 5, repr(text)


def test_nor_does_what_the_registrar_and_a_person_are_handed():
    speech = Speech(Phrasebook.load(), "sv")
    on = datetime(2026, 9, 7, tzinfo=UTC)
    for text in TEXTS:
        line = Registered("decision", on.date(), text, text, text, text, text, text)
        assert headings_in(registrars_list(speech, "Lista", [line]), text) == 1, repr(text)

        said = {"at": on, "did": "contributed", "what": text, "group": text, "said": text}
        own = own_markdown(speech, OwnData("p1", text, on, {"said": [said]}))
        assert headings_in(own, text) == 3, repr(text)


def test_spreadsheets_work_nothing_out():
    made = load_workbook(BytesIO(spreadsheet([["Text"], *[[one] for one in TEXTS]], title="[x]*?")))

    cells = [row[0] for row in made.active.iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}
    assert len(cells) == len(TEXTS)
    for cell, text in zip(cells, TEXTS, strict=True):
        if text.isprintable() and text.strip() == text and not re.search(r"_x[0-9A-Fa-f]{4}_", text):
            assert cell.value == text[:32_767], repr(text)


def test_tables_of_text_begin_no_formula():
    made = as_csv([["Text"], *[[one] for one in TEXTS]], language="sv")

    rows = list(csv.reader(StringIO(made.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert len(rows) == len(TEXTS) + 1
    for (cell,), text in zip(rows[1:], TEXTS, strict=True):
        assert not cell.lstrip("\x00\t\r\n ").startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠")), repr(
            text
        )
