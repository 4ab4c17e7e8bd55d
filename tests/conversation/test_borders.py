"""Two tenants in one program: what belongs to one is never met from the other, whichever way somebody tries."""

import re
from copy import copy
from dataclasses import replace
from unicodedata import normalize

import pytest

from bot.usecases.replies import form_of
from dialogs.incoming import Pressed
from dialogs.model.borders import Borders
from tests.conversation.talk import CHANNEL, Told, private
from tests.conversation.workplace import Workplace, a_profile, account

DOOR, OURS, THEIRS, OPEN = "teams", "t-ours", "t-theirs", "t-open"
BORDERS = Borders({(DOOR, OURS): ("Kommunen", "Bolaget"), (DOOR, THEIRS): ("Regionen",), (DOOR, OPEN): ()})
GROUP = "Hemliga gruppen"


def test_a_name_is_the_same_however_its_letters_are_kept():
    borders = Borders({(DOOR, OURS): (normalize("NFD", "Västerås stad"),), (DOOR, OPEN): ()})

    assert borders.allow(DOOR, OURS, "Västerås stad")
    assert not borders.allow(DOOR, OPEN, "västerås  stad")


@pytest.fixture
def work(new_work: Workplace) -> Workplace:
    """Ada leads a group of Kommunen's in our tenant, with Bo; they have answered something."""
    new_work.door, new_work.tenant = DOOR, OURS
    new_work.desk = replace(new_work.desk, borders=BORDERS)
    for who in ("Ada", "Bo"):
        new_work.privately(who, "hjälp")
    starts(new_work, "Ada", "Kommunen", GROUP)
    new_work.mentions("Ada", "ny person: Bo, grupp")
    new_work.says("Bo", "Vår hemliga vision", to="1.1")
    return new_work


def starts(
    work: Workplace, who: str, organisation: str, group: str = "Gruppen", *, room: str = CHANNEL
) -> Told:
    form = work.mentions(who, "starta", room=room).form
    return work.hands_in(who, form, room=room, organisation=organisation, group=group)


def from_(work: Workplace, tenant: str) -> Workplace:
    """Return the same program, as people of another tenant meet it."""
    other = copy(work)
    other.tenant = tenant
    return other


def nothing_of_ours(told: Told) -> None:
    assert told.letters, "somebody who asks is answered"
    for letter in told.letters:
        shown = repr(letter.message)
        assert GROUP not in shown
        assert "hemliga" not in shown.lower()
        assert "Kommunen" not in shown


def test_a_group_begins_for_the_tenants_own_organisation_alone(work: Workplace):
    theirs = from_(work, THEIRS)
    told = starts(theirs, "Rut", "Kommunen", room="deras kanal")
    assert "organisation-not-here" in told.keys
    assert "Regionen" in told.text
    assert work.rows("select count(*) from journey") == [(1,)]

    starts(theirs, "Rut", "regionen", room="deras kanal")
    assert work.rows("select count(*) from journey") == [(2,)]


def test_a_tenant_that_names_none_may_have_any_that_no_other_has_named(work: Workplace):
    at_large = from_(work, OPEN)
    assert "organisation-of-others" in starts(at_large, "Ola", "KOMMUNEN", room="öppen").keys
    assert work.rows("select count(*) from journey") == [(1,)]
    starts(at_large, "Ola", "Föreningen", room="öppen")
    assert work.rows("select count(*) from journey") == [(2,)]


def test_what_is_written_in_the_form_already_is_the_tenants_own(work: Workplace):
    theirs = from_(work, THEIRS)
    [organisation, *_] = theirs.mentions("Rut", "starta", room="deras kanal").form.fields
    assert organisation.value == "Regionen"


