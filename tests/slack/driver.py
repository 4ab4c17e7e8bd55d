"""Plays Slack towards the bot: signed events with retries, presses, forms that are handed in, slash commands."""

import hashlib
import hmac
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from time import monotonic
from typing import Any
from urllib.parse import urlencode

from aiohttp import ClientError, ClientSession, ClientTimeout

from tests.slack import payloads
from tests.slack.adapter import Adapter
from tests.slack.posted import Shown
from tests.slack.workspace import SIGNING_SECRET, Manifest

Json = dict[str, Any]
FORM = "application/x-www-form-urlencoded"
EVENTS, INTERACTIONS, COMMANDS = "/slack/events", "/slack/interactivity", "/slack/commands"


@dataclass(frozen=True)
class Delivery:
    """What the bot answered; `status` is 0 when it didn't."""

    status: int
    body: bytes = b""
    seconds: float = 0.0

    @property
    def acked(self) -> bool:
        return self.status == 200

    @property
    def json(self) -> Json:
        found = json.loads(self.body) if self.body.strip() else {}
        return found if isinstance(found, dict) else {}


@dataclass(frozen=True)
class Talker:
    """Somebody who does something: their id, handle and token."""

    id: str
    handle: str
    token: str

    @property
    def user(self) -> Json:
        return {"id": self.id, "username": self.handle, "name": self.handle, "team_id": payloads.TEAM}


