"""A whole Slack for a test: the emulator, the adapter before it, the driver, and people in a channel."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tests.doors.loop import Loop
from tests.slack.adapter import Adapter
from tests.slack.driver import Driver, Talker
from tests.slack.emulate import Emulate
from tests.slack.workspace import BOT_TOKEN, BOT_USER, CHANNEL, SIGNING_SECRET, Manifest, Member, seed

Json = dict[str, Any]
PATIENCE = 30.0
COACH = Talker(BOT_USER, "metodcoach", "")


@dataclass(eq=False)
class Town:
    """Begun with its people; `channel` is where the group talks, with the bot in it."""

    emulate: Emulate
    loop: Loop
    members: Sequence[Member]
    now: Callable[[], datetime]
    manifest: Manifest = field(default_factory=Manifest.read)
    channels: Sequence[str] = (CHANNEL,)
    bot: str = ""  # where it listens
    talkers: dict[str, Talker] = field(default_factory=dict)  # by name
    ids: dict[str, str] = field(default_factory=dict)  # channel name -> id
    adapter: Adapter = field(init=False)
    driver: Driver = field(init=False)
    _private: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.adapter = Adapter(self.emulate)
        self.driver = Driver(lambda: self.bot, self.adapter, self.now, self.manifest)

    @property
    def channel(self) -> str:
        return self.ids[self.channels[0]]

    @property
    def room(self) -> str:
        return self.channel

    def locale(self, who: str) -> str:
        return self.member(who).locale

    def clocks(self) -> Sequence[Emulate]:
        return (self.emulate,)

    def told(self) -> Mapping[str, Any]:
        """Return the settings that lead the program here."""
        return {
            "slack_api_url": f"{self.adapter.url}/api/",
            "slack_bot_token": BOT_TOKEN,
            "slack_signing_secret": SIGNING_SECRET,
        }

    def member(self, name: str) -> Member:
        return next(one for one in self.members if one.name == name)

    def open(self) -> None:
        self.emulate.stop_clock(self.now())
        self.emulate.begin(seed(self.members, self.manifest, self.channels))
        self.loop.do(self._open())

    def close(self) -> None:
        self.loop.do(self._close())

    def private(self, who: Talker) -> str:
        """Return the chat between somebody and the bot."""
        return self.loop.do(self.private_of(who))

    async def private_of(self, who: Talker) -> str:
        if who.id not in self._private:
            opened = await self.adapter.ask("conversations.open", who.token, users=BOT_USER)
            self._private[who.id] = opened["channel"]["id"]
            self.driver.kinds[opened["channel"]["id"]] = "im"
        return self._private[who.id]

    def conversations(self) -> Sequence[str]:
        """Return the channels, and everybody's chat with the bot."""
        return [*(self.ids[name] for name in self.channels), *map(self.private, self.talkers.values())]

    async def home(self, who: Talker, *, unlike: Json | None = None) -> Json:
        """Return what somebody's home shows, once it shows anything, or something else than it did."""
        async with asyncio.timeout(PATIENCE):
            while True:
                view = self.adapter.views.homes.get(who.id)
                if view is not None and (unlike is None or view["blocks"] != unlike["blocks"]):
                    return view
                await asyncio.sleep(0.005)

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait until it holds; what makes it hold happens on the event loop."""

        async def wait() -> None:
            async with asyncio.timeout(PATIENCE):
                while not holds():
                    await asyncio.sleep(0.002)

        self.loop.do(wait())

    def history(self, channel: str) -> list[Json]:
        """Return every message of the channel and of its threads, as Slack has it, oldest first."""
        return self.loop.do(self._history(channel))

    async def _history(self, channel: str) -> list[Json]:
        reader = next(iter(self.talkers.values())).token
        if self.driver.kinds.get(channel) == "im":
            [reader] = [one.token for one in self.talkers.values() if self._private.get(one.id) == channel]
        roots, cursor = [], ""
        while True:
            page = await self.adapter.ask(
                "conversations.history", reader, channel=channel, limit=1000, cursor=cursor
            )
            assert page["ok"], page
            roots += page["messages"]
            if not page["has_more"]:
                break
            cursor = page["response_metadata"]["next_cursor"]
        found: dict[str, Json] = {}
        for root in roots:
            whole = [root]
            if root.get("reply_count"):
                thread = await self.adapter.ask(
                    "conversations.replies", reader, channel=channel, ts=root["ts"]
                )
                whole = thread["messages"]
            found |= {one["ts"]: one for one in whole}
        return [found[ts] for ts in sorted(found)]

    async def _open(self) -> None:
        await self.adapter.start()
        await self.driver.start()
        first = self.members[0].token
        listed = await self.adapter.ask("users.list", first, limit=1000)
        by_handle = {one["name"]: one["id"] for one in listed["members"]}
        for member in self.members:
            talker = Talker(by_handle[member.handle], member.handle, member.token)
            self.talkers[member.name] = talker
            self.adapter.members = {**self.adapter.members, talker.id: member}
        found = await self.adapter.ask("conversations.list", first, limit=1000)
        self.ids = {one["name"]: one["id"] for one in found["channels"]}
        for name in self.channels:
            channel = self.ids[name]
            self.driver.kinds[channel], self.driver.names[channel] = "channel", name
            asked = await self.adapter.ask("conversations.invite", first, channel=channel, users=BOT_USER)
            assert asked["ok"], asked

    async def _close(self) -> None:
        await self.driver.stop()
        await self.adapter.stop()
