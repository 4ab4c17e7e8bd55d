"""Documents to make files of, and what is read out of the files again."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import docx
from docx.document import Document
from pypdf import PdfReader

from dialogs.model.written import Adopted, Chapter, Entry, Fact, Missing, Passage, Source, Wording, Written

DAY = date(2026, 11, 22)
WORDS = Wording(
    of="Från Gruppen. Bara fastställda svar är med.", state="Utkast 2026-11-22. Inte antaget.", draft="UTKAST",
    missing="Det här saknas än", unsaid="Saknas än", sources="Källor", source="Text", about="Fråga eller register",
    how="Vem och när", new="Nytt", changed="Ändrat", gone="Borttaget", page="Sida", author="Metodcoach",
)  # fmt: skip


def a_source(key: str = "vision", revision: int = 2) -> Source:
    return Source(key, f"3.1 {key}", revision, "Fastställt av Anna den 2026-10-06. Version 2.")


def a_document(*passages: Passage, **more: Any) -> Written:
    """Return a draft with one chapter."""
    return Written(
        id="plan", title="Verksamhetsplan", language="sv", organisation="Ljungby kommun", group="Gruppen", made=DAY,
        words=WORDS, chapters=(Chapter("Inledning", passages),), **more,
    )  # fmt: skip


def a_full_document(text: str = "harmlöst") -> Written:
    """Return a draft with *text* in every place where somebody's words can stand."""
    source = Source(text, text, 1, text)
    passages = (
        Passage(text, text, source=source, mark="changed"),
        Passage(text, source=source),
        Passage(entries=(Entry(text, (), source, "new"), Entry(text)), source=source),
        Passage(columns=(text, text), entries=(Entry(text, (text, text), source, "changed"),)),
        Passage(missing=Missing(text, (text, text))),
    )
    whole = a_document(*passages, header=(Fact(text, text), Fact(text, "", (text,))), header_source=source)
    return replace(
        whole, title=text, organisation=text, group=text, gone=(text,), since=text, practice=text,
        chapters=(Chapter(text, passages),),
    )  # fmt: skip


def adopted(whole: Written) -> Written:
    state = "Version 1, antagen av Kommunstyrelsen den 2026-10-06, § 180."
    words = replace(whole.words, draft="", state=state)
    return replace(
        whole,
        words=words,
        adopted=Adopted(1, "Kommunstyrelsen", date(2026, 10, 6), "§ 180", date(2030, 1, 1)),
    )


# ------------------------------------------------------------------------------------------- Word


def word(made: bytes) -> Document:
    return docx.Document(BytesIO(made))


def texts_of(document: Document) -> list[str]:
    """Return every paragraph of the page and its tables, in no particular order."""
    cells = (cell for table in document.tables for row in table.rows for cell in row.cells)
    return [one.text for one in (*document.paragraphs, *(p for cell in cells for p in cell.paragraphs))]


def kinds_of(document: Document) -> list[str]:
    """Return what the page is made of, without its words."""
    return [str(element.tag).rpartition("}")[2] for element in document.element.body.iter()]


# ------------------------------------------------------------------------------------------- PDF


def pdf(made: bytes) -> PdfReader:
    return PdfReader(BytesIO(made))


def tags_of(reader: PdfReader) -> list[str]:
    """Return the structure's tags, in order."""
    root: Any = reader.trailer["/Root"]
    return [str(one["/S"]) for one in _elements(root["/StructTreeRoot"])]


def squeezed(text: str) -> str:
    """Return text without spaces and breaks: a page breaks its lines where it likes."""
    return "".join(text.split())


def text_of(reader: PdfReader) -> str:
    return squeezed("".join(page.extract_text() for page in reader.pages))


def _elements(node: Any) -> Iterator[Any]:
    kids = node.get("/K")
    kids = kids.get_object() if hasattr(kids, "get_object") else kids
    for kid in kids if isinstance(kids, list) else [kids]:
        found = kid.get_object() if hasattr(kid, "get_object") else kid
        if isinstance(found, dict):
            if "/S" in found:
                yield found
            yield from _elements(found)


def numbered(texts: Sequence[str]) -> Passage:
    return Passage(entries=tuple(Entry(one) for one in texts))
