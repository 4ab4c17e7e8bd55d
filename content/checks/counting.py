"""Checks that what a coverage counts can be there so many times: each is asked, often enough, and has a year."""

from collections.abc import Iterator

from content.checks.ground import Ground
from content.checks.walk import Spot
from content.problems import Problem
from content.schema.coverage import Coverage
from content.schema.cycle import MeetingIn, TimesPerYear, When
from content.schema.questions import Asked


def check_counting(ground: Ground) -> Iterator[Problem]:
    for spot in ground.spots:
        if isinstance(spot.part, Coverage):
            yield from _coverage(ground, spot, spot.part)


def _coverage(ground: Ground, spot: Spot, coverage: Coverage) -> Iterator[Problem]:
    what = coverage.what
    if what.dated is not None and what.register_ is None:
        yield spot.problem("what", "dated", key="pack.dated-without-register")
    if coverage.ask is not None and not (coverage.audiences and what.register_ and what.by and what.said):
        yield spot.problem("ask", key="pack.asks-no-audience")
    if what.answer is not None and what.answer in ground.questions:
        yield from _answer(ground, spot, coverage, ground.questions[what.answer])
    elif coverage.per is not None and what.member is not None:
        yield spot.problem("per", key="pack.per-of-members")
    elif coverage.per is not None and what.register_ is not None and what.dated is None:
        yield spot.problem("per", key="pack.per-without-date", name=what.register_)


def _answer(ground: Ground, spot: Spot, coverage: Coverage, question: Asked) -> Iterator[Problem]:
    each = question.for_each
    of_units = question.who == "each-unit" or (each is not None and each.units is not None)
    if (coverage.units and not of_units) or (coverage.members and (each is None or each.members is None)):
        yield spot.problem("what", "answer", key="pack.not-put-to-each", name=question.id)
        return
    place = ground.pack.places.get(question.id)
    checkpoint = (place.checkpoint or question.again) if place is not None else question.again
    if not checkpoint:
        if coverage.times > 1 or coverage.per is not None:
            key = "per" if coverage.per is not None else "times"
            yield spot.problem(key, key="pack.counted-once", name=question.id)
    elif coverage.times > 1 and coverage.per is None:
        yield spot.problem("times", key="pack.times-without-per")
    elif checkpoint in ground.pack.checkpoint_of:
        most = _a_year(ground.pack.checkpoint_of[checkpoint].when)
        if most is not None and coverage.times > most:
            yield spot.problem("times", key="pack.times-too-many", name=checkpoint, most=most)


def _a_year(when: When) -> int | None:
    """Return how many times a year it comes, where that is said; None where it follows from dates."""
    match when:
        case TimesPerYear(windows=windows):
            return len(windows)
        case MeetingIn():
            return 1
        case _:
            return None
