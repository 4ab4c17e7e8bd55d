"""Every kind of rule, offsets in time, and the gaps of a coverage."""

from dataclasses import replace
from datetime import date

import pytest
from pydantic import TypeAdapter

from content.schema.rules import Offset, Rule
from dialogs.flows.facts import Facts, gaps, holds, moved
from dialogs.model.people import Member
from tests.dialogs.builders import (
    ADA,
    BO,
    CIA,
    MEMBERS,
    TODAY,
    ULLA,
    a_journey,
    a_pack,
    a_question,
    at,
    contributed,
    record_added,
    record_moved,
    settled,
    skipped,
    with_roles,
)  # fmt: skip

RULE = TypeAdapter(Rule)

PACK = a_pack(
    a_question("val", "choice"),
    a_question("flera", "choices"),
    a_question("tal", "number"),
    a_question("dag", "date"),
    a_question("slut", "date"),
    a_question("enhet", "number", who="each-unit"),
    a_question("alla", "scale", who="each"),
    coverage=[
        {"id": "med", "title": {"sv": "Med"}, "units": "all", "what": {"member": "any"}},
        {"id": "ledda", "title": {"sv": "Ledda"}, "units": "all", "what": {"member": "ledare"}},
        {"id": "svar", "title": {"sv": "Svar"}, "units": "all", "what": {"answer": "enhet"}},
        {"id": "var-sin", "title": {"sv": "Var sin"}, "members": "grupp", "what": {"register": "ideer", "by": "vem"}},
        {"id": "for-alla", "title": {"sv": "För alla"}, "units": "all",
         "what": {"register": "ideer", "by": "for", "where": {"equals": {"field": "state", "to": "vald"}}}},
        {"id": "publik", "title": {"sv": "Publik"}, "what": {"register": "ideer", "by": "publik"},
         "audiences": [{"id": "chefer", "title": {"sv": "Chefer"}}, {"id": "press", "title": {"sv": "Press"}}]},
    ],
)  # fmt: skip

JOURNEY = a_journey(
    PACK,
    settled("val", "ja"),
    settled("flera", ["ja", "kanske"]),
    contributed("tal", BO, 12),
    contributed("dag", BO, "2026-12-01"),
    contributed("slut", BO, "2027-03-01"),
    record_added("resa", dag="2026-11-01", **{"for": "skola", "vem": "bo", "publik": ["chefer", "press"]}),
    record_added("kurs", **{"for": "vard"}),
    record_moved("kurs", "vald"),
)


def fact(**more) -> Facts:
    return Facts(PACK, JOURNEY, TODAY, **more)


def rule(kind: str, operand: object) -> Rule:
    return RULE.validate_python({kind: operand})


def of(question: str, **more: object) -> dict[str, object]:
    return {"question": question, **more}


@pytest.mark.parametrize(
    ("kind", "operand", "true"),
    [
        ("answered", "val", True),
        ("answered", "alla", False),
        ("equals", of("val", to="ja"), True),
        ("equals", of("val", to="nej"), False),
        ("equals", of("alla", to="ja"), False),
        ("equals", of("tal", to="12"), True),
        ("includes", of("flera", option="kanske"), True),
        ("includes", of("flera", option="nej"), False),
        ("includes", of("val", option="ja"), True),
        ("less", of("tal", than=13), True),
        ("less", of("tal", than=12), False),
        ("less", of("val", than=12), False),
        ("more", of("tal", than=11.5), True),
        ("more", of("tal", than=12), False),
        ("more", of("alla", than=0), False),
        ("before", of("dag", than={"question": "slut"}), True),
        ("before", of("slut", than={"question": "dag"}), False),
        ("before", of("dag"), False),
        ("after", of("dag"), True),
        ("after", of("dag", than={"question": "slut"}), False),
        ("after", of("val"), False),
        ("before", of("dag", offset={"weeks": 2}), True),
        ("before", of("dag", offset={"weeks": 1}), False),
        ("after", of("slut", offset={"months": 3}), True),
        ("after", of("slut", offset={"months": 4}), False),
        ("before", of("dag", than={"question": "slut"}, offset={"months": -3}), False),
        ("all", [{"answered": "val"}, {"answered": "tal"}], True),
        ("all", [{"answered": "val"}, {"answered": "alla"}], False),
        ("any", [{"answered": "alla"}, {"answered": "tal"}], True),
        ("any", [{"answered": "alla"}], False),
        ("not", {"answered": "alla"}, True),
        ("not", {"answered": "val"}, False),
        ("at-least", {"count": 2, "of": {"register": "ideer"}}, True),
        ("at-least", {"count": 3, "of": {"register": "ideer"}}, False),
        ("at-least", {"count": 1, "of": {"register": "ideer", "where": {"filled": "dag"}}}, True),
        ("at-least", {"count": 2, "of": {"register": "ideer", "where": {"filled": "dag"}}}, False),
        (
            "at-most",
            {"count": 1, "of": {"register": "ideer", "where": {"equals": {"field": "state", "to": "vald"}}}},
            True,
        ),
        ("at-least", {"count": 3, "of": {"role": "grupp"}}, True),
        ("at-least", {"count": 4, "of": {"role": "grupp"}}, False),
        ("at-least", {"count": 2, "of": {"units": "all"}}, True),
        ("at-most", {"count": 1, "of": {"units": "all"}}, False),
        ("at-least", {"count": 1, "of": {"answers": "val"}}, True),
        ("at-most", {"count": 0, "of": {"answers": "enhet"}}, True),
        ("at-most", {"count": 0, "of": {"gaps": "med"}}, True),
        ("at-most", {"count": 0, "of": {"gaps": "svar"}}, False),
    ],
)
def test_a_rule_weighs_what_is_known(kind, operand, true):
    assert holds(rule(kind, operand), fact()) is true


