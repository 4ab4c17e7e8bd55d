"""Checks that every row of a source has one place, and that the place is there."""

from collections.abc import Iterator

from content.checks.ground import Ground
from content.checks.walk import Spot, walk
from content.problems import Problem
from content.schema.files import Row

# A row's item says what it is and which: question:natverk, gate:nulagesanalys, tour.
ITEMS = (
    "question",
    "step",
    "track",
    "register",
    "role",
    "tag",
    "gate",
    "document",
    "checkpoint",
    "entry",
    "coverage",
    "nudge",
    "guide",
    "exercise",
    "right",
)
ALONE = ("tour",)


def check_coverage(ground: Ground) -> Iterator[Problem]:
    read = ground.files.coverage
    if read is None:
        return
    first: dict[str, int] = {}
    for spot in walk(read.source, read.part):
        if not isinstance(spot.part, Row):
            continue
        row = spot.part
        if row.row in first:
            yield spot.problem("row", key="pack.row-twice", name=row.row, first=first[row.row])
        first.setdefault(row.row, spot.source.line((*spot.path, "row")))
        if sum(place is not None for place in (row.item, row.text, row.none, row.later)) != 1:
            yield spot.problem(key="pack.row-places", name=row.row)
        if row.item is not None:
            yield from _item(ground, spot, row.item)


def _item(ground: Ground, spot: Spot, item: str) -> Iterator[Problem]:
    if item in ALONE:
        if not ground.pack.manifest.tour:
            yield spot.problem("item", key="pack.no-tour")
        return
    kind, colon, name = item.partition(":")
    if not colon or kind not in ITEMS:
        known = (*(f"{kind}:…" for kind in ITEMS), *ALONE)
        yield spot.problem("item", key="pack.unknown-item", name=item, known=known)
        return
    name = name.strip()
    known = ground.names["step" if kind == "gate" else kind]
    if name not in known:
        key = "step" if kind == "gate" else kind
        yield spot.problem("item", key=f"pack.unknown-{key}", name=name, meant=name, known=known)
