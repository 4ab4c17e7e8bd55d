"""The door to Slack: its address on our server or a socket of our own, who we are there, and how we speak."""

import asyncio
import logging
from collections.abc import Iterable, Mapping, Sequence

import aiohttp
from aiohttp import web
from slack_bolt.response import BoltResponse

from bot.at_the_counter import AtTheCounter
from bot.settings import Settings
from bot.slack.acting import Acting
from bot.slack.calls import FAILURES, Myself, myself, refusal, web_client
from bot.slack.files import fetch
from bot.slack.gate import Admitted, Answered, Gate, Refused, is_ours
from bot.slack.home import Homes
from bot.slack.listeners import Listeners
from bot.slack.messenger import SlackMessenger
from bot.slack.profiles import profiles
from bot.slack.shape import Payload
from bot.slack.socket import SocketMode
from bot.slack.strangers import spoken_by
from content.phrases.book import Phrasebook
from dialogs.files import MakeFile
from dialogs.incoming import Attached, Incoming, Profile
from dialogs.messages import Message
from dialogs.model.problem import Problem
from dialogs.ports import Clock

PATHS = ("/slack/events", "/slack/interactivity", "/slack/commands")
READ_WITHIN = 5.0  # seconds for a request to come in whole

log = logging.getLogger(__name__)


class NotLetIn(Exception):  # noqa: N818 - the operator's slip or Slack's outage; no bug
    """Slack doesn't let us in. `why` is its own word for it, or what went wrong on the way; `token` is the setting."""

    def __init__(self, token: str, why: str) -> None:
        super().__init__(f"{token}: {why}")
        self.token = token
        self.why = why


class SlackDoor:
    """Nothing is heard before `start`: until then nobody knows who we are. `routes` can be given out at once."""

    def __init__(
        self,
        settings: Settings,
        counter: AtTheCounter,
        *,
        connections: aiohttp.ClientSession,
        clock: Clock,
        book: Phrasebook,
        language: str,
        make: MakeFile | None = None,
    ) -> None:
        """*make* makes the files that are handed out."""
        self._counter = counter
        self._clock = clock
        self._book = book
        self._language = language
        self._gate = Gate(settings.secret("slack_signing_secret"), clock)
        self._app_token = settings.secret("slack_app_token")
        self._web = web_client(
            settings.secret("slack_bot_token"), connections, base_url=settings.slack_api_url
        )
        self._web.proxy = settings.outgoing_proxy()
        self._web.ssl = settings.trust()
        self._us: Myself | None = None
        self._listeners: Listeners | None = None
        self._homes: Homes | None = None
        self._renewing: asyncio.Task[None] | None = None
        self._socket: SocketMode | None = None
        self.messenger = SlackMessenger(self._web, make=make)

    def routes(self) -> Sequence[web.RouteDef]:
        """Return one handler under every address that an app's manifest may name, for every method: it refuses."""
        return [web.route("*", path, self.handle) for path in PATHS]

    async def start(self) -> None:
        """Learn who we are, and open the socket where there is a token for it.

        Raises ``NotLetIn``; then it can be tried again.
        """
        if self._us is None or self._listeners is None:
            self._us = await self._who_we_are()
            acting = Acting(self._counter, self._web, self.messenger.open_private, self._book, self._language)
            self._homes = Homes(self._web, self._page, self._stale_pages)
            self._listeners = Listeners(self._web, self._us, acting, self._clock, self._homes.opened)
            self._counter.wake_after_turns(self._homes.wake)
            self._renewing = asyncio.create_task(self._homes.run())
        if self._app_token and self._socket is None:
            socket = SocketMode(self._app_token, self._web, self._hear)
            try:
                await socket.start()
            except (*FAILURES, KeyError) as error:
                raise NotLetIn("slack_app_token", _why(error)) from error
            self._socket = socket

    async def stop(self, seconds: float = 5.0) -> None:
        """Hear nothing more, and finish what was begun."""
        if self._socket is not None:
            await self._socket.stop()
        if self._renewing is not None:
            self._renewing.cancel()
            await asyncio.gather(self._renewing, return_exceptions=True)
        if self._listeners is not None:
            await self._listeners.finish(seconds)

    async def _who_we_are(self) -> Myself:
        try:
            return await myself(self._web)
        except (*FAILURES, KeyError) as error:
            raise NotLetIn("slack_bot_token", _why(error)) from error

    async def look_up(self, incoming: Incoming, accounts: Sequence[str]) -> Mapping[str, Profile]:
        """Return by account what Slack says of people."""
        return await profiles(self._web, accounts, tenant=incoming.tenant)

    async def fetch(self, file: Attached) -> bytes | Problem:
        """Return the bytes of a file that somebody sent the coach in private."""
        return await fetch(self._web, file)

    async def handle(self, request: web.Request) -> web.Response:
        """Answer one request, whoever sent it."""
        if self._us is None or self._listeners is None:
            return web.Response(status=503, text="not ready")
        body = await _body(request)
        found = body if isinstance(body, Refused) else self._let_in(request, body, self._us)
        match found:
            case Refused(status=status, why=why):
                log.info("a request was refused", extra={"status": status, "why": why})
                return web.Response(status=status, text=found.body)
            case Answered():
                return web.Response(text=found.body)
            case Admitted():
                return _response(await self._listeners.dispatch(found.payload))

    def _let_in(self, request: web.Request, body: bytes, us: Myself) -> Admitted | Answered | Refused:
        return self._gate.admit(request.method, request.headers, body, us)

    async def _page(self, account: str) -> Message:
        spoken = await spoken_by(account, self._team, self._counter, self._web)
        return await self._counter.home_of(self._team, account, "", spoken)

    async def _stale_pages(self) -> Iterable[str]:
        return [account for team, account in await self._counter.stale_homes() if team == self._team]

    @property
    def _team(self) -> str:
        return self._us.team if self._us is not None else ""

    async def _hear(self, payload: Payload) -> BoltResponse:
        """Hear what came over our own socket."""
        if self._us is None or self._listeners is None or not is_ours(payload, self._us):
            return BoltResponse(status=401, body="unauthorized")
        return await self._listeners.dispatch(payload)


async def _body(request: web.Request) -> bytes | Refused:
    """Return the request's bytes; nobody waits here for a request that never ends. Slack packs nothing."""
    if request.headers.get("Content-Encoding", "identity") != "identity":
        return Refused(400, "encoding")
    try:
        async with asyncio.timeout(READ_WITHIN):
            return await request.read()
    except web.HTTPRequestEntityTooLarge:
        return Refused(413, "size")
    except Exception as error:  # noqa: BLE001 - hung up, or not what its head says: aiohttp has many words for it
        return Refused(400, type(error).__name__)


def _response(answer: BoltResponse) -> web.Response:
    kind = "application/json" if answer.body.startswith("{") else "text/plain"
    return web.Response(status=answer.status, text=answer.body, content_type=kind)


def _why(error: BaseException) -> str:
    return refusal(error) or type(error).__name__
