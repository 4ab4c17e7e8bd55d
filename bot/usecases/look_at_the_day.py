"""Looks at the day: closes the consent rounds whose last day has passed, and forgets what nobody waits for any more."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.usecases.turn import At, Turn
from content.phrases.book import Phrasebook
from dialogs.flows.advance import advance, day_came
from dialogs.incoming import Incoming, Said
from dialogs.letters import Letter
from dialogs.model.people import Person, PersonId
from dialogs.model.problem import Problem
from dialogs.ports import Clock, Ids, PackShelf, RoomRef, UnitOfWork


def look_at_the_day(*, uow: UnitOfWork, clock: Clock) -> Sequence[str]:
    """Forget what nobody waits for any more; return the journeys with rounds whose last day has passed."""
    with uow:
        late = tuple(uow.journeys.with_late_rounds(clock.today()))
        uow.packs_in_waiting.forget(clock.now())
        uow.pack_jobs.forget(clock.now())
        uow.tables_in_waiting.forget(clock.now())
        uow.commit()
    return late


def close_rounds(
    journey: str, *, uow: UnitOfWork, shelf: PackShelf, clock: Clock, ids: Ids, book: Phrasebook
) -> int:
    """Close each of the journey's rounds whose last day has passed, in a transaction of its own; return how many were."""
    with uow:
        room = uow.journeys.room(journey)
        if room is None:
            return 0
        turn = _of_nobody(room, uow, shelf, clock, ids, book)
        closed = sum(1 for _ in close_late(turn, journey))
        uow.outbox.post([_keyed(letter, journey, clock) for letter in turn.letters], clock.now())
        uow.commit()
    return closed


def close_late(turn: Turn, journey: str) -> Iterator[At]:
    """Close the late rounds of one journey, and yield where."""
    whole = turn.whole(journey)
    pack = turn.pack_of(whole)
    for event in day_came(pack, whole, turn.now):
        before = turn.whole(journey)
        moved = advance(pack, before, event)
        if isinstance(moved, Problem):
            continue
        turn.save(before, moved)
        turn.word(moved.journey, moved.effects)
        yield At(journey, event.address)


def _of_nobody(
    room: RoomRef, uow: UnitOfWork, shelf: PackShelf, clock: Clock, ids: Ids, book: Phrasebook
) -> Turn:
    incoming = Incoming(
        room.door, room.tenant, "", "", "", room.external, room.private, clock.now(), Said("")
    )
    return Turn(0, incoming, Person(PersonId(""), ""), room, "sv", uow, shelf, clock, ids, book)


def _keyed(letter: Letter, journey: str, clock: Clock) -> Letter:
    return replace(letter, key=f"day:{journey}:{clock.today()}:{letter.key}")
