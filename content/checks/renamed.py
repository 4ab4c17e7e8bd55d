"""Checks what a pack says of its own earlier versions: what was called something else, and what is gone."""

from collections.abc import Iterator

from content.checks.ground import Ground
from content.checks.walk import Spot
from content.problems import Problem
from content.schema.files import PackFile
from content.schema.questions import Asked

MAY_GO = ("question", "step", "track", "coverage", "exercise")
"""What a version may leave out. What records, roles and checkpoints point at stays."""


def check_renamed(ground: Ground) -> Iterator[Problem]:
    first: dict[str, Spot] = {}
    for spot in ground.spots:
        if isinstance(spot.part, Asked):
            yield from _was(ground, spot, spot.part, first)
    for spot in ground.spots:
        if isinstance(spot.part, PackFile):
            yield from _gone(ground, spot, spot.part)


def _was(ground: Ground, spot: Spot, question: Asked, first: dict[str, Spot]) -> Iterator[Problem]:
    for index, earlier in enumerate(question.was):
        if earlier in ground.questions:
            yield spot.problem("was", index, key="pack.was-is-here", name=earlier)
        elif first.setdefault(earlier, spot) is not spot:
            line = first[earlier].source.line((*first[earlier].path, "was"))
            other = f"{first[earlier].source.name}:{line}"
            yield spot.problem("was", index, key="pack.was-twice", name=earlier, other=other)


def _gone(ground: Ground, spot: Spot, manifest: PackFile) -> Iterator[Problem]:
    for index, thing in enumerate(manifest.gone):
        kind, _, name = thing.partition(":")
        if kind not in MAY_GO or not name:
            yield spot.problem("gone", index, key="pack.gone-form", name=thing)
        elif name in ground.names[kind]:
            yield spot.problem("gone", index, key="pack.gone-is-here", name=thing)
        elif kind == "question" and name in ground.pack.now_called:
            taker = ground.pack.now_called[name]
            yield spot.problem("gone", index, key="pack.gone-was", name=thing, taker=taker)
