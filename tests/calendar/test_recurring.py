"""The days of a repeated event are those that dateutil finds; a rule that never comes true ends too."""

from datetime import date, datetime, timedelta

import pytest
from dateutil.rrule import rrulestr
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from icalendar import vRecur

from bot.recurring import recurrence

LAST, SINCE = date(2027, 12, 31), date(2026, 6, 17)
WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]


@st.composite
def rules(draw: st.DrawFn) -> str:
    frequency = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    parts = [f"FREQ={frequency}"]
    if draw(st.booleans()):
        parts.append(f"INTERVAL={draw(st.integers(1, 14))}")
    parts.append(draw(st.sampled_from(["", "COUNT=1", "COUNT=17", "UNTIL=20261101T000000"])))
    if draw(st.booleans()):
        parts.append(f"WKST={draw(st.sampled_from(WEEKDAYS))}")
    by = []
    if draw(st.booleans()):
        # dateutil wants a day that is counted and one that isn't to be the same day; to RFC 5545 either will do.
        counted = frequency in ("MONTHLY", "YEARLY") and draw(st.booleans())
        places = ["1", "2", "5", "-1", "-2"] if counted else [""]
        days = st.tuples(st.sampled_from(places), st.sampled_from(WEEKDAYS)).map("".join)
        by.append(f"BYDAY={','.join(draw(st.lists(days, min_size=1, max_size=3)))}")
    if frequency != "WEEKLY" and draw(st.booleans()):
        month_days = st.sampled_from([1, 2, 13, 28, 29, 30, 31, -1, -2, -31])
        by.append(f"BYMONTHDAY={','.join(map(str, draw(st.lists(month_days, min_size=1, max_size=3))))}")
    if draw(st.booleans()):
        by.append(f"BYMONTH={','.join(map(str, draw(st.lists(st.integers(1, 12), min_size=1, max_size=3))))}")
    # Of the week in which it begins, dateutil counts only the rest.
    if by and frequency != "WEEKLY" and draw(st.booleans()):
        by.append(f"BYSETPOS={draw(st.sampled_from([1, 2, 3, -1, -2]))}")
    return ";".join(part for part in [*parts, *by] if part)


def days(rule: str, first: date, last: date = LAST, *, since: date | None = None) -> list[date]:
    found = recurrence(vRecur.from_ical(rule), first, date(2026, 11, 1) if "UNTIL" in rule else None)
    assert found is not None
    return list(found.days(last, since))


@settings(max_examples=150, deadline=None)
@given(rules(), st.dates(date(2024, 1, 1), date(2026, 12, 31)))
@pytest.mark.e2e
def test_the_days_are_dateutils(rule: str, first: date):
    # Of a rule that never comes true, dateutil would look for a day until the year 9999.
    assume(days(rule, first, first + timedelta(days=30 * 365))[:1])
    bounded = rule if "UNTIL" in rule or "COUNT" in rule else f"{rule};UNTIL={LAST:%Y%m%d}"
    theirs = rrulestr(bounded, dtstart=datetime(first.year, first.month, first.day))  # noqa: DTZ001 - days

    found = days(rule, first)
    assert found == [one.date() for one in theirs if one.date() <= LAST]
    later = days(rule, first, since=SINCE)
    assert later == found[len(found) - len(later) :]
    assert [one for one in later if one >= SINCE] == [one for one in found if one >= SINCE]


def test_of_days_that_are_counted_and_days_that_are_not_either_will_do():
    assert days("FREQ=MONTHLY;BYDAY=MO,1TU;COUNT=3", date(2026, 12, 1)) == [
        date(2026, 12, 1), date(2026, 12, 7), date(2026, 12, 14),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "rule",
    ["FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=WEEKLY;BYDAY=MO;BYSETPOS=7", "FREQ=DAILY;INTERVAL=7;BYDAY=SU", "FREQ=YEARLY;INTERVAL=999999999"],
)  # fmt: skip
def test_a_rule_that_never_comes_true_ends(rule: str):
    assert len(days(rule, date(2000, 1, 1))) <= 1


@pytest.mark.parametrize(
    "rule",
    ["FREQ=SECONDLY", "FREQ=HOURLY;COUNT=3", "FREQ=YEARLY;BYWEEKNO=20", "FREQ=YEARLY;BYEASTER=1", "FREQ=WEEKLY;BYDAY=1MO",
     "FREQ=DAILY;INTERVAL=0", "FREQ=YEARLY;BYYEARDAY=100", "FREQ=DAILY;BYHOUR=1,2,3"],
)  # fmt: skip
def test_rules_of_other_kinds_are_not_taken(rule: str):
    assert recurrence(_parts(rule), date(2026, 9, 1), None) is None


def _parts(rule: str) -> dict[str, list[str]]:
    return {name: value.split(",") for name, _, value in (part.partition("=") for part in rule.split(";"))}
