"""Names what is asked next: the step that begins, the questions that are put now, the gate; and of a newcomer."""

from collections.abc import Iterator
from datetime import date

from content.pack import Pack
from dialogs.effects import (
    Ask,
    AskPart,
    CycleBegan,
    Effect,
    JourneyEnded,
    PhaseIsOn,
    StepBegan,
    StepReady,
)  # fmt: skip
from dialogs.flows.checkpoints import first_part, is_asked_privately, owing
from dialogs.flows.phases import running
from dialogs.flows.position import current_step, gate, is_optional, put_at_checkpoints, put_in_step
from dialogs.model.answers import Address
from dialogs.model.journey import Journey


def following(pack: Pack, before: Journey, after: Journey, *, today: date) -> Iterator[Effect]:
    """Yield the step that begins, the questions that are put now and weren't, and the gate when it is reached."""
    yield from _following_in_step(pack, before, after, today=today)
    if after.checkpoints:
        were = put_at_checkpoints(pack, before, today=today)
        for address in put_at_checkpoints(pack, after, today=today):
            if address not in were and not is_asked_privately(pack, address):
                yield Ask(address)


def _following_in_step(pack: Pack, before: Journey, after: Journey, *, today: date) -> Iterator[Effect]:
    step = current_step(pack, after)
    if step is None:
        if current_step(pack, before) is not None:
            yield JourneyEnded()
        return
    if after.state != "active":
        return
    began = current_step(pack, before) != step
    if began:
        yield StepBegan(step)
    were = () if began or before.state != "active" else put_in_step(pack, before, today=today)
    are = put_in_step(pack, after, today=today)
    for address in are:
        if address not in were:
            yield Ask(address)
    if not all(is_optional(pack, address) for address in are):
        return  # a question that counts is before the group: nobody has come to the gate
    if running(pack, after) is not None:
        return  # what is done now isn't asked for
    now = gate(pack, after, step, today=today)
    earlier = gate(pack, before, step, today=today)
    if began or running(pack, before) is not None or earlier.open or earlier.missing != now.missing:
        yield StepReady(step)


def newly_owed(pack: Pack, before: Journey, after: Journey, *, today: date) -> Iterator[AskPart]:
    """Yield what whoever has come to owe a part of an open checkpoint is asked. Both journeys are whole."""
    if after.state != "active":
        return
    for open in after.checkpoints:
        owed_before = owing(pack, before, open, today)
        for person, owed in owing(pack, after, open, today).items():
            part = first_part(pack, owed)
            if part is not None and person not in owed_before:
                yield AskPart(part, person, first=True)


def opening(pack: Pack, journey: Journey, *, today: date) -> tuple[Effect, ...]:
    """Return what is said when a journey begins or is shown anew: the step and the questions before the group."""
    step = current_step(pack, journey)
    if step is None:
        return (JourneyEnded(),) if pack.steps else (CycleBegan(),)
    asks: tuple[Address, ...] = put_in_step(pack, journey, today=today)
    on = running(pack, journey)
    here = on is not None and on[1].held == "channel"
    now: tuple[Effect, ...] = (PhaseIsOn(on[0].id, on[1].phase),) if on is not None and here else ()
    ready: tuple[Effect, ...] = () if asks or on is not None else (StepReady(step),)
    return (StepBegan(step), *now, *(Ask(address) for address in asks), *ready)