@dataclass
class Driver:
    """`bot` gives the address that the app has told Slack; `now` the instant that it is in Slack."""

    bot: Callable[[], str]
    adapter: Adapter
    now: Callable[[], datetime]
    manifest: Manifest
    kinds: dict[str, str] = field(default_factory=dict)  # channel -> channel, group, im or mpim
    names: dict[str, str] = field(default_factory=dict)  # channel -> its name
    deliveries: list[Delivery] = field(default_factory=list)
    # What is delivered next when nobody answered, or the bot couldn't take it; None when that is nothing.
    unheard: Callable[[Json], Awaitable[Json | None]] | None = None
    more_headers: dict[str, str] = field(default_factory=dict)
    _session: ClientSession | None = None
    _ids: int = 0

    async def start(self) -> None:
        self._session = ClientSession(timeout=ClientTimeout(total=30))

    async def stop(self) -> None:
        if self._session is not None:
            await self._session.close()

    # ------------------------------------------------------------------------------------------ raw

    async def post(self, body: bytes, headers: Mapping[str, str], path: str = EVENTS) -> Delivery:
        """Post these very bytes."""
        assert self._session is not None
        began = monotonic()
        try:
            async with self._session.post(self.bot() + path, data=body, headers=dict(headers)) as answer:
                return Delivery(answer.status, await answer.read(), monotonic() - began)
        except (ClientError, TimeoutError, OSError):
            return Delivery(0, seconds=monotonic() - began)

    def signed(self, body: bytes, kind: str, **more: str) -> dict[str, str]:
        """Return the headers of a request that is Slack's."""
        at = str(int(self.now().timestamp()))
        digest = hmac.new(SIGNING_SECRET.encode(), b":".join((b"v0", at.encode(), body)), hashlib.sha256)
        return {
            "Content-Type": kind,
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "X-Slack-Request-Timestamp": at,
            "X-Slack-Signature": f"v0={digest.hexdigest()}",
            **self.more_headers,
            **more,
        }

    async def send(self, payload: Json, **more: str) -> Delivery:
        """Deliver an event as it is."""

        async def once(payload: Json) -> Delivery:
            body = json.dumps(payload, ensure_ascii=False).encode()
            return await self.post(body, self.signed(body, "application/json", **more))

        return await self._heard(once, payload)

    async def _heard(self, once: Callable[[Json], Awaitable[Delivery]], payload: Json) -> Delivery:
        """Deliver it until it was heard, where somebody says how to go on when it wasn't."""
        got = await once(payload)
        while got.status in (0, 503) and self.unheard is not None:
            again = await self.unheard(payload)
            got = await once(again) if again is not None else Delivery(200)
        self.deliveries.append(got)
        return got

    async def verify_url(self, challenge: str) -> Delivery:
        return await self.send({"token": "XXYYZZ", "challenge": challenge, "type": "url_verification"})

    # ------------------------------------------------------------------------------------------ events

    def event(self, event: Json) -> Json:
        """Return the event in its envelope. Raises ``AssertionError`` when Slack wouldn't tell this app of it."""
        kind = event["type"]
        if kind == "message":
            kind = "message." + {"channel": "channels", "group": "groups"}.get(
                event["channel_type"], event["channel_type"]
            )
        assert kind in self.manifest.events, f"the manifest doesn't ask for {kind}"
        return payloads.envelope(event, self._new("Ev"), self.now().timestamp())

    async def deliver(self, event: Json) -> Delivery:
        return await self.send(self.event(event))

    async def again(self, payload: Json, number: int, reason: str = "http_timeout") -> Delivery:
        """Deliver an event that Slack thinks wasn't heard, with the same event id."""
        more = {"X-Slack-Retry-Num": str(number), "X-Slack-Retry-Reason": reason}
        return await self.send(payload, **more)

    async def write(
        self, who: Talker, channel: str, text: str, *, thread: str = "", told: bool = True, **more: Any
    ) -> Json:
        """Let somebody write in a channel or private chat; return the `message` event.

        The message stands in Slack before the bot hears of it; *told* says whether it is told now. *text* as Slack
        has it: people's words are escaped, mentions are not.
        """
        posted = await self.adapter.ask(
            "chat.postMessage",
            who.token,
            channel=channel,
            text=text or "-",
            **({"thread_ts": thread} if thread else {}),
        )
        assert posted["ok"], posted
        kind = self.kinds[channel]
        said = payloads.message(who.id, channel, posted["ts"], text, kind=kind, thread=thread, **more)
        if told:
            for one in self.heard_of(said):
                await self.deliver(one)
        return said

    def heard_of(self, said: Json) -> Sequence[Json]:
        """Return the events that a message brings: two where the bot is mentioned in a channel."""
        mentioned = payloads.mention(payloads.BOT_USER) in said["text"]
        if mentioned and said["channel_type"] != "im":
            return [said, payloads.app_mention(said)]
        return [said]

    async def edit(self, who: Talker, said: Json, text: str) -> Delivery:
        answer = await self.adapter.ask(
            "chat.update", who.token, channel=said["channel"], ts=said["ts"], text=text
        )
        assert answer["ok"], answer
        return await self.deliver(payloads.changed(said, text, self._ts()))

    async def delete(self, who: Talker, said: Json) -> Delivery:
        answer = await self.adapter.ask("chat.delete", who.token, channel=said["channel"], ts=said["ts"])
        assert answer["ok"], answer
        return await self.deliver(payloads.deleted(said, self._ts()))

    async def opens_home(self, who: Talker, channel: str, tab: str = "home") -> Delivery:
        event = {
            "type": "app_home_opened",
            "user": who.id,
            "channel": channel,
            "tab": tab,
            "event_ts": self._ts(),
        }
        if tab == "home" and (view := self.adapter.views.homes.get(who.id)):
            event["view"] = view
        return await self.deliver(event)

    async def moves(self, kind: str, who: Talker, channel: str) -> Delivery:
        """`member_joined_channel` or `member_left_channel`; *who* may be the bot."""
        return await self.deliver(
            {"type": kind, "user": who.id, "channel": channel, "channel_type": "C", "team": payloads.TEAM,
             "event_ts": self._ts()}
        )  # fmt: skip

    # ------------------------------------------------------------------------------------------ what wants an answer

    async def trigger(self, who: Talker) -> str:
        """Return a new trigger id of somebody's: good for three seconds, and once."""
        given = await self.adapter.ask("views.generateTriggerId", self.adapter.bot_token(), user_id=who.id)
        return str(given["trigger_id"])

    async def press(self, who: Talker, shown: Shown, button: Json, trigger: str = "") -> tuple[Delivery, str]:
        """Press a button of a message as it stands; return the answer and the trigger id."""
        payload = await self.pressed(who, shown, button, trigger)
        got = await self.interact(payload)
        return got, str(payload["trigger_id"])

    async def pressed(self, who: Talker, shown: Shown, button: Json, trigger: str = "") -> Json:
        trigger = trigger or await self.trigger(who)
        container: Json = {
            "type": "message",
            "message_ts": shown.ts,
            "channel_id": shown.channel,
            "is_ephemeral": bool(shown.to),
            **({"thread_ts": shown.thread} if shown.thread else {}),
        }
        more: Json = {
            "state": {"values": {}},
            "response_url": f"{self.adapter.url}/response/{self._new('r')}",
        }
        if not shown.to:  # what only one person sees is not sent along
            more["message"] = {**shown.message, "ts": shown.ts}
        return payloads.block_actions(
            who.user, button, trigger=trigger, ts=self._ts(), container=container, channel=self._channel(shown.channel),
            more=more,
        )  # fmt: skip

    async def press_at_home(self, who: Talker, button: Json) -> tuple[Delivery, str]:
        view = self.adapter.views.homes[who.id]
        trigger = await self.trigger(who)
        payload = payloads.block_actions(
            who.user, button, trigger=trigger, ts=self._ts(), container={"type": "view", "view_id": view["id"]},
            channel=None, more={"view": {**view, "state": {"values": {}}}},
        )  # fmt: skip
        return await self.interact(payload), trigger

    async def submit(self, who: Talker, view: Json, values: Mapping[str, Mapping[str, Json]]) -> Delivery:
        trigger = await self.trigger(who)
        return await self.interact(payloads.view_submission(who.user, view, values, trigger=trigger))

    async def interact(self, payload: Json) -> Delivery:
        async def once(payload: Json) -> Delivery:
            body = urlencode({"payload": json.dumps(payload, ensure_ascii=False)}).encode()
            return await self.post(body, self.signed(body, FORM), INTERACTIONS)

        return await self._heard(once, payload)

    async def command(
        self, who: Talker, text: str, channel: str, command: str = "/metodcoach", trigger: str = ""
    ) -> tuple[Delivery, str]:
        assert command in self.manifest.commands
        trigger = trigger or await self.trigger(who)
        answer_at = f"{self.adapter.url}/response/{self._new('r')}"
        fields = payloads.slash_command(
            who.user,
            command,
            payloads.escaped(text),
            self._channel(channel),
            trigger=trigger,
            answer_at=answer_at,
        )
        body = urlencode(fields).encode()
        got = await self.post(body, self.signed(body, FORM), COMMANDS)
        self.deliveries.append(got)
        if got.acked and got.json:
            self.adapter.posted.tell_aside(got.json)
        return got, trigger

    # ------------------------------------------------------------------------------------------ odds and ends

    def _channel(self, channel: str) -> Json:
        private = self.kinds.get(channel) == "im"
        return {"id": channel, "name": "directmessage" if private else self.names.get(channel, channel)}

    def _new(self, prefix: str) -> str:
        self._ids += 1
        return f"{prefix}{self._ids:09}"

    def _ts(self) -> str:
        """Return the id of an instant; those of messages are the emulator's, and lower than these."""
        self._ids += 1
        return f"{int(self.now().timestamp())}.{900_000 + self._ids % 100_000:06}"
