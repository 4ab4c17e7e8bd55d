"""Reads meetings out of a calendar (RFC 5545): its events, repeated ones day by day, and the document stops before them."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta, tzinfo
from typing import Any

from icalendar import Calendar, Event, vBroken

from bot.recurring import recurrence
from dialogs.model.problem import Problem
from dialogs.values.meeting_table import decoded
from dialogs.values.meetings import EARLIEST, Reading, Remark, Written
from dialogs.values.whose import short

MOST_EVENTS = 2000
MOST_MEETINGS = 2000
DEEPEST = 5  # of parts within parts: an event's alarm is at 3
MOST_SERIES = 200
A_DAY = timedelta(days=1)
AHEAD = timedelta(days=400)  # how far repeated events are followed
_STOP = re.compile(r"\b(?:handlingsstopp|ärendestopp|stopp|stoppdag|(?:documents? )?stop)\b", re.IGNORECASE)
_FOLDED_LETTER = re.compile(rb"([\xc2-\xf4][\x80-\xbf]{0,2})(\r?\n[ \t])(?=[\x80-\xbf])")
"""Lines are folded by bytes: some programs do it in the middle of an å."""
_PROPERTY = re.compile(r"[A-Za-z0-9-]+[;:]|[ \t]")


def read_meeting_events(content: bytes, *, today: date, zone: tzinfo) -> Reading:
    """Return the meetings in a calendar. Times in UTC are days of *zone*, others of the zone that they name.

    Never raises: what can't be read is a slip, with the line on which its event begins.
    """
    text = decoded(_FOLDED_LETTER.sub(rb"\2\1", content))
    if text is None or "\0" in text:
        return Reading.refused("meetings-file-unreadable")
    lines = re.split(r"\r\n|\r|\n", text)
    begins = [number for number, line in enumerate(lines, start=1) if _is(line, "BEGIN:VEVENT")]
    if len(begins) > MOST_EVENTS:
        return Reading.refused("meetings-too-many", most=MOST_EVENTS)
    if _depth(lines) > DEEPEST:
        return Reading.refused("meetings-file-calendar")
    try:
        events = _events(text)
    except Exception:  # noqa: BLE001 - the library raises many things at a broken calendar
        return Reading.refused("meetings-file-calendar", _first_odd(lines))
    if not events:
        return Reading.refused("meetings-file-empty")
    return _read(list(zip(_padded(begins, len(events)), events, strict=True)), today, zone)


def _read(events: Sequence[tuple[int, Event]], today: date, zone: tzinfo) -> Reading:
    if sum("RRULE" in event for _, event in events) > MOST_SERIES:
        return Reading.refused("meetings-too-many", most=MOST_SERIES)
    rows: list[Written] = []
    slips: list[Remark] = []
    notes: list[Remark] = []
    moved = frozenset(found for _, event in events if (found := _moved(event)) is not None)
    for line, event in events:
        title = str(event.get("SUMMARY", "")).strip()
        if str(event.get("STATUS", "")).upper() == "CANCELLED":
            notes.append(Remark(line, Problem("meeting-event-cancelled", {"said": short(title)})))
            continue
        try:
            days = _days(event, today, zone, moved)
        except Exception:  # noqa: BLE001 - what stands in a broken event is of any kind
            days = Problem("meeting-event-broken")
        if isinstance(days, Problem):
            slips.append(Remark(line, days))
            continue
        if not days:
            notes.append(Remark(line, Problem("meeting-event-over", {"said": short(title)})))
        rows += [Written(line, title, day, loosely=True) for day in days]
        if len(rows) > MOST_MEETINGS:
            return Reading.refused("meetings-too-many", most=MOST_MEETINGS)
    return Reading(
        tuple(row for row in rows if not _STOP.search(row.body)),
        tuple(row for row in rows if _STOP.search(row.body)),
        tuple(slips),
        tuple(notes),
    )


def _days(
    event: Event, today: date, zone: tzinfo, moved: frozenset[tuple[str, date]]
) -> Sequence[date] | Problem:
    """Return the event's days, those of a repeated one up to the horizon. Raises many things when it is broken."""
    begin = _moment(event, "DTSTART")
    if begin is None:
        return Problem("meeting-event-day")
    if "RECURRENCE-ID" in event or not ("RRULE" in event or "RDATE" in event):
        return [_local(begin, zone)]
    if "RRULE" in event and _date(begin) < EARLIEST:
        return Problem("meeting-too-far", {"day": _date(begin)})
    repeated = _repeated(event, begin, today, zone)
    if isinstance(repeated, Problem):
        return repeated
    uid = str(event.get("UID", ""))
    days = {_date(begin), *repeated, *_listed(event, "RDATE")} - set(_listed(event, "EXDATE"))
    coming = [_local(_at(day, begin), zone) for day in sorted(days) if (uid, day) not in moved]
    return [day for day in coming if day >= today]  # of a series, nobody asks for what has been


