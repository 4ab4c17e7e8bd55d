"""Looks in Slack for the parts of a letter whose reply was lost, by the metadata that each of our posts carries."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.calls import FAILURES, HISTORY, REPLIES, Method, Myself, ask, refusal
from bot.slack.outcomes import outcome_of
from dialogs.ports import ClaimedLetter
from dialogs.sending import Later, Never, Unknown

EVENT_TYPE = "metodcoach_letter"
PAGE = 200
PAGES = 10
EARLIER = timedelta(minutes=5)  # our clock and Slack's may differ

# These say that the room or thread is gone: nothing of ours stands there, and posting says the same again.
GONE = frozenset({"channel_not_found", "is_archived", "not_in_channel"})
NO_THREAD = frozenset({"message_not_found", "thread_not_found"})

Parts = Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a letter's posts would stand; `thread` is "" for the room itself."""

    channel: str
    thread: str = ""


def metadata(letter: ClaimedLetter, part: int) -> dict[str, Any]:
    """Return what says whose part a post is. Other apps of the workspace can read it: it holds no words."""
    return {"event_type": EVENT_TYPE, "event_payload": {"key": letter.key, "part": part}}


async def parts_there(
    web: AsyncWebClient, me: Myself, letter: ClaimedLetter, place: Place, count: int
) -> Parts | Unknown | Later:
    """Return the platform's ids of those of the letter's *count* parts that stand at *place*."""
    try:
        return await _look(web, me, letter, place, count)
    except FAILURES as error:
        if refusal(error) in GONE:
            return {}
        if refusal(error) == "missing_scope":
            # Nobody can look, now or later: as on a platform that has no way to ask.
            return Unknown("the app may not read the room's history")
        outcome = outcome_of(error)
        return Unknown(outcome.why) if isinstance(outcome, Never) else _again(outcome)


def _again(outcome: Later | Unknown) -> Later:
    """Looking does no harm: what went wrong with it is tried again."""
    return outcome if isinstance(outcome, Later) else Later(5.0, outcome.why)


async def _look(
    web: AsyncWebClient, me: Myself, letter: ClaimedLetter, place: Place, count: int
) -> Parts | Unknown:
    since = _since(letter.at)
    room = {"channel": place.channel}
    if place.thread:
        try:
            return await _in(web, me, letter, REPLIES, {**room, "ts": place.thread, "oldest": since}, count)
        except FAILURES as error:
            if refusal(error) not in NO_THREAD:
                raise
    # What follows upon the first part stands in its thread.
    found = await _in(web, me, letter, HISTORY, {**room, "oldest": since}, 1)
    if count == 1 or isinstance(found, Unknown) or 0 not in found:
        return found
    below = await _in(web, me, letter, REPLIES, {**room, "ts": found[0]}, count)
    return below if isinstance(below, Unknown) else {**below, **found}


async def _in(
    web: AsyncWebClient, me: Myself, letter: ClaimedLetter, method: Method, where: Mapping[str, str | None],
    wanted: int,
) -> Parts | Unknown:  # fmt: skip
    """Return which of the first *wanted* parts are there."""
    found: dict[int, str] = {}
    blind = False
    try:
        async for message in _messages(web, method, where):
            if not _ours(message, me):
                continue
            match message.get("metadata"):
                case {"event_type": str(kind), "event_payload": {"key": str(key), "part": int(part)}}:
                    if kind == EVENT_TYPE and key == letter.key and 0 <= part < wanted:
                        found.setdefault(part, str(message["ts"]))
                        if len(found) == wanted:
                            return found
                case _:
                    blind = True
    except TooMuch:
        return Unknown("the room has too much in it to look through")
    if not found and blind:
        # A post of ours without its metadata may be the one: perhaps the workspace keeps it from us.
        return Unknown("the platform doesn't show what the posts carry")
    return found


class TooMuch(Exception):  # noqa: N818 - caught here, and becomes a value
    """There are more messages than anybody should look through for one letter."""


async def _messages(
    web: AsyncWebClient, method: Method, where: Mapping[str, str | None]
) -> AsyncIterator[Mapping[str, Any]]:
    cursor = None
    for _ in range(PAGES):
        answer = await ask(web, method, **where, limit=PAGE, cursor=cursor, include_all_metadata=True)
        for message in answer.get("messages") or ():
            yield message
        cursor = (answer.get("response_metadata") or {}).get("next_cursor")
        if not cursor:
            return
    raise TooMuch


def _ours(message: Mapping[str, Any], me: Myself) -> bool:
    """Other apps can put on their posts whatever they like."""
    return bool(me.bot and message.get("bot_id") == me.bot) or message.get("user") == me.user


def _since(at: datetime | None) -> str | None:
    """Return from when to look: nothing was posted before it was written."""
    return f"{(at - EARLIER).timestamp():.6f}" if at is not None else None
