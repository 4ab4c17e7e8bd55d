"""Lets an event that was accepted happen: events folded one after the other are the journey. Nothing is checked here."""

from dataclasses import replace
from datetime import date
from typing import assert_never

from content.pack import Pack
from dialogs.events import (
    CheckpointClosed,
    CheckpointEvent,
    CheckpointMoved,
    CheckpointOpened,
    Contributed,
    Drafted,
    EntryChosen,
    Event,
    ExerciseBrokenOff,
    ExerciseEnded,
    ExerciseStarted,
    Feedback,
    JourneyDisposed,
    Marked,
    PairsDrawn,
    Paused,
    PhaseBegan,
    RecordAdded,
    RecordChanged,
    RecordMoved,
    Reopened,
    Resumed,
    Reviewed,
    RoundClosed,
    RoundOpened,
    Settled,
    Skipped,
    StepReopened,
    StepSigned,
    TextDisposed,
    VersionChanged,
    Voiced,
    WentOn,
    Withdrawn,
)  # fmt: skip
from dialogs.flows.position import page_with, step_of
from dialogs.flows.pulse import beat
from dialogs.flows.runs import begun, broken_off
from dialogs.model.answers import Answer, ConsentRound, Contribution, Draft, Item, Skip, Voice
from dialogs.model.changed import changed
from dialogs.model.checkpoint import OpenCheckpoint, key_of
from dialogs.model.journey import Journey, Page, Signed
from dialogs.model.pulse import Pulse
from dialogs.model.records import Record
from dialogs.time import local_day


def happen(pack: Pack, journey: Journey, event: Event) -> Journey:
    """Return the journey after *event*, which must be one that `advance` has accepted."""
    after = _happen(pack, journey, event)
    if isinstance(event, JourneyDisposed):
        return after
    return changed(after, sequence=journey.sequence + 1, pulse=beat(pack, journey.pulse, event))


def emptied(journey: Journey, event: JourneyDisposed) -> Journey:
    """Return what is left of a journey that was disposed of: that it was there, and how much had happened."""
    return changed(
        journey, state="closed", group_state="temporary", signed={}, exercises={}, sequence=event.happened + 1, pages={},
        items={}, retired={}, records={}, checkpoints=(), pulse=Pulse(), read=frozenset(),
    )  # fmt: skip


def _happen(pack: Pack, journey: Journey, event: Event) -> Journey:
    match event:
        case JourneyDisposed():
            return emptied(journey, event)
        case StepSigned(step=step, by=by, at=at, left=left):
            return changed(journey, signed={**journey.signed, step: Signed(by, at, left)})
        case StepReopened(step=step):
            return changed(journey, signed={one: sign for one, sign in journey.signed.items() if one != step})
        case Paused():
            return changed(journey, state="paused")
        case Resumed():
            return changed(journey, state="active")
        case CheckpointOpened(due=due, meeting=meeting, at=at):
            opened = _checkpoint(event, due, local_day(at), meeting)
            kept = journey if opened.page in journey.pages else journey.with_page(opened.page, Page())
            return kept.with_checkpoint(opened)
        case CheckpointMoved(due=due, meeting=meeting):
            there = journey.open_checkpoint(_key(event))
            return (
                journey.with_checkpoint(_checkpoint(event, due, there.opened, meeting)) if there else journey
            )
        case CheckpointClosed():
            return journey.without_checkpoint(_key(event))
        case EntryChosen(entry=entry):
            return changed(journey, first_step=pack.entry_of[entry].from_step)
        case ExerciseStarted():
            return begun(pack, journey, event)
        case PhaseBegan(exercise=exercise, phase=phase, at=at) if exercise in journey.exercises:
            return journey.with_exercise(replace(journey.exercises[exercise], phase=phase, since=at))
        case PairsDrawn(exercise=exercise, pairs=pairs) if exercise in journey.exercises:
            return journey.with_exercise(replace(journey.exercises[exercise], pairs=pairs))
        case ExerciseEnded(exercise=exercise, at=at) if exercise in journey.exercises:
            return journey.with_exercise(replace(journey.exercises[exercise], since=at, over=True))
        case ExerciseBrokenOff(exercise=exercise) if exercise in journey.exercises:
            return broken_off(pack, journey, event)
        case PhaseBegan() | PairsDrawn() | ExerciseEnded() | ExerciseBrokenOff() | Feedback():
            return journey
        case VersionChanged():
            raise ValueError("a change of version needs both: see dialogs.flows.versions")
        case RecordAdded(register=register, id=id, fields=fields, by=by, at=at, adopted=adopted):
            states = pack.registers[register].states
            return journey.with_record(
                Record(id, register, fields, states[0].id if states else "", by, at, 1, adopted, by)
            )
        case RecordChanged(id=id, fields=fields, by=by, at=at):
            record = journey.record(id)
            return journey.with_record(record.changed(fields, by=by, at=at)) if record else journey
        case RecordMoved(id=id, to=to, by=by, at=at):
            record = journey.record(id)
            return journey.with_record(record.moved(to, by=by, at=at)) if record else journey
        case _:
            item = _item_after(journey.item(event.address), event)
            item = changed(item, revisions=item.revisions + 1)
            step = step_of(pack, event.address)
            page = page_with(
                journey.page(step), item.address.key, item.status, waiting=item.waiting and not item.done
            )
            return journey.with_item(item).with_page(step, page)


