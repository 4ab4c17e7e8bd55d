"""The door to Teams: its address on our server, who is let in there, and how we speak."""

import logging
from collections.abc import Mapping, Sequence
from typing import Any, Literal

import aiohttp
from aiohttp import web

from bot.at_the_counter import AtTheCounter
from bot.settings import Settings
from bot.teams.acting import Acting
from bot.teams.adapter import Answer
from bot.teams.borders import Customs
from bot.teams.calls import Connector
from bot.teams.credentials import Credentials
from bot.teams.files import Uploads
from bot.teams.gate import MOST_BYTES, Gate, Refused
from bot.teams.hosts import FileHosts, Hosts
from bot.teams.inbound import turned_away
from bot.teams.keys import Keys, fetch_with
from bot.teams.listeners import Listeners
from bot.teams.messenger import TeamsMessenger
from bot.teams.people import Acquaintances
from bot.teams.references import References
from bot.teams_settings import allowed_tenants, borders_of, file_hosts, origins_of, service_hosts
from content.phrases.book import Phrasebook
from dialogs.files import MakeFile
from dialogs.incoming import Attached, Incoming, Profile
from dialogs.model.problem import Problem
from dialogs.ports import Clock, ConversationRef, Ids

PATH = "/teams/messages"

log = logging.getLogger(__name__)


class TeamsDoor:
    """Whoever asks is answered from the start: Teams says who we are with each activity."""

    def __init__(
        self,
        settings: Settings,
        counter: AtTheCounter,
        *,
        connections: aiohttp.ClientSession,
        clock: Clock,
        ids: Ids,
        book: Phrasebook,
        language: str,
        make: MakeFile | None = None,
    ) -> None:
        """*make* makes the files that are handed out."""
        self._counter, self._clock = counter, clock
        app, origins = settings.teams_app_id.strip(), origins_of(settings)
        hosts = Hosts(service_hosts(settings), origins.loopback)
        how: dict[str, Any] = {"ssl": settings.trust()}
        if not origins.loopback:
            how["proxy"] = settings.proxy_to_the_world()
        self._credentials = Credentials(
            app, settings.secret("teams_app_password"), settings.teams_tenant, connections, clock,
            login=origins.login, **how,
        )  # fmt: skip
        self._keys = Keys(fetch_with(connections, origins.may_hold_keys, **how), clock, openid=origins.openid)
        self._gate = Gate(app, frozenset(allowed_tenants(settings)), self._keys, hosts, clock)
        connector = Connector(connections, self._credentials, hosts, how)
        references = References(counter, hosts, clock)
        self._people = Acquaintances(connector, references)
        self._listeners = Listeners(Acting(counter, references, self._people, ids, book, language), clock)
        customs = Customs(counter, borders_of(settings))
        self._files = Uploads(connections, FileHosts(file_hosts(settings), origins.loopback), how)
        self.messenger = TeamsMessenger(
            connector, references, f"28:{app}", customs=customs, turned_away=self._turned_away, make=make,
            uploads=self._files,
        )  # fmt: skip

    def routes(self) -> Sequence[web.RouteDef]:
        return [web.route("*", PATH, self.handle)]

    async def start(self) -> None:
        """Learn that we may speak. Raises ``NotLetIn``; then it can be tried again."""
        await self._credentials.token()

    async def stop(self, seconds: float = 5.0) -> None:
        """Hear nothing more, and finish what was begun."""
        await self._listeners.finish(seconds)
        await self._keys.stop()

    async def look_up(self, incoming: Incoming, accounts: Sequence[str]) -> Mapping[str, Profile]:
        """Return by account what Teams says of people."""
        return await self._people.profiles(incoming, accounts)

    async def fetch(self, file: Attached) -> bytes | Problem:
        """Return the bytes of a file that somebody sent the coach in private."""
        return await self._files.fetch(file)

    async def _turned_away(self, place: ConversationRef, why: Literal["removed", "deleted"]) -> None:
        await self._counter.take_in(turned_away(place, why, self._clock.now()))

    async def handle(self, request: web.Request) -> web.Response:
        """Answer one request, whoever sent it."""
        if (request.content_length or 0) > MOST_BYTES:
            return _refused(Refused(413, "size"))
        if request.headers.get("Content-Encoding", "identity") != "identity":
            return _refused(Refused(400, "encoding"))
        found = await self._gate.admit(request.method, request.headers, await request.read())
        if isinstance(found, Refused):
            return _refused(found)
        return _response(await self._listeners.dispatch(found))


def _refused(refused: Refused) -> web.Response:
    log.info("a request was refused", extra={"status": refused.status, "why": refused.why})
    return web.Response(status=refused.status, text=refused.body)


def _response(answer: Answer) -> web.Response:
    if answer.body:
        return web.json_response(dict(answer.body), status=answer.status)
    return web.Response(status=answer.status)
