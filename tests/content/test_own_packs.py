"""The packs that come with the program load without a problem, and fast."""

import time

from bot.packs_on_disk import built_in_packs
from content.loader import Refused, load_all
from tests.content.builders import said


def test_the_programs_own_packs_load_without_a_problem():
    packs = built_in_packs()
    before = time.perf_counter()

    results = load_all(packs)

    assert {"gemensamt", "eu-coachmetoden"} <= set(results)
    assert [
        line for result in results.values() if isinstance(result, Refused) for line in said(result, "sv")
    ] == []
    assert time.perf_counter() - before < 5
