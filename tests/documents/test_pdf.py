"""A PDF is tagged by PDF/UA-1: whoever listens to it hears headings, lists and tables, in the right language."""

from typing import Any

from bot.documents.pdf import as_pdf
from dialogs.model.written import Entry, Fact, Passage
from tests.documents.papers import (
    a_document,
    a_full_document,
    a_source,
    adopted,
    pdf,
    squeezed,
    tags_of,
    text_of,
)

TABLE = Passage(columns=("Vad", "Läge"), entries=(Entry("Resa", ("Resa", "planerad"), a_source("r1")),))
LIST = Passage(entries=(Entry("Ett"), Entry("Två", mark="new")))


def root(made: bytes) -> Any:
    return pdf(made).trailer["/Root"]


def test_it_says_its_title_and_language_and_that_it_is_tagged():
    made = as_pdf(a_document(Passage("Hej")))

    assert pdf(made).metadata.title == "Verksamhetsplan"
    assert root(made)["/Lang"].startswith("sv")
    assert root(made)["/MarkInfo"]["/Marked"]
    assert root(made)["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root(made)["/Metadata"].get_data()


def test_its_tags_are_those_of_headings_lists_and_tables():
    tags = tags_of(pdf(as_pdf(a_document(Passage("Hej"), LIST, TABLE, header=(Fact("Version", "1"),)))))

    assert (tags[0], tags.count("/H1"), tags.count("/H2")) == ("/Document", 1, 1)
    assert (tags.count("/Table"), tags.count("/THead"), tags.count("/TH"), tags.count("/TR")) == (1, 1, 2, 2)
    assert tags.count("/LI") == 3  # two of the list, one of the title page
    assert tags.index("/H1") < tags.index("/L") < tags.index("/H2") < tags.index("/Table")


def test_an_english_document_is_english():
    whole = a_document(Passage("Hello"))
    assert (
        root(as_pdf(whole))["/Lang"]
        != root(as_pdf(type(whole)(**{**_fields(whole), "language": "en"})))["/Lang"]
    )


def test_a_draft_says_so_on_each_page_and_what_was_adopted_doesnt():
    long = a_document(*[Passage(f"Stycke {n}. " + "Vi vill mer. " * 40) for n in range(40)])

    draft, final = pdf(as_pdf(long)), pdf(as_pdf(adopted(long)))

    assert len(draft.pages) > 3
    assert all("UTKAST" in page.extract_text() for page in draft.pages)
    assert all("§ 180" in page.extract_text() for page in final.pages)
    assert not any("UTKAST" in page.extract_text() for page in final.pages)


def test_all_words_are_there():
    whole = a_full_document("Ord som ska synas")

    told = text_of(pdf(as_pdf(whole, sources=True)))

    assert told.count(squeezed("Ord som ska synas")) >= 20


def test_the_same_document_is_the_same_file():
    whole = a_full_document()
    assert as_pdf(whole) == as_pdf(whole)


def test_a_sign_that_no_font_has_costs_the_mark_of_the_standard_and_nothing_else():
    made = as_pdf(a_document(Passage("Före \U0010fffd\ue000 efter"), LIST))

    assert b"pdfuaid:part" not in root(made)["/Metadata"].get_data()
    assert tags_of(pdf(made)).count("/LI") == 2
    assert "Före" in text_of(pdf(made))
    assert root(made)["/Lang"].startswith("sv")


def _fields(whole: Any) -> dict[str, Any]:
    return {name: getattr(whole, name) for name in whole.__dataclass_fields__}
