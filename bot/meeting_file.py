"""Reads a file of meetings: a calendar, or the text of a spreadsheet. What it is shows in how it begins."""

from codecs import BOM_UTF8
from datetime import date, tzinfo
from pathlib import Path

from dialogs.values.meeting_table import read_meeting_table
from dialogs.values.meetings import Reading

MOST_BYTES = 1_000_000


def read_meeting_file(file: Path, *, today: date, zone: tzinfo) -> Reading:
    """Return the meetings in the file. A file that isn't there or can't be read is a slip, as everything else is."""
    try:
        with file.open("rb") as there:
            content = there.read(MOST_BYTES + 1)
    except OSError:
        return Reading.refused("meetings-file-missing", file=file)
    if len(content) > MOST_BYTES:
        return Reading.refused("meetings-file-too-big", n=MOST_BYTES // 1_000_000)
    if file.suffix.casefold() == ".ics" or _is_calendar(content):
        from bot.meeting_events import read_meeting_events  # a table needs none of it

        return read_meeting_events(content, today=today, zone=zone)
    return read_meeting_table(content, today=today)


def _is_calendar(content: bytes) -> bool:
    return content.removeprefix(BOM_UTF8).lstrip()[:15].upper() == b"BEGIN:VCALENDAR"
