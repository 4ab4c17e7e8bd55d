"""The group's answer: contributions, draft, settling by its kind, consent rounds, dissent, revisions."""

import pytest

from dialogs.effects import (
    AnswerReopened,
    AnswerSettled,
    LateContribution,
    Progress,
    Receipt,
    RoundBegan,
    RoundEnded,
    WroteFor,
)
from dialogs.flows.advance import day_came
from dialogs.flows.proposal import confirmed_by, proposal
from dialogs.flows.settling import mode_of
from dialogs.model.answers import Voice
from dialogs.model.people import Member
from tests.dialogs.builders import (
    ADA,
    BO,
    CIA,
    MEMBERS,
    NOW,
    PIA,
    TODAY,
    ULLA,
    a_journey,
    a_pack,
    a_question,
    after,
    asked_in,
    at,
    contributed,
    drafted,
    effects,
    later,
    moved,
    put_now,
    record_added,
    refusal,
    reopened,
    round_closed,
    round_opened,
    settled,
    skipped,
    voiced,
    with_roles,
    withdrawn,
    without,
)  # fmt: skip

DAY = TODAY.replace(day=25)
VOTERS = (ADA, BO, CIA, PIA)


# --- contributions ---------------------------------------------------------------------------------------------


def test_members_contribute_in_parallel_and_nobody_takes_anothers_place():
    pack = a_pack(a_question("a"))
    item = a_journey(pack, contributed("a", BO, "ett"), contributed("a", CIA, "två")).item(at("a"))
    assert [(one.by, one.value) for one in item.contributions] == [("bo", "ett"), ("cia", "två")]
    assert item.status == "contributed"


def test_several_contributions_become_a_proposal_that_nobody_has_to_write():
    pack = a_pack(a_question("a"))
    item = a_journey(pack, contributed("a", BO, "ett"), contributed("a", CIA, "två")).item(at("a"))
    assert proposal(pack.places["a"].question, item) == "- ett\n- två"


def test_a_new_revision_takes_the_place_of_the_old_one():
    pack = a_pack(a_question("a"))
    journey = a_journey(
        pack, contributed("a", BO, "et"), contributed("a", BO, "ett", id="2", replaces="bo-a")
    )
    assert [one.value for one in journey.item(at("a")).contributions] == ["ett"]


def test_nobody_replaces_somebody_elses_words():
    pack = a_pack(a_question("a"))
    journey = a_journey(pack, contributed("a", BO, "ett"))
    assert refusal(pack, journey, contributed("a", CIA, "mitt", replaces="bo-a")) == "not-your-answer"


def test_one_may_write_for_somebody_else_who_is_told():
    pack = a_pack(a_question("a"))
    event = contributed("a", ADA, "bos ord", person=BO.id)
    journey = a_journey(pack)
    [kept] = after(pack, journey, event).item(at("a")).contributions

    assert (kept.by, kept.entered_by) == (BO.id, ADA.id)
    assert WroteFor(BO.id, at("a"), ADA.id) in effects(pack, journey, event)


@pytest.mark.parametrize("who", [ADA, BO])
def test_words_written_for_somebody_are_withdrawn_by_either(who):
    pack = a_pack(a_question("a"))
    journey = a_journey(pack, contributed("a", ADA, "bos ord", person=BO.id, id="x"))
    assert after(pack, journey, withdrawn("a", who, "x")).item(at("a")).contributions == ()
    assert refusal(pack, journey, withdrawn("a", CIA, "x")) == "not-your-answer"


def test_withdrawing_the_only_contribution_opens_the_question():
    pack = a_pack(a_question("a"))
    journey = a_journey(pack, contributed("a", BO, "ett"), withdrawn("a", BO, "bo-a"))
    assert journey.item(at("a")).status == "open"
    assert put_now(pack, journey) == ["a"]


def test_a_late_contribution_is_kept_and_the_leader_is_told():
    pack = a_pack(a_question("a"))
    journey = a_journey(pack, contributed("a", BO, "ett"), settled("a"))
    late = contributed("a", CIA, "två")
    item = after(pack, journey, late).item(at("a"))

    assert (item.status, item.value, len(item.contributions)) == ("settled", "ett", 2)
    assert [Receipt("late", at("a")), LateContribution(at("a"), CIA.id)] == [
        one for one in effects(pack, journey, late) if not isinstance(one, Progress)
    ]


