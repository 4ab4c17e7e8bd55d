"""Five simulated years in twelve zones against the oracle: 100,000 things, none missing, doubled or at a bad moment."""

from datetime import date

import pytest

from tests.calendar.years import ZONES, Years, all_is_said_once
from tests.proof.sweep import share_of

pytestmark = pytest.mark.proof
GROUPS = 36
MANY = 100_000


def test_five_years_in_twelve_zones_are_said_as_the_oracle_says(
    seed: str, sample: str, capsys: pytest.CaptureFixture[str]
) -> None:
    groups = max(3, round(GROUPS * share_of(sample, MANY)))
    years = Years(date(2026, 1, 1), date(2031, 1, 1), ZONES)

    seen = all_is_said_once(years, seed, groups=groups, a_year=120)

    with capsys.disabled():
        print(f"\n{dict(seen)} (PROOF_SEED={seed})")
    assert {*ZONES, "29 February", "week 53", "edges"} <= {name for name, count in seen.items() if count}
    if groups == GROUPS:
        assert seen["compared"] >= MANY
