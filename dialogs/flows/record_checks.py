"""Says what stands against an event that is about a record: adding it, changing it, moving its state."""

from collections.abc import Mapping
from typing import assert_never

from content.pack import Pack
from content.schema.files import State
from dialogs.events import (
    RecordAdded,
    RecordChanged,
    RecordMoved,
)  # fmt: skip
from dialogs.flows.decisions import waits_for
from dialogs.flows.facts import Facts
from dialogs.flows.position import (
    number_of,
)
from dialogs.flows.prolonging import Held, held
from dialogs.flows.rights import edits_registers, may_answer
from dialogs.flows.seen_by import kept_from_changing
from dialogs.flows.shortfall import against_move, criteria_against
from dialogs.flows.undecided import undecided
from dialogs.flows.yes import by_hand
from dialogs.model.answers import Value
from dialogs.model.journey import Journey
from dialogs.model.problem import Problem
from dialogs.model.records import Record
from dialogs.time import local_day


def _changes_what_others_said(
    pack: Pack, journey: Journey, id: str, fields: Mapping[str, Value], by: str
) -> bool:
    """Say whether somebody who wasn't there would change what was said, or who was."""
    record = journey.record(id)
    if record is None:
        return False
    kept = kept_from_changing(pack, journey, record, by) & fields.keys()
    return any((fields[name] or None) != (record.fields.get(name) or None) for name in kept)


def against_record(
    pack: Pack, journey: Journey, register: str, event: RecordAdded | RecordChanged | RecordMoved
) -> Problem | None:
    model = pack.registers.get(register)
    if model is None:
        return Problem("register-unknown", {"register": register})
    allowed = edits_registers(pack, journey, event.by)
    if isinstance(event, RecordAdded | RecordChanged):
        was = journey.record(event.id)
        if by_hand(pack, register, event.fields, was.fields if was is not None else {}):
            return Problem("written-by-the-group")
    match event:
        case RecordAdded(address=address) if address is not None and address.question in pack.places:
            question = pack.places[address.question].question
            if may_answer(pack, journey, question, event.by):
                return None
            return Problem("not-yours-to-answer", {"number": number_of(pack, journey, address)})
        case RecordAdded():
            return (
                None
                if allowed or model.anyone
                else Problem("not-yours-to-add", {"register": model.title.said_in(journey.language)})
            )
        case RecordChanged(id=id, fields=fields) if _changes_what_others_said(
            pack, journey, id, fields, event.by
        ):
            return Problem("not-present")
        case RecordChanged(id=id):
            changing = journey.record(id)
            if changing is None:
                return Problem("record-unknown")
            if not allowed:
                return Problem("only-leader")
            found = held(pack, journey, changing, event.fields, local_day(event.at), by=event.by)
            return _against_prolonging(pack, journey, found, changing) if found is not None else None
        case RecordMoved(id=id, to=to):
            record = journey.record(id)
            state = next((state for state in model.states if state.id == to), None)
            if record is None or state is None:
                return Problem("record-unknown")
            against = _against_move(pack, journey, record, state, event)
            if against is not None:
                return against
            return None if allowed else Problem("only-leader")
        case _:
            assert_never(event)


def _against_move(
    pack: Pack, journey: Journey, record: Record, state: State, event: RecordMoved
) -> Problem | None:
    """Return what the state requires and the record doesn't have, its criteria by name; or the decision it waits for."""
    today = local_day(event.at)
    facts = Facts(pack, journey, today)
    lacking = against_move(record, state, facts)
    if not lacking:
        waits = waits_for(pack, journey, record, state.id, today, by=event.by)
        return undecided(pack, journey, waits, record) if waits is not None else None
    what = lacking[0].say.said_in(journey.language)
    criteria = criteria_against(pack, record, lacking[:1], facts)
    if not criteria:
        return Problem("must-first", {"what": what})
    titles = "; ".join(one.title.said_in(journey.language) for one in criteria)
    return Problem("criteria-first", {"what": what, "titles": titles})


def _against_prolonging(pack: Pack, journey: Journey, found: Held, record: Record) -> Problem:
    """Return what the register requires before the record goes on for longer, or the decision it waits for."""
    if found.lacking or found.waits is None:
        return Problem("must-first", {"what": found.lacking[0].say.said_in(journey.language)})
    return undecided(pack, journey, found.waits, record)
