"""Hears Slack over a socket that we open, for a first try and for servers that nobody can reach from outside.

Slack's client mends a broken connection by itself, mostly. A watchdog looks after it: a client that stays unconnected
is thrown away for a new one, for one that was closed never comes back. What isn't acknowledged Slack sends again.
"""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress

from slack_bolt.response import BoltResponse
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.logs import failure
from bot.slack.shape import Payload, is_well_formed

LOOKS_EVERY = 5.0  # seconds
PATIENCE = 30.0  # seconds without a connection before there is a new client
CLOSES_WITHIN = 5.0
PINGS_EVERY = 5.0

log = logging.getLogger(__name__)

# The client writes whole payloads to its log, and addresses that let anybody in.
_quiet = logging.getLogger("bot.slack.websocket")
_quiet.setLevel(logging.CRITICAL)


class SocketMode:
    def __init__(
        self,
        app_token: str,
        web: AsyncWebClient,
        hear: Callable[[Payload], Awaitable[BoltResponse]],
    ) -> None:
        self._app_token = app_token
        self._web = web
        self._hear = hear
        self._watch: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin to listen. Raises what the Web API raises where the app's token isn't taken."""
        opened = await self._web.apps_connections_open(app_token=self._app_token)
        self._watch = asyncio.create_task(self._keep_listening(str(opened["url"])))

    async def stop(self) -> None:
        if self._watch is not None:
            self._watch.cancel()
            with suppress(asyncio.CancelledError):
                await self._watch

    async def _keep_listening(self, address: str | None) -> None:
        while True:
            client = self._client(address)
            connecting = asyncio.create_task(client.connect())  # type: ignore[no-untyped-call]
            try:
                await self._until_dead(client)
            finally:
                connecting.cancel()
                await asyncio.gather(connecting, return_exceptions=True)
                await _close(client)
            log.warning("the connection to Slack is dead; a new one is made")
            address = None

    async def _until_dead(self, client: SocketModeClient) -> None:
        loop = asyncio.get_running_loop()
        seen_alive = loop.time()
        while loop.time() - seen_alive < PATIENCE:
            await asyncio.sleep(LOOKS_EVERY)
            if client.closed:
                return
            if await client.is_connected():
                seen_alive = loop.time()

    def _client(self, address: str | None) -> SocketModeClient:
        client = SocketModeClient(
            self._app_token,
            logger=_quiet,
            web_client=self._web,
            proxy=self._web.proxy,
            ping_interval=PINGS_EVERY,
        )
        client.wss_uri = address
        client.socket_mode_request_listeners.append(self._heard)
        return client

    async def _heard(self, client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        if not is_well_formed(request.payload):
            log.warning("Slack sent what nobody here knows")
            return
        response = await self._hear(request.payload)
        if response.status != 200:
            return  # Slack sends it again
        payload = json.loads(response.body) if response.body else None
        try:
            await client.send_socket_mode_response(SocketModeResponse(request.envelope_id, payload))
        except Exception as error:  # noqa: BLE001 - the connection broke meanwhile; it is stored, and may come again
            log.warning("an answer didn't get through", extra=failure(error))


async def _close(client: SocketModeClient) -> None:
    try:
        async with asyncio.timeout(CLOSES_WITHIN):
            await client.close()  # type: ignore[no-untyped-call]
    except Exception as error:  # noqa: BLE001 - it is thrown away whatever happens
        log.warning("a dead connection could not be closed", extra=failure(error))
