"""What stands against an event: each kind is accepted where it should be, and each refusal has its cause."""

import re
from inspect import getsource

import pytest

from content.schema.cycle import Checkpoint
from dialogs.events import (
    CheckpointClosed,
    CheckpointMoved,
    CheckpointOpened,
    Contributed,
    EntryChosen,
    Event,
    Marked,
)
from dialogs.flows import checks, item_checks, record_checks, undecided
from dialogs.model.people import Person
from tests.dialogs.builders import (
    ADA,
    BO,
    CIA,
    KARL,
    MEMBERS,
    NOW,
    PIA,
    STRANGER,
    TODAY,
    ULLA,
    Member,
    a_condition,
    a_journey,
    a_pack,
    a_question,
    a_register,
    anonymously,
    at,
    contributed,
    drafted,
    feedback,
    later,
    paused,
    record_added,
    record_changed,
    record_moved,
    refusal,
    reopened,
    resumed,
    reviewed,
    round_closed,
    round_opened,
    settled,
    signed,
    skipped,
    step_reopened,
    text,
    voiced,
    went_on,
    with_roles,
    withdrawn,
)  # fmt: skip

PACK = a_pack(
    a_question("a"),
    a_question("tal", "number"),
    a_question("samtycke", settle="consent"),
    a_question("alla", who="each"),
    a_question("anonym", who="each", visibility="anonymous"),
    a_question("privat", visibility="leader-and-coach"),
    a_question("ledning", who={"roles": ["ledning"]}),
    a_question("lova", "commitment"),
    a_question("ide", "record"),
    a_question("bara-ja", when={"answered": "tal"}),
    after=[a_question("sist")],
)
GATED = a_pack(
    a_question("a", never_skip=True), gate={"must": [a_condition({"answered": "b"})]}, after=[a_question("b")]
)
BOUND = a_pack(a_question("a", never_skip=True), after=[a_question("b")])
WEIGHED = a_pack(registers=(a_register(
    states=[{"id": "ny", "title": text("Ny")},
            {"id": "klar", "title": text("Klar"), "must": [a_condition({"criteria": "must"})]}],
    criteria=[{"id": "dagen", "title": text("Dagen"), "level": "must", "rule": {"filled": "dag"}}],
),))  # fmt: skip
DECIDED = a_pack(
    a_question("beslut", "decision", right="styrelsens"),
    registers=(a_register(
        fields=[{"id": "namn", "kind": "text", "title": text("Namn")}, {"id": "organ", "kind": "body", "title": text("O")},
                {"id": "dag", "kind": "date", "title": text("Dag")}],
        decision={"body": "organ", "date": "dag"}, states=[{"id": one, "title": text(one)} for one in ("ny", "vald", "vilar", "klar")],
    ),),
    decides=(
        {"id": "styrelsens", "by": "board", "records": {"register": "ideer", "to": ["vald"]}},
        {"id": "namndens", "by": "committee", "records": {"register": "ideer", "to": ["vilar"]}},
        {"id": "politikens", "role": "politik", "records": {"register": "ideer", "to": ["klar"]}},
    ),
)  # fmt: skip
SAID_AMONG = a_pack(registers=(a_register(
    fields=[{"id": "namn", "kind": "text", "title": text("Namn")}, {"id": "med", "kind": "person", "title": text("Med")},
            {"id": "sagt", "kind": "text", "title": text("Sagt"), "seen-by": {"field": "med"}}],
),))  # fmt: skip
APPOINTING = a_pack(a_question("vem", "person", then=[{"appoint": "politik"}]))
SHORT = a_pack(a_question("a"), after=[a_question("b")])

A = contributed("a", BO, "ett")
OBJECTED = [
    round_opened("samtycke", "ett"), voiced("samtycke", BO, "object", "nej"),
    *(voiced("samtycke", who) for who in (ADA, CIA, PIA)),
]  # fmt: skip
OBJECTED_TO_A = [
    round_opened("a", "ett"), voiced("a", BO, "object", "nej"), *(voiced("a", who) for who in (ADA, CIA, PIA))
]  # fmt: skip


