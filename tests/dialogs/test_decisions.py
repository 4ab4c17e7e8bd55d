"""Who may decide what: by the body's name or the group's own answer; and what a record waits for before it is moved."""

from dataclasses import replace

import pytest

from dialogs.flows.decisions import bodies_with, kind_of, waits_for
from dialogs.model.people import Body, BodyId, Unit, UnitId
from tests.dialogs.builders import (
    ADA,
    BO,
    NOW,
    PIA,
    TODAY,
    a_journey,
    a_pack,
    a_question,
    a_register,
    record_added,
    record_changed,
    settled,
    text,
)

BODIES = tuple(
    Body(BodyId(id), name)
    for id, name in (
        ("rf", "Regionfullmäktige"), ("rs", "Regionstyrelsen"), ("hs", "Hälso- och sjukvårdsnämnden"),
        ("bolag", "Länstrafikens styrelse"), ("rad", "Ungdomsrådet"),
    )
)  # fmt: skip
REGISTER = a_register(
    "samarbeten",
    fields=[
        {"id": "namn", "kind": "text", "title": text("Namn"), "required": "true"},
        {"id": "enhet", "kind": "unit", "title": text("Verksamhet")},
        {"id": "organ", "kind": "body", "title": text("Organ")},
        {"id": "dag", "kind": "date", "title": text("Dag")},
    ],
    decision={"body": "organ", "date": "dag"},
    states=[{"id": one, "title": text(one.capitalize())} for one in ("forslag", "pagar", "slut")],
)
RIGHTS = (
    {"id": "strategin", "by": "council"},
    {"id": "overgripande", "by": "board", "body": "styrelse",
     "records": {"register": "samarbeten", "to": ["pagar"], "where": {"not": {"filled": "enhet"}}}},
    {"id": "egna", "by": "committee",
     "records": {"register": "samarbeten", "to": ["pagar"], "where": {"filled": "enhet"}}},
    {"id": "avslut", "role": "politik", "records": {"register": "samarbeten", "to": ["slut"]}},
)  # fmt: skip
PACK = a_pack(a_question("styrelse", "body"), registers=(REGISTER,), decides=RIGHTS)


def journey(*happened, **fields):
    return a_journey(PACK, record_added("sam", register="samarbeten", **fields), *happened, bodies=BODIES)


def waiting(to="pagar", *, by=ADA, today=TODAY, happened=(), **fields):
    known = journey(*happened, **fields)
    found = waits_for(PACK, known, known.record("sam"), to, today, by=by.id)
    return (found.right.id, found.why) if found else None


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Kommunfullmäktige", "council"), ("The municipal council", "council"), ("Regionstyrelsen", "board"),
        ("Executive board of the council", "board"), ("Social- och omsorgsnämnden", "committee"),
        ("Kulturutskottet", "committee"), ("Education Committee", "committee"), ("Ungdomsrådet", None),
    ],
)  # fmt: skip
def test_a_bodys_name_says_what_it_is(name, kind):
    assert kind_of(name) == kind


def test_the_bodies_with_a_right_follow_names_until_the_group_says_which():
    by_name = {
        one.id: [body.id for body in bodies_with(PACK, journey(), one)] for one in PACK.manifest.decides
    }
    assert by_name == {"strategin": ["rf"], "overgripande": ["rs", "bolag"], "egna": ["hs"], "avslut": []}

    known = journey(settled("styrelse", "rs"))
    said = {one.id: [body.id for body in bodies_with(PACK, known, one)] for one in PACK.manifest.decides}
    assert said == {"strategin": ["rf"], "overgripande": ["rs"], "egna": ["hs", "bolag"], "avslut": []}


