"""Translates what Slack sends into what somebody did; what is none of the coach's business becomes None.

Pure: no network, no clock of its own. The payload has passed the gate, or came over a socket that we opened, but any
part of it may still be missing or of an unexpected kind: it is then left alone, never an exception.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.slack.calls import Myself
from bot.slack.plain import mentions, plain, unescaped, whole
from bot.slack.shape import Payload
from dialogs.incoming import (
    Attached,
    Changed,
    Deleted,
    Edited,
    Gone,
    Incoming,
    Joined,
    Left,
    Reopened,
    Said,
    Uninstalled,
    What,
)

DOOR = "slack"
# Of all the kinds of message, those that are somebody's words.
WORDS = ("", "thread_broadcast", "file_share", "me_message")


@dataclass(frozen=True, slots=True)
class Envelope:
    """One event: what it is, the id that it was sent under, and whom it was sent to."""

    event: Payload
    id: str
    us: Myself
    at: datetime

    def incoming(
        self,
        what: What,
        *,
        room: str = "",
        account: str = "",
        name: str = "",
        key: str = "",
        private: bool = False,
        at: datetime | None = None,
    ) -> Incoming:
        return Incoming(
            DOOR, self.us.team, key or self.id, account, whole(name), room, private, at or self.at, what
        )


def heard(body: Payload, us: Myself, now: datetime) -> Incoming | None:
    """Return what an event means, or None when it is to be left alone."""
    event = part(body, "event")
    translate = EVENTS.get(text(event, "type"))
    if translate is None or not text(body, "event_id"):
        return None
    stamp = body.get("event_time")
    at = moment(str(stamp), now) if isinstance(stamp, int) else moment(text(event, "event_ts"), now)
    return translate(Envelope(event, text(body, "event_id"), us, at))


def is_private(room: str) -> bool:
    """Tell whether the room is one person's chat with the coach: a group of several is a channel like others."""
    return room.startswith("D")


def _message(sent: Envelope) -> Incoming | None:
    match text(sent.event, "subtype"):
        case "message_changed":
            return _edited(sent)
        case "message_deleted":
            return _deleted(sent, text(sent.event, "deleted_ts"), part(sent.event, "previous_message"))
        case subtype if subtype in WORDS:
            return _said(sent)
        case _:
            return None


def _said(sent: Envelope) -> Incoming | None:
    """Return the words. A mention comes twice, as a message and as a mention: both get the same key."""
    event, us = sent.event, sent.us
    message, room, account = text(event, "ts"), text(event, "channel"), text(event, "user")
    if not message or not room or _is_machine(event, us):
        return None
    written = text(event, "text")
    thread = _thread(event)
    private = is_private(room) or text(event, "channel_type") == "im"
    addressed = private or text(event, "type") == "app_mention" or mentions(written, us.user)
    if not addressed and not thread:
        return None  # ordinary talk
    said = Said(plain(written, us.user), message, thread, addressed, _attached(event, private=private))
    return sent.incoming(
        said, room=room, account=account, key=f"said:{room}:{message}", private=private, at=moment(message, sent.at)
    )  # fmt: skip


def _edited(sent: Envelope) -> Incoming | None:
    """Return the new words; None when they are the old ones, for Slack also says so when it unfolds a link."""
    message, before = part(sent.event, "message"), part(sent.event, "previous_message")
    if text(message, "subtype") == "tombstone":  # deleted, but its thread lives on
        return _deleted(sent, text(message, "ts"), before)
    room, edited = text(sent.event, "channel"), text(message, "ts")
    if not room or not edited or text(message, "subtype") not in WORDS or _is_machine(message, sent.us):
        return None
    if text(message, "text") == text(before, "text"):
        return None
    new = Edited(edited, plain(text(message, "text"), sent.us.user), _attached(message, private=False))
    return sent.incoming(new, room=room, account=text(message, "user"), private=is_private(room))


