"""Proposes what the group's answer could be, out of what its members put in. Proposed, never saved by itself."""

from collections import Counter
from statistics import median_low
from typing import assert_never

from content.schema.questions import (
    BodyQuestion,
    ChoiceQuestion,
    ChoicesQuestion,
    CommitmentQuestion,
    DateQuestion,
    DecisionQuestion,
    FileQuestion,
    ListQuestion,
    NumberQuestion,
    PersonQuestion,
    Question,
    RankingQuestion,
    RecordQuestion,
    ScaleQuestion,
    TextQuestion,
    UnitQuestion,
)  # fmt: skip
from dialogs.model.answers import Item, Value


def proposal(question: Question, item: Item) -> Value | None:
    """Return the draft if there is one; else what the contributions come to; None when that is not clear."""
    if item.draft is not None:
        return item.draft.value
    if item.in_round and item.round is not None:
        return item.round.value
    values = [one.value for one in item.contributions]
    if not values:
        return None
    match question:
        case TextQuestion():
            return values[0] if len(values) == 1 else "\n".join(f"- {value}" for value in values)
        case ListQuestion():
            return list(dict.fromkeys(entry for value in values for entry in value))
        case ChoiceQuestion():
            return _only_winner(Counter(str(value) for value in values))
        case ChoicesQuestion():
            votes = Counter(option for value in values for option in value)
            return [option for option, count in votes.items() if count * 2 > len(values)] or None
        case ScaleQuestion():
            return median_low(values)
        case RankingQuestion():
            return [option for option, _ in ranked(item)]
        case CommitmentQuestion():
            return [option.id for option in question.items if all(option.id in v["confirms"] for v in values)]
        case (
            NumberQuestion() | DateQuestion() | PersonQuestion() | UnitQuestion() | BodyQuestion() | FileQuestion()
            | DecisionQuestion() | RecordQuestion()
        ):  # fmt: skip
            return values[-1]
        case _:
            assert_never(question)


def ranked(item: Item) -> list[tuple[str, int]]:
    """Return the options with their dots, most first; equal ones in the order in which they got their first."""
    dots: Counter[str] = Counter()
    for one in item.contributions:
        for option, count in one.value.items():
            dots[option] += int(count)
    return dots.most_common()


def confirmed_by(question: CommitmentQuestion, item: Item) -> dict[str, set[str]]:
    """Return for each party which items somebody of it has confirmed."""
    found: dict[str, set[str]] = {party: set() for party in question.parties}
    for one in item.contributions:
        for party in one.value.get("parties", ()):
            found.setdefault(party, set()).update(one.value["confirms"])
    return found


def is_confirmed(question: CommitmentQuestion, item: Item) -> bool:
    wanted = {option.id for option in question.items}
    return all(wanted <= items for items in confirmed_by(question, item).values())


def _only_winner(votes: Counter[str]) -> str | None:
    [(first, most), *rest] = votes.most_common(2)
    return None if rest and rest[0][1] == most else first
