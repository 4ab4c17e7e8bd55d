"""A document about an entry: one for each trip, idea or workshop, asked for by its number."""

from tests.conversation.talk import Talk
from tests.documents.test_adopting import DECISION, kept
from tests.files.office import file_in, made


def add(talk: Talk, idea: str, day: str) -> None:
    for said in (f"ny idé: {idea}", day, "-"):
        talk.says("Ada", said)


def text(talk: Talk, said: str) -> str:
    return (made(talk, file_in(talk.says("Bo", said))) or b"").decode()


def test_each_entry_has_its_own_and_without_a_number_it_is_the_newest(talk: Talk):
    add(talk, "Första", "2027-03-01")
    add(talk, "Andra", "2027-04-01")

    first, second = (text(talk, f"dokument rapport om en idé {n} som text") for n in (1, 2))

    assert first.startswith("# Rapport om en idé: Första\n")
    assert "Andra" not in first
    assert "2027-04-01" in second
    assert "Vi vill mer." in second
    assert text(talk, "dokument rapport om en idé som text") == second


def test_an_empty_field_is_missing_and_an_optional_one_isnt(talk: Talk):
    add(talk, "Utan dag", "-")

    told = talk.says("Bo", "dokument rapport om en idé 1")

    assert "Dag: fråga Ada" in told.text
    assert "För: fråga" not in told.text


def test_a_number_that_nothing_has_is_no_document(talk: Talk):
    add(talk, "Första", "2027-03-01")

    assert not [one for one in talk.says("Bo", "dokument rapport om en idé 7").letters if one.message.file]


def test_without_entries_all_of_it_is_missing(talk: Talk):
    assert "Namn: fråga Ada" in talk.says("Bo", "visa rapport om en idé").text


def test_it_is_adopted_for_itself(talk: Talk):
    add(talk, "Första", "2027-03-01")
    add(talk, "Andra", "2027-04-01")

    talk.says("Ada", f"anta rapport om en idé 1: {DECISION}")

    first, second = talk.journey().records_in("ideer")
    assert kept(talk, document=f"ide-rapport:{first.id}") is not None
    assert kept(talk, document=f"ide-rapport:{second.id}") is None
    assert "Version 1" in text(talk, "dokument rapport om en idé 1 som text")
    assert "Utkast" in text(talk, "dokument rapport om en idé 2 som text")
