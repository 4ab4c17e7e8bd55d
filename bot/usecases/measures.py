"""What people answer to a reminder: done, a new date, need help, not mine."""

from bot.usecases.turn import At, Turn
from dialogs.calendar.occurrences import is_open, reminder_of
from dialogs.events import RecordChanged, RecordMoved
from dialogs.flows.rights import leaders, leads
from dialogs.letters import Letter, ToPerson
from dialogs.messages import Composer, Press
from dialogs.model.journey import Journey
from dialogs.model.people import PersonId
from dialogs.model.problem import Problem
from dialogs.model.records import Record
from dialogs.ports import Needs
from dialogs.reports.nudge import missing
from dialogs.values.asking import title_of
from dialogs.wording.reminders import record_due_message


def show_due(turn: Turn, journey_id: str, record_id: str) -> None:
    journey, record = _found(turn, journey_id, record_id)
    if record is not None:
        turn.reply_about(record_due_message(turn.teller(journey), record, turn.person.id), journey.id)


def done(turn: Turn, journey_id: str, record_id: str) -> None:
    """Move the record to the state that its register calls done: the first that closes it."""
    journey, record = _found(turn, journey_id, record_id)
    if record is None:
        return
    states = turn.pack_of(journey).registers[record.register].states
    closed = next((state.id for state in states if state.closed), None)
    if closed is None:
        turn.refuse(Problem("old-button"))
        return
    event = RecordMoved(by=turn.person.id, at=turn.now, register=record.register, id=record.id, to=closed)
    if turn.act(At(journey.id), journey, event) is not None:
        _tell_leaders(turn, journey, "record-done-told", record)


def ask_for_help(turn: Turn, journey_id: str, record_id: str) -> None:
    journey, record = _found(turn, journey_id, record_id)
    if record is not None:
        _tell_leaders(turn, journey, "record-help-wanted", record)
        turn.say("record-help-asked", title=_title(turn, journey, record))


def not_mine(turn: Turn, journey_id: str, record_id: str) -> None:
    """Take the person's name off the record, and ask whoever leads who answers for it."""
    journey, record = _found(turn, journey_id, record_id)
    if record is None:
        return
    reminder = reminder_of(turn.pack_of(journey), record)
    if reminder is not None and reminder.owner and record.fields.get(reminder.owner) == turn.person.id:
        event = RecordChanged(
            by=turn.person.id,
            at=turn.now,
            register=record.register,
            id=record.id,
            fields={reminder.owner: ""},
        )
        if turn.act(At(journey.id), journey, event) is None:
            return
    _tell_leaders(turn, journey, "record-not-mine-asked", record)
    turn.say("record-not-mine-told", title=_title(turn, journey, record))


def remind_missing(turn: Turn, journey_id: str, *, sure: bool) -> None:
    """Show whom a reminder would go to; when *sure*, send it: to each once, whatever number of answers they owe."""
    journey = turn.whole(journey_id)
    pack = turn.pack_of(journey)
    if not leads(pack, journey, turn.person.id):
        turn.refuse(Problem("only-leader"))
        return
    teller = turn.teller(journey)
    owed = missing(teller)
    people = {m.person.id: m for lacking in owed.values() for m in lacking if m.person.id != turn.person.id}
    if not people:
        turn.say("remind-missing-none")
        return
    names = teller.names(people.values())
    if not sure:
        said = Composer().say(turn.words.say("remind-missing-who", names=names))
        said.button(turn.words.text("button-remind-them"), Press("remind-them"), primary=True)
        turn.reply_about(said.done(), journey.id)
        return
    for person, member in people.items():
        own = turn.teller(journey, language=member.person.language or journey.language)
        said = own.composer().say(
            own.say("remind-missing-asked", group=journey.group_name, name=turn.person.name)
        )
        theirs = [address for address, lacking in owed.items() if member in lacking]
        said.bullets(
            own.say("open-line", title=own.title(one), status=own.text("status-open")) for one in theirs
        )
        turn.letters.append(
            Letter(
                f"missing:{journey.id}:{turn.today}:{person}",
                ToPerson(person),
                said.done(),
                "note",
                journey.id,
                reminds=True,
            )
        )
    turn.say("remind-missing-sent", names=names)


def _found(turn: Turn, journey_id: str, record_id: str) -> tuple[Journey, Record | None]:
    """Return the journey with its dated registers, and the record as long as it is open; or say why not."""
    head = turn.uow.journeys.head(journey_id)
    registers = turn.pack_of(head).registers
    dated = frozenset(register.id for register in registers.values() if register.reminders)
    journey = turn.uow.journeys.fill(head, Needs(registers=dated))
    record = journey.record(record_id)
    if record is None:
        turn.say("record-gone")
        return journey, None
    if not is_open(registers[record.register], record):
        turn.say("record-closed-already", title=_title(turn, journey, record))
        return journey, None
    return journey, record


def _tell_leaders(turn: Turn, journey: Journey, key: str, record: Record) -> None:
    """Tell whoever leads, but the person who did it, with what can be done about the record."""
    for member in leaders(turn.pack_of(journey), journey):
        if member.person.id == turn.person.id:
            continue
        own = turn.teller(journey, language=member.person.language or journey.language)
        title = title_of(record, own.asking)
        said = own.composer().say(own.say(key, title=title, name=turn.person.name, group=journey.group_name))
        if key != "record-done-told":
            said.button(own.text("button-change-record"), Press("change-record", None, record.id))
        key_ = f"{turn.now.isoformat()}:{record.id}:{member.person.id}:{key}"
        turn.letters.append(
            Letter(key_, ToPerson(PersonId(member.person.id)), said.done(), "note", journey.id)
        )


def _title(turn: Turn, journey: Journey, record: Record) -> str:
    return title_of(record, turn.teller(journey).asking)
