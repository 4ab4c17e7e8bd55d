"""Working days, and the instants that wall clocks mean."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.calendar.ladder import ladder
from dialogs.calendar.moments import instant, spoken_at
from dialogs.calendar.workdays import WorkDays, day_for
from dialogs.model.terms import NEVER_QUIET, Away, QuietHours, Terms, merged

STOCKHOLM = ZoneInfo("Europe/Stockholm")
WORK = WorkDays()
ZONES = [
    ZoneInfo(name)
    for name in ("Europe/Stockholm", "Europe/Helsinki", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Kiritimati",
                 "America/St_Johns", "Africa/Casablanca", "Pacific/Apia", "UTC")
]  # fmt: skip
days = st.dates(date(2026, 1, 1), date(2031, 12, 31))
times = st.times().map(lambda at: at.replace(microsecond=0))


@pytest.mark.parametrize(
    ("day", "closed"),
    [
        (date(2026, 6, 19), True),  # Midsummer's eve
        (date(2026, 12, 24), True),
        (date(2026, 12, 31), True),
        (date(2026, 4, 2), False),  # skärtorsdag is worked, unless the organisation closes it
        (date(2026, 6, 6), True),  # a Saturday, and the national day
        (date(2028, 2, 29), False),
    ],
)
def test_the_swedish_year_has_its_closed_days(day, closed):
    assert WORK.is_closed(day) is closed


def test_the_organisation_closes_days_of_its_own():
    bridge = date(2026, 5, 15)

    assert not WORK.is_closed(bridge)
    assert WORK.with_closed([bridge]).is_closed(bridge)


def test_working_days_are_counted_past_holidays():
    assert WORK.before(date(2026, 12, 28), 1) == date(2026, 12, 23)
    assert WORK.after(date(2026, 12, 23), 2) == date(2026, 12, 29)
    assert WORK.rolled(date(2026, 1, 1), "before") == date(2025, 12, 30)
    assert WORK.rolled(date(2026, 1, 1), "after") == date(2026, 1, 2)
    assert WORK.rolled(date(2026, 1, 1), "stay") == date(2026, 1, 1)


@given(days, st.integers(0, 30))
def test_as_many_working_days_lie_between(day, count):
    found = WORK.before(day, count)

    assert not WORK.is_closed(found)
    between = [found + timedelta(n) for n in range(1, (day - found).days)]
    assert sum(not WORK.is_closed(one) for one in between) == max(count - 1, 0)


def test_an_hour_that_the_clocks_skip_is_the_first_instant_after_it():
    assert instant(date(2026, 3, 29), time(2, 30), STOCKHOLM) == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)


def test_an_hour_that_the_clocks_show_twice_is_the_first_of_the_two():
    assert instant(date(2026, 10, 25), time(2, 30), STOCKHOLM) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@given(days, times, st.sampled_from(ZONES))
def test_the_instant_shows_that_day_and_time_or_lies_right_after_a_gap(day, at, zone):
    found = instant(day, at, zone)
    shown = found.astimezone(zone)
    if (shown.date(), shown.time()) != (day, at):
        just_before = (found - timedelta(seconds=1)).astimezone(zone)
        assert just_before.replace(tzinfo=None) < datetime.combine(day, at) < shown.replace(tzinfo=None)
    else:
        earlier = found - timedelta(hours=1)
        assert earlier.astimezone(zone).time() != at or zone.key == "UTC"


@given(days, times, st.sampled_from(ZONES))
def test_nothing_is_said_in_quiet_hours(day, at, zone):
    quiet = QuietHours()

    said = spoken_at(day, at, zone, quiet).astimezone(zone)

    assert said.date() == day
    assert not quiet.cover(said.time())


def test_without_quiet_hours_the_chosen_time_stands():
    assert spoken_at(date(2026, 11, 23), time(22), STOCKHOLM, NEVER_QUIET) == datetime(
        2026, 11, 23, 21, tzinfo=UTC
    )


def test_the_ladder_goes_by_working_days():
    due = date(2026, 12, 25)  # a Friday, closed from the 24th to the 27th

    rungs = [(step.rung, step.day) for step in ladder(due, "standard", WORK)]

    assert rungs == [
        ("ahead", date(2026, 12, 17)),
        ("day", date(2026, 12, 23)),
        ("late", date(2026, 12, 28)),
        ("leader", date(2026, 12, 30)),
        ("coach", date(2027, 1, 11)),
    ]


@given(days, st.sampled_from(["light", "standard", "active"]))
def test_the_rungs_come_in_order_and_on_working_days(due, intensity):
    steps = list(ladder(due, intensity, WORK))

    assert [step.day for step in steps] == sorted(step.day for step in steps)
    assert not any(WORK.is_closed(step.day) for step in steps)


def test_whoever_is_away_is_reminded_when_they_are_back():
    away = Terms(away=(Away(date(2026, 12, 14), date(2027, 1, 3)),))

    assert day_for(away, date(2026, 12, 15), WORK) == date(2027, 1, 4)


def test_periods_that_touch_are_one():
    first, second = Away(date(2026, 7, 1), date(2026, 7, 10)), Away(date(2026, 7, 11), date(2026, 7, 20))

    assert merged([second, first]) == (Away(date(2026, 7, 1), date(2026, 7, 20)),)