def test_contributions_are_taken_during_a_pause():
    pack = a_pack(a_question("a"))
    assert refusal(pack, a_journey(pack, state="paused"), contributed("a", BO, "ett")) == ""


# --- settling by kind ------------------------------------------------------------------------------------------

_BY_KIND = {
    "text": "leader", "choice": "leader", "choices": "leader", "scale": "leader", "list": "leader", "ranking": "leader",
    "commitment": "leader", "number": "direct", "date": "direct", "person": "direct", "unit": "direct", "body": "direct", "file": "direct",
    "decision": "direct", "record": "direct",
}  # fmt: skip


@pytest.mark.parametrize(("kind", "mode"), _BY_KIND.items())
def test_facts_are_settled_as_they_are_given_and_opinions_by_whoever_leads(kind, mode):
    assert mode_of(a_pack(a_question("a", kind)).places["a"].question) == mode


def test_a_question_may_choose_its_own_way():
    pack = a_pack(a_question("a", "number", settle="consent"), a_question("b", settle="direct"))
    assert [mode_of(pack.places[one].question) for one in ("a", "b")] == ["consent", "direct"]


def test_a_fact_of_each_is_collected_and_not_settled_by_the_first():
    pack = a_pack(a_question("a", "number", who="each"))
    assert a_journey(pack, contributed("a", BO, 3)).item(at("a")).status == "contributed"


def test_a_fact_stands_as_soon_as_a_member_gives_it():
    pack = a_pack(a_question("a", "number"))
    event = contributed("a", BO, 12)
    answer = a_journey(pack, event).item(at("a")).answer

    assert answer is not None
    assert (answer.value, answer.by, answer.how, answer.revision) == (12, BO.id, "direct", 1)
    assert AnswerSettled(at("a"), 1) in effects(pack, a_journey(pack), event)


def test_a_fact_that_stands_is_changed_only_on_purpose():
    pack = a_pack(a_question("a", "number"))
    journey = a_journey(pack, contributed("a", BO, 12))
    assert refusal(pack, journey, contributed("a", CIA, 13)) == "already-answered"

    answer = (
        after(pack, journey, contributed("a", CIA, 13, change=True, why="räknat om")).item(at("a")).answer
    )

    assert answer is not None
    assert (answer.value, answer.revision, answer.why) == (13, 2, "räknat om")


def test_a_fact_that_is_withdrawn_is_asked_for_again():
    pack = a_pack(a_question("a", "number"))
    journey = a_journey(pack, contributed("a", BO, 12))
    event = withdrawn("a", BO, "bo-a")

    assert put_now(pack, after(pack, journey, event)) == ["a"]
    assert AnswerReopened(at("a"), "") in effects(pack, journey, event)


def test_a_fact_that_is_withdrawn_counts_no_more_and_one_that_is_opened_again_does():
    pack = a_pack(a_question("a", "number"), a_question("b", when={"more": {"question": "a", "than": 3}}))
    journey = a_journey(pack, contributed("a", BO, 12))

    withdrawn_fact = after(pack, journey, withdrawn("a", BO, "bo-a"))
    opened_again = after(pack, journey, reopened("a"))

    assert (withdrawn_fact.item(at("a")).value, asked_in(pack, withdrawn_fact)) == (None, ["a"])
    assert (opened_again.item(at("a")).value, asked_in(pack, opened_again)) == (12, ["a", "b"])
    assert after(pack, withdrawn_fact, contributed("a", BO, 5)).item(at("a")).value == 5


def test_a_fact_that_somebody_has_changed_since_stands_when_the_first_is_withdrawn():
    pack = a_pack(a_question("a", "number"))
    journey = a_journey(
        pack, contributed("a", BO, 12), contributed("a", CIA, 13, change=True), withdrawn("a", BO, "bo-a")
    )
    assert journey.item(at("a")).value == 13


def test_the_leader_settles_the_proposal_without_writing_it():
    pack = a_pack(a_question("a"))
    answer = a_journey(pack, contributed("a", BO, "ett"), settled("a")).item(at("a")).answer
    assert answer is not None
    assert (answer.value, answer.by, answer.how) == ("ett", ADA.id, "leader")


