"""Serves calendar feeds under secret addresses. Whoever has the address reads; nobody else can find it."""

from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

from aiohttp import web

from bot.ics import ics
from bot.usecases.feed import Feed, feed_of
from content.phrases.book import Phrasebook
from dialogs.ports import Clock, PackShelf, UnitOfWork

PATH = "/calendar/{secret:[A-Za-z0-9_-]{20,80}}.ics"

T = TypeVar("T")
Read = Callable[[Callable[[UnitOfWork], Feed | None]], Awaitable[Feed | None]]


def routes(
    read: Read, *, shelf: PackShelf, clock: Clock, book: Phrasebook, language: str
) -> Sequence[web.RouteDef]:
    """Return the one address. *read* does its work on a connection that only reads."""

    async def answer(request: web.Request) -> web.Response:
        secret = request.match_info["secret"]

        def look(uow: UnitOfWork) -> Feed | None:
            with uow:
                found = uow.calendar.feed(secret)
                if found is None:
                    return None
                return feed_of(*found, uow=uow, shelf=shelf, clock=clock, book=book, language=language)

        feed = await read(look)
        if feed is None:
            return web.Response(status=404, text="not found\n")
        return web.Response(body=ics(feed, now=clock.now()), content_type="text/calendar", charset="utf-8")

    return [web.get(PATH, answer)]
