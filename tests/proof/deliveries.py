"""Deliveries as platforms make them: again and again, in any order, many at a time; and that each happened once."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from random import Random  # noqa: TID251 - drawn by a seed
from typing import Any

from sqlalchemy import text

from tests.doors.kept import Kept

EVENTS, DELIVERIES = 4_000, 10_000
FEWEST = 200  # events, however small the sample
AT_ONCE = 20
KARIN = "Karin Ek"
START = (
    "starta",
    "{channel} kommun",
    "EU-coachmetoden",
    "-",
    "Skola",
    "-",
    f"ny person: {KARIN}, arbetsgrupp",
)
FIRST_QUESTION = "1.1"

Json = dict[str, Any]


@dataclass
class Event:
    """Something that happened once; `payloads` is all that the platform has to tell of it."""

    words: str
    payloads: list[Json]


@dataclass
class Post:
    """Delivers as platforms do: what isn't acknowledged comes again. *once* returns the answer's status."""

    once: Callable[[Json, int], Awaitable[int]]
    answers: Counter[int] = field(default_factory=Counter)

    async def deliver(self, payload: Json, number: int) -> None:
        while True:
            status = await self.once(payload, number)
            self.answers[status] += 1
            if status == 200:
                return
            number += 1

    async def all(self, deliveries: Sequence[tuple[Json, int]]) -> None:
        waiting = iter(deliveries)

        async def worker() -> None:
            for payload, number in waiting:
                await self.deliver(payload, number)

        await asyncio.gather(*(worker() for _ in range(AT_ONCE)))


def shuffled(events: Sequence[Event], draw: Random) -> list[tuple[Json, int]]:
    """Return deliveries with their numbers: each event at least once, a tenth of them never as the first."""
    deliveries = []
    for event in events:
        unheard = draw.random() < 0.1
        deliveries += [(payload, 1 if unheard else 0) for payload in event.payloads]
    while len(deliveries) < len(events) * DELIVERIES // EVENTS:
        deliveries.append((draw.choice(draw.choice(events).payloads), draw.randint(1, 3)))
    draw.shuffle(deliveries)
    return deliveries


def each_happened_once(kept: Kept, events: Sequence[Event], before: int) -> None:
    """See that the answers are those that were given, each once; *before* are the events that began the journeys."""
    with kept.uow() as uow:
        refs = uow.journeys.all()
        journeys = [uow.journeys.whole(ref.id) for ref in refs]
        happened = [
            event for ref in refs for event in uow.journeys.events(ref.id) if event.kind == "contributed"
        ]
    said = [
        one.value for journey in journeys for item in journey.items.values() for one in item.contributions
    ]
    assert len(happened) == len(events)
    assert sorted(said) == sorted(event.words for event in events)
    with kept.engine.connect() as connection:
        states = dict(
            map(tuple, connection.execute(text("SELECT state, count(*) FROM inbox GROUP BY state")))
        )
    assert states == {"done": len(events) + before}
