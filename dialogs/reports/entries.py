"""What stands in a calendar: records by their dates, checkpoints, bodies' meetings and stops, each under a stable id."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from dialogs.calendar.checkpoints import ahead_of
from dialogs.calendar.occurrences import is_open, reminder_of
from dialogs.calendar.workdays import WorkDays
from dialogs.flows.checkpoints import owing, who_sees_to
from dialogs.flows.facts import as_day
from dialogs.model.checkpoint import Held, OpenCheckpoint
from dialogs.model.meeting import KeptMeeting
from dialogs.model.people import PersonId
from dialogs.values.asking import title_of
from dialogs.wording.checkpoints import checkpoint_title
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
    changed: datetime | None = None  # None where nobody has noted when
    called_off: bool = False


@dataclass(frozen=True, slots=True)
class Dates:
    """What a journey's days come of, beside its records. `changes` grows whenever a checkpoint may have moved."""

    meetings: Sequence[KeptMeeting] = ()
    held: Sequence[Held] = ()
    work: WorkDays = WorkDays()  # noqa: RUF009 - it is frozen
    changes: int = 0


def entries(teller: Teller, dates: Dates, *, only: PersonId | None = None) -> Iterator[Entry]:
    """Yield what the journey has dates for; with *only*, what that person sees to or owes, and the meetings."""
    yield from _records(teller, only)
    yield from _checkpoints(teller, dates, only)
    for kept in dates.meetings:
        yield from _meeting(teller, kept)


def _records(teller: Teller, only: PersonId | None) -> Iterator[Entry]:
    for register in teller.pack.registers.values():
        for record in teller.journey.records_in(register.id):
            reminder = reminder_of(teller.pack, record)
            day = as_day(record.fields.get(reminder.date)) if reminder else None
            if reminder is None or day is None or not is_open(register, record):
                continue
            owner = record.fields.get(reminder.owner) if reminder.owner else None
            if only is None or owner == only:
                yield Entry(
                    f"record-{record.id}", record.revision, day, title_of(record, teller.asking),
                    teller.journey.group_name, alarm_days=1, changed=record.at,
                )  # fmt: skip


def _checkpoints(teller: Teller, dates: Dates, only: PersonId | None) -> Iterator[Entry]:
    for held in dates.held:
        if only is not None and only not in _concerned(teller, held):
            continue
        checkpoint = teller.pack.checkpoint_of[held.checkpoint]
        ahead = ahead_of(checkpoint, held.due, held.opens, dates.work)
        text = f"{teller.journey.group_name}\n{teller.words(checkpoint.do)}"
        yield Entry(
            f"checkpoint-{teller.journey.id}-{held.key}", dates.changes, held.due,
            checkpoint_title(teller, held.checkpoint, held.subject, held.period), text,
            alarm_days=(held.due - max(ahead)).days if ahead else 1,
        )  # fmt: skip


def _concerned(teller: Teller, held: Held) -> frozenset[PersonId]:
    """Return who sees to the checkpoint, or owes a part of it."""
    pack, journey = teller.pack, teller.journey
    sees_to = who_sees_to(pack, journey, pack.checkpoint_of[held.checkpoint], held.subject)
    open = journey.open_checkpoint(held.key) or OpenCheckpoint(
        held.checkpoint, held.subject, held.period, held.due, held.opens, held.meeting
    )
    return frozenset({*sees_to, *owing(pack, journey, open, teller.today)})


def _meeting(teller: Teller, kept: KeptMeeting) -> Iterator[Entry]:
    meeting, name = kept.meeting, teller.journey.roster.body_name(kept.meeting.body)
    uid = f"meeting-{meeting.body}-{meeting.day}"
    yield Entry(
        uid, kept.revision, meeting.day, teller.text("calendar-entry-meeting", body=name),
        changed=kept.changed, called_off=kept.called_off,
    )  # fmt: skip
    if meeting.document_stop is not None:
        stop = teller.text("calendar-entry-stop", body=name, day=meeting.day)
        # A moved stop is the same entry on another day.
        yield Entry(
            f"{uid}-stop", kept.revision, meeting.document_stop, stop,
            alarm_days=1, changed=kept.changed, called_off=kept.called_off,
        )  # fmt: skip
