"""A question whose answer is a committee or board: put with those there are, answered by name, number or button, exported."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.usecases.export import export
from content.phrases.book import Phrasebook
from tests.conversation.beginnings import begun_once
from tests.conversation.talk import Talk, begin
from tests.dialogs.builders import a_pack, a_question


@pytest.fixture
def talk(tmp_path: Path) -> Iterator[Talk]:
    """A group under way whose first question is which committee it is."""
    talk = begun_once(Talk, tmp_path / "coach.db", __name__, _begin)
    yield talk
    talk.close()


def _begin(talk: Talk) -> None:
    with talk.uow() as uow:
        pack = a_pack(a_question("organ", "body"), a_question("vision"))
        uow.packs.put(pack, "summa", by="test", at=talk.clock.now())
        uow.commit()
    begin(talk)
    talk.says("Ada", "ny nämnd: Socialnämnden")


def body(talk: Talk, name: str) -> str:
    return next(str(one.id) for one in talk.journey().roster.bodies if one.name == name)


def test_it_is_put_with_the_bodies_there_are(talk: Talk):
    told = talk.says("Bo", "fråga 1.1")

    assert "1. Kommunstyrelsen\n2. Socialnämnden" in told.text
    assert [one.label for one in told.buttons if one.press.action == "answer"] == [
        "Kommunstyrelsen",
        "Socialnämnden",
    ]


@pytest.mark.parametrize("said", ["socialnämnden", "Social", "2", "2."])
def test_a_name_its_beginning_or_its_number_settles_it_as_a_fact(talk: Talk, said: str):
    talk.says("Bo", said, to="1.1")

    item = talk.item("1.1")
    assert (item.status, item.value) == ("settled", body(talk, "Socialnämnden"))
    assert talk.put() == ["1.2"]


def test_a_button_answers_it(talk: Talk):
    told = talk.says("Bo", "fråga 1.1")
    answered = talk.presses("Bo", told.button("answer", body(talk, "Kommunstyrelsen")))

    assert talk.item("1.1").value == body(talk, "Kommunstyrelsen")
    assert "Kommunstyrelsen" in answered.text


def test_an_unknown_body_is_told_with_those_there_are_and_how_to_add_one(talk: Talk):
    told = talk.says("Bo", "Riksdagen", to="1.1")

    assert talk.item("1.1").status == "open"
    assert "body-not-among" in told.keys
    assert "Kommunstyrelsen, Socialnämnden" in told.text
    assert "ny nämnd: Riksdagen" in told.text


def test_it_is_shown_and_exported_by_its_name(talk: Talk):
    talk.says("Bo", "Socialnämnden", to="1.1")

    assert "Socialnämnden" in talk.says("Bo", "fråga 1.1").text
    journey = talk.journey().id
    handed = export(
        journey, uow=talk.uow(), shelf=talk.shelf, book=Phrasebook.load(), clock=talk.clock, language="sv"
    )
    [question] = [one for one in json.loads(handed.json)["steps"][0]["questions"] if one["id"] == "organ"]
    [revision] = question["revisions"]
    assert (question["kind"], revision["text"], revision["how"]) == ("body", "Socialnämnden", "direct")
    assert revision["value"] == body(talk, "Socialnämnden")
    assert "Socialnämnden" in handed.markdown


def test_a_body_that_has_closed_keeps_its_name_in_the_answer(talk: Talk):
    talk.says("Bo", "Socialnämnden", to="1.1")
    talk.says("Ada", "stäng nämnd: Socialnämnden")

    assert [one.name for one in talk.journey().roster.bodies] == ["Kommunstyrelsen"]
    assert "Socialnämnden" in talk.says("Bo", "fråga 1.1").text
