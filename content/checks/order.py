"""Checks that a question asks only for answers that can be there: of questions that are put before it."""

from collections.abc import Iterator, Mapping

from content.checks.ground import Ground
from content.checks.walk import Spot
from content.pack import Pack
from content.problems import Problem
from content.schema.questions import Source
from content.schema.rules import Answered, Operand, Tally


def check_order(ground: Ground) -> Iterator[Problem]:
    order = _order(ground.pack)
    for spot in ground.spots:
        asking = spot.question
        if asking is None or asking.id not in ground.pack.places:
            continue
        inside = _key_in_question(spot)
        if inside not in ("when", "options-from"):
            continue
        for key, read in _reads(spot):
            if read == asking.id:
                yield spot.problem(key, key="pack.asks-itself", name=read)
            elif read in order and asking.id in order and order[read][0] >= order[asking.id][1]:
                yield spot.problem(key, key="pack.later-question", name=read)


def _order(pack: Pack) -> Mapping[str, tuple[int, int]]:
    """Return when each question is put, first and last; a gate question is put at every step."""
    if any(placed.with_step not in pack.step_of for track in pack.tracks for placed in track.asked):
        return {}  # said already: there is no such step
    order: dict[str, tuple[int, int]] = {}
    at = 0
    for step in pack.steps:
        for place in pack.places_in(step.id):
            at += 1
            first, _ = order.get(place.question.id, (at, at))
            order[place.question.id] = (first, at)
    return order


def _key_in_question(spot: Spot) -> str | None:
    """Return the key of the question that *spot* stands under."""
    for at in range(len(spot.path) - 1, 0, -1):
        if (
            isinstance(spot.path[at - 1], int)
            and at >= 2
            and spot.path[at - 2] in ("questions", "gate-questions")
        ):
            return str(spot.path[at])
    return None


def _reads(spot: Spot) -> Iterator[tuple[str, str]]:
    match spot.part:
        case Operand(question=str(name)) | Source(question=str(name)):
            yield "question", name
        case Answered(answered=name):
            yield "answered", name
        case Tally(answers=str(name)):
            yield "answers", name
        case _:
            return
