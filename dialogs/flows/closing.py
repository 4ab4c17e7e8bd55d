"""Says what a question's answer would be if it were settled now, out of what was put in."""

from content.pack import Pack, register_of
from content.schema.questions import Question
from dialogs.flows.proposal import proposal
from dialogs.model.answers import How, Item, Value
from dialogs.model.journey import Journey


def what_settles(
    pack: Pack, journey: Journey, question: Question, item: Item
) -> tuple[Value | None, How | None]:
    """Return the value and, where that says it, how it comes about; no value while there is nothing to settle."""
    if question.who == "each":
        return len(item.contributors()) or None, "collected"
    if question.kind == "record":
        run = journey.exercises.get(pack.places[question.id].exercise)
        kept = journey.records_in(register_of(question) or "")
        there = sum(run is None or run.owns(record.id) for record in kept)
        return (there if there or not question.at_least else None), "collected"
    return proposal(question, item), None
