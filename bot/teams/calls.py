"""Calls Bot Connector: each call once, never over a redirect, and never to a host that isn't allowed.

The SDK's own client tries nothing again, waits up to 100 seconds and doesn't look where it sends the bot's token.
Source: https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import quote

import aiohttp

from bot.teams.hosts import Hosts

PATIENCE = aiohttp.ClientTimeout(total=10, connect=5)
MOST_BYTES = 1_000_000

Json = dict[str, Any]


class NotAllowed(Exception):  # noqa: N818 - it says what is refused; no bug
    """The address is none that our token may be sent to."""


class Garbled(Exception):  # noqa: N818 - it says what came; no bug of ours
    """The answer is none that the connector gives: what was asked may have happened or not."""


class Refusal(Exception):  # noqa: N818 - what was answered
    """The connector's answer, where it isn't yes. *code* is its own word for it, "" where it has none."""

    def __init__(self, status: int, code: str = "", headers: Mapping[str, str] | None = None) -> None:
        super().__init__(status, code)
        self.status = status
        self.code = code
        self.headers: Mapping[str, str] = headers or {}


class GivesTokens(Protocol):
    async def token(self) -> str: ...
    def forget(self) -> None: ...


# All that a call raises when the platform, or the way there, is to blame. What else is raised is a bug of ours.
FAILURES = (Refusal, aiohttp.ClientError, TimeoutError, OSError, Garbled, NotAllowed)


@dataclass(frozen=True, slots=True)
class Connector:
    """*connections* are shared by all calls. Besides ``FAILURES`` a call raises what getting a token does."""

    connections: aiohttp.ClientSession
    credentials: GivesTokens
    hosts: Hosts
    how: Mapping[str, Any] = field(default_factory=dict)  # proxy and trust, as aiohttp takes them

    async def post(self, service: str, conversation: str, activity: Json) -> str:
        """Return the new activity's id."""
        answer = await self._call(
            "POST", service, f"v3/conversations/{_in_path(conversation)}/activities", activity
        )
        return _id(answer)

    async def edit(self, service: str, conversation: str, id: str, activity: Json) -> None:
        path = f"v3/conversations/{_in_path(conversation)}/activities/{_in_path(id)}"
        await self._call("PUT", service, path, activity)

    async def begin(self, service: str, parameters: Json) -> tuple[str, str]:
        """Begin a conversation: a thread in a channel, or one person's chat. Return its id and the first activity's."""
        answer = await self._call("POST", service, "v3/conversations", parameters)
        return _id(answer), str(answer.get("activityId") or "")

    async def member(self, service: str, conversation: str, account: str) -> Json:
        path = f"v3/conversations/{_in_path(conversation)}/members/{_in_path(account)}"
        return await self._call("GET", service, path)

    async def _call(self, verb: str, service: str, path: str, body: Json | None = None) -> Json:
        base = self.hosts.allowed(service)
        if base is None:
            raise NotAllowed
        headers = {"Authorization": f"Bearer {await self.credentials.token()}"}
        async with self.connections.request(
            verb, base + path, json=body, headers=headers, timeout=PATIENCE, allow_redirects=False, **self.how
        ) as answer:
            said = await answer.content.read(MOST_BYTES)
            if answer.status == 401:
                self.credentials.forget()
            if not 200 <= answer.status < 300:
                raise Refusal(answer.status, _code(said), dict(answer.headers))
        return _object(said)


def _in_path(id: str) -> str:
    return quote(id, safe="")


def _id(answer: Json) -> str:
    match answer:
        case {"id": str(id)} if id:
            return id
        case _:
            raise Garbled


def _object(said: bytes) -> Json:
    if not said.strip():
        return {}
    try:
        found = json.loads(said)
    except (ValueError, RecursionError):
        raise Garbled from None
    if not isinstance(found, dict):
        raise Garbled
    return found


def _code(said: bytes) -> str:
    try:
        match json.loads(said):
            case {"error": {"code": str(code)}} | {"errorCode": str(code)} | {"code": str(code)}:
                return code[:100]
            case _:
                return ""
    except (ValueError, RecursionError):
        return ""
