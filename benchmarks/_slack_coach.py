"""The coach as `metodcoach serve` runs it, but that a room never rests between two letters: the echo's don't either."""

import asyncio
import signal
import sys

from bot.metrics import Metrics
from bot.serving import Serving
from bot.settings import Settings
from bot.slack.calls import open_connections
from bot.slack_serving import Slack
from bot.wiring import open_world


async def serve(settings: Settings) -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    with open_world(settings) as world:
        metrics = Metrics()
        counter = world.counter("sv", metrics)
        async with open_connections() as connections:
            slack = Slack(
                settings, counter, connections=connections, clock=world.clock, book=world.book, language="sv"
            )
            print("open", flush=True)
            await Serving(world, counter, metrics, {"slack": slack}, 0.0).until(stop)


if __name__ == "__main__":
    database, port, api, secret, token = sys.argv[1:6]
    asyncio.run(
        serve(
            Settings(
                database_url=database, port=int(port), slack_api_url=api, slack_signing_secret=secret,
                slack_bot_token=token,
            )
        )
    )  # fmt: skip
