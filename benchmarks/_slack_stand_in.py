"""A Slack on loopback for measurements: signs and sends events, takes posts, and tells when a channel got its reply."""

import asyncio
import hmac
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from time import perf_counter, time
from typing import Any

from aiohttp import ClientSession, TCPConnector, web

SECRET = "a secret of the measurement"
TOKEN = "xoxb-measured"
TEAM, BOT, APP = "T0MEASURE", "U0BOT", "A0MEASURE"


@dataclass
class StandIn:
    """*replies* holds, by channel, who waits for the next post there."""

    port: int = 0
    posts: int = 0
    edits: int = 0
    last: float = 0.0
    replies: dict[str, asyncio.Future[float]] = field(default_factory=dict)
    _ts: int = 0
    _ids: int = 0
    _session: ClientSession | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/api/"

    async def answer(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        if method in ("chat.postMessage", "chat.update"):
            return self._take(method, await request.json() if request.can_read_body else dict(request.query))
        if method == "auth.test":
            return _ok(
                team_id=TEAM, user_id=BOT, bot_id="B0BOT", user="metodcoach", url="https://example.test/"
            )
        if method == "users.info":
            user = {
                "id": request.query.get("user", ""),
                "real_name": "Namn",
                "profile": {"real_name": "Namn"},
            }
            return _ok(user=user)
        if method == "conversations.open":
            return _ok(channel={"id": "D0MEASURE"})
        return _ok()

    def _take(self, method: str, given: dict[str, Any]) -> web.Response:
        channel = str(given["channel"])
        self.last = perf_counter()
        if method == "chat.update":
            self.edits += 1
            return _ok(channel=channel, ts=given["ts"])
        self.posts += 1
        self._ts += 1
        waiting = self.replies.pop(channel, None)
        if waiting is not None and not waiting.done():
            waiting.set_result(self.last)
        return _ok(channel=channel, ts=f"1790000000.{self._ts:06}")

    async def turn(
        self, url: str, channel: str, account: str, thread: str, words: str
    ) -> tuple[float, float]:
        """Say something in a thread; return the seconds to the acknowledgement, and to the reply's post."""
        self._ids += 1
        event = {
            "type": "message", "channel": channel, "user": account, "text": words, "thread_ts": thread,
            "ts": f"{int(time())}.{self._ids:06}", "channel_type": "channel", "team": TEAM,
        }  # fmt: skip
        body = json.dumps({
            "type": "event_callback", "team_id": TEAM, "api_app_id": APP, "event": event,
            "event_id": f"Ev{self._ids:08}", "event_time": int(time()),
            "authorizations": [{"team_id": TEAM, "user_id": BOT, "is_bot": True}],
        }).encode()  # fmt: skip
        replied = self.replies[channel] = asyncio.get_running_loop().create_future()
        began = perf_counter()
        assert self._session is not None
        async with self._session.post(url, data=body, headers=_signed(body)) as answer:
            await answer.read()
            assert answer.status == 200, answer.status
        acknowledged = perf_counter() - began
        return acknowledged, await asyncio.wait_for(replied, 30) - began


@asynccontextmanager
async def stand_in() -> AsyncIterator[StandIn]:
    slack = StandIn()
    app = web.Application()
    app.router.add_route("*", "/api/{method}", slack.answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    slack.port = runner.addresses[0][1]
    async with ClientSession(connector=TCPConnector(limit=0)) as session:
        slack._session = session
        yield slack
    await runner.cleanup()


def _signed(body: bytes) -> dict[str, str]:
    at = str(int(time()))
    digest = hmac.new(SECRET.encode(), f"v0:{at}:".encode() + body, sha256).hexdigest()
    return {
        "Content-Type": "application/json",
        "X-Slack-Request-Timestamp": at,
        "X-Slack-Signature": f"v0={digest}",
    }


def _ok(**more: Any) -> web.Response:
    return web.json_response({"ok": True, **more})
