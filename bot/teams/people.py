"""Who speaks in Teams: what an activity says of its sender, and what the connector says of a conversation's members."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.logs import failure
from bot.teams.calls import Connector
from bot.teams.inbound import account_of, part, place_of, profile_of, text
from bot.teams.messenger import WRONG
from bot.teams.plain import whole
from bot.teams.references import References
from bot.teams.shape import Payload
from dialogs.incoming import Profile

PATIENCE = 4.0  # seconds for all of them: a turn waits for this
AT_ONCE = 4
MOST = 20_000

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Met:
    """Where somebody spoke last, under which id, and what their client says of them."""

    room: str
    user: str  # 29:…, the id that the conversation knows them by
    name: str
    language: str
    zone: str


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
        language, zone = profile_of(activity)
        key = (tenant, account)
        self._met[key] = Met(place.room, text(part(activity, "from"), "id"), name, language, _zone(zone))
        self._met.move_to_end(key)
        if len(self._met) > MOST:
            self._met.popitem(last=False)

    async def profiles(
        self, tenant: str, accounts: Iterable[str], *, patience: float = PATIENCE
    ) -> Mapping[str, Profile]:
        """Return by account what is known in time; who is missing can be asked about another day."""
        gate = asyncio.Semaphore(AT_ONCE)
        tasks = {
            one: asyncio.create_task(self._profile(tenant, one, gate)) for one in dict.fromkeys(accounts)
        }
        if not tasks:
            return {}
        _, late = await asyncio.wait(tasks.values(), timeout=patience)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
        told = {account: task.result() for account, task in tasks.items() if task not in late}
        return {account: profile for account, profile in told.items() if profile is not None}

    async def _profile(self, tenant: str, account: str, gate: asyncio.Semaphore) -> Profile | None:
        met = self._met.get((tenant, account))
        if met is None:
            return None
        async with gate:
            place = await self._references.of(tenant, met.room)
            if place is None:
                return _of(met, {}, tenant)
            try:
                member = await self._connector.member(place.service, place.team or place.room, met.user)
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
        language=met.language,
        zone=met.zone,
        guest=guest,
    )


def _zone(name: str) -> str:
    try:
        return ZoneInfo(name).key if name else ""
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ""
