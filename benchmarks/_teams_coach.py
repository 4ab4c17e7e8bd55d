"""The coach as `metodcoach serve` runs it, but that a room never rests between two letters: the echo's don't either."""

import asyncio
import signal
import sys

import aiohttp

from bot.metrics import Metrics
from bot.serve import PATIENCE
from bot.serving import Serving
from bot.settings import Settings
from bot.teams_serving import Teams
from bot.wiring import open_world


async def serve(settings: Settings) -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    with open_world(settings) as world:
        metrics = Metrics()
        counter = world.counter("sv", metrics)
        async with aiohttp.ClientSession(timeout=PATIENCE) as connections:
            teams = Teams(
                settings, counter, connections=connections, clock=world.clock, ids=world.ids, book=world.book,
                language="sv",
            )  # fmt: skip
            print("open", flush=True)
            await Serving(world, counter, metrics, {"teams": teams}, 0.0).until(stop)


if __name__ == "__main__":
    database, port, stand_in, app, password, tenant = sys.argv[1:7]
    asyncio.run(
        serve(
            Settings(
                database_url=database, port=int(port), teams_stand_in=stand_in, teams_app_id=app,
                teams_app_password=password, teams_tenant=tenant,
            )
        )
    )  # fmt: skip
