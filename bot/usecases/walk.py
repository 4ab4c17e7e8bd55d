"""Plays a walkthrough: a conversation as data, scene by scene, on any stage; and says where it went another way."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from content.pack import Pack
from content.schema.files import Actor, Expected, Scene, Walkthrough
from dialogs.flows.position import current_step, number_of, put
from dialogs.model.answers import Address
from dialogs.model.journey import Journey


class NothingToPress(LookupError):  # noqa: N818 - a conversation that went another way, no bug
    """A scene presses a button that nobody was shown."""


class Stage(Protocol):
    """A door to play at: the terminal, Slack, Teams, or the desk itself."""

    def day(self, day: date) -> None:
        """From here on it is this day."""

    def says(self, who: str, text: str, *, to: str = "") -> None:
        """Somebody writes in the channel; with *to*, in the thread of the question of that number."""

    def privately(self, who: str, text: str) -> None: ...
    def presses(self, who: str, action: str, on: str) -> None:
        """Somebody presses the newest button with this action, on the question of that number or on any message."""

    def fills(self, who: str, action: str, on: str, fields: dict[str, str]) -> None:
        """Somebody opens the form of the question of that number and hands it in."""

    def restart(self) -> None:
        """The process is killed and started again."""

    def heard(self) -> Sequence[str]:
        """Return the texts that anybody was told since this was last called."""

    def journey(self) -> tuple[Pack, Journey] | None:
        """Return the journey as it is kept, whole; None before there is one."""

    def shown(self, address: Address) -> str:
        """Return the settled answer as people read it; "" when there is none."""

    @property
    def today(self) -> date:
        """The day that it is on this stage."""


@dataclass
class Played:
    """What went another way, scene by scene (counted from 1)."""

    scenes: int = 0
    mismatches: list[str] = field(default_factory=list)

    @property
    def as_written(self) -> bool:
        return not self.mismatches


def play(walkthrough: Walkthrough, stage: Stage, *, method: str = "") -> Played:
    """Set the group up as the walkthrough says, then play its scenes. *method* is chosen where there are several."""
    played = Played()
    stage.day(walkthrough.day)
    for act in _setting(walkthrough, method):
        _do(act, walkthrough, stage)
    heard: list[str] = list(stage.heard())
    clock_went_on = False
    for number, scene in enumerate(walkthrough.scenes, start=1):
        played.scenes += 1
        if _acts(scene):
            if not clock_went_on:
                heard = []
            clock_went_on = _is_the_clocks(scene)
            try:
                _do(scene, walkthrough, stage)
            except NothingToPress as missing:
                played.mismatches.append(f"scene {number}: {missing}")
        heard += stage.heard()
        if scene.expect is not None:
            for slip in _against(scene.expect, stage, heard):
                played.mismatches.append(f"scene {number}: {slip}")
    return played


def _acts(scene: Scene) -> bool:
    return bool(
        scene.says is not None
        or scene.privately is not None
        or scene.presses
        or scene.fills is not None
        or scene.day
        or scene.restart
    )


def _is_the_clocks(scene: Scene) -> bool:
    """Say whether nobody does anything but the clock: what it brings is heard by the next scene as well.

    Some doors say what a new day brings at once, others when somebody speaks.
    """
    return (scene.day is not None or scene.restart) and scene.who is None


def _do(scene: Scene, walkthrough: Walkthrough, stage: Stage) -> None:
    who = _name(walkthrough, scene.who or "")
    if scene.day is not None:
        stage.day(scene.day)
    if scene.restart:
        stage.restart()
    if scene.says is not None:
        stage.says(who, scene.says, to=scene.to or "")
    if scene.privately is not None:
        stage.privately(who, scene.privately)
    if scene.fills is not None:
        stage.fills(who, scene.presses or "", scene.on or "", scene.fills)
    elif scene.presses is not None:
        stage.presses(who, scene.presses, scene.on or "")


def _name(walkthrough: Walkthrough, who: str) -> str:
    actor = walkthrough.people.get(who)
    return actor.name if actor is not None else who


def _setting(walkthrough: Walkthrough, method: str) -> Iterator[Scene]:
    """Yield what the first person says to set the group up: organisation, units, bodies, and who has which role."""
    first, *others = walkthrough.people
    starts = {"sv": "starta", "en": "start"}.get(walkthrough.language, "start")
    if walkthrough.language != "sv":
        yield Scene(who=first, privately="language English")
    yield Scene(who=first, says=starts)
    yield Scene(who=first, says=walkthrough.organisation)
    if method:
        yield Scene(who=first, says=method)
    yield Scene(who=first, says="-")
    yield Scene(who=first, says="; ".join(walkthrough.units) or "-")
    yield Scene(who=first, says="; ".join(walkthrough.bodies) or "-")
    add = {"sv": "ny person", "en": "add person"}.get(walkthrough.language, "add person")
    for key in (first, *others):
        actor = walkthrough.people[key]
        if actor.roles or actor.unit:
            yield Scene(who=first, says=f"{add}: {_line(actor)}")


def _line(actor: Actor) -> str:
    return ", ".join((actor.name, *actor.roles, *((actor.unit,) if actor.unit else ())))


def _against(expected: Expected, stage: Stage, heard: Sequence[str]) -> Iterator[str]:
    told = "\n".join(heard).casefold()
    if expected.shows is not None and expected.shows.casefold() not in told:
        yield f"nobody was shown {expected.shows!r}; they were shown: {told[-600:]!r}"
    kept = stage.journey()
    if kept is None:
        if expected.asks is not None or expected.step is not None:
            yield "there is no journey yet"
        return
    pack, journey = kept
    if expected.step is not None and current_step(pack, journey) != expected.step:
        yield f"the step is {current_step(pack, journey)}, not {expected.step}"
    if expected.asks is not None:
        asks = tuple(number_of(pack, journey, address) for address in put(pack, journey, today=stage.today))
        if asks != expected.asks:
            yield f"asked is {', '.join(asks) or 'nothing'}, not {', '.join(expected.asks) or 'nothing'}"
    numbers = {number_of(pack, journey, address): address for address in _addresses(journey)}
    for number, status in (expected.status or {}).items():
        found = journey.item(numbers.get(number, Address("-"))).status
        if found != status:
            yield f"{number} is {found}, not {status}"
    for number, answer in (expected.settled or {}).items():
        yield from _settled(number, str(answer), numbers, stage)
    for register, count in (expected.records or {}).items():
        there = len(journey.records_in(register))
        if there != count:
            yield f"{register} has {there} records, not {count}"


def _settled(number: str, answer: str, numbers: dict[str, Address], stage: Stage) -> Iterator[str]:
    there = stage.shown(numbers[number]) if number in numbers else ""
    if answer.casefold() not in there.casefold():
        yield f"{number} is settled as {there!r}, not {answer!r}"


def _addresses(journey: Journey) -> Sequence[Address]:
    return tuple(journey.items)
