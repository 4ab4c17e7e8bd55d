"""Says, before an event is accepted, what stands against it: a kind sentence with what to do, or nothing."""

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
    Resumed,
    RoundClosed,
    StepReopened,
    StepSigned,
    TextDisposed,
    VersionChanged,
    Withdrawn,
)  # fmt: skip
from dialogs.flows.checkpoints import is_done, missing_parts, sees_to
from dialogs.flows.exercises import against
from dialogs.flows.item_checks import against_item
from dialogs.flows.position import (
    checkpoint_number,
    current_step,
    gate,
    number_of,
    steps_from_entry,
)
from dialogs.flows.record_checks import against_record
from dialogs.flows.rights import follows, leads, may
from dialogs.model.checkpoint import key_of
from dialogs.model.journey import Journey
from dialogs.model.problem import Problem
from dialogs.time import local_day

_WHILE_PAUSED = (Resumed, Contributed, Withdrawn, Drafted, Feedback, RecordAdded, RecordChanged)


def objection_to(pack: Pack, journey: Journey, event: Event) -> Problem | None:
    """Return why *event* can't happen, or None when nothing stands against it."""
    if journey.state == "closed":
        return Problem("journey-is-closed")
    if journey.state == "paused" and not (isinstance(event, _WHILE_PAUSED) or _retires(event)):
        return Problem("journey-is-paused")
    if isinstance(event, RoundClosed) and _is_over(journey, event):
        return None
    if isinstance(event, CheckpointOpened | CheckpointMoved | CheckpointClosed):
        return _against_checkpoint(pack, journey, event)
    if journey.roster.member(event.by) is None:
        return Problem("not-a-member", {"group": journey.group_name})
    match event:
        case StepSigned(step=step):
            return _against_signing(pack, journey, step, event)
        case StepReopened(step=step):
            if step not in journey.signed:
                return Problem("step-is-open", {"step": step})
            return None if leads(pack, journey, event.by) else Problem("only-leader")
        case Paused():
            return (
                Problem("journey-is-paused")
                if journey.state == "paused"
                else _only_leader(pack, journey, event)
            )
        case Resumed():
            return (
                Problem("journey-is-not-paused")
                if journey.state == "active"
                else _only_leader(pack, journey, event)
            )
        case (
            RecordAdded(register=register) | RecordChanged(register=register) | RecordMoved(register=register)
        ):
            return against_record(pack, journey, register, event)
        case ExerciseStarted() | PhaseBegan() | PairsDrawn() | ExerciseEnded() | ExerciseBrokenOff():
            return against(pack, journey, event)
        case EntryChosen(entry=entry):
            return _against_entry(pack, journey, event, entry)
        case Marked():
            return None
        case Feedback():
            return _against_feedback(pack, journey, event)
        case VersionChanged():
            raise ValueError("a change of version needs both: see dialogs.flows.versions")
        case TextDisposed() | JourneyDisposed():
            raise ValueError("nobody disposes of anything in a conversation")
        case _:
            return against_item(pack, journey, event)


def _against_checkpoint(pack: Pack, journey: Journey, event: CheckpointEvent) -> Problem | None:
    """The clock opens, moves and retires, whoever leads by then; people close."""
    if event.checkpoint not in pack.checkpoint_of:
        return Problem("checkpoint-unknown")
    number = checkpoint_number(pack, event.checkpoint)
    open = journey.open_checkpoint(key_of(event.checkpoint, event.subject, event.period))
    if isinstance(event, CheckpointOpened):
        return Problem("checkpoint-is-open", {"number": number}) if open is not None else None
    if open is None:
        return Problem("checkpoint-not-open", {"number": number})
    today = local_day(event.at)
    if isinstance(event, CheckpointMoved) or event.how == "retired":
        return None
    if event.how == "done" and is_done(pack, journey, open, today):
        return None
    if journey.roster.member(event.by) is None:
        return Problem("not-a-member", {"group": journey.group_name})
    if not (leads(pack, journey, event.by) or sees_to(pack, journey, open, event.by)):
        return Problem("checkpoint-not-yours", {"number": number})
    missing = missing_parts(pack, journey, open, today)
    if event.how == "done" and missing:
        numbers = ", ".join(number_of(pack, journey, address) for address in missing)
        return Problem("checkpoint-parts-missing", {"number": number, "numbers": numbers})
    if event.how == "left" and not event.note.strip():
        return Problem("checkpoint-needs-reason", {"number": number})
    return None


def _retires(event: Event) -> bool:
    return isinstance(event, CheckpointClosed) and event.how == "retired"


def _is_over(journey: Journey, event: RoundClosed) -> bool:
    """Say whether the round's last day has passed: then it closes whoever opened it, and whoever leads by now."""
    item = journey.item(event.address)
    last_day = item.round.last_day if item.in_round and item.round is not None else None
    return last_day is not None and last_day < local_day(event.at)


def _only_leader(pack: Pack, journey: Journey, event: Event) -> Problem | None:
    return None if leads(pack, journey, event.by) else Problem("only-leader")


def _against_feedback(pack: Pack, journey: Journey, event: Feedback) -> Problem | None:
    if not follows(pack, journey, event.by):
        return Problem("only-coach")
    if event.address is not None and event.address.question not in pack.places:
        return Problem("question-unknown")
    return None if event.text.strip() else Problem("feedback-how")


def _against_entry(pack: Pack, journey: Journey, event: Event, entry: str) -> Problem | None:
    """A group chooses where it begins as long as it has ended no step."""
    if entry not in pack.entry_of:
        titles = (one.title.said_in(journey.language) for one in pack.manifest.entries)
        return Problem("entry-unknown", {"names": ", ".join(titles)})
    if journey.signed:
        return Problem("entry-too-late")
    return _only_leader(pack, journey, event)


def _against_signing(pack: Pack, journey: Journey, step: str, event: StepSigned) -> Problem | None:
    if step not in steps_from_entry(pack, journey):
        return Problem("step-unknown")
    if step in journey.signed:
        return Problem("step-is-signed", {"step": pack.step_of[step].title.said_in(journey.language)})
    if step != current_step(pack, journey):
        return Problem("step-not-reached", {"step": pack.step_of[step].title.said_in(journey.language)})
    signers = pack.step_of[step].gate.signs
    held = {
        role
        for member in journey.roster.members
        if member.person.id == event.by
        for role in (*member.roles, *member.deputy_for)
    }
    if not (may(pack, journey, event.by, "sign") or leads(pack, journey, event.by) or held & set(signers)):
        return Problem("only-leader")
    missing = gate(pack, journey, step, today=local_day(event.at)).missing
    if missing:
        return Problem("must-first", {"what": " ".join(one.say.said_in(journey.language) for one in missing)})
    never = [
        number_of(pack, journey, address)
        for address in gate(pack, journey, step, today=local_day(event.at)).open
        if pack.places[address.question].question.never_skip
    ]
    return Problem("never-left", {"numbers": ", ".join(never)}) if never else None
