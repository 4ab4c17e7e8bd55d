"""``metodcoach serve``: the doors that are configured, over one database, until the program is told to stop."""

import asyncio
import logging
import os
import signal
from collections.abc import Mapping
from dataclasses import replace

import aiohttp

from bot import slack_settings, teams_settings
from bot.call import Call
from bot.counter import Counter
from bot.installing import install_new
from bot.kept_secrets import NoKey, WrongKey, with_kept
from bot.logs import log_to_stderr
from bot.metrics import Metrics
from bot.packs.on_disk import packs_at_hand
from bot.serving import Door, NoPort, Serving, Shut
from bot.settings import Settings
from bot.usecases.pack_jobs import take_back_jobs
from bot.wiring import World
from storage.engine import sqlite_file
from storage.lock import serving

PACE = 1.0  # seconds between two letters in one room: Slack takes no more, and Teams little more for long
PATIENCE = aiohttp.ClientTimeout(total=10, connect=5)
DOORS = {"slack": slack_settings, "teams": teams_settings}


def serve(call: Call) -> None:
    """Serve until SIGTERM or SIGINT. Whoever starts it is told what is missing, and by the exit code, too."""
    settings = call.settings
    # A server's log is all that there is to see of it.
    log_to_stderr(settings.log_level if "log_level" in settings.model_fields_set else "info")
    logging.getLogger("alembic").setLevel(logging.WARNING)  # it tells of each of its own parts
    file = sqlite_file(settings.database_url)
    if file is not None and not os.access(file, os.F_OK):
        _look_for_doors(call, settings)  # nothing is kept in a database that isn't there, and none is made
    with call.world() as found:
        settings = _with_kept(call, found)
        _look_for_doors(call, settings)
        _serve_world(call, replace(found, settings=settings))


def _look_for_doors(call: Call, settings: Settings) -> None:
    """Refuse where a door lacks a setting, or there is none at all."""
    wanted = [name for name, kept in DOORS.items() if kept.is_mentioned(settings)]
    if lacks := [one for name in wanted or DOORS for one in DOORS[name].missing(settings)]:
        call.refuse_settings("serve-no-door", names=", ".join(lacks))


def _with_kept(call: Call, world: World) -> Settings:
    try:
        return with_kept(call.settings, world.looking())
    except NoKey as slip:
        call.refuse_settings("secret-no-key-for", name=slip.name)
    except WrongKey as slip:
        call.refuse_settings("secret-wrong-key", name=slip.name)


def _serve_world(call: Call, world: World) -> None:
    settings = world.settings
    with serving(settings.database_url):
        install_new(world, packs_at_hand(settings.packs))
        if sqlite_file(settings.database_url) is not None:
            # Nobody else serves this file: whoever held letters, or was at work, is gone.
            for name in DOORS:
                world.desk(call.language).take_back(name)
            take_back_jobs(uow=world.uow())
        try:
            asyncio.run(_serve(world, call.language))
        except Shut as shut:
            names = {**slack_settings.NAMES, **teams_settings.NAMES}
            call.refuse_settings("serve-shut", name=names[shut.setting], why=shut.why)
        except NoPort as error:
            call.refuse("serve-no-port", host=settings.host, port=settings.port, error=error)


async def _serve(world: World, language: str) -> None:
    stop = asyncio.Event()
    for told in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(told, stop.set)
    metrics = Metrics()
    counter = world.counter(language, metrics)
    async with aiohttp.ClientSession(timeout=PATIENCE) as connections:
        doors = doors_of(world.settings, world, counter, connections, language)
        await Serving(world, counter, metrics, doors, PACE).until(stop)


def doors_of(
    settings: Settings, world: World, counter: Counter, connections: aiohttp.ClientSession, language: str
) -> Mapping[str, Door]:
    """Return what is configured, by name; a door is imported only when it is. All share the *connections*."""
    doors: dict[str, Door] = {}
    make = world.files(language).by(counter.read)
    if slack_settings.is_configured(settings):
        from bot.slack_serving import Slack

        doors["slack"] = Slack(
            settings, counter, connections=connections, clock=world.clock, book=world.book, language=language,
            make=make,
        )  # fmt: skip
    if teams_settings.is_configured(settings):
        from bot.teams_serving import Teams

        doors["teams"] = Teams(
            settings, counter, connections=connections, clock=world.clock, ids=world.ids, book=world.book,
            language=language, make=make,
        )  # fmt: skip
    return doors
