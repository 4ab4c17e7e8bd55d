"""Each kind of checkpoint on days that were worked out by hand."""

from datetime import date

import pytest

from dialogs.calendar.checkpoints import coming
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
)  # fmt: skip


def dues(*args, **kwargs):
    return [(one.period, one.due) for one in held(*args, **kwargs)]


# ------------------------------------------------------------------------------------------------ rrule


@pytest.mark.parametrize(
    ("rule", "today", "found"),
    [
        ("FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=1", date(2026, 9, 1),
         [("2026-10-01", date(2026, 10, 1)), ("2027-10-01", date(2027, 10, 1))]),
        ("FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=1", date(2028, 9, 20), [("2028-10-01", date(2028, 9, 29)), ("2029-10-01", date(2029, 10, 1))]),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", date(2027, 6, 1), [("2028-02-29", date(2028, 2, 29))]),
        ("FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=-1", date(2026, 5, 1), [("2026-05-31", date(2026, 5, 29)), ("2027-05-31", date(2027, 5, 31))]),
        ("FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO", date(2026, 6, 1), [("2026-12-28", date(2026, 12, 28))]),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", date(2026, 6, 1), []),
        ("FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=1;UNTIL=20261231", date(2026, 5, 15), [("2026-06-01", date(2026, 6, 1))]),
        ("FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=1;COUNT=1", date(2027, 5, 15), []),
        ("FREQ=YEARLY;INTERVAL=2;BYMONTH=6;BYMONTHDAY=1", date(2027, 5, 15), [("2028-06-01", date(2028, 6, 1))]),
        ("FREQ=MONTHLY;BYMONTHDAY=31;COUNT=3", date(2026, 1, 20),
         [("2026-01-31", date(2026, 1, 30)), ("2026-03-31", date(2026, 3, 31)), ("2026-05-31", date(2026, 5, 29))]),
    ],
)  # fmt: skip
def test_a_rule_gives_its_days_and_closed_ones_go_to_the_working_day_before(rule, today, found):
    assert dues(a_checkpoint("rrule", rrule=rule), today=today) == found


def test_what_a_rule_gave_before_the_group_began_is_not_its_business():
    yearly = a_checkpoint("rrule", rrule="FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=1")

    assert dues(yearly, today=date(2026, 10, 9), began=date(2026, 10, 5)) == [
        ("2027-10-01", date(2027, 10, 1))
    ]


def test_a_day_that_nobody_saw_within_a_month_is_left():
    yearly = a_checkpoint("rrule", rrule="FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=1")

    assert dues(yearly, today=date(2026, 10, 31))[0] == ("2026-10-01", date(2026, 10, 1))
    assert dues(yearly, today=date(2026, 11, 1))[0] == ("2027-10-01", date(2027, 10, 1))


def test_a_checkpoint_that_has_ended_comes_no_more():
    yearly = a_checkpoint("rrule", rrule="FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=1")

    assert dues(yearly, today=date(2026, 9, 1))
    assert dues({**yearly, "ended": "true"}, today=date(2026, 9, 1)) == []


# ------------------------------------------------------------------------------------------------ meetings

NOVEMBER = a_checkpoint("meeting-in", body="namnd", month=11)


@pytest.mark.parametrize(
    ("meetings", "due", "meeting"),
    [
        ([a_meeting(date(2026, 11, 10), date(2026, 10, 30))], date(2026, 10, 30), date(2026, 11, 10)),
        ([a_meeting(date(2026, 11, 10))], date(2026, 10, 27), date(2026, 11, 10)),  # ten working days before
        ([a_meeting(date(2026, 11, 24), date(2026, 11, 13)), a_meeting(date(2026, 11, 10), date(2026, 10, 30))],
         date(2026, 10, 30), date(2026, 11, 10)),
        ([a_meeting(date(2026, 11, 10), date(2026, 10, 31))], date(2026, 10, 30), date(2026, 11, 10)),  # All Saints
        ([a_meeting(date(2026, 11, 14))], date(2026, 11, 2), date(2026, 11, 14)),  # a Saturday
        ([a_meeting(date(2026, 11, 10), date(2026, 10, 30), body="kf")], date(2026, 11, 2), None),
        ([a_meeting(date(2026, 12, 8), date(2026, 11, 27))], date(2026, 11, 2), None),
        ([], date(2026, 11, 2), None),  # the first is a Sunday
    ],
)  # fmt: skip
def test_the_months_first_meeting_says_when_and_without_one_the_months_first_working_day(
    meetings, due, meeting
):
    [found] = held(NOVEMBER, today=date(2026, 9, 1), meetings=meetings)

    assert (found.period, found.due, found.meeting) == ("2026", due, meeting)