def test_a_code_ties_no_account_where_what_its_owner_belongs_to_may_not_be_met(work: Workplace):
    code = re.findall(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b", work.privately("Bo", "länka konto").text)[0]
    theirs = from_(work, THEIRS)

    told = theirs.privately("Bosse", f"kod {code}")

    assert "code-from-elsewhere" in told.keys
    nothing_of_ours(theirs.privately("Bosse", "mina saker"))


def test_a_code_ties_accounts_of_two_tenants_that_both_may_have_the_organisation(work: Workplace):
    both = Borders({**BORDERS.named, (DOOR, THEIRS): ("Regionen", "Kommunen")})
    work.desk = replace(work.desk, borders=both)
    code = re.findall(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b", work.privately("Bo", "länka konto").text)[0]
    theirs = from_(work, THEIRS)

    theirs.privately("Bosse", f"kod {code}")

    assert GROUP in theirs.privately("Bosse", "hej").text


def test_a_code_ties_an_account_in_another_door_as_ever(work: Workplace):
    code = re.findall(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b", work.privately("Bo", "länka konto").text)[0]
    slack = from_(work, "T1")
    slack.door = "slack"

    slack.privately("Bosse", f"kod {code}")

    assert GROUP in slack.privately("Bosse", "hej").text


def test_an_address_ties_nobody_across_the_border(work: Workplace):
    work.profiles[account("Bo")] = a_profile("Bo", email="bo@ex.se")
    work.privately("Bo", "hjälp")
    theirs = from_(work, THEIRS)
    theirs.profiles = {account("B. Ek"): a_profile("B. Ek", email="bo@ex.se")}

    nothing_of_ours(theirs.privately("B. Ek", "mina saker"))

    assert work.rows("select count(distinct person) from account") == [(3,)]


def test_nobody_is_put_in_a_group_that_may_not_be_met_where_they_have_an_account(work: Workplace):
    cia = from_(work, THEIRS)
    code = re.findall(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b", cia.privately("Cia", "länka konto").text)[0]
    work.privately("Cia", f"kod {code}")  # one person in both; she belongs to nothing yet

    told = work.mentions("Ada", "ny person: Cia, grupp")

    assert "person-elsewhere" in told.keys
    assert work.rows("select count(distinct person) from membership") == [(2,)]


@pytest.mark.parametrize("tenant", [THEIRS, OPEN])
def test_no_button_of_ours_does_anything_there(work: Workplace, tenant: str):
    """Rut knows every id that a button of ours ever had, and presses them all, in her channel and in private."""
    for said in ("läget", "1.1", "mina saker", "flytta hit", "andras svar 1.1"):
        work.mentions("Bo", said)
    work.privately("Bo", "hej")
    ids = [button.id for told in work.seen for button in told.buttons]
    ids += [letter.message.form.id for told in work.seen for letter in told.letters if letter.message.form]
    assert len(set(ids)) > 10
    theirs = from_(work, tenant)
    before = theirs.rows("select * from item")

    for id in dict.fromkeys(ids):
        speaker = theirs._speaker("Rut", "deras kanal", False)
        form = form_of(id, speaker, uow=theirs.looking(), **theirs._ports())  # type: ignore[arg-type]
        assert "Kommunen" not in repr(form)
        assert GROUP not in repr(form)
        for in_private in (False, True):
            room = private("Rut") if in_private else "deras kanal"
            nothing_of_ours(theirs._take("Rut", Pressed(id), room, is_private=in_private))

    assert theirs.rows("select * from item") == before


@pytest.mark.parametrize("tenant", [THEIRS, OPEN])
@pytest.mark.parametrize("said", ["mina saker", "läget", f"läget {GROUP}", "hej", "1.1", "frågor", "flytta hit", "personer", "kalender", "1.1: svar", "kalenderlänk"])  # fmt: skip
def test_nothing_that_can_be_said_there_shows_anything(work: Workplace, tenant: str, said: str):
    """Bo has an account there too, by another hand's doing: the settings were others when it was tied."""
    with work.uow() as uow:
        bo = uow.people.by_account(DOOR, OURS, account("Bo"))
        assert bo is not None
        uow.people.tie(DOOR, tenant, account("Bosse"), bo.id)
        uow.commit()
    theirs = from_(work, tenant)

    nothing_of_ours(theirs.privately("Bosse", said))
    nothing_of_ours(theirs.mentions("Bosse", said, room="deras kanal"))
    assert GROUP in work.privately("Bo", "hej").text


def test_a_group_whose_organisation_was_given_to_others_says_so_in_its_room(work: Workplace):
    work.desk = replace(work.desk, borders=Borders({(DOOR, OURS): ("Bolaget",)}))

    told = work.mentions("Ada", "läget")

    assert "group-not-here" in told.keys
    nothing_of_ours(told)
    work.desk = replace(work.desk, borders=BORDERS)
    assert "group-not-here" not in work.mentions("Ada", "läget").keys


def test_whoever_practises_may_do_so_anywhere(work: Workplace):
    theirs = from_(work, THEIRS)
    theirs.privately("Rut", "provkör")
    assert "mine-are" in theirs.privately("Rut", "mina saker").keys
    assert "group-not-here" not in theirs.privately("Rut", "1.1: svar").keys
