"""Guides in the conversation: questions, then what the answers point to and why; nothing is kept unless somebody keeps it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from content.loaded import Loaded
from content.loader import load
from storage import schema
from tests.content.builders import GUIDE, files
from tests.conversation.talk import Talk

STAIRCASE = """\
id: trappan
title: {sv: Internationaliseringstrappan, en: The staircase of internationalisation}
words: [{sv: Trappan, en: The staircase}]
why: {sv: Den hjälper er att välja väg., en: It helps you choose a way.}
questions:
  - id: behov
    kind: choice
    required: true
    title: {sv: Vad behöver ni?, en: What do you need?}
    options:
      - {id: kunskap, title: {sv: Lära av andra, en: Learn from others}}
      - {id: pengar, title: {sv: Pengar till något nytt, en: Money for something new}}
  - {id: timmar, kind: number, title: {sv: Hur många timmar har ni?, en: How many hours do you have?}}
outcomes:
  - id: projekt
    title: {sv: Projekt, en: Project}
    why: {sv: Ett projekt ger er tid och pengar att prova., en: A project gives you time and money to try.}
    rule: {equals: {field: behov, to: pengar}}
    speaks-for:
      - {rule: {more: {field: timmar, than: 99}}, say: {sv: Ni har arbetstid, en: You have working time}}
    speaks-against:
      - {rule: {not: {more: {field: timmar, than: 99}}}, say: {sv: Ett projekt tar tid, en: A project takes time}}
    add: {register: ideer, fields: {omrade: skola}}
  - id: bevaka
    title: {sv: Omvärldsbevakning, en: Watching the world}
    why: {sv: Börja med att följa med., en: Begin by following along.}
    add: {register: ideer, fields: {omrade: vard}}
note: {register: ideer, outcome: namn}
"""


@pytest.fixture
def talk(tmp_path: Path) -> Iterator[Talk]:
    schema.upgrade(f"sqlite:///{tmp_path / 'coach.db'}")
    talk = Talk(tmp_path / "coach.db")
    loaded = load(files(guides__trappan=STAIRCASE))
    assert isinstance(loaded, Loaded)
    assert GUIDE != STAIRCASE
    with talk.uow() as uow:
        uow.packs.put(loaded.pack, loaded.checksum, by="test", at=talk.clock.now())
        uow.commit()
    for line in ("starta", "Kommunen", "-", "Skola", "Kommunstyrelsen", "ny person: Ada, ledare"):
        talk.says("Ada", line)
    yield talk
    talk.close()


def ideas(talk: Talk) -> list[dict[str, object]]:
    return [dict(one.fields) for one in talk.journey().records_in("ideer")]


@pytest.mark.parametrize(
    "words",
    ["Trappan", "trappan.", "the staircase", "vägledning trappan", "guide internationaliseringstrappan"],
)
def test_a_guide_is_run_by_any_of_its_names_and_says_why(talk: Talk, words: str):
    told = talk.says("Ada", words)
    assert "Vad behöver ni?" in told.text

    talk.says("Ada", "pengar till något nytt")
    told = talk.says("Ada", "40")

    assert {"guide-outcome", "guide-against", "guide-is-advice"} <= told.keys
    assert told.text.index("Ett projekt ger er tid") < told.text.index("Omvärldsbevakning")
    assert told.actions == ["guide-record", "guide-note", "guide"]


def test_without_a_name_the_guides_are_listed_and_begun_by_a_button(talk: Talk):
    told = talk.says("Ada", "vägledning")
    assert "Den hjälper er att välja väg." in told.text

    talk.presses("Ada", told.button("guide"))
    talk.says("Ada", "lära av andra")
    told = talk.says("Ada", "-")

    assert talk.book.text("guide-outcome", "sv", title="Omvärldsbevakning") in told.text


def test_nothing_is_kept_of_the_answers(talk: Talk):
    before = talk.journey().sequence
    talk.says("Ada", "trappan")
    talk.says("Ada", "lära av andra")
    talk.says("Ada", "4711")

    everything = talk.everything()
    kept = {table for table, rows in everything.items() if any("4711" in row for row in rows)}
    assert kept <= {"outbox"}  # the letters are wiped once they are sent
    assert (talk.journey().sequence, ideas(talk)) == (before, [])


def test_an_entry_is_added_from_the_outcome_with_what_the_guide_knows(talk: Talk):
    talk.says("Ada", "trappan")
    talk.says("Ada", "pengar till något nytt")
    told = talk.says("Ada", "120")

    talk.presses("Ada", told.button("guide-record"))
    for line in ("Elbussar", "-", "-", "-", "-"):
        talk.says("Ada", line)

    assert ideas(talk) == [{"namn": "Elbussar", "omrade": "skola"}]


def test_the_outcome_is_kept_as_a_note_by_whoever_wants_to(talk: Talk):
    talk.says("Ada", "trappan")
    talk.says("Ada", "lära av andra")
    told = talk.says("Ada", "-")

    talk.presses("Ada", told.button("guide-note"))
    for _ in range(5):
        talk.says("Ada", "-")

    assert ideas(talk) == [{"namn": "Omvärldsbevakning"}]


def test_more_words_than_the_name_are_an_answer(talk: Talk):
    told = talk.says("Ada", "trappan är trasig")

    assert "form-field" not in told.keys


def test_in_a_thread_the_name_is_heard_where_no_words_are_asked_for(talk: Talk):
    told = talk.says("Ada", "trappan", to="1.1")
    assert "Vad behöver ni?" in told.text

    talk.says("Ada", "avbryt")
    talk.says("Ada", "ja", to="1.1")
    assert talk.said_on("1.1") == ["ja"]
