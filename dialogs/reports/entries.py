"""What stands in a calendar: measures by their dates, bodies' meetings and document stops, each under a stable id."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from dialogs.calendar.occurrences import is_open, reminder_of
from dialogs.flows.facts import as_day
from dialogs.model.occurrence import MeetingDay
from dialogs.model.people import PersonId
from dialogs.values.asking import title_of
from dialogs.wording.teller import Teller


@dataclass(frozen=True, slots=True)
class Entry:
    """A whole day. `uid` stays for ever; `sequence` grows with each change; `alarm_days` before it one is warned."""

    uid: str
    sequence: int
    day: date
    title: str
    text: str = ""
    alarm_days: int | None = None


def entries(
    teller: Teller, meetings: Sequence[MeetingDay], *, only: PersonId | None = None
) -> Iterator[Entry]:
    """Yield what the journey has dates for; with *only*, that person's own and the meetings."""
    group = teller.journey.group_name
    for register in teller.pack.registers.values():
        for record in teller.journey.records_in(register.id):
            reminder = reminder_of(teller.pack, record)
            day = as_day(record.fields.get(reminder.date)) if reminder else None
            if reminder is None or day is None or not is_open(register, record):
                continue
            owner = record.fields.get(reminder.owner) if reminder.owner else None
            if only is None or owner == only:
                title = title_of(record, teller.asking)
                yield Entry(f"record-{record.id}", record.revision, day, title, group, alarm_days=1)
    for meeting in meetings:
        name = teller.journey.roster.body_name(meeting.body)
        uid = f"meeting-{meeting.body}-{meeting.day}"
        yield Entry(uid, 0, meeting.day, teller.text("calendar-entry-meeting", body=name))
        if meeting.document_stop is not None:
            stop = teller.text("calendar-entry-stop", body=name, day=meeting.day)
            # A moved stop is the same entry on another day.
            yield Entry(f"{uid}-stop", meeting.document_stop.toordinal(), meeting.document_stop, stop, "", 1)
