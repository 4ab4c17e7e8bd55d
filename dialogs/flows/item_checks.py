"""Says what stands against an event that is about an answer: its contributions, its draft, its round, its settling."""

from typing import assert_never

from content.pack import Pack
from content.schema.questions import Appoint, DecisionQuestion, Question
from dialogs.events import (
    Contributed,
    Drafted,
    Reopened,
    Reviewed,
    RoundClosed,
    RoundOpened,
    Settled,
    Skipped,
    Voiced,
    WentOn,
    Withdrawn,
)  # fmt: skip
from dialogs.flows.decisions import Waits, has_right
from dialogs.flows.facts import Facts
from dialogs.flows.position import (
    current_step,
    is_asked,
    number_of,
    put_in_step,
    step_of,
)
from dialogs.flows.rights import belongs, has_voice, leads, may, may_answer
from dialogs.flows.settling import mode_of
from dialogs.flows.undecided import undecided
from dialogs.flows.yes import against_asking, may_ask
from dialogs.model.answers import Item, Value
from dialogs.model.journey import Journey
from dialogs.model.problem import Problem
from dialogs.time import local_day

_AboutItem = (
    Contributed | Withdrawn | Drafted | Settled | RoundOpened | Voiced | RoundClosed | Skipped | Reopened | Reviewed
    | WentOn
)  # fmt: skip


def against_item(pack: Pack, journey: Journey, event: _AboutItem) -> Problem | None:
    address = event.address
    place = pack.places.get(address.question)
    if place is None:
        return Problem("question-unknown")
    question = place.question
    item = journey.item(address)
    number = number_of(pack, journey, address)
    untouched = item.answer is None and not item.contributions
    if untouched and not is_asked(pack, journey, address, today=local_day(event.at)):
        return Problem("question-not-asked", {"number": number})
    match event:
        case Contributed():
            return _against_contribution(pack, journey, question, item, event, number)
        case Withdrawn(id=id, by=by):
            own = next((one for one in item.contributions if one.id == id), None)
            if own is None:
                return Problem("nothing-to-withdraw", {"number": number})
            if own.by is not None and by not in (own.by, own.entered_by):
                return Problem("not-your-answer")
            if own.by is None and item.done:
                return Problem("round-of-answers-closed", {"number": number})
            return None
        case Drafted():
            if not _may_settle(pack, journey, event.by):
                return Problem("only-leader")
            if item.in_round:
                return Problem("round-is-open", {"number": number})
            if question.kind == "commitment":
                return Problem("needs-confirming", {"number": number})
            return Problem("collected-not-written", {"number": number}) if question.who == "each" else None
        case Settled(value=value, how=how):
            if not _may_settle(pack, journey, event.by):
                return Problem("only-leader")
            if item.in_round:
                return Problem("round-is-open", {"number": number})
            if value is None and item.status in ("settled", "review"):
                return Problem("already-settled", {"number": number})
            if question.kind == "commitment":
                return Problem("needs-confirming", {"number": number})
            if question.who == "each" and how != "collected":
                return Problem("collected-not-written", {"number": number})
            if how == "despite-objection" and question.yes is not None:
                return Problem("group-said-no", {"number": number})
            objected = item.round is not None and item.round.closed == "objected"
            despite = how == "despite-objection"
            if despite and not objected and item.status in ("settled", "review"):
                return Problem("already-settled", {"number": number})
            if mode_of(question) == "consent" and not (despite and objected):
                return Problem("needs-round", {"number": number})
            if despite and not objected:
                return Problem("no-objection-to-note", {"number": number})
            if how == "leader" and not item.done and _is_objected_to(item, value):
                return Problem("objected-to", {"number": number})
            if value is None:
                return Problem("nothing-to-settle", {"number": number})
            return _against_appointing(journey, question, str(value))
        case RoundOpened(value=value, last_day=last_day, at=at):
            if not may_ask(pack, journey, question, event.by):
                return Problem("only-leader")
            lacks = against_asking(pack, journey, address, Facts(pack, journey, local_day(at)))
            if lacks is not None:
                return lacks
            if item.in_round:
                return Problem("round-is-open", {"number": number})
            if question.who == "each" or question.kind in ("record", "commitment"):
                return Problem("no-round-here", {"number": number})
            if last_day is not None and last_day < local_day(at):
                return Problem("day-has-been", {"day": last_day})
            return Problem("nothing-to-settle", {"number": number}) if value is None else None
        case Voiced(stance=stance, reason=reason):
            if not item.in_round:
                return Problem("no-round", {"number": number})
            if not has_voice(pack, journey, event.by):
                return Problem("no-voice", {"number": number})
            if stance == "object" and not reason.strip():
                return Problem("objection-needs-reason", {"number": number})
            said = item.round.voice_of(event.by) if item.round is not None else None
            if said is not None and (said.stance, said.reason) == (stance, reason):
                return Problem("voiced-already", {"number": number})
            return None
        case RoundClosed():
            if not item.in_round:
                return Problem("no-round", {"number": number})
            return None if _may_settle(pack, journey, event.by) else Problem("only-leader")
        case Skipped(reason=reason):
            if not may(pack, journey, event.by, "settle"):
                return Problem("only-leader-skips", {"number": number})
            if question.never_skip:
                return Problem("never-skip", {"number": number})
            if item.skipped is not None:
                return Problem("already-skipped", {"number": number})
            if item.done:
                return Problem("already-answered", {"number": number})
            if item.in_round:
                return Problem("round-is-open", {"number": number})
            return None if reason.strip() else Problem("skip-needs-reason", {"number": number})
        case Reopened(reason=reason):
            if not _may_settle(pack, journey, event.by):
                return Problem("only-leader")
            if not item.done:
                return Problem("question-is-open", {"number": number})
            return None if reason.strip() else Problem("reopen-needs-reason", {"number": number})
        case Reviewed():
            if not item.review:
                return Problem("nothing-to-review", {"number": number})
            return None if _may_settle(pack, journey, event.by) else Problem("only-leader")
        case WentOn(at=at):
            step = step_of(pack, address)
            if not leads(pack, journey, event.by):
                return Problem("only-leader")
            if item.waiting or item.done or address.period:
                return Problem("nothing-to-go-on-from")
            before_group = put_in_step(pack, journey, today=local_day(at))
            if len(before_group) >= journey.at_once and step == current_step(pack, journey):
                return Problem("too-many-open", {"n": journey.at_once})
            return None
        case _:
            assert_never(event)


