"""Calendar feeds: who may read which dates by a secret address, and what stands there today."""

from dataclasses import dataclass

from bot.usecases.plan import to_come, with_dates
from content.pack import Pack
from content.phrases.book import Phrasebook
from dialogs.calendar.workdays import WorkDays
from dialogs.model.journey import Journey
from dialogs.model.people import PersonId
from dialogs.ports import Clock, PackShelf, UnitOfWork
from dialogs.reports.entries import Dates, Entry, entries
from dialogs.wording.teller import Teller


@dataclass(frozen=True, slots=True)
class Feed:
    name: str
    entries: tuple[Entry, ...]


def feed_of(
    person: str,
    journey: str,
    *,
    uow: UnitOfWork,
    shelf: PackShelf,
    clock: Clock,
    book: Phrasebook,
    language: str = "sv",
) -> Feed | None:
    """Return a group's dates, or a person's own over all their groups when *journey* is "".

    None for somebody who isn't in that group any more: the address says nothing then. *uow* is open.
    """
    known = uow.people.get(person)
    theirs = [one for one in uow.journeys.of_person(person) if not one.practice]
    if known is None or (journey and journey not in [one.id for one in theirs]):
        return None
    spoken = known.language or language
    found: dict[str, Entry] = {}
    for one in theirs:
        if journey in ("", one.id):
            loaded, pack = with_dates(uow.journeys.head(one.id), uow=uow, shelf=shelf)
            teller = Teller(book, pack, loaded, spoken, clock.today())
            own = None if journey else PersonId(person)
            found |= {
                entry.uid: entry for entry in entries(teller, _dates(loaded, pack, uow, clock), only=own)
            }
    name = next((one.group_name for one in theirs if one.id == journey), known.name)
    return Feed(name, tuple(sorted(found.values(), key=lambda entry: (entry.day, entry.uid))))


def _dates(journey: Journey, pack: Pack, uow: UnitOfWork, clock: Clock) -> Dates:
    calendar, today = uow.calendar, clock.today()
    days = calendar.changes_of_days(journey.organisation)
    records = sum(record.revision for register in pack.registers for record in journey.records_in(register))
    return Dates(
        calendar.kept_meetings(journey.organisation, since=today),
        to_come(journey, pack, uow=uow, today=today),
        WorkDays(calendar.closed_days(journey.organisation)),
        journey.sequence + days + records,
    )
