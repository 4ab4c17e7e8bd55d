"""Words for one thing that is due, and what can be answered to it."""

from collections.abc import Iterable
from datetime import date

from dialogs.calendar.occurrences import reminder_of
from dialogs.calendar.putting_off import is_put_off
from dialogs.flows.facts import as_day
from dialogs.flows.rights import leads
from dialogs.messages import Composer, Message, Press, Spans
from dialogs.model.occurrence import Occurrence
from dialogs.model.people import PersonId
from dialogs.model.records import Record
from dialogs.values.asking import title_of
from dialogs.values.showing import label_of
from dialogs.wording.checkpoint_reminders import checkpoint_buttons, checkpoint_due_line, no_other_told
from dialogs.wording.checkpoints import checkpoint_title
from dialogs.wording.teller import Teller


def thing_buttons(teller: Teller, said: Composer, thing: Occurrence) -> None:
    """Add what its recipient may answer to one thing."""
    if thing.rule == "checkpoint":
        checkpoint_buttons(teller, said, thing)
        return
    record = teller.journey.record(thing.about)
    if record is not None:
        answer_buttons(teller, said, record, thing.recipient)


def shown_by(thing: Occurrence) -> Press:
    """Return what shows one of several things whole, with what can be answered to it."""
    if thing.rule == "checkpoint":
        return Press("checkpoint-show", None, thing.about)
    return Press("record-due", None, thing.about)


def later_button(teller: Teller, said: Composer, about: Iterable[str]) -> None:
    """Add what puts off the things, each named by its journey and what it is about: `journey/about`."""
    said.button(teller.text("button-remind-later"), Press("remind-later", None, " ".join(about)))


def record_due_message(teller: Teller, record: Record, reader: PersonId) -> Message:
    """Return what can be answered about one record that somebody asked to see."""
    said = teller.composer().say(_due_line(teller, record))
    answer_buttons(teller, said, record, reader)
    later_button(teller, said, [f"{teller.journey.id}/{record.id}"])
    return said.done()


def answer_buttons(teller: Teller, said: Composer, record: Record, reader: PersonId) -> None:
    """Add what one may answer to a reminder: done, a new date; help, not mine. Who only follows the group sees how it stands."""
    leading = leads(teller.pack, teller.journey, reader)
    if not leading and owner_of(teller, record) != reader:
        label = teller.text("button-status-of", group=teller.journey.group_name)
        said.button(label, Press("status", None, teller.journey.id))
        return
    said.button(teller.text("button-record-done"), Press("record-done", None, record.id), primary=True)
    said.button(teller.text("button-new-date"), Press("record-date", None, record.id))
    if not leading:
        said.button(teller.text("button-need-help"), Press("record-help", None, record.id))
        said.button(teller.text("button-not-mine"), Press("record-not-mine", None, record.id))


def due_line(teller: Teller, thing: Occurrence) -> Spans:
    """Return the thing in one sentence: what it is, its day, and who knows of it by now."""
    if thing.rule == "checkpoint":
        return checkpoint_due_line(teller, thing)
    record = teller.journey.record(thing.about)
    if record is None:
        return teller.say("record-gone")
    if is_put_off(thing):
        return _due_line(teller, record)
    title = title_of(record, teller.asking)
    if thing.rule == "undated":
        return teller.say("remind-undated", title=title)
    kind = kind_of(teller, record)
    day = thing.slot.rpartition("/")[0].rpartition("_")[2]
    rung = thing.slot.rpartition("/")[2]
    owner = owner_of(teller, record)
    if rung.startswith("ahead") or rung == "day":
        return _coming_line(teller, record, day)
    if rung == "late" or no_other_told(teller, rung, thing.recipient, thing.recipient == owner):
        return teller.say("record-late", title=title, kind=kind, day=day)
    if rung == "leader":
        if thing.recipient == owner:
            return teller.say("remind-leader-told", title=title)
        if owner is None:
            return teller.say("record-late", title=title, kind=kind, day=day)
        return teller.say("record-leader", title=title, kind=kind, day=day, name=teller.name(owner))
    if leads(teller.pack, teller.journey, thing.recipient):
        return teller.say("remind-coach-told", title=title)
    return teller.say("record-coach", title=title, kind=kind, day=day, group=teller.journey.group_name)


def thing_title(teller: Teller, thing: Occurrence) -> str:
    """Return what the thing is called in a list."""
    if thing.rule == "weekly":
        return teller.text("thing-weekly")
    if thing.rule == "overview":
        return teller.text("thing-overview")
    if thing.rule == "checkpoint":
        return checkpoint_title(teller, *thing.about.split("|"))
    record = teller.journey.record(thing.about)
    return title_of(record, teller.asking) if record is not None else ""


def _due_line(teller: Teller, record: Record) -> Spans:
    title = title_of(record, teller.asking)
    reminder = reminder_of(teller.pack, record)
    due = as_day(record.fields.get(reminder.date)) if reminder else None
    if due is None:
        return teller.say("remind-undated", title=title)
    if due < teller.today:
        return teller.say("record-late", title=title, kind=kind_of(teller, record), day=due)
    return _coming_line(teller, record, due.isoformat())


def _coming_line(teller: Teller, record: Record, day: str) -> Spans:
    """Return the record with its day, called what the method calls it: a meeting isn't to be done by a day, as a measure is."""
    title, kind = title_of(record, teller.asking), kind_of(teller, record)
    label = _label(teller, record)
    if day == teller.today.isoformat():
        return teller.say("record-day", title=title, kind=kind, label=label)
    return teller.say("record-ahead", title=title, kind=kind, label=label, day=day)


def _label(teller: Teller, record: Record) -> str:
    """Return what the day that the record is reminded of is called."""
    reminder = reminder_of(teller.pack, record)
    fields = {one.id: one for one in teller.pack.registers[record.register].fields}
    return label_of(fields[reminder.date], teller.language) if reminder else ""


def kind_of(teller: Teller, record: Record) -> str:
    """Return what one such record is called."""
    return teller.words(teller.pack.registers[record.register].singular)


def owner_of(teller: Teller, record: Record) -> PersonId | None:
    """Return the member who is named as responsible; None when nobody is, or they have left."""
    reminder = reminder_of(teller.pack, record)
    owner = record.fields.get(reminder.owner) if reminder and reminder.owner else None
    known = isinstance(owner, str) and teller.journey.roster.member(owner) is not None
    return PersonId(str(owner)) if known else None


def has_owners(teller: Teller, record: Record) -> bool:
    """Say whether somebody can be named as responsible for such a record."""
    reminder = reminder_of(teller.pack, record)
    return reminder is not None and reminder.owner is not None


def late_line(teller: Teller, record: Record, day: date) -> Spans:
    """Return what is past its *day*, and whose it is where somebody can be named."""
    title, kind, owner = title_of(record, teller.asking), kind_of(teller, record), owner_of(teller, record)
    if owner is not None:
        return teller.say("nudge-late-line", title=title, kind=kind, day=day, names=teller.name(owner))
    nobody = "nudge-late-nobody" if has_owners(teller, record) else "nudge-late-ownerless"
    return teller.say(nobody, title=title, kind=kind, day=day)


def coming_line(teller: Teller, record: Record, day: date | str) -> Spans:
    """Return what falls on *day*, and whose it is where somebody is named."""
    title, kind, owner = title_of(record, teller.asking), kind_of(teller, record), owner_of(teller, record)
    if owner is None:
        return teller.say("nudge-coming-nobody", title=title, kind=kind, day=day)
    return teller.say("nudge-coming-line", title=title, kind=kind, day=day, names=teller.name(owner))
