"""Plans what is to be said about a journey's dates: renewed in the transaction that changes what it comes of."""

from collections.abc import Iterable, Sequence
from datetime import date

from content.pack import Pack
from dialogs.calendar.occurrences import occurrences
from dialogs.calendar.workdays import WorkDays
from dialogs.model.journey import Journey
from dialogs.model.occurrence import Occurrence
from dialogs.ports import Clock, Needs, PackShelf, UnitOfWork


def replan(journeys: Iterable[str], *, uow: UnitOfWork, shelf: PackShelf, today: date) -> None:
    """Make what waits to be said about each journey be what its dates, members and terms ask for now."""
    for id in sorted(set(journeys)):
        journey, pack = with_dates(uow.journeys.head(id), uow=uow, shelf=shelf)
        uow.calendar.renew(id, wanted(journey, pack, uow=uow, today=today), today=today)


def to_replan(*, uow: UnitOfWork) -> Sequence[str]:
    """Return the journeys that are planned anew each day, as the horizon moves on."""
    with uow:
        return [one.id for one in uow.journeys.all() if not one.practice]


def replan_one(journey: str, *, uow: UnitOfWork, shelf: PackShelf, clock: Clock) -> None:
    """Plan one journey anew, in a transaction of its own."""
    with uow:
        if uow.calendar.hold(journey):  # else another clock does the same just now
            replan([journey], uow=uow, shelf=shelf, today=clock.today())
            uow.commit()


def with_dates(head: Journey, *, uow: UnitOfWork, shelf: PackShelf) -> tuple[Journey, Pack]:
    """Return the journey with the registers that are reminded of."""
    pack = shelf.pack(head.pack, head.version)
    dated = frozenset(register.id for register in pack.registers.values() if register.reminders)
    return uow.journeys.fill(head, Needs(registers=dated)), pack


def wanted(journey: Journey, pack: Pack, *, uow: UnitOfWork, today: date) -> tuple[Occurrence, ...]:
    terms = uow.calendar.terms(member.person.id for member in journey.roster.members)
    work = WorkDays(uow.calendar.closed_days(journey.organisation))
    return occurrences(pack, journey, terms, work, today=today)
