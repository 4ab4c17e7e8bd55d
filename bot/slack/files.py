"""Hands files to Slack, and fetches those that are sent to the coach.

What is handed out goes first to where Slack wants the bytes, then into the room. Only the last step can be seen.

Source: https://docs.slack.dev/messaging/working-with-files#upload
"""

import json
import logging
from dataclasses import dataclass
from urllib.parse import urlsplit

from slack_sdk.web.async_client import AsyncWebClient
from yarl import URL

from bot.fetching import at_most
from bot.png import description_of
from bot.settings import is_loopback
from bot.slack.calls import COMPLETE_UPLOAD, FAILURES, GET_UPLOAD, PATIENCE, Garbled, ask, refusal
from bot.slack.find import NO_THREAD, Place
from bot.slack.outcomes import PAUSE, harmless, outcome_of, retry_after
from dialogs.files import FileOut
from dialogs.incoming import Attached
from dialogs.model.problem import Problem
from dialogs.sending import Later, Never, Unknown

FILE_HOSTS = frozenset({"files.slack.com", "files.slack-gov.com"})
FETCHING = frozenset({"files:read"})
"""The scope that reading a file's bytes takes: it is no method of the Web API that asks for it."""

MOST_OF_TEXT = 1000  # characters of what a file is said to be
# An app of before may not put files anywhere; that is no reason for other letters to wait.
NOT_LET = frozenset({"missing_scope", "no_permission", "not_allowed_token_type"})

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class NotTaken:
    """Slack has none of it, and never will."""

    why: str


async def hand_over(
    web: AsyncWebClient, file: FileOut, content: bytes, place: Place
) -> NotTaken | Later | Unknown | None:
    """Put the file into the room, in the thread where one is named; return None when it surely stands there.

    Until the last call nothing is seen of it, so that what was lost before can be done again.
    """
    try:
        offered = await ask(
            web,
            GET_UPLOAD,
            filename=file.name,
            length=len(content),
            alt_txt=(description_of(content) or file.told)[:MOST_OF_TEXT],
        )
        url, id = _offer(offered)
        if not may_take(url, web.base_url):
            log.error("a file was to go to a host that isn't allowed")
            return NotTaken("the address is not allowed")
        refused = await _put(web, url, content)
    except FAILURES as error:
        return _judged(error, seen=False)
    return refused or await _show(web, id, file.name, place)


def may_take(url: str, base_url: str) -> bool:
    """Say whether files may go to, or be fetched from, the address: Slack's own hosts by https.

    This machine's own where the Web API is a stand-in on it.
    """
    try:
        address, api = urlsplit(url), urlsplit(base_url)
        port = address.port
    except ValueError:
        return False
    if address.username is not None or address.password is not None:
        return False
    if is_loopback(api.hostname or ""):
        return address.scheme in ("http", "https") and is_loopback(address.hostname or "")
    return address.scheme == "https" and port in (None, 443) and address.hostname in FILE_HOSTS


def _offer(answer: object) -> tuple[str, str]:
    match answer:
        case {"upload_url": str(url), "file_id": str(id)}:
            return url, id
        case _:
            raise Garbled


async def _put(web: AsyncWebClient, url: str, content: bytes) -> Later | None:
    """Send the bytes. The address is leave enough: our token stays with us."""
    if web.session is None:
        raise RuntimeError("calls to Slack share their connections: the client has none")
    async with web.session.post(
        URL(url, encoded=True), data=content, headers={"Content-Type": "application/octet-stream"},
        allow_redirects=False, proxy=web.proxy, ssl=web.ssl or True, timeout=PATIENCE,
    ) as response:  # fmt: skip
        if response.status == 200:
            return None
        log.warning("a file's bytes were not taken", extra={"status": response.status})
        return Later(retry_after(response.headers, PAUSE), f"status {response.status}")


async def fetch(web: AsyncWebClient, file: Attached) -> bytes | Problem:
    """Return the bytes of a file that somebody sent the coach. Raises what goes wrong on the way."""
    if not may_take(file.fetch, web.base_url):
        log.error("a file was to be fetched from a host that isn't allowed")
        return Problem("file-not-fetched", {"name": file.name})
    if web.session is None:
        raise RuntimeError("calls to Slack share their connections: the client has none")
    async with web.session.get(
        URL(file.fetch, encoded=True), headers={"Authorization": f"Bearer {web.token}"},
        allow_redirects=False, proxy=web.proxy, ssl=web.ssl or True, timeout=PATIENCE,
    ) as response:  # fmt: skip
        # Whoever may not read it is shown a page for signing in.
        if response.status != 200 or response.content_type == "text/html":
            log.warning("a file was not handed to us", extra={"status": response.status})
            return Problem("file-not-fetched", {"name": file.name})
        return await at_most(response, file.name)


async def _show(web: AsyncWebClient, id: str, title: str, place: Place) -> NotTaken | Later | Unknown | None:
    files = json.dumps([{"id": id, "title": title}])
    try:
        await ask(web, COMPLETE_UPLOAD, files=files, channel_id=place.channel, thread_ts=place.thread or None)
    except FAILURES as error:
        if place.thread and refusal(error) in NO_THREAD:
            return await _show(web, id, title, Place(place.channel))
        return _judged(error, seen=True)
    return None


def _judged(error: BaseException, *, seen: bool) -> NotTaken | Later | Unknown:
    """Say what a failure means. What nobody could have *seen* may be done once more."""
    if refusal(error) in NOT_LET:
        return NotTaken(refusal(error))
    outcome = outcome_of(error) if seen else harmless(outcome_of(error))
    return NotTaken(outcome.why) if isinstance(outcome, Never) else outcome
