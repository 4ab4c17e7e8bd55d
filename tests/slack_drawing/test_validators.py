"""The validators bite: each known-bad payload is refused, and a good one isn't."""

import pytest

from tests.slack_drawing.bad_payloads import GOOD, bad_payloads
from tests.slack_drawing.validators import VALIDATORS, refusals

BAD = [pytest.param(surface, payload, id=f"{surface}: {name}") for surface, name, payload in bad_payloads()]


@pytest.mark.parametrize(("surface", "payload"), BAD)
def test_a_bad_payload_is_refused(surface, payload):
    assert refusals(surface, payload)


@pytest.mark.parametrize("surface", GOOD)
def test_the_good_one_that_they_were_made_from_is_not(surface):
    assert refusals(surface, GOOD[surface]()) == {}


def test_each_validator_refuses_something_of_its_own_accord():
    refused_by = dict.fromkeys(VALIDATORS, 0)
    for surface, _, payload in bad_payloads():
        for name in refusals(surface, payload):
            refused_by[name] += 1

    assert all(count >= 20 for count in refused_by.values()), refused_by
