"""What is said at a coordinators' meeting only those see who were there: in no list, document, file, search or export else."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.made_files import MadeFiles
from bot.usecases.export import export
from bot.usecases.file_kinds import DOCUMENTS, TABLES
from dialogs.files import Recipe
from tests.conversation.beginnings import begun_once
from tests.conversation.own_packs import install
from tests.conversation.talk import Talk, Told

SAID = "Chefen lyssnar inte"


def begin(talk: Talk) -> None:
    """Ada, Bo and Cia are coordinators. Ada and Bo were at the meeting; Bo writes down what was said, and in a point too."""
    install(talk, "benchlearning")
    for line in ("starta", "Partnerskapet", "Samordnare", "-", "-"):
        talk.says("Ada", line)
    for who in ("Ada", "Bo", "Cia"):
        talk.says("Ada", f"ny person: {who}, samordnare")
        talk.privately(who, "hjälp")
    talk.says("Ada", "ny samordnarträff: Oktoberträffen")
    for said in ("2026-08-25", "Norrgården", "Ada; Bo", "-", "2026-11-20"):
        talk.says("Ada", said)
    talk.says("Bo", "ny punkt: Ledningen")
    for said in ("Ett problem", "-", "Oktoberträffen"):
        talk.says("Bo", said)


@pytest.fixture
def talk(tmp_path: Path) -> Iterator[Talk]:
    talk = begun_once(Talk, tmp_path / "coach.db", "those present", begin)
    write(talk, "samordnarträffar", "anteckningar")
    write(talk, "punkter", "anteckning")
    yield talk
    talk.close()


def fields(talk: Talk, register: str) -> list[str]:
    return [one.id for one in talk.pack.registers[register].fields]


def write(talk: Talk, title: str, field: str) -> None:
    """Bo writes what was said, in private, where the form has the field."""
    register = "traffar" if title == "samordnarträffar" else "punkter"
    talk.privately("Bo", f"ändra post {title} 1")
    for one in fields(talk, register):
        talk.privately("Bo", SAID if one == field else "-")


def test_it_is_kept_and_those_who_were_there_read_it_in_private(talk: Talk):
    journey = talk.journey()
    assert journey.records_in("traffar")[0].fields["anteckningar"] == SAID
    assert journey.records_in("punkter")[0].fields["anteckning"] == SAID
    for said in ("visa samordnarträffar 1", "visa punkter 1", "lista samordnarträffar", "lista punkter"):
        for who in ("Ada", "Bo"):
            assert SAID in talk.privately(who, said).text, (who, said)


WAYS = (
    "visa samordnarträffar 1", "visa punkter 1", "lista samordnarträffar", "lista punkter", "visa träffen",
    "lista samordnarträffar: sök chefen", "lista punkter: sök lyssnar", "exempel: chefen lyssnar", "läget", "mina",
    "exportera samordnarträffar", "hämta träffen som text", "ändra post samordnarträffar 1",
)  # fmt: skip


def test_whoever_was_not_there_sees_it_nowhere_and_neither_does_the_channel(talk: Talk):
    for said in WAYS:
        assert SAID not in talk.privately("Cia", said).text, said
        talk.privately("Cia", "avbryt")
        assert SAID not in talk.says("Bo", said).in_room().text, said
        talk.says("Bo", "avbryt")
    assert "record-hides" in talk.says("Bo", "visa samordnarträffar 1").keys


def test_somebody_who_came_later_is_not_told(talk: Talk):
    told = talk.says("Ada", "ny person: Dan, samordnare")
    told = Told([*told.letters, *talk.privately("Dan", "hjälp").letters], [])

    assert SAID not in told.text
    assert SAID not in talk.privately("Dan", "visa samordnarträffar 1").text


def test_nobody_puts_themselves_among_those_who_were_there(talk: Talk):
    talk.privately("Cia", "ändra post samordnarträffar 1")
    for one in fields(talk, "traffar"):
        if one != "anteckningar":
            told = talk.privately("Cia", "Ada; Bo; Cia" if one == "var-med" else "-")

    assert "not-present" in told.keys
    assert SAID not in talk.privately("Cia", "visa samordnarträffar 1").text
    talk.privately("Bo", "ändra post samordnarträffar 1")
    for one in fields(talk, "traffar"):
        talk.privately("Bo", "Ada; Bo; Cia" if one == "var-med" else "-")
    assert SAID in talk.privately("Cia", "visa samordnarträffar 1").text


def test_who_moves_the_meeting_on_loses_nothing(talk: Talk):
    talk.says("Cia", "markera samordnarträffar 1: hållen")

    [meeting] = talk.journey().records_in("traffar")
    assert (meeting.state, meeting.fields["anteckningar"]) == ("hallen", SAID)


def test_no_file_and_no_export_holds_it(talk: Talk):
    ports = {"shelf": talk.shelf, "book": talk.book, "clock": talk.clock, "language": "sv"}
    handed = export(talk.journey().id, uow=talk.uow(), **ports)
    assert SAID not in handed.json + handed.markdown
    files = MadeFiles(talk.shelf, talk.clock, talk.book, "sv")
    bo = talk.member("Bo").person.id
    for kind, about in (
        *((one, "traff") for one in DOCUMENTS if one.endswith("md")),
        *((one, "register:traffar") for one in TABLES if one.endswith("csv")),
    ):
        made = files.make(Recipe(kind, bo, talk.journey().id, about, "sv"), talk.uow())
        assert made is not None
        assert SAID not in made.decode()


def test_whoever_writes_it_in_private_is_told_what_was_kept_and_nobody_else_is(talk: Talk):
    changed = Told([], [])
    talk.privately("Bo", "ändra post samordnarträffar 1")
    for one in fields(talk, "traffar"):
        changed = talk.privately("Bo", f"{SAID} än" if one == "anteckningar" else "-")

    assert "receipt-record-changed" in changed.keys
    assert f"{SAID} än" in changed.to("Bo").text
    assert SAID not in changed.in_room().text


def test_those_who_were_there_find_it_by_its_words_and_nobody_else_does(talk: Talk):
    for said in (
        "lista samordnarträffar: sök chefen",
        "lista samordnarträffar: lyssnar",
        "lista punkter: sök LYSSNAR",
    ):
        for who in ("Ada", "Bo"):
            assert SAID in talk.privately(who, said).text, (who, said)
            assert SAID not in talk.says(who, said).in_room().text, (who, said)
        told = talk.privately("Cia", said).text
        assert "Oktoberträffen" not in told
        assert SAID not in told
