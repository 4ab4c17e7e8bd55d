"""A stand-in for Slack's Web API on loopback: rooms, threads, metadata, people, pages, and everything going wrong.

Faults are queued by method and used up one call each; a call without a fault does what Slack does.
"""

import asyncio
import functools
import inspect
import itertools
import json
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web as http
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.calls import Myself, open_connections, web_client

ME = Myself("T1", "UBOT", "BBOT")
BEGAN = 1_790_000_000  # the stand-in's first instant, as Slack counts

Answer = Mapping[str, Any]


@dataclass(frozen=True)
class Fault:
    """Answers in Slack's place; `happens` says whether the call is carried out all the same."""

    status: int = 200
    body: Any = None
    kind: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)
    happens: bool = False
    reset: bool = False  # the connection is closed without an answer
    before: float = 0.0  # seconds until it is carried out
    after: float = 0.0  # seconds from then until the answer


def refused(word: str, *, status: int = 200, happens: bool = False, **more: Any) -> Fault:
    return Fault(status, {"ok": False, "error": word, **more}, happens=happens)


RESET_BEFORE = Fault(reset=True)
RESET_AFTER = Fault(reset=True, happens=True)


class Refuse(Exception):  # noqa: N818 - becomes an answer
    def __init__(self, word: str) -> None:
        self.word = word


@dataclass
class Slack:
    messages: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: {"C1": [], "D1": []})
    shown: list[dict[str, Any]] = field(default_factory=list)  # ephemeral
    users: dict[str, dict[str, Any]] = field(default_factory=dict)
    pages: dict[str, dict[str, Any]] = field(default_factory=dict)
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    faults: dict[str, list[Fault | None]] = field(default_factory=lambda: defaultdict(list))
    away_from: set[str] = field(default_factory=set)  # channels that the coach isn't in
    gone: set[str] = field(default_factory=set)  # threads that take nothing any more
    files: dict[str, dict[str, Any]] = field(default_factory=dict)  # by id: name, length, alt, content
    upload_to: str = ""  # where bytes are put; else where this listens
    shows_metadata: bool = True
    page_size: int = 1000
    web: AsyncWebClient = field(init=False)
    _ticks: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    def goes_wrong(self, method: str, *faults: Fault | None) -> None:
        self.faults[method] += faults

    def called(self, method: str) -> list[dict[str, Any]]:
        return [arguments for name, arguments in self.calls if name == method]

    def said(self, channel: str = "C1") -> list[str]:
        return [message["text"] for message in self.messages[channel]]

    def stamp(self) -> str:
        return f"{BEGAN + next(self._ticks)}.000100"

    def put(self, channel: str, **message: Any) -> dict[str, Any]:
        """Let something stand in the channel already."""
        whole = {"type": "message", "ts": self.stamp(), "text": "", "user": "U9", **message}
        self.messages.setdefault(channel, []).append(whole)
        return whole

    # -------------------------------------------------------------------------------------------- the server

    async def answer(self, request: http.Request) -> http.StreamResponse:
        method = request.match_info["method"]
        arguments = await _arguments(request)
        assert request.headers["Authorization"] == "Bearer xoxb-1"
        self.calls.append((method, arguments))
        fault = self.faults[method].pop(0) if self.faults[method] else None
        if fault is None:
            return http.json_response(self.do(method, arguments))
        await asyncio.sleep(fault.before)
        done = self.do(method, arguments) if fault.happens else None
        await asyncio.sleep(fault.after)
        if fault.reset:
            assert request.transport is not None
            request.transport.abort()
            return http.Response()
        if fault.body is None and done is not None:
            return http.json_response(done)
        body = json.dumps(fault.body) if not isinstance(fault.body, str) else fault.body
        return http.Response(
            status=fault.status, text=body, content_type=fault.kind, headers=dict(fault.headers)
        )

    def do(self, method: str, arguments: dict[str, Any]) -> Answer:
        try:
            return {"ok": True, **getattr(self, method.replace(".", "_"))(arguments)}
        except Refuse as no:
            return {"ok": False, "error": no.word}

    # -------------------------------------------------------------------------------------------- the methods

    def auth_test(self, _: dict[str, Any]) -> Answer:
        return {"team_id": ME.team, "user_id": ME.user, "bot_id": ME.bot}

    def chat_postMessage(self, given: dict[str, Any]) -> Answer:  # noqa: N802 - Slack's name
        channel = self._channel(given)
        if given.get("thread_ts") in self.gone:
            raise Refuse("thread_not_found")
        known = {"text", "blocks", "thread_ts", "metadata"}
        message = self.put(
            channel, user=ME.user, bot_id=ME.bot, **{name: given[name] for name in known & given.keys()}
        )
        return {"channel": channel, "ts": message["ts"], "message": message}

    def chat_update(self, given: dict[str, Any]) -> Answer:
        for message in self.messages[self._channel(given)]:
            if message["ts"] == given["ts"]:
                message.update(
                    {name: given[name] for name in ("text", "blocks", "metadata") if name in given}
                )
                return {"ts": given["ts"], "channel": given["channel"]}
        raise Refuse("message_not_found")

    def chat_postEphemeral(self, given: dict[str, Any]) -> Answer:  # noqa: N802 - Slack's name
        self._channel(given)
        self.shown.append(given)
        return {"message_ts": self.stamp()}

    def conversations_history(self, given: dict[str, Any]) -> Answer:
        there = [
            one for one in self.messages[self._channel(given)] if one.get("thread_ts", one["ts"]) == one["ts"]
        ]
        return self._page(list(reversed(there)), given)

    def conversations_replies(self, given: dict[str, Any]) -> Answer:
        there = self.messages[self._channel(given)]
        thread = [one for one in there if given["ts"] in (one["ts"], one.get("thread_ts"))]
        if not thread:
            raise Refuse("thread_not_found")
        count = sum(one["ts"] != given["ts"] for one in thread)
        return self._page(
            [{**one, "reply_count": count} if one["ts"] == given["ts"] else one for one in thread], given
        )

    def conversations_open(self, given: dict[str, Any]) -> Answer:
        if given["users"] not in self.users:
            raise Refuse("user_not_found")
        room = f"D{given['users'][1:]}"
        self.messages.setdefault(room, [])
        return {"channel": {"id": room}}

    def users_info(self, given: dict[str, Any]) -> Answer:
        if given["user"] not in self.users:
            raise Refuse("user_not_found")
        user = {"id": given["user"], "team_id": ME.team, **self.users[given["user"]]}
        if given.get("include_locale") not in ("1", "true"):
            user.pop("locale", None)
        return {"user": user}

    def views_publish(self, given: dict[str, Any]) -> Answer:
        self.pages[given["user_id"]] = given["view"]
        return {"view": given["view"]}

    def files_getUploadURLExternal(self, given: dict[str, Any]) -> Answer:  # noqa: N802 - Slack's name
        id = f"F{len(self.files) + 1}"
        self.files[id] = {"name": given["filename"], "length": int(given["length"]), "alt": given["alt_txt"]}
        base = self.upload_to or self.web.base_url.replace("/api/", "/upload/")
        return {"upload_url": f"{base}{id}?sig=a%2Fb", "file_id": id}

    def files_completeUploadExternal(self, given: dict[str, Any]) -> Answer:  # noqa: N802 - Slack's name
        channel = self._channel(given)
        if given.get("thread_ts") in self.gone:
            raise Refuse("thread_not_found")
        [file] = json.loads(given["files"])
        kept = self.files[file["id"]]
        if len(kept.get("content", b"")) != kept["length"]:
            raise Refuse("file_not_found")
        thread = {"thread_ts": given["thread_ts"]} if "thread_ts" in given else {}
        self.put(channel, user=ME.user, bot_id=ME.bot, files=[{**file, "name": kept["name"]}], **thread)
        return {"files": [file]}

    async def take_bytes(self, request: http.Request) -> http.StreamResponse:
        """Take a file's bytes: the address is leave to, and no token comes along."""
        assert "Authorization" not in request.headers
        assert request.rel_url.raw_query_string == "sig=a%2Fb"
        self.calls.append(("upload", {"id": request.match_info["id"]}))
        fault = self.faults["upload"].pop(0) if self.faults["upload"] else None
        if fault is not None and fault.reset:
            assert request.transport is not None
            request.transport.abort()
            return http.Response()
        if fault is not None:
            return http.Response(status=fault.status, headers=dict(fault.headers))
        self.files[request.match_info["id"]]["content"] = await request.read()
        return http.Response(text="OK")

    async def give_bytes(self, request: http.Request) -> http.StreamResponse:
        """Give a file's bytes to whoever shows the token; to others a page for signing in."""
        self.calls.append(("download", {"id": request.match_info["id"]}))
        fault = self.faults["download"].pop(0) if self.faults["download"] else None
        if fault is not None:
            return http.Response(status=fault.status, headers=dict(fault.headers))
        if request.headers.get("Authorization") != "Bearer xoxb-1":
            return http.Response(text="<html>", content_type="text/html")
        return http.Response(body=self.files[request.match_info["id"]]["content"], content_type="text/csv")

    def _channel(self, given: dict[str, Any]) -> str:
        channel: str = given.get("channel") or given["channel_id"]
        if channel not in self.messages or channel in self.away_from:
            raise Refuse("channel_not_found")
        return channel

    def _page(self, messages: list[dict[str, Any]], given: dict[str, Any]) -> Answer:
        late = [one for one in messages if float(one["ts"]) > float(given.get("oldest", 0))]
        begin = int(given.get("cursor") or 0)
        end = begin + min(int(given.get("limit", 100)), self.page_size)
        told = given.get("include_all_metadata") in ("1", "true") and self.shows_metadata
        page = [
            one if told else {name: value for name, value in one.items() if name != "metadata"}
            for one in late[begin:end]
        ]
        return {"messages": page, "response_metadata": {"next_cursor": str(end) if end < len(late) else ""}}