def unknown(event: Event) -> Event:
    return event.__class__(**{**_fields(event), "address": at("finns-inte")})


def _fields(event):
    return {name: getattr(event, name) for name in event.__dataclass_fields__}


# refusal key, what has happened, what somebody tries, what differs from the usual journey
REFUSED = [
    ("not-a-member", [], contributed("a", STRANGER, "hej"), {}),
    ("not-a-member", [], contributed("a", BO, "hej", person=STRANGER.id), {}),
    ("not-a-member", [], signed(by=STRANGER), {}),
    ("journey-is-closed", [], A, {"state": "closed"}),
    ("journey-is-paused", [], settled("a", "så"), {"state": "paused"}),
    ("journey-is-paused", [], voiced("a", BO), {"state": "paused"}),
    ("journey-is-paused", [], paused(), {"state": "paused"}),
    ("journey-is-not-paused", [], resumed(), {}),
    ("only-leader", [], paused(by=BO), {}),
    ("only-leader", [], resumed(by=BO), {"state": "paused"}),
    ("question-unknown", [], unknown(A), {}),
    ("question-not-asked", [], contributed("bara-ja", BO, "nej"), {}),
    ("question-not-asked", [], contributed("a@unit:skola", BO, "nej"), {}),
    ("question-not-asked", [], anonymously("a", BO, "hemligt", id="x"), {}),
    ("question-not-asked", [], contributed("anonym", BO, "öppet"), {}),
    ("not-yours-to-answer", [], contributed("a", KARL, "råd"), {}),
    ("not-yours-to-answer", [], contributed("ledning", BO, "hej"), {}),
    ("not-yours-to-answer", [], contributed("alla", PIA, "hej"), {}),
    ("not-yours-to-answer", [], contributed("a", KARL, "för Bo", person=BO.id), {}),
    ("not-yours-to-answer", [], contributed("a", BO, "för coachen", person=KARL.id), {}),
    ("not-for-others", [], contributed("privat", ADA, "för Bo", person=BO.id), {}),
    ("not-your-answer", [A], contributed("a", CIA, "mitt", replaces="bo-a"), {}),
    ("already-answered", [contributed("tal", BO, 1)], contributed("tal", CIA, 2), {}),
    ("round-of-answers-closed", [anonymously("anonym", BO, "x", id="k"), settled("anonym")],
     anonymously("anonym", CIA, "y", id="l"), {}),
    ("round-of-answers-closed", [anonymously("anonym", BO, "x", id="k"), settled("anonym")],
     withdrawn("anonym", BO, "k"), {}),
    ("nothing-to-withdraw", [A], withdrawn("a", BO, "annat"), {}),
    ("not-your-answer", [A], withdrawn("a", CIA, "bo-a"), {}),
    ("only-leader", [], drafted("a", BO, "utkast"), {}),
    ("round-is-open", [round_opened("samtycke", "ett")], drafted("samtycke", ADA, "två"), {}),
    ("needs-confirming", [], drafted("lova", ADA, ["tid"]), {}),
    ("collected-not-written", [], drafted("alla", ADA, "allt"), {}),
    ("only-leader", [A], settled("a", by=BO), {}),
    ("round-is-open", [round_opened("a", "ett")], settled("a", "två"), {}),
    ("already-settled", [settled("a", "så")], settled("a"), {}),
    ("needs-confirming", [], settled("lova", ["tid"]), {}),
    ("collected-not-written", [], settled("alla", "allt"), {}),
    ("needs-round", [], settled("samtycke", "ett"), {}),
    ("needs-round", [], settled("samtycke", "ett", how="despite-objection"), {}),
    ("no-objection-to-note", [], settled("a", "ett", how="despite-objection"), {}),
    ("objected-to", OBJECTED_TO_A, settled("a", "ett"), {}),
    ("already-settled", [settled("a", "så")], settled("a", "så", how="despite-objection"), {}),
    ("nothing-to-settle", [], settled("a"), {}),
    ("nothing-to-settle", [], settled("alla"), {}),
    ("nothing-to-settle", [], settled("ide"), {}),
    ("nothing-to-settle", [], round_opened("samtycke"), {}),
    ("only-leader", [], round_opened("samtycke", "ett", by=BO), {}),
    ("round-is-open", [round_opened("samtycke", "ett")], round_opened("samtycke", "två"), {}),
    ("no-round-here", [], round_opened("alla", "ett"), {}),
    ("no-round-here", [], round_opened("ide", "ett"), {}),
    ("no-round-here", [], round_opened("lova", ["tid"]), {}),
    ("day-has-been", [], round_opened("samtycke", "ett", last_day=TODAY.replace(day=1)), {}),
    ("no-round", [], voiced("samtycke", BO), {}),
    ("no-round", OBJECTED, voiced("samtycke", BO), {}),
    ("no-round", [], round_closed("samtycke"), {}),
    ("voiced-already", [round_opened("samtycke", "ett"), voiced("samtycke", BO)], voiced("samtycke", BO), {}),
    ("no-voice", [round_opened("samtycke", "ett")], voiced("samtycke", KARL), {}),
    ("objection-needs-reason", [round_opened("samtycke", "ett")], voiced("samtycke", BO, "object", "  "), {}),
    ("only-leader", [round_opened("samtycke", "ett")], round_closed("samtycke", by=BO), {}),
    ("only-leader-skips", [], skipped("a", by=BO), {}),
    ("skip-needs-reason", [], skipped("a", reason=" "), {}),
    ("already-answered", [settled("a", "så")], skipped("a"), {}),
    ("already-skipped", [skipped("a")], skipped("a"), {}),
    ("round-is-open", [round_opened("samtycke", "ett")], skipped("samtycke"), {}),
    ("only-leader", [settled("a", "så")], reopened("a", by=BO), {}),
    ("question-is-open", [], reopened("a"), {}),
    ("reopen-needs-reason", [settled("a", "så")], reopened("a", reason=""), {}),
    ("nothing-to-review", [settled("a", "så")], reviewed("a"), {}),
    ("only-leader", [], went_on("a", by=BO), {}),
    ("nothing-to-go-on-from", [went_on("a")], went_on("a"), {}),
    ("nothing-to-go-on-from", [settled("a", "så")], went_on("a"), {}),
    ("too-many-open", [went_on("a"), went_on("tal")], went_on("samtycke"), {}),
    ("only-coach", [], feedback("a", by=BO), {}),
    ("question-unknown", [], feedback("finns-inte"), {}),
    ("feedback-how", [], feedback("a", text=" "), {}),
    ("register-unknown", [], record_added("resa", register="finns-inte"), {}),
    ("not-yours-to-add", [], record_added("resa", by=KARL), {}),
    ("not-yours-to-answer", [], record_added("resa", by=KARL, question="ide"), {}),
    ("record-unknown", [], record_changed("finns-inte", namn="Ny"), {}),
    ("only-leader", [record_added("resa")], record_changed("resa", by=KARL, namn="Ny"), {}),
    ("record-unknown", [], record_moved("finns-inte", "vald"), {}),
    ("record-unknown", [record_added("resa")], record_moved("resa", "finns-inte"), {}),
    ("must-first", [record_added("resa")], record_moved("resa", "klar"), {}),
    ("only-leader", [record_added("resa")], record_moved("resa", "vald", by=KARL), {}),
    ("step-unknown", [], signed("finns-inte"), {}),
    ("step-not-reached", [], signed("tva"), {}),
    ("only-leader", [], signed(by=BO), {}),
    ("step-is-open", [], step_reopened(), {}),
]  # fmt: skip

