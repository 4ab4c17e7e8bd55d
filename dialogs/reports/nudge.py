"""The weekly nudge: where the group stands, the one next thing, what is late, who hasn't answered, what is coming."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from content.schema.files import NudgeText
from dialogs.calendar.occurrences import is_open, reminder_of
from dialogs.flows.checkpoints import is_asked_privately
from dialogs.flows.facts import Facts, as_day, holds
from dialogs.flows.position import current_step, put
from dialogs.flows.rights import lacking
from dialogs.messages import Message, Press, Spans, marked
from dialogs.model.answers import Address
from dialogs.model.checkpoint import Held
from dialogs.model.people import Member
from dialogs.model.records import Record
from dialogs.reports.covering import year_lines
from dialogs.reports.status import next_thing, the_year
from dialogs.reports.year import dated_lines, open_lines
from dialogs.wording.reminders import coming_line, late_line
from dialogs.wording.teller import Teller

AHEAD = timedelta(weeks=3)
MOST_LINES = 8
MOST_THOUGHTS = 2


@dataclass(frozen=True, slots=True)
class Dated:
    """An open record that has a day."""

    record: Record
    day: date


def nudge_message(
    teller: Teller, *, thoughts: Sequence[NudgeText] = (), soon: Sequence[Held] = (), newer: str = ""
) -> Message | None:
    """Return the nudge for whoever leads, or None when there is nothing to say. The journey is loaded whole.

    *thoughts* are those of the pack's nudges that hold and have not been said too often, *soon* are the checkpoints,
    *newer* is the version of the method that the group could go over to; alone it is no reason to nudge.
    """
    pack, journey = teller.pack, teller.journey
    step = current_step(pack, journey)
    dated = dated_records(teller)
    late = [one for one in dated if one.day < teller.today]
    coming = [one for one in dated if teller.today <= one.day <= teller.today + AHEAD]
    of_year = journey.checkpoints or _checkpoints(teller, soon)
    if step is None and not late and not coming and not thoughts and not of_year:
        return None
    said = teller.composer().heading(teller.text("nudge-heading", group=journey.group_name))
    if step is not None:
        page = journey.page(step)
        said.say(
            teller.say("status-step", number=pack.step_number[step], of=len(pack.steps), title=teller.step_title(step),
                       done=page.done, n=page.asked)
        )  # fmt: skip
        said.say(next_thing(teller))
    elif pack.cycle:
        said.say(the_year(teller)).say(next_thing(teller))
    if journey.checkpoints:
        said.say(teller.say("status-checkpoints")).bullets(open_lines(teller)[:MOST_LINES])
    for line in year_lines(teller, begun=True, lacking=True):
        said.say(line)
    if late:
        said.say(teller.say("nudge-late")).bullets(
            late_line(teller, one.record, one.day) for one in late[:MOST_LINES]
        )
    waiting = waiting_lines(teller)
    if waiting:
        said.say(teller.say("nudge-waiting")).bullets(waiting)
        said.button(teller.text("button-remind-missing"), Press("remind-missing"))
    lines = sorted(
        [
            *((one.day, coming_line(teller, one.record, one.day)) for one in coming),
            *_checkpoints(teller, soon),
        ],
        key=_day,
    )
    if lines:
        said.say(teller.say("nudge-coming")).bullets(line for _, line in lines[:MOST_LINES])
    if thoughts:
        said.say(teller.say("nudge-think"))
        said.bullets(marked(teller.words(one.say)) for one in thoughts)
    if newer:
        said.say(teller.say("version-there-is", version=newer))
    return said.done()


def thoughts_that_hold(teller: Teller) -> tuple[NudgeText, ...]:
    """Return the pack's nudges whose rule holds today."""
    facts = Facts(teller.pack, teller.journey, teller.today)
    return tuple(one for one in teller.pack.nudges if one.offers is None and holds(one.rule, facts))


def dated_records(teller: Teller) -> tuple[Dated, ...]:
    """Return the open records that are due some day, the earliest first."""
    found = []
    for register in teller.pack.registers.values():
        for record in teller.journey.records_in(register.id):
            reminder = reminder_of(teller.pack, record)
            day = as_day(record.fields.get(reminder.date)) if reminder else None
            if day is not None and is_open(register, record):
                found.append(Dated(record, day))
    return tuple(sorted(found, key=lambda one: (one.day, one.record.id)))


def missing(teller: Teller) -> dict[Address, tuple[Member, ...]]:
    """Return whose answer each question that is put waits for."""
    found = {}
    for address in put(teller.pack, teller.journey, today=teller.today):
        who = lacking(teller.pack, teller.journey, address)
        if who:
            found[address] = who
    return found


def waiting_lines(teller: Teller) -> list[Spans]:
    return [
        teller.say(
            "open-line-with", title=teller.title(address), names=teller.names(who),
            status=teller.text(f"status-{teller.journey.item(address).status}"),
        )
        for address, who in missing(teller).items()
        if not is_asked_privately(teller.pack, address)  # the checkpoint's own line says whose parts are missing
    ][:MOST_LINES]  # fmt: skip


def _checkpoints(teller: Teller, soon: Sequence[Held]) -> list[tuple[date, Spans]]:
    """Return the checkpoints that are to come in the coming weeks; those that are open stand by themselves."""
    ahead = [held for held in soon if held.due <= teller.today + AHEAD]
    return dated_lines(teller, ahead, opened=False)


def _day(line: tuple[date, Spans]) -> date:
    return line[0]
