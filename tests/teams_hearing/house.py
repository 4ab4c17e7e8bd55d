"""The door on a real server on loopback, before a counter that keeps what it is given, over a real database."""

import asyncio
import json
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import aiohttp
from aiohttp import web

from bot.ids import RandomIds
from bot.metrics import Metrics
from bot.settings import Settings
from bot.teams.door import TeamsDoor
from bot.usecases.replies import Speaker
from bot.web import Runner, application, listen
from content.phrases.book import Phrasebook
from dialogs.incoming import Incoming
from dialogs.messages import Form, FormField, Message, Press
from dialogs.ports import UnitOfWork
from storage.engine import open_engine
from storage.schema import upgrade
from storage.unit_of_work import SqlUnitOfWork
from tests.teams.connector import Connector
from tests.teams.driver import Driver, Talker
from tests.teams.identity import APP, PASSWORD, TENANT, Identity

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
ANNA = Talker("Anna Berg", "0a0a0a0a-0000-0000-0000-00000000000a")
ROOM = "19:gruppen@thread.tacv2"
A_FORM = Form(
    "Beslut", (FormField("what", "Vad beslutades?", "text", required=True),), Press("decision"), id="f1"
)

Json = dict[str, Any]
Done = TypeVar("Done")


@dataclass
class At:
    """A clock that stands still."""

    instant: datetime = NOW

    def now(self) -> datetime:
        return self.instant

    def today(self) -> date:
        return self.instant.date()


class Keyring(Identity):
    """Publishes one key more, which may sign for another channel only."""

    def _written(self, name: str) -> Mapping[str, Any]:
        written = dict(super()._written(name))
        return written | {"endorsements": ["webchat"]} if name == "elsewhere" else written


@cache
def an_empty_database() -> bytes:
    """Return a database with its tables and nothing in them."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "coach.db"
        upgrade(f"sqlite:///{file}")
        return file.read_bytes()


@dataclass
class Counter:
    """Keeps what it is given. `before` runs first of all, and may raise or wait."""

    uow: Callable[[], UnitOfWork]
    stored: dict[str, Incoming] = field(default_factory=dict)
    forms: Mapping[str, Form] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)
    heard: Callable[[Incoming], bool] = lambda incoming: False
    before: Callable[[], Awaitable[None]] | None = None

    async def take_in(self, incoming: Incoming, *, if_heard: bool = False) -> bool:
        if self.before is not None:
            await self.before()
        if if_heard and not self.heard(incoming):
            return False
        new = incoming.event not in self.stored
        self.stored.setdefault(incoming.event, incoming)
        return new

    async def is_heard(self, incoming: Incoming) -> bool:
        return self.heard(incoming)

    async def form_of(self, button: str, speaker: Speaker) -> Form | None:
        return self.forms.get(button)

    async def form_for_command(self, text: str, speaker: Speaker) -> Form | None:
        return self.forms.get(text)

    async def problems_in(self, incoming: Incoming) -> Mapping[str, str]:
        return self.problems

    async def home_of(self, tenant: str, account: str, name: str, spoken: str = "") -> Message:
        return Message("Hem")

    async def stale_homes(self) -> list[tuple[str, str]]:
        return []

    def wake_after_turns(self, wake: Callable[[], None]) -> None: ...

    async def read(self, act: Callable[[UnitOfWork], Done]) -> Done:
        return act(self.uow())

    async def write(self, act: Callable[[UnitOfWork], Done]) -> Done:
        return act(self.uow())


@dataclass
class House:
    door: TeamsDoor
    counter: Counter
    identity: Keyring
    connector: Connector
    clock: At
    url: str
    base: str
    client: aiohttp.ClientSession

    @property
    def service(self) -> str:
        return f"{self.base}/service/"

    def driver(self) -> Driver:
        return Driver(lambda: self.url, self.service, self.identity, self.clock.now, self.client)

    async def post(
        self, body: bytes, headers: Mapping[str, str], method: str = "POST", path: str = "/teams/messages"
    ) -> tuple[int, str]:
        async with self.client.request(method, self.url + path, data=body, headers=dict(headers)) as answer:
            return answer.status, await answer.text()


@asynccontextmanager
async def a_house(*, start: bool = True, **settings: Any) -> AsyncIterator[House]:
    identity, connector, clock = Keyring(keys=["first", "elsewhere"]), Connector(), At()
    stand_in = web.AppRunner(_platform(identity, connector), access_log=None, shutdown_timeout=0.1)
    await stand_in.setup()
    await web.TCPSite(stand_in, "127.0.0.1", 0).start()
    base = identity.base = f"http://127.0.0.1:{stand_in.addresses[0][1]}"
    given = {
        "teams_app_id": APP, "teams_app_password": PASSWORD, "teams_tenant": TENANT, "teams_stand_in": base,
    }  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "coach.db"
        file.write_bytes(an_empty_database())
        engine = open_engine(f"sqlite:///{file}")
        counter = Counter(lambda: SqlUnitOfWork(engine))
        async with aiohttp.ClientSession() as connections, aiohttp.ClientSession() as client:
            door = TeamsDoor(
                Settings(**given | settings), counter, connections=connections, clock=clock, ids=RandomIds(),
                book=Phrasebook.load(), language="sv",
            )  # fmt: skip
            served = application(why_not_ready=_ready, figures=None, metrics=Metrics(), routes=door.routes())
            runner = Runner(served)
            port = await listen(runner, "127.0.0.1", 0)
            try:
                if start:
                    await door.start()
                yield House(
                    door, counter, identity, connector, clock, f"http://127.0.0.1:{port}", base, client
                )
            finally:
                await door.stop()
                await runner.cleanup()
                await stand_in.cleanup()
                engine.dispose()


def encoded(activity: Mapping[str, Any]) -> bytes:
    return json.dumps(activity).encode()


def acted(act: Callable[[House], Awaitable[Done]], **how: Any) -> Done:
    """Return what *act* comes to in a house of its own."""

    async def run() -> Done:
        async with a_house(**how) as house:
            return await act(house)

    return asyncio.run(run())


def _platform(identity: Identity, connector: Connector) -> web.Application:
    app = web.Application()
    app.add_routes([*identity.routes(), *connector.routes()])
    return app


async def _ready() -> str:
    return ""
