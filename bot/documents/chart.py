"""Draws a picture of a group as PNG, as wide as a phone. What people wrote is handed over as data, never read as markup."""

import json
import re
from calendar import monthrange
from dataclasses import asdict
from datetime import date, timedelta
from importlib.resources import files
from typing import Any

from bot.png import size_of, with_description
from dialogs.reports.chart import Chart, Mark
from dialogs.values.printable import all_printable

MOST_PIXELS = 1024
"""No picture is wider or higher: that is the most that Teams shows."""

SHARP = 144.0  # pixels an inch: twice as many as a phone's screen has points
LEAST_MONTH = 0.085  # of the line's width, below which not every month is named
CLOSE = 11.0  # degrees: marks that stand closer on the ring stand side by side
LANES = 3
LONG_RUN = 28
_LONG = re.compile(rf"\S{{{LONG_RUN}}}(?=\S)")


def as_png(data: dict[str, Any], told: str) -> bytes:
    """Return the picture of what `data_of` gave, with its alternative text in it. The same data gives the same bytes."""
    import typst  # its library is loaded by whoever makes a file

    page = files(__package__).joinpath("chart.typ").read_bytes()
    given = {"chart": json.dumps(data)}
    made = bytes(typst.compile(page, format="png", ppi=SHARP, sys_inputs=given))
    highest = max(size_of(made))
    if highest > MOST_PIXELS:
        fits = SHARP * (MOST_PIXELS - 1) / highest
        made = bytes(typst.compile(page, format="png", ppi=fits, sys_inputs=given))
    return with_description(made, told)


def data_of(chart: Chart) -> dict[str, Any]:
    """Return what the page reads: the chart's words, and where each thing stands on its line or ring."""
    told = json.loads(json.dumps(asdict(chart), default=str))
    placed = _ring(chart.marks) if chart.kind == "year" else [_on_line(chart, one) for one in chart.marks]
    for mark, where in zip(told["marks"], placed, strict=True):
        mark.update(where)
    told["months"] = _months(chart)
    told["year"] = str(chart.first.year) if chart.first is not None else ""
    told["now-at"] = _share(chart, chart.today)
    told["now-angle"] = _angle(chart.today) if chart.now else None
    told["lanes"] = max((one.get("lane", 0) for one in placed), default=0)
    return all_printable(_breakable(told))  # type: ignore[no-any-return]


def _on_line(chart: Chart, mark: Mark) -> dict[str, Any]:
    if mark.day is None or chart.last is None or chart.first is None:
        return {"at": 0.0, "beyond": ""}
    beyond = "after" if mark.day > chart.last else "before" if mark.day < chart.first else ""
    return {"at": _share(chart, mark.day), "beyond": beyond}


def _ring(marks: tuple[Mark, ...]) -> list[dict[str, Any]]:
    """Place each mark by its day; one that would hide another stands outside it, or a little later where that is full."""
    placed: list[dict[str, Any]] = []
    for mark in marks:
        angle = _angle(mark.day) if mark.day is not None else 0.0
        taken = {one["lane"] for one in placed if abs(one["angle"] - angle) < CLOSE}
        while len(taken) == LANES:
            angle += CLOSE
            taken = {one["lane"] for one in placed if abs(one["angle"] - angle) < CLOSE}
        placed.append({"angle": angle, "lane": min(set(range(LANES)) - taken)})
    return placed


def _months(chart: Chart) -> list[dict[str, Any]]:
    if chart.first is None or chart.last is None:
        return []
    begins, found = chart.first, []
    while begins <= chart.last:
        days = monthrange(begins.year, begins.month)[1]
        middle = _angle(begins + timedelta(days=days // 2))
        found.append(
            {"at": _share(chart, begins), "angle": _angle(begins), "middle": middle,
             "name": chart.months[begins.month - 1]}
        )  # fmt: skip
        begins += timedelta(days=days)
    each = max(1, round(LEAST_MONTH * len(found) + 0.49))
    return [{**one, "shown": number % each == 0} for number, one in enumerate(found)]


def _share(chart: Chart, day: date) -> float:
    """Return how far along the line the day is, from 0 to 1."""
    if chart.first is None or chart.last is None:
        return 0.0
    return min(max((day - chart.first) / (chart.last + timedelta(days=1) - chart.first), 0.0), 1.0)


def _angle(day: date) -> float:
    """Return where on the ring the day is, in degrees clockwise from the top, where the year begins."""
    begins = date(day.year, 1, 1)
    return 360.0 * ((day - begins) / (date(day.year + 1, 1, 1) - begins))


def _breakable(value: Any) -> Any:
    """Return data in which no run of signs is too long for a line: there are words that nobody has put a space in."""
    match value:
        case str():
            return _LONG.sub(lambda run: f"{run[0]}\u200b", value)
        case list():
            return [_breakable(one) for one in value]
        case dict():
            return {name: _breakable(one) for name, one in value.items()}
        case _:
            return value