async def _arguments(request: http.Request) -> dict[str, Any]:
    given: dict[str, Any] = dict(request.query)
    if request.can_read_body:
        given |= await request.json()
    return given


def in_slack(story: Callable[..., Awaitable[None]]) -> Callable[..., None]:
    """Let a test be a coroutine with a running `slack` as its first argument."""

    @functools.wraps(story)
    def test(**given: Any) -> None:
        async def tell() -> None:
            slack = Slack()
            app = http.Application()
            app.router.add_route("*", "/api/{method}", slack.answer)
            app.router.add_post("/upload/{id}", slack.take_bytes)
            app.router.add_get("/download/{id}", slack.give_bytes)
            runner = http.AppRunner(app, access_log=None, shutdown_timeout=0.1)
            await runner.setup()
            site = http.TCPSite(runner, "127.0.0.1", 0)
            await site.start()
            host, port = runner.addresses[0][:2]
            async with open_connections() as connections:
                slack.web = web_client("xoxb-1", connections, base_url=f"http://{host}:{port}/api/")
                try:
                    await story(slack, **given)
                finally:
                    await runner.cleanup()

        asyncio.run(tell())

    takes = list(inspect.signature(story).parameters.values())
    test.__signature__ = inspect.Signature(takes[1:])  # type: ignore[attr-defined]
    return test
