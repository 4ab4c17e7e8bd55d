"""A Teams on loopback for measurements: signs and sends activities, gives tokens, takes posts, and tells when they came."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from time import perf_counter, time
from typing import Any
from uuid import NAMESPACE_DNS, uuid5

import jwt
from aiohttp import ClientSession, TCPConnector, web
from cryptography.hazmat.primitives.asymmetric import rsa

APP = "11111111-2222-3333-4444-555555555555"
TENANT = "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee"
PASSWORD = "a password of the measurement"
ISSUER = "https://api.botframework.com"
THREAD = ";messageid="
CONVERSATIONS = "/service/v3/conversations"


@dataclass
class StandIn:
    """*replies* holds, by channel, who waits for the next post there."""

    port: int = 0
    posts: int = 0
    edits: int = 0
    last: float = 0.0
    tokens: int = 0
    replies: dict[str, asyncio.Future[float]] = field(default_factory=dict)
    _key: rsa.RSAPrivateKey = field(default_factory=lambda: rsa.generate_private_key(65537, 2048))
    _token: str = ""
    _number: int = 1_800_000_000_000
    _session: ClientSession | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def routes(self) -> list[web.RouteDef]:
        one = CONVERSATIONS + "/{conversation}"
        return [
            web.get("/openid", self._openid),
            web.get("/keys", self._keys),
            web.post("/login/{tenant}/oauth2/v2.0/token", self._give_token),
            web.post(one + "/activities", self._post),
            web.post(one + "/activities/{activity}", self._post),
            web.put(one + "/activities/{activity}", self._edit),
            web.get(one + "/members/{member}", self._member),
        ]

    async def turn(self, url: str, room: str, account: str, thread: str, words: str) -> tuple[float, float]:
        """Say something in a thread; return the seconds to the acknowledgement, and to the reply's post."""
        body = json.dumps(self._activity(room, account, thread, words)).encode()
        replied = self.replies[room] = asyncio.get_running_loop().create_future()
        began = perf_counter()
        assert self._session is not None
        async with self._session.post(url, data=body, headers=self._signed()) as answer:
            await answer.read()
            assert answer.status in (200, 201), answer.status
        acknowledged = perf_counter() - began
        return acknowledged, await asyncio.wait_for(replied, 30) - began

    def _activity(self, room: str, account: str, thread: str, words: str) -> dict[str, Any]:
        """Return a message as Teams sends it in a channel whose messages the app may read."""
        self._number += 1
        return {
            "type": "message", "id": str(self._number), "channelId": "msteams", "serviceUrl": f"{self.url}/service/",
            "timestamp": datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "text": words, "textFormat": "plain", "locale": "sv-SE",
            "attachments": [{"contentType": "text/html", "content": f"<p>{words}</p>"}],
            "from": {"id": f"29:{account}", "name": "Namn", "aadObjectId": account},
            "recipient": {"id": f"28:{APP}", "name": "Metodcoach"},
            "conversation": {
                "id": f"{room}{THREAD}{thread}", "conversationType": "channel", "tenantId": TENANT, "isGroup": True,
            },
            "channelData": {
                "tenant": {"id": TENANT}, "team": {"id": "19:team@thread.tacv2"}, "channel": {"id": room},
                "teamsChannelId": room, "teamsTeamId": "19:team@thread.tacv2",
            },
            "entities": [
                {"type": "clientInfo", "locale": "sv-SE", "timezone": "Europe/Stockholm", "platform": "Web"}
            ],
        }  # fmt: skip

    def _signed(self) -> dict[str, str]:
        """Return the headers. Bot Connector, too, signs with one token for a while."""
        if not self._token:
            now = int(time())
            claims = {
                "iss": ISSUER, "aud": APP, "serviceurl": f"{self.url}/service/", "nbf": now - 300, "exp": now + 3600,
            }  # fmt: skip
            self._token = jwt.encode(claims, self._key, algorithm="RS256", headers={"kid": "measured"})
        return {"Authorization": f"Bearer {self._token}", "Content-Type": "application/json; charset=utf-8"}

    # ------------------------------------------------------------------------------------------ answers

    async def _post(self, request: web.Request) -> web.Response:
        _authorised(request)
        await request.json()
        self.last = perf_counter()
        self.posts += 1
        self._number += 1
        waiting = self.replies.pop(request.match_info["conversation"].partition(THREAD)[0], None)
        if waiting is not None and not waiting.done():
            waiting.set_result(self.last)
        return web.json_response({"id": str(self._number)}, status=201)

    async def _edit(self, request: web.Request) -> web.Response:
        _authorised(request)
        await request.json()
        self.last = perf_counter()
        self.edits += 1
        return web.json_response({"id": request.match_info["activity"]})

    async def _member(self, request: web.Request) -> web.Response:
        user = request.match_info["member"]
        told = {"id": user, "aadObjectId": user.removeprefix("29:"), "name": "Namn", "tenantId": TENANT}
        return web.json_response(told)

    async def _openid(self, _: web.Request) -> web.Response:
        return web.json_response({"issuer": ISSUER, "jwks_uri": f"{self.url}/keys"})

    async def _keys(self, _: web.Request) -> web.Response:
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self._key.public_key()))
        key = {name: public[name] for name in ("kty", "n", "e")}
        return web.json_response(
            {"keys": [{**key, "use": "sig", "kid": "measured", "endorsements": ["msteams"]}]}
        )

    async def _give_token(self, request: web.Request) -> web.Response:
        form = await request.post()
        assert (form["client_id"], form["client_secret"]) == (APP, PASSWORD)
        self.tokens += 1
        given = {"token_type": "Bearer", "expires_in": 3600, "access_token": "measured"}
        return web.json_response(given)


@asynccontextmanager
async def stand_in() -> AsyncIterator[StandIn]:
    teams = StandIn()
    app = web.Application()
    app.add_routes(teams.routes())
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    teams.port = runner.addresses[0][1]
    async with ClientSession(connector=TCPConnector(limit=0)) as session:
        teams._session = session
        yield teams
    await runner.cleanup()


def account_of(name: str) -> str:
    return str(uuid5(NAMESPACE_DNS, name))


def _authorised(request: web.Request) -> None:
    if request.headers.get("Authorization") != "Bearer measured":
        raise web.HTTPUnauthorized
