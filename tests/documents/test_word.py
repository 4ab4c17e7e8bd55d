"""A Word file has real headings, lists and tables, says where its words come from, and looks as the template does."""

import zipfile
from io import BytesIO

import docx
import pytest
from docx.oxml.ns import qn

from bot.documents.template import _DOCUMENT, _TEMPLATE
from bot.documents.word import as_word
from dialogs.model.written import Entry, Fact, Passage
from tests.documents.papers import a_document, a_full_document, a_source, adopted, texts_of, word

TABLE = Passage(
    columns=("Vad", "Läge"),
    entries=(Entry("Resa", ("Resa", "planerad"), a_source("r1")), Entry("Kurs", ("Kurs", "klar"))),
)
LIST = Passage(entries=(Entry("Ett"), Entry("Två", mark="new")))


def test_headings_are_headings_lists_are_lists_and_tables_have_a_heading_row():
    document = word(as_word(a_document(Passage("Hej"), LIST, TABLE)))

    styles = {one.text: one.style.name for one in document.paragraphs}
    assert (styles["Verksamhetsplan"], styles["Inledning"], styles["Hej"]) == ("Title", "Heading 1", "Normal")
    listed = [one for one in document.paragraphs if one.text in ("Ett", "[Nytt] Två")]
    assert all(one._p.pPr.numPr.numId.val for one in listed)
    [table] = document.tables
    first, *others = table.rows
    assert [cell.text for cell in first.cells] == ["Vad", "Läge"]
    assert first._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr is None or row._tr.trPr.find(qn("w:tblHeader")) is None for row in others)


def test_without_a_template_the_paper_is_a4_and_a_table_as_wide_as_its_text():
    document = word(as_word(a_document(TABLE)))

    [section] = document.sections
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (21, 29.7)
    [table] = document.tables
    wide = section.page_width - section.left_margin - section.right_margin
    assert abs(sum(column.width for column in table.columns) - wide) < 10


def test_a_column_is_as_wide_as_its_longest_word_and_a_row_stays_on_its_page():
    long = "Socialförvaltningens"
    rows = (Entry("", ("Ja", long, "Ett helt stycke med många små ord som ryms på flera rader")),)
    [table] = word(as_word(a_document(Passage(columns=("A", "B", "C"), entries=rows)))).tables

    short, word_wide, text_wide = (column.width for column in table.columns)
    assert short < word_wide < text_wide
    assert word_wide > sum((short, word_wide, text_wide)) * len(long) / 80
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_title_language_and_state_stand_in_its_properties():
    told = word(as_word(a_document())).core_properties

    assert (told.title, told.language, told.content_status) == ("Verksamhetsplan", "sv-SE", "UTKAST")
    assert told.created is not None
    assert told.created.date().isoformat() == "2026-11-22"
    languages = {
        one.get(qn("w:val")) for one in word(as_word(a_document())).styles.element.iter(qn("w:lang"))
    }
    assert languages == {"sv-SE"}


def test_each_paragraph_says_where_it_comes_from_in_a_comment():
    source = a_source()
    document = word(
        as_word(
            a_document(
                Passage("Framåt", source=source), TABLE, header=(Fact("Version", "1"),), header_source=a_source("post")
            )
        )
    )  # fmt: skip

    told = [one.text for one in document.comments]
    assert told == [a_source("post").line, source.line, a_source("r1").line]
    assert {one.author for one in document.comments} == {"Metodcoach"}


def test_the_sources_come_as_a_table_when_they_are_asked_for():
    whole = a_document(Passage("Framåt", source=a_source()))

    without, with_table = word(as_word(whole)), word(as_word(whole, sources=True))

    assert not without.tables
    assert [cell.text for cell in with_table.tables[-1].rows[1].cells] == [a_source().of, a_source().told]


def test_a_draft_says_so_on_each_page_and_what_was_adopted_doesnt():
    def above(made: bytes) -> str:
        return "\n".join(line.text for section in word(made).sections for line in section.header.paragraphs)

    assert "UTKAST" in above(as_word(a_document()))
    assert "UTKAST" not in above(as_word(adopted(a_document())))


def test_the_same_document_is_the_same_file():
    whole = a_full_document()
    assert as_word(whole, sources=True) == as_word(whole, sources=True)


# ------------------------------------------------------------------------------------------- the organisation's own


@pytest.fixture
def template() -> bytes:
    """A template as an organisation has it: a header of its own, an own first page, a text to be replaced."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Ljungby kommuns sidhuvud"
    document.sections[0].different_first_page_header_footer = True
    document.sections[0].first_page_header.paragraphs[0].text = "Första sidan"
    document.styles["Heading 1"].font.name = "Kommunfont"
    document.add_paragraph("Skriv din text här")
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def test_the_template_gives_header_and_styles_and_none_of_its_text(template: bytes):
    document = word(as_word(a_document(Passage("Hej")), template=template))

    [section] = document.sections
    assert [one.text for one in section.header.paragraphs] == ["Ljungby kommuns sidhuvud", "UTKAST"]
    assert [one.text for one in section.first_page_header.paragraphs] == ["Första sidan", "UTKAST"]
    assert document.styles["Heading 1"].font.name == "Kommunfont"
    assert "Skriv din text här" not in texts_of(document)
    assert "Hej" in texts_of(document)


def test_a_dotx_is_taken_too(template: bytes):
    packed = BytesIO()
    with zipfile.ZipFile(BytesIO(template)) as read, zipfile.ZipFile(packed, "w") as written:
        for part in read.infolist():
            written.writestr(part, read.read(part).replace(_DOCUMENT, _TEMPLATE))
    with pytest.raises(ValueError, match="not a Word file"):
        docx.Document(BytesIO(packed.getvalue()))

    assert "Hej" in texts_of(word(as_word(a_document(Passage("Hej")), template=packed.getvalue())))


def test_a_template_without_headings_and_lists_gets_them(template: bytes):
    bare = docx.Document(BytesIO(template))
    for name in ("Title", "Heading 1", "List Bullet", "Table Grid"):
        bare.styles[name].delete()
    part = bare.part
    [numbering] = [id for id, one in part.rels.items() if one.reltype.endswith("/numbering")]
    part.drop_rel(numbering)
    part.rels.pop(numbering, None)
    made = BytesIO()
    bare.save(made)

    document = word(as_word(a_document(Passage("Hej"), LIST, TABLE), template=made.getvalue()))

    heading = next(one for one in document.paragraphs if one.text == "Inledning")
    assert heading.style.name == "Heading 1"
    assert heading.style.element.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}").get(qn("w:val")) == "0"
    listed = next(one for one in document.paragraphs if one.text == "Ett")
    number = listed._p.pPr.numPr.numId.val
    [found] = [
        one for one in document.part.numbering_part.element.findall(qn("w:num")) if one.get(qn("w:numId")) == str(number)
    ]  # fmt: skip
    assert found is not None


@pytest.mark.parametrize("broken", [b"PK\x03\x04", b"%PDF-1.7", b"x" * 1000])
def test_what_is_no_template_is_refused(broken: bytes):
    with pytest.raises(ValueError, match="no Word template"):
        as_word(a_document(), template=broken)
