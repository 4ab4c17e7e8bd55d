"""Stands before the emulator as Slack's Web API: takes what slack_sdk posts, keeps a record, and lets things go wrong.

The emulator takes POST with a JSON body; slack_sdk sends GET, forms and JSON. What the emulator leaves out is added
here: zones and locales, membership of the bot, `oldest` and `latest`, metadata only where asked for.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from aiohttp import ClientSession, web

from tests.slack.emulate import Emulate
from tests.slack.faults import Fault, Faults
from tests.slack.posted import Posted, Views
from tests.slack.workspace import APP, BOT, BOT_TOKEN, BOT_USER, TEAM, Member, bot_tokens
from tests.slack_drawing.validators import by_our_rules

MOST_CALLS = 4_900  # with one of the emulator's tokens
IN_THE_CHANNEL = frozenset(
    {
        "chat.postMessage",
        "chat.postEphemeral",
        "chat.update",
        "conversations.history",
        "conversations.replies",
    }
)
Json = dict[str, Any]


@dataclass
class Call:
    """One call of the bot's. `accepted` says whether Slack has acted on it, whatever the bot got to hear."""

    number: int
    method: str
    arguments: Json
    fault: Fault | None = None
    status: int = 0
    answer: Json = field(default_factory=dict)
    accepted: bool = False


async def nothing_happens(moment: str, call: Call) -> None:
    """The usual onlooker."""


@dataclass(eq=False)
class Adapter:
    """`onlooker` is told `before` a call is taken, when it is `accepted` and when it is `answered`."""

    emulate: Emulate
    members: Mapping[str, Member] = field(default_factory=dict)  # by user id
    faults: Faults = field(default_factory=Faults)
    onlooker: Callable[[str, Call], Awaitable[None]] = nothing_happens
    calls: list[Call] = field(default_factory=list)
    posted: Posted = field(default_factory=Posted)
    views: Views = field(default_factory=Views)
    outside: set[str] = field(default_factory=set)  # channels that the bot isn't in
    downloads: dict[str, bytes] = field(default_factory=dict)  # files that people have, by name
    asides: list[tuple[str, Json]] = field(default_factory=list)  # what came to a response_url
    url: str = ""
    in_hand: int = 0  # calls that aren't over
    _runner: web.AppRunner | None = None
    _session: ClientSession | None = None

    async def start(self) -> None:
        app = web.Application(client_max_size=8 * 2**20)
        app.router.add_route("*", "/api/{method}", self._taken_in_hand)
        app.router.add_get("/", self._here)
        app.router.add_get("/download/{name}", self._download)
        app.router.add_post("/response/{id}", self._answered_aside)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"
        self._session = ClientSession()

    async def stop(self) -> None:
        if self._session is not None:
            await self._session.close()
        if self._runner is not None:
            await self._runner.cleanup()

    async def at_rest(self) -> None:
        """Wait until all that was sent by now has been acted on, though whoever sent it may be gone."""
        assert self._session is not None
        async with self._session.get(self.url) as answer:  # what came before this has been read by then
            await answer.read()
        while self.in_hand:
            await asyncio.sleep(0.01)

    def of(self, *methods: str) -> list[Call]:
        """Return the calls of these methods, in order."""
        return [call for call in self.calls if call.method in methods]

    async def ask(self, method: str, token: str, **arguments: Any) -> Json:
        """Call the emulator itself, as anybody in the workspace may; nothing is recorded and nothing goes wrong."""
        assert self._session is not None
        headers = {"Authorization": f"Bearer {token}"}
        async with self._session.post(
            f"{self.emulate.url}/api/{method}", json=arguments, headers=headers
        ) as answer:
            assert answer.status == 200, (answer.status, await answer.text())
            found: Json = await answer.json()
            return found

    def bot_token(self) -> str:
        """Return a token of the bot's that the emulator still takes calls with."""
        self.emulate.calls += 1
        return bot_tokens()[self.emulate.calls // MOST_CALLS]

    # ------------------------------------------------------------------------------------------ one call

    async def _here(self, request: web.Request) -> web.Response:
        return web.Response()

    async def _taken_in_hand(self, request: web.Request) -> web.StreamResponse:
        self.in_hand += 1
        try:
            return await self._called(request)
        finally:
            self.in_hand -= 1

    async def _called(self, request: web.Request) -> web.StreamResponse:
        call = Call(len(self.calls) + 1, request.match_info["method"], await _arguments(request))
        self.calls.append(call)
        await self.onlooker("before", call)
        call.fault = fault = self.faults.pick(
            call.method, str(call.arguments.get("channel", "")), call.number
        )
        stopped = self._without_slack(fault)
        if stopped is None:
            call.status, call.answer = 200, await self._let_happen(request, call)
            call.accepted = call.answer.get("ok") is True
            await self.onlooker("accepted", call)
            stopped = web.json_response(call.answer)
        call.status = stopped.status
        if fault is not None and fault.kind == "slow":
            await asyncio.sleep(fault.seconds)
        if fault is not None and fault.kind in ("reset", "lost") and request.transport is not None:
            request.transport.abort()
        await self.onlooker("answered", call)
        return stopped

    def _without_slack(self, fault: Fault | None) -> web.Response | None:
        """Return the answer to a call that Slack never acts on; None when it does."""
        match fault.kind if fault else "":
            case "limited":
                assert fault is not None
                wait = {} if fault.retry_after is None else {"Retry-After": fault.retry_after}
                return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers=wait)
            case "unavailable":
                return web.Response(status=503, text="upstream connect error")
            case "reset":
                return web.Response(status=500)
            case "refused":
                assert fault is not None
                return web.json_response({"ok": False, "error": fault.error})
        return None

    async def _let_happen(self, request: web.Request, call: Call) -> Json:
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if given != BOT_TOKEN:
            return {"ok": False, "error": "invalid_auth" if given else "not_authed"}
        if call.method in IN_THE_CHANNEL and call.arguments.get("channel") in self.outside:
            return {"ok": False, "error": "not_in_channel"}
        if slip := _against_block_kit(call):
            return {"ok": False, "error": "invalid_blocks", "response_metadata": {"messages": [slip]}}
        answer = await self.ask(call.method, self.bot_token(), **call.arguments)
        if answer.get("ok"):
            answer = self._as_slack_has_it(call, answer)
            self.posted.note(call.method, call.arguments, answer)
            self.views.note(call.method, call.arguments, answer)
        return answer

    def _as_slack_has_it(self, call: Call, answer: Json) -> Json:
        match call.method:
            case "users.info":
                return {**answer, "user": self._user(answer["user"], call.arguments)}
            case "users.list":
                return {**answer, "members": [self._user(one, call.arguments) for one in answer["members"]]}
            case "conversations.history" | "conversations.replies":
                found = [_of_an_app(one) for one in answer["messages"]]
                return {**answer, "messages": _asked_for(found, call.arguments)}
            case "files.getUploadURLExternal":  # it names the port that it would have by itself
                return {**answer, "upload_url": f"{self.emulate.url}{urlsplit(answer['upload_url']).path}"}
            case "chat.postMessage" | "chat.update":
                return {**answer, "message": _of_an_app(answer["message"])}
        return answer

    def _user(self, user: Json, arguments: Json) -> Json:
        member = self.members.get(user["id"])
        if member is None:
            return user
        more: Json = {
            "tz": member.zone,
            "is_restricted": False,
            "is_ultra_restricted": False,
            "is_stranger": False,
        }
        if _is_true(arguments.get("include_locale")):
            more["locale"] = member.locale
        return {**user, **more, "team_id": TEAM, **member.more}

    async def _download(self, request: web.Request) -> web.Response:
        """Give a file to the bot; to whoever shows another token, a page for signing in."""
        if request.headers.get("Authorization") != f"Bearer {BOT_TOKEN}":
            return web.Response(text="<html>", content_type="text/html")
        return web.Response(body=self.downloads[request.match_info["name"]])

    async def _answered_aside(self, request: web.Request) -> web.Response:
        self.asides.append((request.match_info["id"], await request.json()))
        self.posted.tell_aside(self.asides[-1][1])
        return web.Response(text="ok")


