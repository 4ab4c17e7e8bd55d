"""``metodcoach serve``: the doors that are configured, over one database, until the program is told to stop."""

import asyncio
import logging
import signal

from bot.call import Call
from bot.logs import log_to_stderr
from bot.metrics import Metrics
from bot.packs import install_new
from bot.packs_on_disk import packs_at_hand
from bot.serving import NoPort, Serving, Shut
from bot.slack_settings import NAMES, missing
from bot.wiring import World
from storage.engine import sqlite_file
from storage.lock import serving

SLACK_PACE = 1.0  # seconds between two letters in one channel


def serve(call: Call) -> None:
    """Serve until SIGTERM or SIGINT. Whoever starts it is told what is missing."""
    settings = call.settings
    if lacks := missing(settings):
        call.refuse("serve-no-door", names=", ".join(lacks))
    # A server's log is all that there is to see of it.
    log_to_stderr(settings.log_level if "log_level" in settings.model_fields_set else "info")
    logging.getLogger("alembic").setLevel(logging.WARNING)  # it tells of each of its own parts
    with call.world() as world, serving(settings.database_url):
        install_new(world, packs_at_hand(settings.packs))
        if sqlite_file(settings.database_url) is not None:
            # Nobody else serves this file: whoever held letters is gone.
            world.desk(call.language).take_back("slack")
        try:
            asyncio.run(_serve(world, call.language))
        except Shut as shut:
            call.refuse("serve-shut", name=NAMES[shut.setting], why=shut.why)
        except NoPort as error:
            call.refuse("serve-no-port", host=settings.host, port=settings.port, error=error)


async def _serve(world: World, language: str) -> None:
    """Open what is configured; a door is imported only when it is."""
    from bot.slack.calls import open_connections
    from bot.slack_serving import Slack

    stop = asyncio.Event()
    for told in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(told, stop.set)
    metrics = Metrics()
    counter = world.counter(language, metrics)
    async with open_connections() as connections:
        slack = Slack(
            world.settings,
            counter,
            connections=connections,
            clock=world.clock,
            book=world.book,
            language=language,
        )
        await Serving(world, counter, metrics, {"slack": slack}, SLACK_PACE).until(stop)
