"""A stretch of time is read as people write it; and a registration number is found where it stands in a reference."""

from datetime import date

import pytest

from dialogs.model.registration import number_in
from dialogs.values.spans_of_time import read_span

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("", date(2026, 10, 1), date(2026, 12, 31)),
        ("förra kvartalet", date(2026, 7, 1), date(2026, 9, 30)),
        ("kvartal 3", date(2026, 7, 1), date(2026, 9, 30)),
        ("Q4 2025", date(2025, 10, 1), date(2025, 12, 31)),
        ("2025 kvartal 1", date(2025, 1, 1), date(2025, 3, 31)),
        ("third quarter 2024", date(2024, 7, 1), date(2024, 9, 30)),
        ("för september", date(2026, 9, 1), date(2026, 9, 30)),
        ("december", date(2025, 12, 1), date(2025, 12, 31)),
        ("February 2024", date(2024, 2, 1), date(2024, 2, 29)),
        ("2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("2026-07-01 till 2026-08-15", date(2026, 7, 1), date(2026, 8, 15)),
        ("from 1 July to 15 August", date(2026, 7, 1), date(2026, 8, 15)),
        ("2026-07-01–2026-08-15", date(2026, 7, 1), date(2026, 8, 15)),
    ],
)
def test_a_stretch_of_time_is_read_as_people_write_it(said, first, last):
    assert read_span(said, today=TODAY) == (first, last)


@pytest.mark.parametrize(
    "said", ["kvartal 5", "snart", "0000", "2026-08-15 till 2026-07-01", "9999 kvartal 4"]
)
def test_what_is_no_stretch_of_time_is_none(said):
    assert read_span(said, today=TODAY) is None


@pytest.mark.parametrize(
    ("reference", "number"),
    [
        ("KS 2026/123, § 180", "KS 2026/123"), ("§ 180", ""), ("RS2026-00123", "RS2026-00123"), ("2026/12-3", "2026/12-3"),
        ("dnr 17.4, § 2", "17.4"), ("123/2026", "123/2026"), ("2026-11-24, § 5", ""), ("§ 5/2026", ""), ("", ""),
        ("KS/2026:123 § 2", "KS/2026:123"),
    ],
)  # fmt: skip
def test_a_registration_number_is_found_in_a_reference(reference, number):
    assert number_in(reference) == number
