"""Which records of its organisation another group looks after: nobody is asked for, or reminded of, one twice."""

from collections.abc import Mapping, Sequence
from datetime import date

from content.pack import Pack
from dialogs.model.journey import Journey
from dialogs.ports import JourneyRef, PackShelf, UnitOfWork

NONE: frozenset[str] = frozenset()


def with_checkpoints_elsewhere(
    journey: Journey, pack: Pack, *, uow: UnitOfWork, written: Mapping[str, str] | None = None
) -> tuple[frozenset[str], Mapping[str, date]]:
    """Return the records whose checkpoints come in another group; and those that other groups have closed, by key.

    A record belongs to the group that wrote it; where that one has ended, or goes by another method, to the oldest
    running group of this method. *written* is what `written_elsewhere` says, where somebody has asked already.
    """
    if written is None:
        written = written_elsewhere(journey, pack, uow)
    if not written:
        return NONE, {}
    same = [one for one in uow.journeys.running_in(journey.organisation) if one.pack == journey.pack]
    others = _looked_after_by_others(journey, written, same)
    return others, uow.journeys.closed_elsewhere(journey) if len(others) < len(written) else {}


def with_reminders_elsewhere(
    journey: Journey,
    pack: Pack,
    *,
    uow: UnitOfWork,
    shelf: PackShelf,
    written: Mapping[str, str] | None = None,
) -> frozenset[str]:
    """Return the records that another group reminds of: the one that wrote it, else the oldest whose method does so."""
    if written is None:
        written = written_elsewhere(journey, pack, uow)
    if not written:
        return NONE
    running = uow.journeys.running_in(journey.organisation)
    return reminded_of_elsewhere(journey, pack, written, running, shelf)


def reminded_of_elsewhere(
    journey: Journey, pack: Pack, written: Mapping[str, str], running: Sequence[JourneyRef], shelf: PackShelf
) -> frozenset[str]:
    """Return the same, where it is known who wrote each of the organisation's records, and which journeys run there."""
    found = NONE
    for register in (one.id for one in pack.registers.values() if one.reminders):
        of_register = {one.id: written[one.id] for one in journey.records_in(register) if one.id in written}
        reminding = [one for one in running if _reminds_of(one, register, shelf)] if of_register else ()
        found |= _looked_after_by_others(journey, of_register, reminding)
    return found


def written_elsewhere(journey: Journey, pack: Pack, uow: UnitOfWork) -> Mapping[str, str]:
    """Return by which journey each of the organisation's records was written, but those of this one."""
    registers = [one for one in pack.calendar_reads.registers if pack.registers[one].scope == "organisation"]
    if journey.practice or not registers or not any(map(journey.records_in, registers)):
        return {}
    return uow.records.written_elsewhere(journey, registers)


def _looked_after_by_others(
    journey: Journey, written: Mapping[str, str], running: Sequence[JourneyRef]
) -> frozenset[str]:
    ids = [one.id for one in running]
    if not ids:
        return NONE
    return frozenset(record for record, by in written.items() if (by if by in ids else ids[0]) != journey.id)


def _reminds_of(one: JourneyRef, register: str, shelf: PackShelf) -> bool:
    known = shelf.pack(one.pack, one.version).registers.get(register)
    return known is not None and bool(known.reminders)
