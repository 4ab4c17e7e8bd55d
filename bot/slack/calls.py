"""Calls Slack's Web API: the methods that are used, what each needs, and one way to ask that never asks twice.

The SDK's client knows who we are and the way to Slack. The asking itself is done here: a turn does it twice, and the
SDK puts together each time what is the same every time.
"""

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

import aiohttp
from pydantic_core import PydanticSerializationError, to_json
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from yarl import URL

PATIENCE = aiohttp.ClientTimeout(total=10, connect=5)

AS_JSON = "application/json"

# The SDK writes whole messages to its log when that is at debug, and puts the line together even when it isn't.
_quiet = logging.getLogger("bot.slack.sdk")
_quiet.setLevel(logging.WARNING)


@dataclass(frozen=True, slots=True)
class Method:
    """A method of the Web API, the scopes that the bot's token needs for it, and how it takes its arguments."""

    name: str
    scopes: frozenset[str] = frozenset()
    takes: Literal["json", "query", "get"] = "json"


_READS_MESSAGES = frozenset({"channels:history", "groups:history", "im:history", "mpim:history"})

AUTH_TEST = Method("auth.test", takes="query")
POST_MESSAGE = Method("chat.postMessage", frozenset({"chat:write"}))
POST_EPHEMERAL = Method("chat.postEphemeral", frozenset({"chat:write"}))
UPDATE = Method("chat.update", frozenset({"chat:write"}))
HISTORY = Method("conversations.history", _READS_MESSAGES, "get")
REPLIES = Method("conversations.replies", _READS_MESSAGES, "get")
OPEN_PRIVATE = Method("conversations.open", frozenset({"im:write"}), "query")
USERS_INFO = Method("users.info", frozenset({"users:read", "users:read.email"}), "get")
GET_UPLOAD = Method("files.getUploadURLExternal", frozenset({"files:write"}), "query")
COMPLETE_UPLOAD = Method("files.completeUploadExternal", frozenset({"files:write"}), "query")
OPEN_VIEW = Method("views.open")
PUBLISH_VIEW = Method("views.publish")

METHODS = (
    AUTH_TEST, POST_MESSAGE, POST_EPHEMERAL, UPDATE, HISTORY, REPLIES, OPEN_PRIVATE, USERS_INFO, GET_UPLOAD,
    COMPLETE_UPLOAD, OPEN_VIEW, PUBLISH_VIEW,
)  # fmt: skip


class Garbled(Exception):  # noqa: N818 - it says what came; no bug of ours
    """The answer is none that Slack gives: what was asked may have happened or not."""


# All that asking raises when the platform, or the way there, is to blame. What else is raised is a bug of ours.
FAILURES = (SlackApiError, aiohttp.ClientError, TimeoutError, OSError, Garbled)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back when it wasn't what was asked for. `data` is None where it is no answer of Slack's own."""

    status_code: int
    headers: Mapping[str, str]
    data: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Myself:
    """Who the token speaks as."""

    team: str
    user: str
    bot: str


def open_connections() -> aiohttp.ClientSession:
    """Return what all calls share: a connection of its own for each would cost three times as much."""
    return aiohttp.ClientSession(timeout=PATIENCE, cookie_jar=aiohttp.DummyCookieJar())


def web_client(
    token: str, connections: aiohttp.ClientSession, *, base_url: str = AsyncWebClient.BASE_URL
) -> AsyncWebClient:
    """Return a client that never asks again by itself: a reply that was lost may belong to a post that arrived.

    It knows no proxy until it is told of one: by itself the SDK takes any from the environment, and heeds no NO_PROXY.
    """
    web = AsyncWebClient(
        token=token, base_url=base_url, session=connections, retry_handlers=[], logger=_quiet
    )
    web.proxy = None
    return web


async def ask(web: AsyncWebClient, method: Method, **arguments: Any) -> Mapping[str, Any]:
    """Return what Slack answered. Raises one of ``FAILURES``; arguments that are None are left out."""
    given = {name: value for name, value in arguments.items() if value is not None}
    if method.takes == "json":
        answer = await exchange(web, method, data=_json(given))
    else:
        plain = {name: int(it) if isinstance(it, bool) else it for name, it in given.items()}
        answer = await exchange(web, method, params=plain)
    if answer.status_code == 200 and answer.data is None:
        raise Garbled  # text, or JSON that is no object
    if answer.status_code != 200 or not answer.data or not answer.data.get("ok"):
        # Nothing of what was asked or answered is in its words.
        raise SlackApiError(f"{method.name} was refused", answer)  # type: ignore[no-untyped-call]
    return answer.data


async def exchange(web: AsyncWebClient, method: Method, **told: Any) -> Answer:
    """Ask once, and return what came back, whatever it is."""
    if web.session is None:
        raise RuntimeError("calls to Slack share their connections: the client has none")
    verb = "GET" if method.takes == "get" else "POST"
    kind = f"{AS_JSON};charset=utf-8" if method.takes == "json" else "application/x-www-form-urlencoded"
    headers = {"Authorization": f"Bearer {web.token}", "Content-Type": kind, **web.headers}
    url = _url(web.base_url, method.name)
    async with web.session.request(
        verb, url, headers=headers, proxy=web.proxy, ssl=web.ssl or True, **told
    ) as response:
        said = await response.read()
        is_json = response.content_type == AS_JSON
        return Answer(response.status, response.headers, _object(said) if is_json else None)


@lru_cache
def _url(base: str, method: str) -> URL:
    return URL(base + method)


def _json(given: Mapping[str, Any]) -> bytes:
    try:
        return to_json(given)  # a fourth of the time, and a turn says much twice
    except PydanticSerializationError:  # half a character, which JSON can carry in its own way
        return json.dumps(given).encode()


def _object(said: bytes) -> Mapping[str, Any] | None:
    try:
        found = json.loads(said.decode())
    except ValueError:  # which it is, too, when the bytes are no UTF-8
        return None
    return found if isinstance(found, dict) else None


async def myself(web: AsyncWebClient) -> Myself:
    answer = await ask(web, AUTH_TEST)
    match answer:
        case {"team_id": str(team), "user_id": str(user)}:
            return Myself(team, user, str(answer.get("bot_id") or ""))
        case _:
            raise Garbled


def refusal(error: BaseException) -> str:
    """Return Slack's word for why it refused; "" for what isn't a refusal in its own words."""
    if not isinstance(error, SlackApiError):
        return ""
    answer = getattr(error.response, "data", None)
    return str(answer.get("error") or "") if isinstance(answer, dict) else ""
