"""A simulated year against the oracle: all is said once, at the right instant or the first good moment after it."""

from datetime import date

import pytest
from holidays import DE_FACTO, PUBLIC, country_holidays

from tests.calendar.oracle import free_days
from tests.calendar.oracle_cycle import KINDS
from tests.calendar.years import FEW, Years, all_is_said_once
from tests.calendar.years_cycle import every_kind_is_said_once

pytestmark = pytest.mark.e2e

YEAR = Years(date(2026, 1, 1), date(2027, 1, 1), FEW)


def test_a_year_in_four_zones_is_said_as_the_oracle_says():
    seen = all_is_said_once(YEAR, "1", groups=5, a_year=60)

    assert seen["compared"] > 1_000
    assert set(FEW) <= seen.keys()


def test_a_year_of_checkpoints_in_four_zones_is_said_as_the_oracle_says():
    seen = every_kind_is_said_once(YEAR, "3", groups=1)

    assert seen["compared"] > 300
    kinds = {kind.id for kind in KINDS} - {"skottdag"}
    assert {*FEW, *kinds, "moved"} <= {name for name, count in seen.items() if count}


@pytest.mark.parametrize("year", range(2020, 2041))
def test_the_closed_days_are_those_of_the_rules(year: int):
    assert free_days(year) == set(country_holidays("SE", years=year, categories=(PUBLIC, DE_FACTO)))