def test_a_draft_is_what_is_proposed():
    pack = a_pack(a_question("a"))
    journey = a_journey(pack, contributed("a", BO, "ett"), drafted("a", ADA, "ett och två"))
    assert journey.item(at("a")).status == "draft"
    assert after(pack, journey, settled("a")).item(at("a")).value == "ett och två"


@pytest.mark.parametrize(
    ("question", "given", "proposed"),
    [
        (a_question("a", "list"), [["x", "y"], ["y", "z"]], ["x", "y", "z"]),
        (a_question("a", "choice"), ["ja", "ja", "nej"], "ja"),
        (a_question("a", "choice"), ["ja", "nej"], None),
        (a_question("a", "choices"), [["ja", "nej"], ["ja"], ["ja", "kanske"]], ["ja"]),
        (a_question("a", "choices"), [["ja"], ["nej"]], None),
        (a_question("a", "scale"), [1, 4, 5], 4),
        (a_question("a", "ranking"), [{"ja": 1, "nej": 2}, {"ja": 2}, {"nej": 2}], ["nej", "ja"]),
    ],
)
def test_what_members_say_comes_to_a_proposal_only_when_it_is_clear(question, given, proposed):
    pack = a_pack(question)
    said = [contributed("a", who, value) for who, value in zip((ADA, BO, CIA), given, strict=False)]
    assert proposal(pack.places["a"].question, a_journey(pack, *said).item(at("a"))) == proposed


def test_every_settled_change_is_a_new_revision():
    pack = a_pack(a_question("a"))
    journey = a_journey(pack, settled("a", "ett"), reopened("a"), settled("a", "två", why="vi tänkte om"))
    answer = journey.item(at("a")).answer
    assert answer is not None
    assert (answer.revision, answer.value, answer.why) == (2, "två", "vi tänkte om")


def test_a_reopened_answer_is_before_the_group_with_what_was_said():
    pack = a_pack(a_question("a"))
    journey = a_journey(pack, contributed("a", BO, "ett"), settled("a"), reopened("a"))
    item = journey.item(at("a"))
    assert (item.status, item.reopened, item.answer is not None) == ("contributed", "nya uppgifter", True)
    assert put_now(pack, journey) == ["a"]


def test_a_skipped_question_keeps_its_reason_and_can_be_opened_again():
    pack = a_pack(a_question("a"))
    journey = a_journey(pack, skipped("a"))
    skip = journey.item(at("a")).skipped
    assert skip is not None
    assert (skip.by, skip.reason) == (ADA.id, "gäller inte oss")
    assert put_now(pack, after(pack, journey, reopened("a"))) == ["a"]


def test_somebody_who_answers_a_skipped_question_opens_it():
    pack = a_pack(a_question("a"))
    assert a_journey(pack, skipped("a"), contributed("a", BO, "jo")).item(at("a")).status == "contributed"


# --- each ------------------------------------------------------------------------------------------------------


def test_the_picture_closes_when_everybody_in_the_group_has_answered():
    pack = a_pack(a_question("a", "scale", who="each"))
    journey = a_journey(pack, contributed("a", ADA, 1), contributed("a", BO, 2))
    assert journey.item(at("a")).status == "contributed"

    answer = after(pack, journey, contributed("a", CIA, 3)).item(at("a")).answer

    assert answer is not None
    assert (answer.value, answer.how) == (3, "collected")


def test_whoever_leads_may_close_the_picture_before():
    pack = a_pack(a_question("a", who="each"))
    journey = a_journey(pack, contributed("a", BO, "ett"), settled("a"))
    assert (journey.item(at("a")).value, journey.item(at("a")).status) == (1, "settled")


def test_nobody_writes_the_picture_by_hand():
    pack = a_pack(a_question("a", who="each"))
    journey = a_journey(pack, contributed("a", BO, "ett"))
    assert refusal(pack, journey, settled("a", "allt är bra")) == "collected-not-written"


def test_somebody_who_has_left_is_not_waited_for():
    pack = a_pack(a_question("a", who="each"))
    journey = a_journey(pack, contributed("a", ADA, "1"), contributed("a", BO, "2"), members=without(CIA))
    assert journey.item(at("a")).status == "settled"


def test_a_record_question_is_done_when_the_group_says_so():
    pack = a_pack(a_question("a", "record"))
    journey = a_journey(pack, record_added("resa", question="a"), record_added("kurs", question="a"))
    assert journey.item(at("a")).status == "open"
    assert after(pack, journey, settled("a")).item(at("a")).value == 2


