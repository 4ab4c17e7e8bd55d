"""Starts the coach beside Microsoft 365 Agents Playground, to look at it by hand: `make playground`.

`python -m tools.playground PACKAGES` with npm's packages in that folder. The playground signs nothing, and the coach
takes nothing that isn't signed: between the two stands a go-between on this machine that signs for Bot Connector, whose
keys it publishes to this one coach. Nothing of the coach is switched off for it. The playground shows no dialogs.
"""

import asyncio
import json
import os
import shutil
import signal
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp
import jwt
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import rsa

from bot.clock import SystemClock
from bot.teams.door import PATH
from bot.teams.keys import ISSUER

APP, PASSWORD = "11111111-2222-3333-4444-555555555555", "playground"
PORTS = {"coach": 8181, "between": 8182, "playground": 56150}
HERE = "http://127.0.0.1"
KEY = "playground"
TENANT = "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee"
PEOPLE = (
    "Karin Ek",
    "Omar Ali",
    "Eva Lind",
    "Bo Sund",
    "Cia Ros",
    "Dan Vik",
)  # the playground takes neither more nor less

Json = dict[str, Any]


class Between:
    """Publishes a key, gives the coach a token, and signs what the playground brings."""

    def __init__(self, connections: aiohttp.ClientSession) -> None:
        self._connections = connections
        self._key = rsa.generate_private_key(65537, 2048)

    def routes(self) -> Sequence[web.RouteDef]:
        return [
            web.get("/openid", self._openid),
            web.get("/keys", self._keys),
            web.post("/login/{tenant}/oauth2/v2.0/token", self._token),
            web.post("/messages", self._sign),
        ]

    async def _sign(self, request: web.Request) -> web.Response:
        """Hand the activity on to the coach as Bot Connector would: signed, for our app, from our tenant."""
        activity: Json = await request.json()
        activity["channelId"] = "msteams"
        activity.setdefault("conversation", {})["tenantId"] = TENANT
        activity["channelData"] = {**(activity.get("channelData") or {}), "tenant": {"id": TENANT}}
        now = int(SystemClock(ZoneInfo("UTC")).now().timestamp())
        claims = {
            "iss": ISSUER, "aud": APP, "serviceurl": activity.get("serviceUrl"), "nbf": now - 60, "exp": now + 600,
        }  # fmt: skip
        token = jwt.encode(claims, self._key, algorithm="RS256", headers={"kid": KEY})
        async with self._connections.post(
            f"{HERE}:{PORTS['coach']}{PATH}", json=activity, headers={"Authorization": f"Bearer {token}"}
        ) as answer:
            body = await answer.read()
            print(f"{activity.get('type')} {activity.get('name', '')} -> {answer.status}", file=sys.stderr)
            return web.Response(status=answer.status, body=body, content_type=answer.content_type)

    async def _openid(self, _: web.Request) -> web.Response:
        return web.json_response({"issuer": ISSUER, "jwks_uri": f"{HERE}:{PORTS['between']}/keys"})

    async def _keys(self, _: web.Request) -> web.Response:
        public = jwt.algorithms.RSAAlgorithm.to_jwk(self._key.public_key(), as_dict=True)
        key = {name: public[name] for name in ("kty", "n", "e")}
        return web.json_response({"keys": [{**key, "use": "sig", "kid": KEY, "endorsements": ["msteams"]}]})

    async def _token(self, _: web.Request) -> web.Response:
        return web.json_response({"token_type": "Bearer", "expires_in": 3600, "access_token": "playground"})


async def play(packages: Path) -> int:
    cli = packages / "node_modules" / "@microsoft" / "m365agentsplayground" / "cli.js"
    node = shutil.which("node")
    if node is None or not cli.exists() or not shutil.which("xdg-open"):
        print(
            "The playground needs node, npm and xdg-open (on Debian: apt install nodejs npm xdg-utils).",
            file=sys.stderr,
        )
        return 1
    stop = asyncio.Event()
    for told in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(told, stop.set)
    async with aiohttp.ClientSession() as connections:
        between = Between(connections)
        async with _served(between.routes()), _folder() as folder:
            coach = [sys.executable, "-c", "from bot.cli import main; raise SystemExit(main())", "serve"]
            opened = [node, str(cli), "-e", f"{HERE}:{PORTS['between']}/messages", "-c", "msteams",
                      "-p", str(PORTS["playground"]), "--disable-telemetry"]  # fmt: skip
            running = [
                await asyncio.create_subprocess_exec(*coach, env={**settings(folder), **os.environ}),
                await asyncio.create_subprocess_exec(
                    *opened, cwd=folder, env={**os.environ, "APPLICATION_INSIGHTS_NO_STATSBEAT": "1"}
                ),
            ]
            try:
                ends = [asyncio.create_task(one.wait()) for one in running]
                await asyncio.wait(
                    [*ends, asyncio.create_task(stop.wait())], return_when=asyncio.FIRST_COMPLETED
                )
            finally:
                for one in running:
                    if one.returncode is None:
                        one.terminate()
                await asyncio.gather(*(one.wait() for one in running))
    return 0


def settings(folder: str) -> Mapping[str, str]:
    """Return what leads the coach here, to a database that ends with it unless the environment names one."""
    return {
        "METODCOACH_DATABASE_URL": f"{folder}/coach.db",
        "METODCOACH_HOST": "127.0.0.1", "METODCOACH_PORT": str(PORTS["coach"]), "METODCOACH_TEAMS_APP_ID": APP,
        "METODCOACH_TEAMS_APP_PASSWORD": PASSWORD, "METODCOACH_TEAMS_TENANT": TENANT,
        "METODCOACH_TEAMS_STAND_IN": f"{HERE}:{PORTS['between']}",
    }  # fmt: skip


def town() -> Json:
    """Return what the playground makes its people and conversations of."""
    people: list[Json] = [
        {
            "id": f"user-id-{number}", "name": name, "userPrincipleName": f"user{number}@example.com",
            "aadObjectId": f"00000000-0000-0000-0000-00000000002{number}", "givenName": name.split()[0],
            "surname": name.split()[1], "email": f"user{number}@example.com",
        }
        for number, name in enumerate(PEOPLE)
    ]  # fmt: skip
    return {
        "version": "0.1.0", "tenantId": TENANT, "bot": {"id": f"28:{APP}", "name": "Metodcoach"},
        "currentUser": people[0], "users": people[1:],
        "personalChat": {"id": "personal-chat-id"},
        "groupChat": {"id": "group-chat-id", "name": "Arbetsgruppen"},
        "team": {
            "id": "team-id", "name": "Exempelby", "aadGroupId": "00000000-0000-0000-0000-000000000031",
            "channels": [{"id": "channel-id", "name": "Internationellt"}],
        },
    }  # fmt: skip


@asynccontextmanager
async def _folder() -> AsyncIterator[str]:
    """Make a folder for the playground to read its people from, and to write its log in."""
    with TemporaryDirectory(prefix="metodcoach-playground-") as folder:
        Path(folder, ".m365agentsplayground.yml").write_text(json.dumps(town()), encoding="utf-8")
        yield folder


@asynccontextmanager
async def _served(routes: Sequence[web.RouteDef]) -> AsyncIterator[None]:
    app = web.Application()
    app.add_routes(routes)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", PORTS["between"]).start()
    try:
        yield
    finally:
        await runner.cleanup()


def main(packages: str) -> int:
    return asyncio.run(play(Path(packages)))


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:2]))
