"""The door on a real server on loopback, before a counter that keeps what it is given and a Slack that is asked."""

import asyncio
import hashlib
import hmac
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, TypeVar
from urllib.parse import urlencode

import aiohttp
from aiohttp import web

from bot.metrics import Metrics
from bot.settings import Settings
from bot.slack.door import SlackDoor
from bot.usecases.replies import Speaker
from bot.web import Runner, application, listen
from content.phrases.book import Phrasebook
from dialogs.incoming import Incoming
from dialogs.messages import Composer, Form, FormField, Message, Press, words
from dialogs.model.people import Person

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
TEAM, COACH, ANNA = "T000000001", "U0METODCO", "U0ANNA"
FORM = "application/x-www-form-urlencoded"
A_FORM = Form(
    "Beslut", (FormField("what", "Vad beslutades?", "text", required=True),), Press("decision"), id="f1"
)

Json = dict[str, Any]
Read = TypeVar("Read")


class At:
    """A clock that stands still."""

    def __init__(self, now: datetime = NOW) -> None:
        self.instant = now

    def now(self) -> datetime:
        return self.instant

    def today(self) -> Any:
        return self.instant.date()


@dataclass
class Counter:
    """Keeps what it is given. `before` runs first of all, and may raise or wait."""

    stored: dict[str, Incoming] = field(default_factory=dict)
    asked: list[Speaker] = field(default_factory=list)
    forms: Mapping[str, Form] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)
    heard: Callable[[Incoming], bool] = lambda incoming: False
    people: Mapping[str, Person] = field(default_factory=dict)
    before: Callable[[], Awaitable[None]] | None = None
    stale: list[str] = field(default_factory=list)
    wakes: list[Callable[[], None]] = field(default_factory=list)

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
        self.asked.append(speaker)
        return self.forms.get(button)

    async def form_for_command(self, text: str, speaker: Speaker) -> Form | None:
        self.asked.append(speaker)
        return self.forms.get(text)

    async def problems_in(self, incoming: Incoming) -> Mapping[str, str]:
        return self.problems

    async def home_of(self, tenant: str, account: str, name: str, spoken: str = "") -> Message:
        return Composer().say(words(f"Hem {account}")).done()

    async def stale_homes(self) -> list[tuple[str, str]]:
        stale, self.stale = self.stale, []
        return [(TEAM, account) for account in stale]

    def wake_after_turns(self, wake: Callable[[], None]) -> None:
        self.wakes.append(wake)

    async def read(self, act: Callable[[Any], Read]) -> Read:
        return act(_Reading(self.people))


class _Reading:
    """As much of a unit of work as finds people by their accounts."""

    def __init__(self, people: Mapping[str, Person]) -> None:
        self._people = people
        self.people = self

    def __enter__(self) -> "_Reading":
        return self

    def __exit__(self, *_: object) -> None: ...

    def by_account(self, door: str, tenant: str, account: str) -> Person | None:
        assert (door, tenant) == ("slack", TEAM)
        return self._people.get(account)


@dataclass
class Slack:
    """What the Web API was asked. `refuses` says by method which word it answers with."""

    calls: list[tuple[str, Json]] = field(default_factory=list)
    refuses: dict[str, str] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=lambda: {ANNA: "Anna Berg"})
    slow: dict[str, float] = field(default_factory=dict)
    sockets: asyncio.Queue[web.WebSocketResponse] = field(default_factory=asyncio.Queue)
    acked: asyncio.Queue[Json] = field(default_factory=asyncio.Queue)
    url: str = ""

    def asked(self, method: str) -> list[Json]:
        return [arguments for name, arguments in self.calls if name == method]

    async def answer(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        given: Json = dict(request.query)
        if request.content_type == "application/json":
            given |= await request.json()
        else:
            given |= dict(await request.post())
        self.calls.append((method, given))
        await asyncio.sleep(self.slow.get(method, 0))
        if method == "users.info" and given["user"] not in self.people:
            return web.json_response({"ok": False, "error": "user_not_found"})
        if method in self.refuses:
            return web.json_response({"ok": False, "error": self.refuses[method]})
        return web.json_response({"ok": True, **self._answers(method, given)})

    def _answers(self, method: str, given: Json) -> Json:
        match method:
            case "auth.test":
                return {"team_id": TEAM, "user_id": COACH, "bot_id": "B0METODCO"}
            case "users.info":
                return {
                    "user": {"id": given["user"], "team_id": TEAM, "real_name": self.people[given["user"]]}
                }
            case "conversations.open":
                return {"channel": {"id": f"D0{given['users']}"}}
            case "apps.connections.open":
                return {"url": f"{self.url.replace('http', 'ws')}/link?ticket=secret-ticket"}
            case _:
                return {}

    async def link(self, request: web.Request) -> web.WebSocketResponse:
        """Be the other end of a socket."""
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"type": "hello", "num_connections": 1})
        self.sockets.put_nowait(socket)
        async for message in socket:
            if message.type is aiohttp.WSMsgType.TEXT:
                self.acked.put_nowait(json.loads(message.data))
        return socket


