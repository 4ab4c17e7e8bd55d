"""Words for what is due: one reminder with what can be answered to it, or several things in one message."""

from collections.abc import Sequence

from dialogs.calendar.occurrences import reminder_of
from dialogs.flows.facts import as_day
from dialogs.flows.rights import leads
from dialogs.messages import Composer, Message, Press, Spans
from dialogs.model.occurrence import Occurrence
from dialogs.model.people import PersonId
from dialogs.model.records import Record
from dialogs.values.asking import title_of
from dialogs.wording.teller import Teller

MOST_BUTTONS = 10  # things that are shown whole by a button; the others are in the calendar


def reminder_message(teller: Teller, things: Sequence[Occurrence], *, about_group: bool = True) -> Message:
    """Return one message about all the things, which are one person's and whose records *teller*'s journey holds."""
    if len(things) == 1:
        return one_thing(teller, things[0])
    said = teller.composer()
    said.say(teller.say("remind-several", n=len(things), group=teller.journey.group_name))
    said.bullets((_line(teller, one) for one in things), ordered=True)
    for number, one in enumerate(things[:MOST_BUTTONS], start=1):
        said.button(teller.text("button-show-thing", number=number), Press("record-due", None, one.about))
    return _with_why(teller, said, "record").done()


def one_thing(teller: Teller, thing: Occurrence) -> Message:
    said = teller.composer().say(_line(teller, thing))
    if thing.slot.rpartition("/")[2] != "coach":
        said.say(teller.say("remind-group", group=teller.journey.group_name))
    answer_buttons(teller, said, thing.about, thing.recipient)
    return _with_why(teller, said, "record").done()


def record_due_message(teller: Teller, record: Record, reader: PersonId) -> Message:
    """Return what can be answered about one record that somebody asked to see."""
    said = teller.composer().say(_due_line(teller, record))
    answer_buttons(teller, said, record.id, reader)
    return said.done()


def answer_buttons(teller: Teller, said: Composer, record: str, reader: PersonId) -> None:
    """Add what one may answer to a reminder: done, a new date, help, not mine."""
    said.button(teller.text("button-record-done"), Press("record-done", None, record), primary=True)
    said.button(teller.text("button-new-date"), Press("record-date", None, record))
    if not leads(teller.pack, teller.journey, reader):
        said.button(teller.text("button-need-help"), Press("record-help", None, record))
        said.button(teller.text("button-not-mine"), Press("record-not-mine", None, record))


def _line(teller: Teller, thing: Occurrence) -> Spans:
    record = teller.journey.record(thing.about)
    if record is None:
        return teller.say("record-gone")
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
    if rung == "leader":
        if thing.recipient == owner:
            return teller.say("remind-leader-told", title=title)
        return teller.say("remind-leader", title=title, day=day, name=teller.name(owner))
    if leads(teller.pack, teller.journey, thing.recipient):
        return teller.say("remind-coach-told", title=title)
    return teller.say("remind-coach", title=title, day=day, group=teller.journey.group_name)


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


def _with_why(teller: Teller, said: Composer, rule: str) -> Composer:
    return said.button(teller.text("button-why-this"), Press("why-reminder", None, rule))
