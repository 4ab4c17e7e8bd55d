"""Who waits in a register's queue, since when, and how long those waited whose turn has come. Nothing is guessed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from content.schema.files import Register
from dialogs.messages import Composer, words
from dialogs.model.records import Record
from dialogs.time import local_day
from dialogs.values.asking import title_of
from dialogs.values.showing import shown
from dialogs.wording.records import shortened
from dialogs.wording.teller import Teller
from dialogs.wording.yes import yes_in_short

LATEST = 10
"""So many of those whose turn has come say how long one waits; more would tell of another time."""
FEWEST = 3
"""Fewer than these say nothing of how long one waits."""
LATELY = timedelta(days=365)
"""Whose turn came longer ago than this waited at another time."""
MOST_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Queue:
    """Who waits, the longest first, with the day on which they came; and how many days each of the latest waited."""

    waiting: tuple[tuple[Record, date], ...]
    waited: tuple[int, ...]


def queue_of(
    model: Register, records: Sequence[Record], histories: Mapping[str, Sequence[Record]], today: date
) -> Queue:
    """Return the queue. A record's turn has come when it first left the first state."""
    first = model.states[0].id
    waiting: list[tuple[Record, date]] = []
    waited: list[tuple[date, int]] = []
    for record in records:
        revisions = histories.get(record.id) or (record,)
        came = local_day(revisions[0].at)
        if record.state == first:
            waiting.append((record, came))
            continue
        turn = next((local_day(one.at) for one in revisions if one.state != first), None)
        if turn is not None and turn >= today - LATELY:
            waited.append((turn, (turn - came).days))
    latest = sorted(waited, key=lambda one: one[0])[-LATEST:]
    return Queue(tuple(sorted(waiting, key=lambda one: one[1])), tuple(days for _, days in latest))


def _kind(teller: Teller, record: Record) -> str:
    model = teller.pack.registers[record.register]
    field = next((one for one in model.fields if one.id == model.queue_kind), None)
    return shown(field, record.fields.get(field.id), teller.asking) if field is not None else ""


def add_queue(teller: Teller, queue: Queue, said: Composer) -> None:
    """Say who waits, for what kind of help, since when, and how long it has taken for others.

    Of other groups' records in one queue with the group's own only the kind and the day are told.
    """
    own = {one.id for register in teller.journey.records.values() for one in register}
    if queue.waiting:
        said.say(teller.say("queue-is", n=len(queue.waiting)))
        lines = []
        for record, since in queue.waiting[:MOST_SHOWN]:
            if record.id in own:
                title = shortened(title_of(record, teller.asking), 100)
            else:
                title = teller.text("queue-others")
            kind = _kind(teller, record)
            told = teller.text("queue-kind", title=title, kind=kind) if kind else title
            days = (teller.today - since).days
            line = teller.text("queue-line", title=told, since=since, n=days)
            yes = yes_in_short(teller, record) if record.id in own else ""
            lines.append(words(teller.text("queue-and-yes", line=line, yes=yes) if yes else line))
        said.bullets(lines, ordered=True)
    else:
        said.say(teller.say("queue-empty"))
    if len(queue.waited) >= FEWEST:
        days = round(median(queue.waited))
        said.say(teller.say("queue-waited", n=days, of=len(queue.waited), most=max(queue.waited)))
        if queue.waiting and (teller.today - queue.waiting[0][1]).days > max(queue.waited):
            said.say(teller.say("queue-longer-now"))
    elif queue.waiting:
        said.say(teller.say("queue-unknown"))
