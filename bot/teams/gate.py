"""Lets in what Bot Connector has signed for this bot, from Teams and from our own tenants; nothing else.

botbuilder's own look leaves out half of it and answers the rest with 500. A refusal is a number and a fixed word:
nothing of the request is answered, and nothing of it may be logged but what `Refused` holds. What comes a second time
meets an inbox where it is stored already.

Source: https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Literal, TypeGuard

import jwt

from bot.payload import Malformed
from bot.teams.hosts import Hosts
from bot.teams.keys import ISSUER, Key, Keys, NoKeys
from bot.teams.shape import Payload, parsed, tenants
from bot.teams.tokens import Tokens
from dialogs.ports import Clock

MOST_BYTES = 256 * 1024
MOST_TOKEN = 8 * 1024
LEEWAY = timedelta(minutes=5)
CHANNEL = "msteams"

_BEARER = re.compile(r"[Bb]earer ([A-Za-z0-9_=-]+\.[A-Za-z0-9_=-]+\.[A-Za-z0-9_=-]+)")


@dataclass(frozen=True, slots=True)
class Admitted:
    """An activity, the address at which it is answered, and the tenant that it comes from."""

    activity: Payload
    service: str
    tenant: str


@dataclass(frozen=True, slots=True)
class Refused:
    """503 is none: nobody could look just now, and Teams comes again."""

    status: Literal[400, 401, 403, 405, 413, 503]
    why: str

    @property
    def body(self) -> str:
        return {
            400: "bad request", 401: "unauthorized", 403: "forbidden", 405: "method not allowed", 413: "too large",
            503: "not now",
        }[self.status]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Gate:
    """*app* is the bot's id, as somebody typed it; *tenants* are those that are let in, in small letters."""

    app: str
    tenants: frozenset[str]
    keys: Keys
    hosts: Hosts
    clock: Clock
    tokens: Tokens = field(default_factory=Tokens)

    async def admit(self, method: str, headers: Mapping[str, str], body: bytes) -> Admitted | Refused:
        """Return the activity of a request that Bot Connector signed for us."""
        if method != "POST":
            return Refused(405, "method")
        if len(body) > MOST_BYTES:
            return Refused(413, "size")
        claims = await self._claims(headers.get("Authorization", ""))
        if isinstance(claims, Refused):
            return claims
        if headers.get("Content-Type", "").partition(";")[0].strip().lower() != "application/json":
            return Refused(400, "content type")
        try:
            activity = parsed(body)
        except Malformed as problem:
            return Refused(400, str(problem))
        return self._ours(activity, claims)

    async def _claims(self, said: str) -> "_Claims | Refused":
        """Return what the token says, once it is known to be Bot Connector's and for us."""
        bearer = _BEARER.fullmatch(said) if len(said) <= MOST_TOKEN else None
        if not self.app or bearer is None:
            return Refused(401, "token")
        try:
            key_id = self.tokens.key_id(bearer[1])
        except jwt.PyJWTError:
            return Refused(401, "token")
        if key_id is None:
            return Refused(401, "algorithm")
        try:
            key = await self.keys.key(key_id)
        except NoKeys:
            return Refused(503, "keys")
        if key is None:
            return Refused(401, "key")
        try:
            claims = self.tokens.claims(bearer[1], key_id, key)
        except (jwt.PyJWTError, ValueError, TypeError):
            return Refused(401, "signature")
        if claims.get("iss") != ISSUER:
            return Refused(401, "issuer")
        if claims.get("aud") != self.app.lower():
            return Refused(401, "audience")
        if not self._in_time(claims):
            return Refused(401, "time")
        return _Claims(claims.get("serviceurl"), key)

    def _in_time(self, claims: Mapping[str, Any]) -> bool:
        now, leeway = self.clock.now().timestamp(), LEEWAY.total_seconds()
        until, since = claims.get("exp"), claims.get("nbf", 0)
        return _is_time(until) and _is_time(since) and since - leeway <= now <= until + leeway

    def _ours(self, activity: Payload, claims: "_Claims") -> Admitted | Refused:
        if activity["channelId"] != CHANNEL or CHANNEL not in claims.key.endorsements:
            return Refused(403, "channel")
        service = self.hosts.allowed(activity["serviceUrl"])
        if service is None:
            return Refused(403, "service address")
        if self.hosts.allowed(claims.service) != service:
            return Refused(403, "service address of another")
        named = tenants(activity)
        if len(named) != 1 or not named <= self.tenants:
            return Refused(403, "tenant")
        return Admitted(activity, service, next(iter(named)))


@dataclass(frozen=True, slots=True)
class _Claims:
    service: object
    key: Key


def _is_time(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 1e11