def _deleted(sent: Envelope, message: str, before: Payload) -> Incoming | None:
    room = text(sent.event, "channel")
    if not room or not message or _is_machine(before, sent.us):
        return None
    return sent.incoming(Deleted(message), room=room, account=text(before, "user"), private=is_private(room))


def _joined(sent: Envelope) -> Incoming | None:
    room = text(sent.event, "channel")
    if text(sent.event, "user") != sent.us.user or not room:
        return None
    return sent.incoming(Joined(), room=room, account=text(sent.event, "inviter"))


def _member_left(sent: Envelope) -> Incoming | None:
    account = text(sent.event, "user")
    if account == sent.us.user:
        return _left("removed")(sent)
    return _in_channel(Gone((account,)))(sent) if account else None


def _left(why: Any) -> Callable[[Envelope], Incoming | None]:
    return _in_channel(Left(why))


def _in_channel(what: What) -> Callable[[Envelope], Incoming | None]:
    def translate(sent: Envelope) -> Incoming | None:
        room = text(sent.event, "channel")
        # Who archives a channel need not be known to us, and is not greeted for it: nobody speaks.
        return sent.incoming(what, room=room) if room else None

    return translate


def _changed(sent: Envelope) -> Incoming | None:
    user = part(sent.event, "user")
    account = text(user, "id")
    if not account or account == sent.us.user or user.get("is_bot") is True:
        return None
    name = text(user, "real_name") or text(part(user, "profile"), "real_name") or text(user, "name")
    return sent.incoming(Changed(active=user.get("deleted") is not True), account=account, name=name)


def _uninstalled(sent: Envelope) -> Incoming | None:
    return sent.incoming(Uninstalled())


def _revoked(sent: Envelope) -> Incoming | None:
    """A person's own token is none of ours; the coach's is how we speak."""
    return _uninstalled(sent) if part(sent.event, "tokens").get("bot") else None


EVENTS: Mapping[str, Callable[[Envelope], Incoming | None]] = {
    "message": _message,
    "app_mention": _said,
    "member_joined_channel": _joined,
    "member_left_channel": _member_left,
    "channel_left": _left("removed"),
    "group_left": _left("removed"),
    "channel_archive": _left("archived"),
    "group_archive": _left("archived"),
    "channel_deleted": _left("deleted"),
    "group_deleted": _left("deleted"),
    "channel_unarchive": _in_channel(Reopened()),
    "group_unarchive": _in_channel(Reopened()),
    "user_change": _changed,
    "app_uninstalled": _uninstalled,
    "tokens_revoked": _revoked,
}


def _is_machine(message: Payload, us: Myself) -> bool:
    """Tell whether no person wrote it: the coach itself, another app, or Slack."""
    user = text(message, "user")
    return bool(text(message, "bot_id")) or user in ("", us.user, "USLACKBOT")


def _thread(message: Payload) -> str:
    """Return the message that this one stands under; a thread's first message stands under none."""
    thread = text(message, "thread_ts")
    return "" if thread == text(message, "ts") else thread


def _attached(message: Payload, *, private: bool) -> tuple[Attached, ...]:
    """Return files by their names and where they lie; those in private with where their bytes are."""
    files = message.get("files")
    return tuple(
        Attached(
            unescaped(text(file, "title") or text(file, "name")),
            whole(text(file, "permalink")),
            whole(text(file, "url_private_download")) if private else "",
        )
        for file in (files if isinstance(files, list) else ())
        if isinstance(file, Mapping) and text(file, "permalink")
    )


def moment(stamp: str, otherwise: datetime) -> datetime:
    """Return the instant of a Slack time stamp, such as 1712345678.000100."""
    try:
        return datetime.fromtimestamp(float(stamp), UTC)
    except (ValueError, OverflowError, OSError):
        return otherwise


def text(found: Payload, name: str) -> str:
    value = found.get(name)
    return value if isinstance(value, str) else ""


def part(found: Payload, name: str) -> Payload:
    value = found.get(name)
    return value if isinstance(value, Mapping) else {}
