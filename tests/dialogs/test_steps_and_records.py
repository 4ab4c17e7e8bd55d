"""Steps are signed and opened again, groups pause, records change, and answers do what their question says they do."""

from dataclasses import replace

import pytest

from dialogs.effects import (
    Appoint,
    Ask,
    GroupBecame,
    JourneyEnded,
    JourneyPaused,
    JourneyResumed,
    MarkedForReview,
    Receipt,
    RecordsStay,
    Relieve,
    SaveRecord,
    StepBegan,
    StepEnded,
    StepReady,
    TellOfRecord,
)
from dialogs.flows.asked_next import opening
from dialogs.flows.position import current_step
from dialogs.flows.rights import leaders
from tests.dialogs.builders import (
    ADA,
    BO,
    CIA,
    KARL,
    PIA,
    TODAY,
    a_condition,
    a_journey,
    a_pack,
    a_question,
    a_register,
    after,
    at,
    contributed,
    effects,
    moved,
    paused,
    put_now,
    record_added,
    record_changed,
    record_moved,
    refusal,
    resumed,
    round_opened,
    settled,
    signed,
    skipped,
    step_reopened,
    text,
    voiced,
    with_roles,
    without,
)  # fmt: skip

TWO = a_pack(a_question("a"), after=[a_question("b")])


# --- steps -----------------------------------------------------------------------------------------------------


def test_a_journey_opens_with_its_step_and_the_first_question():
    assert opening(TWO, a_journey(TWO), today=TODAY) == (StepBegan("ett"), Ask(at("a")))


def test_the_last_answer_makes_the_step_ready_to_sign():
    assert StepReady("ett") in effects(TWO, a_journey(TWO), settled("a", "så"))


def test_a_signed_step_leads_to_the_next():
    journey = a_journey(TWO, settled("a", "så"))
    told = effects(TWO, journey, signed())

    assert told == (StepEnded("ett"), StepBegan("tva"), Ask(at("b")))
    assert current_step(TWO, after(TWO, journey, signed())) == "tva"


def test_the_last_step_ends_the_journey():
    journey = a_journey(TWO, settled("a", "så"), signed(), settled("b", "så"))
    assert JourneyEnded() in effects(TWO, journey, signed("tva"))
    assert put_now(TWO, after(TWO, journey, signed("tva"))) == []


def test_what_is_consciously_left_is_remembered_with_the_signature():
    pack = a_pack(a_question("a"), a_question("c"), after=[a_question("b")])
    journey = a_journey(pack, settled("a", "så"), signed())
    assert journey.signed["ett"].left == (at("c").key,)


def test_an_answer_that_was_left_can_be_given_in_a_later_step():
    pack = a_pack(a_question("a"), a_question("c"), after=[a_question("b")])
    journey = a_journey(pack, settled("a", "så"), signed(), settled("c", "till slut"))
    assert (journey.page("ett").done, put_now(pack, journey)) == (2, ["b"])


def test_a_must_stands_in_the_way_and_a_warning_does_not():
    pack = a_pack(a_question("a"), gate={"must": [a_condition({"answered": "a"})]})
    assert refusal(pack, a_journey(pack), signed()) == "must-first"
    assert refusal(pack, a_journey(pack, skipped("a")), signed()) == "must-first"
    assert refusal(pack, a_journey(pack, settled("a", "så")), signed()) == ""

    warned = a_pack(a_question("a"), gate={"warn": [a_condition({"answered": "a"})]})
    assert refusal(warned, a_journey(warned), signed()) == ""


def test_those_whom_the_gate_names_sign_and_their_deputies():
    pack = a_pack(a_question("a"), gate={"signs": ["ledning"]})
    assert refusal(pack, a_journey(pack, members=with_roles(PIA, "ledning")), signed(by=PIA)) == ""
    assert (
        refusal(pack, a_journey(pack, members=with_roles(PIA, deputy_for=("ledning",))), signed(by=PIA)) == ""
    )
    assert refusal(pack, a_journey(pack), signed(by=PIA)) == "only-leader"


def test_a_step_is_opened_again_and_the_group_is_back_in_it():
    journey = a_journey(TWO, settled("a", "så"), signed(), step_reopened())
    assert current_step(TWO, journey) == "ett"
    assert refusal(TWO, journey, signed()) == ""


def test_a_change_in_an_earlier_step_marks_a_later_one():
    pack = a_pack(a_question("a"), after=[a_question("b", suggest_from=[{"question": "a"}])])
    journey = a_journey(pack, settled("a", "1"), signed(), settled("b", "2"))
    change = settled("a", "3")
    assert MarkedForReview((at("b"),), at("a")) in effects(pack, journey, change)
    assert after(pack, journey, change).page("tva").statuses[at("b").key] == "review"


def test_a_group_that_pauses_goes_on_where_it_was():
    journey = a_journey(TWO)
    assert effects(TWO, journey, paused()) == (JourneyPaused(),)

    still = after(TWO, journey, paused())

    assert effects(TWO, still, resumed()) == (JourneyResumed(), Ask(at("a")))
    assert put_now(TWO, after(TWO, still, resumed())) == ["a"]


