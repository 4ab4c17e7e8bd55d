"""Random people do random things in random methods: many more, and for longer, than with each change."""

import os

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from content.pack import Pack
from dialogs.model.journey import Journey
from tests.dialogs.promises import keep_their_promises
from tests.dialogs.random_acts import Act, acts
from tests.dialogs.random_packs import journeys, packs
from tests.proof.sweep import share_of

pytestmark = pytest.mark.proof
EXAMPLES = 1500
DRAWN = os.environ["PROOF_SEED"]

thorough = settings(
    max_examples=max(50, round(EXAMPLES * share_of(os.environ.get("PROOF_SAMPLE") or "", EXAMPLES))),
    deadline=None,
    database=None,
    print_blob=True,
    phases=(Phase.explicit, Phase.generate, Phase.shrink),
    suppress_health_check=list(HealthCheck),
)


@seed(DRAWN)
@thorough
@given(packs(), journeys(), acts(most=60))
def test_a_long_day_in_any_method_can_be_told_again(pack: Pack, journey: Journey, tried: list[Act]) -> None:
    keep_their_promises(pack, journey, tried, one_day=True)


@seed(DRAWN)
@thorough
@given(packs(), journeys(), acts(most=60, days=True))
def test_weeks_in_any_method_can_be_told_again(pack: Pack, journey: Journey, tried: list[Act]) -> None:
    keep_their_promises(pack, journey, tried, one_day=False)