def test_a_meeting_in_january_may_have_its_document_stop_the_year_before():
    january = a_checkpoint("meeting-in", body="namnd", month=1)

    [found] = held(
        january, today=date(2026, 11, 1), meetings=[a_meeting(date(2027, 1, 12), date(2026, 12, 25))]
    )

    assert (found.period, found.due) == ("2027", date(2026, 12, 23))
    assert dues(january, today=date(2026, 11, 1)) == [("2027", date(2027, 1, 4))]


def test_a_group_that_begins_in_the_month_is_asked_for_the_meeting_at_once():
    [found, _] = held(NOVEMBER, today=date(2026, 11, 14), began=date(2026, 11, 14))

    assert (found.period, found.due, found.meeting) == ("2026", date(2026, 11, 16), None)


def test_without_a_body_the_month_is_still_kept():
    assert dues(NOVEMBER, today=date(2026, 9, 1), answers={"namnd": None}) == [("2026", date(2026, 11, 2))]


REPORT = a_checkpoint("next-meeting-after", body="namnd", date=OF_RECORDS, ahead=[{"working-days": 10}])
SPRING = [
    a_meeting(date(2027, 3, 16), date(2027, 3, 5)),
    a_meeting(date(2027, 4, 13), date(2027, 4, 1)),
    a_meeting(date(2027, 5, 11), date(2027, 4, 29)),
]


@pytest.mark.parametrize(
    ("home", "due", "meeting"),
    [
        (date(2027, 3, 5), date(2027, 3, 5), date(2027, 3, 16)),  # on the stop itself
        (date(2027, 3, 6), date(2027, 4, 1), date(2027, 4, 13)),
        (date(2027, 4, 1), date(2027, 4, 1), date(2027, 4, 13)),
        (date(2027, 4, 2), date(2027, 4, 29), date(2027, 5, 11)),
        (date(2027, 5, 4), date(2027, 6, 4), None),  # no meeting is known: a month after
        (date(2027, 5, 6), date(2027, 6, 4), None),  # the month after is a Sunday and the national day
    ],
)
def test_what_a_trip_brings_home_goes_to_the_first_meeting_that_still_takes_it(home, due, meeting):
    [found] = held(REPORT, a_trip(day=home), today=date(2027, 3, 1), meetings=SPRING)

    assert (found.subject, found.period, found.due, found.meeting) == (
        "record:wien",
        home.isoformat(),
        due,
        meeting,
    )


def test_a_report_is_never_asked_for_before_the_trip_is_over():
    [found] = held(REPORT, a_trip(day=date(2027, 3, 29)), today=date(2027, 3, 1), meetings=SPRING)

    assert (found.opens, found.due) == (date(2027, 3, 30), date(2027, 4, 1))  # the 29th is Easter Monday


def test_each_record_has_its_own_and_only_those_that_the_rule_takes():
    trips = a_checkpoint(
        "before-date", date={**OF_RECORDS, "where": {"equals": {"field": "typ", "to": "resa"}}}
    )

    found = held(
        trips,
        a_trip("wien", date(2026, 11, 20), typ="resa"),
        a_trip("oslo", date(2026, 11, 20), typ="resa"),
        a_trip("mote", date(2026, 11, 20), typ="mote"),
        a_trip("senare", typ="resa"),
        today=date(2026, 11, 1),
    )

    assert [one.key for one in found] == ["punkt|record:wien|2026-11-20", "punkt|record:oslo|2026-11-20"]


# ------------------------------------------------------------------------------------------------ dates


@pytest.mark.parametrize(
    ("day", "ahead", "opens", "due"),
    [
        (date(2027, 6, 30), [{"months": 6}, {"weeks": 6}], date(2026, 12, 30), date(2027, 6, 30)),
        (date(2027, 6, 6), [], date(2027, 6, 4), date(2027, 6, 4)),  # a Sunday, and the national day
        (
            date(2028, 2, 29),
            [{"months": 12}],
            date(2027, 2, 26),
            date(2028, 2, 29),
        ),  # 28 February is a Sunday
        (date(2027, 5, 31), [{"months": 3}], date(2027, 2, 26), date(2027, 5, 31)),
        (date(2027, 1, 8), [{"working-days": 10}], date(2026, 12, 18), date(2027, 1, 8)),  # past Christmas
        (date(2027, 1, 4), [{"weeks": 1}], date(2026, 12, 28), date(2027, 1, 4)),  # week 53
        (date(2027, 1, 7), [{"weeks": 1}], date(2026, 12, 30), date(2027, 1, 7)),  # New Year's Eve is closed
    ],
)
def test_before_a_date_it_opens_with_its_longest_lead(day, ahead, opens, due):
    [found] = held(a_checkpoint("before-date", date=OF_RECORDS, ahead=ahead), a_trip(day=day), today=opens)

    assert (found.opens, found.due) == (opens, due)


