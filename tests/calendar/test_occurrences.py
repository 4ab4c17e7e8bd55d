"""What is to be said about a group's dates, to whom and when; and what a clock that looks later makes of it."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.schema.files import DateReminder
from dialogs.calendar.due import may_hear, sorted_out
from dialogs.calendar.moments import moment_of
from dialogs.calendar.occurrences import occurrences
from dialogs.calendar.workdays import WorkDays
from dialogs.model.journey import Journey
from dialogs.model.people import PersonId
from dialogs.model.records import Record
from dialogs.model.terms import Away, QuietHours, Terms
from tests.calendar.plans import PLAN
from tests.dialogs.builders import ADA, BO, KARL, a_journey

WORK = WorkDays()
MONDAY = date(2026, 11, 23)
FRIDAY = date(2026, 12, 4)


def a_measure(id: str = "m1", *, due: date | None = FRIDAY, owner: str = BO.id, state: str = "ny") -> Record:
    fields = {"namn": "Ring Bryssel", "vem": owner, **({"dag": due.isoformat()} if due else {})}
    return Record(id, "insatser", fields, state, ADA.id, datetime(2026, 11, 1, 12, tzinfo=UTC))


def a_group(*measures: Record, **more: Any) -> Journey:
    return replace(a_journey(PLAN), records={"insatser": measures}, **more)


def planned(journey: Journey, *, today: date = MONDAY, rule: str = "record", **terms: Terms) -> list[Any]:
    by_person = {PersonId(person): own for person, own in terms.items()}
    return [one for one in occurrences(PLAN, journey, by_person, WORK, today=today) if one.rule == rule]


def test_a_measure_is_said_ahead_on_the_day_and_late_and_then_up_the_ladder():
    found = planned(a_group(a_measure()))

    assert [(one.day, one.recipient) for one in sorted(found, key=lambda one: (one.day, one.recipient))] == [
        (date(2026, 11, 27), BO.id),
        (date(2026, 12, 4), BO.id),
        (date(2026, 12, 7), BO.id),
        (date(2026, 12, 9), ADA.id),
        (date(2026, 12, 9), BO.id),
        (date(2026, 12, 16), ADA.id),
        (date(2026, 12, 16), KARL.id),
    ]


def test_a_moved_date_makes_new_ones():
    before = {one.key for one in planned(a_group(a_measure()))}

    after = {one.key for one in planned(a_group(a_measure(due=FRIDAY + timedelta(7))))}

    assert not before & after


def test_what_is_done_is_not_spoken_of():
    assert planned(a_group(a_measure(state="klar"))) == []


@pytest.mark.parametrize("change", [{"state": "paused"}, {"state": "closed"}, {"practice": True}])
def test_a_group_that_pauses_has_ended_or_practises_is_left_alone(change):
    assert occurrences(PLAN, a_group(a_measure(), **change), {}, WORK, today=MONDAY) == ()


def test_a_measure_whose_owner_has_left_is_the_leaders():
    found = planned(a_group(a_measure(owner="somebody who left")))

    assert {one.recipient for one in found if one.day <= FRIDAY} == {ADA.id}


def test_one_without_a_date_comes_once_a_week():
    found = planned(a_group(a_measure(due=None)), rule="undated")

    weeks = [one.day.isocalendar()[:2] for one in found]
    assert len(weeks) == len(set(weeks)) > 50
    assert all(not WORK.is_closed(one.day) for one in found)


def test_light_terms_say_nothing_ahead():
    found = planned(a_group(a_measure()), bo=Terms(intensity="light"))

    assert min(one.day for one in found) == FRIDAY


def test_the_leader_gets_one_nudge_a_week_on_the_chosen_day():
    found = planned(a_group(), rule="weekly", ada=Terms(weekday=1, at=time(10)))

    assert found[0].day == MONDAY + timedelta(1)
    assert found[0].at == time(10)
    weeks = [one.slot for one in found]
    assert len(weeks) == len(set(weeks))
    assert {one.recipient for one in found} == {ADA.id}


def test_a_week_away_is_a_week_without_a_nudge():
    away = Terms(away=(Away(MONDAY, MONDAY + timedelta(days=6)),))

    found = planned(a_group(), rule="weekly", ada=away)

    assert found[0].day == MONDAY + timedelta(days=7)


def at(day: date, hour: int) -> datetime:
    """Return an hour of that day by the wall clock in Stockholm."""
    from dialogs.time import HOME

    return datetime.combine(day, time(hour), HOME).astimezone(UTC)


def looked_at(now: datetime, journey: Journey, *, today: date = MONDAY, **terms: Terms) -> Any:
    """Return what a clock does that looks at *now* for the first time since *today*."""
    by_person = {PersonId(person): own for person, own in terms.items()}
    planned = occurrences(PLAN, journey, by_person, WORK, today=today)
    due = [one for one in planned if one.day >= today and moment_of(one) <= now]
    keys = [one.key for one in occurrences(PLAN, journey, by_person, WORK, today=now.date())]
    return sorted_out(due, keys, now, by_person, WORK)


def test_after_ten_days_of_silence_only_the_newest_of_a_thing_is_said():
    found = looked_at(at(date(2026, 12, 7), 10), a_group(a_measure()))

    assert [one.slot.rpartition("/")[2] for one in found.say if one.rule == "record"] == ["late"]
    assert ("ahead-5", "past its meaning") in [(one.slot.rpartition("/")[2], why) for one, why in found.skip]
    assert ("day", "a newer one took its place") in [
        (one.slot.rpartition("/")[2], why) for one, why in found.skip
    ]


def test_nothing_is_said_at_night_or_on_a_closed_day():
    measure = a_group(a_measure())

    assert looked_at(at(date(2026, 12, 4), 23), measure).say == ()
    assert looked_at(at(date(2026, 12, 5), 10), measure).say == ()  # a Saturday


def test_what_no_longer_stands_is_never_said():
    journey = a_group(a_measure())
    due = [one for one in occurrences(PLAN, journey, {}, WORK, today=MONDAY) if one.day <= FRIDAY]

    found = sorted_out(due, [], at(FRIDAY, 10), {}, WORK)

    assert found.say == ()
    assert {why for _, why in found.skip} == {"no longer wanted"}


@given(
    st.dates(date(2026, 1, 1), date(2031, 12, 31)),
    st.integers(0, 23),
    st.integers(0, 23),
    st.integers(0, 23),
)
def test_nobody_hears_anything_in_their_quiet_hours(day, hour, begin, end):
    terms = Terms(quiet=QuietHours(time(begin), time(end)))
    now = at(day, hour)

    if may_hear(now, terms, WORK):
        assert not terms.quiet.cover(now.astimezone(terms.zone).time())
        assert not WORK.is_closed(now.astimezone(terms.zone).date())


def test_a_reminder_names_a_date_field():
    assert DateReminder.model_validate({"date": "dag"}).owner is None
