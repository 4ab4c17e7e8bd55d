"""Plays people in Teams towards the bot: signed activities, with whatever Teams puts into them."""

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from time import monotonic
from typing import Any, Literal

from aiohttp import ClientError, ClientSession

from tests.teams.connector import THREAD
from tests.teams.identity import APP, TENANT, Identity

Json = dict[str, Any]
PATH = "/teams/messages"
BOT = {"id": f"28:{APP}", "name": "Metodcoach"}
MENTION = "<at>Metodcoach</at>"
TEAM = "19:team@thread.tacv2"
Scope = Literal["personal", "groupChat", "channel"]


@dataclass(frozen=True)
class Talker:
    """Somebody in Teams. `user` is what conversations know them by, `private` their chat with the bot."""

    name: str
    account: str
    locale: str = "sv-SE"
    zone: str = "Europe/Stockholm"

    @property
    def user(self) -> str:
        return f"29:{self.account}"

    @property
    def private(self) -> str:
        return f"a:{self.account}"


@dataclass(frozen=True)
class Place:
    """Where something is done: a conversation, and in a channel the message that it stands under."""

    room: str
    scope: Scope
    thread: str = ""


@dataclass(frozen=True)
class Delivery:
    """What the bot answered; `status` is 0 when it didn't."""

    status: int
    body: bytes = b""
    seconds: float = 0.0

    @property
    def json(self) -> Json:
        found = json.loads(self.body) if self.body.strip() else {}
        return found if isinstance(found, dict) else {}