@dataclass
class House:
    door: SlackDoor
    counter: Counter
    slack: Slack
    clock: At
    url: str
    client: aiohttp.ClientSession

    async def post(
        self, body: bytes, headers: Mapping[str, str], path: str = "/slack/events"
    ) -> tuple[int, str]:
        async with self.client.post(f"{self.url}{path}", data=body, headers=dict(headers)) as answer:
            return answer.status, await answer.text()

    async def event(self, payload: Json) -> tuple[int, str]:
        body = json.dumps(payload).encode()
        return await self.post(body, signed(body, self.clock.now()))

    async def interaction(self, payload: Json) -> tuple[int, str]:
        body = urlencode({"payload": json.dumps(payload)}).encode()
        return await self.post(body, signed(body, self.clock.now(), kind=FORM), "/slack/interactivity")

    async def command(self, fields: Mapping[str, str]) -> tuple[int, str]:
        body = urlencode(fields).encode()
        return await self.post(body, signed(body, self.clock.now(), kind=FORM), "/slack/commands")


def signed(
    body: bytes, at: datetime, *, kind: str = "application/json", secret: str = SECRET
) -> dict[str, str]:
    """Return the headers with which Slack sends *body*."""
    stamp = str(int(at.timestamp()))
    digest = hmac.new(secret.encode(), b":".join((b"v0", stamp.encode(), body)), hashlib.sha256).hexdigest()
    return {"Content-Type": kind, "X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}


@asynccontextmanager
async def a_house(
    counter: Counter | None = None, *, app_token: str = "", start: bool = True
) -> AsyncIterator[House]:
    slack, clock, kept = Slack(), At(), counter or Counter()
    stand_in = web.AppRunner(_web_api(slack), access_log=None)
    await stand_in.setup()
    await web.TCPSite(stand_in, "127.0.0.1", 0).start()
    slack.url = f"http://127.0.0.1:{stand_in.addresses[0][1]}"
    settings = Settings(
        slack_signing_secret=SECRET, slack_bot_token="xoxb-1", slack_app_token=app_token or None,
        slack_api_url=f"{slack.url}/api/",
    )  # fmt: skip
    async with aiohttp.ClientSession() as connections, aiohttp.ClientSession() as client:
        door = SlackDoor(
            settings, kept, connections=connections, clock=clock, book=Phrasebook.load(), language="sv"
        )
        runner = Runner(
            application(why_not_ready=_ready, figures=None, metrics=Metrics(), routes=door.routes())
        )
        port = await listen(runner, "127.0.0.1", 0)
        try:
            if start:
                await door.start()
            yield House(door, kept, slack, clock, f"http://127.0.0.1:{port}", client)
        finally:
            await door.stop()
            await runner.cleanup()
            await stand_in.cleanup()


def _web_api(slack: Slack) -> web.Application:
    app = web.Application()
    app.router.add_route("*", "/api/{method}", slack.answer)
    app.router.add_get("/link", slack.link)
    app.router.add_get("/link/", slack.link)
    return app


async def _ready() -> str:
    return ""
