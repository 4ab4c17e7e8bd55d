"""What goes on for longer is evaluated first, and decided anew by the right body; all else may change meanwhile."""

from dataclasses import replace

import pytest

from dialogs.flows.advance import advance
from dialogs.flows.prolonging import held
from dialogs.model.people import Body, BodyId
from dialogs.model.problem import Problem
from tests.dialogs.builders import (
    ADA,
    TODAY,
    a_condition,
    a_journey,
    a_pack,
    a_register,
    record_added,
    record_changed,
    record_moved,
    text,
)

DATES = ("slut", "utvarderad", "dag")
REGISTER = a_register(
    "samarbeten",
    fields=[
        {"id": "namn", "kind": "text", "title": text("Namn"), "required": "true"},
        {"id": "enhet", "kind": "unit", "title": text("Verksamhet")},
        {"id": "organ", "kind": "body", "title": text("Organ")},
        *({"id": one, "kind": "date", "title": text(one.capitalize())} for one in DATES),
    ],
    decision={"body": "organ", "date": "dag"},
    states=[{"id": one, "title": text(one.capitalize())} for one in ("forslag", "pagar")],
    prolonging=[{"date": "slut", "in": ["pagar"], "must": [
        a_condition({"after": {"field": "utvarderad", "than": {"field": "slut"}, "offset": {"months": -7}}}),
        a_condition({"not": {"before": {"field": "dag", "than": {"field": "utvarderad"}}}}),
    ]}],
)  # fmt: skip
RIGHTS = (
    {"id": "gemensamma", "by": "board",
     "records": {"register": "samarbeten", "to": ["pagar"], "prolongs": "slut", "where": {"not": {"filled": "enhet"}}}},
)  # fmt: skip
PACK = a_pack(registers=(REGISTER,), decides=RIGHTS)
BODIES = (Body(BodyId("ks"), "Kommunstyrelsen"), Body(BodyId("sn"), "Socialnämnden"))
BEGUN = {"slut": "2027-03-31", "organ": "ks", "dag": "2024-02-01"}
EVALUATED = {"utvarderad": "2026-11-01"}
DECIDED = {"organ": "ks", "dag": "2026-11-15"}


def collaboration(state="pagar", **fields):
    known = a_journey(PACK, record_added("sam", register="samarbeten", **{**BEGUN, **fields}), bodies=BODIES)
    record = replace(known.record("sam"), state=state)
    return replace(known, records={"samarbeten": (record,)})


def change(journey, **fields):
    return advance(PACK, journey, record_changed("sam", register="samarbeten", by=ADA, **fields))


@pytest.mark.parametrize(
    ("change_to", "why"),
    [
        ({}, ("must-first",)),
        (EVALUATED, ("must-first",)),  # the decision is the one before
        ({**EVALUATED, **DECIDED}, None),
        ({**EVALUATED, **DECIDED, "organ": "sn"}, ("decision-by-another",)),
        ({**EVALUATED, "organ": "ks", "dag": "2026-12-24"}, ("decision-not-yet",)),
        ({**DECIDED}, ("must-first",)),  # not evaluated
        ({"utvarderad": "2026-08-30", **DECIDED}, ("must-first",)),  # too long before the end
        ({**EVALUATED, **DECIDED, "organ": ""}, ("decision-first-by",)),
    ],
)
def test_a_later_end_takes_an_evaluation_and_after_it_a_decision(change_to, why):
    found = change(collaboration(), slut="2030-03-31", **change_to)

    assert (found.key if isinstance(found, Problem) else None) == (why[0] if why else None)


@pytest.mark.parametrize("slut", ["", "2027-04-01"])
def test_no_end_at_all_is_a_later_one_too(slut):
    assert isinstance(change(collaboration(), slut=slut), Problem)


@pytest.mark.parametrize("slut", ["2027-03-31", "2026-12-31"])
def test_an_earlier_end_and_all_else_may_change(slut):
    assert not isinstance(change(collaboration(), slut=slut, namn="Nytt"), Problem)
    assert not isinstance(change(collaboration(), namn="Nytt"), Problem)


def test_what_has_not_begun_or_has_no_end_yet_may_get_any():
    assert not isinstance(change(collaboration("forslag"), slut="2030-03-31"), Problem)
    assert not isinstance(change(collaboration(slut=""), slut="2030-03-31"), Problem)


def test_the_next_time_all_of_it_is_done_anew():
    once = change(collaboration(), slut="2030-03-31", **EVALUATED, **DECIDED)
    assert not isinstance(once, Problem)

    again = change(once.journey, slut="2033-03-31")

    assert isinstance(again, Problem)


def test_what_is_lacking_is_told_with_who_decides():
    known = collaboration()
    found = held(PACK, known, known.record("sam"), {"slut": "2030-03-31", "namn": "Ny"}, TODAY, by=ADA.id)

    assert found is not None
    assert found.fields == ("slut",)
    assert len(found.lacking) == 1  # that there is no evaluation: the decision isn't before it
    assert [one.id for one in found.rights] == ["gemensamma"]


def test_a_move_to_the_state_asks_nothing_of_it():
    known = collaboration("forslag")

    assert not isinstance(
        advance(PACK, known, record_moved("sam", "pagar", register="samarbeten", by=ADA)), Problem
    )
