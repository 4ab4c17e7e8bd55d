"""An exercise in a journey: phases, pairs, rounds that are hidden first, and a result that is the same from paper."""

import pytest

from dialogs.effects import Ask, ExerciseBegan, ExerciseIsOver, PhaseIsOn, StepReady
from dialogs.events import ExerciseEnded, ExerciseStarted, PairsDrawn, PhaseBegan
from dialogs.flows.exercises import unheard
from dialogs.flows.fold import happen
from dialogs.flows.position import put_in_step
from dialogs.flows.rights import is_hidden, may_see, participants
from dialogs.model.answers import Address
from dialogs.model.exercise import Branch, Paired, Tree
from dialogs.model.people import Member, Person, PersonId
from dialogs.values.asking import Asking
from dialogs.values.exercise_result import result_of
from tests.dialogs.builders import (
    ADA,
    BO,
    CIA,
    MEMBERS,
    NOW,
    ROLES,
    TODAY,
    a_condition,
    a_journey,
    a_pack,
    a_phase,
    a_question,
    a_register,
    after,
    contributed,
    effects,
    moved,
    paused,
    record_added,
    record_changed,
    record_moved,
    refusal,
    resumed,
    settled,
    text,
)  # fmt: skip

INTERVIEWS = {
    "id": "intervjuer",
    "phases": [
        a_phase("fraga", form="pairs"),
        a_phase("beratta", a_question("berattat", who="each", visibility="after-round")),
        a_phase("samla", a_question("bilden", "list")),
    ],
    "result": {"kind": "pairs", "interviews": "berattat", "picture": "bilden"},
}
TREE = a_register(
    "orsaker",
    fields=[
        {"id": "namn", "kind": "text", "title": text("Orsak"), "required": True},
        {"id": "under", "kind": "reference", "register": "orsaker", "title": text("Under")},
        {"id": "ar", "kind": "number", "title": text("År")},
    ],
)
WHY = {
    "id": "varfor",
    "phases": [a_phase("fraga", a_question("orsak", "record", register="orsaker"))],
    "result": {"kind": "tree", "register": "orsaker", "under": "under", "root": "vald"},
}
PACK = a_pack(
    a_question("forst"), exercises=[INTERVIEWS, WHY], registers=[a_register(), TREE],
    gate={"must": [a_condition({"answered": "bilden"})]},
)  # fmt: skip


def start(exercise="intervjuer", by=ADA, **more):
    return ExerciseStarted(by=by.id, at=NOW, exercise=exercise, **more)


def go_on(by=ADA, exercise="intervjuer"):
    return PhaseBegan(by=by.id, at=NOW, exercise=exercise)


def end(exercise="intervjuer"):
    return ExerciseEnded(by=ADA.id, at=NOW, exercise=exercise)


def begun(*events):
    """Return a journey whose own question is settled, after *events*."""
    return a_journey(PACK, contributed("forst", ADA, "Ja"), settled("forst"), *events)


def result(journey, exercise="intervjuer", pack=PACK):
    return result_of(pack.exercise_of[exercise], Asking(pack, journey, "sv", TODAY))


def put(journey, pack=PACK):
    return [address.question for address in put_in_step(pack, journey, today=TODAY)]


def through_the_channel(journey):
    """Each answers in private, the facilitator moves on, the group makes its joint picture."""
    return after(
        PACK, journey, start(), go_on(),
        contributed("berattat", BO, "Möten i tid"), contributed("berattat", CIA, "Vi lyssnar"),
        contributed("berattat", ADA, "Korta beslut"), go_on(), contributed("bilden", BO, ["Det som håller är tiden"]), end(),
    )  # fmt: skip


def typed_in_from_paper(journey):
    """Whoever leads writes everything in afterwards, for everybody."""
    told = [(CIA, "Vi lyssnar"), (ADA, "Korta beslut"), (BO, "Möten i tid")]
    each = [contributed("berattat", ADA, said, person=who.id, id=f"papper-{who.id}") for who, said in told]
    return after(
        PACK, journey, start(held="room"), *each, contributed("bilden", ADA, ["Det som håller är tiden"]), end(),
    )  # fmt: skip


def test_what_an_exercise_asks_is_put_when_its_phase_has_begun():
    journey = begun()
    assert put(journey) == []
    journey = after(PACK, journey, start())
    assert put(journey) == []
    assert put(after(PACK, journey, go_on())) == ["berattat"]


