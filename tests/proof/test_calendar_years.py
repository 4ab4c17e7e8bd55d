"""Five simulated years in twelve zones against the oracle: 100,000 things, none missing, doubled or at a bad moment.

First measures that are dated, moved and done; then checkpoints of every kind, opened, moved, closed and retired.
"""

from datetime import date

import pytest

from tests.calendar.oracle_cycle import KINDS
from tests.calendar.years import ZONES, Years, all_is_said_once
from tests.calendar.years_cycle import every_kind_is_said_once
from tests.proof.parts import Tell
from tests.proof.sweep import share_of

pytestmark = pytest.mark.proof
GROUPS = 36
MANY = 100_000
CYCLES, MANY_OF_CYCLES = 16, 20_000
YEARS = Years(date(2026, 1, 1), date(2031, 1, 1), ZONES)
ODD = {"29 February", "week 53", "edges"}


def test_five_years_in_twelve_zones_are_said_as_the_oracle_says(seed: str, sample: str, tell: Tell) -> None:
    groups = max(3, round(GROUPS * share_of(sample, MANY)))

    seen = all_is_said_once(YEARS, seed, groups=groups, a_year=120)

    tell(f"{dict(seen)} (PROOF_SEED={seed})")
    assert {*ZONES, *ODD} <= {name for name, count in seen.items() if count}
    if groups == GROUPS:
        assert seen["compared"] >= MANY


def test_five_years_of_checkpoints_in_twelve_zones_are_said_as_the_oracle_says(
    seed: str, sample: str, tell: Tell
) -> None:
    groups = max(3, round(CYCLES * share_of(sample, MANY_OF_CYCLES)))

    seen = every_kind_is_said_once(YEARS, seed, groups=groups)

    tell(f"{dict(seen)} (PROOF_SEED={seed})")
    kinds = {kind.id for kind in KINDS}
    assert {*ZONES, *ODD, *kinds, "moved", "retired"} <= {name for name, count in seen.items() if count}
    if groups == CYCLES:
        assert seen["compared"] >= MANY_OF_CYCLES
