"""The weekly nudge: where the group stands, the one next thing, what is late, who hasn't answered, what is coming."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from content.schema.files import NudgeText
from dialogs.calendar.occurrences import is_open, reminder_of
from dialogs.flows.facts import Facts, as_day, holds
from dialogs.flows.position import current_step, put
from dialogs.flows.rights import expected_of
from dialogs.messages import Message, Press, Spans, words
from dialogs.model.answers import Address
from dialogs.model.people import Member
from dialogs.model.records import Record
from dialogs.reports.status import next_thing
from dialogs.values.asking import title_of
from dialogs.wording.reminders import owner_of
from dialogs.wording.teller import Teller

AHEAD = timedelta(weeks=3)
MOST_LINES = 8
MOST_THOUGHTS = 2


@dataclass(frozen=True, slots=True)
class Dated:
    """An open record that has a day."""

    record: Record
    day: date


def nudge_message(teller: Teller, *, thoughts: Sequence[NudgeText] = ()) -> Message | None:
    """Return the nudge for whoever leads, or None when there is nothing to say. The journey is loaded whole.

    *thoughts* are those of the pack's nudges that hold and have not been said too often.
    """
    pack, journey = teller.pack, teller.journey
    step = current_step(pack, journey)
    dated = dated_records(teller)
    late = [one for one in dated if one.day < teller.today]
    coming = [one for one in dated if teller.today <= one.day <= teller.today + AHEAD]
    if step is None and not late and not coming and not thoughts:
        return None
    said = teller.composer().heading(teller.text("nudge-heading", group=journey.group_name))
    if step is not None:
        page = journey.page(step)
        said.say(
            teller.say("status-step", number=pack.step_number[step], of=len(pack.steps), title=teller.step_title(step),
                       done=page.done, asked=page.asked)
        )  # fmt: skip
        said.say(next_thing(teller))
    if late:
        said.say(teller.say("nudge-late")).bullets(_late(teller, one) for one in late[:MOST_LINES])
    waiting = waiting_lines(teller)
    if waiting:
        said.say(teller.say("nudge-waiting")).bullets(waiting)
        said.button(teller.text("button-remind-missing"), Press("remind-missing"))
    if coming:
        said.say(teller.say("nudge-coming")).bullets(_coming(teller, one) for one in coming[:MOST_LINES])
    if thoughts:
        said.say(teller.say("nudge-think"))
        said.bullets(words(teller.words(one.say)) for one in thoughts)
    return said.button(teller.text("button-why-this"), Press("why-reminder", None, "weekly")).done()


def thoughts_that_hold(teller: Teller) -> tuple[NudgeText, ...]:
    """Return the pack's nudges whose rule holds today."""
    facts = Facts(teller.pack, teller.journey, teller.today)
    return tuple(one for one in teller.pack.nudges if holds(one.rule, facts))


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
        item = teller.journey.item(address)
        heard = (
            frozenset(voice.by for voice in item.round.voices)
            if item.in_round and item.round is not None
            else item.contributors()
        )
        expected = expected_of(teller.pack, teller.journey, teller.question(address), address)
        lacking = tuple(member for member in expected if member.person.id not in heard)
        if lacking:
            found[address] = lacking
    return found


def waiting_lines(teller: Teller) -> list[Spans]:
    return [
        teller.say(
            "open-line-with", title=teller.title(address), names=teller.names(lacking),
            status=teller.text(f"status-{teller.journey.item(address).status}"),
        )
        for address, lacking in missing(teller).items()
    ][:MOST_LINES]  # fmt: skip


def _late(teller: Teller, one: Dated) -> Spans:
    title, owner = title_of(one.record, teller.asking), owner_of(teller, one.record)
    if owner is None:
        return teller.say("nudge-late-nobody", title=title, day=one.day)
    return teller.say("nudge-late-line", title=title, day=one.day, names=teller.name(owner))


def _coming(teller: Teller, one: Dated) -> Spans:
    title, owner = title_of(one.record, teller.asking), owner_of(teller, one.record)
    if owner is None:
        return teller.say("nudge-coming-nobody", title=title, day=one.day)
    return teller.say("nudge-coming-line", title=title, day=one.day, names=teller.name(owner))
