"""Days and instants: an instant is UTC, a day is where the group lives."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

HOME = ZoneInfo("Europe/Stockholm")


def local_day(at: datetime) -> date:
    """Return the day that *at* (with a zone) falls on in Europe/Stockholm. Raises ``ValueError`` for a naive time."""
    if at.tzinfo is None:
        raise ValueError("an instant needs a zone")
    return at.astimezone(HOME).date()
