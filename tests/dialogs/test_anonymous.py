"""Anonymous answers in the core: nobody's name on a text, and never one by one."""

from dialogs.effects import Receipt, WroteFor
from dialogs.messages import reading_text
from dialogs.wording.answers import picture
from tests.dialogs.builders import (
    ADA,
    BO,
    CIA,
    a_journey,
    a_pack,
    a_question,
    after,
    anonymously,
    at,
    effects,
    refusal,
    settled,
)
from tests.dialogs.telling import a_teller

PACK = a_pack(a_question("a", who="each", visibility="anonymous"))


def said(*who, n=0):
    return [
        anonymously("a", one, f"ord {number}", id=f"k{number}") for number, one in enumerate(who, start=n)
    ]


def test_the_text_has_no_person_and_no_time_and_the_name_has_no_text():
    item = a_journey(PACK, *said(BO, CIA)).item(at("a"))
    assert [(one.by, one.entered_by, one.at) for one in item.contributions] == [(None, None, None)] * 2
    assert item.taken_part == (BO.id, CIA.id)


def test_whoever_took_part_is_counted():
    assert a_journey(PACK, *said(BO, CIA)).item(at("a")).contributors() == {BO.id, CIA.id}


def test_a_text_is_changed_by_its_code_and_nobody_takes_part_twice():
    journey = a_journey(PACK, *said(BO), anonymously("a", BO, "nytt", id="k0", replaces="k0"))
    item = journey.item(at("a"))
    assert [one.value for one in item.contributions] == ["nytt"]
    assert item.taken_part == (BO.id,)


def test_it_closes_when_everybody_has_answered_and_can_then_not_be_changed():
    journey = a_journey(PACK, *said(ADA, BO, CIA))
    assert journey.item(at("a")).done
    assert (
        refusal(PACK, journey, anonymously("a", BO, "nytt", id="k1", replaces="k1"))
        == "round-of-answers-closed"
    )


def test_nobody_answers_anonymously_for_somebody_else():
    told = effects(PACK, a_journey(PACK), said(BO)[0])
    assert not [one for one in told if isinstance(one, WroteFor)]
    assert Receipt("anonymous", at("a")) in told


def shown(*who, close=False):
    journey = a_journey(PACK, *said(*who))
    journey = after(PACK, journey, settled("a")) if close else journey
    teller = a_teller(PACK, journey)
    said_now = teller.composer()
    picture(teller, at("a"), said_now)
    return reading_text(said_now.blocks)


def test_nothing_is_shown_before_it_has_closed():
    assert "ord" not in shown(BO, CIA)


def test_nothing_is_shown_when_fewer_than_three_have_answered():
    assert "ord 0" not in shown(BO, CIA, close=True)


def test_three_answers_are_shown_together_in_an_order_that_tells_nothing():
    journey = a_journey(
        PACK, *[anonymously("a", who, word, id=word) for who, word in ((ADA, "c"), (BO, "a"), (CIA, "b"))]
    )
    teller = a_teller(PACK, journey)
    said_now = teller.composer()
    picture(teller, at("a"), said_now)
    assert reading_text(said_now.blocks).split("\n") == ["- a", "- b", "- c"]
