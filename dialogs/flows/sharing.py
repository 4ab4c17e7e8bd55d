"""Says how far a record is shared by what was chosen in it, and what of it goes along."""

from collections.abc import Iterator
from typing import Literal

from content.schema.files import Register
from content.schema.questions import RegisterField
from dialogs.model.records import Record

Reach = Literal["group", "organisation", "everybody"]


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
