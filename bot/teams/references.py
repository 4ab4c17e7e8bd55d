"""Where each conversation is reached: its service address, kind and team, as Teams last said. Our own columns.

The SDK's stored references lose the tenant, and carry along more than anybody may keep.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol, TypeVar

from bot.teams.hosts import Hosts
from dialogs.ports import Clock, ConversationRef, UnitOfWork

Done = TypeVar("Done")


class Store(Protocol):
    async def read(self, act: Callable[[UnitOfWork], Done]) -> Done: ...
    async def write(self, act: Callable[[UnitOfWork], Done]) -> Done: ...


class References:
    """What was seen lately is at hand. An address that isn't allowed is as good as none, wherever it stands."""

    MOST = 20_000  # conversations at hand; the others are read anew

    def __init__(self, store: Store, hosts: Hosts, clock: Clock) -> None:
        self._store = store
        self._hosts = hosts
        self._clock = clock
        self._known: dict[tuple[str, str], ConversationRef] = {}

    async def note(self, seen: ConversationRef) -> None:
        """Keep it for good where it is new or has changed."""
        if self._known.get((seen.tenant, seen.room)) == seen:
            return
        kept = await self.of(seen.tenant, seen.room)
        if kept != seen:
            await self._store.write(lambda uow: _put(uow, seen, self._clock.now()))
            self._keep(seen)

    async def of(self, tenant: str, room: str) -> ConversationRef | None:
        found = self._known.get((tenant, room)) or await self._store.read(lambda uow: _get(uow, tenant, room))
        return self._keep(found) if found is not None and self._hosts.allowed(found.service) else None

    async def any_of(self, tenant: str) -> ConversationRef | None:
        """Return the tenant's conversation that was seen last: new ones begin at its address."""
        found = await self._store.read(lambda uow: _newest(uow, tenant))
        return found if found is not None and self._hosts.allowed(found.service) else None

    async def retire(self, tenant: str, room: str) -> None:
        """Nothing leads there any more, until something comes from there."""
        self._known.pop((tenant, room), None)
        await self._store.write(lambda uow: _drop(uow, tenant, room))

    def _keep(self, found: ConversationRef) -> ConversationRef:
        if len(self._known) >= self.MOST:
            self._known.clear()
        self._known[found.tenant, found.room] = found
        return found


def _put(uow: UnitOfWork, seen: ConversationRef, at: datetime) -> None:
    with uow:
        uow.conversations.put(seen, at)
        uow.commit()


def _get(uow: UnitOfWork, tenant: str, room: str) -> ConversationRef | None:
    with uow:
        return uow.conversations.get(tenant, room)


def _newest(uow: UnitOfWork, tenant: str) -> ConversationRef | None:
    with uow:
        return uow.conversations.newest(tenant)


def _drop(uow: UnitOfWork, tenant: str, room: str) -> None:
    with uow:
        uow.conversations.drop(tenant, room)
        uow.commit()
