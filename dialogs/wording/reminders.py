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
from dialogs.wording.checkpoint_reminders import checkpoint_buttons, checkpoint_due_line, no_other_told
from dialogs.wording.checkpoints import checkpoint_title
from dialogs.wording.teller import Teller


def thing_buttons(teller: Teller, said: Composer, thing: Occurrence) -> None:
    """Add what its recipient may answer to one thing."""
    if thing.rule == "checkpoint":
        checkpoint_buttons(teller, said, thing)
        return
    answer_buttons(teller, said, thing.about, thing.recipient)


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
    answer_buttons(teller, said, record.id, reader)
    later_button(teller, said, [f"{teller.journey.id}/{record.id}"])
    return said.done()


def answer_buttons(teller: Teller, said: Composer, record: str, reader: PersonId) -> None:
    """Add what one may answer to a reminder: done, a new date, help, not mine."""
    said.button(teller.text("button-record-done"), Press("record-done", None, record), primary=True)
    said.button(teller.text("button-new-date"), Press("record-date", None, record))
    if not leads(teller.pack, teller.journey, reader):
        said.button(teller.text("button-need-help"), Press("record-help", None, record))
        said.button(teller.text("button-not-mine"), Press("record-not-mine", None, record))


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
    day = thing.slot.rpartition("/")[0].rpartition("_")[2]
    rung = thing.slot.rpartition("/")[2]
    owner = owner_of(teller, record)
    if rung.startswith("ahead"):
        return teller.say("remind-ahead", title=title, day=day)
    if rung == "day":
        return teller.say(
            "remind-day" if day == teller.today.isoformat() else "remind-ahead", title=title, day=day
        )
    if rung == "late" or owner is None:
        return teller.say("remind-late", title=title, day=day)
    if no_other_told(teller, rung, thing.recipient, thing.recipient == owner):
        return teller.say("remind-late", title=title, day=day)
    if rung == "leader":
        if thing.recipient == owner:
            return teller.say("remind-leader-told", title=title)
        return teller.say("remind-leader", title=title, day=day, name=teller.name(owner))
    if leads(teller.pack, teller.journey, thing.recipient):
        return teller.say("remind-coach-told", title=title)
    return teller.say("remind-coach", title=title, day=day, group=teller.journey.group_name)


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
    if due == teller.today:
        return teller.say("remind-day", title=title)
    return teller.say("remind-ahead" if due > teller.today else "remind-late", title=title, day=due)


def owner_of(teller: Teller, record: Record) -> PersonId | None:
    """Return the member who is named as responsible; None when nobody is, or they have left."""
    reminder = reminder_of(teller.pack, record)
    owner = record.fields.get(reminder.owner) if reminder and reminder.owner else None
    known = isinstance(owner, str) and teller.journey.roster.member(owner) is not None
    return PersonId(str(owner)) if known else None


def late_line(teller: Teller, record: Record, day: date) -> Spans:
    """Return what should have been done by *day*, and by whom."""
    title, owner = title_of(record, teller.asking), owner_of(teller, record)
    if owner is None:
        return teller.say("nudge-late-nobody", title=title, day=day)
    return teller.say("nudge-late-line", title=title, day=day, names=teller.name(owner))
