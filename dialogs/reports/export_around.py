"""What an export tells beside the answers: who was in the group when, what happened, what was shared, numbers, the calendar."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from content.schema.questions import Visibility
from dialogs.events import Contributed, Event, TextDisposed, Withdrawn, address_of
from dialogs.model.audit import Head
from dialogs.model.exercise import ExerciseRun
from dialogs.model.meeting import KeptMeeting
from dialogs.model.registration import Registration
from dialogs.model.sharing import Share
from dialogs.model.terms import Away
from dialogs.ports import MembershipRef
from dialogs.reports import export_shape as shape
from dialogs.reports.export_names import named, roles, who
from dialogs.wording.teller import Teller

_ABOUT = ("step", "id", "checkpoint", "exercise", "entry")
"""What an event that is about no question is about, by the first of these fields that it has."""


@dataclass(frozen=True)
class Around:
    """What is kept of a group beside its journey, as it was read. *names* are those of organisations and of people who left."""

    checksum: str = ""
    members: Sequence[MembershipRef] = ()
    numbers: Sequence[Registration] = ()
    shares: Sequence[tuple[Share, datetime | None]] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    kept_meetings: Sequence[KeptMeeting] = ()
    closed_days: frozenset[date] = frozenset()
    pause: Away | None = None
    head: Head | None = None

    def memberships(self, teller: Teller) -> tuple[shape.Membership, ...]:
        return tuple(
            shape.Membership(
                person=shape.Named(id=one.person, name=one.name),
                role=next(iter(roles(teller, filter(None, (one.role,)))), None),
                deputy=one.deputy, unit=one.unit, since=one.since, until=one.until,
            )
            for one in self.members
        )  # fmt: skip

    def registrations(self, teller: Teller) -> tuple[shape.Registration, ...]:
        return tuple(_registration(teller, one) for one in self.numbers)

    def shares_of(self, teller: Teller, record: str) -> tuple[shape.Share, ...]:
        return tuple(
            shape.Share(
                to=shape.Named(id=one.to, name=self.names.get(one.to, "")) if one.to else None,
                by=who(teller, one.by), at=one.at, until=one.until, ended=ended,
            )
            for one, ended in self.shares
            if one.record == record
        )  # fmt: skip

    def meetings(self) -> tuple[shape.Meeting, ...]:
        return tuple(
            shape.Meeting(
                body=one.meeting.body, day=one.meeting.day, document_stop=one.meeting.document_stop,
                called_off=one.called_off,
            )
            for one in self.kept_meetings
        )  # fmt: skip

    def reminder_pause(self) -> shape.Days | None:
        return shape.Days(first=self.pause.first, last=self.pause.last) if self.pause else None

    def log_head(self) -> shape.LogHead | None:
        return shape.LogHead(number=self.head.number, hash=self.head.hash) if self.head else None


def exercises_of(teller: Teller) -> tuple[shape.Exercise, ...]:
    known = teller.pack.exercise_of
    return tuple(
        shape.Exercise(
            id=id, title=teller.words(known[id].title) if id in known else id, held=run.held, phase=run.phase,
            since=run.since, over=run.over, pairs=_pairs(teller, run),
            earlier=tuple(
                shape.HeldBefore(held=one.run.held, since=one.run.since, pairs=_pairs(teller, one.run))
                for one in run.earlier
            ),
        )
        for id, run in teller.journey.exercises.items()
    )  # fmt: skip


def _pairs(teller: Teller, run: ExerciseRun) -> tuple[tuple[shape.Named, ...], ...]:
    return tuple(named((one, teller.name(one)) for one in pair) for pair in run.pairs)


def journal_of(teller: Teller, events: Sequence[Event]) -> Iterator[shape.Happening]:
    """Yield a line for each event, without what was said; none for answers that nobody is named for."""
    for event in events:
        address = address_of(event)
        if isinstance(event, Contributed | Withdrawn | TextDisposed) and _is_anonymous(teller, event):
            continue
        about = next((str(getattr(event, name)) for name in _ABOUT if getattr(event, name, "")), "")
        if address is not None:
            there = address.question in teller.pack.places
            about = teller.number(address) if there else address.question
        yield shape.Happening(kind=event.kind, by=who(teller, event.by), at=event.at, about=about)


def _is_anonymous(teller: Teller, event: Contributed | Withdrawn | TextDisposed) -> bool:
    if isinstance(event, Contributed):
        return event.person is None
    if isinstance(event, TextDisposed) and event.was == "drafted":
        return False
    address = event.address
    visible: Visibility = "anonymous"  # of a question that isn't asked any more, nothing is told either
    if address.question in teller.pack.places:
        visible = teller.question(address).visibility
    return visible == "anonymous"


def _registration(teller: Teller, one: Registration) -> shape.Registration:
    kind, _, rest = one.about.partition(":")
    id, _, of = rest.rpartition("@")
    if kind != "record":
        id = id.partition("/")[2]
    return shape.Registration.model_validate({
        "kind": kind, "id": id, "of": of, "number": one.number, "by": who(teller, one.by), "at": one.at,
    })  # fmt: skip
