"""Words for a checkpoint that is coming up, due or late: to whoever sees to it, and to those who owe a part."""

from dialogs.calendar.putting_off import is_put_off
from dialogs.flows.checkpoints import first_part, missing_parts, owing, sees_to, who_sees_to
from dialogs.flows.position import number_of
from dialogs.flows.rights import coaches, leads
from dialogs.messages import Composer, Spans, words
from dialogs.model.answers import Address
from dialogs.model.checkpoint import OpenCheckpoint
from dialogs.model.occurrence import Occurrence
from dialogs.wording.checkpoints import checkpoint_title, closing_buttons, who_owes
from dialogs.wording.parts import answer_button
from dialogs.wording.teller import Teller

_UPWARDS = ("leader", "coach")


def checkpoint_due_line(teller: Teller, thing: Occurrence) -> Spans:
    """Return the checkpoint in a sentence or two: its day, what waits for the reader, and who else owes a part."""
    checkpoint, subject, period = thing.about.split("|")
    if checkpoint not in teller.pack.checkpoint_of:
        return teller.say("checkpoint-gone")
    said = _day(teller, thing, checkpoint_title(teller, checkpoint, subject, period))
    open = teller.journey.open_checkpoint(thing.about)
    if open is None:
        return said
    owed = owed_by(teller, open, thing.recipient)
    if owed:
        numbers = teller.listed(number_of(teller.pack, teller.journey, one) for one in owed)
        said = (*said, *words(" "), *teller.say("remind-your-parts", numbers=numbers))
    others = who_owes(teller, open, but=thing.recipient) if _follows(teller, open, thing) else ()
    return (*said, *words(" "), *others) if others else said


def checkpoint_buttons(teller: Teller, said: Composer, thing: Occurrence) -> None:
    """Add what the reader may do: answer their part; close it, and remind others, where it is theirs to see to."""
    open = teller.journey.open_checkpoint(thing.about)
    if open is None:
        return
    owed = owed_by(teller, open, thing.recipient)
    if owed:
        answer_button(teller, first_part(teller.pack, owed) or owed[0], said)
    if _follows(teller, open, thing):
        missing = bool(missing_parts(teller.pack, teller.journey, open, teller.today))
        closing_buttons(teller, open, said, missing=missing)


def owed_by(teller: Teller, open: OpenCheckpoint, person: str) -> tuple[Address, ...]:
    owed = owing(teller.pack, teller.journey, open, teller.today)
    return next((parts for one, parts in owed.items() if one == person), ())


def _follows(teller: Teller, open: OpenCheckpoint, thing: Occurrence) -> bool:
    pack, journey = teller.pack, teller.journey
    return sees_to(pack, journey, open, thing.recipient) or leads(pack, journey, thing.recipient)


def _day(teller: Teller, thing: Occurrence, title: str) -> Spans:
    day, _, rung = thing.slot.rpartition("/")
    open = teller.journey.open_checkpoint(thing.about)
    if is_put_off(thing):
        day = str(open.due) if open is not None else day
        rung = "late" if day < teller.today.isoformat() else "ahead"
    if rung not in _UPWARDS:
        late = day < teller.today.isoformat()
        if day == teller.today.isoformat():
            return teller.say("remind-day", title=title)
        return teller.say("remind-late" if late else "remind-ahead", title=title, day=day)
    people = _who(teller, thing)
    if no_other_told(teller, rung, thing.recipient, thing.recipient in people):
        return teller.say("remind-late", title=title, day=day)
    if rung == "leader":
        if thing.recipient in people:
            return teller.say("remind-leader-told", title=title)
        names = teller.listed(teller.name(one) for one in people)
        return teller.say("remind-checkpoint-leader", title=title, day=day, names=names)
    if leads(teller.pack, teller.journey, thing.recipient):
        return teller.say("remind-coach-told", title=title)
    return teller.say("remind-coach", title=title, day=day, group=teller.journey.group_name)


def no_other_told(teller: Teller, rung: str, recipient: str, owes: bool) -> bool:
    """Say whether a late step goes no further than *recipient*: who leads owes it, or no coach follows the group."""
    if not leads(teller.pack, teller.journey, recipient):
        return False
    return owes if rung == "leader" else not coaches(teller.pack, teller.journey)


def _who(teller: Teller, thing: Occurrence) -> tuple[str, ...]:
    checkpoint, subject, _ = thing.about.split("|")
    return who_sees_to(teller.pack, teller.journey, teller.pack.checkpoint_of[checkpoint], subject)
