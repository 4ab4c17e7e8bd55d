"""The year's checkpoints: what is open and who owes what, what is to come, and what became of those behind."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from dialogs.flows.position import checkpoint_number
from dialogs.flows.rights import who_sees_to
from dialogs.messages import Composer, Message, Press, Spans, words
from dialogs.model.checkpoint import Held, KeptCheckpoint, OpenCheckpoint
from dialogs.reports.covering import year_lines
from dialogs.time import local_day
from dialogs.wording.checkpoints import checkpoint_title, open_line, opening_message
from dialogs.wording.teller import Teller

YEAR = timedelta(days=366)
MOST_BUTTONS = 10


def year_message(teller: Teller, coming: Sequence[Held], kept: Sequence[KeptCheckpoint]) -> Message:
    """Return the list of the year. The journey holds the items of its open checkpoints' parts, and what the year counts."""
    said = teller.composer().heading(teller.text("checkpoints-heading", group=teller.journey.group_name))
    said.bullets(open_lines(teller))
    ahead = to_come(teller, coming)
    said.bullets(_coming(teller, held) for held in ahead)
    if not teller.journey.checkpoints and not ahead:
        said.say(teller.say("checkpoints-nothing"))
    for line in year_lines(teller):
        said.say(line)
    known = (one for one in kept if one.checkpoint in teller.pack.checkpoint_of)
    over = [one for one in known if one.state != "open" and one.due >= teller.today - YEAR]
    said.fold(teller.text("checkpoints-over"), Composer().bullets(_over(teller, one) for one in over))
    number = checkpoint_number(teller.pack, teller.pack.cycle[0].id)
    said.say(teller.say("checkpoints-how", number=number))
    for open in by_day(teller.journey.checkpoints)[:MOST_BUTTONS]:
        label = checkpoint_number(teller.pack, open.checkpoint)
        said.button(label, Press("checkpoint-show", None, open.key))
    if teller.journey.checkpoints or ahead or over:
        said.button(teller.text("button-chart"), Press("chart", None, "year"))
    return said.done()


def checkpoint_message(teller: Teller, checkpoint: str, coming: Sequence[Held]) -> Message:
    """Return all there is to know of one checkpoint: open with who owes what, or when it comes and why."""
    opened = [one for one in by_day(teller.journey.checkpoints) if one.checkpoint == checkpoint]
    if len(opened) == 1:
        return opening_message(teller, opened[0])
    model = teller.pack.checkpoint_of[checkpoint]
    said = teller.composer().heading(checkpoint_title(teller, checkpoint))
    said.say(words(teller.words(model.why))).say(teller.say("checkpoint-do", what=teller.words(model.do)))
    people = who_sees_to(teller.pack, teller.journey, model, "")
    if people:
        said.say(teller.say("checkpoint-sees-to", names=teller.listed(teller.name(one) for one in people)))
    said.bullets(open_line(teller, one) for one in opened)
    ahead = [held for held in to_come(teller, coming) if held.checkpoint == checkpoint]
    said.bullets(_coming(teller, held) for held in ahead)
    if not opened and not ahead:
        said.say(teller.say("checkpoints-nothing"))
    for number, open in enumerate(opened[:MOST_BUTTONS], start=1):
        label = teller.text("button-show-thing", number=number)
        said.button(label, Press("checkpoint-show", None, open.key))
    return said.done()


def open_lines(teller: Teller) -> list[Spans]:
    return [open_line(teller, open) for open in by_day(teller.journey.checkpoints)]


def to_come(teller: Teller, coming: Iterable[Held]) -> list[Held]:
    """Return those that aren't open yet and still can be, the first in front."""
    ahead = [
        held
        for held in coming
        if teller.journey.open_checkpoint(held.key) is None and held.due >= teller.today
    ]
    return sorted(ahead, key=lambda held: (held.due, held.key))


def next_line(teller: Teller, coming: Sequence[Held]) -> Spans:
    """Return which checkpoint comes next."""
    ahead = to_come(teller, coming)
    if not ahead:
        return teller.say("checkpoint-no-next")
    held = ahead[0]
    title = checkpoint_title(teller, held.checkpoint, held.subject, held.period)
    if held.opens <= teller.today:
        return teller.say("checkpoint-next-soon", title=title, day=held.due)
    return teller.say("checkpoint-next", title=title, opens=held.opens, day=held.due)


def dated_lines(teller: Teller, coming: Iterable[Held], *, opened: bool = True) -> list[tuple[date, Spans]]:
    """Return each checkpoint with its day, for a calendar: those to come, and, when *opened*, those that are open."""
    found: list[tuple[date, Spans]] = []
    dated: list[Held | OpenCheckpoint] = [*teller.journey.checkpoints] if opened else []
    for one in (*dated, *to_come(teller, coming)):
        title = checkpoint_title(teller, one.checkpoint, one.subject, one.period)
        found.append((one.due, teller.say("calendar-checkpoint", day=one.due, title=title)))
    return found


def by_day(opened: Iterable[OpenCheckpoint]) -> list[OpenCheckpoint]:
    return sorted(opened, key=lambda one: (one.due, one.key))


def _coming(teller: Teller, held: Held) -> Spans:
    title = checkpoint_title(teller, held.checkpoint, held.subject, held.period)
    if held.opens <= teller.today:  # it waits for a working day, or for the day after the group began
        return teller.say("checkpoint-line-soon", title=title, day=held.due)
    return teller.say("checkpoint-line-coming", title=title, opens=held.opens, day=held.due)


def _over(teller: Teller, one: KeptCheckpoint) -> Spans:
    title = checkpoint_title(teller, one.checkpoint, one.subject, one.period)
    day = local_day(one.closed) if one.closed is not None else one.due
    if one.state == "left":
        return teller.say("checkpoint-line-left", title=title, day=day, reason=one.note)
    return teller.say(f"checkpoint-line-{one.state}", title=title, day=day)
