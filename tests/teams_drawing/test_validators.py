"""The validators bite: each known-bad card is refused, and a good one isn't."""

import pytest

from tests.teams_drawing.bad_cards import GOOD, bad_cards
from tests.teams_drawing.validators import npm, refusal

BAD = list(bad_cards())


def test_there_are_enough_of_them():
    assert len(BAD) >= 60


@pytest.mark.parametrize(
    ("surface", "card"), [pytest.param(one[0], one[2], id=f"{one[0]}: {one[1]}") for one in BAD]
)
def test_a_bad_card_is_refused(surface, card):
    assert refusal(surface, card)


@pytest.mark.parametrize("surface", GOOD)
def test_the_good_one_that_they_were_made_from_is_not(surface):
    assert refusal(surface, GOOD[surface]()) == ""


@pytest.mark.e2e
def test_npms_readers_refuse_what_they_are_there_for_and_no_good_one(tmp_path):
    npm.need()
    cards = [*(make() for make in GOOD.values()), *(one[2] for one in BAD)]

    parsed, typed = npm.parsed(cards), npm.typed(cards, tmp_path)

    refused = {"parser": {n for n, said in enumerate(parsed) if said}, "types": set(typed)}
    seen = [
        (one[1], " ".join(who for who in refused if n in refused[who]))
        for n, one in enumerate(BAD, start=len(GOOD))
    ]
    assert [parsed[n] for n in range(len(GOOD))] == [[] for _ in GOOD]
    assert [typed.get(n) for n in range(len(GOOD))] == [None for _ in GOOD]
    assert seen == [(one[1], one[3]) for one in BAD]
