"""Days as people write them, in Swedish and English."""

from datetime import date

import pytest

from dialogs.values.days import read_day

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2027-03-15", date(2027, 3, 15)),
        ("2027-3-5", date(2027, 3, 5)),
        (" 2027-03-15. ", date(2027, 3, 15)),
        ("15 mars 2027", date(2027, 3, 15)),
        ("den 15 mars 2027", date(2027, 3, 15)),
        ("den 15:e mars 2027", date(2027, 3, 15)),
        ("1:a maj 2027", date(2027, 5, 1)),
        ("15 MARS 2027", date(2027, 3, 15)),
        ("15 mar. 2027", date(2027, 3, 15)),
        ("3 okt 2027", date(2027, 10, 3)),
        ("3 oct 2027", date(2027, 10, 3)),
        ("15 March 2027", date(2027, 3, 15)),
        ("March 15, 2027", date(2027, 3, 15)),
        ("March 15th 2027", date(2027, 3, 15)),
        ("the 1st of May 2027", date(2027, 5, 1)),
        ("15 of March 2027", date(2027, 3, 15)),
        ("15/3 2027", date(2027, 3, 15)),
        ("15/3/2027", date(2027, 3, 15)),
        ("15.3.2027", date(2027, 3, 15)),
        ("15/3-2027", date(2027, 3, 15)),
        ("den 15/3", date(2027, 3, 15)),
        ("15/3-27", date(2027, 3, 15)),
        ("15/3 -27", date(2027, 3, 15)),
        ("15/3/27", date(2027, 3, 15)),
        ("måndag 15 mars", date(2027, 3, 15)),
        ("måndagen den 15 mars 2027", date(2027, 3, 15)),
        ("mån 15/3", date(2027, 3, 15)),
        ("Monday, March 15", date(2027, 3, 15)),
        ("Mon. 15 March 2027", date(2027, 3, 15)),
        ("idag", TODAY),
        ("i dag", TODAY),
        ("today", TODAY),
        ("imorgon", date(2026, 11, 22)),
        ("tomorrow", date(2026, 11, 22)),
        ("igår", date(2026, 11, 20)),
        ("29 februari 2028", date(2028, 2, 29)),
    ],
)
def test_a_day_is_read_in_many_forms(said, day):
    assert read_day(said, today=TODAY) == day


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("21 november", TODAY),
        ("22 november", date(2026, 11, 22)),
        ("20 november", date(2027, 11, 20)),
        ("15 mars", date(2027, 3, 15)),
        ("15/3", date(2027, 3, 15)),
        ("1 januari", date(2027, 1, 1)),
        ("29 februari", date(2028, 2, 29)),
    ],
)
def test_without_a_year_it_is_the_next_such_day(said, day):
    assert read_day(said, today=TODAY) == day


def test_on_new_years_eve_the_next_day_is_next_year():
    assert read_day("1 januari", today=date(2026, 12, 31)) == date(2027, 1, 1)
    assert read_day("imorgon", today=date(2026, 12, 31)) == date(2027, 1, 1)
    assert read_day("31 december", today=date(2026, 12, 31)) == date(2026, 12, 31)


@pytest.mark.parametrize(
    "said",
    [
        "", "snart", "nästa vecka", "mars", "mars 2027", "31 februari", "29 februari 2027", "32 mars", "0 mars", "13/13",
        "2027-13-01", "2027-02-30", "0000-01-01", "15 ma", "15 xyz 2027", "15 mars 27", "4/31/2027", "99999-01-01", "²/3",
        "i", "2027", "15", "15 mars 2027 eller senare",
    ],
)  # fmt: skip
def test_what_is_no_day_is_not_guessed(said):
    assert read_day(said, today=TODAY) is None


def test_a_decision_without_a_year_is_the_latest_such_day():
    assert read_day("2 september", today=date(2026, 11, 21), without_year="latest") == date(2026, 9, 2)
    assert read_day("1 december", today=date(2026, 11, 21), without_year="latest") == date(2025, 12, 1)
    assert read_day("29 februari", today=date(2026, 11, 21), without_year="latest") == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("3 november", date(2026, 11, 3)), ("12 november", date(2026, 11, 12)), ("10 november", date(2026, 11, 10)),
        ("1 maj", date(2027, 5, 1)), ("20 maj", date(2026, 5, 20)), ("29 februari", date(2028, 2, 29)),
    ],
)  # fmt: skip
def test_the_nearest_day_is_meant_where_it_may_have_been_or_be_to_come(said: str, day: date):
    assert read_day(said, today=date(2026, 11, 10), without_year="nearest") == day


@pytest.mark.parametrize("said", ["tisdag 15 mars 2027", "fri 15/3", "måndag", "måndag 31 april", "15/3 27"])
def test_what_names_no_day_or_another_weekday_is_none(said):
    assert read_day(said, today=TODAY) is None
