"""Says how far a record is shared by what was chosen in it, and what of it goes along."""

from collections.abc import Iterator
from typing import Literal

from content.schema.files import Register
from content.schema.questions import RegisterField
from dialogs.model.answers import Value
from dialogs.model.people import PersonId
from dialogs.model.records import Record

Reach = Literal["group", "organisation", "everybody"]
NOBODY = PersonId("")


def reach_of(model: Register, record: Record | None) -> Reach:
    """Return how far the record may be shared; what nobody has chosen for stays in the group."""
    if model.sharing is None or record is None:
        return "group"
    chosen = record.fields.get(model.sharing.field)
    if chosen == model.sharing.everybody:
        return "everybody"
    return "organisation" if chosen == model.sharing.organisation else "group"


def shared_fields(model: Register) -> Iterator[RegisterField]:
    """Yield the fields that go along when a record is shared."""
    return (field for field in model.fields if field.shared)


def as_lent(model: Register, record: Record) -> Record:
    """Return the record as others get it: with what goes along, in its state and revision, and no word of who wrote it.

    Another method may have a register of the same name: what isn't of a field's kind here is left out.
    """
    fields = {
        field.id: record.fields[field.id]
        for field in shared_fields(model)
        if field.id in record.fields and _fits(field, record.fields[field.id])
    }
    return Record(record.id, record.register, fields, record.state, NOBODY, record.at, record.revision)


def _fits(field: RegisterField, value: Value) -> bool:
    if field.kind in ("text", "choice", "date"):
        return isinstance(value, str)
    if field.kind in ("list", "choices"):
        return isinstance(value, list | tuple) and all(isinstance(one, str) for one in value)
    return field.kind in ("number", "scale") and isinstance(value, int | float)
