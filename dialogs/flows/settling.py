"""Says how a question's answer comes about: directly, by the leader, or with the group's consent."""

from content.schema.questions import Question, Settling

_FACTS = frozenset({"number", "date", "person", "unit", "decision", "record", "file"})


def mode_of(question: Question) -> Settling:
    """Return the question's own way; else facts are settled as they are given, and texts by the leader."""
    if question.settle is not None:
        return question.settle
    return "direct" if question.kind in _FACTS and question.who != "each" else "leader"


def many_from_one(question: Question) -> bool:
    """Say whether one member may put in several things, each a contribution of its own."""
    return question.who != "each" and question.kind in ("text", "list") and mode_of(question) != "direct"
