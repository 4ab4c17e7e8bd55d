"""A stage for walkthroughs at the Slack door: scenes become messages, presses and forms of people in a workspace."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from html import unescape
from typing import Any, Protocol

from bot.usecases.walk import NothingToPress
from content.pack import Pack
from content.schema.files import Walkthrough
from dialogs.flows.position import number_of
from dialogs.hearing.hear import Commanded, hear
from dialogs.model.answers import Address
from dialogs.model.journey import Journey
from tests.slack.clocks import RunningClock, StageClock
from tests.slack.driver import Delivery, Talker
from tests.slack.fields import state_of
from tests.slack.kept import Kept
from tests.slack.payloads import escaped, mention
from tests.slack.posted import Shown
from tests.slack.town import Town
from tests.slack.workspace import BOT_USER, Member

Json = dict[str, Any]


class Server(Protocol):
    """The program, serving: in this process or in one of its own."""

    def start(self, now: datetime) -> str:
        """Serve; return the address that Slack is told. It is *now*, and goes on from there by itself or as it is set."""

    def set_clock(self, now: datetime) -> None: ...
    def stop(self) -> None: ...
    def kill(self) -> None: ...


@dataclass
class Modal:
    """A form in front of somebody, and what is wrong with it."""

    view: Json
    wrong: dict[str, str] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)


@dataclass
class SlackStage:
    """Plays over a town, against a server; looks at what is kept in the database alone."""

    town: Town
    server: Server
    kept: Kept
    clock: StageClock | RunningClock
    running: bool = False
    introduced: set[str] = field(default_factory=set)
    _modals: dict[str, Modal] = field(default_factory=dict)  # by who has it open
    _heard: list[str] = field(default_factory=list)

    # ------------------------------------------------------------------------------------------ what is played

    @property
    def today(self) -> date:
        return self.clock.today_is

    def day(self, day: date) -> None:
        self.clock.begin(day)
        self._tick()
        if not self.running:
            self._start()
        else:
            self.server.stop()
            self._start()

    def restart(self) -> None:
        self.server.kill()
        self._start()

    def says(self, who: str, text: str, *, to: str = "") -> None:
        self._introduce(who)
        if self._goes_on_filling(who, text):
            return
        questions = self.kept.questions(self.town.channel)
        thread = questions.get(to, "") if to else next(reversed(questions.values()), "")
        written = escaped(text)
        if not thread or not text:
            written = f"{mention(BOT_USER)} {written}"
        self._write(who, self.town.channel, written, thread)

    def privately(self, who: str, text: str) -> None:
        self._introduce(who)
        if self._goes_on_filling(who, text):
            return
        self._write(who, self.town.private(self._talker(who)), escaped(text), "")

    def presses(self, who: str, action: str, on: str) -> None:
        self.press(who, action, on)

    def fills(self, who: str, action: str, on: str, fields: dict[str, str]) -> None:
        self.press(who, action or "record", on)
        assert who in self._modals, f"no form opened for {action!r} on {on!r}"
        self._hand_in(who, fields)

    def heard(self) -> Sequence[str]:
        self._listen()
        told, self._heard = self._heard, []
        return told

    def journey(self) -> tuple[Pack, Journey] | None:
        return self.kept.journey()

    def shown(self, address: Address) -> str:
        return self.kept.shown(address, self.today)

    def close(self) -> None:
        if self.running:
            self.server.stop()
            self.running = False

    # ------------------------------------------------------------------------------------------ one thing

    def press(self, who: str, action: str, on: str = "") -> Delivery:
        """Press the newest button with the action that *who* can see; a form that opens is in front of them."""
        self._introduce(who)
        shown, button = self.button(who, action, on)
        self._tick()
        self._modals.pop(who, None)
        got, trigger = self.town.loop.do(self.town.driver.press(self._talker(who), shown, button))
        self._acknowledged(got)
        self.kept.wait()
        view = self.town.adapter.views.opened.get(trigger)
        if view is not None:
            self._modals[who] = Modal(view)
            self._heard += list(_texts(view))
        return got

    def _hand_in(self, who: str, fields: dict[str, str]) -> None:
        """Hand the form in; what is wrong with it stands beside its fields, and it stays open."""
        modal = self._modals[who]
        modal.typed |= fields
        values = state_of(modal.view, modal.typed, self._account)
        self._tick()
        got = self.town.loop.do(self.town.driver.submit(self._talker(who), modal.view, values))
        self._acknowledged(got)
        self.kept.wait()
        modal.wrong = dict(got.json.get("errors") or {})
        self._heard += modal.wrong.values()
        if not modal.wrong:
            del self._modals[who]

    def _goes_on_filling(self, who: str, text: str) -> bool:
        """Take words as the next field of the form in front of somebody: the one that is wrong, else the first empty."""
        modal = self._modals.get(who)
        if modal is None or isinstance(hear(text), Commanded):
            self._modals.pop(who, None)
            return False
        inputs = [block["block_id"] for block in modal.view["blocks"] if block["type"] == "input"]
        left = [block for block in inputs if block in modal.wrong] or [
            block for block in inputs if block not in modal.typed
        ]
        self._hand_in(who, {left[0]: text})
        return True

    def _introduce(self, who: str) -> None:
        """Let somebody who hasn't spoken yet say hello; whoever leads says that it is the person they have entered."""
        if who in self.introduced:
            return
        self.introduced.add(who)
        if len(self.introduced) == 1:
            return  # who begins was entered by nobody
        hello = {"en-GB": "help"}.get(self.town.member(who).locale, "hjälp")
        self._write(who, self.town.private(self._talker(who)), hello, "")
        for leader in self.introduced - {who}:
            with suppress(
                NothingToPress
            ):  # others aren't asked, nor anybody when nobody of that name was entered
                self.press(leader, "same-person")

    def _write(self, who: str, channel: str, text: str, thread: str) -> None:
        self._tick()
        self.town.loop.do(self.town.driver.write(self._talker(who), channel, text, thread=thread))
        for got in self.town.driver.deliveries[-2:]:
            self._acknowledged(got)
        self.kept.wait()

    def _start(self) -> None:
        self.town.bot = self.server.start(self.clock.now())
        self.running = True
        self.kept.wait()

    def _tick(self) -> None:
        """Let time go on, for the server and for Slack."""
        self.clock.tick(self.town.emulate)
        if self.running:
            self.server.set_clock(self.clock.now())

    def later(self, seconds: int) -> None:
        """Let time go on by itself."""
        assert isinstance(self.clock, StageClock)
        self.clock.acts += seconds // 5
        self._tick()

    @staticmethod
    def _acknowledged(got: Delivery) -> None:
        assert got.acked, got
        assert got.seconds < 3, f"Slack waits for three seconds; it took {got.seconds:.1f}"

    # ------------------------------------------------------------------------------------------ who and what

    def _talker(self, who: str) -> Talker:
        return self.town.talkers[who]

    def _account(self, name: str) -> str:
        return self.town.talkers[name].id

    def button(self, who: str, action: str, on: str) -> tuple[Shown, Json]:
        """Return the newest button that *who* sees with this action (and argument, after a colon), and its message."""
        name, _, argument = action.partition(":")
        kept, me = self.kept.journey(), self._talker(who)
        own = self.town.private(me)
        for shown in self.town.adapter.posted.newest():
            if self.town.driver.kinds.get(shown.channel, "im") == "im" and shown.channel != own:
                continue
            if shown.to not in ("", me.id):
                continue
            for button in reversed(shown.buttons):
                press = self.kept.press(button["action_id"].partition(":")[2])
                if press is None or press.action != name or (argument and press.argument != argument):
                    continue
                if not on:
                    return shown, button
                if kept is not None and press.address is not None and number_of(*kept, press.address) == on:
                    return shown, button
        raise NothingToPress(f"no button {action!r} on {on or 'any message'}")

    def _listen(self) -> None:
        for shown in self.town.adapter.posted.news():
            self._heard.append(unescape(shown.text))
            self._heard += [unescape(one["text"]["text"]) for one in shown.buttons]


def everybody(walkthrough: Walkthrough) -> Sequence[Member]:
    """Return the people of a walkthrough as members of the workspace, with the language that they speak."""
    locale = {"sv": "sv-SE", "en": "en-GB"}.get(walkthrough.language, "sv-SE")
    named = [actor.name for actor in walkthrough.people.values()]
    named += [scene.who for scene in walkthrough.scenes if scene.who and scene.who not in walkthrough.people]
    return [Member(name, locale=locale) for name in dict.fromkeys(named)]


def _texts(view: Json) -> Iterator[str]:
    """Yield everything that can be read in a view."""
    for name, value in view.items():
        if name == "text" and isinstance(value, str):
            yield unescape(value)
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict):
                yield from _texts(one)
