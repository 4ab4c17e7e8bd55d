"""Checks that a walkthrough speaks of people, questions and registers that are there."""

import re
from collections.abc import Iterator

from content.checks.ground import Ground
from content.checks.walk import Spot, walk
from content.pack import Pack
from content.problems import Problem
from content.schema.files import Actor, Expected, Scene, Walkthrough
from content.yaml_reader import Path

_NUMBER = re.compile(r"(?:H?\d+|[A-Z])\.\d+|H\d+")


def check_walkthroughs(ground: Ground) -> Iterator[Problem]:
    numbers = _numbers(ground.pack)
    for read in ground.files.walkthroughs:
        for spot in walk(read.source, read.part):
            match spot.part:
                case Scene():
                    yield from _scene(spot, spot.part, read.part, numbers)
                case Expected(asks=asks, settled=settled, status=status):
                    named: list[tuple[Path, str]] = [
                        (("asks", index), number) for index, number in enumerate(asks or ())
                    ]
                    for key, by_number in (("settled", settled), ("status", status)):
                        named += [((key, number), number) for number in by_number or ()]
                    yield from (
                        found for inside, number in named for found in _number(spot, inside, number, numbers)
                    )
                case Actor(unit=str(unit)) if unit not in read.part.units:
                    yield spot.problem(
                        "unit", key="pack.unknown-unit", name=unit, meant=unit, known=read.part.units
                    )
                case _:
                    continue


def _scene(spot: Spot, scene: Scene, walkthrough: Walkthrough, numbers: frozenset[str]) -> Iterator[Problem]:
    if scene.who is not None and scene.who not in walkthrough.people:
        yield spot.problem(
            "who", key="pack.unknown-person", name=scene.who, meant=scene.who, known=tuple(walkthrough.people)
        )
    acts = (scene.says, scene.privately, scene.presses, scene.fills)
    if scene.who is None and any(act is not None for act in acts):
        yield spot.problem(key="pack.nobody-does-it")
    for key, number in (("to", scene.to), ("on", scene.on)):
        if number is not None:
            yield from _number(spot, (key,), number, numbers)


def _number(spot: Spot, inside: Path, number: str, numbers: frozenset[str]) -> Iterator[Problem]:
    """A question's number may be followed by what it is about; only the number itself is looked up."""
    found = _NUMBER.match(number)
    if found is not None and found[0] not in numbers:
        yield spot.problem(*inside, key="pack.unknown-number", name=number)


def _numbers(pack: Pack) -> frozenset[str]:
    """Return what a line may name: the questions' numbers, and the checkpoints' own."""
    checkpoints = (f"H{number}" for number in range(1, len(pack.cycle) + 1))
    return frozenset((*pack.by_number, *checkpoints))
