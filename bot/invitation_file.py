"""Writes invitations as iCalendar (RFC 5545): all of a group's times in one file, for Outlook and all the others."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event

from bot.ics import HOST, MAKER, plain_text
from dialogs.reports.invitations import Invitation
from dialogs.time import HOME

AS_LONG_AS = timedelta(hours=2)
"""How long an occasion is taken to be that says only when it begins."""


def invitation_file(found: Sequence[Invitation], *, now: datetime) -> bytes:
    """Return the calendar; *now* is when it was made."""
    calendar = Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for one in found:
        event = Event()
        event.add("uid", f"{one.uid}@{HOST}")
        event.add("sequence", one.sequence)
        event.add("dtstamp", now)
        event.add("last-modified", one.changed)
        event.add("summary", plain_text(one.title))
        if one.begins is None:
            event.add("dtstart", one.day)
            event.add("dtend", one.day + timedelta(days=1))
        else:
            begins = datetime.combine(one.day, one.begins, HOME)
            ends = datetime.combine(one.day, one.ends, HOME) if one.ends is not None else begins + AS_LONG_AS
            # In UTC, for Outlook knows no zone by a list of days: it would be an hour wrong in summer.
            event.add("dtstart", begins.astimezone(UTC))
            event.add("dtend", ends.astimezone(UTC))
        if one.place:
            event.add("location", plain_text(one.place))
        event.add("description", plain_text(one.text))
        event.add("status", "CANCELLED" if one.called_off else "CONFIRMED")
        calendar.add_component(event)
    return bytes(calendar.to_ical())
