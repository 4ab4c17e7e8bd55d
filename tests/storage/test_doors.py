"""What the chat platforms bring is there again: what they say of accounts, closed rooms, journeys that move, pages."""

from datetime import date

import pytest

from dialogs.incoming import Profile
from dialogs.letters import ToPerson
from dialogs.messages import Press
from dialogs.model.people import Member
from dialogs.ports import AccountRef, HomeRef
from tests.storage.builders import NOW, TODAY, a_world, letter

JANUARY = date(2026, 1, 1)

# --- what the platforms say ---


def a_profile(**more: object) -> Profile:
    return Profile("Anna Ek", **{"email": "anna@ex.se", "language": "sv", "zone": "Europe/Oslo", **more})  # type: ignore[arg-type]


def test_what_a_platform_says_of_an_account_is_kept(uow):
    with uow:
        anna = uow.people.add("Anna")
        uow.people.tie("slack", "T1", "U1", anna.id)
        before = uow.people.account("slack", "T1", "U1")

        uow.people.note_profile("slack", "T1", "U1", a_profile(guest=True, active=False), NOW)

        kept = AccountRef("slack", "T1", "U1", anna.id, a_profile(guest=True, active=False), NOW)
        assert before == AccountRef("slack", "T1", "U1", anna.id, Profile(""), None)
        assert uow.people.account("slack", "T1", "U1") == kept
        assert uow.people.accounts_of(anna.id) == [kept]
        assert uow.people.account("slack", "T2", "U1") is None
        assert uow.people.accounts_of("nobody") == []


def test_an_account_that_is_tied_to_somebody_else_keeps_what_was_said_of_it(uow):
    with uow:
        anna, bo = uow.people.add("Anna"), uow.people.add("Bo")
        uow.people.tie("slack", "T1", "U1", anna.id)
        uow.people.note_profile("slack", "T1", "U1", a_profile(), NOW)

        uow.people.tie("slack", "T1", "U1", bo.id)

        assert uow.people.account("slack", "T1", "U1") == AccountRef(
            "slack", "T1", "U1", bo.id, a_profile(), NOW
        )


def test_an_account_that_nobody_is_tied_to_is_not_kept(uow):
    with uow:
        uow.people.note_profile("slack", "T1", "U1", a_profile(), NOW)
        assert uow.people.account("slack", "T1", "U1") is None


def test_an_address_is_found_in_any_case_wherever_somebody_has_it(uow):
    with uow:
        anna = uow.people.add("Anna", email="Anna@Ex.se")
        bo = uow.people.add("Bo")
        guest = uow.people.add("Cia")
        for account, person, profile in (
            ("U1", bo, a_profile(email="BO@ex.se")),
            ("U2", guest, a_profile(email="cia@ex.se", guest=True)),
        ):
            uow.people.tie("slack", "T1", account, person.id)
            uow.people.note_profile("slack", "T1", account, profile, NOW)

        assert uow.people.with_email(" anna@ex.SE ") == [anna]
        assert uow.people.with_email("bo@ex.se") == [bo]
        assert uow.people.with_email("cia@ex.se") == []  # a guest's address is vouched for by others
        assert uow.people.with_email("") == []


def test_the_zone_is_the_platforms_until_the_person_chooses(uow):
    with uow:
        anna = uow.people.add("Anna")
        assert uow.people.zone(anna.id) is None
        uow.people.tie("slack", "T1", "U1", anna.id)
        uow.people.note_profile("slack", "T1", "U1", a_profile(), NOW)
        assert uow.people.zone(anna.id) == "Europe/Oslo"

        uow.people.set_zone(anna.id, "Europe/London")

        assert uow.people.zone(anna.id) == "Europe/London"


# --- rooms that are closed ---


