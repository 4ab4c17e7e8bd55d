"""The program as it serves: a real process, a small stand-in for Slack's Web API, and signed events."""

import asyncio
import hashlib
import hmac
import itertools
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web

from tests.e2e.terminal import PATIENCE, PROJECT, Terminal

TOKEN, APP_TOKEN = "xoxb-1-hemlig", "xapp-1-hemlig"
SECRET = "0123456789abcdef0123456789abcdef"
TEAM, COACH = "T0KOMMUN", "U0COACH"


@dataclass
class Slack:
    """What the Web API was asked, and what it answers: it can `refuse` a method in a word of Slack's, or `hang`."""

    calls: list[tuple[str, Mapping[str, str]]] = field(default_factory=list)
    refuse: dict[str, str] = field(default_factory=dict)
    hang: set[str] = field(default_factory=set)
    scopes: str = ""
    url: str = ""
    _numbers: "itertools.count[int]" = field(default_factory=itertools.count)
    _runner: web.AppRunner | None = None

    def posted(self) -> list[str]:
        return [asked.get("text", "") for method, asked in self.calls if method.startswith("chat.post")]

    async def start(self, ssl_context: Any = None, port: int = 0) -> "Slack":
        app = web.Application()
        app.router.add_route("*", "/api/{method}", self._answer)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", port, ssl_context=ssl_context).start()
        self.url = f"http://127.0.0.1:{self.port}/api/"
        return self

    @property
    def port(self) -> int:
        assert self._runner is not None
        return int(self._runner.addresses[0][1])

    async def stop(self) -> None:
        assert self._runner is not None
        await self._runner.cleanup()

    async def _answer(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        body = (
            await request.json() if request.content_type == "application/json" else dict(await request.post())
        )
        asked = {**request.query, **body}
        self.calls.append((method, asked))
        if method in self.hang:
            await asyncio.Event().wait()
        if method in self.refuse:
            return web.json_response({"ok": False, "error": self.refuse[method]})
        ts = f"1700000000.{next(self._numbers):06}"
        answers: dict[str, Mapping[str, Any]] = {
            "auth.test": {"team": "Kommunen", "team_id": TEAM, "user_id": COACH, "bot_id": "B0COACH"},
            "users.info": {
                "user": {"id": asked.get("user"), "team_id": TEAM, "profile": {"real_name": "Karin"}}
            },
            "conversations.open": {"channel": {"id": f"D{asked.get('users')}"}},
            "conversations.history": {"messages": [], "has_more": False},
            "chat.postMessage": {"ts": ts, "channel": asked.get("channel"), "message": {"ts": ts}},
            "apps.connections.open": {"url": "wss://127.0.0.1:1/"},
        }
        return web.json_response(
            {"ok": True, **answers.get(method, {})},
            headers={"x-oauth-scopes": self.scopes} if self.scopes else {},
        )


@dataclass(eq=False)
class Served(Terminal):
    """A process of the program with settings of its own; it is ended by the same hand as a terminal is."""

    settings: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        clean = {name: value for name, value in os.environ.items() if not name.startswith("METODCOACH_")}
        for name in ("HTTPS_PROXY", "https_proxy", "NO_PROXY", "no_proxy"):
            clean.pop(name, None)
        path = os.pathsep.join(filter(None, (str(PROJECT), os.environ.get("PYTHONPATH", ""))))
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bot.cli", *self.arguments],
            cwd=PROJECT,
            env={**clean, "METODCOACH_DATABASE_URL": str(self.database), "PYTHONPATH": path, **self.settings},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self.running.append(self)

    def end(self, sign: int = signal.SIGTERM) -> tuple[int, str, float]:
        """Tell it to stop; return its exit code, its log, and how many seconds it took."""
        began = time.monotonic()
        self._process.send_signal(sign)
        code, log = self.close()
        return code, log, time.monotonic() - began

    async def ready(self, port: int, *, answer: str = "ready") -> None:
        """Wait until it says that it is."""
        async with aiohttp.ClientSession() as session, asyncio.timeout(PATIENCE):
            while True:
                if self._process.poll() is not None:
                    raise AssertionError(f"it has ended: {self.close()}")
                try:
                    async with session.get(f"http://127.0.0.1:{port}/readyz") as response:
                        if (await response.text()).strip() == answer:
                            return
                except aiohttp.ClientError:
                    pass
                await asyncio.sleep(0.05)


def set_up(slack: Slack, port: int, **more: str) -> Mapping[str, str]:
    return {
        "METODCOACH_SLACK_API_URL": slack.url,
        "METODCOACH_SLACK_BOT_TOKEN": TOKEN,
        "METODCOACH_SLACK_SIGNING_SECRET": SECRET,
        "METODCOACH_PORT": str(port),
        **{f"METODCOACH_{name.upper()}": value for name, value in more.items()},
    }


def said(number: int, text: str, *, account: str = "U1", room: str = "") -> bytes:
    """Return the event of a private message."""
    room = room or f"D{account}"
    ts = f"17000{number:05}.000100"
    event = {
        "type": "message", "channel_type": "im", "channel": room, "user": account, "text": text, "ts": ts,
        "event_ts": ts, "team": TEAM,
    }  # fmt: skip
    return json.dumps(
        {
            "type": "event_callback",
            "team_id": TEAM,
            "api_app_id": "A0COACH",
            "event_id": f"Ev{number}",
            "event_time": 1700000000 + number,
            "event": event,
            "authorizations": [{"team_id": TEAM, "user_id": COACH, "is_bot": True}],
        }
    ).encode()


def signed(body: bytes, secret: str = SECRET) -> Mapping[str, str]:
    at = str(int(time.time()))  # noqa: TID251 - as Slack's clock has it
    digest = hmac.new(secret.encode(), b":".join((b"v0", at.encode(), body)), hashlib.sha256).hexdigest()
    return {
        "Content-Type": "application/json", "X-Slack-Request-Timestamp": at, "X-Slack-Signature": f"v0={digest}"
    }  # fmt: skip


async def tell(session: aiohttp.ClientSession, port: int, body: bytes) -> int:
    """Deliver an event; return the answer's status, 0 where there was none."""
    try:
        async with session.post(
            f"http://127.0.0.1:{port}/slack/events", data=body, headers=signed(body)
        ) as response:
            return response.status
    except (aiohttp.ClientError, OSError):
        return 0


def database_in(folder: Path) -> Path:
    return folder / "coach.db"
