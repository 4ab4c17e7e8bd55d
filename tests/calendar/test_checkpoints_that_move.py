"""What becomes of a checkpoint when its day moves, when it is closed, and as the days go by."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.calendar.checkpoints import LONG_PAST, coming, meetings_since, what_the_calendar_reads
from tests.calendar.cycles import (
    OF_RECORDS,
    OF_START,
    PACES,
    WINDOWS,
    WORK,
    a_checkpoint,
    a_cycle,
    a_meeting,
    a_trip,
    a_year,
    held,
    opened,
)  # fmt: skip

TODAY = date(2026, 11, 2)
REPORT = a_checkpoint("next-meeting-after", body="namnd", date=OF_RECORDS, ahead=[{"working-days": 10}])
ENDS = a_checkpoint("before-date", date=OF_RECORDS, ahead=[{"months": 6}])
FOLLOW_UP = a_checkpoint("every", rhythm="takt", paces=PACES, since=OF_START)
PLAN = a_checkpoint("meeting-in", body="namnd", month=11, ahead=[{"weeks": 6}])


def test_an_open_one_keeps_its_period_when_its_date_moves():
    [before] = held(ENDS, a_trip(day=date(2027, 3, 1)), today=TODAY)

    [after] = held(ENDS, a_trip(day=date(2027, 9, 1)), today=TODAY, opened=[opened(before)])

    assert after.key == before.key
    assert (after.due, after.opens) == (date(2027, 9, 1), date(2027, 3, 1))


def test_one_that_is_not_open_goes_by_its_new_date_alone():
    [after] = held(ENDS, a_trip(day=date(2027, 9, 1)), today=TODAY)

    assert after.period == "2027-09-01"


def test_a_moved_meeting_moves_the_day_and_a_dropped_one_leaves_the_month():
    [before, *_] = held(PLAN, today=TODAY, meetings=[a_meeting(date(2026, 11, 24), date(2026, 11, 13))])
    is_open = [opened(before)]

    [moved, *_] = held(
        PLAN, today=TODAY, meetings=[a_meeting(date(2026, 11, 26), date(2026, 11, 16))], opened=is_open
    )
    [dropped, *_] = held(PLAN, today=TODAY, opened=is_open)

    assert (moved.key, moved.due, moved.meeting) == (before.key, date(2026, 11, 16), date(2026, 11, 26))
    assert (dropped.key, dropped.due, dropped.meeting) == (before.key, date(2026, 11, 2), None)


def test_one_that_nothing_asks_for_any_longer_is_gone():
    [before] = held(ENDS, a_trip(day=date(2027, 3, 1)), today=TODAY)

    assert held(ENDS, a_trip(), today=TODAY, opened=[opened(before)]) == ()
    assert held(ENDS, today=TODAY, opened=[opened(before)]) == ()


def test_an_open_one_stays_for_as_long_as_it_is_open():
    [before] = held(REPORT, a_trip(day=date(2026, 10, 1)), today=date(2026, 10, 12))

    [late] = held(REPORT, a_trip(day=date(2026, 10, 1)), today=date(2028, 10, 12), opened=[opened(before)])

    assert late == before


def test_an_open_one_of_last_year_stands_beside_this_years():
    meetings = [a_meeting(date(2026, 11, 24)), a_meeting(date(2027, 11, 23))]
    [before, *_] = held(PLAN, today=TODAY, meetings=meetings)

    both = held(PLAN, today=date(2027, 9, 1), meetings=meetings, opened=[opened(before)])

    assert [one.period for one in both] == ["2026", "2027"]


def test_a_rhythm_that_starts_on_another_day_moves_the_open_one_to_the_nearest():
    answers = {"start": "2026-08-15", "takt": "kvartal"}
    [before, *_] = held(FOLLOW_UP, today=TODAY, answers=answers)

    [after, following, *_] = held(
        FOLLOW_UP, today=TODAY, answers={**answers, "start": "2026-08-20"}, opened=[opened(before)]
    )

    assert (before.period, before.due) == ("2026-11-15", date(2026, 11, 13))
    assert (after.period, after.due) == ("2026-11-15", date(2026, 11, 20))
    assert following.period == "2027-02-20"


def test_two_open_ones_of_one_record_do_not_take_the_same_day():
    yearly = a_checkpoint(
        "since", since=OF_RECORDS, every={"months": 1}, until={"equals": {"field": "typ", "to": "mote"}}
    )
    [first, second, *_] = held(yearly, a_trip(day=date(2026, 10, 5)), today=TODAY)

    found = held(yearly, a_trip(day=date(2026, 10, 8)), today=TODAY, opened=[opened(first), opened(second)])

    assert [(one.period, one.due) for one in found[:3]] == [
        ("2026-11-05", date(2026, 11, 6)),  # the 8th is a Sunday
        ("2026-12-05", date(2026, 12, 8)),
        ("2027-01-08", date(2027, 1, 8)),
    ]


# ------------------------------------------------------------------------------------------------ closed ones


def test_what_is_closed_does_not_come_back():
    [before] = held(ENDS, a_trip(day=date(2027, 3, 1)), today=TODAY)

    assert held(ENDS, a_trip(day=date(2027, 3, 1)), today=TODAY, closed={before.key: before.due}) == ()


def test_what_was_moved_and_then_closed_does_not_come_back_under_its_new_date():
    [before] = held(ENDS, a_trip(day=date(2027, 3, 1)), today=TODAY)
    [after] = held(ENDS, a_trip(day=date(2027, 4, 1)), today=TODAY, opened=[opened(before)])

    assert held(ENDS, a_trip(day=date(2027, 4, 1)), today=TODAY, closed={after.key: after.due}) == ()


def test_a_new_date_after_the_closing_is_a_new_one():
    [before] = held(ENDS, a_trip(day=date(2027, 3, 1)), today=TODAY)

    [extended] = held(ENDS, a_trip(day=date(2027, 10, 1)), today=TODAY, closed={before.key: before.due})

    assert extended.key != before.key


def test_another_record_is_another_matter():
    [before] = held(ENDS, a_trip(day=date(2027, 3, 1)), today=TODAY)

    [found] = held(ENDS, a_trip("oslo", date(2027, 3, 1)), today=TODAY, closed={before.key: before.due})

    assert found.subject == "record:oslo"


def test_an_open_one_whose_date_moves_to_one_that_was_closed_is_gone():
    closed = {"punkt|record:wien|2027-03-01": date(2027, 3, 1)}
    [again] = held(ENDS, a_trip(day=date(2027, 4, 1)), today=TODAY, closed=closed)

    assert held(ENDS, a_trip(day=date(2027, 3, 1)), today=TODAY, closed=closed, opened=[opened(again)]) == ()


def test_a_new_rhythm_brings_nothing_back_from_before_the_last_one():
    closed = {"punkt||2026-10-15": date(2026, 10, 15)}

    found = held(FOLLOW_UP, today=TODAY, answers={"start": "2026-07-10", "takt": "manad"}, closed=closed)

    assert found[0].period == "2026-11-10"


def test_a_rhythm_that_starts_a_little_later_does_not_ask_again_for_what_was_closed():
    closed = {"punkt||2026-11-15": date(2026, 11, 13)}

    found = held(FOLLOW_UP, today=TODAY, answers={"start": "2026-08-20", "takt": "kvartal"}, closed=closed)

    assert found[0].period == "2027-02-20"


def test_a_late_one_of_a_rhythm_stays_though_the_next_is_closed_and_the_rhythm_shifts():
    answers = {"start": "2026-08-15", "takt": "manad"}
    [late, following, *_] = held(FOLLOW_UP, today=date(2026, 10, 20), answers=answers)

    found = held(
        FOLLOW_UP,
        today=date(2026, 11, 20),
        answers={**answers, "start": "2026-08-17"},
        opened=[opened(late)],
        closed={following.key: following.due},
    )

    assert [(one.period, one.due) for one in found[:2]] == [
        ("2026-10-15", date(2026, 10, 16)),  # the 17th is a Saturday
        ("2026-12-17", date(2026, 12, 17)),
    ]


def test_this_years_plan_is_closed_and_next_years_comes():
    meetings = [a_meeting(date(2026, 11, 24)), a_meeting(date(2027, 11, 23))]

    found = held(PLAN, today=TODAY, meetings=meetings, closed={"punkt||2026": date(2026, 11, 10)})

    assert [one.period for one in found] == ["2027"]


# ------------------------------------------------------------------------------------------------ what has to be at hand


def test_the_calendar_reads_what_its_days_come_of():
    pack = a_cycle(
        REPORT,
        a_checkpoint("term-start", of="board", changed_by="ny-start", id="mandat"),
        {**FOLLOW_UP, "id": "uppfoljning"},
        meetings={"register": "resor", "field": "dag", "where": {"answered": "beslut"}},
        register={"reminders": [{"date": "dag"}]},
    )

    reads = what_the_calendar_reads(pack)

    assert reads.registers == {"resor"}
    assert reads.questions == {"namnd", "ny-start", "takt", "start", "beslut"}


def test_meetings_are_needed_from_well_before_the_oldest_open_one():
    [before, *_] = held(PLAN, today=TODAY)

    assert meetings_since(a_year(a_cycle(PLAN)), TODAY) < date(2025, 12, 1)
    assert meetings_since(
        a_year(a_cycle(PLAN), opened=[replace(opened(before), due=date(2020, 1, 1))]), TODAY
    ) < date(2019, 1, 1)


# ------------------------------------------------------------------------------------------------ whatever is drawn

DAYS = st.dates(date(2026, 1, 1), date(2031, 12, 31))
LEADS = st.lists(
    st.one_of(
        st.builds(lambda n: {"working-days": n}, st.integers(1, 40)),
        st.builds(lambda n: {"weeks": n}, st.integers(1, 12)),
        st.builds(lambda n: {"months": n}, st.integers(1, 12)),
    ),
    max_size=3,
)
RULES = st.sampled_from(
    ["FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "FREQ=MONTHLY;BYDAY=-1FR", "FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO",
     "FREQ=WEEKLY;INTERVAL=3;BYDAY=SA", "FREQ=YEARLY;BYMONTH=1,6,12;BYMONTHDAY=1,-1"]
)  # fmt: skip
KINDS = st.one_of(
    RULES.map(lambda rule: {"kind": "rrule", "rrule": rule}),
    st.integers(1, 12).map(lambda month: {"kind": "meeting-in", "body": "namnd", "month": month}),
    st.sampled_from([
        {"kind": "next-meeting-after", "body": "namnd", "date": OF_RECORDS},
        {"kind": "before-date", "date": OF_RECORDS},
        {"kind": "before-date", "date": OF_START},
        {"kind": "after-date", "date": OF_RECORDS, "offset": {"months": 1}},
        {"kind": "after-date", "date": OF_START, "offset": {"working-days": 15}},
        {"kind": "times-per-year", "windows": WINDOWS},
        {"kind": "every", "rhythm": "takt", "paces": PACES, "since": OF_START},
        {"kind": "every", "rhythm": "takt", "paces": PACES, "since": OF_RECORDS},
        {"kind": "since", "since": OF_RECORDS, "every": {"weeks": 5}, "until": {"equals": {"field": "typ", "to": "mote"}}},
        {"kind": "term-start", "of": "council"},
        {"kind": "term-start", "of": "board", "changed-by": "ny-start"},
    ]),
)  # fmt: skip
CHECKPOINTS = st.lists(st.tuples(KINDS, LEADS), min_size=1, max_size=4).map(
    lambda drawn: [
        {**a_checkpoint("rrule", id=f"p{n}", ahead=ahead), "when": when}
        for n, (when, ahead) in enumerate(drawn)
    ]
)
MEETINGS = st.lists(
    st.builds(
        lambda day, before: a_meeting(day, day - timedelta(before) if before else None),
        DAYS,
        st.integers(0, 40),
    ),
    max_size=8,
)
TRIPS = st.lists(DAYS | st.none(), max_size=4).map(
    lambda days: [a_trip(f"t{n}", day) for n, day in enumerate(days)]
)
ANSWERS = st.fixed_dictionaries({
    "start": DAYS.map(str), "ny-start": DAYS.map(str), "takt": st.sampled_from(["kvartal", "manad", "sexveckor"]),
})  # fmt: skip
CLOSED_DAYS = st.frozensets(DAYS, max_size=5)
DRAWN = st.tuples(CHECKPOINTS, MEETINGS, TRIPS, ANSWERS, CLOSED_DAYS)


def looked_at(drawn, today, **more):
    checkpoints, meetings, trips, answers, closed_days = drawn
    pack = a_cycle(*checkpoints)
    journey = a_year(pack, *trips, answers=answers, opened=more.pop("opened", ()))
    return coming(pack, journey, meetings, WORK.with_closed(closed_days), today=today, **more)


@given(DRAWN, DAYS)
def test_no_day_is_closed_no_key_comes_twice_and_what_opens_opens_in_time(drawn, today):
    found = looked_at(drawn, today)
    work = WORK.with_closed(drawn[4])

    assert len({one.key for one in found}) == len(found)
    assert [one.due for one in found] == sorted(one.due for one in found)
    for one in found:
        assert not work.is_closed(one.due)
        assert not work.is_closed(one.opens)
        assert one.opens <= one.due
        assert one.due >= today - LONG_PAST
        assert re.fullmatch("[a-z0-9-]+", one.period)


@given(DRAWN, DAYS, st.integers(1, 60))
def test_as_days_go_by_nothing_is_forgotten_and_nothing_appears_from_behind(drawn, today, days):
    before = {one.key: one for one in looked_at(drawn, today)}
    later = today + timedelta(days)
    after = {one.key: one for one in looked_at(drawn, later)}

    assert {key for key, one in before.items() if one.due >= later - LONG_PAST} <= after.keys()
    for key in before.keys() & after.keys():
        assert before[key] == after[key]
    for key in after.keys() - before.keys():
        assert after[key].opens > today


@given(DRAWN, DAYS, st.data())
def test_what_is_open_stays_the_same_though_dates_and_meetings_move(drawn, today, data):
    found = looked_at(drawn, today)
    is_open = [opened(one) for one in found if one.opens <= today]
    moved = data.draw(st.integers(-20, 20))
    checkpoints, meetings, trips, answers, closed_days = drawn
    later_trips = [
        a_trip(one.id, date.fromisoformat(one.fields["dag"]) + timedelta(moved)) if one.fields["dag"] else one
        for one in trips
    ]
    later_meetings = [
        a_meeting(one.day + timedelta(moved), one.document_stop and one.document_stop + timedelta(moved))
        for one in meetings
    ]
    answers = {**answers, "start": str(date.fromisoformat(answers["start"]) + timedelta(moved))}

    after = looked_at((checkpoints, later_meetings, later_trips, answers, closed_days), today, opened=is_open)

    assert {one.key for one in is_open} <= {one.key for one in after}
    assert len({one.key for one in after}) == len(after)


@given(DRAWN, DAYS)
def test_what_is_closed_is_gone_for_good(drawn, today):
    found = looked_at(drawn, today)
    closed = {one.key: one.due for one in found if one.opens <= today}

    for later in (today, today + timedelta(1), today + timedelta(40)):
        assert not closed.keys() & {one.key for one in looked_at(drawn, later, closed=closed)}


@pytest.mark.parametrize("year", range(2026, 2032))
def test_each_year_has_its_plan_and_its_report(year):
    pack = a_cycle(
        {**PLAN, "id": "plan"}, a_checkpoint("meeting-in", body="namnd", month=3, id="redovisning")
    )

    found = coming(pack, a_year(pack), [], WORK, today=date(year, 1, 10))

    assert [(one.checkpoint, one.period) for one in found] == [
        ("redovisning", str(year)),
        ("plan", str(year)),
    ]
