"""Where a journey stands: what is asked, what is put, what waits, and how it re-routes by itself."""

from dataclasses import replace

from dialogs.effects import Ask, MarkedForReview, StepReady
from dialogs.flows.position import gate, number_of
from dialogs.model.people import Unit, UnitId
from tests.dialogs.builders import (
    ADA,
    BO,
    CIA,
    TODAY,
    a_journey,
    a_pack,
    a_question,
    after,
    asked_in,
    at,
    contributed,
    effects,
    put_now,
    record_added,
    record_moved,
    refusal,
    reopened,
    reviewed,
    settled,
    skipped,
    went_on,
    without,
)  # fmt: skip

FOUR = [a_question(id) for id in ("a", "b", "c", "d")]


def test_one_question_is_put_at_a_time():
    pack = a_pack(*FOUR)
    assert put_now(pack, a_journey(pack)) == ["a"]


def test_the_next_question_is_put_when_the_first_is_settled():
    pack = a_pack(*FOUR)
    journey = a_journey(pack)

    assert Ask(at("b")) in effects(pack, journey, settled("a", "så"))
    assert put_now(pack, after(pack, journey, settled("a", "så"))) == ["b"]


def test_who_goes_on_leaves_the_question_waiting_in_front_of_the_next():
    pack = a_pack(*FOUR)
    assert put_now(pack, a_journey(pack, went_on("a"))) == ["a", "b"]


def test_at_most_three_questions_are_put_at_once():
    pack = a_pack(*FOUR)
    journey = a_journey(pack, went_on("a"), went_on("b"))

    assert put_now(pack, journey) == ["a", "b", "c"]
    assert refusal(pack, journey, went_on("c")) == "too-many-open"


def test_a_group_may_have_more_or_fewer_questions_at_once():
    pack = a_pack(*FOUR)
    assert refusal(pack, a_journey(pack, at_once=1), went_on("a")) == "too-many-open"
    assert put_now(pack, a_journey(pack, went_on("a"), went_on("b"), went_on("c"), at_once=4)) == [
        "a",
        "b",
        "c",
        "d",
    ]


def test_a_waiting_question_that_is_answered_makes_room():
    pack = a_pack(*FOUR)
    journey = a_journey(pack, went_on("a"), went_on("b"), settled("a", "så"))

    assert put_now(pack, journey) == ["b", "c"]
    assert refusal(pack, journey, went_on("c")) == ""


def test_a_question_that_waited_and_was_settled_is_put_first_when_it_is_reopened():
    pack = a_pack(*FOUR)
    assert put_now(pack, a_journey(pack, went_on("a"), settled("a", "så"), reopened("a"))) == ["a"]


def test_an_optional_question_is_never_put_and_never_counted():
    pack = a_pack(a_question("extra", optional=True), a_question("a"))
    journey = a_journey(pack)

    assert put_now(pack, journey) == ["a"]
    assert journey.page("ett").asked == 1
    assert StepReady("ett") in effects(pack, journey, settled("a", "så"))


def test_an_optional_question_can_be_answered_all_the_same():
    pack = a_pack(a_question("extra", optional=True), a_question("a"))
    journey = a_journey(pack, settled("extra", "gärna"))
    assert journey.item(at("extra")).value == "gärna"
    assert journey.page("ett").done == 0


def test_a_paused_group_has_nothing_before_it():
    pack = a_pack(*FOUR)
    assert put_now(pack, replace(a_journey(pack), state="paused")) == []


def test_a_question_is_put_about_each_unit():
    pack = a_pack(a_question("lage", for_each={"units": "all"}), a_question("vem", who="each-unit"))
    assert asked_in(pack, a_journey(pack)) == [
        "lage@unit:skola",
        "lage@unit:vard",
        "vem@unit:skola",
        "vem@unit:vard",
    ]


def test_a_new_unit_is_asked_about_too():
    pack = a_pack(a_question("lage", for_each={"units": "all"}))
    journey = a_journey(pack, settled("lage@unit:skola", "bra"), settled("lage@unit:vard", "bra"))
    grown = replace(
        journey, roster=replace(journey.roster, units=(*journey.roster.units, Unit(UnitId("k"), "Kultur")))
    )

    assert put_now(pack, journey) == []
    assert put_now(pack, grown) == ["lage@unit:k"]


def test_a_question_is_put_about_each_member_of_a_role():
    pack = a_pack(a_question("tid", for_each={"members": "grupp"}))
    assert asked_in(pack, a_journey(pack)) == ["tid@person:ada", "tid@person:bo", "tid@person:cia"]


def test_each_member_means_the_working_group_not_whoever_comes_from_outside():
    pack = a_pack(a_question("tid", for_each={"members": "all"}))
    assert asked_in(pack, a_journey(pack)) == ["tid@person:ada", "tid@person:bo", "tid@person:cia"]


def test_a_question_is_put_about_each_record_that_is_so():
    chosen = {"equals": {"field": "state", "to": "vald"}}
    pack = a_pack(a_question("mal", for_each={"register": "ideer", "where": chosen}))
    journey = a_journey(pack, record_added("resa"), record_added("kurs"))

    assert asked_in(pack, journey) == []
    assert asked_in(pack, after(pack, journey, record_moved("kurs", "vald"))) == ["mal@record:kurs"]


def test_a_rule_about_the_same_unit_looks_at_that_unit_alone():
    pack = a_pack(
        a_question("med", "choice", who="each-unit"),
        a_question("hur", who="each-unit", when={"equals": {"question": "med", "to": "ja"}}),
    )
    journey = a_journey(pack, contributed("med@unit:skola", ADA, "ja"), settled("med@unit:skola"))

    assert "hur@unit:skola" in asked_in(pack, journey)
    assert "hur@unit:vard" not in asked_in(pack, journey)