@pytest.mark.parametrize(
    ("day", "offset", "due"),
    [
        (date(2026, 8, 31), {"months": 6}, date(2027, 2, 26)),  # 28 February is a Sunday
        (date(2026, 12, 18), {"working-days": 10}, date(2027, 1, 8)),
        (date(2026, 11, 13), {"weeks": 6}, date(2026, 12, 23)),  # 25 December
        (date(2027, 2, 28), {"months": 12}, date(2028, 2, 28)),
        (date(2028, 2, 29), {"months": 12}, date(2029, 2, 28)),
    ],
)
def test_after_a_date_it_is_due_by_working_days_weeks_or_months(day, offset, due):
    decision = {"body": "ks", "date": day.isoformat(), "reference": "", "what": "Ja"}
    after = a_checkpoint("after-date", date={"question": "beslut"}, offset=offset)

    [found] = held(after, today=due, answers={"beslut": decision})

    assert (found.subject, found.period, found.due) == ("", day.isoformat(), due)


def test_what_is_not_answered_gives_no_day():
    for kind in (
        a_checkpoint("before-date", date=OF_START),
        a_checkpoint("every", rhythm="takt", paces=PACES, since=OF_START),
        a_checkpoint("next-meeting-after", body="namnd", date=OF_START),
    ):
        assert held(kind, today=date(2026, 11, 1)) == ()


@pytest.mark.parametrize("day", ["0001-01-01", "1900-01-01", "9999-12-31"])
def test_a_day_that_is_a_slip_of_the_pen_gives_none(day):
    every = a_checkpoint("every", rhythm="takt", paces=PACES, since=OF_START)
    after = a_checkpoint("after-date", date=OF_START, offset={"months": 6})

    for kind in (every, after):
        assert held(kind, today=date(2026, 11, 1), answers={"start": day, "takt": "manad"}) == ()


def test_it_comes_when_it_opens_though_its_day_lies_behind_the_horizon():
    ends = a_checkpoint("before-date", date=OF_RECORDS, ahead=[{"months": 18}])
    trip = a_trip(day=date(2029, 1, 1))

    assert held(ends, trip, today=date(2027, 6, 28)) == ()
    assert [one.due for one in held(ends, trip, today=date(2027, 6, 29))] == [date(2028, 12, 29)]


# ------------------------------------------------------------------------------------------------ the year's windows


def test_each_window_of_the_year_has_one_and_it_opens_on_the_windows_first_day():
    found = held(a_checkpoint("times-per-year", windows=WINDOWS), today=date(2026, 1, 10))

    assert [(one.period, one.opens, one.due) for one in found] == [
        ("2026-var", date(2026, 2, 2), date(2026, 5, 29)),
        ("2026-host", date(2026, 9, 1), date(2026, 11, 30)),
    ]


def test_a_lead_opens_it_later_but_never_before_the_window():
    early = a_checkpoint("times-per-year", windows=WINDOWS, ahead=[{"months": 8}])
    late = a_checkpoint("times-per-year", windows=WINDOWS, ahead=[{"weeks": 4}])

    assert held(early, today=date(2026, 8, 1))[0].opens == date(2026, 9, 1)
    assert held(late, today=date(2026, 8, 1))[0].opens == date(2026, 11, 2)


def test_a_window_may_go_past_the_turn_of_the_year_and_belongs_to_the_year_in_which_it_begins():
    winter = [{"id": "vinter", "title": {"sv": "Vinter", "en": "Winter"}, "first": "11-15", "last": "02-29"}]
    checkpoint = a_checkpoint("times-per-year", windows=winter)

    assert dues(checkpoint, today=date(2026, 3, 1)) == [
        ("2025-vinter", date(2026, 2, 27)),
        ("2026-vinter", date(2027, 2, 26)),
    ]
    assert dues(checkpoint, today=date(2027, 6, 1)) == [("2027-vinter", date(2028, 2, 29))]


# ------------------------------------------------------------------------------------------------ rhythms


def test_a_rhythm_is_counted_from_its_date_so_that_month_ends_stay():
    every = a_checkpoint("every", rhythm="takt", paces=PACES, since=OF_START)

    found = dues(every, today=date(2026, 9, 1), answers={"start": "2026-08-31", "takt": "kvartal"})

    assert found == [
        ("2026-11-30", date(2026, 11, 30)),
        ("2027-02-28", date(2027, 2, 26)),
        ("2027-05-31", date(2027, 5, 31)),
        ("2027-08-31", date(2027, 8, 31)),
    ]


