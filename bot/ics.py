"""Writes calendar entries as iCalendar (RFC 5545), for Outlook and all the others."""

from datetime import datetime, timedelta

from icalendar import Alarm, Calendar, Event

from bot.usecases.feed import Feed

MAKER = "-//Metodcoach//Kalender//SV"
HOST = "metodcoach"


def ics(feed: Feed, *, now: datetime) -> bytes:
    """Return the feed as a calendar; *now* is when it was made."""
    calendar = Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", feed.name)
    for entry in feed.entries:
        event = Event()
        event.add("uid", f"{entry.uid}@{HOST}")
        event.add("sequence", entry.sequence)
        event.add("dtstamp", now)
        event.add("dtstart", entry.day)
        event.add("dtend", entry.day + timedelta(days=1))
        event.add("summary", entry.title)
        event.add("transp", "TRANSPARENT")  # it takes up nobody's day
        if entry.text:
            event.add("description", entry.text)
        if entry.alarm_days is not None:
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", entry.title)
            # A whole day begins at midnight: nine in the morning of a day before it.
            alarm.add("trigger", timedelta(hours=9) - timedelta(days=entry.alarm_days))
            event.add_component(alarm)
        calendar.add_component(event)
    return bytes(calendar.to_ical())
