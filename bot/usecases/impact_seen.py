"""Reads what the effects of groups are told of; and whose they are for somebody to see, over an organisation."""

from collections.abc import Sequence
from datetime import date

from content.phrases.book import Phrasebook
from dialogs.flows.needs import needs_for_impact
from dialogs.ports import JourneyRef, PackShelf, UnitOfWork
from dialogs.reports.impact import has_impact
from dialogs.reports.impact_words import ToldImpact, told_impact
from dialogs.values.names import alphabetical
from dialogs.wording.teller import Teller


def groups_seen(person: str, organisation: str, *, uow: UnitOfWork, shelf: PackShelf) -> Sequence[JourneyRef]:
    """Return the organisation's groups whose effects the person may see: an admin all of them, others their own."""
    if organisation not in uow.organisations.of_person(person):
        return ()
    if uow.organisations.is_admin(organisation, person):
        refs = uow.journeys.running_in(organisation)
    else:
        refs = [one for one in uow.journeys.of_person(person) if one.organisation == organisation]
    return with_efforts(refs, shelf)


def with_efforts(refs: Sequence[JourneyRef], shelf: PackShelf) -> Sequence[JourneyRef]:
    """Return those that aren't closed, nor practice, and whose methods have efforts; by name."""
    found = [
        one
        for one in refs
        if one.state != "closed" and not one.practice and has_impact(shelf.pack(one.pack, one.version))
    ]
    return sorted(found, key=lambda one: (alphabetical(one.group_name), one.id))


def impact_for(
    journeys: Sequence[str], *, uow: UnitOfWork, shelf: PackShelf, book: Phrasebook, language: str, today: date,
    year: int | None,
) -> ToldImpact:  # fmt: skip
    """Return what is to be told of the journeys, of which there is one at least."""
    tellers = []
    for id in journeys:
        head = uow.journeys.head(id)
        pack = shelf.pack(head.pack, head.version)
        journey = uow.journeys.fill(head, needs_for_impact(pack))
        tellers.append(Teller(book, pack, journey, language, today))
    return told_impact(book, language, tellers, year)
