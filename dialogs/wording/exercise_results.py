"""Words for what an exercise has come to: each kind of result in its own way."""

from collections.abc import Iterator
from typing import assert_never

from content.phrases.marks import ended
from content.schema.exercises import Exercise
from dialogs.messages import Composer, words
from dialogs.model.exercise import (
    Branch,
    Card,
    Cards,
    ExerciseResult,
    Listed,
    Measures,
    Paired,
    Ranked,
    Timeline,
    Tree,
)
from dialogs.values.exercise_result import is_empty, result_of
from dialogs.wording.teller import Teller

DEEPEST = 12
"""Trees are drawn so many levels down; what lies deeper stands beside its neighbours there."""


def result_lines(teller: Teller, exercise: Exercise, said: Composer) -> None:
    """Show what came of it; that nothing has, where nothing has."""
    result = result_of(exercise, teller.asking)
    if is_empty(result):
        said.say(teller.say("exercise-empty"))
    else:
        result_blocks(teller, result, said)


def result_blocks(teller: Teller, result: ExerciseResult, said: Composer) -> None:
    match result:
        case Listed(lines=lines):
            said.bullets(words(line) for line in lines)
        case Ranked(places=places):
            said.bullets(
                (teller.say("result-dots", title=title, n=count) for title, count in places), ordered=True
            )
        case Timeline(spots=spots):
            said.bullets(words(f"{at or teller.text('result-nowhere')}: {_card(card)}") for at, card in spots)
        case Paired(told=told, picture=picture):
            inner = Composer().bullets(words(f"{name}: {'; '.join(lines)}") for name, lines in told)
            if picture:
                said.say(words(teller.text("result-picture"), strong=True))
                said.bullets(words(line) for line in picture)
            said.fold(teller.text("result-told"), inner)
        case Tree(branches=branches):
            said.bullets(words(line) for line in tree_lines(teller, branches))
        case Cards(cards=cards) | Measures(cards=cards):
            said.bullets(words(_card(card)) for card in cards)
        case _:
            assert_never(result)


def tree_lines(teller: Teller, branches: tuple[Branch, ...], depth: int = 0) -> Iterator[str]:
    """Yield the tree line by line; an arrow for each level shows what grows out of what."""
    for branch in branches:
        title = teller.text("result-root", title=branch.title) if branch.root else branch.title
        yield f"{'→ ' * min(depth, DEEPEST)}{title}"
        yield from tree_lines(teller, branch.under, depth + 1)


def _card(card: Card) -> str:
    facts = "; ".join(f"{label}: {value.rstrip('.')}" for label, value in card.facts)
    return f"{ended(card.title)} {facts}" if facts else card.title
