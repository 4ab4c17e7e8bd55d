"""Keeps what is one tenant's from another's eyes: what a turn sees there, and who may be one person in both.

A person has all that they belong to with them wherever they have an account. So an account is tied to nobody who
belongs to what may not be met there, and nobody is put in a group that may not be met where they have an account.
Should it have come to that all the same, as when the settings have changed, the turn doesn't see it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from dialogs.model.borders import Borders
from dialogs.model.journey import Journey
from dialogs.ports import DraftText, JourneyRef, Needs, Spot, StoredButton, UnitOfWork

Place = tuple[str, str]
"""A door, and a tenant there."""

NAMES_A_JOURNEY = frozenset({"choose-journey", "show", "status", "move-here"})
"""The buttons that say in their argument which journey they are about."""


def journeys_of(button: StoredButton) -> frozenset[str]:
    """Return the journeys that the button is about."""
    named = button.press.argument if button.press.action in NAMES_A_JOURNEY else ""
    return frozenset(one for one in (button.journey, button.press.journey, named) if one)


def may_be_met_at(places: Iterable[Place], person: str, *, uow: UnitOfWork, borders: Borders) -> bool:
    """Say whether all that the person belongs to may be met there; what they made up to practise may be anywhere."""
    bordered = [one for one in places if borders.are_at(*one)]
    if not bordered:
        return True
    books = uow.organisations
    names = [books.name(one) for one in books.of_person(person) if books.admins(one)]
    return all(borders.allow(*place, name) for place in bordered for name in names)


def is_met_elsewhere(person: str, organisation: str, *, uow: UnitOfWork, borders: Borders) -> bool:
    """Say whether the person has an account where the organisation of that name may not be met."""
    if not borders.named:
        return False
    accounts = uow.people.accounts_of(person)
    return not all(borders.allow(one.door, one.tenant, organisation) for one in accounts)


def seen_from(door: str, tenant: str, uow: UnitOfWork, borders: Borders) -> UnitOfWork:
    """Return the unit of work as one sees it there; where there is no border, it is all there is."""
    if not borders.are_at(door, tenant):
        return uow
    return cast(
        UnitOfWork, _Seen(uow, _Sight(uow, door, tenant, borders))
    )  # the rest is the unit of work's own


def hides_in(room: str, uow: UnitOfWork) -> bool:
    """Say whether a group lives in the room that may not be met there any more."""
    seen: object = uow
    return isinstance(seen, _Seen) and seen.hides_in(room)


def behind(uow: UnitOfWork) -> UnitOfWork:
    """Return all of it, whatever may be seen."""
    seen: object = uow
    return seen.all_of_it if isinstance(seen, _Seen) else uow


@dataclass(frozen=True, slots=True)
class _Sight:
    uow: UnitOfWork
    door: str
    tenant: str
    borders: Borders

    def sees(self, ref: JourneyRef) -> bool:
        return ref.practice or self.allows(self.uow.organisations.name(ref.organisation))

    def sees_journey(self, id: str) -> bool:
        try:
            head = self.uow.journeys.head(id)
        except KeyError:
            return True  # there is nothing to see
        return head.practice or self.allows(head.organisation_name)

    def sees_organisation(self, id: str) -> bool:
        return self.allows(self.uow.organisations.name(id)) or not self.uow.organisations.admins(id)

    def look_at(self, journey: Journey) -> Journey:
        """Return the journey. Raises ``KeyError`` where it can't be seen: as if there were none."""
        if not journey.practice and not self.allows(journey.organisation_name):
            raise KeyError(journey.id)
        return journey

    def allows(self, organisation: str) -> bool:
        return self.borders.allow(self.door, self.tenant, organisation)


class _Part:
    """A part of the unit of work, of which something can't be seen."""

    def __init__(self, all_of_it: Any, sight: _Sight) -> None:
        self._all = all_of_it
        self._sight = sight

    def __getattr__(self, name: str) -> Any:
        return getattr(self._all, name)


class _Journeys(_Part):
    def get(self, id: str, needs: Needs) -> Journey:
        return self._sight.look_at(self._all.get(id, needs))

    def head(self, id: str) -> Journey:
        return self._sight.look_at(self._all.head(id))

    def whole(self, id: str) -> Journey:
        return self._sight.look_at(self._all.whole(id))

    def heads_of(self, person: str) -> Sequence[Journey]:
        return [one for one in self._all.heads_of(person) if self._sight.allows(one.organisation_name)]

    def in_room(self, room: str) -> Sequence[JourneyRef]:
        return [one for one in self._all.in_room(room) if self._sight.sees(one)]

    def of_group(self, group: str) -> Sequence[JourneyRef]:
        return [one for one in self._all.of_group(group) if self._sight.sees(one)]

    def of_person(self, person: str) -> Sequence[JourneyRef]:
        return [one for one in self._all.of_person(person) if self._sight.sees(one)]

    def all(self) -> Sequence[JourneyRef]:
        return [one for one in self._all.all() if self._sight.sees(one)]


class _Organisations(_Part):
    def of_person(self, person: str) -> Sequence[str]:
        return [one for one in self._all.of_person(person) if self._sight.sees_organisation(one)]


class _Buttons(_Part):
    def get(self, button: str) -> StoredButton | None:
        """Return what the button means; one that is about what can't be seen here is as good as none."""
        found: StoredButton | None = self._all.get(button)
        if found is None:
            return None
        return found if all(map(self._sight.sees_journey, journeys_of(found))) else None


class _Drafts(_Part):
    def get(self, person: str, room: str, *, form: bool = False) -> DraftText | None:
        found: DraftText | None = self._all.get(person, room, form=form)
        seen = found is None or not found.journey or self._sight.sees_journey(found.journey)
        return found if seen else None


class _Outbox(_Part):
    def spot(self, room: str, platform_message: str) -> Spot | None:
        found: Spot | None = self._all.spot(room, platform_message)
        return found if found is None or self._sight.sees_journey(found.journey) else None


_PARTS: Mapping[str, type[_Part]] = {
    "journeys": _Journeys, "organisations": _Organisations, "buttons": _Buttons, "drafts": _Drafts, "outbox": _Outbox,
}  # fmt: skip


class _Seen:
    """A unit of work with parts that show what may be seen from one tenant."""

    def __init__(self, uow: UnitOfWork, sight: _Sight) -> None:
        self.all_of_it = uow
        self._sight = sight
        for name, part in _PARTS.items():
            setattr(self, name, part(getattr(uow, name), sight))

    def __getattr__(self, name: str) -> Any:
        return getattr(self.all_of_it, name)

    def hides_in(self, room: str) -> bool:
        return not all(self._sight.sees(one) for one in self.all_of_it.journeys.in_room(room))
