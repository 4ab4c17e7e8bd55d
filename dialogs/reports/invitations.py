"""The times that a group books, as invitations: one for each occasion, with the agenda of the step that it is for."""

from dataclasses import dataclass
from datetime import date, datetime, time

from dialogs.flows.facts import as_day, records_where
from dialogs.model.records import Record
from dialogs.reports.agenda import agenda_lines
from dialogs.values.asking import title_of
from dialogs.values.clock_times import read_span
from dialogs.wording.teller import Teller

CANCELLED = frozenset({"installt"})
"""The state of an occasion that doesn't come about."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """One occasion; times are local (Europe/Stockholm), None where only the day is known. `sequence` goes up."""

    uid: str
    title: str
    day: date
    begins: time | None
    ends: time | None
    place: str
    text: str
    sequence: int
    changed: datetime
    step: str = ""
    called_off: bool = False


def invitations(teller: Teller) -> tuple[Invitation, ...]:
    """Return what the group has booked, the first day in front. The journey holds the register's records."""
    wanted = teller.pack.manifest.invitations
    if wanted is None:
        return ()
    found = [
        _invitation(teller, record, day)
        for record in records_where(wanted.register_, wanted.where, teller.asking.facts)
        if (day := as_day(record.fields.get(wanted.date))) is not None
    ]
    return tuple(sorted(found, key=lambda one: (one.day, one.begins or time.min, one.uid)))


def _invitation(teller: Teller, record: Record, day: date) -> Invitation:
    wanted = teller.pack.manifest.invitations
    assert wanted is not None  # noqa: S101 - asked for only where there are any
    span = read_span(str(record.fields.get(wanted.time or "", "")))
    begins, ends = span if span is not None else (None, None)
    step = teller.pack.step_of.get(str(record.fields.get(wanted.step or "", "")))
    lines = [teller.text("invitation-of", group=teller.journey.group_name)]
    if step is not None:
        lines += [teller.words(step.goal)] if step.goal is not None else []
        lines += agenda_lines(teller, step, begins)
    return Invitation(
        f"occasion-{record.id}", title_of(record, teller.asking), day, begins, ends,
        str(record.fields.get(wanted.place or "", "")), "\n".join(lines), record.revision, record.at,
        step.id if step is not None else "", record.state in CANCELLED,
    )  # fmt: skip
