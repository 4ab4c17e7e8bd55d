"""Everybody's own terms, absences and zones, and an organisation's closed days and meetings are kept."""

from dataclasses import replace
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from dialogs.incoming import Profile
from dialogs.model.occurrence import MeetingDay
from dialogs.model.terms import Away, QuietHours, Terms
from dialogs.time import HOME
from tests.storage.builders import NOW, TODAY, a_world

HELSINKI, KIRITIMATI, PAGO = (
    ZoneInfo(name) for name in ("Europe/Helsinki", "Pacific/Kiritimati", "Pacific/Pago_Pago")
)
FRIDAY = date(2026, 12, 4)
DAY = timedelta(days=1)


@pytest.fixture
def world(uow):
    return a_world(uow)


def terms_of(uow, person):
    with uow:
        return uow.calendar.terms([person.id])[person.id]


def test_whoever_has_chosen_nothing_has_the_default(uow, world):
    assert terms_of(uow, world.bo) == Terms()


def test_somebody_unknown_has_no_terms(uow, world):
    with uow:
        assert uow.calendar.terms(["nobody"]) == {}
        assert uow.calendar.terms([]) == {}


def test_what_is_chosen_is_kept(uow, world):
    chosen = Terms(at=time(10, 30), quiet=QuietHours(time(18), time(7, 15)), intensity="active", weekday=3)

    with uow:
        uow.calendar.set_terms(world.bo.id, Terms(weekday=1))
        uow.calendar.set_terms(world.bo.id, chosen)
        uow.commit()

    assert terms_of(uow, world.bo) == chosen
    assert terms_of(uow, world.anna) == Terms()


def test_the_platforms_zone_counts_until_somebody_chooses_one(uow, world):
    with uow:
        uow.people.tie("terminal", "", "bo", world.bo.id)
        uow.people.note_profile("terminal", "", "bo", Profile("Bo", zone="Europe/Helsinki"), NOW)
        uow.commit()
    assert terms_of(uow, world.bo).zone == HELSINKI

    with uow:
        uow.people.set_zone(world.bo.id, "Pacific/Kiritimati")
        uow.commit()
    assert terms_of(uow, world.bo).zone == KIRITIMATI


def an_account(uow, person, door, zone, *, tenant="T1", active=True):
    uow.people.tie(door, tenant, f"{person.id}-{tenant}", person.id)
    uow.people.note_profile(
        door, tenant, f"{person.id}-{tenant}", Profile("Bo", zone=zone, active=active), NOW
    )


def zones_of(uow, person):
    """Return the zone by which the person is reminded, and the one that they are told they have."""
    with uow:
        return {uow.calendar.terms([person.id])[person.id].zone.key, uow.people.zone(person.id)}


def test_of_two_accounts_zones_everybody_picks_the_same(uow, world):
    with uow:
        an_account(uow, world.bo, "teams", "Europe/Helsinki")
        an_account(uow, world.bo, "slack", "Pacific/Kiritimati")
        uow.commit()

    assert zones_of(uow, world.bo) == {
        "Pacific/Kiritimati"
    }  # the first of them, until one of them is written to

    with uow:
        room = uow.rooms.find("teams", "T1", "D1", private=True)
        uow.rooms.bind_private(world.bo.id, room.id)
        uow.commit()

    assert zones_of(uow, world.bo) == {"Europe/Helsinki"}


def test_an_account_that_is_closed_counts_only_where_there_is_no_other(uow, world):
    with uow:
        an_account(uow, world.bo, "slack", "Pacific/Kiritimati", active=False)
        uow.commit()
    assert zones_of(uow, world.bo) == {"Pacific/Kiritimati"}

    with uow:
        an_account(uow, world.bo, "teams", "Europe/Helsinki")
        uow.commit()
    assert zones_of(uow, world.bo) == {"Europe/Helsinki"}


def test_a_platform_that_says_no_zone_leaves_the_default(uow, world):
    with uow:
        uow.people.tie("terminal", "", "bo", world.bo.id)
        uow.people.note_profile("terminal", "", "bo", Profile("Bo"), NOW)
        uow.commit()

    assert terms_of(uow, world.bo).zone == HOME


def away(uow, person, *periods):
    with uow:
        for period in periods:
            uow.calendar.put_away(person.id, period)
        uow.commit()


def test_absences_are_kept_in_order_and_a_new_end_takes_the_old_ones_place(uow, world):
    summer, autumn = Away(TODAY, TODAY + 5 * DAY), Away(TODAY + 40 * DAY, TODAY + 50 * DAY)

    away(uow, world.bo, autumn, summer, Away(TODAY, TODAY + 9 * DAY))

    assert terms_of(uow, world.bo).away == (Away(TODAY, TODAY + 9 * DAY), autumn)
    assert terms_of(uow, world.anna).away == ()


def test_back_early_ends_what_is_and_forgets_what_is_to_come(uow, world):
    before, now, to_come = (
        Away(TODAY - 20 * DAY, TODAY - 10 * DAY),
        Away(TODAY - 3 * DAY, TODAY + 9 * DAY),
        Away(TODAY + 40 * DAY, TODAY + 50 * DAY),
    )
    away(uow, world.bo, before, now, to_come)
    away(uow, world.anna, now)

    with uow:
        uow.calendar.come_back(world.bo.id, TODAY)
        uow.commit()

    assert terms_of(uow, world.bo).away == (before, Away(TODAY - 3 * DAY, TODAY - DAY))
    assert terms_of(uow, world.anna).away == (now,)


def test_back_on_the_first_day_was_never_away(uow, world):
    away(uow, world.bo, Away(TODAY, TODAY + 9 * DAY))

    with uow:
        uow.calendar.come_back(world.bo.id, TODAY)
        uow.commit()

    assert terms_of(uow, world.bo).away == ()


# ------------------------------------------------------------------------------------------------ days and meetings


def test_an_organisation_closes_and_opens_its_own_days(uow, world):
    with uow:
        another = uow.organisations.add("Åby kommun")
        for day in (FRIDAY, FRIDAY, FRIDAY + DAY):
            uow.calendar.close_day(world.organisation, day)
        uow.calendar.open_day(world.organisation, FRIDAY + DAY)
        uow.calendar.open_day(another, FRIDAY)
        uow.commit()

        assert uow.calendar.closed_days(world.organisation) == {FRIDAY}
        assert uow.calendar.closed_days(another) == frozenset()


def test_meetings_come_in_order_from_a_day_on(uow, world):
    with uow:
        board = uow.organisations.add_body(world.organisation, "Kommunstyrelsen", since=TODAY).id
        past, first, second = (MeetingDay(board, TODAY + n * DAY) for n in (-1, 0, 30))
        for meeting in (second, past, first):
            uow.calendar.put_meeting(world.organisation, meeting, NOW)
        uow.calendar.put_meeting(world.organisation, replace(second, document_stop=TODAY + 16 * DAY), NOW)
        uow.commit()

        found = uow.calendar.meetings(world.organisation, since=TODAY)
        assert list(found) == [first, replace(second, document_stop=TODAY + 16 * DAY)]

        uow.calendar.drop_meeting(board, first.day, NOW)
        uow.commit()
        assert [one.day for one in uow.calendar.meetings(world.organisation, since=TODAY)] == [second.day]


def test_a_change_is_outdated_once(uow, world):
    with uow:
        uow.calendar.outdate("j1")
        uow.calendar.outdate("j1")

        assert uow.calendar.outdated() == {"j1"}
        assert uow.calendar.outdated() == frozenset()
