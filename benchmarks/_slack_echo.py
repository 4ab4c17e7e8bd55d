"""The measure to compare with: a bare bolt app that answers each message with a post and an edit. It keeps nothing."""

import asyncio
import sys

from aiohttp import ClientSession, web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient


async def serve(port: int, api: str, secret: str, token: str) -> None:
    async with ClientSession() as session:  # one for all, which makes it half as fast again
        client = AsyncWebClient(token=token, base_url=api, session=session, retry_handlers=[])
        app = AsyncApp(client=client, token=token, signing_secret=secret)

        @app.event("message")
        async def heard(event: dict[str, str]) -> None:
            where = {"channel": event["channel"], "thread_ts": event["thread_ts"]}
            await client.chat_postMessage(**where, text=f"Tack! {event['text']}")
            await client.chat_update(
                channel=event["channel"], ts=event["thread_ts"], text="1 av 4 har svarat."
            )

        async def handle(request: web.Request) -> web.Response:
            return await to_aiohttp_response(await app.async_dispatch(await to_bolt_request(request)))

        server = web.Application()
        server.router.add_post("/slack/events", handle)
        runner = web.AppRunner(server, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        print("open", flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), *sys.argv[2:5]))
