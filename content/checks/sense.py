"""Checks what each file allows and no conversation could carry out: more at least than at most, nothing to choose from."""

import re
from collections.abc import Iterator
from typing import Any

from content.checks.ground import Ground
from content.checks.walk import Spot
from content.problems import Problem
from content.schema.base import Media
from content.schema.coverage import Coverage, CoveredBy
from content.schema.files import Paragraph, RolePart
from content.schema.questions import ChoiceSpec, ChoicesSpec, DateSpec, NumberSpec, RankingSpec, ScaleSpec
from content.schema.rules import Offset

STEPS_OF_A_SCALE = 20
FARTHEST = 5_000  # in days, weeks or months: some calendars end


def check_sense(ground: Ground) -> Iterator[Problem]:
    for spot in ground.spots:
        match spot.part:
            case ScaleSpec(lowest=lowest, highest=highest):
                if not lowest < highest <= lowest + STEPS_OF_A_SCALE or max(-lowest, highest) > FARTHEST:
                    yield spot.problem("highest", key="pack.scale-upside-down", most=STEPS_OF_A_SCALE)
            case Offset(working_days=days, weeks=weeks, months=months):
                key = next(
                    key
                    for key, far in (("working-days", days), ("weeks", weeks), ("months", months))
                    if far is not None
                )
                far = abs(days or weeks or months or 0)
                if far > FARTHEST:
                    yield spot.problem(key, key="pack.too-much", name=key, wrote=far, most=FARTHEST)
            case NumberSpec(least=least, most=most):
                yield from _at_most(spot, "least", least, "most", most)
            case RolePart(at_least=least, at_most=most):
                yield from _at_most(spot, "at-least", least, "at-most", most)
            case ChoiceSpec() | ChoicesSpec() | RankingSpec():
                yield from _options(ground, spot, spot.part)
            case DateSpec(past=False, without_year="latest" | "nearest" as which):
                yield spot.problem("without-year", key="pack.past-not-taken", wrote=which)
            case Media(url=url) if re.search(r"\s", url):
                yield spot.problem("url", key="pack.bad-address", wrote=url)
            case Coverage():
                if sum(map(bool, (spot.part.units, spot.part.members, spot.part.audiences))) != 1:
                    yield spot.problem(key="pack.exactly-one", names="units, members, audiences")
            case CoveredBy(member=member, answer=answer, register_=register):
                if sum(one is not None for one in (member, answer, register)) != 1:
                    yield spot.problem(key="pack.exactly-one", names="member, answer, register")
            case Paragraph(text=text, answer=answer, field=field, register_=register, impact=impact):
                if sum(one is not None for one in (text, answer, field, register, impact)) != 1:
                    yield spot.problem(key="pack.exactly-one", names="text, answer, field, register, impact")
                elif register is None and (spot.part.where or spot.part.columns or spot.part.sort_by):
                    yield spot.problem(key="pack.columns-without-register")
            case _:
                continue


def _options(ground: Ground, spot: Spot, spec: Any) -> Iterator[Problem]:
    if not spec.options and spec.options_from is None and not getattr(spec, "own", False):
        yield spot.problem(key="pack.no-options")
    elif isinstance(spec, ChoicesSpec):
        yield from _at_most(spot, "at-least", spec.at_least, "at-most", spec.at_most)
        options = ground.options(spec)
        if options is not None and not spec.own and spec.at_least > len(options):
            yield spot.problem(
                "at-least", key="pack.too-few-options", least=spec.at_least, count=len(options)
            )


def _at_most(spot: Spot, low: str, least: float | None, high: str, most: float | None) -> Iterator[Problem]:
    if least is not None and most is not None and least > most:
        yield spot.problem(high, key="pack.least-over-most", low=low, high=high, least=least, most=most)
