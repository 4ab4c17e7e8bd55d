"""Ten thousand forged, expired, replayed, foreign and malformed activities: none is let in, none makes the door fail,
none is told of."""

import pytest

from tests.proof.sweep import share_of
from tests.teams_hearing.test_gate import refuse_all

pytestmark = pytest.mark.proof
REQUESTS = 10_000


def test_of_ten_thousand_activities_that_teams_never_sent_us_none_is_let_in(
    seed: str, sample: str, caplog: pytest.LogCaptureFixture
) -> None:
    refuse_all(max(200, round(REQUESTS * share_of(sample, REQUESTS))), seed, caplog)
