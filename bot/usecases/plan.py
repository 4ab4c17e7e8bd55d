"""Plans what is to be said about a journey's dates: renewed in the transaction that changes what it comes of."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.usecases.checkpoints import Come, let_come
from bot.usecases.look_up import NOTHING_FOUND, Found
from bot.usecases.looked_after import with_checkpoints_elsewhere, with_reminders_elsewhere
from bot.usecases.offering import offers
from content.pack import Pack
from content.phrases.book import Phrasebook
from dialogs.calendar.checkpoints import coming, meetings_since, what_the_calendar_reads
from dialogs.calendar.occurrences import occurrences, overviews
from dialogs.calendar.putting_off import with_put_off
from dialogs.calendar.workdays import WorkDays
from dialogs.flows.needs import needs_of_checkpoints
from dialogs.letters import Letter
from dialogs.model.borders import NONE, Borders
from dialogs.model.checkpoint import Held
from dialogs.model.journey import Journey
from dialogs.model.occurrence import MeetingDay, Occurrence
from dialogs.model.people import PersonId
from dialogs.model.terms import Terms
from dialogs.ports import Clock, Needs, PackShelf, UnitOfWork


@dataclass(frozen=True, slots=True)
class Planned:
    """A journey as the calendar reads it, what still is to be said about it, and what its checkpoints say just now.

    *wanted* is None where that is all that is kept: it was planned a moment ago.
    """

    journey: Journey
    pack: Pack
    wanted: tuple[Occurrence, ...] | None
    letters: Sequence[Letter]


def replan(
    journeys: Iterable[str], *,
    uow: UnitOfWork, shelf: PackShelf, book: Phrasebook, now: datetime, today: date, awake: bool = False,
    found: Found = NOTHING_FOUND, borders: Borders = NONE,
) -> Sequence[Letter]:  # fmt: skip
    """Make what waits to be said about each journey be what its dates, members and terms ask for now.

    Returns what its checkpoints say just now, as they open, move or close; and what a group that stands still is
    offered. *awake* says that everybody is at hand. Raises ``LookFirst`` where an offer is to be looked up first.
    """
    letters: list[Letter] = []
    for id in sorted(set(journeys)):
        letters += plan(id, uow=uow, shelf=shelf, book=book, now=now, today=today, awake=awake).letters
        letters += offers(
            id,
            uow=uow,
            shelf=shelf,
            book=book,
            now=now,
            today=today,
            awake=awake,
            found=found,
            borders=borders,
        )
    return letters


def plan(
    id: str, *,
    uow: UnitOfWork, shelf: PackShelf, book: Phrasebook, now: datetime, today: date, awake: bool = False,
) -> Planned:  # fmt: skip
    """Let the journey's checkpoints come that are due, and plan it anew."""
    journey, pack = with_dates(uow.journeys.head(id), uow=uow, shelf=shelf)
    came = Come(journey)
    if pack.cycle:
        work = WorkDays(uow.calendar.closed_days(journey.organisation))
        held = to_come(journey, pack, uow=uow, today=today)
        came = let_come(
            journey, pack, held, terms_in(journey, uow=uow), work,
            uow=uow, book=book, now=now, today=today, awake=awake,
        )  # fmt: skip
        if came.journey is not journey:
            journey, _ = with_dates(came.journey, uow=uow, shelf=shelf)
    planned = wanted(journey, pack, uow=uow, shelf=shelf, today=today)
    uow.calendar.renew(id, planned, today=today)
    uow.calendar.done(came.said_by_it(planned, today), "said", "", now)
    return Planned(journey, pack, planned, came.letters)


def as_planned(id: str, *, uow: UnitOfWork, shelf: PackShelf) -> Planned | None:
    """Return the journey as it was planned a moment ago; None when its days have changed since."""
    if id in uow.calendar.marked():
        return None
    journey, pack = with_dates(uow.journeys.head(id), uow=uow, shelf=shelf)
    return Planned(journey, pack, None, ())


def to_replan(*, uow: UnitOfWork) -> Sequence[str]:
    """Return the journeys that are planned anew each day, as the horizon moves on."""
    with uow:
        return [one.id for one in uow.journeys.all() if not one.practice]


def marked(*, uow: UnitOfWork) -> Sequence[str]:
    """Return the journeys whose days have changed since they were planned, the longest waiting first."""
    with uow:
        return uow.calendar.marked()


