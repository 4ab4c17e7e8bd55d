"""Organisations, persons, groups and rooms are there again, and as they were on any day."""

from dataclasses import replace
from datetime import date
from unicodedata import normalize

import pytest
from sqlalchemy.exc import StatementError

from dialogs.model.people import Member, Person, Roster
from dialogs.ports import Needs
from tests.storage.builders import NOW, TODAY, a_world, later

JANUARY, MARCH, MAY, JUNE = (date(2026, month, 1) for month in (1, 3, 5, 6))


def test_an_organisation_is_found_by_its_name_in_any_case(uow):
    with uow:
        id = uow.organisations.add("Ängby  Kommun")

        assert uow.organisations.named("ängby kommun") == id
        assert uow.organisations.named(normalize("NFD", "Ängby kommun")) == id
        assert uow.organisations.named("Öby") is None
        assert uow.organisations.name(id) == "Ängby  Kommun"
        assert uow.organisations.all() == [(id, "Ängby  Kommun")]


def test_a_closed_unit_is_there_until_its_last_day(uow):
    with uow:
        organisation = uow.organisations.add("Ängby")
        old = uow.organisations.add_unit(organisation, "Fritid", since=JANUARY)
        new = uow.organisations.add_unit(organisation, "Kultur", since=MARCH)

        uow.organisations.close_unit(old.id, on=MAY, successor=new.id)
        uow.organisations.rename_unit(new.id, "Kultur och fritid")

        renamed = replace(new, name="Kultur och fritid")
        assert uow.organisations.units(organisation, JANUARY) == (old,)
        assert uow.organisations.units(organisation, MARCH) == (old, renamed)
        assert uow.organisations.units(organisation, MAY) == (renamed,)


def test_bodies_are_kept_like_units(uow):
    with uow:
        organisation = uow.organisations.add("Ängby")
        old = uow.organisations.add_body(organisation, "Kulturnämnden", since=JANUARY)
        uow.organisations.close_body(old.id, on=MAY, successor=None)

        assert uow.organisations.bodies(organisation, MARCH) == (old,)
        assert uow.organisations.bodies(organisation, MAY) == ()


def test_nobody_can_close_what_is_not_there(uow):
    with uow, pytest.raises(KeyError):
        uow.organisations.close_unit("none", on=MAY, successor=None)


def test_admins_and_members_belong_to_the_organisation(uow):
    world = a_world(uow)
    with uow:
        admin = uow.people.add("Cecilia")
        uow.organisations.add_admin(world.organisation, admin.id)
        uow.organisations.add_admin(world.organisation, admin.id)

        assert uow.organisations.is_admin(world.organisation, admin.id)
        assert not uow.organisations.is_admin(world.organisation, world.anna.id)
        assert uow.organisations.of_person(admin.id) == [world.organisation]
        assert uow.organisations.of_person(world.anna.id) == [world.organisation]
        assert uow.organisations.of_person("nobody") == []
        assert uow.people.named("cecilia", world.organisation) == [admin]


def test_a_person_is_found_by_each_account(uow):
    with uow:
        anna = uow.people.add("Anna", email="anna@example.org", language="sv")
        uow.people.tie("slack", "T1", "U1", anna.id)
        uow.people.tie("teams", "T1", "U1", anna.id)

        assert uow.people.by_account("slack", "T1", "U1") == anna
        assert uow.people.by_account("teams", "T1", "U1") == anna
        assert uow.people.by_account("slack", "T2", "U1") is None
        assert uow.people.get(anna.id) == anna
        assert uow.people.get("nobody") is None


def test_an_account_can_be_tied_to_somebody_else(uow):
    with uow:
        anna, bo = uow.people.add("Anna"), uow.people.add("Bo")
        uow.people.tie("slack", "T1", "U1", anna.id)

        uow.people.tie("slack", "T1", "U1", bo.id)

        assert uow.people.by_account("slack", "T1", "U1") == bo


def test_names_are_found_in_the_organisation_or_among_all(uow):
    world = a_world(uow)
    with uow:
        namesake = uow.people.add("ANNA")

        assert uow.people.named(" anna ", None) == [world.anna, namesake]
        assert uow.people.named("Anna", world.organisation) == [world.anna]


def test_a_greeting_is_remembered(uow):
    with uow:
        anna = uow.people.add("Anna")
        assert not uow.people.greeted(anna.id)

        uow.people.mark_greeted(anna.id, NOW)

        assert uow.people.greeted(anna.id)


def test_a_code_works_once_and_in_time(uow):
    with uow:
        anna = uow.people.add("Anna")
        uow.people.put_code("blå-sju-älg", anna.id, until=later(60))
        uow.people.put_code("old", anna.id, until=NOW)

        assert uow.people.use_code("röd-två-uv", NOW) is None
        assert uow.people.use_code("old", NOW) is None
        assert uow.people.use_code("blå-sju-älg", NOW) == anna.id
        assert uow.people.use_code("blå-sju-älg", NOW) is None


