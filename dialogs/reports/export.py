"""Everything that a journey holds, as one value to hand over: answers with their history, records, who signed what."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from content.pack import Pack
from dialogs.events import Event, JourneyDisposed
from dialogs.flows.position import current_step
from dialogs.flows.seen_by import as_seen
from dialogs.model import records
from dialogs.model.checkpoint import KeptCheckpoint
from dialogs.model.people import Member
from dialogs.ports import AdoptedRef
from dialogs.reports import export_shape as shape
from dialogs.reports.document_markdown import as_markdown
from dialogs.reports.documents import documents_of_group, written
from dialogs.reports.export_around import Around, exercises_of, journal_of
from dialogs.reports.export_history import history_of
from dialogs.reports.export_names import named, roles, who
from dialogs.reports.export_questions import checkpoint_of_export, retired_of_export, step_of_export
from dialogs.values.asking import title_of
from dialogs.values.showing import shown, state_title
from dialogs.wording.teller import Teller


def export(
    teller: Teller,
    events: Iterable[Event],
    revisions: Mapping[str, Sequence[records.Record]],
    checkpoints: Sequence[KeptCheckpoint] = (),
    *,
    pack_of: Callable[[str], Pack],
    at: datetime,
    adopted: Sequence[AdoptedRef] = (),
    around: Around | None = None,
) -> shape.Export:
    """Return the export. The journey must be loaded whole; *revisions* holds those of each of its records, by id.

    *checkpoints* are all that were ever opened, *adopted* what was adopted of any document, *around* what lies beside the journey; *pack_of* gives a version of the journey's method.
    """
    journey, pack = teller.journey, teller.pack
    events, around = tuple(events), around or Around()
    history = history_of(teller, events, pack_of)
    return shape.Export(
        exported=at,
        language=teller.language,
        organisation=shape.Named(id=journey.organisation, name=journey.organisation_name),
        group=shape.Named(id=journey.group, name=journey.group_name),
        group_state=journey.group_state,
        journey=journey.id,
        practice=journey.practice,
        state=journey.state,
        started=journey.started,
        first_step=journey.first_step,
        current_step=current_step(pack, journey),
        method=shape.Method(
            id=pack.id,
            title=teller.words(pack.manifest.title),
            version=pack.version,
            checksum=around.checksum,
            changes=tuple(
                shape.VersionChange(before=one.before, to=one.to, by=who(teller, one.by), at=one.at)
                for one in history.versions
            ),
        ),
        people=tuple(_person(teller, member) for member in journey.roster.members),
        former=named((person.id, person.name) for person in journey.roster.former),
        units=named((unit.id, unit.name) for unit in journey.roster.units),
        bodies=named((body.id, body.name) for body in journey.roster.bodies),
        closed=named(journey.roster.closed.items()),
        steps=tuple(step_of_export(teller, step.id, history) for step in pack.steps),
        retired=retired_of_export(teller, pack_of, history),
        checkpoints=tuple(checkpoint_of_export(teller, one, history) for one in checkpoints),
        registers=tuple(
            _register(teller, register, revisions, around) for register in sorted(pack.registers)
        ),
        documents=tuple(_documents(teller, adopted)),
        registrations=around.registrations(teller),
        memberships=around.memberships(teller),
        exercises=exercises_of(teller),
        journal=tuple(journal_of(teller, events)),
        meetings=around.meetings(),
        closed_days=tuple(sorted(around.closed_days)),
        reminder_pause=around.reminder_pause(),
        log=around.log_head(),
        disposed=disposed_by(events),
    )


def disposed_by(events: Sequence[Event]) -> str | None:
    """Return the decision by which the whole journey was disposed of; None while it stands."""
    last = events[-1] if events else None
    return last.decision if isinstance(last, JourneyDisposed) else None


def _documents(teller: Teller, adopted: Sequence[AdoptedRef]) -> Iterator[shape.Document]:
    """Yield the group's documents; of those about an entry, and those of earlier versions, the ones that were adopted."""
    known = {document.id: document for document in documents_of_group(teller)}
    for id in dict.fromkeys((*known, *(one.document for one in adopted))):
        versions = [one for one in adopted if one.document == id]
        document = known.get(id)
        yield shape.Document(
            id=id,
            title=teller.words(document.title) if document is not None else versions[-1].whole.title,
            missing=written(teller, document).missing if document is not None else (),
            adopted=tuple(_version(teller, one) for one in versions),
        )


def _version(teller: Teller, ref: AdoptedRef) -> shape.AdoptedVersion:
    told = ref.whole.adopted
    assert told is not None  # noqa: S101 - nothing else is kept
    return shape.AdoptedVersion(
        number=ref.number, body=told.body, on=told.on, reference=told.reference, language=ref.whole.language,
        digest=ref.digest, by=who(teller, ref.by), at=ref.at, markdown=as_markdown(ref.whole, sources=True),
    )  # fmt: skip


def _person(teller: Teller, member: Member) -> shape.Person:
    return shape.Person(
        id=member.person.id,
        name=member.person.name,
        roles=roles(teller, member.roles),
        deputy_for=roles(teller, member.deputy_for),
        unit=member.unit,
        since=member.since,
    )


def _register(
    teller: Teller, register: str, revisions: Mapping[str, Sequence[records.Record]], around: Around
) -> shape.Register:
    of = teller.pack.registers[register]
    return shape.Register(
        id=register,
        title=teller.words(of.title),
        scope=of.scope,
        records=tuple(
            shape.Record(
                id=one.id,
                title=title_of(one, teller.asking),
                adopted=one.adopted,
                shares=around.shares_of(teller, one.id),
                revisions=tuple(_record_revision(teller, old) for old in revisions.get(one.id, (one,))),
            )
            for one in teller.journey.records_in(register)
        ),
    )


def _record_revision(teller: Teller, record: records.Record) -> shape.RecordRevision:
    fields = teller.pack.registers[record.register].fields
    record = as_seen(teller.pack, teller.journey, record, teller.reader)
    state = shape.Titled(id=record.state, title=state_title(record, teller.asking)) if record.state else None
    return shape.RecordRevision(
        revision=record.revision,
        by=who(teller, record.by),
        at=record.at,
        state=state,
        fields=tuple(
            shape.Filled(
                id=one.id,
                title=teller.words(one.title),
                value=record.fields[one.id],
                text=shown(one, record.fields[one.id], teller.asking),
            )
            for one in fields
            if record.fields.get(one.id) not in (None, "", [], {})
        ),
    )
