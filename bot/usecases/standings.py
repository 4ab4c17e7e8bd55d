"""Reads what a status or an overview tells: of one group all there is, of all that somebody follows where each stands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.usecases.looked_after import reminded_of_elsewhere, with_reminders_elsewhere, written_elsewhere
from bot.usecases.plan import to_come
from content.pack import Pack
from dialogs.calendar.checkpoints import meetings_since
from dialogs.flows.needs import needs_to_summarise
from dialogs.flows.position import current_step, put
from dialogs.flows.rights import follows
from dialogs.model.journey import Journey
from dialogs.model.records import SUPPORT
from dialogs.ports import JourneyRef, Needs, PackShelf, Placed, UnitOfWork
from dialogs.reports.standing import Standing, standing_of
from dialogs.reports.summary import Changes, Summary, changes_since, summary_of

MOST_NEWS = 300
"""So much news is read; of more only the newest is told."""


@dataclass(frozen=True, slots=True)
class Summed:
    """One group's summary, with the journey as far as it was read for it."""

    pack: Pack
    journey: Journey
    summary: Summary


@dataclass(frozen=True, slots=True)
class Followed:
    """One of the groups that somebody follows: its head, its page and open records, and where it stands."""

    pack: Pack
    journey: Journey
    standing: Standing


def summed_up(
    id: str, person: str, *, uow: UnitOfWork, shelf: PackShelf, today: date, told: bool = False
) -> Summed:
    """Return the group's summary for *person*: what is new is new to them. How much has been answered costs nothing.

    *told* says that they were told just now, and ask for more of what was new then.
    """
    head = uow.journeys.head(id)
    pack = shelf.pack(head.pack, head.version)
    journey = uow.journeys.fill(head, needs_to_summarise(pack, head))
    addresses = frozenset(put(pack, journey, today=today))
    journey = uow.journeys.fill(journey, Needs(addresses=addresses))
    meetings = uow.calendar.meetings(journey.organisation, since=meetings_since(journey, today))
    written = written_elsewhere(journey, pack, uow)
    coming = to_come(journey, pack, uow=uow, today=today, meetings=meetings, written=written)
    elsewhere = with_reminders_elsewhere(journey, pack, uow=uow, shelf=shelf, written=written)
    summary = summary_of(
        pack, journey,
        today=today, meetings=[one for one in meetings if one.day >= today], elsewhere=elsewhere, coming=coming,
        changes=_changes(journey, person, uow=uow, told=told),
    )  # fmt: skip
    return Summed(pack, journey, summary)


def followed_by(person: str, *, uow: UnitOfWork, shelf: PackShelf, today: date) -> Sequence[Followed]:
    """Return the groups that the person follows from outside, those that began first in front: few statements for all."""
    heads = [(one, shelf.pack(one.pack, one.version)) for one in uow.journeys.heads_of(person)]
    mine = [(one, pack) for one, pack in heads if follows(pack, one, person)]
    if not mine:
        return ()
    steps: dict[str, str] = {one.id: current_step(pack, one) or "" for one, pack in mine}
    packs = {(pack.id, pack.version): pack for _, pack in mine}.values()
    organisations = {one.organisation for one, _ in mine}
    placed = uow.journeys.standing_now(
        [one for one, _ in mine], steps, registers=_dated(packs), over=_over(packs)
    )
    running = uow.journeys.all_running_in(organisations)
    meetings = uow.calendar.next_meetings(organisations, since=today)
    found = []
    for (head, pack), there in zip(mine, placed, strict=True):
        next_meeting = meetings.get(head.organisation)
        standing = standing_of(
            pack, there.journey,
            today=today, meetings=[next_meeting] if next_meeting else (),
            elsewhere=_elsewhere(there, pack, running.get(head.organisation, ()), shelf),
        )  # fmt: skip
        found.append(Followed(pack, there.journey, standing))
    return found


def _changes(journey: Journey, person: str, *, uow: UnitOfWork, told: bool) -> Changes | None:
    """Return what has happened since the person last looked; None when they never did."""
    last = uow.journeys.last_look(journey.id, person)
    look = last.before if told and last is not None else last
    if look is None:
        return None
    new = journey.sequence - look.sequence
    events = uow.journeys.news(journey.id, look.sequence, most=MOST_NEWS) if new else ()
    return changes_since(look.at, events, more=new > MOST_NEWS)


def _dated(packs: Iterable[Pack]) -> frozenset[str]:
    """Return the registers whose records have a day, or wait for help."""
    return frozenset(
        one.id for pack in packs for one in pack.registers.values() if one.reminders or one.id == SUPPORT
    )


def _over(packs: Iterable[Pack]) -> frozenset[str]:
    """Return each state in which nothing more is expected, as `register/state`, where all the methods say so."""
    ended: set[str] = set()
    still: set[str] = set()
    for pack in packs:
        for register in pack.registers.values():
            for state in register.states:
                (ended if state.closed else still).add(f"{register.id}/{state.id}")
    return frozenset(ended - still)


def _elsewhere(there: Placed, pack: Pack, running: Sequence[JourneyRef], shelf: PackShelf) -> frozenset[str]:
    """Return the open records that another group reminds of."""
    journey = there.journey
    written = {
        record.id: there.written_by[record.id]
        for register in pack.registers.values()
        if register.scope == "organisation"
        for record in journey.records_in(register.id)
        if there.written_by[record.id] != journey.id
    }
    return reminded_of_elsewhere(journey, pack, written, running, shelf) if written else frozenset()
