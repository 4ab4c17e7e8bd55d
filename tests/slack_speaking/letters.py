"""Letters to send: say only what a test is about."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from bot.slack.messenger import SlackMessenger
from dialogs.messages import Message
from dialogs.ports import ClaimedLetter, RoomRef
from tests.slack_speaking.web_api import BEGAN, ME, Slack

CHANNEL = RoomRef("room-1", "slack", "T1", "C1", private=False)
PRIVATE = RoomRef("room-2", "slack", "T1", "D1", private=True)


@dataclass(frozen=True)
class Post:
    text: str
    blocks: list[dict[str, Any]]


def drawn(letter: ClaimedLetter) -> tuple[Post, ...]:
    """Draw a letter as one post for each line."""
    return tuple(
        Post(line, [{"type": "section", "text": {"type": "plain_text", "text": line}}])
        for line in letter.message.text.splitlines()
    )


def a_letter(text: str = "Vilka är med?", **what: Any) -> ClaimedLetter:
    letter = ClaimedLetter(
        id=1, epoch=1, key="letter-1", room=CHANNEL, person="", message=Message(text), how="note", journey="",
        address=None, edits="", at=datetime.fromtimestamp(BEGAN, UTC),
    )  # fmt: skip
    return replace(letter, **what)


def again(letter: ClaimedLetter) -> ClaimedLetter:
    """The letter as whoever claims it next gets it, when the last try's reply was lost."""
    return replace(letter, epoch=letter.epoch + 1, unsure_since=datetime.fromtimestamp(BEGAN, UTC))


def a_messenger(slack: Slack, **more: Any) -> SlackMessenger:
    return SlackMessenger(slack.web, **{"me": ME, "draw": drawn, **more})
