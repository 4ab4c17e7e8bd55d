"""Checks that the day of each checkpoint can be known: by answers that there can be, a good rule, windows that are apart."""

from collections.abc import Iterator
from datetime import date, timedelta

from content.checks.ground import Ground
from content.checks.walk import Spot
from content.problems import Problem
from content.reads import date_of
from content.recurrence import WEEK, slip_in
from content.schema.cycle import (
    AfterDate,
    ByRule,
    DateOf,
    Every,
    MeetingIn,
    NextMeetingAfter,
    Pace,
    SinceUntil,
    TermStart,
    TimesPerYear,
    Window,
)  # fmt: skip
from content.schema.questions import Asked, ChoiceSpec
from content.schema.rules import Offset

MONTH, YEAR = 30.4, 366  # days


def check_cycle(ground: Ground) -> Iterator[Problem]:
    for spot in ground.spots:
        match spot.part:
            case DateOf(question=str(name)):
                yield from _answer(ground, spot, "question", name, ("date", "decision"), "pack.no-day-in")
            case MeetingIn(body=name) | NextMeetingAfter(body=name):
                yield from _answer(ground, spot, "body", name, ("body",), "pack.no-body-in")
            case TermStart(changed_by=str(name)):
                yield from _answer(ground, spot, "changed-by", name, ("date",), "pack.no-day-in")
            case Every():
                yield from _rhythm(ground, spot, spot.part)
            case ByRule(rrule=rule):
                slip = slip_in(rule)
                if slip is not None:
                    yield spot.problem("rrule", key=slip.key, **slip.args)
            case TimesPerYear(windows=windows):
                yield from _windows(spot, windows)
            case AfterDate(offset=offset) if days_in(offset) <= 0:
                yield spot.problem("offset", key="pack.not-forward")
            case SinceUntil(every=offset) if days_in(offset) < WEEK:
                yield spot.problem("every", key="pack.too-often")
            case Pace(offset=offset) if days_in(offset) < WEEK:
                yield spot.problem("offset", key="pack.too-often")
            case _:
                continue


def days_in(offset: Offset) -> float:
    """Return about how many days the distance is; less than 0 where it goes back."""
    working_days, weeks, months = offset.working_days or 0, offset.weeks or 0, offset.months or 0
    return working_days * WEEK / 5 + weeks * WEEK + months * MONTH


def is_about_each(question: Asked) -> bool:
    """Say whether the question is put about several: each unit, each member, each record."""
    return question.for_each is not None or question.who == "each-unit"


def _answer(
    ground: Ground, spot: Spot, key: str, name: str, kinds: tuple[str, ...], wrong_kind: str
) -> Iterator[Problem]:
    """Look at the question whose answer says when: of the right kind, answered once, and shown to all who are told."""
    question, place = ground.questions.get(name), ground.pack.places.get(name)
    if question is None:
        return  # said already: there is no such question
    if question.kind not in kinds:
        yield spot.problem(key, key=wrong_kind, name=name, kind=question.kind)
        return
    about_each = is_about_each(question) or question.who == "each"
    if about_each or (
        place is not None and (place.at_every_gate or _is_at_a_record(ground, place.checkpoint))
    ):
        yield spot.problem(key, key="pack.not-answered-once", name=name)
    elif question.visibility != "group":
        yield spot.problem(key, key="pack.hidden-answer", name=name)


def _is_at_a_record(ground: Ground, checkpoint: str) -> bool:
    date = date_of(ground.pack.checkpoint_of[checkpoint].when) if checkpoint else None
    return date is not None and date.register_ is not None


# ---------------------------------------------------------------------------------------------- rhythm and windows


def _rhythm(ground: Ground, spot: Spot, every: Every) -> Iterator[Problem]:
    yield from _answer(ground, spot, "rhythm", every.rhythm, ("choice",), "pack.no-rhythm-in")
    question = ground.questions.get(every.rhythm)
    if not isinstance(question, ChoiceSpec):
        return
    options = ground.options(question)
    if options is None:
        yield spot.problem("rhythm", key="pack.rhythm-open", name=every.rhythm)
        return
    named = [pace.option for pace in every.paces]
    for index, option in enumerate(named):
        if option in named[:index]:
            yield spot.problem("paces", index, "option", key="pack.listed-twice", name=option)
        elif option not in options:
            yield spot.problem(
                "paces", index, "option", key="pack.unknown-option",
                name=option, question=every.rhythm, meant=option, known=options,
            )  # fmt: skip
    for option in options:
        if option not in named:
            yield spot.problem("paces", key="pack.no-pace", name=option, question=every.rhythm)


def _windows(spot: Spot, windows: tuple[Window, ...]) -> Iterator[Problem]:
    taken: dict[date, str] = {}
    for index, window in enumerate(windows):
        first, last = _day(window.first), _day(window.last)
        for key, day, wrote in (("first", first, window.first), ("last", last, window.last)):
            if day is None:
                yield spot.problem("windows", index, key, key="pack.bad-month-day", wrote=wrote)
        if first is None or last is None:
            continue
        days = [first + timedelta(n) for n in range((last - first).days % YEAR + 1)]
        inside = {day.replace(year=first.year) for day in days}
        other = next((taken[day] for day in sorted(inside) if day in taken), None)
        if other is not None:
            yield spot.problem("windows", index, key="pack.windows-overlap", name=window.id, other=other)
        taken |= dict.fromkeys(inside, window.id)


def _day(month_day: str) -> date | None:
    """Return the day in a year that has them all."""
    try:
        return date.fromisoformat(f"2024-{month_day}")
    except ValueError:
        return None
