"""The documents of Ljungby's year hold every answer that was settled, none that wasn't, and the title page of a real one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pytest

from bot.documents.making import Papers
from bot.documents.pdf import as_pdf
from bot.documents.word import as_word
from bot.packs.on_disk import built_in_packs
from bot.walking import Walker
from content.loader import Loaded, load_all
from content.pack import Pack
from content.schema.files import Document
from dialogs.flows.periods import checkpoint_of, in_time
from dialogs.model.answers import Item
from dialogs.model.journey import Journey
from dialogs.model.written import Written
from dialogs.reports.document_changes import as_it_is
from dialogs.values.asking import Asking
from dialogs.values.showing import shown
from dialogs.wording.teller import Teller
from storage.mapping import WRITTEN
from tests.documents.papers import pdf, squeezed, tags_of, text_of, texts_of, word

pytestmark = pytest.mark.e2e

METHOD, YEAR = "ljungby-verksamhetsplan", "ljungby-ett-ar"
NOT_SETTLED = "Det här har ingen fastställt än."
EIGHT = (
    "Gäller från", "Gäller för", "Globalt mål", "Fastställt av", "Utarbetat av", "Revideras senast", "Version",
    "Dokumentansvarig förvaltning",
)  # fmt: skip


@dataclass(frozen=True)
class Played:
    """The journey at the end of the year, its documents as they are, and the versions that were adopted."""

    pack: Pack
    journey: Journey
    asking: Asking
    documents: dict[str, Written]
    adopted: dict[str, Written | None]


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    loaded = load_all(built_in_packs())[METHOD]
    assert isinstance(loaded, Loaded)
    walker = Walker(loaded, tmp_path_factory.mktemp("ljungby"))
    walker.prepare()
    walkthrough = next(one for one in loaded.walkthroughs if one.id == YEAR)
    with walker.played(walkthrough) as (played, stage, world):
        assert played.as_written
        stage.says("Samordnaren", "öppna igen 3.3: vi vill tänka om")
        stage.says("Kontaktpersonen på socialförvaltningen", f"3.3: {NOT_SETTLED}")
        kept = stage.journey()
        assert kept is not None
        pack, journey = kept
        teller = Teller(world.book, pack, journey, "sv", stage.today)
        with world.looking() as uow:
            adopted = {one.id: uow.adopted.get(journey.id, one.id) for one in pack.documents}
        documents = {one.id: as_it_is(teller, one, adopted[one.id]) for one in pack.documents}
        yield Played(pack, journey, teller.asking, documents, adopted)


def settled_lines(year: Played, document: Document) -> Iterator[str]:
    """Yield what a document has to hold, worked out from the answers themselves, line by line."""
    questions = [part.answer for heading in document.headings for part in heading.parts if part.answer]
    for question in questions:
        place = year.pack.places[question]
        items = [item for item in year.journey.items_of(question) if item.answer and not item.skipped]
        for item in items:
            assert item.answer is not None
            later = [one for one in items if _time(year, one) > _time(year, item)]
            if any(place.checkpoint or one.address.subject == item.address.subject for one in later):
                continue
            yield from shown(place.question, item.answer.value, year.asking).split("\n")


def _time(year: Played, item: Item) -> tuple[str, int]:
    place = year.pack.places[item.address.question]
    return in_time(year.pack, checkpoint_of(place), item.address.period)


def both(year: Played, id: str) -> Sequence[str]:
    """Return all that the document says as Word, and as PDF."""
    whole = year.documents[id]
    return (
        squeezed("".join(texts_of(word(as_word(whole))))),
        text_of(pdf(as_pdf(whole))),
    )


@pytest.mark.parametrize("id", ["ansvar", "fragor-och-insatser", "sammanstallning", "verksamhetsplan"])
def test_each_document_holds_every_settled_answer_in_word_and_pdf(year: Played, id: str):
    document = next(one for one in year.pack.documents if one.id == id)
    wanted = [squeezed(line) for line in settled_lines(year, document) if line.strip()]

    assert wanted
    for told in both(year, id):
        assert not [line for line in wanted if line not in told]


def test_what_nobody_settled_stands_in_none(year: Played):
    given = [one.value for item in year.journey.items.values() for one in item.contributions]
    assert NOT_SETTLED in given

    for id in year.documents:
        assert not [told for told in both(year, id) if squeezed(NOT_SETTLED) in told]


def test_the_plan_has_the_eight_facts_of_its_title_page(year: Played):
    plan = year.documents["verksamhetsplan"]

    assert tuple(fact.label for fact in plan.header) == EIGHT
    said = {fact.label: fact.value for fact in plan.header}
    assert said["Gäller från"] == "2026-06-01"
    assert said["Fastställt av"] == "Kommunstyrelsen, 2026-06-09, § 97"
    assert said["Revideras senast"] == "2031-06-01"
    assert said["Dokumentansvarig förvaltning"] == "Kommunledningsförvaltningen"
    for told in both(year, "verksamhetsplan"):
        assert all(squeezed(f"{label}: {value}") in told for label, value in said.items())


def test_each_passage_that_somebody_wrote_knows_its_answer_and_revision(year: Played):
    for whole in year.documents.values():
        for passage in whole.passages:
            for source in passage.sources:
                assert source.revision >= 1
                assert source.of
                assert source.told


def test_the_files_are_opened_again_with_title_language_and_tags(year: Played):
    for whole in year.documents.values():
        read = pdf(as_pdf(whole))
        assert read.metadata.title == whole.title
        assert str(read.trailer["/Root"]["/Lang"]).startswith("sv")
        assert read.trailer["/Root"]["/MarkInfo"]["/Marked"]
        assert b"<pdfuaid:part>1</pdfuaid:part>" in read.trailer["/Root"]["/Metadata"].get_data()
        assert tags_of(read).count("/H2") >= len(whole.chapters)
        told = word(as_word(whole)).core_properties
        assert (told.title, told.language) == (whole.title, "sv-SE")


def test_what_was_adopted_is_had_again_as_it_was(year: Played):
    plan = year.adopted["verksamhetsplan"]

    assert plan is not None
    assert plan.adopted is not None
    assert (plan.adopted.number, plan.adopted.body, plan.adopted.on.isoformat(), plan.adopted.reference) == (
        1, "Kommunstyrelsen", "2026-06-09", "§ 97",
    )  # fmt: skip
    assert plan.adopted.revise_by is not None
    assert plan.adopted.revise_by.isoformat() == "2031-06-01"
    assert WRITTEN.value(WRITTEN.text(plan)) == plan
    assert not plan.words.draft
    assert [name for name, kept in year.adopted.items() if kept is not None] == ["verksamhetsplan"]


def test_made_apart_the_file_is_the_same(year: Played):
    plan, papers = year.documents["verksamhetsplan"], Papers()

    assert papers.make(plan, "pdf") == as_pdf(plan)
    assert papers.make(plan, "docx", sources=True) == as_word(plan, sources=True)
