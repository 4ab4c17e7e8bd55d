"""Translates what Teams sends into what somebody did; what is none of the coach's business becomes None.

Pure: no network, no clock of its own. The activity has passed the gate, but any part of it that isn't looked at there
may be missing or of an unexpected kind: it is then left alone, never an exception.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.teams.plain import plain, quoted, whole
from bot.teams.shape import Payload
from dialogs.incoming import (
    Attached,
    Client,
    Deleted,
    Edited,
    Gone,
    Incoming,
    Joined,
    Left,
    Reopened,
    Said,
    What,
)
from dialogs.ports import ConversationRef

DOOR = "teams"
FILE = "application/vnd.microsoft.teams.file.download.info"
THREAD = ";messageid="

Scope = Literal["personal", "groupChat", "channel"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where an activity happened. `thread` is the channel message that it stands under, the first one too."""

    room: str
    scope: Scope
    thread: str = ""

    @property
    def private(self) -> bool:
        return self.scope == "personal"


def place_of(activity: Payload) -> Place | None:
    """Return the place; None for one of a kind that nobody knows."""
    conversation = part(activity, "conversation")
    room, _, thread = text(conversation, "id").partition(THREAD)
    scope = text(conversation, "conversationType") or ("" if conversation.get("isGroup") else "personal")
    if not room or scope not in ("personal", "groupChat", "channel"):
        return None
    return Place(room, scope, thread if scope == "channel" else "")  # type: ignore[arg-type]


def heard(activity: Payload, tenant: str, now: datetime) -> Incoming | None:
    """Return what the activity means, or None when it is to be left alone. Invokes are in `interactions`."""
    translate = KINDS.get(text(activity, "type"))
    place = place_of(activity)
    if translate is None or place is None:
        return None
    return translate(Heard(activity, tenant, place, moment(text(activity, "timestamp"), now)))


@dataclass(frozen=True, slots=True)
class Heard:
    """One activity on its way to becoming what somebody did."""

    activity: Payload
    tenant: str
    place: Place
    at: datetime

    def incoming(self, what: What, key: str, *, nobody: bool = False) -> Incoming:
        account, name = ("", "") if nobody else account_of(self.activity)
        return Incoming(
            DOOR, self.tenant, key, account, name, self.place.room, self.place.private, self.at, what,
            client=None if nobody else client_of(self.activity),
        )  # fmt: skip

    def event(self, kind: str) -> str:
        """Return what an event is known by that Teams may bring twice under one id, or under none."""
        said = text(self.activity, "id") or text(self.activity, "timestamp") or self.at.isoformat()
        return f"{kind}:{self.place.room}:{said}"


def account_of(activity: Payload) -> tuple[str, str]:
    """Return the id that stays the same in every conversation, and the name."""
    party = part(activity, "from")
    return (text(party, "aadObjectId").lower() or text(party, "id")), whole(text(party, "name"))


def _message(sent: Heard) -> Incoming | None:
    """Return the words; a press of a button comes as a message without any."""
    activity = sent.activity
    id, thread = text(activity, "id"), _thread(sent)
    if not id or not _is_somebody(activity):
        return None
    own = mentions_of(activity)
    addressed = sent.place.private or bool(own)
    if not addressed and not thread:
        return None  # ordinary talk
    said = Said(plain(text(activity, "text"), own), id, thread, addressed, _attached(activity))
    if not said.text and not said.attached and not own:
        return None
    return sent.incoming(said, f"said:{sent.place.room}:{id}")


def _edited(sent: Heard) -> Incoming | None:
    activity = sent.activity
    edited = text(part(activity, "channelData"), "eventType")
    id = text(activity, "id")
    if edited not in ("editMessage", "undeleteMessage") or not id or not _is_somebody(activity):
        return None
    words = plain(text(activity, "text"), mentions_of(activity))
    attached = tuple(replace(one, fetch="") for one in _attached(activity))
    return sent.incoming(Edited(id, words, attached), f"edit:{sent.place.room}:{id}:{_print(words, sent.at)}")


def _deleted(sent: Heard) -> Incoming | None:
    id = text(sent.activity, "id")
    if not id or not _is_somebody(sent.activity):
        return None
    return sent.incoming(Deleted(id), f"delete:{sent.place.room}:{id}:{_print('', sent.at)}")


