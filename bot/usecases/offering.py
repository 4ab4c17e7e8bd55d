"""Offers a group that stands still another way, once: what has helped others with its problem, and other methods."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from bot.usecases.finding import searched, still_seen, viewer_at
from bot.usecases.look_up import Found, LookUp, fitting
from content.pack import Pack
from content.phrases.book import Phrasebook
from content.schema.files import NudgeText, Offers
from dialogs.calendar.due import may_hear
from dialogs.calendar.occurrences import reminder_of
from dialogs.calendar.workdays import WorkDays
from dialogs.flows.facts import Facts, as_day, holds
from dialogs.flows.position import current_step
from dialogs.letters import Letter, ToRoom
from dialogs.model.borders import Borders
from dialogs.model.journey import Journey
from dialogs.model.terms import Terms
from dialogs.ports import Needs, PackShelf, UnitOfWork
from dialogs.reports.standing import QUIET, last_life
from dialogs.search.entries import texts_of
from dialogs.wording.offers import MOST, Way, offer_message
from dialogs.wording.teller import Teller

ONCE = "once"
MOST_LOOKED_AT = 3 * MOST
"""So many that fit are looked at: the group's own come last."""


def offers(
    id: str, *,
    uow: UnitOfWork, shelf: PackShelf, book: Phrasebook, now: datetime, today: date, awake: bool,
    found: Found, borders: Borders,
) -> Sequence[Letter]:  # fmt: skip
    """Return what the group is offered now: by day, and never again. Practice stands still for nobody.

    Raises ``LookFirst`` where what fits isn't among what was *found*.
    """
    head = uow.journeys.head(id)
    pack = shelf.pack(head.pack, head.version)
    waiting = [one for one in pack.offering if not uow.calendar.has_thought(id, one.id, ONCE, head.starter)]
    if not waiting or head.practice or head.state != "active":
        return ()
    work = WorkDays(uow.calendar.closed_days(head.organisation))
    pause = uow.calendar.pause_of(id)
    if not (awake or may_hear(now, Terms(), work)) or (pause is not None and pause.covers(today)):
        return ()
    letters = []
    for nudge, offered in _for_those_standing_still(waiting, pack, head, uow, today):
        journey = uow.journeys.fill(head, Needs(registers=frozenset({offered.problems})))
        teller = Teller(book, pack, journey, journey.language, today)
        text = _problem(teller, offered)
        room = uow.journeys.room(id)
        examples = []
        if text and room is not None:
            viewer = viewer_at((room.door, room.tenant), journey, borders, uow, today)
            wanted = LookUp(text, journey.language, searched(pack), viewer, MOST_LOOKED_AT)
            seen = still_seen(fitting(found, wanted)[0], viewer, uow)
            examples = sorted(seen, key=lambda one: one.shared.group == journey.group)
        message = offer_message(teller, nudge, examples, tuple(_ways(offered, shelf)))
        uow.calendar.note_thought(id, nudge.id, ONCE, head.starter, now)
        letters.append(Letter(f"offer:{id}:{nudge.id}", ToRoom(journey=id), message, journey=id))
    return letters


def _for_those_standing_still(
    waiting: Sequence[NudgeText], pack: Pack, head: Journey, uow: UnitOfWork, today: date
) -> Iterator[tuple[NudgeText, Offers]]:
    reads = pack.calendar_reads
    journey = uow.journeys.fill(head, Needs(questions=reads.questions, registers=reads.registers))
    since = max(last_life(pack, head) or head.started, *_booked(pack, journey))
    silent = today - since >= QUIET and current_step(pack, head) is not None
    for nudge in waiting:
        if nudge.offers is not None and (
            holds(nudge.rule, Facts(pack, journey, today)) or (nudge.offers.quiet and silent)
        ):
            yield nudge, nudge.offers


def _booked(pack: Pack, journey: Journey) -> Iterator[date]:
    """Yield the days that the group has something to do on: whoever waits for a visit doesn't stand still."""
    yield journey.started
    for register in pack.registers.values():
        for record in journey.records_in(register.id) if register.reminders else ():
            reminder = reminder_of(pack, record)
            day = as_day(record.fields.get(reminder.date)) if reminder else None
            if day is not None:
                yield day


def _problem(teller: Teller, offered: Offers) -> str:
    """Return in the group's own words what it wants to solve, as far as nothing of it is done."""
    model = teller.pack.registers[offered.problems]
    closed = {state.id for state in model.states if state.closed}
    kept = [one for one in teller.journey.records_in(model.id) if one.state not in closed]
    language = teller.journey.language
    return " ".join(text for record in kept for _, text in texts_of(record, model, language))


def _ways(offered: Offers, shelf: PackShelf) -> Iterator[Way]:
    """Yield the other ways that there are: of methods that groups may begin with here."""
    there = {pack.id: pack for pack in shelf.newest()}
    for way in offered.ways:
        pack = there.get(way.method)
        if pack is not None and (way.its_exercise is None or way.its_exercise in pack.exercise_of):
            yield Way(way.say, pack.manifest.title, pack.exercise_of.get(way.its_exercise or ""))
