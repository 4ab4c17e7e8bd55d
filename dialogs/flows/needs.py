"""Says how much of a journey a turn has to read: what the event touches, and what hangs on it."""

from itertools import islice

from content.pack import Pack
from content.schema.questions import Appoint, MoveRecords, WriteInRecord
from dialogs.events import (
    EXERCISE_EVENTS,
    CheckpointClosed,
    CheckpointMoved,
    CheckpointOpened,
    Contributed,
    Drafted,
    EntryChosen,
    Event,
    Feedback,
    RecordAdded,
    RecordChanged,
    RecordMoved,
    Reviewed,
    RoundOpened,
    StepReopened,
    StepSigned,
    WentOn,
    address_of,
)  # fmt: skip
from dialogs.flows.exercises import needs_of
from dialogs.flows.periods import checkpoint_of
from dialogs.flows.position import current_step, step_of, steps_from_entry
from dialogs.flows.settling import mode_of
from dialogs.model.answers import Address
from dialogs.model.checkpoint import page_key
from dialogs.model.journey import Journey
from dialogs.model.records import SUPPORT
from dialogs.ports import Needs


def needs(pack: Pack, journey: Journey, event: Event) -> Needs:
    """Return what `advance` has to have at hand for *event*; *journey* may be a head alone."""
    current = current_step(pack, journey)
    steps = {current} if current else set()
    questions: set[str] = set()
    registers: set[str] = set()
    addresses: set[Address] = set()
    address = address_of(event)
    if address is not None and address.question in pack.places:
        steps.add(step_of(pack, address))
        addresses.add(address)
    if address is not None and address.question in pack.places and not _leaves_answers(pack, journey, event):
        hangs = _hangs_on(pack, address.question)
        steps, questions, registers = (
            steps | hangs.steps, questions | hangs.questions, registers | hangs.registers,
        )  # fmt: skip
    if isinstance(event, EXERCISE_EVENTS) and event.exercise in pack.exercise_of:
        every = needs_of(pack, event.exercise)
        for question in pack.exercise_of[event.exercise].questions:
            every |= _hangs_on(pack, question.id)  # what was put in may be settled by it
        steps, questions, registers = (
            steps | every.steps, questions | every.questions, registers | every.registers,
        )  # fmt: skip
    if isinstance(event, RecordAdded | RecordChanged | RecordMoved):
        steps |= pack.register_readers.get(event.register, frozenset())
        registers |= {event.register} | pack.read_to_see(event.register)
        prolonged = isinstance(event, RecordChanged) and bool(
            pack.prolonged_by(event.register) & event.fields.keys()
        )
        if isinstance(event, RecordChanged):  # what the group said yes to may be another thing now
            asked = [Address(one, f"record:{event.id}") for one in pack.yes_about.get(event.register, ())]
            addresses.update(asked)
            steps.update(step_of(pack, one) for one in asked)
        if isinstance(event, RecordMoved) or prolonged:
            questions |= pack.reads_to_move(event.register).questions
            registers |= pack.reads_to_move(event.register).registers
    if isinstance(event, EntryChosen) and event.entry in pack.entry_of:
        steps.add(pack.entry_of[event.entry].from_step)
    if isinstance(event, StepSigned | StepReopened):
        left = (one for one in steps_from_entry(pack, journey) if one not in (event.step, *journey.signed))
        steps |= {event.step, *islice(left, 1)}
    more = Needs(questions=frozenset(questions), registers=frozenset(registers))
    if isinstance(event, CheckpointOpened | CheckpointMoved | CheckpointClosed):
        steps.add(page_key(event.checkpoint, event.period))
        more |= _parts(pack, journey, event.checkpoint, event.subject, event.period)
    elif address is not None and address.period and address.question in pack.places:
        checkpoint = checkpoint_of(pack.places[address.question])
        more |= _parts(pack, journey, checkpoint, address.subject, address.period)
    if journey.checkpoints:
        steps |= _open_pages(journey)
    return _with_reads(pack, steps, addresses) | more


def needs_to_look(pack: Pack, journey: Journey, address: Address | None) -> Needs:
    """Return what has to be at hand to say where the group stands, and where this address does."""
    current = current_step(pack, journey)
    steps = {current} if current else set()
    if journey.checkpoints:
        steps |= _open_pages(journey)
    if address is None or address.question not in pack.places:
        return _with_reads(pack, steps, set())
    return _with_reads(pack, steps | {step_of(pack, address)}, {address})


