"""Who hears of a checkpoint and on which days: whoever sees to it, and those who still owe a part of it."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import assert_never

from content.pack import Pack
from dialogs.calendar.checkpoints import ahead_of
from dialogs.calendar.ladder import Rung, checkpoint_ladder
from dialogs.calendar.workdays import WorkDays, day_for
from dialogs.flows.checkpoints import owing, who_sees_to
from dialogs.flows.rights import coaches, leaders
from dialogs.model.checkpoint import Held, OpenCheckpoint
from dialogs.model.journey import Journey
from dialogs.model.occurrence import Occurrence
from dialogs.model.people import PersonId
from dialogs.model.terms import Terms


def checkpoint_occurrences(
    pack: Pack, journey: Journey, held: Iterable[Held], terms: Mapping[PersonId, Terms], work: WorkDays, today: date
) -> Iterator[Occurrence]:  # fmt: skip
    """Yield what is to be said about each of the checkpoints. Whoever has done their part hears no more of it."""
    opened = {one.key: one for one in journey.checkpoints}
    for one in held:
        checkpoint = pack.checkpoint_of[one.checkpoint]
        as_open = opened.get(one.key) or OpenCheckpoint(
            one.checkpoint, one.subject, one.period, one.due, one.opens, one.meeting
        )
        sees_to = who_sees_to(pack, journey, checkpoint, one.subject)
        owe = tuple(owing(pack, journey, as_open, today)) if pack.questions_at(checkpoint.id) else ()
        ahead = ahead_of(checkpoint, one.due, one.opens, work)
        for step in checkpoint_ladder(one.due, ahead, work):
            for recipient in _recipients(step.rung, sees_to, owe, pack, journey):
                own = terms.get(recipient, Terms())
                day = day_for(own, step.day, work)
                yield Occurrence(
                    "checkpoint", one.key, f"{one.due}/{step.slot}", recipient, journey.id, day, own.at, own.zone,
                    own.quiet, step.last,
                )  # fmt: skip


def _recipients(
    rung: Rung, sees_to: Iterable[PersonId], owe: Iterable[PersonId], pack: Pack, journey: Journey
) -> tuple[PersonId, ...]:
    lead = (member.person.id for member in leaders(pack, journey))
    match rung:
        case "ahead" | "day" | "late":
            return _ids((*sees_to, *owe))
        case "leader":
            return _ids((*lead, *sees_to))
        case "coach":
            return _ids((*(member.person.id for member in coaches(pack, journey)), *lead))
        case _:
            assert_never(rung)


def _ids(people: Iterable[str]) -> tuple[PersonId, ...]:
    return tuple(PersonId(one) for one in dict.fromkeys(people))