def test_what_belongs_to_a_phase_that_has_not_begun_can_not_be_answered():
    journey = after(PACK, begun(), start())
    assert refusal(PACK, journey, contributed("berattat", BO, "För tidigt")) == "question-not-asked"
    assert refusal(PACK, begun(), contributed("bilden", BO, ["För tidigt"])) == "question-not-asked"


def test_the_group_is_told_of_each_phase_and_then_asked():
    journey = begun()
    assert effects(PACK, journey, start()) == (ExerciseBegan("intervjuer"), PhaseIsOn("intervjuer", "fraga"))
    journey = after(PACK, journey, start())
    assert effects(PACK, journey, go_on()) == (
        PhaseIsOn("intervjuer", "beratta"),
        Ask(Address("berattat")),
    )


def test_a_hidden_round_is_shown_when_all_have_answered():
    journey = after(PACK, begun(), start(), go_on(), contributed("berattat", BO, "Ett"))
    question = PACK.places["berattat"].question
    assert is_hidden(question, journey.item(Address("berattat")))
    assert not may_see(PACK, journey, question, journey.item(Address("berattat")), ADA.id)
    assert result(journey) == Paired((), ())

    journey = after(PACK, journey, contributed("berattat", CIA, "Två"), contributed("berattat", ADA, "Tre"))
    assert not is_hidden(question, journey.item(Address("berattat")))
    assert result(journey).told == (("Ada Ek", ("Tre",)), ("Bo Dahl", ("Ett",)), ("Cia Berg", ("Två",)))


def test_a_hidden_round_is_shown_when_whoever_leads_moves_on():
    journey = after(PACK, begun(), start(), go_on(), contributed("berattat", BO, "Ett"), go_on())
    assert result(journey).told == (("Bo Dahl", ("Ett",)),)
    assert journey.item(Address("berattat")).status == "settled"


def test_what_nobody_has_answered_waits_when_the_exercise_moves_on():
    journey = after(PACK, begun(), start(), go_on(), go_on())
    assert put(journey) == ["berattat", "bilden"]


def test_the_channel_and_the_paper_leave_the_same_result():
    by_channel, by_paper = through_the_channel(begun()), typed_in_from_paper(begun())
    assert result(by_channel) == result(by_paper)
    assert result(by_channel) == Paired(
        (("Ada Ek", ("Korta beslut",)), ("Bo Dahl", ("Möten i tid",)), ("Cia Berg", ("Vi lyssnar",))),
        ("Det som håller är tiden",),
    )
    assert by_channel.item(Address("bilden")).value == by_paper.item(Address("bilden")).value


def test_it_ends_by_showing_what_came_of_it_and_then_the_gate():
    journey = after(PACK, begun(), start(), go_on(), go_on())
    journey = after(PACK, journey, contributed("berattat", BO, "Ett"), settled("berattat"))
    journey = after(PACK, journey, contributed("bilden", BO, ["Bild"]))
    found = effects(PACK, journey, end())
    assert ExerciseIsOver("intervjuer") in found
    assert found[-1] == StepReady("ett")


def test_nobody_comes_to_the_gate_while_an_exercise_is_on():
    journey = a_journey(PACK, contributed("forst", ADA, "Ja"), start())
    assert StepReady("ett") not in effects(PACK, journey, settled("forst"))


@pytest.mark.parametrize(
    ("events", "event", "key"),
    [
        ((), start(by=BO), "only-leader"),
        ((), start("nagot-annat"), "exercise-unknown"),
        ((), go_on(), "exercise-is-not-on"),
        ((start(),), start(), "exercise-is-on"),
        ((start(),), start("varfor"), "another-exercise-is-on"),
        ((start(), end()), end(), "exercise-is-not-on"),
        ((start(), go_on(), go_on()), go_on(), "exercise-has-no-more"),
        ((start(held="room"),), go_on(), "exercise-has-no-more"),
        ((start(),), go_on(by=CIA), "only-leader"),
    ],
)
def test_what_can_not_be_done_is_said(events, event, key):
    assert refusal(PACK, begun(*events), event) == key


def test_it_waits_while_the_group_pauses_and_goes_on_where_it_was():
    journey = after(PACK, begun(), start(), go_on(), paused())
    assert refusal(PACK, journey, go_on()) == "journey-is-paused"
    assert refusal(PACK, after(PACK, journey, resumed()), go_on()) == ""