def test_the_same_event_gives_the_same_journey():
    journey = a_journey(TWO)
    event = contributed("a", BO, "så")
    assert moved(TWO, journey, event) == moved(TWO, journey, event)


# --- records ---------------------------------------------------------------------------------------------------

IDEAS = a_pack(a_question("ide", "record"), a_question("a"))


def record(journey, id="resa"):
    found = journey.record(id)
    assert found is not None
    return found


def test_a_record_begins_in_its_registers_first_state():
    event = record_added("resa", question="ide")
    kept = record(a_journey(IDEAS, event))
    assert (kept.state, kept.revision, kept.by) == ("ny", 1, BO.id)
    assert SaveRecord(kept) in effects(IDEAS, a_journey(IDEAS), event)
    assert Receipt("record-added", at("ide"), "resa") in effects(IDEAS, a_journey(IDEAS), event)


def test_a_register_is_settled_empty_only_where_it_may_be():
    may_be = a_pack(a_question("ide", "record", at_least=0), a_question("a"))

    assert refusal(IDEAS, a_journey(IDEAS), settled("ide")) == "nothing-to-settle"
    assert put_now(may_be, a_journey(may_be, settled("ide"))) == ["a"]


def test_a_changed_record_keeps_what_was_not_changed():
    kept = record(a_journey(IDEAS, record_added("resa"), record_changed("resa", dag="2027-01-01")))
    assert (dict(kept.fields), kept.revision) == ({"namn": "Resa", "dag": "2027-01-01"}, 2)


def test_a_field_that_is_emptied_is_gone():
    kept = record(a_journey(IDEAS, record_added("resa", dag="2027-01-01"), record_changed("resa", dag=None)))
    assert dict(kept.fields) == {"namn": "Resa"}


def test_a_move_has_to_fulfil_what_the_state_requires():
    journey = a_journey(IDEAS, record_added("resa"))
    assert refusal(IDEAS, journey, record_moved("resa", "klar")) == "must-first"
    ready = after(IDEAS, journey, record_changed("resa", dag="2027-01-01"), record_moved("resa", "klar"))
    assert record(ready).state == "klar"


def test_what_a_register_requires_of_a_move_is_asked_for_beside_the_states_own():
    asks = a_register(requires=[{"to": ["vald"], "rule": {"filled": "for"}, "say": text("Skriv för vem")}])
    pack = a_pack(a_question("a"), registers=(asks,))
    journey = a_journey(pack, record_added("resa"))

    assert refusal(pack, journey, record_moved("resa", "vald")) == "must-first"
    assert refusal(pack, journey, record_moved("resa", "vilar")) == ""
    ready = after(pack, journey, record_changed("resa", **{"for": "skola"}))
    assert refusal(pack, ready, record_moved("resa", "vald")) == ""


TELLING = a_pack(
    a_question("a"),
    registers=(a_register(anyone="true", tells=[
        {"state": "ny", "who": "leader"}, {"state": "vald", "who": "adder", "field": "namn"},
    ]),),
)  # fmt: skip


def tellings(journey, event):
    return [
        (one.person, one.state) for one in effects(TELLING, journey, event) if isinstance(one, TellOfRecord)
    ]


def test_whoever_leads_is_told_of_a_new_record_and_whoever_added_it_of_where_it_went():
    added = record_added("resa", by=BO)
    journey = a_journey(TELLING, added)

    assert tellings(a_journey(TELLING), added) == [(ADA.id, "ny")]
    assert tellings(journey, record_moved("resa", "vald", by=ADA)) == [(BO.id, "vald")]
    changed = after(TELLING, journey, record_changed("resa", by=CIA, namn="Annat"))
    assert tellings(changed, record_moved("resa", "vald", by=ADA)) == [(BO.id, "vald")]


def test_nobody_is_told_of_what_they_did_themselves():
    assert tellings(a_journey(TELLING), record_added("resa", by=ADA)) == []
    assert (
        tellings(a_journey(TELLING, record_added("resa", by=ADA)), record_moved("resa", "vald", by=ADA)) == []
    )


def test_a_register_for_anyone_takes_records_from_those_outside_and_no_changes():
    journey = a_journey(TELLING, record_added("resa", by=KARL))

    assert record(journey).added_by == KARL.id
    assert refusal(TELLING, journey, record_changed("resa", by=KARL, namn="Annat")) == "only-leader"


# --- what answers do -------------------------------------------------------------------------------------------

CHOOSING = a_pack(
    a_question("valda", "choices", options_from={"register": "ideer"},
               then=[{"move-records": "ideer", "to": "vald", "rest": "vilar", "from": ["ny"]}]),
)  # fmt: skip


def states(journey):
    return {one.id: one.state for one in journey.records_in("ideer")}


