"""Says, before an event is accepted, what stands against it: a kind sentence with what to do, or nothing."""

from typing import assert_never

from content.pack import Pack
from content.schema.files import State
from content.schema.questions import DecisionQuestion, Question
from dialogs.events import (
    CheckpointClosed,
    CheckpointEvent,
    CheckpointMoved,
    CheckpointOpened,
    Contributed,
    Drafted,
    EntryChosen,
    Event,
    ExerciseEnded,
    ExerciseStarted,
    Feedback,
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
    VersionChanged,
    Voiced,
    WentOn,
    Withdrawn,
)  # fmt: skip
from dialogs.flows.checkpoints import is_done, missing_parts, sees_to
from dialogs.flows.decisions import Waits, bodies_with, has_right, waits_for
from dialogs.flows.exercises import against
from dialogs.flows.facts import Facts
from dialogs.flows.position import (
    checkpoint_number,
    current_step,
    gate,
    is_asked,
    number_of,
    put_in_step,
    step_of,
    steps_from_entry,
)
from dialogs.flows.prolonging import Held, held
from dialogs.flows.rights import belongs, edits_registers, follows, has_voice, leads, may, may_answer
from dialogs.flows.settling import mode_of
from dialogs.flows.shortfall import against_move, criteria_against
from dialogs.model.answers import Item
from dialogs.model.checkpoint import key_of
from dialogs.model.journey import Journey
from dialogs.model.problem import Problem
from dialogs.model.records import Record
from dialogs.time import local_day

_WHILE_PAUSED = (Resumed, Contributed, Withdrawn, Drafted, Feedback, RecordAdded, RecordChanged)


def objection_to(pack: Pack, journey: Journey, event: Event) -> Problem | None:
    """Return why *event* can't happen, or None when nothing stands against it."""
    if journey.state == "closed":
        return Problem("journey-is-closed")
    if journey.state == "paused" and not isinstance(event, _WHILE_PAUSED):
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
            return _against_record(pack, journey, register, event)
        case ExerciseStarted() | PhaseBegan() | PairsDrawn() | ExerciseEnded():
            return against(pack, journey, event)
        case EntryChosen(entry=entry):
            return _against_entry(pack, journey, event, entry)
        case Marked():
            return None
        case Feedback():
            return _against_feedback(pack, journey, event)
        case VersionChanged():
            raise ValueError("a change of version needs both: see dialogs.flows.versions")
        case _:
            return _against_item(pack, journey, event)


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


_AboutItem = (
    Contributed | Withdrawn | Drafted | Settled | RoundOpened | Voiced | RoundClosed | Skipped | Reopened | Reviewed
    | WentOn
)  # fmt: skip


