"""Whatever people do in whatever method: nothing raises, nothing that was accepted is lost, and it can be told again."""

import pytest
from hypothesis import HealthCheck, given, settings

from content.pack import Pack
from dialogs.model.journey import Journey
from tests.dialogs.promises import keep_their_promises
from tests.dialogs.random_acts import Act, acts
from tests.dialogs.random_packs import journeys, packs

settings.register_profile(
    "short", max_examples=60, deadline=None, print_blob=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)  # fmt: skip


@pytest.mark.e2e
@settings(settings.get_profile("short"))
@given(packs(), journeys(), acts(most=25))
def test_a_day_in_any_method_can_be_told_again(pack: Pack, journey: Journey, tried: list[Act]) -> None:
    keep_their_promises(pack, journey, tried, one_day=True)