def test_a_rule_about_the_group_holds_for_every_unit():
    pack = a_pack(
        a_question("med", "choice"),
        a_question("hur", who="each-unit", when={"equals": {"question": "med", "to": "ja"}}),
    )
    assert asked_in(pack, a_journey(pack, settled("med", "ja"))) == ["med", "hur@unit:skola", "hur@unit:vard"]


def a_branching_pack():
    return a_pack(
        a_question("med", "choice"),
        a_question("varfor", when={"equals": {"question": "med", "to": "nej"}}),
        a_question("hur", when={"equals": {"question": "med", "to": "ja"}}),
    )


def test_the_answer_decides_what_is_asked_next():
    pack = a_branching_pack()
    assert put_now(pack, a_journey(pack, settled("med", "ja"))) == ["hur"]
    assert put_now(pack, a_journey(pack, settled("med", "nej"))) == ["varfor"]


def test_a_changed_early_answer_re_routes_by_itself():
    pack = a_branching_pack()
    journey = a_journey(pack, settled("med", "ja"), settled("hur", "med alla"), settled("med", "nej"))
    assert asked_in(pack, journey) == ["med", "varfor"]


def test_what_built_on_a_changed_answer_is_marked_and_never_deleted():
    pack = a_branching_pack()
    journey = a_journey(pack, settled("med", "ja"), settled("hur", "med alla"))
    change = settled("med", "nej")

    item = after(pack, journey, change).item(at("hur"))

    assert MarkedForReview((at("hur"),), at("med")) in effects(pack, journey, change)
    assert (item.status, item.review, item.value) == ("review", "med", "med alla")


def test_an_answer_that_is_left_out_after_all_marks_what_built_on_it():
    pack = a_branching_pack()
    journey = a_journey(
        pack, settled("med", "ja"), settled("hur", "med alla"), reopened("med"), skipped("med")
    )
    assert journey.item(at("hur")).status == "review"


def test_the_same_answer_again_marks_nothing():
    pack = a_branching_pack()
    journey = a_journey(pack, settled("med", "ja"), settled("hur", "med alla"), settled("med", "ja"))
    assert journey.item(at("hur")).status == "settled"


def test_a_marked_answer_is_still_done_and_can_be_said_to_hold():
    pack = a_branching_pack()
    journey = a_journey(pack, settled("med", "ja"), settled("hur", "med alla"), settled("med", "nej"))

    assert journey.item(at("hur")).done
    assert after(pack, journey, reviewed("hur")).item(at("hur")).status == "settled"


def test_an_answer_comes_back_with_the_question_that_asks_for_it():
    pack = a_branching_pack()
    journey = a_journey(
        pack, settled("med", "ja"), settled("hur", "med alla"), settled("med", "nej"), settled("med", "ja")
    )
    assert put_now(pack, journey) == []
    assert journey.item(at("hur")).value == "med alla"


def test_what_was_built_on_by_a_suggestion_is_marked_too():
    pack = a_pack(a_question("a"), a_question("b", suggest_from=[{"question": "a"}]))
    journey = a_journey(pack, settled("a", "ett"), settled("b", "två"), settled("a", "tre"))
    assert journey.item(at("b")).status == "review"


def test_a_gate_question_is_put_once_at_every_step():
    track = {"id": "mal", "gate-questions": [a_question("stammer")]}
    pack = a_pack(a_question("a"), after=[a_question("b")], tracks=[track])
    journey = a_journey(pack, settled("a", "så"))

    assert put_now(pack, journey) == ["stammer@step:ett"]
    assert asked_in(pack, journey, "tva") == ["b", "stammer@step:tva"]


def test_a_tracks_question_stands_in_its_steps_company():
    track = {"id": "mal", "asked": [{"with-step": "tva", "questions": [a_question("bild")]}]}
    pack = a_pack(a_question("a"), after=[a_question("b")], tracks=[track])
    assert asked_in(pack, a_journey(pack), "tva") == ["b", "bild"]


def test_a_question_has_a_number_and_each_subject_a_number_of_its_own():
    track = {"id": "mal", "gate-questions": [a_question("stammer")]}
    pack = a_pack(a_question("a"), a_question("lage", for_each={"units": "all"}), tracks=[track])
    journey = a_journey(pack)

    told = [number_of(pack, journey, at(one)) for one in ("a", "lage@unit:vard", "stammer@step:tva")]

    assert told == ["1.1", "1.2.2", "A.1.2"]


def test_the_counters_say_how_much_is_done():
    pack = a_pack(*FOUR)
    journey = a_journey(pack, settled("a", "så"), skipped("b"))
    assert (journey.page("ett").done, journey.page("ett").asked) == (2, 4)


def test_the_counters_follow_whoever_leaves():
    pack = a_pack(a_question("tid", for_each={"members": "grupp"}))
    assert a_journey(pack).page("ett").asked == 3
    assert a_journey(pack, members=without(CIA)).page("ett").asked == 2


def test_the_gate_says_what_is_open_missing_and_worth_a_thought():
    rule = {"rule": {"answered": "a"}, "say": {"sv": "Svara", "en": "Answer"}}
    pack = a_pack(a_question("a"), gate={"must": [rule], "warn": [rule]})

    before = gate(pack, a_journey(pack), "ett", today=TODAY)
    then = gate(pack, a_journey(pack, contributed("a", BO, "så"), settled("a")), "ett", today=TODAY)

    assert (before.open, len(before.missing), len(before.warnings), before.ready) == ((at("a"),), 1, 1, False)
    assert (then.open, then.missing, then.warnings, then.ready) == ((), (), (), True)