@dataclass
class Driver:
    """`bot` is where the bot listens, `service` the address that activities name, `key` what they are signed with."""

    bot: Callable[[], str]
    service: str
    identity: Identity
    now: Callable[[], datetime]
    session: ClientSession
    tenant: str = TENANT
    key: str = "first"
    sent: list[Json] = field(default_factory=list)
    deliveries: list[Delivery] = field(default_factory=list)
    # What is delivered next when nobody answered, or the bot couldn't take it; None when that is nothing.
    unheard: Callable[[Json], Awaitable[Json | None]] | None = None
    more_headers: dict[str, str] = field(default_factory=dict)
    _number: int = 1_700_000_000_000

    # ------------------------------------------------------------------------------------------ what people write

    async def write(
        self, who: Talker, at: Place, text: str, *, mention: bool = False, quotes: str = "",
        attachments: Sequence[Json] = (),
    ) -> str:  # fmt: skip
        """Write a message; return its id. In a chat without threads, it may quote the message that it answers."""
        said = self.said(who, at, text, mention=mention, quotes=quotes, attachments=attachments)
        await self.deliver(said)
        return str(said["id"])

    def said(
        self, who: Talker, at: Place, text: str, *, mention: bool = False, quotes: str = "",
        attachments: Sequence[Json] = (),
    ) -> Json:  # fmt: skip
        """Return the activity of a new message."""
        id = self.new_id()
        quoted = f'<blockquote itemscope="" itemtype="http://schema.skype.com/Reply" itemid="{quotes}"></blockquote>'
        html = {"contentType": "text/html", "content": f"{quoted if quotes else ''}<p>{_escaped(text)}</p>"}
        marks = [{"type": "mention", "mentioned": BOT, "text": MENTION}] if mention else []
        return self.activity(who, Place(at.room, at.scope, at.thread or id)) | {
            "type": "message", "id": id, "textFormat": "plain", "attachments": [html, *attachments],
            "text": f"{MENTION} {_escaped(text)}" if mention else _escaped(text),
            "entities": [*marks, {"type": "clientInfo", "locale": who.locale, "timezone": who.zone, "platform": "Web"}],
        }  # fmt: skip

    async def edit(self, who: Talker, at: Place, message: str, text: str) -> Delivery:
        edited = self.activity(who, Place(at.room, at.scope, at.thread or message))
        edited |= {"type": "messageUpdate", "id": message, "text": _escaped(text)}
        edited["channelData"] |= {"eventType": "editMessage"}
        return await self.deliver(edited)

    async def delete(self, who: Talker, at: Place, message: str) -> Delivery:
        deleted = self.activity(who, Place(at.room, at.scope, at.thread or message))
        deleted |= {"type": "messageDelete", "id": message}
        deleted["channelData"] |= {"eventType": "softDeleteMessage"}
        return await self.deliver(deleted)

    # ------------------------------------------------------------------------------------------ what people press

    async def execute(
        self, who: Talker, at: Place, card: str, action: Mapping[str, Any], typed: Mapping[str, str] = {}
    ) -> Delivery:
        """Press a button of the kind Action.Execute, with what was typed in the card."""
        return await self.deliver(self.executed(who, at, card, action, typed))

    def executed(
        self, who: Talker, at: Place, card: str, action: Mapping[str, Any], typed: Mapping[str, str] = {}
    ) -> Json:
        data = {**action.get("data", {}), **typed}
        done = {"type": "Action.Execute", "verb": action.get("verb", ""), "data": data}
        return self.invoke(who, at, "adaptiveCard/action", {"action": done, "trigger": "manual"}, card=card)

    async def fetch(self, who: Talker, at: Place, card: str, action: Mapping[str, Any]) -> Delivery:
        """Press a button that opens a dialog."""
        asked = {"data": dict(action["data"]), "context": {"theme": "default"}}
        return await self.deliver(self.invoke(who, at, "task/fetch", asked, card=card))

    async def submit(
        self, who: Talker, at: Place, dialog: Mapping[str, Any], typed: Mapping[str, str]
    ) -> Delivery:
        """Hand a dialog in; inputs that aren't typed into keep what they held."""
        [send] = [one for one in dialog["actions"] if one["type"] == "Action.Submit"]
        held = {one["id"]: one.get("value", "") for one in inputs_of(dialog)}
        filled = {"data": {**held, **typed, **send["data"]}, "context": {"theme": "default"}}
        return await self.deliver(self.invoke(who, at, "task/submit", filled))

    def file_answered(
        self, who: Talker, at: Place, card: str, offered: Mapping[str, Any], where: Json
    ) -> Json:
        """Answer a card that offers a file: yes, where its bytes are to be put is told; no, where *where* is empty."""
        content, said = offered["content"], "accept" if where else "decline"
        value = {"type": "fileUpload", "action": said, "context": content[f"{said}Context"]}
        return self.invoke(
            who, at, "fileConsent/invoke", value | ({"uploadInfo": where} if where else {}), card=card
        )

    def invoke(self, who: Talker, at: Place, name: str, value: Json, *, card: str = "") -> Json:
        invoked = self.activity(who, at) | {
            "type": "invoke", "id": f"f:{self.new_id()}", "name": name, "value": value,
        }  # fmt: skip
        return invoked | ({"replyToId": card} if card else {})

    # ------------------------------------------------------------------------------------------ who comes and goes

    async def install(self, who: Talker, at: Place, *, away: bool = False) -> Delivery:
        """Let the app in, or take it away, as both kinds of activity tell it."""
        kind, action = ("membersRemoved", "remove") if away else ("membersAdded", "add")
        await self.members(who, at, kind, BOT)
        return await self.deliver(
            self.activity(who, at) | {"type": "installationUpdate", "action": action, "id": self._event()}
        )

    async def members(self, who: Talker, at: Place, kind: str, *several: Mapping[str, str]) -> Delivery:
        """Let members be added or removed, as *kind* says."""
        moved = self.activity(who, at) | {"type": "conversationUpdate", "id": self._event()}
        return await self.deliver(moved | {kind: [dict(one) for one in several]})

    async def happens(self, who: Talker, at: Place, event: str) -> Delivery:
        """Let something become of the channel or the team, such as teamArchived."""
        became = self.activity(who, at) | {"type": "conversationUpdate", "id": self._event()}
        became["channelData"] |= {"eventType": event}
        return await self.deliver(became)

    # ------------------------------------------------------------------------------------------ raw

    def activity(self, who: Talker, at: Place) -> Json:
        conversation: Json = {"id": at.room, "conversationType": at.scope, "tenantId": self.tenant}
        data: Json = {"tenant": {"id": self.tenant}}
        if at.scope != "personal":
            conversation["isGroup"] = True
        if at.scope == "channel":
            conversation["id"] = f"{at.room}{THREAD}{at.thread}" if at.thread else at.room
            data |= {
                "channel": {"id": at.room},
                "team": {"id": TEAM},
                "teamsChannelId": at.room,
                "teamsTeamId": TEAM,
            }
        return {
            "timestamp": self.now().isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "channelId": "msteams", "serviceUrl": self.service, "conversation": conversation, "recipient": BOT,
            "from": {"id": who.user, "name": who.name, "aadObjectId": who.account}, "channelData": data,
            "locale": who.locale,
        }  # fmt: skip

    async def deliver(self, activity: Json) -> Delivery:
        """Deliver it until it was heard, where somebody says how to go on when it wasn't."""
        self.sent.append(activity)
        got = await self.once(activity)
        while got.status in (0, 503) and self.unheard is not None:
            again = await self.unheard(activity)
            got = await self.once(again) if again is not None else Delivery(200)
        self.deliveries.append(got)
        return got

    async def once(self, activity: Json) -> Delivery:
        token = self.identity.token(activity["serviceUrl"], self.now(), key=self.key)
        headers = {
            "Authorization": f"Bearer {token}",
            "Content-Type": "application/json; charset=utf-8",
            **self.more_headers,
        }
        began = monotonic()
        try:
            async with self.session.post(
                self.bot() + PATH, data=json.dumps(activity).encode(), headers=headers
            ) as answer:
                return Delivery(answer.status, await answer.read(), monotonic() - began)
        except (ClientError, TimeoutError, OSError):
            return Delivery(0, seconds=monotonic() - began)

    def new_id(self) -> str:
        self._number += 1
        return str(self._number)

    def _event(self) -> str:
        return f"f:{self.new_id()}"


def inputs_of(card: Mapping[str, Any]) -> Sequence[Json]:
    """Return the card's inputs, wherever they stand."""
    found: list[Json] = []

    def look(part: Any) -> None:
        if isinstance(part, list):
            for one in part:
                look(one)
        elif isinstance(part, Mapping):
            if str(part.get("type", "")).startswith("Input."):
                found.append(dict(part))
            for one in part.values():
                look(one)

    look(card.get("body", []))
    return found


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
