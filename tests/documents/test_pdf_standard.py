"""An independent checker of PDF/UA-1 finds nothing wrong with the PDFs that are handed out, and would find what is."""

from dataclasses import replace

import page
import pytest
from pypdf import PdfWriter
from pypdf.generic import NameObject

from bot.documents.pdf import as_pdf
from bot.sheet_pdf import sheet_pdf
from dialogs.model.written import Passage
from dialogs.reports.exercise_sheet import Sheet, SheetPhase
from tests.documents.papers import a_document, a_full_document, adopted, numbered

LONG = a_document(
    *[Passage(f"Stycke {n}. " + "Vi vill mer. " * 40) for n in range(40)], numbered(["Ett", "Två"])
)
SHEET = Sheet(
    "sv", "Fem varför", "Ni hittar orsaken.", "Skriv var för sig.", "30 minuter", "Par", ("Ada och Bo",),
    (SheetPhase("Fråga", "Fråga varför.", ("Varför?", "Och varför det?")),), 3, "Lämna bladet.",
)  # fmt: skip


def slips(made: bytes) -> list[tuple[str, str]]:
    """Return what the checker finds wrong by PDF/UA-1: the standard's own number, and why."""
    return [(one.rule_id, one.message) for one in page.validate_pdf_bytes(made, profile="ua1").failures]


@pytest.mark.parametrize(
    "made",
    [
        lambda: as_pdf(a_full_document(), sources=True),
        lambda: as_pdf(replace(a_full_document(), language="en")),
        lambda: as_pdf(adopted(LONG)),
        lambda: sheet_pdf(SHEET),
    ],
    ids=["draft", "English", "adopted", "sheet"],
)
def test_a_pdf_keeps_to_the_standard(made):
    assert slips(made()) == []


@pytest.mark.parametrize("without", ["/Lang", "/MarkInfo", "/StructTreeRoot", "/Metadata"])
def test_a_pdf_without_what_the_standard_asks_for_would_be_found_out(without: str, tmp_path):
    (tmp_path / "whole.pdf").write_bytes(as_pdf(a_full_document()))
    writer = PdfWriter(clone_from=tmp_path / "whole.pdf")
    del writer.root_object[NameObject(without)]
    writer.write(tmp_path / "less.pdf")

    assert slips((tmp_path / "less.pdf").read_bytes())
