"""The registers that packs share, in a region's method: ideas are answered, projects and trips wait for what they need."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conversation.beginnings import begun_once
from tests.conversation.own_packs import install
from tests.conversation.talk import Talk


def begin(talk: Talk) -> None:
    """A region: Ada is the international function, Bo and Cia are officials, Eva sits in Brussels."""
    install(talk, "kronoberg-strategi")
    for line in ("starta", "Regionen", "-", "Kultur; Trafik", "Regionstyrelsen; Kulturnämnden"):
        talk.says("Ada", line)
    for line in (
        "Ada, internationell funktion", "Bo, tjänsteperson, Kultur", "Cia, tjänsteperson, Trafik",
        "Eva, Småland Blekinges Europakontor",
    ):  # fmt: skip
        talk.says("Ada", f"ny person: {line}")
    for who in ("Ada", "Bo", "Eva"):
        talk.privately(who, "hjälp")


@pytest.fixture
def talk(tmp_path: Path) -> Iterator[Talk]:
    talk = begun_once(Talk, tmp_path / "coach.db", "shared registers", begin)
    yield talk
    talk.close()


def records(talk: Talk, register: str) -> list[tuple[str, str]]:
    pack = talk.pack
    title = pack.registers[register].title_field
    return [(str(one.fields[title]), one.state) for one in talk.journey().records_in(register)]


def test_whoever_leads_hears_of_an_idea_and_whoever_had_it_hears_the_answer(talk: Talk):
    told = talk.says("Bo", "ny idé: Bokbuss över gränsen")
    for _ in range(6):
        told = talk.says("Bo", "-")
    assert "record-came" in told.keys
    assert "Bokbuss över gränsen" in told.to("Ada").text

    assert "must-first" in talk.says("Ada", "markera idéer 1: besvarad").keys
    talk.says("Ada", "ändra post idéer 1")
    for field in ("-", "-", "-", "-", "-", "Vi provar den till våren.", "-"):
        talk.says("Ada", field)
    told = talk.says("Ada", "markera idéer 1: besvarad")

    assert "record-became" in told.keys
    assert "Vi provar den till våren." in told.to("Bo").text
    assert "record-became" not in talk.says("Ada", "markera idéer 1: ny").keys


def test_an_idea_may_come_from_outside_and_a_collaboration_may_not(talk: Talk):
    for line in ("ny idé: Praktik i Bryssel", *"------"):
        talk.says("Eva", line)
    assert records(talk, "ideer") == [("Praktik i Bryssel", "ny")]

    talk.says("Eva", "nytt samarbete: Vårt eget")
    for field in ("Nätverk", *("-" for _ in range(20))):
        talk.says("Eva", field)
    assert records(talk, "samarbeten") == []


def test_a_project_is_applied_for_once_it_is_thought_through_and_decided(talk: Talk):
    fields = {"behovsanalys": "Chaufförer saknas.", "intressentanalys": "Trafikbolagen."}
    register = talk.pack.registers["projekt"]
    talk.says("Ada", "nytt projekt: Elbussar")
    for field in register.fields[1:]:
        talk.says("Ada", fields.get(field.id, "-"))

    told = talk.says("Ada", "markera projekt 1: ansökan")
    assert "criteria-first" in told.keys
    assert "Extern finansiering är övervägd" in told.text
    assert "Behovet är beskrivet" not in told.text

    talk.says("Ada", "ändra post projekt 1")
    for field in register.fields:
        talk.says("Ada", "Vi söker" if field.id == "finansiering" else "-")
    assert "record-waits-missing" in talk.says("Ada", "markera projekt 1: ansökan").keys

    talk.says("Ada", "beslut projekt 1: Regionstyrelsen; 2026-08-25")
    talk.says("Ada", "markera projekt 1: ansökan")
    assert records(talk, "projekt") == [("Elbussar", "ansokan")]


def test_a_trip_is_ready_once_the_code_of_conduct_is_gone_through(talk: Talk):
    register = talk.pack.registers["resor"]
    talk.says("Bo", "ny resa: Partnermöte i Gdańsk")
    told = None
    for field in register.fields[1:]:
        shown = talk.says("Bo", "2026-10-08" if field.id == "hemkomst" else "-")
        told = shown if "svensk lag är alltid det minsta" in shown.text else told
    assert told is not None  # the points are told before they are confirmed
    assert "must-first" in talk.says("Bo", "markera resor 1: klar för avresa").keys

    talk.says("Bo", "ändra post resor 1")
    for field in register.fields:
        answers = {"uppforandekod": "alla", "uppforandekod-dag": "2026-09-01"}
        talk.says("Bo", answers.get(field.id, "-"))
    talk.says("Bo", "markera resor 1: klar för avresa")

    assert records(talk, "resor") == [("Partnermöte i Gdańsk", "redo")]
    assert "Uppförandekoden är genomgången och bekräftad" in talk.says("Bo", "visa resor 1").text


def test_a_request_for_support_goes_from_looking_into_it_to_telling(talk: Talk):
    register = talk.pack.registers["stod"]
    talk.says("Eva", "nytt stödärende: Pengar till kulturskolan")
    for _ in register.fields[1:]:
        told = talk.says("Eva", "-")
    assert "Pengar till kulturskolan" in told.to("Ada").text
    assert "must-first" in talk.says("Ada", "markera stöd och råd 1: informerad").keys