def test_an_exercise_waits_for_what_it_builds_on():
    must = {**WHY, "must": [a_condition({"answered": "forst"})]}
    pack = a_pack(a_question("forst"), exercises=[must], registers=[a_register(), TREE])
    journey = a_journey(pack)
    assert refusal(pack, journey, start("varfor")) == "exercise-must"
    journey = after(pack, journey, contributed("forst", ADA, "Ja"), settled("forst"))
    assert refusal(pack, journey, start("varfor")) == ""


def test_the_same_event_draws_the_same_pairs_and_a_new_draw_others():
    journey = begun()
    first = moved(PACK, journey, start()).journey.exercises["intervjuer"].pairs
    assert first == moved(PACK, journey, start()).journey.exercises["intervjuer"].pairs
    assert sorted(person for pair in first for person in pair) == [ADA.id, BO.id, CIA.id]

    journey = after(PACK, journey, start())
    drawn = {
        after(PACK, journey, *[PairsDrawn(by=ADA.id, at=NOW, exercise="intervjuer")] * times)
        .exercises["intervjuer"].pairs
        for times in range(1, 12)
    }  # fmt: skip
    assert len(drawn) > 1


def test_the_journal_remembers_the_pairs():
    advance = moved(PACK, begun(), start())
    [event] = advance.events
    assert event.pairs == advance.journey.exercises["intervjuer"].pairs
    assert happen(PACK, begun(), event).exercises == advance.journey.exercises


def test_pairs_go_across_the_parties():
    roles = [*ROLES, {"id": "ag", "side": "employer"}, {"id": "at", "side": "employees"}]
    pack = a_pack(a_question("forst"), exercises=[INTERVIEWS], roles=roles)
    people = [Person(PersonId(f"p{n}"), f"P{n}") for n in range(7)]
    members = [Member(one, ("ag" if n < 3 else "at",)) for n, one in enumerate(people)]
    journey = a_journey(pack, members=[Member(ADA, ("ledare",)), *members])
    pairs = moved(pack, journey, start()).journey.exercises["intervjuer"].pairs
    employer = {one.id for one in people[:3]}
    mixed = [pair for pair in pairs if employer & set(pair) and not employer.issuperset(pair)]
    assert len(mixed) >= 3
    assert [len(pair) for pair in pairs] == [2, 2, 2, 2]


def test_who_leads_without_taking_part_is_not_paired_or_waited_for():
    roles = [{**one, "takes-part": False} if one["id"] == "ledare" else one for one in ROLES]
    pack = a_pack(a_question("forst"), exercises=[INTERVIEWS], roles=roles)
    journey = a_journey(pack, members=[Member(ADA, ("ledare",)), *MEMBERS[1:3]])
    assert [one.person for one in participants(pack, journey)] == [BO, CIA]
    assert moved(pack, journey, start()).journey.exercises["intervjuer"].pairs in (
        ((BO.id, CIA.id),), ((CIA.id, BO.id),),
    )  # fmt: skip


def test_one_alone_can_not_be_paired():
    journey = a_journey(PACK, members=[Member(ADA, ("ledare", "grupp"))])
    assert refusal(PACK, journey, start()) == "too-few-for-pairs"


def test_it_is_known_who_has_not_been_heard():
    exercise = PACK.exercise_of["intervjuer"]
    journey = after(PACK, begun(), start(), go_on(), contributed("berattat", BO, "Ett"))
    assert [one.person for one in unheard(PACK, journey, exercise)] == [ADA, CIA]


def test_causes_make_a_tree_with_its_root_marked():
    journey = after(
        PACK, begun(), start("varfor"),
        record_added("sen", question="orsak", register="orsaker"),
        record_added("stress", question="orsak", register="orsaker", under="sen"),
        record_added("plan", question="orsak", register="orsaker", under="stress"),
        record_added("buss", question="orsak", register="orsaker", under="sen"),
        record_moved("plan", "vald", by=ADA, register="orsaker"),
    )  # fmt: skip
    assert result(journey, "varfor") == Tree(
        (Branch("Sen", False, (Branch("Stress", False, (Branch("Plan", True),)), Branch("Buss"))),)
    )


def test_causes_that_point_at_each_other_are_shown_once_each():
    journey = after(
        PACK, begun(), start("varfor"),
        record_added("ett", question="orsak", register="orsaker"),
        record_added("tva", question="orsak", register="orsaker", under="ett"),
        record_added("tre", question="orsak", register="orsaker", under="tva"),
        record_changed("ett", by=ADA, register="orsaker", under="tva"),
    )  # fmt: skip
    assert result(journey, "varfor") == Tree((Branch("Ett"), Branch("Tva", False, (Branch("Tre"),))))