def _conversation(sent: Heard) -> Incoming | None:
    """Return what became of the place, and who left it. Who comes is no business of the coach's, until they speak."""
    match text(part(sent.activity, "channelData"), "eventType"):
        case "channelDeleted" | "teamDeleted" | "teamHardDeleted":
            return sent.incoming(Left("deleted"), sent.event("gone"), nobody=True)
        case "teamArchived":
            return sent.incoming(Left("archived"), sent.event("archived"), nobody=True)
        case "teamUnarchived" | "channelRestored" | "teamRestored":
            return sent.incoming(Reopened(), sent.event("back"), nobody=True)
        case _:
            pass
    if _us_among(sent.activity, "membersAdded"):
        return sent.incoming(Joined(), sent.event("joined"))
    if _us_among(sent.activity, "membersRemoved"):
        return sent.incoming(Left("removed"), sent.event("left"), nobody=True)
    gone = _accounts(sent.activity.get("membersRemoved"))
    if gone and not sent.place.private:
        return sent.incoming(Gone(gone), sent.event("gone-people"), nobody=True)
    return None


def _accounts(several: Any) -> tuple[str, ...]:
    parties = [one for one in several if isinstance(one, dict)] if isinstance(several, list) else []
    return tuple(filter(None, (text(one, "aadObjectId").lower() or text(one, "id") for one in parties)))


def _installation(sent: Heard) -> Incoming | None:
    """Return that somebody took the app away from their private chat. Of rooms with others, `_conversation` hears."""
    if sent.place.private and text(sent.activity, "action").startswith("remove"):
        return sent.incoming(Left("removed"), sent.event("left"), nobody=True)
    return None


def turned_away(place: ConversationRef, why: Literal["removed", "deleted"], at: datetime) -> Incoming:
    """Return what Teams would have told of a room that turned out to be closed: we found it out by ourselves."""
    event = f"found-closed:{place.room}:{at.isoformat()}"
    return Incoming(DOOR, place.tenant, event, "", "", place.room, place.kind == "personal", at, Left(why))


KINDS: Mapping[str, Callable[[Heard], Incoming | None]] = {
    "message": _message,
    "messageUpdate": _edited,
    "messageDelete": _deleted,
    "conversationUpdate": _conversation,
    "installationUpdate": _installation,
}


def mentions_of(activity: Payload) -> tuple[str, ...]:
    """Return every mention of the coach, as it stands in the text."""
    us = text(part(activity, "recipient"), "id")
    entities = activity.get("entities")
    found = [
        text(one, "text")
        for one in (entities if isinstance(entities, list) else ())
        if isinstance(one, dict) and one.get("type") == "mention" and text(part(one, "mentioned"), "id") == us
    ]
    return tuple(dict.fromkeys(one for one in found if one))


def client_of(activity: Payload) -> Client:
    """Return what it tells of whoever sent it."""
    entities = activity.get("entities")
    client: Payload = next(
        (
            one
            for one in (entities if isinstance(entities, list) else ())
            if isinstance(one, dict) and one.get("type") == "clientInfo"
        ),
        {},
    )
    spoken = (text(client, "locale") or text(activity, "locale")).partition("-")[0].lower()
    zone = text(client, "timezone") or text(activity, "localTimezone")
    return Client(text(part(activity, "from"), "id"), spoken if spoken in ("sv", "en") else "", _zone(zone))


def _zone(name: str) -> str:
    try:
        return ZoneInfo(name).key if name else ""
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ""


def _thread(sent: Heard) -> str:
    """Return the message that this one answers; a thread's first message answers none."""
    if sent.place.scope == "channel":
        return "" if sent.place.thread == text(sent.activity, "id") else sent.place.thread
    attachments = sent.activity.get("attachments")
    return quoted(attachments) if isinstance(attachments, list) else ""


def _attached(activity: Payload) -> tuple[Attached, ...]:
    """Return files by their names and where they lie. Pictures pasted into the text lie nowhere but in Teams."""
    found = []
    several = activity.get("attachments")
    for one in several if isinstance(several, list) else ():
        url, name = text(one, "contentUrl"), whole(text(one, "name"))
        if text(one, "contentType") == FILE and url.startswith("https://"):
            found.append(Attached(name or url, url, text(part(one, "content"), "downloadUrl")))
    return tuple(found)


def _is_somebody(activity: Payload) -> bool:
    """Tell whether a person did it: bots are called 28:…, and the coach hears itself in some places."""
    return not text(part(activity, "from"), "id").startswith("28:")


def _us_among(activity: Payload, name: str) -> bool:
    us = text(part(activity, "recipient"), "id")
    several = activity.get(name)
    return any(text(one, "id") == us for one in (several if isinstance(several, list) else ()))


def _print(words: str, at: datetime) -> str:
    return sha256(f"{at.isoformat()} {words}".encode()).hexdigest()[:16]


def moment(said: str, now: datetime) -> datetime:
    """Return the instant that Teams names, in UTC; *now* where it names none, or one to come."""
    try:
        found = datetime.fromisoformat(said)
    except ValueError:
        return now
    if found.tzinfo is None:
        return now
    return min(found.astimezone(UTC), now)


def part(found: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = found.get(name)
    return value if isinstance(value, dict) else {}


def text(found: Mapping[str, Any], name: str) -> str:
    value = found.get(name)
    return value if isinstance(value, str) else ""