async def _arguments(request: web.Request) -> Json:
    """Return what was passed, however: in the address, as a form, as JSON."""
    found: Json = dict(request.query)
    if request.content_type == "application/json":
        return {**found, **await request.json()}
    for name, value in (await request.post()).items():
        found[name] = value
    found.pop("token", None)
    return {name: _unpacked(value) for name, value in found.items()}


def _against_block_kit(call: Call) -> str:
    """Return why Slack wouldn't take the blocks; the emulator takes any."""
    view = call.arguments.get("view")
    if view:
        surface, payload = view["type"], view
    elif call.arguments.get("blocks"):
        surface, payload = "message", {name: call.arguments.get(name) for name in ("text", "blocks")}
    else:
        return ""
    try:
        by_our_rules.validate(surface, payload)
    except Exception as error:  # noqa: BLE001 - whatever the rules stumble over, Slack would
        return f"{type(error).__name__}: {error}"
    return ""


def _of_an_app(message: Json) -> Json:
    """Return a message as Slack has it: those of the bot say so."""
    ours = {"bot_id": BOT, "app_id": APP} if message.get("user") == BOT_USER else {}
    return {**message, "team": TEAM, **ours}


def _unpacked(value: Any) -> Any:
    """Return JSON that came in a form's field as what it says."""
    if isinstance(value, str) and value[:1] in "[{":
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def _asked_for(messages: list[Json], arguments: Json) -> list[Json]:
    oldest, latest = (arguments.get(name) for name in ("oldest", "latest"))
    inclusive = _is_true(arguments.get("inclusive"))

    def is_meant(message: Json) -> bool:
        ts = float(message["ts"])
        return (oldest is None or ts > float(oldest) or (inclusive and ts == float(oldest))) and (
            latest is None or ts < float(latest) or (inclusive and ts == float(latest))
        )

    shown = [one for one in messages if is_meant(one)]
    if _is_true(arguments.get("include_all_metadata")):
        return shown
    return [{name: value for name, value in one.items() if name != "metadata"} for one in shown]


def _is_true(value: Any) -> bool:
    return str(value).casefold() in ("1", "true")
