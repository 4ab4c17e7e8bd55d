"""How many messages a week somebody gets, and what they put off: by values alone."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.calendar.budget import KEPT, LONGEST_WEEK, MOST_A_WEEK, budget, can_wait, is_urgent
from dialogs.calendar.due import sorted_out
from dialogs.calendar.putting_off import day_asked_for, is_put_off, with_put_off
from dialogs.calendar.workdays import WorkDays
from dialogs.model.occurrence import Occurrence
from dialogs.model.people import PersonId
from dialogs.model.terms import Away, PutOff, QuietHours, Terms
from dialogs.time import HOME
from dialogs.values.days import read_later

WORK = WorkDays()
BO, ADA = PersonId("bo"), PersonId("ada")
DAY = timedelta(days=1)
MONDAY, FRIDAY = date(2026, 11, 23), date(2026, 12, 4)
KIRITIMATI = ZoneInfo("Pacific/Kiritimati")


def at(day: date, hour: int = 9, zone: ZoneInfo = HOME) -> datetime:
    return datetime.combine(day, time(hour), zone).astimezone(UTC)


def a_thing(day: date, rung: str = "day", *, who: PersonId = BO, about: str = "m1") -> Occurrence:
    return Occurrence("record", about, f"dag_{FRIDAY}/{rung}", who, "j1", day, time(9), HOME, QuietHours())


# ------------------------------------------------------------------------------------------------ how many a week


def test_a_week_is_from_monday_to_sunday_by_the_persons_own_wall():
    sunday, monday = at(MONDAY + 6 * DAY, 23), at(MONDAY + 7 * DAY, 0)

    assert budget(Terms(), [sunday, monday], sunday).used == 1
    assert budget(Terms(), [sunday, monday], monday).used == 1
    # in Kiritimati both are on Monday
    assert budget(Terms(zone=KIRITIMATI), [sunday, monday], monday).used == 2


@pytest.mark.parametrize("intensity", ["light", "standard", "active"])
def test_what_can_wait_leaves_some_for_what_is_due(intensity):
    terms, now = Terms(intensity=intensity), at(MONDAY)
    most, kept = MOST_A_WEEK[intensity], KEPT[intensity]

    low = [used for used in range(most + 3) if budget(terms, [now] * used, now).allows(urgent=False)]
    urgent = [used for used in range(most + 3) if budget(terms, [now] * used, now).allows(urgent=True)]

    assert low == list(range(most - kept))
    assert urgent == list(range(most))
    assert budget(terms, [now] * (most + 2), now).left == 0


@given(
    st.sampled_from(["Europe/Stockholm", "Australia/Lord_Howe", "Africa/Cairo", "Pacific/Kiritimati", "America/Nuuk"]),
    st.integers(0, 6 * 366 * 24 * 60),
    st.integers(-14 * 24, 14 * 24),
)  # fmt: skip
def test_whatever_clocks_do_a_moment_belongs_to_one_week(zone, minutes, hours):
    here, now = Terms(zone=ZoneInfo(zone)), datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    other = now + timedelta(hours=hours)
    weeks = [one.astimezone(here.zone).isocalendar()[:2] for one in (now, other)]

    assert budget(here, [other], now).used == (weeks[0] == weeks[1])
    if weeks[0] == weeks[1]:
        assert abs(now - other) < LONGEST_WEEK


@pytest.mark.parametrize(
    ("rule", "rung", "waits"),
    [
        ("record", "ahead-5", True), ("record", "day", False), ("record", "late", False), ("record", "leader", False),
        ("record", "later", False), ("checkpoint", "ahead-0", True), ("checkpoint", "day", False),
        ("undated", "", True), ("weekly", "", False),
    ],
)  # fmt: skip
def test_only_what_is_ahead_or_has_no_day_can_wait(rule, rung, waits):
    assert can_wait(replace(a_thing(FRIDAY, rung), rule=rule)) is waits


def test_one_urgent_thing_takes_the_others_along():
    assert is_urgent([a_thing(MONDAY, "ahead-5"), a_thing(FRIDAY)])
    assert not is_urgent([a_thing(MONDAY, "ahead-5")])
    assert not is_urgent([])


# ------------------------------------------------------------------------------------------------ later

PLANNED = (
    a_thing(MONDAY, "ahead-5"), a_thing(FRIDAY), a_thing(FRIDAY + 3 * DAY, "late"),
    a_thing(FRIDAY + 5 * DAY, "leader", who=ADA), a_thing(FRIDAY + 5 * DAY, "leader"), a_thing(FRIDAY, about="m2"),
)  # fmt: skip


def put_off(day: date, *planned: Occurrence, who: PersonId = BO, about: str = "m1", **terms: Terms):
    by_person = {PersonId(id): own for id, own in terms.items()}
    return with_put_off(planned or PLANNED, [PutOff(about, who, day)], by_person, WORK)


def test_it_comes_on_its_day_to_that_person_and_not_before_it():
    found = put_off(FRIDAY + 4 * DAY)

    [later] = [one for one in found if is_put_off(one)]
    assert (later.recipient, later.about, later.day, later.last) == (BO, "m1", FRIDAY + 4 * DAY, None)
    assert day_asked_for(later) == FRIDAY + 4 * DAY
    assert [one for one in found if one is not later] == [one for one in PLANNED if one not in PLANNED[:3]]


def test_that_others_are_told_is_said_all_the_same():
    found = put_off(FRIDAY + 30 * DAY)

    assert {one.slot.rpartition("/")[2] for one in found if one.recipient == BO and one.about == "m1"} == {
        "leader", "later"
    }  # fmt: skip


def test_what_comes_after_the_day_comes_as_planned():
    assert put_off(MONDAY - DAY)[: len(PLANNED)] == PLANNED


def test_on_a_closed_day_or_while_away_it_comes_on_the_first_good_one():
    away = Terms(away=(Away(FRIDAY, FRIDAY + 10 * DAY),))

    assert [one.day for one in put_off(date(2026, 12, 24)) if is_put_off(one)] == [date(2026, 12, 28)]
    assert [one.day for one in put_off(FRIDAY, bo=away) if is_put_off(one)] == [FRIDAY + 11 * DAY]


@pytest.mark.parametrize("wish", [{"about": "closed"}, {"who": PersonId("karl")}])
def test_a_wish_about_what_is_closed_or_not_theirs_comes_to_nothing(wish):
    assert put_off(FRIDAY, **wish) == PLANNED


def test_the_same_day_again_is_the_same_thing():
    [first] = [one.key for one in put_off(FRIDAY) if is_put_off(one)]
    [second] = [one.key for one in put_off(FRIDAY) if is_put_off(one)]
    [another] = [one.key for one in put_off(FRIDAY + DAY) if is_put_off(one)]

    assert first == second != another


def test_where_a_step_falls_on_the_same_day_one_of_them_is_said():
    planned = put_off(FRIDAY)
    due = [one for one in planned if one.day == FRIDAY and one.about == "m1"]
    assert len(due) == 2

    found = sorted_out(due, [one.key for one in planned], at(FRIDAY, 10), {}, WORK)

    assert [one.slot.rpartition("/")[2] for one in found.say] == ["day"]
    assert [why for _, why in found.skip] == ["a newer one took its place"]


# ------------------------------------------------------------------------------------------------ which day


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("på måndag", MONDAY + 7 * DAY), ("måndag", MONDAY + 7 * DAY), ("tisdag", MONDAY + DAY),
        ("on Sunday", MONDAY + 6 * DAY), ("nästa fredag", MONDAY + 4 * DAY), ("nästa vecka", MONDAY + 7 * DAY),
        ("next week.", MONDAY + 7 * DAY), ("i morgon", MONDAY + DAY), ("tomorrow", MONDAY + DAY),
        ("om 3 dagar", MONDAY + 3 * DAY), ("om en vecka", MONDAY + 7 * DAY), ("in two weeks", MONDAY + 14 * DAY),
        ("den 3 januari", date(2027, 1, 3)), ("2026-12-24", date(2026, 12, 24)), ("i dag", MONDAY),
        ("när jag hinner", None), ("om 5000 dagar", None), ("måndagen", None), ("", None),
    ],
)  # fmt: skip
def test_a_day_to_hear_of_it_again(said, day):
    assert read_later(said, today=MONDAY) == day