def test_a_rhythm_may_begin_on_its_date_itself_also_where_the_pace_is_in_own_words():
    every = a_checkpoint("every", rhythm="takt", paces=PACES, since=OF_START, first="true")

    quarterly = dues(every, today=date(2026, 9, 1), answers={"start": "2026-10-01", "takt": "kvartal"})
    own_words = dues(every, today=date(2026, 9, 1), answers={"start": "2026-10-01", "takt": "då och då"})

    assert quarterly[:2] == [("2026-10-01", date(2026, 10, 1)), ("2027-01-01", date(2026, 12, 30))]
    assert own_words == [("2026-10-01", date(2026, 10, 1))]


def test_a_rhythm_in_weeks_goes_past_the_holidays():
    every = a_checkpoint("every", rhythm="takt", paces=PACES, since=OF_START)

    found = dues(every, today=date(2026, 11, 10), answers={"start": "2026-10-01", "takt": "sexveckor"})

    assert found[:3] == [
        ("2026-11-12", date(2026, 11, 12)),
        ("2026-12-24", date(2026, 12, 23)),
        ("2027-02-04", date(2027, 2, 4)),
    ]


def test_what_is_due_since_a_date_comes_over_and_over_until_the_rule_holds():
    since = a_checkpoint(
        "since", since={"question": "beslut"}, every={"working-days": 20}, until={"answered": "ny-start"}
    )
    decision = {"body": "ks", "date": "2026-12-01", "reference": "", "what": "Ja"}

    assert dues(since, today=date(2026, 12, 1), answers={"beslut": decision})[:2] == [
        ("2027-01-04", date(2027, 1, 4)),
        ("2027-02-02", date(2027, 2, 2)),
    ]
    assert held(since, today=date(2026, 12, 1), answers={"beslut": decision, "ny-start": "2026-12-02"}) == ()


def test_the_rule_that_ends_it_is_weighed_for_each_record():
    since = a_checkpoint(
        "since", since=OF_RECORDS, every={"months": 12}, until={"equals": {"field": "typ", "to": "mote"}}
    )
    trips = (a_trip("wien", date(2026, 5, 4), typ="resa"), a_trip("oslo", date(2026, 5, 4), typ="mote"))

    assert [one.key for one in held(since, *trips, today=date(2026, 6, 1))] == [
        "punkt|record:wien|2027-05-04"
    ]


# ------------------------------------------------------------------------------------------------ terms of office


@pytest.mark.parametrize(
    ("of", "today", "period", "due"),
    [
        ("council", date(2026, 2, 1), "2026", date(2026, 10, 15)),
        ("board", date(2026, 2, 1), "2027", date(2026, 12, 30)),  # New Year's Eve and Day are closed
        ("council", date(2030, 2, 1), "2030", date(2030, 10, 15)),
        ("board", date(2030, 2, 1), "2031", date(2030, 12, 30)),
        ("council", date(2034, 2, 1), "2034", date(2034, 10, 13)),  # a Sunday
    ],
)
def test_a_term_of_office_starts_after_each_election(of, today, period, due):
    assert dues(a_checkpoint("term-start", of=of), today=today) == [(period, due)]


def test_between_the_elections_no_term_starts():
    for of in ("council", "board"):
        assert held(a_checkpoint("term-start", of=of), today=date(2028, 2, 1)) == ()


def test_another_day_stands_instead_once():
    start = a_checkpoint("term-start", of="board", changed_by="ny-start")

    assert dues(start, today=date(2026, 2, 1), answers={"ny-start": "2027-01-15"}) == [
        ("2027", date(2027, 1, 15))
    ]
    assert dues(start, today=date(2030, 2, 1), answers={"ny-start": "2027-01-15"}) == [
        ("2031", date(2030, 12, 30))
    ]


def test_the_soonest_comes_first_whichever_checkpoint_it_is_of():
    pack = a_cycle(
        a_checkpoint("meeting-in", body="namnd", month=11, id="plan"),
        a_checkpoint("meeting-in", body="namnd", month=3, id="redovisning"),
        a_checkpoint("rrule", rrule="FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=20", id="bokslut"),
    )

    found = coming(pack, a_year(pack), [], WORK, today=date(2026, 10, 1))

    assert [(one.checkpoint, one.due) for one in found] == [
        ("plan", date(2026, 11, 2)),
        ("bokslut", date(2027, 1, 20)),
        ("redovisning", date(2027, 3, 1)),
        ("plan", date(2027, 11, 1)),
    ]
