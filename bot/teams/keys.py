"""The keys that Bot Connector signs with, fetched without holding anybody up and kept through rollovers and outages.

Source: https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication, "Authenticate
requests from the Bot Connector service to your bot".
"""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import aiohttp
from jwt import PyJWK, PyJWTError

from bot.logs import failure
from bot.teams_settings import OPENID
from dialogs.ports import Clock

ISSUER = "https://api.botframework.com"

ENOUGH = aiohttp.ClientTimeout(total=3, connect=2)  # seconds; Teams waits 15 for an answer
MOST_BYTES = 1_000_000
OLD = timedelta(hours=12)  # then they are fetched anew, and used meanwhile
TOO_OLD = timedelta(days=5)
REST = timedelta(minutes=1)  # between two tries because of an unknown key

log = logging.getLogger(__name__)

Fetch = Callable[[str], Awaitable[Mapping[str, Any]]]
"""Returns the JSON object at an address. Raises one of ``FAILURES``."""

FAILURES = (aiohttp.ClientError, TimeoutError, OSError, ValueError)


class NoKeys(Exception):  # noqa: N818 - an outage; no bug
    """Nobody can tell just now whether a key is Bot Connector's: the keys couldn't be fetched."""


@dataclass(frozen=True, slots=True)
class Key:
    """A public RSA key, and the channels that it may sign for."""

    public: PyJWK
    endorsements: frozenset[str]


class Keys:
    """Looks keys up by their id. One fetch at a time, whoever asks."""

    def __init__(self, fetch: Fetch, clock: Clock, *, openid: str = OPENID) -> None:
        self._fetch = fetch
        self._clock = clock
        self._openid = openid
        self._known: Mapping[str, Key] = {}
        self._fetched: datetime | None = None
        self._tried: datetime | None = None
        self._failed = False
        self._fetching: asyncio.Task[None] | None = None

    async def key(self, id: str) -> Key | None:
        """Return the key; None when Bot Connector has none of that id. Raises ``NoKeys``."""
        age = self._age(self._fetched)
        if age is None or age > TOO_OLD:
            self._known = {}
        found = self._known.get(id)
        if found is not None:
            if age is not None and age > OLD:
                self._begin()
            return found
        await self._fetched_anew()
        if id not in self._known and self._failed:
            raise NoKeys
        return self._known.get(id)

    async def stop(self) -> None:
        if self._fetching is not None:
            self._fetching.cancel()
            await asyncio.gather(self._fetching, return_exceptions=True)

    async def _fetched_anew(self) -> None:
        task = self._begin()
        if task is not None:
            await asyncio.shield(task)  # others wait for it too

    def _begin(self) -> "asyncio.Task[None] | None":
        """Return the fetch that goes on, or a new one; None when the last one is too near."""
        if self._fetching is not None and not self._fetching.done():
            return self._fetching
        rested = self._age(self._tried)
        if rested is not None and rested < REST:
            return None
        self._tried = self._clock.now()
        self._fetching = asyncio.create_task(self._renew())
        return self._fetching

    async def _renew(self) -> None:
        try:
            about = await self._fetch(self._openid)
            if about.get("issuer") != ISSUER:
                raise ValueError("another issuer")
            kept = await self._fetch(str(about["jwks_uri"]))
            self._known = {id: key for id, key in map(_key, kept["keys"]) if key is not None}
        except (*FAILURES, KeyError, TypeError) as error:
            self._failed = True
            log.warning("Bot Connector's keys could not be fetched", extra=failure(error))
        else:
            self._failed = False
            self._fetched = self._clock.now()

    def _age(self, since: datetime | None) -> timedelta | None:
        """Return how long ago it was; a clock that was set back makes it as old as can be."""
        if since is None:
            return None
        age = self._clock.now() - since
        return age if age >= timedelta() else TOO_OLD


def fetch_with(
    connections: aiohttp.ClientSession,
    allowed: Callable[[str], bool],
    *,
    proxy: str | None = None,
    **how: Any,
) -> Fetch:
    """Return what fetches over *connections*, from addresses that are *allowed* and from nowhere else."""

    async def fetch(url: str) -> Mapping[str, Any]:
        if not allowed(url):
            raise ValueError("an address that is nobody's we know")
        async with connections.get(url, timeout=ENOUGH, allow_redirects=False, proxy=proxy, **how) as answer:
            if answer.status != 200:
                raise ValueError(f"status {answer.status}")
            body = await answer.content.read(MOST_BYTES + 1)
            while len(body) <= MOST_BYTES and (more := await answer.content.read(MOST_BYTES)):
                body += more
        try:
            found = json.loads(body) if len(body) <= MOST_BYTES else None
        except RecursionError:
            found = None
        if not isinstance(found, dict):
            raise ValueError("no JSON object of a sensible size")
        return found

    return fetch


def _key(written: object) -> tuple[str, Key | None]:
    """Return a key by its id; None for one of a kind that isn't used, or that is none: it takes no other away."""
    if not isinstance(written, Mapping):
        return "", None
    id = str(written.get("kid") or "")
    if not id or written.get("kty") != "RSA" or written.get("use", "sig") != "sig":
        return id, None
    try:
        public = PyJWK({"kty": "RSA", "n": written["n"], "e": written["e"]}, algorithm="RS256")
    except (PyJWTError, KeyError, ValueError, TypeError):
        return id, None
    endorsed = written.get("endorsements")
    return id, Key(public, frozenset(map(str, endorsed)) if isinstance(endorsed, list) else frozenset())
