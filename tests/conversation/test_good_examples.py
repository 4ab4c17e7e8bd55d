"""Good examples: a group describes one and says how far it may be shared; another, with a problem, is shown what fits."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.usecases.sharing import index_anew
from tests.conversation.beginnings import begun_once
from tests.conversation.own_packs import install
from tests.conversation.talk import Talk, Told

CARE, HOTEL = "omsorgen", "hotellet"
THEFT = {
    "titel": "Dörren som minns",
    "problem": "Saker försvann från gästrummen och ingen visste vem som varit där.",
    "gjort": "Vi bytte till passerkort som loggar varje dörr, och två kvitterar värdesaker.",
    "resultat": "Stölderna sjönk från trettio till fyra.",
    "bransch": "hotell",
    "kontakt": "säkerhetschefen",
}
PROBLEM = "exempel: stölder på boendet, smycken försvinner"


def begin(talk: Talk) -> None:
    """Two organisations with a group each, in a room each: Ada's in the care, Hugo's at the hotel."""
    install(talk, "kronoberg-strategi")
    for room, who, name in ((CARE, "Ada", "Omsorgen"), (HOTEL, "Hugo", "Hotell Norden")):
        for line in ("starta", name, "-", "Kök; Städ", "Styrelsen"):
            talk.says(who, line, room=room)
        talk.privately(who, "hjälp")


@pytest.fixture
def talk(tmp_path: Path) -> Iterator[Talk]:
    talk = begun_once(Talk, tmp_path / "coach.db", "good examples", begin)
    yield talk
    talk.close()


def pack_of(talk: Talk):
    [pack] = talk.shelf.newest()
    return pack


def describe(talk: Talk, who: str, room: str, *, register: str = "exempel", **fields: str) -> Told:
    """Somebody fills in the whole form, field by field."""
    model = pack_of(talk).registers[register]
    singular = model.singular.said_in("sv")
    told = talk.says(who, f"nytt {singular}: {fields[model.title_field]}", room=room)
    for field in model.fields[1:]:
        told = talk.says(who, fields.get(field.id, "-"), room=room)
    return told


def test_a_choice_that_takes_other_words_says_so(talk: Talk):
    told = talk.says("Hugo", "nytt exempel: Dörren som minns", room=HOTEL)
    asked = {}
    for field in pack_of(talk).registers["exempel"].fields[1:]:
        asked[field.id] = told.keys
        told = talk.says("Hugo", THEFT.get(field.id, "-"), room=HOTEL)
    assert "own-words" in asked["bransch"]
    assert "own-words" not in asked["delas"]


def test_what_a_group_has_not_shared_only_it_finds(talk: Talk):
    describe(talk, "Hugo", HOTEL, **THEFT)

    assert "examples-none" in talk.says("Ada", PROBLEM, room=CARE).keys
    told = talk.says("Hugo", PROBLEM, room=HOTEL)

    assert "Dörren som minns" in told.text
    assert "example-own" in told.keys


def test_what_is_shared_with_everybody_is_found_by_another_organisation_and_says_why(talk: Talk):
    describe(talk, "Hugo", HOTEL, **THEFT, delas="alla")

    told = talk.says("Ada", PROBLEM, room=CARE)
    assert "Dörren som minns" in told.text
    assert "Handel, hotell och restaurang. Från" in told.text
    assert "Hotell Norden" in told.text
    assert "stölderna" in told.text.split("Handlar också om:")[1].splitlines()[0]

    card = talk.presses("Ada", told.button("shared-record"), room=CARE)
    for value in (*THEFT.values(), "Hotell Norden"):
        assert value in card.text


def test_taking_it_back_works_at_once_for_what_is_already_on_the_screen_too(talk: Talk):
    describe(talk, "Hugo", HOTEL, **THEFT, delas="alla")
    found = talk.says("Ada", PROBLEM, room=CARE).button("shared-record")

    assert "share-is-none" in talk.says("Hugo", "sluta dela exempel 1", room=HOTEL).keys

    told = talk.presses("Ada", found, room=CARE)
    assert "share-is-over" in told.keys
    assert "Dörren" not in told.text
    assert "examples-none" in talk.says("Ada", PROBLEM, room=CARE).keys
    assert "share-with" in talk.says("Hugo", "dela exempel 1: alla", room=HOTEL).keys
    assert "Dörren" in talk.presses("Ada", found, room=CARE).text


def test_one_organisation_is_named_and_sees_it_until_the_day(talk: Talk):
    describe(talk, "Hugo", HOTEL, **THEFT)

    told = talk.says("Hugo", "dela exempel 1: Omsorgen till 2026-09-03", room=HOTEL)

    assert "Omsorgen, till och med 2026-09-03" in told.text
    assert "Dörren" in talk.says("Ada", PROBLEM, room=CARE).text
    talk.clock.day += timedelta(days=2)
    assert "Dörren" in talk.says("Ada", PROBLEM, room=CARE).text
    talk.clock.day += timedelta(days=1)
    assert "Dörren" not in talk.says("Ada", PROBLEM, room=CARE).text
    assert "share-is-none" in talk.says("Hugo", "dela exempel 1", room=HOTEL).keys


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("dela exempel 1: Ingenstans", "share-with-whom"),
        ("dela exempel 1: Omsorgen till 2020-01-01", "share-day-is-past"),
    ],
)
def test_a_slip_in_sharing_shares_nothing(talk: Talk, said: str, key: str):
    describe(talk, "Hugo", HOTEL, **THEFT)

    assert key in talk.says("Hugo", said, room=HOTEL).keys

    assert "examples-none" in talk.says("Ada", PROBLEM, room=CARE).keys


def test_a_change_is_found_by_its_new_words_and_no_longer_by_the_old(talk: Talk):
    describe(talk, "Hugo", HOTEL, **THEFT, delas="alla")
    talk.says("Hugo", "ändra post exempel 1", room=HOTEL)
    changed = {
        "problem": "Gästerna fick kallt kaffe.",
        "gjort": "Vi köpte termosar.",
        "resultat": "Varmt kaffe.",
    }
    for field in pack_of(talk).registers["exempel"].fields:
        talk.says("Hugo", changed.get(field.id, "-"), room=HOTEL)

    assert "Dörren" in talk.says("Ada", "exempel: kaffet är kallt", room=CARE).text
    assert "Dörren" not in talk.says("Ada", "exempel: stölder", room=CARE).text


def test_a_described_problem_leads_to_examples_by_a_button(talk: Talk):
    describe(talk, "Hugo", HOTEL, **THEFT, delas="alla")
    problem = {"problem": "Smycken försvinner", "beskrivning": "Vi har stölder på boendet varje månad."}

    told = describe(talk, "Ada", CARE, register="utmaningar", **problem)
    told = talk.presses("Ada", told.button("find-examples"), room=CARE)

    assert "examples-for" in told.keys
    assert "Dörren som minns" in told.text
    card = talk.says("Ada", "visa utmaningar 1", room=CARE)
    assert "find-examples" in card.actions


def test_more_than_fit_on_a_page_come_by_a_button(talk: Talk):
    for number in range(7):
        describe(talk, "Hugo", HOTEL, **{**THEFT, "titel": f"Dörren {number}"}, delas="alla")

    first = talk.says("Ada", PROBLEM, room=CARE)
    rest = talk.presses("Ada", first.button("more-examples"), room=CARE)

    titles = [f"Dörren {number}" for number in range(7)]
    assert sum(title in first.text for title in titles) == 5
    assert sum(title in rest.text for title in titles) == 2
    assert "more-examples" not in rest.actions


def test_words_that_answer_a_question_are_no_search(talk: Talk):
    number = next(iter(talk.posted))
    told = talk.says("Hugo", "Exempel på det är våra vänorter", to=number, room=HOTEL)

    assert "examples-none" not in told.keys
    assert "examples-how" in talk.says("Hugo", "hitta exempel", to=number, room=HOTEL).keys
    assert "examples-none" in talk.says("Hugo", "exempel: vänorter", to=number, room=HOTEL).keys


def test_the_words_can_be_thrown_away_and_written_anew(talk: Talk):
    describe(talk, "Hugo", HOTEL, **THEFT, delas="alla")
    with talk.uow() as uow:
        kept = uow.search.counts(["stöld", "dörr"])
        assert index_anew(uow, talk.shelf) == 1
        assert uow.search.counts(["stöld", "dörr"]) == kept
        uow.commit()

    assert "Dörren" in talk.says("Ada", PROBLEM, room=CARE).text


def test_keywords_count_for_more_than_the_same_words_elsewhere(talk: Talk):
    describe(talk, "Hugo", HOTEL, **{**THEFT, "titel": "Första", "nyckelord": "nattvandring"}, delas="alla")
    describe(talk, "Hugo", HOTEL, **{**THEFT, "titel": "Andra", "situation": "Nattvandring."}, delas="alla")

    told = talk.says("Ada", "exempel: nattvandring", room=CARE).text

    assert told.index("Första") < told.index("Andra")


def test_a_word_of_the_same_family_is_met(talk: Talk):
    describe(talk, "Hugo", HOTEL, **{**THEFT, "problem": "Patienter uteblev"}, delas="alla")

    assert "Dörren" in talk.says("Ada", "exempel: många uteblir", room=CARE).text


def test_others_with_the_same_problem_are_told_of_as_far_as_they_share_it(talk: Talk):
    problem = {"problem": "Smycken försvinner ur rummen", "kontakt": "enhetschefen"}
    describe(talk, "Ada", CARE, register="utmaningar", **problem, delas="alla")
    describe(talk, "Ada", CARE, register="utmaningar", problem="Smycken tappas bort")

    told = talk.says("Hugo", "exempel: smycken försvinner", room=HOTEL)

    assert {"examples-none", "others-have-it"} <= told.keys
    assert "tappas bort" not in told.text
    card = talk.presses("Hugo", told.button("shared-record"), room=HOTEL)
    assert "enhetschefen" in card.text
    assert "find-examples" not in card.actions