# --- commitments -----------------------------------------------------------------------------------------------


def confirms(who, party, *items):
    return contributed("a", who, {"confirms": list(items), "parties": [party]})


def test_a_commitment_stands_when_each_party_has_confirmed_every_item():
    pack = a_pack(a_question("a", "commitment"))
    journey = a_journey(pack, confirms(PIA, "politik", "tid", "pengar"), confirms(ADA, "ledare", "tid"))
    question, item = pack.places["a"].question, journey.item(at("a"))

    assert confirmed_by(question, item) == {"politik": {"tid", "pengar"}, "ledare": {"tid"}}  # type: ignore[arg-type]
    assert not item.done

    whole = contributed(
        "a", ADA, {"confirms": ["tid", "pengar"], "parties": ["ledare"]}, replaces="ada-a", id="2"
    )
    assert after(pack, journey, whole).item(at("a")).value == ["tid", "pengar"]


def test_two_of_one_party_confirm_together():
    pack = a_pack(a_question("a", "commitment", parties=["grupp"]))
    journey = a_journey(pack, confirms(BO, "grupp", "tid"), confirms(CIA, "grupp", "pengar"))
    assert journey.item(at("a")).done


def test_only_a_party_confirms_and_nobody_settles_it_for_them():
    pack = a_pack(a_question("a", "commitment"))
    assert refusal(pack, a_journey(pack), confirms(BO, "grupp", "tid")) == "not-yours-to-answer"
    assert refusal(pack, a_journey(pack), settled("a", ["tid"])) == "needs-confirming"


def test_a_deputy_confirms_for_the_party():
    pack = a_pack(a_question("a", "commitment", parties=["ledning"]))
    journey = a_journey(pack, members=with_roles(BO, "grupp", deputy_for=("ledning",)))
    assert refusal(pack, journey, confirms(BO, "ledning", "tid")) == ""


# --- consent rounds --------------------------------------------------------------------------------------------


def a_round(*voices, **more):
    pack = a_pack(a_question("a", settle="consent"), a_question("b"))
    return pack, a_journey(pack, contributed("a", BO, "ett"), round_opened("a", **more), *voices)


