"""What a checkpoint asks for, who owes what of it, when it is done, and what the clock lets happen to it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Literal

from content.pack import Pack
from content.schema.questions import Roles
from dialogs.events import CheckpointClosed, CheckpointEvent, CheckpointMoved, CheckpointOpened
from dialogs.flows.facts import Facts, holds
from dialogs.flows.position import is_optional, open_at, parts_of
from dialogs.flows.rights import lacking, leaders, who_sees_to
from dialogs.model.answers import Address
from dialogs.model.checkpoint import Held, OpenCheckpoint
from dialogs.model.journey import Journey
from dialogs.model.people import PersonId

__all__ = [
    "closes", "due_events", "first_part", "is_asked_privately", "is_done", "missing_parts", "next_part", "opens", "owing",
    "parts_of", "sees_to", "who_sees_to",
]  # fmt: skip

LONG_PAST = timedelta(days=30)
"""A checkpoint whose day lies further back than this when it is first seen is never opened."""


def is_asked_privately(pack: Pack, address: Address) -> bool:
    """Say whether it is a part that somebody in particular owes: a unit's, a role's, or about one record or person."""
    if not address.period or not pack.cycle:
        return False
    who = pack.places[address.question].question.who
    return bool(address.subject) or isinstance(who, Roles)


def missing_parts(pack: Pack, journey: Journey, open: OpenCheckpoint, today: date) -> tuple[Address, ...]:
    """Return what the checkpoint asks for and hasn't got, as far as its page tells; what is optional never is missing."""
    page = journey.page(open.page)
    return tuple(
        address
        for address in parts_of(pack, journey, open, today)
        if not page.is_done(address) and not is_optional(pack, address)
    )


def owing(
    pack: Pack, journey: Journey, open: OpenCheckpoint, today: date
) -> Mapping[PersonId, tuple[Address, ...]]:
    """Return who has yet to see to which of the checkpoint's parts: to answer it, or, once all have, to settle it.

    *journey* holds the items of its parts.
    """
    found: dict[PersonId, tuple[Address, ...]] = {}
    for address in missing_parts(pack, journey, open, today):
        for member in lacking(pack, journey, address) or leaders(pack, journey):
            found[member.person.id] = (*found.get(member.person.id, ()), address)
    return found


def sees_to(pack: Pack, journey: Journey, open: OpenCheckpoint, person: str) -> bool:
    return person in who_sees_to(pack, journey, pack.checkpoint_of[open.checkpoint], open.subject)


def is_done(pack: Pack, journey: Journey, open: OpenCheckpoint, today: date) -> bool:
    """Say whether it closes by itself: its rule holds; or, where it has none, all that it asks for has been answered."""
    checkpoint = pack.checkpoint_of[open.checkpoint]
    if checkpoint.done is not None:
        return holds(
            checkpoint.done, Facts(pack, journey, today).at(open.checkpoint, open.subject, open.period)
        )
    wanted = [one for one in parts_of(pack, journey, open, today) if not is_optional(pack, one)]
    page = journey.page(open.page)
    return bool(wanted) and all(page.is_done(address) for address in wanted)


def due_events(
    pack: Pack, journey: Journey, coming: Sequence[Held], *, at: datetime, today: date
) -> Iterator[CheckpointEvent]:
    """Yield what the clock lets happen: what opens today or earlier, what moved, what is done or no longer stands.

    *coming* are the checkpoints that are open or to come, as the calendar has them. Nothing happens while the group
    pauses.
    """
    if journey.state != "active":
        return
    by = next((member.person.id for member in leaders(pack, journey)), journey.starter)
    wanted = {held.key: held for held in coming}
    for one in journey.checkpoints:
        held = wanted.get(one.key)
        if held is None:
            yield closes(one, "retired", by=by, at=at)
        elif is_done(pack, journey, one, today):
            yield closes(one, "done", by=by, at=at)
        elif (held.due, held.meeting) != (one.due, one.meeting):
            yield CheckpointMoved(
                by=by, at=at, checkpoint=one.checkpoint, subject=one.subject, period=one.period, due=held.due,
                meeting=held.meeting,
            )  # fmt: skip
    if journey.started == today:
        return  # on its first day a group says who is in it: nobody could be asked for their part yet
    for held in sorted(coming, key=lambda held: (held.due, held.key)):
        if held.opens <= today <= held.due + LONG_PAST and journey.open_checkpoint(held.key) is None:
            yield opens(held, by=by, at=at)


def opens(held: Held, *, by: PersonId, at: datetime) -> CheckpointOpened:
    return CheckpointOpened(
        by=by, at=at, checkpoint=held.checkpoint, subject=held.subject, period=held.period, due=held.due,
        meeting=held.meeting,
    )  # fmt: skip


def closes(
    open: OpenCheckpoint,
    how: Literal["done", "left", "retired"],
    *,
    by: PersonId,
    at: datetime,
    note: str = "",
) -> CheckpointClosed:
    return CheckpointClosed(
        by=by, at=at, checkpoint=open.checkpoint, subject=open.subject, period=open.period, how=how, note=note
    )


def next_part(
    pack: Pack, journey: Journey, address: Address, person: PersonId, today: date
) -> Address | None:
    """Return what *person* owes next of the open checkpoint that *address* belongs to, asked for in private."""
    open = open_at(pack, journey, address)
    if open is None:
        return None
    return first_part(pack, owing(pack, journey, open, today).get(person, ()), but=address)


def first_part(pack: Pack, owed: Sequence[Address], *, but: Address | None = None) -> Address | None:
    return next((one for one in owed if one != but and is_asked_privately(pack, one)), None)
