"""Notes that somebody writes for themselves while a group works: nobody else reads them unless they share them."""

import pytest

from bot.usecases.export import export
from tests.conversation.talk import Talk

KEPT = "Bo är tyst i dag"


@pytest.fixture
def noted(talk: Talk) -> Talk:
    """Ada, who leads, has kept a note."""
    talk.privately("Ada", f"anteckna: {KEPT}")
    return talk


def test_a_note_is_shown_to_whoever_wrote_it_and_nobody_else(noted: Talk):
    assert KEPT in noted.privately("Ada", "mina anteckningar").text
    for who in ("Bo", "Karl", "Pia"):
        assert "notes-none" in noted.privately(who, "mina anteckningar").keys
        assert "note-unknown" in noted.privately(who, "dela anteckning 1").keys
        assert "note-unknown" in noted.privately(who, "ta bort anteckning 1").keys
    assert KEPT in noted.says("Ada", "mina anteckningar").to("Ada").text
    assert KEPT not in noted.seen[-1].in_room().text


def test_nothing_that_others_get_holds_a_note(noted: Talk):
    noted.privately("Ada", "mina anteckningar")
    handed = export(
        noted.journey().id,
        uow=noted.uow(),
        shelf=noted.shelf,
        book=noted.book,
        clock=noted.clock,
        language="",
    )
    assert KEPT not in handed.json + handed.markdown
    for who in ("Ada", "Bo", "Karl"):
        for said in ("läget", "historik 1.1", "visa svar 1.1", "nytt", "översikt", "mitt utkast"):
            assert KEPT not in noted.privately(who, said).text
    assert noted.rows("SELECT 1 FROM entry WHERE event LIKE '%tyst%'") == []
    assert noted.rows("SELECT 1 FROM inbox WHERE incoming LIKE '%tyst%'") == []


def test_a_note_that_is_removed_is_gone(noted: Talk):
    noted.privately("Ada", "anteckna tala med Cia")
    noted.presses("Ada", noted.seen[-1].button("note-remove"))
    shown = noted.privately("Ada", "mina anteckningar").text
    assert KEPT in shown
    assert "Cia" not in shown
    assert "note-removed" in noted.privately("Ada", "ta bort anteckning 1").keys
    assert "notes-none" in noted.privately("Ada", "my notes").keys


def test_whoever_wrote_it_may_let_the_group_read_it(noted: Talk):
    told = noted.privately("Ada", "dela anteckning 1")
    assert KEPT in told.in_room().text
    assert "Ada" in told.in_room().text
    assert "note-line-shared" in noted.privately("Ada", "mina anteckningar").keys


def test_before_the_group_it_is_not_kept_and_an_answer_is_an_answer(talk: Talk):
    told = talk.says("Ada", "anteckna: Bo är tyst")
    assert "note-in-private" in told.keys
    assert "notes-none" in talk.privately("Ada", "mina anteckningar").keys
    talk.says("Ada", "Anteckna besluten direkt", to="1.1")
    assert talk.said_on("1.1") == ["Anteckna besluten direkt"]
    assert "note-in-private" in talk.says("Ada", "anteckna: Bo är tyst", to="1.1").keys
    assert talk.said_on("1.1") == ["Anteckna besluten direkt"]


def test_what_was_noted_in_practice_goes_with_it(talk: Talk):
    talk.privately("Bo", "provkör")
    assert "note-kept" in talk.privately("Bo", "anteckna: bara på prov").keys
    talk.privately("Bo", "ta bort provkörningen")
    assert talk.rows("SELECT 1 FROM private_note") == []


def test_whoever_is_in_two_groups_is_asked_which_and_only_that_one_reads_what_is_shared(talk: Talk):
    groups = [talk.journey().group_name, "Andra gruppen"]
    for line in ("starta", "Kommunen", "Andra gruppen", "-", "-"):
        talk.says("Ada", line, room="andra")

    for number, group in enumerate(groups):
        asked = talk.privately("Ada", f"anteckna: {KEPT} {number}")
        assert {one.label for one in asked.buttons} == set(groups)
        [button] = [one for one in asked.buttons if one.label == group]
        assert "note-kept" in talk.presses("Ada", button, in_private=True).keys

    mine = talk.privately("Ada", "mina anteckningar").text
    assert all(f"{KEPT} {number}" in mine and group in mine for number, group in enumerate(groups))
    [second] = [line for line in mine.splitlines() if f"{KEPT} 1" in line]
    place = second.lstrip("- ").partition(".")[0]  # both were made at the same moment
    shared = talk.privately("Ada", f"dela anteckning {place}")
    assert f"{KEPT} 1" in shared.in_room("andra").text
    assert KEPT not in shared.in_room().text
    assert "notes-none" in talk.privately("Bo", "mina anteckningar").keys
