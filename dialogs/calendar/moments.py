"""From a day and a time on somebody's wall to the one instant that is meant, outside their quiet hours."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dialogs.model.occurrence import Occurrence
from dialogs.model.terms import QuietHours


def instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """Return the instant in UTC when the wall clocks of *zone* show *day* and *at*.

    A time that the clocks show twice is the first of the two; one that they skip is the first instant after the gap.
    """
    local = datetime.combine(day, at, zone).replace(fold=0)
    found = local.astimezone(UTC)
    back = found.astimezone(zone)
    if back.replace(tzinfo=None) == local.replace(tzinfo=None):
        return found
    return _end_of_gap(local, zone)


def spoken_at(day: date, at: time, zone: ZoneInfo, quiet: QuietHours) -> datetime:
    """Return the instant in UTC when something may be said on *day*: at the time, or when the quiet hours end.

    What falls in the evening's quiet hours is said at their end the same morning, never the night after: it is about
    this day. Raises ``ValueError`` when the whole day is quiet.
    """
    when = quiet.end if quiet.cover(at) else at
    if quiet.cover(when):
        raise ValueError("no hour is left")
    found = instant(day, when, zone)
    # Clocks that skip an hour may skip into the quiet hours.
    return found if not quiet.cover(found.astimezone(zone).time()) else instant(day, quiet.end, zone)


def moment_of(one: Occurrence) -> datetime:
    """Return the instant in UTC when it is to be said."""
    return spoken_at(one.day, one.at, one.zone, one.quiet)


def day_of(now: datetime, zone: ZoneInfo) -> date:
    """Return the day that *now* (with a zone) falls on in *zone*."""
    return now.astimezone(zone).date()


def _end_of_gap(local: datetime, zone: ZoneInfo) -> datetime:
    """Return the first instant after the gap that swallows *local*: found by halving, to the second."""
    offset_after = local.replace(fold=0).utcoffset() or timedelta()
    offset_before = local.replace(fold=1).utcoffset() or timedelta()
    moved = abs(offset_after - offset_before)
    low = local.astimezone(UTC) - moved - timedelta(hours=1)
    high = local.astimezone(UTC) + moved + timedelta(hours=1)
    before = low.astimezone(zone).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        if middle.astimezone(zone).utcoffset() == before:
            low = middle
        else:
            high = middle
    return high.replace(microsecond=0)
