"""Calendar feeds: who may read which dates by a secret address, and what stands there today."""

from dataclasses import dataclass

from bot.usecases.plan import with_dates
from content.phrases.book import Phrasebook
from dialogs.model.people import PersonId
from dialogs.ports import Clock, PackShelf, UnitOfWork
from dialogs.reports.entries import Entry, entries
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
            meetings = uow.calendar.meetings(one.organisation, since=clock.today())
            own = None if journey else PersonId(person)
            found |= {entry.uid: entry for entry in entries(teller, meetings, only=own)}
    name = next((one.group_name for one in theirs if one.id == journey), known.name)
    return Feed(name, tuple(sorted(found.values(), key=lambda entry: (entry.day, entry.uid))))