def _with_reads(pack: Pack, steps: set[str], addresses: set[Address]) -> Needs:
    known = frozenset(pack.step_of.keys() & steps)
    parts = known
    if pack.cycle and len(known) < len(steps):
        pages = {page for page in steps - known if _checkpoint(page) in pack.checkpoint_of}
        parts |= frozenset(map(_checkpoint, pages))
        known |= pages
    reads = pack.reads_together(parts)
    return Needs(known, frozenset(addresses), reads.questions, reads.registers)


def needs_to_summarise(pack: Pack, journey: Journey) -> Needs:
    """Return what has to be at hand to say all that a summary says of the group; not how much has been answered."""
    reads = pack.summary_reads
    found = needs_to_look(pack, journey, None) | needs_of_checkpoints(pack, journey)
    support = frozenset({SUPPORT} & pack.registers.keys())
    return found | Needs(questions=reads.questions, registers=reads.registers | support, pages=True)


def needs_for_impact(pack: Pack) -> Needs:
    """Return what has to be at hand to say what the efforts were for and what came of them."""
    impact = pack.manifest.impact
    asked: frozenset[str] = frozenset()
    if impact is not None:
        asked = frozenset((*impact.wanted, *(one.question for one in (*impact.tried, *impact.results))))
    registers = (one.id for one in pack.registers.values() if one.effort is not None or one.aims)
    return Needs(questions=asked, registers=frozenset(registers))


def needs_of_checkpoints(pack: Pack, journey: Journey) -> Needs:
    """Return what says who owes what of the open checkpoints: their pages, with the items of all that they ask."""
    found = _with_reads(pack, _open_pages(journey), set())
    for one in journey.checkpoints:
        found |= _parts(pack, journey, one.checkpoint, one.subject, one.period)
    return found


def _open_pages(journey: Journey) -> set[str]:
    return {one.page for one in journey.checkpoints}


def _hangs_on(pack: Pack, name: str) -> Needs:
    """Return what an answer to the question may change: the steps that read it, what builds on it, what it moves."""
    question = pack.places[name].question
    moved = frozenset(then.move_records for then in question.then if isinstance(then, MoveRecords))
    if question.for_each is not None and any(isinstance(then, WriteInRecord) for then in question.then):
        moved |= frozenset({question.for_each.register_ or ""})
    steps = pack.readers.get(name, frozenset())
    questions, registers = frozenset(pack.depends_on(name)), moved
    for register in moved:
        steps |= pack.register_readers.get(register, frozenset())
        questions |= pack.reads_to_move(register).questions
        registers |= pack.reads_to_move(register).registers
    if any(isinstance(then, Appoint) for then in question.then):
        steps |= frozenset(pack.step_of)  # whoever holds a role may be asked anywhere
    return Needs(steps=steps, questions=questions, registers=registers)


def _parts(pack: Pack, journey: Journey, checkpoint: str, subject: str, period: str) -> Needs:
    """Return the items of all that a checkpoint may ask for in one period. *subject* is that of any of its parts."""
    addresses: set[Address] = set()
    questions: set[str] = set()
    roster = journey.roster
    for place in pack.questions_at(checkpoint) if checkpoint in pack.checkpoint_of else ():
        question, each = place.question, place.question.for_each
        if each is not None and each.register_ is not None:
            questions.add(question.id)
            continue
        about = ["", *([subject] if subject.startswith("record:") else ())]
        if question.who == "each-unit" or (each is not None and each.units is not None):
            about = [f"unit:{unit.id}" for unit in roster.units]
        elif each is not None:
            about = [f"person:{member.person.id}" for member in roster.members]
        addresses |= {Address(question.id, one, period) for one in about}
    return Needs(addresses=frozenset(addresses), questions=frozenset(questions))


def _checkpoint(page: str) -> str:
    return page.partition("/")[0]


def _leaves_answers(pack: Pack, journey: Journey, event: Event) -> bool:
    """Whether no answer can change by *event*, as far as *journey* tells: what builds on answers isn't needed then."""
    match event:
        case Reviewed() | WentOn() | Feedback():
            return True
        case Contributed(address=address) | Drafted(address=address) | RoundOpened(address=address):
            question = pack.places[address.question].question
            page = journey.pages.get(step_of(pack, address))
            if page is None or page.status(address) == "skipped":
                return False  # an answer from before it was skipped would count again
            alone = question.kind == "commitment" or question.who == "each" or mode_of(question) == "direct"
            return not (alone and isinstance(event, Contributed))
        case _:
            return False
