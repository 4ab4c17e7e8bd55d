"""Checks that an id is given once: in its list, and where the whole pack shares the names, in the whole pack."""

from collections.abc import Iterator

from pydantic import BaseModel

from content.checks.ground import Ground
from content.checks.walk import Spot, aliases
from content.problems import Problem
from content.schema.coverage import Coverage
from content.schema.files import Document, Walkthrough
from content.schema.guides import Guide
from content.schema.questions import Asked

# What the whole pack shares one set of names for. Steps, tracks and registers are looked at where they are put together.
SHARED = (Asked, Coverage, Document, Guide, Walkthrough)


def check_ids(ground: Ground) -> Iterator[Problem]:
    shared: dict[tuple[type[BaseModel], str], Spot] = {}
    for spot in ground.spots:
        kind = next((kind for kind in SHARED if isinstance(spot.part, kind)), None)
        if kind is not None:
            first = shared.setdefault((kind, getattr(spot.part, "id", "")), spot)
            if first is not spot:
                yield _twice(spot, getattr(spot.part, "id", ""), first)
        for name, key in aliases(type(spot.part)):
            yield from _list(spot, key, getattr(spot.part, name))


def _list(spot: Spot, key: str, items: object) -> Iterator[Problem]:
    if not isinstance(items, tuple) or isinstance(next(iter(items), None), Asked | Coverage):
        return
    first: dict[str, int] = {}
    for index, item in enumerate(items):
        name = getattr(item, "id", None) if isinstance(item, BaseModel) else None
        if name is not None and first.setdefault(name, index) != index:
            line = spot.source.line((*spot.path, key, first[name], "id"))
            yield spot.problem(
                key, index, "id", key="pack.id-twice", name=name, other=f"{spot.source.name}:{line}"
            )


def _twice(spot: Spot, name: str, first: Spot) -> Problem:
    line = first.source.line((*first.path, "id"))
    return spot.problem("id", key="pack.id-twice", name=name, other=f"{first.source.name}:{line}")