def test_no_rule_always_holds():
    assert holds(None, fact())


@pytest.mark.parametrize(
    ("kind", "operand", "true"),
    [
        ("filled", "dag", True),
        ("filled", "state", True),
        ("filled", "saknas", False),
        ("equals", {"field": "for", "to": "skola"}, True),
        ("includes", {"field": "publik", "option": "press"}, True),
        ("before", {"field": "dag"}, True),
        ("after", {"field": "dag", "offset": {"months": -1}}, True),
    ],
)
def test_a_rule_weighs_the_record_at_hand(kind, operand, true):
    record = JOURNEY.record("resa")
    assert record is not None
    assert holds(rule(kind, operand), fact().about(record)) is true


def test_without_a_record_no_field_is_filled():
    assert not holds(rule("filled", "dag"), fact())


def test_a_skipped_question_equals_nothing():
    journey = a_journey(PACK, skipped("val"))
    assert not holds(rule("answered", "val"), Facts(PACK, journey, TODAY))


def test_a_rule_in_a_question_about_a_unit_weighs_that_units_answer():
    journey = a_journey(PACK, contributed("enhet@unit:skola", ADA, 5), contributed("enhet@unit:vard", BO, 50))
    facts = Facts(PACK, journey, TODAY)
    more = rule("more", of("enhet", than=10))
    assert holds(more, facts)
    assert not holds(more, facts.on("unit:skola"))
    assert holds(more, facts.on("unit:vard"))


@pytest.mark.parametrize(
    ("offset", "day"),
    [
        ({"working-days": 1}, date(2026, 11, 23)),  # from a Saturday
        ({"working-days": 5}, date(2026, 11, 27)),
        ({"working-days": 6}, date(2026, 11, 30)),
        ({"working-days": -1}, date(2026, 11, 20)),
        ({"working-days": -6}, date(2026, 11, 13)),
        ({"working-days": 0}, date(2026, 11, 21)),
        ({"weeks": -2}, date(2026, 11, 7)),
        ({"months": 3}, date(2027, 2, 21)),
        ({"months": -12}, date(2025, 11, 21)),
    ],
)
def test_an_offset_is_counted_in_working_days_weeks_or_months(offset, day):
    assert moved(TODAY, Offset.model_validate(offset)) == day


def test_a_month_from_the_last_of_january_is_the_last_of_february():
    assert moved(date(2027, 1, 31), Offset(months=1)) == date(2027, 2, 28)
    assert moved(date(2028, 1, 31), Offset(months=1)) == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("coverage", "lacking"),
    [
        ("med", []),
        ("ledda", ["vard"]),
        ("svar", ["skola", "vard"]),
        ("var-sin", ["ada", "cia"]),
        ("for-alla", ["skola"]),
        ("publik", []),
    ],
)
def test_a_coverage_knows_its_gaps(coverage, lacking):
    assert [gap.id for gap in gaps(PACK.coverage_of[coverage], fact())] == lacking


def test_a_gap_closes_when_somebody_from_the_unit_comes():
    alone = a_journey(PACK, members=with_roles(BO, "grupp")[:1])
    joined = replace(alone, roster=alone.roster.with_member(Member(ULLA, (), at_vard())))
    med = PACK.coverage_of["med"]
    assert [gap.id for gap in gaps(med, Facts(PACK, alone, TODAY))] == ["vard"]
    assert gaps(med, Facts(PACK, joined, TODAY)) == ()


def test_a_gap_in_answers_closes_with_the_answer():
    journey = a_journey(PACK, contributed("enhet@unit:skola", ADA, 5), skipped("enhet@unit:vard"))
    assert gaps(PACK.coverage_of["svar"], Facts(PACK, journey, TODAY)) == ()
    assert journey.item(at("enhet@unit:skola")).done


def at_vard():
    return next(member.unit for member in MEMBERS if member.person == BO)


def test_the_usual_people_are_as_the_tests_say():
    assert [member.person for member in MEMBERS if member.holds("grupp")] == [ADA, BO, CIA]
