"""Plays Bot Connector's signatures and Entra's tokens: OpenID metadata, keys that roll over, tokens for the bot."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import jwt
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import rsa

Json = dict[str, Any]

APP = "11111111-2222-3333-4444-555555555555"
PASSWORD = "a-password-of-the-tests"
TENANT = "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee"
ISSUER = "https://api.botframework.com"


@cache
def private_key(name: str) -> rsa.RSAPrivateKey:
    """Return the key of that name; making one takes a while, so that tests share them."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class Identity:
    """`keys` are those that are published now, by id; `hangs` says how many seconds each answer takes."""

    keys: list[str] = field(default_factory=lambda: ["first"])
    endorsements: tuple[str, ...] = ("msteams", "webchat")
    issuer: str = ISSUER
    hangs: float = 0.0
    status: int = 200
    asked: list[str] = field(default_factory=list)  # the paths that were asked for
    tokens: int = 0
    refuses: str = ""  # what Entra says instead of a token
    base: str = ""

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/openid", self._openid),
            web.get("/keys", self._keys),
            web.post("/login/{tenant}/oauth2/v2.0/token", self._token),
        ]

    def token(self, service: str, now: datetime, *, key: str = "first", **claims: Any) -> str:
        """Return a token that Bot Connector would sign for an activity from *service*; *claims* take others' places."""
        said: Json = {
            "iss": ISSUER, "aud": APP, "serviceurl": service,
            "nbf": int((now - timedelta(minutes=5)).timestamp()), "exp": int((now + timedelta(hours=1)).timestamp()),
        }  # fmt: skip
        said |= claims
        kept = {name: value for name, value in said.items() if value is not None}
        return jwt.encode(kept, private_key(key), algorithm="RS256", headers={"kid": key})

    def jwks(self) -> Json:
        return {"keys": [self._written(one) for one in self.keys]}

    def _written(self, name: str) -> Mapping[str, Any]:
        public: Json = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(private_key(name).public_key()))
        return {
            "kty": "RSA", "use": "sig", "kid": name, "n": public["n"], "e": public["e"],
            "endorsements": list(self.endorsements),
        }  # fmt: skip

    async def _openid(self, request: web.Request) -> web.Response:
        return await self._answer(request, {"issuer": self.issuer, "jwks_uri": f"{self.base}/keys"})

    async def _keys(self, request: web.Request) -> web.Response:
        return await self._answer(request, self.jwks())

    async def _token(self, request: web.Request) -> web.Response:
        form = await request.post()
        right = form.get("client_id") == APP and form.get("client_secret") == PASSWORD
        if self.refuses or not right or request.match_info["tenant"] != TENANT:
            self.asked.append(request.path)
            return web.json_response({"error": self.refuses or "invalid_client"}, status=401)
        self.tokens += 1
        return await self._answer(
            request, {"token_type": "Bearer", "expires_in": 3600, "access_token": f"token-{self.tokens}"}
        )

    async def _answer(self, request: web.Request, body: Json) -> web.Response:
        self.asked.append(request.path)
        if self.hangs:
            await asyncio.sleep(self.hangs)
        return web.json_response(body, status=self.status)
