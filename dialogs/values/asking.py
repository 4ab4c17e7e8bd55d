"""What has to be known to read or show a value: the pack, the journey as loaded, the language and the day."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from content.pack import Pack
from content.schema.questions import Source
from dialogs.flows.facts import Facts, records_where
from dialogs.flows.periods import items_now
from dialogs.flows.position import in_order
from dialogs.flows.seen_by import ANYBODY
from dialogs.model.answers import Item, Value
from dialogs.model.journey import Journey
from dialogs.model.records import Record
from dialogs.values.names import find


@dataclass(frozen=True, slots=True)
class Asking:
    pack: Pack
    journey: Journey
    language: str
    today: date
    reader: str = ANYBODY  # who alone reads what is told; nobody in particular in a room or a file

    @property
    def facts(self) -> Facts:
        return Facts(self.pack, self.journey, self.today)


Options = tuple[tuple[str, str], ...]


def options_of(spec: Any, asking: Asking) -> Options:
    """Return the (value, label) pairs that may be chosen, in the order in which they are numbered."""
    own = tuple((option.id, option.title.said_in(asking.language)) for option in getattr(spec, "options", ()))
    source = getattr(spec, "options_from", None)
    return own + (from_source(source, asking) if source is not None else ())


def from_source(source: Source, asking: Asking) -> Options:
    """Return what a source offers now."""
    roster = asking.journey.roster
    if source.register_ is not None:
        field = source.field or asking.pack.registers[source.register_].title_field
        found = records_where(source.register_, source.where, asking.facts)
        return tuple(
            (record.id, str(record.fields.get(field, ""))) for record in found if record.fields.get(field)
        )
    if source.tag is not None:
        values = asking.pack.tags[source.tag].values
        return tuple((value.id, value.title.said_in(asking.language)) for value in values)
    if source.units is not None:
        return tuple((unit.id, unit.name) for unit in roster.units)
    if source.members is not None:
        members = roster.members if source.members == "all" else roster.holders(source.members)
        return tuple((member.person.id, member.person.name) for member in members)
    found_options: list[tuple[str, str]] = []
    place = asking.pack.places[source.question or ""]
    items = items_now(asking.pack, asking.journey, place.question.id)
    if not items:
        return ()
    labels = dict(options_of(place.question, asking))
    for item in in_order(asking.pack, asking.journey, items):
        entries = _each_said(place.question, item) if place.question.who == "each" else as_list(item.value)
        found_options += [(str(entry), labels.get(str(entry), str(entry))) for entry in entries]
    return tuple(dict.fromkeys(found_options))


def _each_said(question: Any, item: Item) -> list[Value]:
    """Return what the members said, once it is shown to the group; a collected picture's own value is only a count."""
    if not item.done or question.visibility not in ("group", "after-round"):
        return []
    return [entry for one in item.contributions for entry in as_list(one.value)]


def register_named(name: str, pack: Pack) -> str | None:
    """Return the register that people call *name*, in any language."""
    options = []
    for register in pack.registers.values():
        for text in (register.title, register.singular):
            options += [(register.id, word) for word in text.root.values()]
        options.append((register.id, register.id))
    return find(name, tuple(dict.fromkeys(options)), numbered=False).value


def record_numbered(said: str, asking: Asking) -> Record | None:
    """Return the record that `samarbeten 2` names: a register and the record's number there."""
    name, _, number = said.strip().rpartition(" ")
    register = register_named(name, asking.pack) if name else None
    if register is None or not number.isdecimal() or len(number) > 6:
        return None
    records = asking.journey.records_in(register)
    return records[int(number) - 1] if 1 <= int(number) <= len(records) else None


def title_of(record: Record, asking: Asking) -> str:
    """Return what people call the record."""
    register = asking.pack.registers.get(record.register)
    return str(record.fields.get(register.title_field, "")) if register else record.id


def subject_name(subject: str, asking: Asking) -> str:
    """Return the name of what an address is about; "" for the group."""
    kind, _, id = subject.partition(":")
    if kind == "unit":
        return asking.journey.roster.unit_name(id)
    if kind == "person":
        return asking.journey.roster.name(id)
    if kind == "record":
        record = asking.journey.record(id)
        return title_of(record, asking) if record is not None else ""
    if kind == "step" and id in asking.pack.step_of:
        return asking.pack.step_of[id].title.said_in(asking.language)
    return ""


def as_list(value: Value | None) -> list[Value]:
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple) else [value]