def test_a_time_without_zone_is_refused(uow):
    with uow:
        anna = uow.people.add("Anna")
        with pytest.raises(StatementError, match="has no zone"):
            uow.people.mark_greeted(anna.id, NOW.replace(tzinfo=None))


def test_the_roster_says_who_is_in_and_who_was(uow):
    with uow:
        organisation = uow.organisations.add("Ängby")
        unit = uow.organisations.add_unit(organisation, "Kultur", since=JANUARY)
        anna, bo = uow.people.add("Anna"), uow.people.add("Bo", language="en")
        group = uow.groups.add(organisation, "Gruppen")
        leader = Member(anna, ("process-leader", "coach"), unit.id, ("admin",), MARCH)
        uow.groups.put_member(group, leader, on=MARCH)
        uow.groups.put_member(group, Member(bo), on=MARCH)

        uow.groups.remove_member(group, bo.id, on=MAY)
        uow.groups.put_member(group, replace(leader, roles=("coach",)), on=JUNE)

        both = (leader, Member(bo, since=MARCH))
        assert uow.groups.roster(group, JANUARY) == Roster((), (unit,))
        assert uow.groups.roster(group, MARCH) == Roster(both, (unit,))
        assert uow.groups.roster(group, MAY) == Roster((leader,), (unit,), (), (bo,))
        assert uow.groups.roster(group, JUNE) == Roster(
            (replace(leader, roles=("coach",)),), (unit,), (), (bo,)
        )
        assert uow.groups.of_person(anna.id) == [group]
        assert uow.groups.of_person(bo.id) == []


def test_whoever_comes_back_is_no_longer_former(uow):
    world = a_world(uow)
    with uow:
        uow.groups.remove_member(world.group, world.anna.id, on=MARCH)
        uow.groups.put_member(world.group, Member(world.anna), on=MAY)

        roster = uow.groups.roster(world.group, MAY)

    assert [member.person for member in roster.members] == [world.bo, world.anna]
    assert roster.former == ()


@pytest.mark.parametrize(
    "change",
    [
        lambda uow, world: uow.people.rename(world.bo.id, "Bosse"),
        lambda uow, world: uow.people.set_language(world.bo.id, "en"),
        lambda uow, world: uow.organisations.add_unit(world.organisation, "Kultur", since=JANUARY),
        lambda uow, world: uow.organisations.add_body(world.organisation, "Nämnden", since=JANUARY),
        lambda uow, world: uow.groups.put_member(world.group, Member(world.bo, ("coach",)), on=TODAY),
        lambda uow, world: uow.groups.remove_member(world.group, world.bo.id, on=TODAY),
    ],
)
def test_the_copy_that_turns_read_follows_every_change(uow, change):
    world = a_world(uow)
    with uow:
        change(uow, world)

        head = uow.journeys.get(world.journey.id, Needs())

        assert head.roster == uow.groups.roster(world.group, TODAY) != world.journey.roster


def test_groups_are_found_by_name_in_their_organisation(uow):
    world = a_world(uow)
    with uow:
        elsewhere = uow.organisations.add("Öby")

        assert uow.groups.named(world.organisation, "arbetsgruppen") == world.group
        assert uow.groups.named(elsewhere, "arbetsgruppen") is None
        with pytest.raises(KeyError):
            uow.groups.roster("none", TODAY)


def test_a_room_is_one_room_whoever_asks(uow):
    with uow:
        room = uow.rooms.find("slack", "T1", "C1", private=False)

        assert uow.rooms.find("slack", "T1", "C1", private=False) == room
        assert uow.rooms.find("slack", "T2", "C1", private=False) != room
        assert uow.rooms.get(room.id) == room
        assert uow.rooms.get("none") is None


def test_the_latest_private_room_is_the_one_to_write_to(uow):
    with uow:
        anna = uow.people.add("Anna")
        assert uow.rooms.private_room(anna.id) is None
        for external in ("D1", "D2"):
            room = uow.rooms.find("slack", "T1", external, private=True)
            uow.rooms.bind_private(anna.id, room.id)

        assert uow.rooms.private_room(anna.id) == room


def test_nothing_is_kept_that_was_not_committed(uow):
    with uow:
        uow.people.add("Anna")
    with uow:
        assert uow.people.named("Anna", None) == []


def test_a_unit_of_work_is_used_inside_with_and_by_one_alone(uow):
    with pytest.raises(RuntimeError):
        uow.people.get("anna")
    with uow, pytest.raises(RuntimeError), uow:
        pass
    with uow:
        assert uow.people.get("anna") is None


def test_a_person_without_language_has_none(uow):
    with uow:
        assert uow.people.add("Anna") == Person(uow.people.named("anna", None)[0].id, "Anna", None)