def test_what_is_chosen_is_moved_and_the_rest_is_put_aside():
    journey = a_journey(CHOOSING, record_added("resa"), record_added("kurs"))
    event = settled("valda", ["kurs"])
    assert states(after(CHOOSING, journey, event)) == {"resa": "vilar", "kurs": "vald"}
    assert [one for one in effects(CHOOSING, journey, event) if isinstance(one, SaveRecord)]


def test_another_choice_brings_the_others_back():
    journey = a_journey(
        CHOOSING,
        record_added("resa"),
        record_added("kurs"),
        settled("valda", ["kurs"]),
        settled("valda", ["resa"]),
    )
    assert states(journey) == {"resa": "vald", "kurs": "vilar"}


def test_records_that_are_further_along_are_left_alone():
    journey = a_journey(
        CHOOSING,
        record_added("resa", dag="2027-01-01"),
        record_added("kurs"),
        record_moved("resa", "klar"),
        settled("valda", ["kurs"]),
    )
    assert states(journey) == {"resa": "klar", "kurs": "vald"}


DEMANDING = a_pack(
    a_question("valda", "choices", options_from={"register": "ideer"},
               then=[{"move-records": "ideer", "to": "klar", "rest": "vilar", "from": ["ny"]}]),
)  # fmt: skip


def test_an_answer_moves_no_record_past_what_its_state_requires():
    journey = a_journey(
        DEMANDING, record_added("resa", dag="2027-01-01"), record_added("kurs"), record_added("ny")
    )
    event = settled("valda", ["resa", "kurs"])

    assert states(after(DEMANDING, journey, event)) == {"resa": "klar", "kurs": "ny", "ny": "vilar"}
    told = [one for one in effects(DEMANDING, journey, event) if isinstance(one, RecordsStay)]
    assert told == [RecordsStay(at("valda"), "ideer", "klar", ("kurs",))]


def test_nobody_hears_of_records_that_went_where_the_answer_said():
    journey = a_journey(DEMANDING, record_added("resa", dag="2027-01-01"))

    assert not any(
        isinstance(one, RecordsStay) for one in effects(DEMANDING, journey, settled("valda", ["resa"]))
    )


APPOINTING = a_pack(
    a_question("ledare", "person", then=[{"appoint": "ledare"}]),
    a_question("politiker", "person", then=[{"appoint": "politik"}]),
)


def leading(journey):
    return [member.person.id for member in leaders(APPOINTING, journey)]


def test_an_answer_appoints_the_person_and_takes_over_from_whoever_held_the_role():
    journey = a_journey(APPOINTING)
    event = contributed("ledare", ADA, BO.id)
    told = effects(APPOINTING, journey, event)

    assert Appoint(BO.id, "ledare") in told
    assert Relieve(ADA.id, "ledare") in told
    assert leading(after(APPOINTING, journey, event)) == [BO.id]


def test_a_role_is_given_by_somebody_who_may_settle_and_only_proposed_by_others():
    journey = a_journey(APPOINTING, contributed("ledare", BO, BO.id))
    assert (leading(journey), journey.item(at("ledare")).status) == ([ADA.id], "contributed")
    assert leading(after(APPOINTING, journey, settled("ledare"))) == [BO.id]


def test_a_changed_appointment_leaves_one_leader():
    journey = a_journey(
        APPOINTING, contributed("ledare", ADA, BO.id), contributed("ledare", BO, CIA.id, change=True)
    )
    assert leading(journey) == [CIA.id]


def test_nobody_gets_a_role_who_has_left():
    journey = a_journey(APPOINTING, contributed("politiker", BO, CIA.id))
    left = replace(journey, roster=replace(journey.roster, members=without(CIA), former=(CIA,)))

    assert refusal(APPOINTING, left, settled("politiker")) == "person-unknown"
    assert not refusal(APPOINTING, left, settled("politiker", BO.id))


def test_nor_does_whoever_leaves_while_the_group_consents_to_them():
    pack = a_pack(a_question("vem", "person", settle="consent", then=[{"appoint": "politik"}]))
    journey = a_journey(pack, contributed("vem", BO, CIA.id), round_opened("vem"))
    left = replace(journey, roster=replace(journey.roster, members=without(CIA), former=(CIA,)))

    ended = after(pack, left, *(voiced("vem", one) for one in (ADA, BO, PIA)))

    assert ended.item(at("vem")).value == CIA.id
    assert ended.roster.member(CIA.id) is None


def test_a_role_with_room_for_more_is_taken_from_nobody():
    journey = a_journey(APPOINTING, contributed("politiker", ADA, CIA.id))
    assert {one.person.id for one in journey.roster.holders("politik")} == {PIA.id, CIA.id}


@pytest.mark.parametrize(("answer", "state"), [("ja", "permanent"), ("nej", "temporary")])
def test_the_group_becomes_permanent_when_that_is_the_answer(answer, state):
    then = [{"group-state": "permanent", "when-answer": "ja"}]
    pack = a_pack(a_question("stanna", "choice", then=then))
    journey = a_journey(pack)
    event = settled("stanna", answer)

    assert after(pack, journey, event).group_state == state
    assert (GroupBecame("permanent") in effects(pack, journey, event)) is (state == "permanent")
