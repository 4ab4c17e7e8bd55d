"""Things that are already there when a test begins."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from dialogs.events import Contributed
from dialogs.incoming import Incoming, Said
from dialogs.letters import Letter, ToRoom
from dialogs.messages import Message, Paragraph, Words
from dialogs.model.answers import Address, Contribution, Item
from dialogs.model.journey import Journey, JourneyId, Page
from dialogs.model.people import Member, Person, PersonId
from dialogs.ports import Needs, RoomRef
from storage.unit_of_work import SqlUnitOfWork

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
TODAY = NOW.date()
VISION = Address("vision")
NEEDS_VISION = Needs(steps=frozenset({"malbild"}), addresses=frozenset({VISION}))


def later(seconds: int) -> datetime:
    return NOW + timedelta(seconds=seconds)


@dataclass(frozen=True)
class World:
    """One organisation with one group of two, and their journey in one channel."""

    organisation: str
    group: str
    anna: Person
    bo: Person
    room: RoomRef
    journey: Journey


def a_world(uow: SqlUnitOfWork, *, practice: bool = False, channel: str = "C1", id: str = "j1") -> World:
    with uow:
        organisation = uow.organisations.add("Ängby kommun")
        anna, bo = uow.people.add("Anna"), uow.people.add("Bo")
        group = uow.groups.add(organisation, "Arbetsgruppen")
        uow.groups.put_member(group, Member(anna, ("process-leader",)), on=date(2026, 1, 1))
        uow.groups.put_member(group, Member(bo), on=date(2026, 1, 1))
        room = uow.rooms.find("terminal", "", channel, private=False)
        journey = a_journey(organisation, group, anna, practice=practice, id=id)
        uow.journeys.start(journey, room.id)
        journey = uow.journeys.head(journey.id)
        uow.commit()
    return World(organisation, group, anna, bo, room, journey)


def a_journey(
    organisation: str, group: str, starter: Person, *, id: str = "j1", practice: bool = False
) -> Journey:
    return Journey(
        id=JourneyId(id),
        organisation=organisation,
        organisation_name="Ängby kommun",
        group=group,
        group_name="Arbetsgruppen",
        pack="eu-coachmetoden",
        version="1.0.0",
        language="sv",
        starter=starter.id,
        first_step="malbild",
        started=TODAY,
        practice=practice,
    )


def contributed(by: Person, id: str, value: Any, *, address: Address = VISION, **more: Any) -> Contributed:
    person = more.pop("person", by.id)
    return Contributed(by=by.id, at=NOW, address=address, id=id, value=value, person=person, **more)


def with_contribution(journey: Journey, event: Contributed) -> Journey:
    """Return the journey as a move would leave it."""
    old = journey.item(event.address)
    others = tuple(one for one in old.contributions if one.id not in (event.id, event.replaces))
    if event.person is None:
        mine = Contribution(event.id, event.value, None, None)
        item = Item(
            old.address, (*others, mine), taken_part=tuple(dict.fromkeys((*old.taken_part, event.by)))
        )
    else:
        item = Item(old.address, (*others, Contribution(event.id, event.value, event.at, event.person)))
    page = Page({item.address.key: item.status}, asked=1)
    return journey.with_item(item).with_page("malbild", page).counted()


def contribute(uow: SqlUnitOfWork, journey: str, event: Contributed) -> Journey:
    """Let it happen in a transaction of its own."""
    with uow:
        before = uow.journeys.get(journey, Needs(frozenset({"malbild"}), frozenset({event.address})))
        after = with_contribution(before, event)
        uow.journeys.save(before, after, [("malbild", event)])
        uow.commit()
    return after


def incoming(text: str, event: str = "e1") -> Incoming:
    return Incoming("terminal", "", event, "anna", "Anna", "C1", False, NOW, Said(text, message="m1"))


def message(text: str) -> Message:
    return Message(text, (Paragraph((Words(text),)),))


def letter(key: str, journey: str = "", text: str = "hej", **more: Any) -> Letter:
    more.setdefault("to", ToRoom(journey))
    return Letter(key, message=message(text), journey=journey, **more)


def person(id: str) -> PersonId:
    return PersonId(id)
