"""Says what stands against a record's going on for longer: what its register requires first, and who decides."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from content.pack import Pack
from content.schema.deciding import Decides
from content.schema.rules import Condition
from dialogs.flows.decisions import Waits, rights_to_prolong, waits_for_one
from dialogs.flows.facts import Facts, as_day, holds
from dialogs.model.answers import Value
from dialogs.model.journey import Journey
from dialogs.model.records import Record


@dataclass(frozen=True, slots=True)
class Held:
    """The dates that may not be moved later yet: what is lacking first, or else the decision that is waited for.

    `rights` are those by which it is decided, whether the decision is there or not.
    """

    fields: tuple[str, ...]
    lacking: tuple[Condition, ...]
    waits: Waits | None
    rights: tuple[Decides, ...]


def held(
    pack: Pack, journey: Journey, record: Record, fields: Mapping[str, Value], today: date, *, by: str
) -> Held | None:
    """Return why some of the record's dates may not be what *fields* says yet; None when nothing stands against it."""
    guarded = pack.prolonged_by(record.register)
    later = tuple(one for one in fields if one in guarded and goes_on(record.fields.get(one), fields[one]))
    if not later:
        return None
    to_be = record.changed(fields, by=record.by, at=record.at)
    before = {one: record.fields[one] for one in later}
    as_it_was = replace(to_be, fields={**to_be.fields, **before})
    facts = Facts(pack, journey, today)
    guards = [
        one
        for one in pack.registers[record.register].prolonging
        if one.date in later and (not one.in_ or record.state in one.in_)
    ]
    rights = rights_to_prolong(pack, as_it_was, later, facts)
    about = facts.about(as_it_was)
    lacking = tuple(must for one in guards for must in one.must if not holds(must.rule, about))
    waits = waits_for_one(pack, journey, as_it_was, rights, today, by=by)
    if not lacking and waits is None:
        return None
    names = {one.date for one in guards} | {one.records.prolongs for one in rights if one.records is not None}
    return Held(tuple(one for one in later if one in names), lacking, waits, rights)


def goes_on(before: Value | None, after: Value | None) -> bool:
    """Say whether the day is moved later; without any, it would have no end."""
    was, is_to_be = as_day(before), as_day(after)
    return was is not None and (is_to_be is None or is_to_be > was)