def _against_item(pack: Pack, journey: Journey, event: _AboutItem) -> Problem | None:
    address = event.address
    place = pack.places.get(address.question)
    if place is None:
        return Problem("question-unknown")
    question = place.question
    item = journey.item(address)
    number = number_of(pack, journey, address)
    untouched = item.answer is None and not item.contributions
    if untouched and not is_asked(pack, journey, address, today=local_day(event.at)):
        return Problem("question-not-asked", {"number": number})
    match event:
        case Contributed():
            return _against_contribution(pack, journey, question, item, event, number)
        case Withdrawn(id=id, by=by):
            own = next((one for one in item.contributions if one.id == id), None)
            if own is None:
                return Problem("nothing-to-withdraw", {"number": number})
            if own.by is not None and by not in (own.by, own.entered_by):
                return Problem("not-your-answer")
            if own.by is None and item.done:
                return Problem("round-of-answers-closed", {"number": number})
            return None
        case Drafted():
            if not _may_settle(pack, journey, event.by):
                return Problem("only-leader")
            if item.in_round:
                return Problem("round-is-open", {"number": number})
            if question.kind == "commitment":
                return Problem("needs-confirming", {"number": number})
            return Problem("collected-not-written", {"number": number}) if question.who == "each" else None
        case Settled(value=value, how=how):
            if not _may_settle(pack, journey, event.by):
                return Problem("only-leader")
            if item.in_round:
                return Problem("round-is-open", {"number": number})
            if value is None and item.status in ("settled", "review"):
                return Problem("already-settled", {"number": number})
            if question.kind == "commitment":
                return Problem("needs-confirming", {"number": number})
            if question.who == "each" and how != "collected":
                return Problem("collected-not-written", {"number": number})
            if mode_of(question) == "consent" and how != "despite-objection":
                return Problem("needs-round", {"number": number})
            if how == "despite-objection" and (item.round is None or item.round.closed != "objected"):
                return Problem("no-objection-to-note", {"number": number})
            return Problem("nothing-to-settle", {"number": number}) if value is None else None
        case RoundOpened(value=value, last_day=last_day, at=at):
            if not _may_settle(pack, journey, event.by):
                return Problem("only-leader")
            if item.in_round:
                return Problem("round-is-open", {"number": number})
            if question.who == "each" or question.kind in ("record", "commitment"):
                return Problem("no-round-here", {"number": number})
            if last_day is not None and last_day < local_day(at):
                return Problem("day-has-been", {"day": last_day})
            return Problem("nothing-to-settle", {"number": number}) if value is None else None
        case Voiced(stance=stance, reason=reason):
            if not item.in_round:
                return Problem("no-round", {"number": number})
            if not has_voice(pack, journey, event.by):
                return Problem("no-voice", {"number": number})
            if stance == "object" and not reason.strip():
                return Problem("objection-needs-reason", {"number": number})
            return None
        case RoundClosed():
            if not item.in_round:
                return Problem("no-round", {"number": number})
            return None if _may_settle(pack, journey, event.by) else Problem("only-leader")
        case Skipped(reason=reason):
            if not may(pack, journey, event.by, "settle"):
                return Problem("only-leader-skips", {"number": number})
            if question.never_skip:
                return Problem("never-skip", {"number": number})
            if item.done:
                return Problem("already-answered", {"number": number})
            if item.in_round:
                return Problem("round-is-open", {"number": number})
            return None if reason.strip() else Problem("skip-needs-reason", {"number": number})
        case Reopened(reason=reason):
            if not _may_settle(pack, journey, event.by):
                return Problem("only-leader")
            if not item.done:
                return Problem("question-is-open", {"number": number})
            return None if reason.strip() else Problem("reopen-needs-reason", {"number": number})
        case Reviewed():
            if not item.review:
                return Problem("nothing-to-review", {"number": number})
            return None if _may_settle(pack, journey, event.by) else Problem("only-leader")
        case WentOn(at=at):
            step = step_of(pack, address)
            if not leads(pack, journey, event.by):
                return Problem("only-leader")
            if item.waiting or item.done or address.period:
                return Problem("nothing-to-go-on-from")
            before_group = put_in_step(pack, journey, today=local_day(at))
            if len(before_group) >= journey.at_once and step == current_step(pack, journey):
                return Problem("too-many-open", {"n": journey.at_once})
            return None
        case _:
            assert_never(event)


def _against_contribution(
    pack: Pack, journey: Journey, question: Question, item: Item, event: Contributed, number: str
) -> Problem | None:
    person = event.person or event.by
    if event.person is not None and event.person != event.by:
        if question.visibility not in ("group", "after-round"):
            return Problem("not-for-others", {"number": number})
        if not belongs(pack, journey, event.by) and not leads(pack, journey, event.by):
            return Problem("not-yours-to-answer", {"number": number})
    if (event.person is None) != (question.visibility == "anonymous"):
        return Problem("question-not-asked", {"number": number})
    if journey.roster.member(person) is None:
        return Problem("not-a-member", {"group": journey.group_name})
    if not may_answer(pack, journey, question, person):
        return Problem("not-yours-to-answer", {"number": number})
    replaced = next((one for one in item.contributions if one.id == event.replaces), None)
    if replaced is not None and replaced.by != event.person:
        return Problem("not-your-answer")
    if question.visibility == "anonymous" and item.done:
        return Problem("round-of-answers-closed", {"number": number})
    if isinstance(question, DecisionQuestion) and question.right is not None:
        right = next(one for one in pack.manifest.decides if one.id == question.right)
        if right.by is not None and not has_right(pack, journey, right, str(event.value["body"])):
            return undecided(pack, journey, Waits(right, "other-body"))
    if (
        mode_of(question) == "direct"
        and item.done
        and item.skipped is None
        and not event.change
        and not event.replaces
    ):
        return Problem("already-answered", {"number": number})
    return None


def _against_record(
    pack: Pack, journey: Journey, register: str, event: RecordAdded | RecordChanged | RecordMoved
) -> Problem | None:
    model = pack.registers.get(register)
    if model is None:
        return Problem("register-unknown", {"register": register})
    allowed = edits_registers(pack, journey, event.by)
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


def undecided(pack: Pack, journey: Journey, waits: Waits, record: Record | None = None) -> Problem:
    right = waits.right
    what = right.title.said_in(journey.language)
    if right.role is not None:
        role = pack.role_of[right.role].title.said_in(journey.language)
        return Problem("decision-by-role", {"what": what, "role": role})
    who = ", ".join(body.name for body in bodies_with(pack, journey, right, record))
    if waits.why == "not-yet":
        return Problem("decision-not-yet", {"what": what})
    if not who:
        return Problem("decision-first", {"what": what})
    if waits.why == "other-body":
        return Problem("decision-by-another", {"what": what, "who": who})
    return Problem("decision-first-by", {"what": what, "who": who})


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


def _may_settle(pack: Pack, journey: Journey, person: str) -> bool:
    return may(pack, journey, person, "settle")