def _checkpoint(
    event: CheckpointOpened | CheckpointMoved, due: date, opened: date, meeting: date | None
) -> OpenCheckpoint:
    return OpenCheckpoint(event.checkpoint, event.subject, event.period, due, opened, meeting)


def _key(event: CheckpointEvent) -> str:
    return key_of(event.checkpoint, event.subject, event.period)


_About = (
    Contributed | Withdrawn | Drafted | Settled | RoundOpened | Voiced | RoundClosed | Skipped | Reopened | Reviewed
    | Marked | WentOn | TextDisposed
)  # fmt: skip


def _item_after(item: Item, event: _About) -> Item:
    match event:
        case Contributed():
            return _contributed(item, event)
        case TextDisposed():
            gone = (event.id, event.replaces)
            left = tuple(one for one in item.contributions if one.id not in gone)
            return changed(item, contributions=left, skipped=None)
        case Withdrawn(id=id, by=by):
            left = tuple(one for one in item.contributions if one.id != id)
            return changed(
                item, contributions=left, taken_part=tuple(who for who in item.taken_part if who != by)
            )
        case Drafted(value=value, by=by, at=at):
            return changed(item, draft=Draft(value, by, at), skipped=None)
        case Settled():
            return _settled(item, event)
        case RoundOpened(value=value, by=by, at=at, quorum=quorum, last_day=last_day):
            return changed(item, round=ConsentRound(value, by, at, quorum, last_day), skipped=None)
        case Voiced(by=by, stance=stance, reason=reason, at=at) if item.round is not None:
            return changed(item, round=item.round.with_voice(Voice(by, stance, reason, at)))
        case RoundClosed(outcome=outcome) if item.round is not None:
            return changed(item, round=replace(item.round, closed=outcome))
        case Voiced() | RoundClosed():
            return item
        case Skipped(by=by, at=at, reason=reason):
            return changed(item, skipped=Skip(by, at, reason), waiting=False)
        case Reopened(reason=reason):
            return changed(
                item, reopened=reason if item.answer else None, skipped=None, review="", round=None
            )
        case Reviewed():
            return changed(item, review="")
        case Marked(because=because):
            return changed(item, review=because)
        case WentOn(last_day=last_day):
            return changed(item, waiting=True, last_day=last_day)
        case _:
            assert_never(event)


def _contributed(item: Item, event: Contributed) -> Item:
    others = tuple(one for one in item.contributions if one.id not in (event.id, event.replaces))
    if event.person is None:
        # Whose words these are is known to nobody: the text has no name and no time, the name has no text.
        text = (Contribution(event.id, event.value, None, None),) if event.id else ()
        taken_part = tuple(dict.fromkeys((*item.taken_part, event.by)))
        return changed(item, contributions=(*others, *text), taken_part=taken_part, skipped=None)
    entered_by = event.by if event.by != event.person else None
    new = Contribution(event.id, event.value, event.at, event.person, entered_by)
    return changed(item, contributions=(*others, new), skipped=None)


def _settled(item: Item, event: Settled) -> Item:
    voices = item.round.voices if item.round and event.how in ("consent", "despite-objection") else ()
    dissent = tuple(voice for voice in voices if voice.stance in ("concern", "object"))
    answer = Answer(item.last_revision + 1, event.value, event.by, event.at, event.how, event.why, dissent)
    return changed(item, answer=answer, draft=None, reopened=None, skipped=None, review="", waiting=False)
