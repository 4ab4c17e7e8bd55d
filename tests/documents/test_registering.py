"""The registrar asks for the quarter's list, gives what lacks a number its number, and asks again."""

from datetime import date

import pytest
from sqlalchemy import text

from bot.usecases.registrar import lines_of
from tests.conversation.talk import Talk, begin
from tests.documents.test_adopting import kept, text_of_file
from tests.files.office import file_in, made


def make_admin(talk: Talk, who: str) -> str:
    home = talk.journey().organisation
    with talk.uow() as uow:
        [person] = uow.people.named(who, None)
        uow.organisations.add_admin(home, person.id)
        uow.commit()
    return home


def decide(talk: Talk) -> None:
    """Adopt a report, and enter a decision with its number beside the section."""
    talk.says("Ada", "anta rapport: Kommunstyrelsen; 2026-08-25; § 180")
    talk.says("Ada", "1.9: Kommunstyrelsen; 2026-08-26; KS 2026/12, § 7; Antog *målet*")
    talk.says("Ada", "fastställ 1.9")


def test_the_registrar_asks_for_the_quarter_and_enters_what_is_missing(talk: Talk):
    decide(talk)
    make_admin(talk, "Cia")

    first = talk.privately("Cia", "registratorslista kvartal 3")
    talk.says("Ada", "diarienummer rapport: KS 2026/99")
    second = talk.privately("Cia", "registratorslista kvartal 3")

    assert {"registrar-title", "registrar-lacking"} <= first.keys
    group = talk.journey().group_name
    line = f"2026-08-25: Rapport, version 1. Kommunstyrelsen, § 180. {group}. Diarienummer: saknas"
    assert line in first.text
    assert "Diarienummer: KS 2026/12" in first.text
    assert "registrar-lacking" not in second.keys
    assert "Diarienummer: KS 2026/99" in second.text
    assert talk.privately("Cia", "registratorslista 2025").keys >= {"registrar-nothing"}
    notes = talk.rows("select about from audit where kind = 'registrar-list'")
    assert ("2026-07-01/2026-09-30",) in notes


@pytest.mark.e2e
def test_the_list_comes_as_a_file_with_the_checksum_of_what_is_kept(talk: Talk):
    decide(talk)
    make_admin(talk, "Cia")
    journey = talk.journey().id
    with talk.uow() as uow:
        [ref] = uow.adopted.all(journey)

    as_csv = (made(talk, file_in(talk.privately("Cia", "registratorslista 2026 som csv"))) or b"").decode(
        "utf-8-sig"
    )
    as_text = (made(talk, file_in(talk.privately("Cia", "registratorslista 2026 som text"))) or b"").decode()
    as_excel = made(talk, file_in(talk.privately("Cia", "registratorslista 2026 som excel"))) or b""

    assert [ref.digest in one for one in (as_csv, as_text)] == [True, True]
    assert '"saknas"' in as_csv
    assert r"Antog \*målet\*" in as_text
    assert as_excel[:2] == b"PK"


def test_the_list_and_its_files_are_for_admins_alone(talk: Talk):
    decide(talk)
    home = make_admin(talk, "Cia")

    told = talk.privately("Bo", "registratorslista kvartal 3")
    file = file_in(talk.privately("Cia", "registratorslista kvartal 3 som csv"))
    with talk.engine.begin() as connection:
        connection.execute(text("delete from admin where organisation = :home"), {"home": home})

    assert told.keys >= {"registrar-not-yours"}
    assert made(talk, file) is None


def test_in_the_channel_the_list_is_told_in_private(talk: Talk):
    decide(talk)
    make_admin(talk, "Cia")

    told = talk.says("Cia", "registratorslista kvartal 3")

    assert "Antog" not in told.in_room().text
    assert "Antog" in told.to("Cia").text


def test_a_number_given_afterwards_stands_in_the_document_and_changes_no_word_of_what_is_kept(talk: Talk):
    decide(talk)
    before = kept(talk, document="rapport")

    told = talk.says("Ada", "diarienummer rapport: KS 2026/99")
    file = text_of_file(talk, "dokument rapport version 1 som text")

    assert "registration-kept" in told.keys
    assert "§ 180. Diarienummer KS 2026/99." in file
    assert "Diarienummer KS 2026/99." in text_of_file(talk, "dokument rapport som text")
    assert kept(talk, document="rapport") == before
    assert len(talk.rows("select * from audit where kind = 'registered'")) == 1


def test_a_decision_has_the_number_in_its_reference_until_another_is_given(talk: Talk):
    decide(talk)

    assert "KS 2026/12" in talk.says("Bo", "diarienummer 1.9").text
    talk.says("Ada", "diarienummer 1.9: KS 2026/13")
    assert "KS 2026/13" in talk.says("Bo", "diarienummer 1.9").text
    talk.says("Ada", "diarienummer 1.9: -")
    assert "KS 2026/12" in talk.says("Bo", "diarienummer 1.9").text


def test_a_number_is_refused_kindly(talk: Talk):
    decide(talk)

    assert "registration-not-adopted" in talk.says("Ada", "diarienummer planen: KS 1").keys
    assert "registration-unknown" in talk.says("Ada", "diarienummer 1.1: KS 1").keys
    assert "registration-no-number" in talk.says("Ada", "diarienummer rapport: snart").keys
    assert "registration-not-yours" in talk.says("Bo", "diarienummer rapport: KS 2026/1").keys
    assert "registration-how" in talk.says("Ada", "diarienummer").keys


def test_two_groups_with_the_same_document_and_day_have_each_their_own_number(talk: Talk):
    decide(talk)
    home = make_admin(talk, "Ada")
    begin(talk, room="andra", group="Andra gruppen")
    talk.says("Ada", "anta rapport: Kommunstyrelsen; 2026-08-25; § 181", room="andra")
    talk.says("Ada", "diarienummer rapport: KS 2026/99", room="andra")
    year = (date(2026, 1, 1), date(2026, 12, 31))
    with talk.uow() as uow:
        lines = lines_of(
            home, year, uow=uow, shelf=talk.shelf, book=talk.book, language="en", today=talk.clock.day
        )

    assert [(one.reference, one.number) for one in lines] == [
        ("§ 181", "KS 2026/99"),
        ("§ 180", ""),
        ("KS 2026/12, § 7", "KS 2026/12"),
    ]


def test_the_lists_buttons_bring_the_file_to_an_admin_and_to_nobody_else(talk: Talk):
    decide(talk)
    make_admin(talk, "Cia")
    button = talk.privately("Cia", "registratorslista kvartal 3").button("get-file")

    assert file_in(talk.presses("Cia", button, in_private=True)).name.endswith(".md")
    assert "file-not-yours" in talk.presses("Bo", button, in_private=True).keys