OFFERED = a_pack(
    a_question(
        "tar", "choice", settle="consent", for_each={"register": "ideer"}, yes={"proposes": "ja"},
        then=[{"set-field": "dag"}],
    ),
)  # fmt: skip


YEARLY = a_pack(a_question("a"), a_question("b")).model_copy(update={"cycle": (Checkpoint.model_validate({
    "id": "planen", "title": text("Planen"), "why": text("Därför"), "do": text("Gör"),
    "when": {"kind": "term-start", "of": "board"}, "questions": [a_question("del", who="each-unit")],
}),)})  # fmt: skip
OF_PLAN = {"checkpoint": "planen", "subject": "", "period": "2027", "at": NOW}
OPENED = CheckpointOpened(by=ADA.id, due=TODAY, **OF_PLAN)


def closed(how: str, *, by: Person = ADA, **more: str) -> CheckpointClosed:
    return CheckpointClosed(by=by.id, how=how, **OF_PLAN, **more)


def of_another(event: Event) -> Event:
    return event.__class__(**{**_fields(event), "checkpoint": "finns-inte"})


REFUSED_ELSEWHERE = [
    ("person-unknown", APPOINTING, [], settled("vem", "somebody who has left")),
    ("entry-unknown", PACK, [], EntryChosen(by=ADA.id, at=NOW, entry="finns-inte")),
    ("entry-too-late", SHORT, [settled("a", "så"), signed()], EntryChosen(by=ADA.id, at=NOW, entry="nystart")),
    ("checkpoint-unknown", YEARLY, [], of_another(OPENED)),
    ("checkpoint-unknown", YEARLY, [], of_another(closed("retired"))),
    ("checkpoint-is-open", YEARLY, [OPENED], OPENED),
    ("checkpoint-not-open", YEARLY, [], closed("left", note="hann inte")),
    ("checkpoint-not-open", YEARLY, [], CheckpointMoved(by=ADA.id, due=TODAY, **OF_PLAN)),
    ("checkpoint-not-yours", YEARLY, [OPENED], closed("left", by=BO, note="hann inte")),
    ("not-a-member", YEARLY, [OPENED], closed("left", by=STRANGER, note="hann inte")),
    ("checkpoint-parts-missing", YEARLY, [OPENED], closed("done")),
    ("checkpoint-needs-reason", YEARLY, [OPENED], closed("left", note=" ")),
    ("never-skip", GATED, [], skipped("a")),
    ("criteria-first", WEIGHED, [record_added("resa")], record_moved("resa", "klar")),
    ("decision-first-by", DECIDED, [record_added("resa")], record_moved("resa", "vald")),
    ("decision-first", DECIDED, [record_added("resa")], record_moved("resa", "vilar")),
    ("decision-by-another", DECIDED, [record_added("resa", organ="kf", dag="2026-01-01")], record_moved("resa", "vald")),
    ("decision-not-yet", DECIDED, [record_added("resa", organ="ks", dag="2027-01-01")], record_moved("resa", "vald")),
    ("decision-by-role", DECIDED, [record_added("resa")], record_moved("resa", "klar")),
    ("decision-by-another", DECIDED, [], contributed("beslut", ADA, {"body": "kf", "date": "2026-01-01", "what": "Ja"})),
    ("must-first", GATED, [settled("a", "så")], signed()),
    ("not-present", SAID_AMONG, [record_added("mote", med=BO.id)], record_changed("mote", by=ADA, sagt="Nej")),
    ("not-present", SAID_AMONG, [record_added("mote", med=BO.id)], record_changed("mote", by=ADA, med=ADA.id)),
    ("group-said-no", OFFERED, [record_added("resa")], settled("tar@record:resa", how="despite-objection")),
    ("only-leader", OFFERED, [record_added("resa")], round_opened("tar@record:resa", by=BO)),
    ("written-by-the-group", OFFERED, [record_added("resa")], record_changed("resa", dag="2027-01-01")),
    ("never-left", BOUND, [], signed()),
    ("step-is-signed", SHORT, [settled("a", "så"), signed()], signed()),
    ("only-leader", SHORT, [settled("a", "så"), signed()], step_reopened(by=BO)),
    ("only-leader", a_pack(a_question("a"), a_question("b", suggest_from=[{"question": "a"}])),
     [settled("a", "1"), settled("b", "2"), settled("a", "3")], reviewed("b", by=BO)),
]  # fmt: skip


