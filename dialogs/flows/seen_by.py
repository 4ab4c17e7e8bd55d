"""Who sees what was said among some: a field that only those see who were noted as present. Nobody else, anywhere."""

from dataclasses import replace

from content.pack import Pack
from content.schema.questions import RegisterField, SeenBy
from dialogs.model.changed import changed
from dialogs.model.journey import Journey
from dialogs.model.people import PersonId
from dialogs.model.records import Record

ANYBODY = ""
"""A reader that nobody knows: a room, a file, an export."""


def hidden(pack: Pack, journey: Journey, record: Record, reader: str) -> frozenset[str]:
    """Return the record's fields that *reader* may not see; none of most registers."""
    fields = pack.seen_by.get(record.register, ())
    return frozenset(one.id for one in fields if reader not in _present(journey, record, one))


def kept_from_changing(pack: Pack, journey: Journey, record: Record, by: str) -> frozenset[str]:
    """Return the fields that *by* may not change: what they don't see, and who does once anybody is named or it is filled.

    So whoever wasn't there can't put themselves among those who were.
    """
    found: set[str] = set()
    for one in pack.seen_by.get(record.register, ()):
        if one.seen_by is None or by in _present(journey, record, one):
            continue
        found.add(one.id)
        if _named(journey, record, one.seen_by) or record.fields.get(one.id):
            found.add(one.seen_by.of or one.seen_by.field)
    return frozenset(found)


def as_seen(pack: Pack, journey: Journey, record: Record, reader: str) -> Record:
    """Return the record with what *reader* may see of it."""
    secret = hidden(pack, journey, record, reader) & record.fields.keys()
    if not secret:
        return record
    return replace(
        record, fields={name: value for name, value in record.fields.items() if name not in secret}
    )


def journey_as_seen(pack: Pack, journey: Journey, reader: str) -> Journey:
    """Return the journey with its records as *reader* may see them: to be told of, never to be written."""
    if not pack.seen_by.keys() & journey.records.keys():
        return journey
    records = {
        register: tuple(as_seen(pack, journey, one, reader) for one in kept)
        if register in pack.seen_by
        else kept
        for register, kept in journey.records.items()
    }
    return changed(journey, records=records)


def _present(journey: Journey, record: Record, field: RegisterField) -> frozenset[PersonId | str]:
    """Return who sees the field: those who are named; as long as nobody is, whoever added the record."""
    if field.seen_by is None:
        return frozenset()
    return _named(journey, record, field.seen_by) or frozenset({record.added_by or record.by})


def _named(journey: Journey, record: Record, by: SeenBy) -> frozenset[PersonId | str]:
    holder = record if by.of is None else journey.record(str(record.fields.get(by.of, "")))
    value = holder.fields.get(by.field) if holder is not None else None
    people = value if isinstance(value, list | tuple) else [value] if value else []
    return frozenset(map(str, people))
