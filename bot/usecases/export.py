"""Hands over everything that a group's journey holds, as JSON and as Markdown; that it was done is noted first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.usecases.office import BY, Office
from content.pack import Pack
from content.phrases.book import Phrasebook
from dialogs.events import Feedback
from dialogs.model.journey import Journey
from dialogs.model.problem import Problem
from dialogs.ports import Clock, JourneyRef, PackShelf, UnitOfWork
from dialogs.reports.export import export as exported
from dialogs.reports.export_around import Around
from dialogs.reports.export_markdown import export_markdown
from dialogs.values.names import fold
from dialogs.wording.teller import Teller


@dataclass(frozen=True, slots=True)
class Handed:
    """One journey, ready to be written down."""

    group: str
    json: str
    markdown: str


def journeys_named(office: Office, group: str, organisation: str) -> Sequence[JourneyRef] | Problem:
    """Return the group's journeys, in the order in which they began. Practice is meant only by its whole name."""
    refs = office.uow.journeys.all()
    practised = [ref for ref in refs if ref.practice and fold(ref.group_name) == fold(group)]
    if practised:
        return practised
    home = office.organisation(organisation)
    if isinstance(home, Problem):
        return home
    found = office.group(home, group)
    if isinstance(found, Problem):
        return found
    return [ref for ref in office.uow.journeys.of_group(found.group) if not ref.practice]


def export(
    journey: str, *, uow: UnitOfWork, shelf: PackShelf, book: Phrasebook, clock: Clock, language: str
) -> Handed:
    """Return the journey, told in *language*, or in its own where that is ""."""
    with uow:
        whole = uow.journeys.whole(journey)
        events = tuple(uow.journeys.events(journey))
        records = [record.id for kept in whole.records.values() for record in kept]
        checkpoints = tuple(uow.journeys.checkpoints(journey))
        adopted = tuple(uow.adopted.all(journey))
        revisions = {record: tuple(uow.records.history(record)) for record in records}
        around = _around(whole, records, uow)

    def pack_of(version: str) -> Pack:
        return shelf.pack(whole.pack, version)

    teller = Teller(book, pack_of(whole.version), whole, language or whole.language, clock.today())
    data = exported(
        teller,
        events,
        revisions,
        checkpoints,
        pack_of=pack_of,
        at=clock.now(),
        adopted=adopted,
        around=around,
    )
    feedback = [event for event in events if isinstance(event, Feedback)]
    markdown = export_markdown(teller, checkpoints, feedback, pack_of=pack_of, disposed=data.disposed)
    return Handed(whole.group_name, data.model_dump_json(indent=2) + "\n", markdown)


def _around(journey: Journey, records: Sequence[str], uow: UnitOfWork) -> Around:
    installed = {(id, version): checksum for id, version, checksum in uow.packs.all()}
    return Around(
        checksum=installed.get((journey.pack, journey.version), ""),
        members=tuple(uow.groups.memberships(journey.group)),
        numbers=tuple(uow.registrations.of(journey.id)),
        shares=tuple(uow.shares.history(records)),
        names=dict(uow.organisations.all()),
        kept_meetings=tuple(uow.calendar.kept_meetings(journey.organisation, since=date.min)),
        closed_days=uow.calendar.closed_days(journey.organisation),
        pause=uow.calendar.pause_of(journey.id),
        head=uow.audit.head(journey.organisation),
    )


def note_export_of(journey: Journey, *, uow: UnitOfWork, clock: Clock) -> None:
    with uow:
        uow.audit.note("exported", organisation=journey.organisation, by=BY, about=journey.id, at=clock.now())
        uow.commit()


def note_export(ref: JourneyRef, *, uow: UnitOfWork, clock: Clock) -> None:
    with uow:
        uow.audit.note("exported", organisation=ref.organisation, by=BY, about=ref.id, at=clock.now())
        uow.commit()
