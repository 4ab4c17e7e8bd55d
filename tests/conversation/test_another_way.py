"""A group that stands still is offered another way, once: examples that fit, and why; and another method's exercise."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.conversation.beginnings import begun_once
from tests.conversation.own_packs import install
from tests.conversation.talk import Talk

CARE, HOTEL = "omsorgen", "hotellet"
THREE_WEEKS = timedelta(days=21)


def begin(talk: Talk) -> None:
    """Ada's group in the care has described a problem; Hugo's at the hotel shares an example with everybody."""
    install(talk, "benchlearning", "samverkan-processtod")
    for room, who, name in ((CARE, "Ada", "Omsorgen"), (HOTEL, "Hugo", "Hotell Norden")):
        for line in ("starta", name, "Benchlearning", "-", "-", "-"):
            talk.says(who, line, room=room)
        talk.privately(who, "hjälp")
    [pack] = [one for one in talk.shelf.newest() if one.manifest.id == "benchlearning"]
    filled = {
        "exempel": (HOTEL, "Hugo", {"titel": "Två kvitterar", "problem": "Smycken stals", "gjort": "Två skriver under", "delas": "alla"}),
        "utmaningar": (CARE, "Ada", {"problem": "Smycken försvinner på helgerna"}),
    }  # fmt: skip
    for register, (room, who, said) in filled.items():
        model = pack.registers[register]
        talk.says(who, f"nytt {model.singular.said_in('sv')}: {said[model.title_field]}", room=room)
        for field in model.fields[1:]:
            talk.says(who, said.get(field.id, "-"), room=room)


@pytest.fixture
def talk(tmp_path: Path) -> Iterator[Talk]:
    talk = begun_once(Talk, tmp_path / "coach.db", "another way", begin)
    yield talk
    talk.close()


def offered(talk: Talk) -> list[str]:
    """Return what the care's room is told when the day has come."""
    talk.desk.tick()
    told = talk.hear()
    return [one.message.text for one in told.in_room(CARE).letters if "offer-yours" in told.keys]


def test_after_three_silent_weeks_the_group_is_shown_what_fits_and_another_method_once(talk: Talk):
    talk.clock.day += THREE_WEEKS - timedelta(days=1)
    assert offered(talk) == []
    talk.clock.day += timedelta(days=1)

    [text] = offered(talk)

    assert "Två kvitterar" in text
    assert "Handlar också om: stals, smycken" in text
    assert "Hotell Norden" in text
    assert "5 gånger varför" in text
    for _ in range(3):
        talk.clock.day += THREE_WEEKS
        assert offered(talk) == []


def test_a_group_that_says_it_stands_still_is_offered_it_at_once(talk: Talk):
    talk.says("Ada", "4.4: det står still", room=CARE)
    told = talk.says("Ada", "fastställ 4.4", room=CARE)

    assert "offer-examples" in told.keys
    card = talk.presses("Ada", told.button("shared-record"), room=CARE)
    assert "Två skriver under" in card.text
    talk.clock.day += THREE_WEEKS
    assert offered(talk) == []


def test_what_is_not_shared_is_not_offered(talk: Talk):
    talk.says("Hugo", "sluta dela exempel 1", room=HOTEL)
    talk.clock.day += THREE_WEEKS

    [text] = offered(talk)

    assert "Två kvitterar" not in text
    assert "5 gånger varför" in text


def test_nobody_is_disturbed_while_the_groups_reminders_pause(talk: Talk):
    talk.says("Ada", "pausa påminnelser till 2026-10-10", room=CARE)
    talk.clock.day += THREE_WEEKS

    assert offered(talk) == []