def test_a_round_is_about_the_proposal_and_more_than_half_must_speak():
    _, journey = a_round()
    round = journey.item(at("a")).round
    assert round is not None
    assert (round.value, round.quorum) == ("ett", len(VOTERS) // 2 + 1)
    assert journey.item(at("a")).status == "consent"


def test_a_round_that_begins_is_said_to_the_group():
    pack = a_pack(a_question("a", settle="consent"))
    assert RoundBegan(at("a")) in effects(pack, a_journey(pack), round_opened("a", "ett"))


def test_the_answer_is_ratified_when_everybody_has_agreed():
    pack, journey = a_round(*(voiced("a", who) for who in VOTERS[:-1]))
    last = voiced("a", PIA)
    answer = after(pack, journey, last).item(at("a")).answer

    assert answer is not None
    assert (answer.value, answer.how, answer.dissent) == ("ett", "consent", ())
    assert RoundEnded(at("a"), "ratified") in effects(pack, journey, last)
    assert AnswerSettled(at("a"), 1) in effects(pack, journey, last)


def test_a_concern_is_kept_beside_the_ratified_text():
    _, journey = a_round(voiced("a", BO, "concern", "tiden"), *(voiced("a", who) for who in (ADA, CIA, PIA)))
    answer = journey.item(at("a")).answer
    assert answer is not None
    assert answer.dissent == (Voice(BO.id, "concern", "tiden", NOW),)


def test_whoever_abstains_has_spoken():
    _, journey = a_round(*(voiced("a", who, "abstain") for who in VOTERS))
    assert journey.item(at("a")).status == "settled"


def test_an_objection_stops_the_answer_and_the_group_goes_on_with_it():
    pack, journey = a_round(voiced("a", BO, "object", "för dyrt"), *(voiced("a", who) for who in (ADA, CIA)))
    last = voiced("a", PIA)
    item = after(pack, journey, last).item(at("a"))

    assert RoundEnded(at("a"), "objected") in effects(pack, journey, last)
    assert (item.answer, item.status) == (None, "contributed")
    assert put_now(pack, after(pack, journey, last)) == ["a"]


def objected():
    return a_round(voiced("a", BO, "object", "för dyrt"), *(voiced("a", who) for who in (ADA, CIA, PIA)))


def test_whoever_leads_may_settle_despite_an_objection_which_is_kept():
    pack, journey = objected()
    answer = (
        after(pack, journey, settled("a", how="despite-objection", why="lagen kräver det"))
        .item(at("a"))
        .answer
    )
    assert answer is not None
    assert (answer.value, answer.how, answer.why) == ("ett", "despite-objection", "lagen kräver det")
    assert [(voice.by, voice.stance, voice.reason) for voice in answer.dissent] == [
        (BO.id, "object", "för dyrt")
    ]


def test_after_an_objection_a_new_round_on_a_new_text_may_follow():
    pack, journey = objected()
    again = after(pack, journey, drafted("a", ADA, "billigare"), round_opened("a"))
    round = again.item(at("a")).round
    assert round is not None
    assert (round.value, round.voices) == ("billigare", ())


def test_one_may_change_ones_voice_while_the_round_is_open():
    _, journey = a_round(voiced("a", BO, "object", "för dyrt"), voiced("a", BO))
    round = journey.item(at("a")).round
    assert round is not None
    assert [(voice.by, voice.stance) for voice in round.voices] == [(BO.id, "agree")]


def test_only_those_with_a_voice_speak():
    pack = a_pack(a_question("a", settle="consent"))
    journey = a_journey(pack, round_opened("a", "ett"), members=(*MEMBERS, Member(ULLA)))
    assert refusal(pack, journey, voiced("a", ULLA)) == "no-voice"


def test_the_last_day_closes_the_round_the_day_after():
    pack, journey = a_round(voiced("a", ADA), voiced("a", BO), voiced("a", CIA), last_day=DAY)
    assert list(day_came(pack, journey, later(4))) == []

    [event] = day_came(pack, journey, later(5))

    assert after(pack, journey, event).item(at("a")).status == "settled"


def test_a_round_that_too_few_spoke_in_ends_without_an_answer():
    pack, journey = a_round(voiced("a", ADA), last_day=DAY)
    [event] = day_came(pack, journey, later(5))
    assert RoundEnded(at("a"), "no-quorum") in effects(pack, journey, event)
    assert after(pack, journey, event).item(at("a")).status == "contributed"


def test_the_day_closes_the_round_of_somebody_who_has_left():
    pack = a_pack(a_question("a", settle="consent"))
    members = with_roles(CIA, "grupp", deputy_for=("ledare",))
    journey = a_journey(pack, round_opened("a", "ett", by=CIA, last_day=DAY), voiced("a", ADA), voiced("a", BO),
                        voiced("a", PIA), members=members)  # fmt: skip
    left = after(pack, journey)
    left = a_journey(pack, members=without(CIA)).with_item(left.item(at("a")))
    [event] = day_came(pack, left, later(5))
    assert refusal(pack, left, event) == ""


def test_before_its_last_day_only_whoever_leads_closes_a_round():
    pack, journey = a_round(voiced("a", ADA), voiced("a", BO), voiced("a", CIA), last_day=DAY)
    assert refusal(pack, journey, round_closed("a", by=BO)) == "only-leader"
    assert after(pack, journey, round_closed("a")).item(at("a")).status == "settled"


def test_a_round_may_be_taken_back():
    pack, journey = a_round(voiced("a", BO))
    assert after(pack, journey, round_closed("a", outcome="withdrawn")).item(at("a")).status == "contributed"


def test_a_round_on_an_answer_that_stands_leaves_it_standing_until_it_is_ratified():
    pack, journey = a_round(*(voiced("a", who) for who in VOTERS))
    again = after(pack, journey, round_opened("a", "två"))
    assert (again.item(at("a")).value, again.item(at("a")).in_round) == ("ett", True)

    done = after(pack, again, *(voiced("a", who) for who in VOTERS)).item(at("a")).answer

    assert done is not None
    assert (done.value, done.revision) == ("två", 2)


def test_the_journal_tells_what_followed_by_itself():
    pack, journey = a_round(*(voiced("a", who) for who in VOTERS[:-1]))
    assert [event.kind for event in moved(pack, journey, voiced("a", PIA)).events] == [
        "voiced",
        "round-closed",
        "settled",
    ]
