"""Takes feedback from whoever follows a group from outside: on an answer by its number, or on a step."""

import re
from dataclasses import dataclass

from bot.usecases.about import about_question
from bot.usecases.asking_fields import open_form
from bot.usecases.named_groups import named_group
from bot.usecases.places import which_journey
from bot.usecases.turn import At, AtQuestion, Turn
from content.pack import Pack
from dialogs.events import Feedback
from dialogs.flows.rights import follows
from dialogs.hearing.hear import NUMBER, Commanded
from dialogs.messages import Press
from dialogs.model.journey import Journey
from dialogs.model.problem import Problem
from dialogs.ports import Spot

_ABOUT = re.compile(
    rf"(?P<group>.*?)\s*(?:(?:steg|step)\s*(?P<step>\d{{1,2}})|(?P<number>{NUMBER}))?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _About:
    journey: str
    step: int | None
    number: str


def give(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """`återkoppla 4.3: …`, `återkoppla steg 4: …`, with the group's name in front where it isn't clear which.

    In the thread of a question `återkoppla: …` is about that question. Without words a form asks for them.
    """
    about = _about(turn, heard, spot)
    if about is None:
        return False
    if not about.journey:
        return True
    head = turn.uow.journeys.head(about.journey)
    pack = turn.pack_of(head)
    if not follows(pack, head, turn.person.id):
        turn.refuse(Problem("only-coach"), text=heard.rest)
        return True
    if about.step is not None:
        if not 1 <= about.step <= len(pack.steps):
            turn.refuse(Problem("name-the-step", {"of": len(pack.steps)}), text=heard.rest)
            return True
        on_step(turn, about.journey, pack.steps[about.step - 1].id, heard.rest)
    elif about.number or (spot is not None and spot.address is not None):
        numbered = Commanded("feedback", about.number)
        at = about_question(turn, numbered, Spot(about.journey, spot.address if spot else None))
        if at is not None:
            on_answer(turn, at, heard.rest)
    else:
        turn.refuse(Problem("feedback-how"), text=heard.rest)
    return True


def on_answer(turn: Turn, at: AtQuestion, text: str) -> None:
    journey = turn.load(at)
    if not text.strip():
        open_form(turn, journey, Press("feedback", at.address))
        return
    _give(turn, at, journey, Feedback(by=turn.person.id, at=turn.now, address=at.address, text=text.strip()))


def on_step(turn: Turn, journey: str, step: str, text: str) -> None:
    at = At(journey)
    loaded = turn.load(at)
    if not text.strip():
        open_form(turn, loaded, Press("feedback", None, step))
        return
    _give(turn, at, loaded, Feedback(by=turn.person.id, at=turn.now, step=step, text=text.strip()))


def hand_in(turn: Turn, journey: str, press: Press, text: str) -> None:
    """Take the form: its button says what it is about."""
    if press.address is not None:
        on_answer(turn, AtQuestion(journey, press.address), text)
    else:
        on_step(turn, journey, press.argument, text)


def why_not(pack: Pack, journey: Journey, press: Press, person: str) -> Problem | None:
    """Return what stands against opening the form."""
    if not follows(pack, journey, person):
        return Problem("only-coach")
    known = (
        press.address.question in pack.places if press.address is not None else press.argument in pack.step_of
    )
    return None if known else Problem("old-button")


def _give(turn: Turn, at: At, journey: Journey, event: Feedback) -> None:
    if turn.act(at, journey, event, text=event.text) is not None:
        about = f"{at.journey}/{event.address.key if event.address else event.step}"
        turn.uow.audit.note(
            "feedback-given", organisation=journey.organisation, by=event.by, about=about, at=event.at
        )


def _about(turn: Turn, heard: Commanded, spot: Spot | None) -> _About | None:
    """Return what the words name; None when they name no group, and the journey "" when the person was asked which."""
    found = _ABOUT.fullmatch(heard.number.strip())
    if found is None:
        return None
    step, number = found["step"], (found["number"] or "").upper()
    group = found["group"].strip(" ,")
    if group:
        journey = named_group(turn, group)
        return _About(journey, int(step) if step else None, number) if journey else None
    return _About(which_journey(turn, spot, text=_said(turn)) or "", int(step) if step else None, number)


def _said(turn: Turn) -> str:
    return getattr(turn.incoming.what, "text", "")