def with_cycles(*, uow: UnitOfWork, shelf: PackShelf) -> Sequence[str]:
    """Return the journeys that have checkpoints or offers, which come by day."""
    with uow:
        found = [one for one in uow.journeys.all() if not one.practice and one.state == "active"]
        packs = {one.id: shelf.pack(one.pack, one.version) for one in found}
        return [id for id, pack in packs.items() if pack.cycle or pack.offering]


def replan_one(
    journey: str, *, uow: UnitOfWork, shelf: PackShelf, clock: Clock, book: Phrasebook, awake: bool = False,
    found: Found = NOTHING_FOUND, borders: Borders = NONE,
) -> int:  # fmt: skip
    """Plan one journey anew, in a transaction of its own; return how many messages came of it.

    Raises ``LookFirst`` where something is to be looked up first; then nothing is written.
    """
    with uow:
        if not uow.calendar.hold(journey):
            return 0  # another clock does the same just now
        uow.calendar.unmark(journey)  # before anything is read: what changes after that marks it again
        now = clock.now()
        letters = replan(
            [journey], uow=uow, shelf=shelf, book=book, now=now, today=clock.today(), awake=awake,
            found=found, borders=borders,
        )  # fmt: skip
        uow.outbox.post(letters, now)
        uow.commit()
    return len(letters)


def with_dates(head: Journey, *, uow: UnitOfWork, shelf: PackShelf) -> tuple[Journey, Pack]:
    """Return the journey with all that its days come of, and with the parts of its open checkpoints."""
    pack = shelf.pack(head.pack, head.version)
    reads = what_the_calendar_reads(pack)
    needs = Needs(questions=reads.questions, registers=reads.registers) | needs_of_checkpoints(pack, head)
    return uow.journeys.fill(head, needs), pack


def wanted(
    journey: Journey, pack: Pack, *, uow: UnitOfWork, shelf: PackShelf, today: date
) -> tuple[Occurrence, ...]:
    """Return all that is to be said about the journey that `with_dates` gave."""
    terms = terms_in(journey, uow=uow)
    work = WorkDays(uow.calendar.closed_days(journey.organisation))
    held = to_come(journey, pack, uow=uow, today=today)
    elsewhere = with_reminders_elsewhere(journey, pack, uow=uow, shelf=shelf)
    planned = occurrences(pack, journey, terms, work, today=today, held=held, elsewhere=elsewhere)
    planned += tuple(overviews(journey, _told_of_all(journey, terms, uow=uow), terms, work, today))
    return with_put_off(planned, uow.calendar.put_off_in(journey.id), terms, work)


def _told_of_all(journey: Journey, terms: Mapping[PersonId, Terms], *, uow: UnitOfWork) -> Sequence[PersonId]:
    """Return who hears on Mondays of all groups that they follow: with the oldest of their running groups, once."""
    if journey.practice:
        return ()
    asked = [person for person, own in terms.items() if own.overview]
    return [person for person in asked if oldest_of(person, uow=uow) == journey.id]


def oldest_of(person: PersonId, *, uow: UnitOfWork) -> str | None:
    """Return the journey that somebody's Monday overview is planned with: the oldest of their groups' that runs."""
    theirs = uow.journeys.of_person(person)
    return next((one.id for one in theirs if one.state != "closed" and not one.practice), None)


def to_come(
    journey: Journey, pack: Pack, *, uow: UnitOfWork, today: date,
    meetings: Sequence[MeetingDay] | None = None, written: Mapping[str, str] | None = None,
) -> tuple[Held, ...]:  # fmt: skip
    """Return the checkpoints, open or to come, of the journey that `with_dates` gave.

    *meetings* are those since `meetings_since`, *written* is what `written_elsewhere` says, where they are at hand.
    """
    if not pack.cycle:
        return ()
    work = WorkDays(uow.calendar.closed_days(journey.organisation))
    if meetings is None:
        meetings = uow.calendar.meetings(journey.organisation, since=meetings_since(journey, today))
    kept = uow.journeys.checkpoints(journey.id)
    elsewhere, closed = with_checkpoints_elsewhere(journey, pack, uow=uow, written=written)
    own = {one.key: one.due for one in kept if one.state in ("done", "left")}
    return coming(pack, journey, meetings, work, today=today, closed={**closed, **own}, elsewhere=elsewhere)


def terms_in(journey: Journey, *, uow: UnitOfWork) -> Mapping[PersonId, Terms]:
    """Return everybody's terms. While the group's reminders pause they are away, as far as this journey is concerned."""
    own = uow.calendar.terms(member.person.id for member in journey.roster.members)
    pause = uow.calendar.pause_of(journey.id)
    if pause is None:
        return own
    return {person: replace(terms, away=(*terms.away, pause)) for person, terms in own.items()}
