"""Reads a file of meetings: a calendar, or the text of a spreadsheet. What it is shows in how it begins."""

from codecs import BOM_UTF8
from datetime import date, tzinfo
from pathlib import Path

from dialogs.values.meeting_table import may_be_meeting_table, read_meeting_table
from dialogs.values.meetings import Reading

MOST_BYTES = 1_000_000


def read_meeting_file(file: Path, *, today: date, zone: tzinfo) -> Reading:
    """Return the meetings in the file. A file that isn't there or can't be read is a slip, as everything else is."""
    try:
        with file.open("rb") as there:
            content = there.read(MOST_BYTES + 1)
    except OSError:
        return Reading.refused("meetings-file-missing", file=file)
    return read_meetings(content, today=today, zone=zone, calendar=file.suffix.casefold() == ".ics")


def read_meetings(content: bytes, *, today: date, zone: tzinfo, calendar: bool = False) -> Reading:
    """Return the meetings that the file holds; *calendar* where its name says that it is one."""
    if len(content) > MOST_BYTES:
        return Reading.refused("meetings-file-too-big", n=MOST_BYTES // 1_000_000)
    if calendar or _is_calendar(content):
        from bot.meeting_events import read_meeting_events  # a table needs none of it

        return read_meeting_events(content, today=today, zone=zone)
    return read_meeting_table(content, today=today)


def may_be_meetings(content: bytes) -> bool:
    """Say whether it begins as a calendar does, or has the headings of a table of meetings."""
    return _is_calendar(content) or may_be_meeting_table(content)


def _is_calendar(content: bytes) -> bool:
    return content.removeprefix(BOM_UTF8).lstrip()[:15].upper() == b"BEGIN:VCALENDAR"
