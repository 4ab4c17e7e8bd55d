"""Hands files over in private chats, and fetches those that are sent to the coach there.

A card asks whether a file is wanted; on yes, its bytes go where Teams says.

Source: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/bots-filesv4
"""

import logging
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from yarl import URL

from bot.fetching import at_most
from bot.png import description_of, size_of
from bot.teams.calls import PATIENCE, Json
from bot.teams.hosts import FileHosts
from bot.teams.interactions import BUTTON
from bot.teams.outcomes import PAUSE, harmless, outcome_of, retry_after
from bot.teams.render import card
from dialogs.files import PICTURE, FileOut, Upload
from dialogs.incoming import Attached
from dialogs.model.problem import Problem
from dialogs.sending import Later, Never

CONSENT = "application/vnd.microsoft.teams.card.file.consent"
INFO = "application/vnd.microsoft.teams.card.file.info"
CARD = "application/vnd.microsoft.card.adaptive"
MOST_PIXELS, MOST_BYTES_SHOWN = 1024, 1_000_000
"""Of a picture in a message: https://learn.microsoft.com/microsoftteams/platform/bots/build-conversational-capability"""
BUSY = frozenset({408, 423, 429, 500, 502, 503, 504})

log = logging.getLogger(__name__)


def consent(file: FileOut, size: int) -> Json:
    """Return the card that asks whether the file is wanted. It carries the id that the answer is known by, and no more."""
    answer = {BUTTON: file.id}
    content = {
        "description": file.told, "sizeInBytes": size, "acceptContext": answer, "declineContext": answer,
    }  # fmt: skip
    return {"contentType": CONSENT, "name": file.name, "content": content}


def pictured(file: FileOut, content: bytes) -> tuple[Json, ...]:
    """Return the ways in which a picture is shown where people talk, the best first; none for what is no picture.

    In a card it has its alternative text. Should Teams find that too much, it is shown without, below what says the same.
    """
    if file.media != PICTURE or max(size_of(content)) > MOST_PIXELS or len(content) > MOST_BYTES_SHOWN:
        return ()
    held = f"data:{PICTURE};base64,{b64encode(content).decode()}"
    told = description_of(content) or file.told
    image = {"type": "Image", "url": held, "altText": told, "size": "Stretch"}
    return (
        {"contentType": CARD, "content": card([image], told)},
        {"contentType": PICTURE, "contentUrl": held, "name": file.name},
    )


def info(upload: Upload, name: str) -> Json:
    """Return the card that shows where the file lies now."""
    content = {"uniqueId": upload.unique, "fileType": upload.kind or name.rpartition(".")[2]}
    return {
        "contentType": INFO,
        "contentUrl": upload.shown_at,
        "name": upload.name or name,
        "content": content,
    }


@dataclass(frozen=True, slots=True)
class Uploads:
    """Puts bytes where Teams says, and fetches them. The address itself is leave to: our token stays with us."""

    connections: aiohttp.ClientSession
    hosts: FileHosts
    how: Mapping[str, Any] = field(default_factory=dict)  # proxy and trust, as aiohttp takes them

    async def fetch(self, file: Attached) -> bytes | Problem:
        """Return the bytes of a file that somebody sent the coach. Raises what goes wrong on the way."""
        if not self.hosts.allowed(file.fetch):
            log.error("a file was to be fetched from a host that isn't allowed")
            return Problem("file-not-fetched", {"name": file.name})
        async with self.connections.get(
            URL(file.fetch, encoded=True), timeout=PATIENCE, allow_redirects=False, **self.how
        ) as answer:
            if answer.status != 200:
                log.warning("a file was not handed to us", extra={"status": answer.status})
                return Problem("file-not-fetched", {"name": file.name})
            return await at_most(answer, file.name)

    async def put(self, url: str, content: bytes) -> Later | Never | None:
        """Return None when the bytes are there. Done twice, it does no harm."""
        if not self.hosts.allowed(url):
            log.error("a file was to go to a host that isn't allowed")
            return Never("the address is not allowed")
        last = len(content) - 1
        headers = {
            "Content-Type": "application/octet-stream",
            "Content-Range": f"bytes 0-{last}/{len(content)}",
        }
        try:
            async with self.connections.put(
                URL(url, encoded=True), data=content, headers=headers, timeout=PATIENCE,
                allow_redirects=False, **self.how,
            ) as answer:  # fmt: skip
                if answer.status in (200, 201):
                    return None
                log.warning("a file's bytes were not taken", extra={"status": answer.status})
                why = f"status {answer.status}"
                return Later(retry_after(answer.headers, PAUSE), why) if answer.status in BUSY else Never(why)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            outcome = harmless(outcome_of(error))
            return Later(PAUSE, outcome.why) if isinstance(outcome, Later) else outcome