def _told(case):
    key, *_, event = case[:4] if isinstance(case[2], list) else case[:3]
    return f"{key}-{event.kind}"


@pytest.mark.parametrize(("key", "happened", "event", "journey"), REFUSED, ids=map(_told, REFUSED))
def test_what_cannot_be_is_refused_with_its_reason(key, happened, event, journey):
    assert refusal(PACK, a_journey(PACK, *happened, **journey), event) == key


@pytest.mark.parametrize(
    ("key", "pack", "happened", "event"), REFUSED_ELSEWHERE, ids=map(_told, REFUSED_ELSEWHERE)
)
def test_steps_and_gates_refuse_with_their_reason(key, pack, happened, event):
    assert refusal(pack, a_journey(pack, *happened), event) == key


REFUSING = (checks, item_checks, record_checks, undecided)


def test_every_refusal_that_there_is_stands_in_these_tables():
    there = set(re.findall(r'Problem\(\s*"([a-z-]+)"', "".join(map(getsource, REFUSING))))
    assert there == {case[0] for case in (*REFUSED, *REFUSED_ELSEWHERE)}


ACCEPTED = [
    ([], A),
    ([], contributed("a", PIA, "en politiker är med")),
    ([], contributed("ledning", ADA, "ingen är utsedd, så ledaren svarar")),
    ([], anonymously("anonym", BO, "hemligt", id="k")),
    ([], contributed("a", ADA, "bos ord", person=BO.id)),
    ([], contributed("sist", BO, "i förväg")),
    ([A], withdrawn("a", BO, "bo-a")),
    ([], drafted("a", ADA, "utkast")),
    ([A], settled("a")),
    ([], settled("a", "utan inspel")),
    (OBJECTED, settled("samtycke", how="despite-objection")),
    ([], round_opened("samtycke", "ett")),
    ([], round_opened("a", "ett", last_day=TODAY)),
    ([round_opened("samtycke", "ett")], voiced("samtycke", PIA)),
    ([round_opened("samtycke", "ett")], round_closed("samtycke")),
    ([round_opened("samtycke", "ett", last_day=TODAY)], round_closed("samtycke", by=STRANGER, at=later(1))),
    ([], skipped("a")),
    ([skipped("a")], reopened("a")),
    ([], went_on("a")),
    ([], record_added("resa")),
    ([], record_added("resa", question="ide")),
    ([record_added("resa")], record_changed("resa", dag="2027-01-01")),
    ([record_added("resa", dag="2027-01-01")], record_moved("resa", "klar")),
    ([], signed()),
    ([signed()], step_reopened()),
    ([], paused()),
    ([paused()], resumed()),
    ([paused()], A),
    ([paused()], record_added("resa")),
    ([], Marked(by=ADA.id, at=NOW, address=at("a"), because="tal")),
]  # fmt: skip