def _against_contribution(
    pack: Pack, journey: Journey, question: Question, item: Item, event: Contributed, number: str
) -> Problem | None:
    person = event.person or event.by
    if event.person is not None and event.person != event.by:
        if question.visibility not in ("group", "after-round"):
            return Problem("not-for-others", {"number": number})
        if not belongs(pack, journey, event.by) and not leads(pack, journey, event.by):
            return Problem("not-yours-to-answer", {"number": number})
    if (event.person is None) != (question.visibility == "anonymous"):
        return Problem("question-not-asked", {"number": number})
    if journey.roster.member(person) is None:
        return Problem("not-a-member", {"group": journey.group_name})
    if not may_answer(pack, journey, question, person):
        return Problem("not-yours-to-answer", {"number": number})
    replaced = next((one for one in item.contributions if one.id == event.replaces), None)
    if replaced is not None and replaced.by != event.person:
        return Problem("not-your-answer")
    if question.visibility == "anonymous" and item.done:
        return Problem("round-of-answers-closed", {"number": number})
    if isinstance(question, DecisionQuestion) and question.right is not None:
        right = next(one for one in pack.manifest.decides if one.id == question.right)
        if right.by is not None and not has_right(pack, journey, right, str(event.value["body"])):
            return undecided(pack, journey, Waits(right, "other-body"))
    if (
        mode_of(question) == "direct"
        and item.done
        and item.skipped is None
        and not event.change
        and not event.replaces
    ):
        return Problem("already-answered", {"number": number})
    return None


def _is_objected_to(item: Item, value: Value | None) -> bool:
    """Say whether this very text is what somebody objected to in the round that has ended."""
    return item.round is not None and item.round.closed == "objected" and value == item.round.value


def _against_appointing(journey: Journey, question: Question, person: str) -> Problem | None:
    """Nobody gets a role who has left: what was proposed while they were there stays as it is."""
    appoints = any(isinstance(then, Appoint) for then in question.then)
    if not appoints or journey.roster.member(person) is not None:
        return None
    return Problem("person-unknown", {"said": journey.roster.name(person)})


def _may_settle(pack: Pack, journey: Journey, person: str) -> bool:
    return may(pack, journey, person, "settle")
