"""The same promises where checkpoints open and close all the time: parts, late parts, and answers of other years."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from content.pack import Pack
from dialogs.model.journey import Journey
from tests.dialogs.promises import keep_their_promises
from tests.dialogs.random_acts import Act, acts
from tests.dialogs.random_packs import journeys, packs

with_cycles = packs().filter(lambda pack: bool(pack.cycle))
small = st.integers(0, 15)
openings = st.builds(Act, st.just(27), small, st.sampled_from((1, 3, 5, 7)), st.sampled_from((6, 7, 14, 15)))
closings = st.builds(Act, st.just(27), small, st.sampled_from((0, 4, 6)), st.sampled_from((6, 7, 14, 15)))


def _a_year(tried: tuple[list[Act], list[Act], list[Act]]) -> list[Act]:
    """Open first; then let people act, with a closing and another opening between; all on one day."""
    opened, closed, acted = tried
    found = list(opened)
    for number, act in enumerate(acted):
        found.append(act)
        if number % 7 == 6 and closed:
            found.append(closed[number % len(closed)])
        if number % 9 == 8:
            found.append(opened[number % len(opened)])
    return found


years = st.tuples(
    st.lists(openings, min_size=2, max_size=4), st.lists(closings, max_size=3), acts(most=30)
).map(_a_year)


@pytest.mark.e2e
@settings(
    max_examples=60, deadline=None, print_blob=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)  # fmt: skip
@given(with_cycles, journeys(), years)
def test_a_year_in_any_method_can_be_told_again(pack: Pack, journey: Journey, tried: list[Act]) -> None:
    keep_their_promises(pack, journey, tried, one_day=True)
