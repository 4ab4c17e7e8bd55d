"""A stage for walkthroughs at the Slack door: scenes become messages, presses and forms of people in a workspace."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from bot.usecases.walk import NothingToPress
from content.schema.files import Walkthrough
from tests.doors.stage import DoorStage, locale_of, people_of
from tests.slack.driver import Delivery, Talker
from tests.slack.fields import state_of
from tests.slack.payloads import escaped, mention
from tests.slack.posted import Shown
from tests.slack.town import Town
from tests.slack.workspace import BOT_USER, Member

Json = dict[str, Any]


@dataclass
class Modal:
    """A form in front of somebody, and what is wrong with it."""

    view: Json
    wrong: dict[str, str] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)

    def fields(self) -> Sequence[str]:
        return [block["block_id"] for block in self.view["blocks"] if block["type"] == "input"]


@dataclass
class SlackStage(DoorStage[Town, Modal]):
    def write(self, who: str, text: str, thread: str, *, to_us: bool) -> None:
        written = escaped(text)
        self._write(who, self.town.channel, f"{mention(BOT_USER)} {written}" if to_us else written, thread)

    def write_privately(self, who: str, text: str) -> None:
        self._write(who, self.town.private(self._talker(who)), escaped(text), "")

    def press(self, who: str, action: str, on: str = "") -> Delivery:
        self.introduce(who)
        shown, button = self.button(who, action, on)
        self.tick()
        self.forms.pop(who, None)
        got, trigger = self.town.loop.do(self.town.driver.press(self._talker(who), shown, button))
        self._acknowledged(got)
        self.kept.wait()
        view = self.town.adapter.views.opened.get(trigger)
        if view is not None:
            self.forms[who] = Modal(view)
            self._heard += list(_texts(view))
        return got

    def hand_in(self, who: str, fields: Mapping[str, str]) -> None:
        modal = self.forms[who]
        modal.typed |= fields
        values = state_of(modal.view, modal.typed, self._account)
        self.tick()
        got = self.town.loop.do(self.town.driver.submit(self._talker(who), modal.view, values))
        self._acknowledged(got)
        self.kept.wait()
        modal.wrong = dict(got.json.get("errors") or {})
        self._heard += modal.wrong.values()
        if not modal.wrong:
            del self.forms[who]

    def listen(self) -> Sequence[str]:
        return [
            unescape(text)
            for shown in self.town.adapter.posted.news()
            for text in (shown.text, *(one["text"]["text"] for one in shown.buttons))
        ]

    def button(self, who: str, action: str, on: str) -> tuple[Shown, Json]:
        """Return the newest button that *who* sees with this action (and argument, after a colon), and its message."""
        me = self._talker(who)
        own = self.town.private(me)
        for shown in self.town.adapter.posted.newest():
            if self.town.driver.kinds.get(shown.channel, "im") == "im" and shown.channel != own:
                continue
            if shown.to not in ("", me.id):
                continue
            for button in reversed(shown.buttons):
                if self.means(button["action_id"].partition(":")[2], action, on):
                    return shown, button
        raise NothingToPress(f"no button {action!r} on {on or 'any message'}")

    def _write(self, who: str, channel: str, text: str, thread: str) -> None:
        self.tick()
        self.town.loop.do(self.town.driver.write(self._talker(who), channel, text, thread=thread))
        for got in self.town.driver.deliveries[-2:]:
            self._acknowledged(got)
        self.kept.wait()

    @staticmethod
    def _acknowledged(got: Delivery) -> None:
        assert got.acked, got
        assert got.seconds < 3, f"Slack waits for three seconds; it took {got.seconds:.1f}"

    def _talker(self, who: str) -> Talker:
        return self.town.talkers[who]

    def _account(self, name: str) -> str:
        return self.town.talkers[name].id


def everybody(walkthrough: Walkthrough) -> Sequence[Member]:
    """Return the people of a walkthrough as members of the workspace, with the language that they speak."""
    return [Member(name, locale=locale_of(walkthrough)) for name in people_of(walkthrough)]


def _texts(view: Json) -> Iterator[str]:
    """Yield everything that can be read in a view."""
    for name, value in view.items():
        if name == "text" and isinstance(value, str):
            yield unescape(value)
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict):
                yield from _texts(one)
