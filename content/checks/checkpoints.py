"""Checks what each checkpoint says of itself: who sees to it, when it is said ahead, what it asks, and that it can come."""

from collections.abc import Iterator
from itertools import pairwise
from typing import assert_never

from content.checks.cycle import YEAR, days_in, is_about_each
from content.checks.ground import Ground
from content.checks.walk import Spot
from content.problems import Problem
from content.reads import date_of, questions_of_when
from content.recurrence import shortest_gap, slip_in
from content.schema.cycle import (
    AfterDate,
    BeforeDate,
    ByRule,
    Checkpoint,
    Every,
    MeetingIn,
    NextMeetingAfter,
    SinceUntil,
    TermStart,
    TimesPerYear,
    When,
)  # fmt: skip
from content.schema.questions import Asked

MEETINGS_APART = 330
"""About the least number of days between a body's meeting in one month and that in the same month a year later."""


def check_checkpoints(ground: Ground) -> Iterator[Problem]:
    yield from _method(ground)
    coming = _coming(ground)
    for spot in ground.spots:
        if isinstance(spot.part, Checkpoint):
            yield from _checkpoint(ground, spot, spot.part, coming)
        elif isinstance(spot.part, Asked) and spot.part.again is not None:
            yield from _again(ground, spot, spot.part)


def _method(ground: Ground) -> Iterator[Problem]:
    manifest, cycle = ground.files.manifest, ground.files.cycle
    if manifest.part.method and not manifest.part.steps and cycle is None:
        yield manifest.source.problem(("steps",), "pack.no-steps-no-cycle")
    if not manifest.part.method and cycle is not None:
        yield cycle.source.problem(("checkpoints",), "pack.cycle-of-no-method")


def _checkpoint(
    ground: Ground, spot: Spot, checkpoint: Checkpoint, coming: frozenset[str]
) -> Iterator[Problem]:
    if checkpoint.owner is not None and spot.register is None:
        yield spot.problem("owner", key="pack.owner-without-register")
    if checkpoint.id not in coming:
        waited_for = next(name for name in _needed(checkpoint.when) if not _is_known(ground, name, coming))
        yield spot.problem("when", key="pack.checkpoint-never", name=waited_for)
    yield from _ahead(spot, checkpoint)
    if spot.register is not None:
        for index, question in enumerate(checkpoint.questions):
            if is_about_each(question):
                yield spot.problem("questions", index, key="pack.each-at-a-record", name=question.id)


def _ahead(spot: Spot, checkpoint: Checkpoint) -> Iterator[Problem]:
    """Look at how long before it is said; the longest must not reach back into the time before."""
    leads = [days_in(lead) for lead in checkpoint.ahead]
    for index, lead in enumerate(leads):
        if lead <= 0:
            yield spot.problem("ahead", index, key="pack.ahead-not-before")
    if not leads or min(leads) <= 0:
        return
    for index, (longer, shorter) in enumerate(pairwise(leads), start=1):
        if shorter >= longer:
            yield spot.problem("ahead", index, key="pack.ahead-order")
    apart = _apart(checkpoint.when)
    if max(leads) > YEAR:
        yield spot.problem("ahead", leads.index(max(leads)), key="pack.ahead-too-far")
    elif apart is not None and max(leads) >= apart:
        yield spot.problem("ahead", leads.index(max(leads)), key="pack.ahead-overlaps")


def _apart(when: When) -> float | None:
    """Return the least number of days between two of its days; None where each comes of a date of its own."""
    match when:
        case ByRule(rrule=rule):
            return shortest_gap(rule) if slip_in(rule) is None else None
        case Every(paces=paces):
            return min(days_in(pace.offset) for pace in paces)
        case SinceUntil(every=offset):
            return days_in(offset)
        case MeetingIn():
            return MEETINGS_APART
        case TimesPerYear() | TermStart() | NextMeetingAfter() | BeforeDate() | AfterDate():
            return None  # a window's is never said before the window; the others are years apart, or single
        case _:
            assert_never(when)


def _coming(ground: Ground) -> frozenset[str]:
    """Return the checkpoints whose day can be known: nothing they need is asked only at one that never comes."""
    coming: frozenset[str] = frozenset()
    while True:
        found = {
            one.id
            for one in ground.checkpoints
            if all(_is_known(ground, name, coming) for name in _needed(one.when))
        }
        if found <= coming:
            return coming
        coming |= found


def _is_known(ground: Ground, question: str, coming: frozenset[str]) -> bool:
    """Say whether the question is put in a step, or at a checkpoint that comes."""
    place = ground.pack.places.get(question)
    return place is None or not place.checkpoint or place.checkpoint in coming


def _needed(when: When) -> tuple[str, ...]:
    """Return the questions without whose answers no day is known."""
    date = date_of(when)
    asked = () if isinstance(when, TermStart) else tuple(questions_of_when(when))
    return (*asked, *((date.question,) if date is not None and date.question else ()))


def _again(ground: Ground, spot: Spot, question: Asked) -> Iterator[Problem]:
    place = ground.pack.places.get(question.id)
    if place is None:
        return
    if place.checkpoint:
        yield spot.problem("again", key="pack.again-in-cycle", name=question.id)
    elif place.at_every_gate:
        yield spot.problem("again", key="pack.again-at-gate", name=question.id)
    elif is_about_each(question):
        checkpoint = ground.pack.checkpoint_of.get(question.again or "")
        date = date_of(checkpoint.when) if checkpoint is not None else None
        if date is not None and date.register_:
            yield spot.problem("again", key="pack.each-at-a-record", name=question.id)
