"""Who may do what: leading, deputies, who comes from outside, who sees what, who is waited for."""

import pytest

from dialogs.flows.rights import expected_of, leaders, leads, may, may_answer, may_see, participants, voters
from dialogs.model.answers import Address, Item
from tests.dialogs.builders import (
    ADA,
    BO,
    CIA,
    KARL,
    MEMBERS,
    PIA,
    ULLA,
    Member,
    a_journey,
    a_pack,
    a_question,
    at,
    with_roles,
    without,
)  # fmt: skip

PACK = a_pack(
    a_question("a"),
    a_question("privat", visibility="leader-and-coach"),
    a_question("anonym", who="each", visibility="anonymous"),
    a_question("ledning", who={"roles": ["ledning"]}),
    a_question("enhet", who="each-unit"),
    a_question("tid", for_each={"members": "grupp"}),
    a_question("lova", "commitment"),
    a_question("coach", who={"roles": ["coach"]}),
)


def question(id):
    return PACK.places[id].question


def ids(members):
    return [member.person.id for member in members]


def test_whoever_started_leads_until_a_leader_is_named():
    journey = a_journey(PACK, members=(Member(ADA), Member(BO)))
    assert leads(PACK, journey, ADA.id)
    assert not leads(PACK, journey, BO.id)


def test_whoever_started_no_longer_leads_when_somebody_else_is_named():
    journey = a_journey(PACK, members=(Member(ADA), Member(BO, ("ledare",))))
    assert ids(leaders(PACK, journey)) == [BO.id]


def test_a_deputy_leads_beside_the_leader():
    journey = a_journey(PACK, members=with_roles(CIA, "grupp", deputy_for=("ledare",)))
    assert ids(leaders(PACK, journey)) == [ADA.id, CIA.id]
    assert may(PACK, journey, CIA.id, "settle")


def test_somebody_who_is_leader_and_deputy_is_counted_once():
    journey = a_journey(PACK, members=with_roles(ADA, "ledare", deputy_for=("ledare",)))
    assert ids(leaders(PACK, journey)) == [ADA.id]


@pytest.mark.parametrize(
    ("who", "right", "has"),
    [
        (ADA, "settle", True), (ADA, "consent", True), (ADA, "sign", True), (ADA, "read-private", True),
        (BO, "settle", False), (BO, "consent", True), (BO, "edit-registers", True), (BO, "read-private", False),
        (PIA, "consent", True), (PIA, "edit-registers", False),
        (KARL, "read-private", True), (KARL, "consent", False), (KARL, "settle", False),
        (ULLA, "consent", False),
    ],
)  # fmt: skip
def test_a_right_comes_with_a_role(who, right, has):
    assert may(PACK, a_journey(PACK), who.id, right) is has


def test_a_role_that_is_dropped_takes_its_rights_along():
    journey = a_journey(PACK, members=with_roles(PIA))
    assert not may(PACK, journey, PIA.id, "consent")


def test_the_group_and_its_leader_are_whose_perspectives_count():
    assert ids(participants(PACK, a_journey(PACK))) == [ADA.id, BO.id, CIA.id]


def test_before_the_group_is_named_every_member_from_inside_counts():
    journey = a_journey(PACK, members=(Member(PIA, ("politik",)), Member(ULLA), Member(KARL, ("coach",))))
    assert ids(participants(PACK, journey)) == [PIA.id, ULLA.id]


def test_everybody_with_a_voice_is_asked_for_consent():
    assert ids(voters(PACK, a_journey(PACK))) == [ADA.id, BO.id, CIA.id, PIA.id]


def test_whoever_comes_from_outside_does_not_answer_for_the_group():
    journey = a_journey(PACK)
    assert not may_answer(PACK, journey, question("a"), KARL.id)
    assert may_answer(PACK, journey, question("coach"), KARL.id)


def test_somebody_from_inside_who_also_coaches_answers_with_the_group():
    journey = a_journey(PACK, members=with_roles(BO, "grupp", "coach"))
    assert may_answer(PACK, journey, question("a"), BO.id)


def test_a_role_that_nobody_holds_is_answered_for_by_whoever_leads():
    journey = a_journey(PACK)
    assert may_answer(PACK, journey, question("ledning"), ADA.id)
    assert not may_answer(PACK, journey, question("ledning"), BO.id)


def test_a_roles_deputy_answers_too():
    journey = a_journey(PACK, members=with_roles(BO, "grupp", deputy_for=("ledning",)))
    assert may_answer(PACK, journey, question("ledning"), BO.id)


@pytest.mark.parametrize(
    ("asked", "seen_by"),
    [
        ("a", [ADA, BO, CIA, PIA, KARL]),
        ("privat", [ADA, KARL]),
        ("anonym", []),
    ],
)
def test_who_sees_each_members_words_is_said_by_the_question(asked, seen_by):
    journey = a_journey(PACK)
    seers = [
        one
        for one in (ADA, BO, CIA, PIA, KARL, ULLA)
        if may_see(PACK, journey, question(asked), Item(Address(asked)), one.id)
    ]
    assert seers == seen_by


@pytest.mark.parametrize(
    ("address", "awaited"),
    [
        ("a", [ADA, BO, CIA]),
        ("lova", [ADA, PIA]),
        ("ledning", [ADA]),
        ("coach", [KARL]),
        ("enhet@unit:vard", [BO]),
        ("tid@person:cia", [CIA]),
        ("tid@person:borta", []),
    ],
)
def test_a_question_waits_for_those_it_is_about(address, awaited):
    found = expected_of(PACK, a_journey(PACK), question(at(address).question), at(address))
    assert ids(found) == [one.id for one in awaited]


def test_a_unit_that_nobody_comes_from_waits_for_whoever_leads():
    journey = a_journey(PACK, members=without(BO))
    assert ids(expected_of(PACK, journey, question("enhet"), at("enhet@unit:vard"))) == [ADA.id]


def test_with_nobody_left_nobody_leads():
    assert leaders(PACK, a_journey(PACK, members=())) == ()
    assert not leads(PACK, a_journey(PACK, members=MEMBERS), "borta")
