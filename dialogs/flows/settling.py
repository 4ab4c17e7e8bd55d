"""Says how a question's answer comes about: directly, by the leader, or with the group's consent."""

from typing import Literal

from content.pack import Pack
from content.schema.questions import Appoint, Question, Settling
from dialogs.flows.rights import majority, may
from dialogs.model.answers import ConsentRound
from dialogs.model.journey import Journey

_FACTS = frozenset({"number", "date", "person", "unit", "body", "decision", "record", "file"})


def mode_of(question: Question) -> Settling:
    """Return the question's own way; else facts are settled as they are given, and texts by the leader."""
    if question.settle is not None:
        return question.settle
    return "direct" if question.kind in _FACTS and question.who != "each" else "leader"


def settled_at_once(pack: Pack, journey: Journey, question: Question, person: str) -> bool:
    """Say whether *person*'s answer is the group's at once. What hands out a role takes somebody who may settle."""
    if mode_of(question) != "direct" or question.who == "each":
        return False
    appoints = any(isinstance(then, Appoint) for then in question.then)
    return not appoints or may(pack, journey, person, "settle")


def many_from_one(question: Question) -> bool:
    """Say whether one member may put in several things, each a contribution of its own."""
    return question.who != "each" and question.kind in ("text", "list") and mode_of(question) != "direct"


def outcome_of(
    pack: Pack, journey: Journey, round: ConsentRound
) -> Literal["ratified", "objected", "no-quorum"]:
    """Return what a round that ends now has come to. Where many have left, more than half of the others are enough."""
    if len(round.voices) < min(round.quorum, majority(pack, journey)):
        return "no-quorum"
    return "objected" if round.objections else "ratified"