def _repeated(event: Event, begin: date, today: date, zone: tzinfo) -> Sequence[date] | Problem:
    if "RRULE" not in event:
        return ()
    rule: Any = event["RRULE"]
    until = rule.get("UNTIL") if not isinstance(rule, list) else None
    ends = until[0] if isinstance(until, list) else until
    found = (
        None
        if isinstance(rule, list)
        else recurrence(rule, _date(begin), None if ends is None else _last_day(ends, begin, zone))
    )
    return Problem("meeting-event-rule") if found is None else tuple(found.days(today + AHEAD, today - A_DAY))


def _last_day(ends: date, begin: date, zone: tzinfo) -> date:
    """Return the last day on which the event may come: by *ends*, it must have begun.

    Programs that part a series in two end the first a second before what would have been its next time.
    """
    if not (isinstance(ends, datetime) and isinstance(begin, datetime)):
        return _date(ends)
    if ends.tzinfo is not None:
        ends = ends.astimezone(begin.tzinfo or zone)
    return ends.date() if ends.time() >= begin.time() else ends.date() - A_DAY


def _moved(event: Event) -> tuple[str, date] | None:
    """Return which one of a repeated event's days it stands for, where it does: (uid, day)."""
    if "RECURRENCE-ID" not in event:
        return None
    at = _moment(event, "RECURRENCE-ID")
    return None if at is None else (str(event.get("UID", "")), _date(at))


def _listed(event: Event, name: str) -> Iterable[date]:
    """Yield the days of a property that may hold several, and may be there several times."""
    held: Any = event.get(name, [])
    for one in held if isinstance(held, list) else [held]:
        yield from (_date(part.dt) for part in one.dts)


def _moment(event: Event, name: str) -> date | None:
    """Return the day or the time that the property holds; None when it holds neither."""
    held = event.get(name)
    at: Any = None if isinstance(held, vBroken) else getattr(held, "dt", None)
    return at if isinstance(at, date) else None


def _date(at: date) -> date:
    return at.date() if isinstance(at, datetime) else at


def _at(day: date, like: date) -> date:
    """Return the day at the time of day, and in the zone, that *like* has."""
    return datetime.combine(day, like.timetz()) if isinstance(like, datetime) else day


def _local(at: date, zone: tzinfo) -> date:
    """Return the day by the wall clock of the place: the zone that is named, and *zone* for what is told in UTC."""
    if isinstance(at, datetime) and at.tzinfo is not None and at.tzname() == "UTC":
        return at.astimezone(zone).date()
    return _date(at)


def _events(text: str) -> list[Event]:
    return [one for one in Calendar.from_ical(text).walk("VEVENT") if isinstance(one, Event)]


def _first_odd(lines: Sequence[str]) -> int:
    """Return the number of the first line that is neither a property nor the rest of one; 0 when there is none."""
    return next((number for number, line in enumerate(lines, 1) if line and not _PROPERTY.match(line)), 0)


def _is(line: str, word: str) -> bool:
    return line[:1] in "Bb" and line.strip().upper() == word


def _depth(lines: Sequence[str]) -> int:
    """Return how deep parts stand within parts, at the most."""
    depth = deepest = 0
    for line in lines:
        if line[:6].upper() == "BEGIN:":
            depth += 1
            deepest = max(deepest, depth)
        elif line[:4].upper() == "END:":
            depth -= 1
    return deepest


def _padded(lines: Sequence[int], length: int) -> Sequence[int]:
    """Return a line for each event, whatever the library took for one."""
    return [*lines, *[0] * length][:length]
