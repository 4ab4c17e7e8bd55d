"""What has become of a document since it was adopted: by where its words come from, whatever the language."""

from dataclasses import replace

from content.schema.files import Document
from dialogs.model.written import Entry, Passage, Written
from dialogs.reports.document_changes import _marked, as_it_is
from tests.dialogs.builders import a_journey, a_pack, a_question, settled, text
from tests.dialogs.telling import a_teller
from tests.documents.conftest import REPORT
from tests.documents.papers import a_document, a_source, adopted

VISION = Passage("Framåt", source=a_source("vision", 1))
MEASURE = Passage(entries=(Entry("Resa", (), a_source("r1", 1)),))


def marks(whole: Written) -> list[str]:
    return [mark for one in whole.passages for mark in (one.mark, *(entry.mark for entry in one.entries))]


def test_the_same_words_are_unmarked_even_in_a_new_revision():
    again = replace(VISION, source=a_source("vision", 2))
    marked = _marked(a_document(again, MEASURE), a_document(VISION, MEASURE))
    assert marks(marked) == ["", "", ""]
    assert not marked.has_changed


def test_other_words_are_changed_new_ones_new_and_what_is_left_out_is_told():
    now = a_document(replace(VISION, text="Bakåt"), Passage(entries=(Entry("Kurs", (), a_source("r2", 1)),)))
    marked = _marked(now, a_document(VISION, MEASURE))
    assert marks(marked) == ["changed", "", "new"]
    assert marked.gone == ("Resa",)


def test_a_label_that_an_adopted_version_had_not_is_no_change_and_another_label_is_one():
    labelled = replace(VISION, label="Vision")
    assert marks(_marked(a_document(labelled, MEASURE), a_document(VISION, MEASURE))) == ["", "", ""]
    other = replace(VISION, label="Skola")
    assert marks(_marked(a_document(labelled, MEASURE), a_document(other, MEASURE))) == ["changed", "", ""]


def test_a_longer_answer_below_another_says_what_it_answers():
    pack = a_pack(
        a_question("vision", short=text("Det vi väljer")), a_question("bort", short=text("Det vi lämnar"))
    )
    heading = {"title": text("Områden"), "parts": [{"answer": "vision"}, {"answer": "bort"}]}
    document = Document.model_validate({"id": "plan", "title": text("Planen"), "headings": [heading]})
    teller = a_teller(pack, a_journey(pack, settled("vision", "Skola"), settled("bort", "Vänorter")))

    assert [one.line for one in as_it_is(teller, document, None).passages] == [
        "Skola",
        "Det vi lämnar: Vänorter",
    ]


def test_in_another_language_the_revision_tells():
    english = replace(a_document(replace(VISION, text="Forward"), MEASURE), language="en")
    assert marks(_marked(english, a_document(VISION, MEASURE))) == ["", "", ""]
    later = replace(a_document(replace(VISION, source=a_source("vision", 2)), MEASURE), language="en")
    assert marks(_marked(later, a_document(VISION, MEASURE))) == ["changed", "", ""]


def test_unchanged_it_is_the_adopted_one_itself():
    pack = a_pack(a_question("vision")).model_copy(update={"documents": (REPORT,)})
    teller = a_teller(pack, a_journey(pack, settled("vision", "Framåt")))
    kept = adopted(as_it_is(teller, REPORT, None))

    assert as_it_is(teller, REPORT, kept) is kept

    changed = a_teller(pack, a_journey(pack, settled("vision", "Framåt"), settled("vision", "Uppåt")))
    assert marks(as_it_is(changed, REPORT, kept)) == ["changed"]
    assert as_it_is(changed, REPORT, kept).since