def test_a_rooms_state_is_kept_and_looked_up(uow):
    with uow:
        assert uow.rooms.known("slack", "T1", "C1") is None
        room = uow.rooms.find("slack", "T1", "C1", private=False)
        assert uow.rooms.known("slack", "T1", "C1") == room
        assert uow.rooms.state(room.id) == ""
        uow.rooms.set_state(room.id, "archived")
        assert uow.rooms.state(room.id) == "archived"
        uow.commit()
    with uow:
        assert uow.rooms.state(room.id) == "archived"
        assert uow.rooms.state("none") == ""


def test_a_tenant_that_takes_the_app_away_closes_its_open_rooms(uow):
    with uow:
        rooms = [uow.rooms.find("slack", "T1", one, private=False) for one in ("C1", "C2")]
        elsewhere = uow.rooms.find("slack", "T2", "C1", private=False)
        uow.rooms.set_state(rooms[1].id, "archived")

        assert uow.rooms.close_tenant("slack", "T1") == [rooms[0].id]

        assert [uow.rooms.state(one.id) for one in (*rooms, elsewhere)] == ["removed", "archived", ""]


def test_a_journey_moves_and_what_waits_for_its_room_follows(uow):
    world = a_world(uow)
    with uow:
        waiting = letter("n1", world.journey.id)
        elsewhere = letter("n2", "", to=ToPerson(world.anna.id))
        uow.outbox.post([waiting, elsewhere], NOW)
        uow.commit()
    with uow:
        room = uow.rooms.find("slack", "T1", "C9", private=False)

        uow.journeys.move(world.journey.id, room.id)

        assert uow.journeys.room(world.journey.id) == room
        assert [one.id for one in uow.journeys.in_room(room.id)] == [world.journey.id]
        assert [one.key for one in uow.outbox.claim("slack", NOW)] == ["n1"]


# --- personal pages ---


def test_a_page_is_kept_and_stale_when_something_was_written(uow):
    world = a_world(uow)
    with uow:
        uow.people.tie("slack", "T1", "U1", world.anna.id)
        assert uow.homes.get("slack", "T1", "U1", TODAY) is None
        stamp = uow.homes.stamp(world.anna.id, TODAY)
        home = HomeRef("slack", "T1", "U1", world.anna.id, "digest", stamp, stamp, ("b1", "b2"))
        uow.homes.keep(home, NOW)
        assert uow.homes.get("slack", "T1", "U1", TODAY) == home
        assert uow.homes.stale("slack", TODAY) == []
        uow.commit()
    with uow:
        uow.journeys.refresh(uow.journeys.whole(world.journey.id))
        uow.commit()
    with uow:
        [stale] = uow.homes.stale("slack", TODAY)
        assert (stale.account, stale.digest, stale.buttons) == ("U1", "digest", ("b1", "b2"))
        assert stale.now == uow.homes.stamp(world.anna.id, TODAY) != stamp
        assert uow.homes.stale("teams", TODAY) == []


@pytest.mark.parametrize(
    "change",
    [
        lambda uow, world: uow.people.set_language(world.anna.id, "en"),
        lambda uow, world: uow.people.set_zone(world.anna.id, "Europe/Oslo"),
        lambda uow, world: uow.groups.remove_member(world.group, world.anna.id, on=TODAY),
        lambda uow, world: uow.groups.put_member(world.group, Member(world.anna, ("coach",)), on=TODAY),
    ],
)
def test_a_stamp_changes_with_whatever_a_page_shows(uow, change):
    world = a_world(uow)
    with uow:
        before = uow.homes.stamp(world.anna.id, TODAY)
        assert before == uow.homes.stamp(world.anna.id, TODAY)
        change(uow, world)
        assert uow.homes.stamp(world.anna.id, TODAY) != before
        assert uow.homes.stamp(world.bo.id, JANUARY) != uow.homes.stamp(world.bo.id, TODAY)


def test_buttons_are_forgotten_one_by_one(uow):
    with uow:
        kept, gone = (uow.buttons.put(Press("mine"), journey="", room="", at=NOW) for _ in range(2))
        uow.buttons.forget([gone])
        assert uow.buttons.get(kept) is not None
        assert uow.buttons.get(gone) is None
