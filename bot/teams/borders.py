"""Looks at each letter before it goes to a tenant: what may not be met there stays here, whoever it is addressed to."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from dialogs.model.borders import Borders
from dialogs.ports import ClaimedLetter, UnitOfWork

MOST = 20_000  # journeys at hand; the others are read anew

Done = TypeVar("Done")


class Store(Protocol):
    async def read(self, act: Callable[[UnitOfWork], Done]) -> Done: ...


@dataclass(frozen=True, slots=True)
class Customs:
    """Whose a journey is never changes: it is asked once. "" is nobody's, such as one that is only practice."""

    store: Store
    borders: Borders
    _whose: dict[str, str] = field(default_factory=dict)

    async def lets_out(self, letter: ClaimedLetter) -> bool:
        """Tell whether all that the letter is about may be met in the tenant that it goes to."""
        door, tenant = letter.room.door, letter.room.tenant
        if not self.borders.are_at(door, tenant):
            return True
        about = {letter.journey, *(button.press.journey for button in letter.message.buttons)} - {""}
        for journey in about:
            organisation = await self._organisation_of(journey)
            if organisation and not self.borders.allow(door, tenant, organisation):
                return False
        return True

    async def _organisation_of(self, journey: str) -> str:
        if journey not in self._whose:
            if len(self._whose) >= MOST:
                self._whose.clear()
            self._whose[journey] = await self.store.read(lambda uow: _organisation(uow, journey))
        return self._whose[journey]


def _organisation(uow: UnitOfWork, journey: str) -> str:
    with uow:
        try:
            head = uow.journeys.head(journey)
        except KeyError:  # practice that was taken away
            return ""
        return "" if head.practice else head.organisation_name
