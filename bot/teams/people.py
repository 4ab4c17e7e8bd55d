"""Who speaks in Teams: what an activity says of its sender, and what the connector says of a conversation's members."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.logs import failure
from bot.teams.calls import Connector
from bot.teams.inbound import account_of, client_of, place_of, text
from bot.teams.messenger import WRONG
from bot.teams.plain import whole
from bot.teams.references import References
from bot.teams.shape import Payload
from dialogs.incoming import Client, Incoming, Profile

PATIENCE = 4.0  # seconds for all of them: a turn waits for this
AT_ONCE = 4
MOST = 20_000

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Met:
    """Where somebody spoke last, under which id, and what their client says of them."""

    room: str
    name: str
    client: Client  # whose user is 29:…, the id that the conversation knows them by


class Acquaintances:
    def __init__(self, connector: Connector, references: References) -> None:
        self._connector = connector
        self._references = references
        self._met: OrderedDict[tuple[str, str], Met] = OrderedDict()

    def met(self, activity: Payload, tenant: str) -> None:
        """Remember whoever did something, for when they are asked about."""
        place, (account, name) = place_of(activity), account_of(activity)
        if place is None or not account:
            return
        key = (tenant, account)
        self._met[key] = Met(place.room, name, client_of(activity))
        self._met.move_to_end(key)
        if len(self._met) > MOST:
            self._met.popitem(last=False)

    async def profiles(
        self, incoming: Incoming, accounts: Iterable[str], *, patience: float = PATIENCE
    ) -> Mapping[str, Profile]:
        """Return by account what is known in time; who is missing can be asked about another day.

        Who speaks is told by the event itself: it may have been stored by a process that is no more.
        """
        gate = asyncio.Semaphore(AT_ONCE)
        tasks = {
            one: asyncio.create_task(self._profile(incoming.tenant, one, self._met_in(incoming, one), gate))
            for one in dict.fromkeys(accounts)
        }
        if not tasks:
            return {}
        _, late = await asyncio.wait(tasks.values(), timeout=patience)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
        told = {account: task.result() for account, task in tasks.items() if task not in late}
        return {account: profile for account, profile in told.items() if profile is not None}

    def _met_in(self, incoming: Incoming, account: str) -> Met | None:
        if account == incoming.account and incoming.client is not None:
            return Met(incoming.room, incoming.name, incoming.client)
        return self._met.get((incoming.tenant, account))

    async def _profile(
        self, tenant: str, account: str, met: Met | None, gate: asyncio.Semaphore
    ) -> Profile | None:
        if met is None:
            return None
        async with gate:
            place = await self._references.of(tenant, met.room)
            if place is None:
                return _of(met, {}, tenant)
            try:
                member = await self._connector.member(
                    place.service, place.team or place.room, met.client.user
                )
            except WRONG as error:
                log.info("Teams doesn't say who it is", extra=failure(error))
                return _of(met, {}, tenant)
        return _of(met, member, tenant)


def _of(met: Met, member: Mapping[str, Any], tenant: str) -> Profile:
    home = text(member, "tenantId").lower() or tenant
    guest = text(member, "userRole").lower() == "guest" or home != tenant
    return Profile(
        name=whole(text(member, "name")) or met.name,
        # Another organisation's word for whose address it is binds nobody here.
        email="" if guest else whole(text(member, "email") or text(member, "userPrincipalName")),
        language=met.client.language,
        zone=met.client.zone,
        guest=guest,
    )
