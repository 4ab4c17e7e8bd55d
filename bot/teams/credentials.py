"""The token that the bot speaks with: asked for once, kept until shortly before its end, without holding anybody up."""

import asyncio
import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import aiohttp

from bot.teams_settings import LOGIN
from dialogs.ports import Clock

SCOPE = "https://api.botframework.com/.default"

PATIENCE = aiohttp.ClientTimeout(total=10, connect=5)
MOST_BYTES = 100_000
EARLY = timedelta(minutes=5)
LONGEST = timedelta(hours=24)


class NotLetIn(Exception):  # noqa: N818 - the operator's slip, or Entra's outage; no bug
    """Entra gives no token. `why` is its own word, such as invalid_client, or what went wrong on the way."""

    def __init__(self, why: str, *, for_good: bool) -> None:
        super().__init__(why)
        self.why = why
        self.for_good = for_good


class Credentials:
    """One application's. However many ask at once, Entra is asked once."""

    def __init__(
        self, app_id: str, password: str, tenant: str, connections: aiohttp.ClientSession, clock: Clock, *,
        login: str = LOGIN, proxy: str | None = None, **how: Any,
    ) -> None:  # fmt: skip
        self._app_id = app_id
        self._password = password
        self._url = f"{login.rstrip('/')}/{tenant}/oauth2/v2.0/token"
        self._connections = connections
        self._clock = clock
        self._how = {"proxy": proxy, **how}
        self._token = ""
        self._until: datetime | None = None
        self._asking: asyncio.Task[str] | None = None

    async def token(self) -> str:
        """Return a token that holds for some minutes at least. Raises ``NotLetIn``."""
        if self._until is not None and self._clock.now() < self._until:
            return self._token
        if self._asking is None or self._asking.done():
            self._asking = asyncio.create_task(self._asked())
            self._asking.add_done_callback(_looked_at)
        return await asyncio.shield(self._asking)

    def forget(self) -> None:
        """Ask anew next time: the connector refused the token."""
        self._until = None

    async def _asked(self) -> str:
        form = {
            "grant_type": "client_credentials", "client_id": self._app_id, "client_secret": self._password,
            "scope": SCOPE,
        }  # fmt: skip
        try:
            async with self._connections.post(
                self._url, data=form, timeout=PATIENCE, allow_redirects=False, **self._how
            ) as answer:
                found = _object(await answer.content.read(MOST_BYTES))
                status = answer.status
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise NotLetIn(type(error).__name__, for_good=False) from error
        match found:
            case {"access_token": str(token), "expires_in": int(seconds) | str(seconds)} if (
                status == 200 and token
            ):
                lasts = timedelta(seconds=int(seconds)) if str(seconds).isdecimal() else EARLY
                self._token, self._until = token, self._clock.now() + min(lasts, LONGEST) - EARLY
                return token
            case {"error": str(why)}:
                raise NotLetIn(why[:100], for_good=400 <= status < 500 and status != 429)
            case _:
                raise NotLetIn(f"status {status}", for_good=False)


def _object(body: bytes) -> Mapping[str, Any]:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _looked_at(task: "asyncio.Task[str]") -> None:
    """Nobody may be waiting any more: an error that nobody fetches is no error of the loop's."""
    if not task.cancelled():
        task.exception()
