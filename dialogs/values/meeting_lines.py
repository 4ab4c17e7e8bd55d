"""Reads meetings that were pasted: days with their document stops, on lines of their own or with commas between."""

import re
from collections.abc import Iterator
from datetime import date

from dialogs.model.problem import Problem
from dialogs.values.meetings import Reading, Remark, Written, meeting_day, stop_day
from dialogs.values.whose import short

MOST_LINES = 200
# A stop is told by its word, or stands in a cell of its own.
_STOP = re.compile(
    r"[\s,(]*(?:\bmed )?\b(?:handlingsstopp|ärendestopp|stopp|document stop|stop)(?:\s+den)?[\s:]+|\t+",
    re.IGNORECASE,
)
_BULLET = re.compile(r"^\s*(?:[-*•–]|\d{1,2}\))\s*")
_YEAR = re.compile(r"\d{4}")


def read_meeting_lines(text: str, body: str, *, today: date) -> Reading:
    """Return the meetings of *body* in what was pasted. A line's number is its place among those that say something."""
    pieces = list(_pieces(text))
    if not pieces:
        return Reading.refused("meetings-how")
    if len(pieces) > MOST_LINES:
        return Reading.refused("meetings-too-many", most=MOST_LINES)
    rows: list[Written] = []
    slips: list[Remark] = []
    for line, piece in enumerate(pieces, start=1):
        found = read_meeting(piece, today=today)
        if isinstance(found, Problem):
            slips.append(Remark(line, found))
        else:
            rows.append(Written(line, body, *found))
    return Reading(tuple(rows), slips=tuple(slips))


def read_meeting(text: str, *, today: date) -> tuple[date, date | None] | Problem:
    """Return the day and its document stop, as in `8 december, stopp 30 november`."""
    said, *stop = _STOP.split(text, maxsplit=1)
    day = meeting_day(said, today=today)
    if day is None:
        return Problem("meeting-line-day", {"said": short(said.strip() or text.strip())})
    if not stop:
        return day, None
    last = stop_day(stop[0].strip(" ()"), day)
    if last is None:
        return Problem("meeting-line-stop", {"said": short(stop[0].strip(" ()"))})
    return day, last


def _pieces(text: str) -> Iterator[str]:
    """Yield one meeting's words at a time: a stop, or a year, that stands after a comma belongs to what is before it."""
    for line in re.split(r"[\n;]+", text):
        held = ""
        for part in _BULLET.sub("", line).split(","):
            said = part.strip()
            if not said:
                continue
            if held and (_STOP.match(said) or _YEAR.fullmatch(said)):
                held = f"{held}, {said}"
                continue
            if held:
                yield held
            held = said
        if held:
            yield held