@pytest.mark.parametrize(
    ("fields", "waits"),
    [
        ({}, ("overgripande", "missing")),
        ({"organ": "rs"}, ("overgripande", "missing")),
        ({"dag": "2026-11-01"}, ("overgripande", "missing")),
        ({"organ": "hs", "dag": "2026-11-01"}, ("overgripande", "other-body")),
        ({"organ": "rs", "dag": "2026-12-24"}, ("overgripande", "not-yet")),
        ({"organ": "rs", "dag": "2026-11-21"}, None),
        ({"organ": "rad", "dag": "2026-11-01"}, None),  # its name doesn't say what it is
        ({"enhet": "skola"}, ("egna", "missing")),
        ({"enhet": "skola", "organ": "rs", "dag": "2026-11-01"}, ("egna", "other-body")),
        ({"enhet": "skola", "organ": "hs", "dag": "2026-11-01"}, None),
    ],
)
def test_a_record_waits_for_the_body_of_its_level(fields, waits):
    assert waiting(**fields) == waits


def test_once_the_group_has_said_which_board_it_is_no_other_will_do():
    named = [settled("styrelse", "rs")]
    assert waiting(happened=named, organ="rad", dag="2026-11-01") == ("overgripande", "other-body")
    assert waiting(happened=named, organ="rs", dag="2026-11-01") is None


def test_a_decision_of_a_body_that_is_no_more_still_counts():
    known = journey(organ="gamla", dag="2026-11-01")
    since = replace(
        known, roster=replace(known.roster, closed={"gamla": "Landstingsstyrelsen", "annan": "Kulturnämnden"})
    )
    of_another = known.record("sam").changed({"organ": "annan"}, by=ADA.id, at=NOW)

    assert waits_for(PACK, since, known.record("sam"), "pagar", TODAY, by=ADA.id) is None
    assert waits_for(PACK, since, of_another, "pagar", TODAY, by=ADA.id) is not None


OWN = tuple(
    one | {"records": {**one["records"], "unit": "enhet"}} if one["id"] == "egna" else one for one in RIGHTS
)  # type: ignore[dict-item]
BY_UNIT = a_pack(a_question("styrelse", "body"), registers=(REGISTER,), decides=OWN)
COMMITTEES = (*BODIES, Body(BodyId("kn"), "Kulturnämnden"))
ANSWERED_FOR = (Unit(UnitId("skola"), "Skola", BodyId("kn")), Unit(UnitId("vard"), "Vård och omsorg"))


@pytest.mark.parametrize(
    ("unit", "organ", "why"),
    [
        ("skola", "kn", None),
        ("skola", "hs", "other-body"),
        ("skola", "rad", "other-body"),  # what its name says doesn't matter where it is known who answers
        ("skola", "gamla", None),  # the committee before it: nobody knows of what it was, but it is closed
        ("vard", "hs", None),  # nobody has said who answers for it
        ("vard", "kn", None),
        ("vard", "rs", "other-body"),
    ],
)
def test_a_units_own_matters_are_its_own_committees_where_that_is_known(unit, organ, why):
    fields = {"enhet": unit, "organ": organ, "dag": "2026-11-01"}
    known = a_journey(
        BY_UNIT, record_added("sam", register="samarbeten", **fields), bodies=COMMITTEES, units=ANSWERED_FOR
    )
    known = replace(known, roster=replace(known.roster, closed={"gamla": "Skolnämnden"}))

    found = waits_for(BY_UNIT, known, known.record("sam"), "pagar", TODAY, by=ADA.id)

    assert (found.why if found else None) == why


def test_a_committee_that_is_closed_answers_for_nothing():
    units = (Unit(UnitId("skola"), "Skola", BodyId("borta")),)
    known = a_journey(BY_UNIT, bodies=COMMITTEES, units=units)

    assert known.roster.body_of("skola") is None
    assert known.roster.body_of("okand") is None


def test_what_a_role_decides_is_for_those_who_have_it():
    assert waiting("slut", by=BO) == ("avslut", "role")
    assert waiting("slut", by=PIA) is None


def test_what_has_no_right_waits_for_nobody():
    assert waiting("forslag") is None
    assert (
        journey(record_changed("sam", register="samarbeten", namn="Nytt")).record("sam").fields["namn"]
        == "Nytt"
    )