@pytest.mark.parametrize(("happened", "event"), ACCEPTED, ids=[case[1].kind for case in ACCEPTED])
def test_what_may_be_is_accepted(happened, event):
    assert refusal(PACK, a_journey(PACK, *happened), event) == ""


def test_a_member_without_any_role_contributes_and_has_no_voice():
    members = (*MEMBERS, Member(ULLA))
    assert refusal(PACK, a_journey(PACK, members=members), contributed("a", ULLA, "hej")) == ""
    journey = a_journey(PACK, round_opened("samtycke", "ett"), members=members)
    assert refusal(PACK, journey, voiced("samtycke", ULLA)) == "no-voice"


def test_an_event_that_is_refused_leaves_nothing_behind():
    journey = a_journey(PACK)
    before = journey
    assert isinstance(A, Contributed)
    assert refusal(PACK, journey, contributed("tal", KARL, 3))
    assert journey == before


def test_whoever_holds_a_named_role_answers_instead_of_the_others():
    members = with_roles(PIA, "ledning")
    journey = a_journey(PACK, members=members)
    assert refusal(PACK, journey, contributed("ledning", PIA, "hej")) == ""
    assert refusal(PACK, journey, contributed("ledning", BO, "hej")) == "not-yours-to-answer"
    assert refusal(PACK, journey, contributed("ledning", ADA, "hej")) == ""
