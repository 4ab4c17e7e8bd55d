"""Writes calendar entries as iCalendar (RFC 5545), for Outlook and all the others."""

from datetime import datetime, timedelta
from unicodedata import category

from icalendar import Alarm, Calendar, Event, vDuration, vText

from bot.usecases.feed import Feed

MAKER = "-//Metodcoach//Kalender//SV"
HOST = "metodcoach"
_NO_TEXT = frozenset({"Cc", "Cs", "Zl", "Zp"})  # controls, halves of signs, separators of lines
RENEW = timedelta(hours=6)  # how often a calendar is asked to look again; each does as it pleases


def ics(feed: Feed, *, now: datetime) -> bytes:
    """Return the feed as a calendar; *now* is when it was made."""
    calendar = Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for name in ("name", "x-wr-calname"):
        calendar.add(name, vText(plain_text(feed.name)))
    calendar.add("refresh-interval", RENEW, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(RENEW))
    for entry in feed.entries:
        event = Event()
        event.add("uid", f"{entry.uid}@{HOST}")
        event.add("sequence", entry.sequence)
        event.add("dtstamp", now)
        event.add("dtstart", entry.day)
        event.add("dtend", entry.day + timedelta(days=1))
        event.add("summary", plain_text(entry.title))
        event.add("transp", "TRANSPARENT")  # it takes up nobody's day
        if entry.changed is not None:
            event.add("last-modified", entry.changed)
        if entry.text:
            event.add("description", plain_text(entry.text))
        event.add("status", "CANCELLED" if entry.called_off else "CONFIRMED")
        if entry.alarm_days is not None and not entry.called_off:
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", plain_text(entry.title))
            # A whole day begins at midnight: nine in the morning of a day before it.
            alarm.add("trigger", timedelta(hours=9) - timedelta(days=entry.alarm_days))
            event.add_component(alarm)
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def plain_text(said: str) -> str:
    """Return what people wrote without the signs that no calendar may hold."""
    return "".join(sign if sign == "\n" or category(sign) not in _NO_TEXT else " " for sign in said)
