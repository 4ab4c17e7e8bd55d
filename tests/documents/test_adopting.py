"""An adopted document is kept as it was, with the decision; what changes later is marked."""

import pytest

from dialogs.model.written import Written
from tests.conversation.talk import Talk
from tests.files.office import file_in, made

DECISION = "Kommunstyrelsen; 2026-08-25; § 180"
ENTRY = "ny styrande dokument: Handlingsplan"


def enter(talk: Talk, **fields: str) -> None:
    """Write the plan's title page."""
    talk.says("Ada", ENTRY)
    for text in (fields.get("galler", "2026-09-01"), "-", fields.get("senast", "2030-09-01")):
        talk.says("Ada", text)


def kept(talk: Talk, number: int = 0, document: str = "plan") -> Written | None:
    journey = talk.journey().id
    with talk.uow() as uow:
        return uow.adopted.get(journey, document, number)


def add(talk: Talk, idea: str) -> None:
    for said in (f"ny idé: {idea}", "-", "-"):
        talk.says("Ada", said)


def text_of_file(talk: Talk, said: str) -> str:
    return (made(talk, file_in(talk.says("Bo", said))) or b"").decode()


def test_without_a_title_page_it_isnt_adopted_and_one_is_offered(talk: Talk):
    told = talk.says("Ada", f"anta planen: {DECISION}")

    assert "adopt-no-entry" in told.keys
    assert told.button("add-record", "dokument")
    assert kept(talk) is None


def test_an_empty_line_on_the_title_page_is_named(talk: Talk):
    enter(talk, senast="-")

    told = talk.says("Ada", f"anta planen: {DECISION}")

    assert "adopt-header-lacks" in told.keys
    assert "Revideras senast" in told.text
    assert kept(talk) is None


def test_adopting_keeps_the_decision_and_the_document_and_tells_the_group(talk: Talk):
    enter(talk)

    told = talk.says("Ada", f"anta planen: {DECISION}")

    assert {"document-was-adopted", "document-revised-by"} <= told.keys
    whole = kept(talk)
    assert whole is not None
    assert whole.adopted is not None
    assert (whole.adopted.body, whole.adopted.reference) == ("Kommunstyrelsen", "§ 180")
    [entry] = talk.journey().records_in("dokument")
    assert (entry.state, entry.fields["av"]) == ("galler", "Kommunstyrelsen, 2026-08-25, § 180")
    assert {fact.label: fact.value for fact in whole.header}["Fastställt av"] == entry.fields["av"]
    journey = talk.journey().id
    with talk.uow() as uow:
        assert uow.audit.verify() > 0
        [ref] = uow.adopted.all(journey)
    assert (ref.document, ref.number, ref.whole) == ("plan", 1, whole)


def test_an_unchanged_document_is_the_adopted_one_and_no_draft(talk: Talk):
    enter(talk)
    talk.says("Ada", f"anta planen: {DECISION}")

    text = text_of_file(talk, "dokument planen som text")

    assert "Version 1, antagen av Kommunstyrelsen den 2026-08-25, § 180" in text
    assert "Utkast" not in text


@pytest.mark.e2e
def test_what_changes_later_is_marked_and_the_adopted_version_stays_byte_for_byte(talk: Talk):
    enter(talk)
    add(talk, "Gammal")
    talk.says("Ada", f"anta planen: {DECISION}")
    before = text_of_file(talk, "dokument planen version 1 som text")
    word = made(talk, file_in(talk.says("Bo", "dokument planen version 1")))

    talk.clock.day = talk.clock.day.replace(month=10)
    talk.says("Ada", "ändra 1.1: Vi vill ännu mer., skäl: ja")
    add(talk, "Sprillans")
    text = text_of_file(talk, "dokument planen som text")

    assert "Märkt med" in text
    assert "**\\[Ändrat\\]**\n\nVi vill ännu mer." in text
    assert "- **\\[Nytt\\]** Sprillans" in text
    assert "\\[Nytt\\]** Gammal" not in text
    assert text_of_file(talk, "dokument planen version 1 som text") == before
    assert made(talk, file_in(talk.says("Bo", "dokument antagen plan"))) == word


def test_adopted_anew_it_gets_the_next_number(talk: Talk):
    enter(talk)
    talk.says("Ada", f"anta planen: {DECISION}")
    talk.says("Ada", "ändra 1.1: Nytt mål., skäl: ja")
    talk.says("Ada", "anta planen: Kommunstyrelsen; 2026-09-01; § 200")

    first, second, newest = kept(talk, 1), kept(talk, 2), kept(talk)
    assert first is not None
    assert second is not None
    assert newest == second
    assert next(one.text for one in first.passages) == "Vi vill mer."
    assert next(one.text for one in second.passages) == "Nytt mål."
    assert "document-not-adopted" in talk.says("Bo", "dokument planen version 3").keys


def test_only_whoever_leads_enters_it(talk: Talk):
    enter(talk)

    assert "only-leader" in talk.says("Bo", f"anta planen: {DECISION}").keys
    assert kept(talk) is None


def test_a_document_without_a_title_page_is_adopted_as_it_is(talk: Talk):
    talk.says("Ada", f"anta rapport: {DECISION}")

    whole = kept(talk, document="rapport")
    assert whole is not None
    assert whole.adopted is not None
    assert whole.adopted.revise_by is None


def test_without_a_decision_it_is_said_how(talk: Talk):
    assert "adopt-no-decision" in talk.says("Ada", "anta rapport").keys
    assert "document-was-adopted" not in talk.says("Ada", "anta rapport: Ingen alls; 2026-08-25").keys
    assert kept(talk, document="rapport") is None


def test_a_settled_decision_offers_to_keep_the_document(talk: Talk):
    enter(talk)
    talk.says("Ada", "1.9: Kommunstyrelsen; 2026-08-25; § 180; Antog planen")
    talk.says("Ada", "fastställ 1.9")

    button = talk.says("Ada", "visa planen").button("adopt-document")
    told = talk.presses("Ada", button)

    assert "document-was-adopted" in told.keys
    assert "adopt-document" not in talk.says("Ada", "visa planen").actions
