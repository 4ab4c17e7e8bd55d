"""Carries out the effects that are not words: records saved, roles given."""

from datetime import date

from bot.usecases.sharing import keep_shared
from content.pack import Pack
from dialogs.effects import Appoint, JourneyEnded, JourneyPaused, JourneyResumed, Relieve, SaveRecord
from dialogs.events import (
    CheckpointClosed,
    CheckpointMoved,
    CheckpointOpened,
    Reopened,
    Settled,
    Skipped,
    address_of,
)  # fmt: skip
from dialogs.flows.advance import Advance
from dialogs.model.journey import Journey
from dialogs.model.records import Record
from dialogs.ports import UnitOfWork

DATED = (Appoint, Relieve, SaveRecord, JourneyPaused, JourneyResumed, JourneyEnded)
"""After these, other things are due, or for others."""


def carry_out(moved: Advance, *, before: Journey, pack: Pack, uow: UnitOfWork, today: date) -> None:
    """Write what the effects of one move change outside the journey."""
    if any(isinstance(effect, DATED) for effect in moved.effects) or _changes_days(moved, pack):
        uow.calendar.outdate(before.id)
    for effect in moved.effects:
        if isinstance(effect, SaveRecord):
            save_record(effect.record, before, pack, uow)
            _tell_who_looks_after_it(effect.record, before, pack, uow)
        elif isinstance(effect, Appoint | Relieve):
            member = moved.journey.roster.member(effect.person)
            if member is not None:
                uow.groups.put_member(before.group, member, on=today)


def save_record(record: Record, journey: Journey, pack: Pack, uow: UnitOfWork) -> None:
    """Write a revision of a record, for whoever shares its register."""
    scope = pack.registers[record.register].scope
    uow.records.save(
        record,
        organisation=journey.organisation,
        group=journey.group if scope == "group" or journey.practice else None,
        journey=journey.id,
    )
    keep_shared(record, journey, pack, uow)


def _tell_who_looks_after_it(record: Record, journey: Journey, pack: Pack, uow: UnitOfWork) -> None:
    """Have the group plan anew that entered the record, where this one has changed it."""
    of_all = pack.registers[record.register].scope == "organisation" and not journey.practice
    if of_all and record.revision > 1 and record.register in pack.calendar_reads.registers:
        by = uow.records.written_elsewhere(journey, [record.register]).get(record.id)
        uow.calendar.mark([by] if by else [], record.at)


def _changes_days(moved: Advance, pack: Pack) -> bool:
    """Say whether a checkpoint's day may be another after the move, or whoever still owes a part of it."""
    if not pack.cycle and pack.manifest.meetings is None:
        return False
    says_when = pack.calendar_reads.questions
    for event in moved.events:
        if isinstance(event, CheckpointOpened | CheckpointMoved | CheckpointClosed):
            return True
        address = address_of(event)
        if address is not None and address.period:
            return True
        if isinstance(event, Settled | Skipped | Reopened) and event.address.question in says_when:
            return True
    return False
