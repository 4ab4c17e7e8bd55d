"""A whole Teams for a test: who signs, the connector, the driver, and people in a channel or group chat."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_DNS, uuid5

from aiohttp import ClientSession, ClientTimeout, web

from tests.doors.clocks import KeepsTime
from tests.doors.loop import Loop
from tests.teams.connector import Connector
from tests.teams.driver import Driver, Scope, Talker
from tests.teams.identity import APP, PASSWORD, TENANT, Identity

ROOMS: Mapping[Scope, str] = {
    "channel": "19:arbetsgruppen@thread.tacv2", "groupChat": "19:gruppchatten@thread.v2"
}  # fmt: skip
PATIENCE = 30.0


@dataclass(frozen=True)
class Member:
    """Somebody in the tenant. `more` is what the connector says of them beside that."""

    name: str
    email: str = ""
    locale: str = "sv-SE"
    more: Mapping[str, Any] = field(default_factory=dict)

    @property
    def account(self) -> str:
        return str(uuid5(NAMESPACE_DNS, self.name))


@dataclass(eq=False)
class Town:
    """Begun with its people; `room` is where the group talks, with the bot in it."""

    loop: Loop
    people: Sequence[Member]
    now: Callable[[], datetime]
    scope: Scope = "channel"
    bot: str = ""  # where it listens
    url: str = ""
    identity: Identity = field(default_factory=Identity)
    connector: Connector = field(default_factory=Connector)
    talkers: dict[str, Talker] = field(default_factory=dict)  # by name
    driver: Driver = field(init=False)
    _runner: web.AppRunner = field(init=False)
    _session: ClientSession = field(init=False)

    @property
    def room(self) -> str:
        return ROOMS[self.scope]

    def locale(self, who: str) -> str:
        return self.talkers[who].locale

    def clocks(self) -> Sequence[KeepsTime]:
        return ()

    def told(self) -> Mapping[str, Any]:
        """Return the settings that lead the program here."""
        return {
            "teams_app_id": APP, "teams_app_password": PASSWORD, "teams_tenant": TENANT, "teams_stand_in": self.url,
        }  # fmt: skip

    def scope_of(self, room: str) -> Scope:
        for scope, ending in (("channel", "@thread.tacv2"), ("groupChat", "@thread.v2")):
            if room.endswith(ending):
                return scope
        return "personal"

    def sees(self, who: Talker, room: str) -> bool:
        return self.scope_of(room) != "personal" or room == who.private

    def open(self) -> None:
        for one in self.people:
            talker = Talker(one.name, one.account, one.locale)
            self.talkers[one.name] = talker
            self.connector.members[talker.user] = {
                "id": talker.user, "aadObjectId": one.account, "name": one.name, "email": one.email,
                "tenantId": TENANT, "userRole": "user", **one.more,
            }  # fmt: skip
        self.loop.do(self._open())

    def close(self) -> None:
        self.loop.do(self._close())

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait until it holds; what makes it hold happens on the event loop."""

        async def wait() -> None:
            async with asyncio.timeout(PATIENCE):
                while not holds():
                    await asyncio.sleep(0.002)

        self.loop.do(wait())

    async def at_rest(self) -> None:
        """Wait until all that was sent by now has been acted on, though whoever sent it may be gone."""
        async with self._session.get(self.url) as answer:  # what came before this has been read by then
            await answer.read()
        while self.connector.in_hand:
            await asyncio.sleep(0.01)

    async def _open(self) -> None:
        app = web.Application()
        app.add_routes([*self.identity.routes(), *self.connector.routes()])
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = self.identity.base = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        self._session = ClientSession(timeout=ClientTimeout(total=30))
        self.driver = Driver(lambda: self.bot, f"{self.url}/service/", self.identity, self.now, self._session)

    async def _close(self) -> None:
        await self._session.close()
        await self._runner.cleanup()
