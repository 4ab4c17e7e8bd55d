"""A stage for walkthroughs at a platform's door: scenes become messages, presses and forms of people there."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Generic, Protocol, TypeVar

from bot.usecases.walk import NothingToPress
from content.pack import Pack
from content.schema.files import Walkthrough
from dialogs.flows.position import number_of
from dialogs.hearing.hear import Commanded, hear
from dialogs.messages import Press
from dialogs.model.answers import Address
from dialogs.model.journey import Journey
from tests.doors.clocks import KeepsTime, RunningClock, StageClock
from tests.doors.kept import Kept

Json = dict[str, Any]


class Server(Protocol):
    """The program, serving: in this process or in one of its own."""

    def start(self, now: datetime) -> str:
        """Serve; return the address that is told. It is *now*, and goes on from there by itself or as it is set."""

    def set_clock(self, now: datetime) -> None: ...
    def stop(self) -> None: ...
    def kill(self) -> None: ...


class Town(Protocol):
    """The platform with the people in it. `bot` is where the program listens, `room` where the group talks."""

    bot: str

    @property
    def room(self) -> str: ...
    def locale(self, who: str) -> str: ...
    def clocks(self) -> Sequence[KeepsTime]: ...


class OpenForm(Protocol):
    """A form in front of somebody, what is wrong with it, and what was typed there."""

    wrong: dict[str, str]
    typed: dict[str, str]

    def fields(self) -> Sequence[str]: ...


Place = TypeVar("Place", bound=Town)
Filled = TypeVar("Filled", bound=OpenForm)


@dataclass
class DoorStage(ABC, Generic[Place, Filled]):
    """Plays over a town, against a server; looks at what is kept in the database alone."""

    town: Place
    server: Server
    kept: Kept
    clock: StageClock | RunningClock
    running: bool = False
    introduced: set[str] = field(default_factory=set)
    forms: dict[str, Filled] = field(default_factory=dict)  # by who has it open
    _heard: list[str] = field(default_factory=list)

    # ------------------------------------------------------------------------------------------ how it is done there

    @abstractmethod
    def write(self, who: str, text: str, thread: str, *, to_us: bool) -> None:
        """Write where the group talks, under the message *thread* unless it is ""; with a mention, when it is *to_us*."""

    @abstractmethod
    def write_privately(self, who: str, text: str) -> None: ...

    @abstractmethod
    def press(self, who: str, action: str, on: str = "") -> Any:
        """Press the newest button with the action that *who* can see; a form that opens is in front of them."""

    @abstractmethod
    def hand_in(self, who: str, fields: Mapping[str, str]) -> None:
        """Hand the form in; what is wrong with it stands beside its fields, and it stays open."""

    @abstractmethod
    def listen(self) -> Sequence[str]:
        """Return what stands on people's screens since this was last asked for."""

    # ------------------------------------------------------------------------------------------ what is played

    @property
    def today(self) -> date:
        return self.clock.today_is

    def day(self, day: date) -> None:
        self.clock.begin(day)
        self.tick()
        if self.running:
            self.server.stop()
        self._start()
        self.kept.wait_for_the_year(self.clock.now())

    def restart(self) -> None:
        self.server.kill()
        self._start()

    def says(self, who: str, text: str, *, to: str = "") -> None:
        self.introduce(who)
        if self._goes_on_filling(who, text):
            return
        questions = self.kept.questions(self.town.room)
        thread = questions.get(to, "") if to else next(reversed(questions.values()), "")
        self.write(who, text, thread, to_us=not thread or not text)

    def privately(self, who: str, text: str) -> None:
        self.introduce(who)
        if not self._goes_on_filling(who, text):
            self.write_privately(who, text)

    def presses(self, who: str, action: str, on: str) -> None:
        self.introduce(who)
        self.press(who, action, on)

    def fills(self, who: str, action: str, on: str, fields: dict[str, str]) -> None:
        self.introduce(who)
        self.press(who, action or "record", on)
        assert who in self.forms, f"no form opened for {action!r} on {on!r}"
        self.hand_in(who, fields)

    def heard(self) -> Sequence[str]:
        self._heard += self.listen()
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

    def introduce(self, who: str) -> None:
        """Let somebody who hasn't spoken yet say hello; whoever leads says that it is the person they have entered."""
        if who in self.introduced:
            return
        self.introduced.add(who)
        if len(self.introduced) == 1:
            return  # who begins was entered by nobody
        self.write_privately(who, "help" if self.town.locale(who).startswith("en") else "hjälp")
        for leader in self.introduced - {who}:
            with suppress(
                NothingToPress
            ):  # others aren't asked, nor anybody when nobody of that name was entered
                self.press(leader, "same-person")

    def tick(self) -> None:
        """Let time go on, for the server and for the platform."""
        self.clock.tick(*self.town.clocks())
        if self.running:
            self.server.set_clock(self.clock.now())

    def later(self, seconds: int) -> None:
        """Let time go on by itself."""
        assert isinstance(self.clock, StageClock)
        self.clock.acts += seconds // 5
        self.tick()

    def means(self, button: str, action: str, on: str) -> bool:
        """Tell whether the button has this action (and argument, after a colon), on the question of that number."""
        name, _, argument = action.partition(":")
        press = self.kept.press(button)
        if press is None or press.action != name or (argument and press.argument != argument):
            return False
        return not on or self._number(press) == on

    def _number(self, press: Press) -> str | None:
        kept = self.kept.journey()
        return number_of(*kept, press.address) if kept is not None and press.address is not None else None

    def _goes_on_filling(self, who: str, text: str) -> bool:
        """Take words as the next field of the form in front of somebody: the one that is wrong, else the first empty."""
        form = self.forms.get(who)
        if form is None or isinstance(hear(text), Commanded):
            self.forms.pop(who, None)
            return False
        left = [one for one in form.fields() if one in form.wrong] or [
            one for one in form.fields() if one not in form.typed
        ]
        self.hand_in(who, {left[0]: text})
        return True

    def _start(self) -> None:
        self.town.bot = self.server.start(self.clock.now())
        self.running = True
        self.kept.wait()


def people_of(walkthrough: Walkthrough) -> Sequence[str]:
    """Return the names of everybody who has a part in it."""
    named = [actor.name for actor in walkthrough.people.values()]
    named += [scene.who for scene in walkthrough.scenes if scene.who and scene.who not in walkthrough.people]
    return [*dict.fromkeys(named)]


def locale_of(walkthrough: Walkthrough) -> str:
    return {"sv": "sv-SE", "en": "en-GB"}.get(walkthrough.language, "sv-SE")
