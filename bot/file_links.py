"""Serves files under personal links. Each time one is opened, its reader is asked for rights anew.

No login: a link can't be guessed, names the person who asked for it, is told to them alone, and holds for a day.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

from aiohttp import web

from bot.made_files import Finish, MadeFiles
from bot.usecases.handing_out import PLACE
from content.phrases.book import Phrasebook
from dialogs.files import FileOut
from dialogs.ports import Clock, UnitOfWork

PATH = f"/{PLACE}/{{secret:[A-Za-z0-9_-]{{20,80}}}}"
GUARDED = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
}
LATE = ("file-page-late", "file-page-late-how")
NONE = ("file-page-none", "file-page-none-how")
_UNFIT = re.compile(r"[^A-Za-z0-9._-]")
_LOOKS = "body{font:1.1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:4rem auto;padding:0 1rem}"


@dataclass(frozen=True, slots=True)
class Opened:
    """What a link leads to now. Without content: it has run out (`late`), or there is nothing for whoever opens it."""

    language: str
    file: FileOut | None = None
    content: Finish | None = None
    late: bool = False


Read = Callable[[Callable[[UnitOfWork], Opened]], Awaitable[Opened]]


def routes(
    read: Read, *, files: MadeFiles, clock: Clock, book: Phrasebook, language: str
) -> Sequence[web.RouteDef]:
    """Return the one address. *read* does its work on a connection that only reads."""

    async def answer(request: web.Request) -> web.Response:
        secret = request.match_info["secret"]
        opened = await read(lambda uow: _open(secret, uow, files, clock, language))
        content = await asyncio.to_thread(opened.content) if opened.content is not None else None
        if opened.file is not None and content is not None:
            return web.Response(
                body=content,
                headers={
                    **GUARDED,
                    "Content-Type": _type_of(opened.file.media),
                    "Content-Disposition": disposition(opened.file.name),
                    "Accept-Ranges": "none",
                },
            )
        title, how = LATE if opened.late else NONE
        page = _page(book, opened.language if opened.late else language, title, how)
        status = 410 if opened.late else 404
        return web.Response(
            status=status, text=page, content_type="text/html", charset="utf-8", headers=GUARDED
        )

    return [web.get(PATH, answer)]


def disposition(name: str) -> str:
    """Return the header that gives a file its name (RFC 6266), in full by RFC 5987 and in ASCII for those who can't."""
    return f"attachment; filename=\"{_UNFIT.sub('_', name)}\"; filename*=UTF-8''{quote(name, safe='')}"


def _open(secret: str, uow: UnitOfWork, files: MadeFiles, clock: Clock, language: str) -> Opened:
    with uow:
        link = uow.file_links.get(secret)
    if link is None:
        return Opened(language)
    spoken = link.file.recipe.language or language
    if link.until <= clock.now():
        return Opened(spoken, late=True)
    # Who is no member any more learns no more than whoever guesses.
    return Opened(spoken, link.file, files.begin(link.file.recipe, uow))


def _type_of(media: str) -> str:
    return f"{media}; charset=utf-8" if media.startswith("text/") else media


def _page(book: Phrasebook, language: str, title_key: str, how_key: str) -> str:
    title, how = escape(book.text(title_key, language)), escape(book.text(how_key, language))
    return (
        f'<!doctype html>\n<html lang="{escape(language)}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{title}</title><style>{_LOOKS}</style></head>'
        f"<body><main><h1>{title}</h1><p>{how}</p></main></body></html>\n"
    )
