"""A platform with faults, a time that runs by itself, and rooms full of letters, to try the delivery on."""

import asyncio
import math
from collections import defaultdict
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random  # noqa: TID251 - drawn by a seed
from typing import Any, TypeVar

from sqlalchemy import Engine

from bot.delivery import Delivery
from dialogs.letters import Letter, ToPerson, ToRoom
from dialogs.messages import Message, Paragraph, words
from dialogs.ports import ClaimedLetter, Clock, UnitOfWork
from dialogs.sending import Found, Later, Never, NotThere, Outcome, Sent, Unknown
from storage.unit_of_work import SqlUnitOfWork

DOOR, TENANT = "slack", "T1"
START = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
HUNG = 100_000.0

T = TypeVar("T")


class _Leaping:
    """A selector that never waits: it says how long it would have."""

    def __init__(self, selector: Any, leap: Callable[[float], None]) -> None:
        self._selector, self._leap = selector, leap

    def select(self, timeout: float | None = None) -> Any:
        found = self._selector.select(0)
        if not found and timeout is None:
            raise RuntimeError("everything waits for ever")
        if not found and timeout:
            self._leap(timeout)
        return found

    def __getattr__(self, name: str) -> Any:
        return getattr(self._selector, name)


class LeapingLoop(asyncio.SelectorEventLoop):
    """An event loop whose time leaps to whatever comes next, as soon as nothing can be done now."""

    def __init__(self) -> None:
        super().__init__()
        self._seconds = 0.0
        self._selector: Any = _Leaping(self._selector, self._leap)

    def time(self) -> float:
        return self._seconds

    def _leap(self, seconds: float) -> None:
        self._seconds += seconds


def played(story: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """Let *story* happen in a time of its own."""
    with asyncio.Runner(loop_factory=LeapingLoop) as runner:
        return runner.run(story())


class LoopClock:
    """The time of the event loop, as a date."""

    def now(self) -> datetime:
        return START + timedelta(seconds=asyncio.get_running_loop().time())

    def today(self) -> date:
        return self.now().date()


@dataclass(frozen=True, slots=True)
class Act:
    """What the platform does with one try: when it takes the letter (None: never), when and what it answers."""

    answers: Outcome | None = None  # None: Sent
    takes: float | None = 0.1
    after: float = 0.2


FINE = Act()
BUSY = Act(Later(3.0, "ratelimited"), takes=None)
BUSY_NONSENSE = Act(Later(math.nan, "ratelimited"), takes=None)
BUSY_MISSING = Act(Later(-1.0, "ratelimited"), takes=None)
BROKEN = Act(Later(5.0, "status 503"), takes=None)
RESET_BEFORE = Act(Unknown("reset"), takes=None)
RESET_AFTER = Act(Unknown("reset"))
TRANSIENT = Act(Later(1.0, "update_failed"), takes=None)
REFUSED = Act(Never("invalid_blocks"), takes=None)
SLOW = Act(takes=12.0, after=15.0)
SILENT = Act(takes=None, after=HUNG)
SILENT_AFTER = Act(after=HUNG)
SILENT_AND_LATE = Act(takes=24.0, after=HUNG)  # takes it when nobody waits any more
FAULTS = (
    BUSY, BUSY_NONSENSE, BUSY_MISSING, BROKEN, RESET_BEFORE, RESET_AFTER, TRANSIENT, SLOW, SILENT, SILENT_AFTER,
    SILENT_AND_LATE,
)  # fmt: skip


@dataclass
class Platform:
    """Takes letters into its rooms. *acts* says what to do with the n:th try of a letter (from 0)."""

    acts: Callable[[ClaimedLetter, int], Act] = lambda letter, tried: FINE
    finds: Callable[[ClaimedLetter, int], Found | None] = lambda letter, asked: None  # None: the truth
    opens: Callable[[str], "str | Later | Never"] = lambda account: f"D-{account}"
    rooms: dict[str, list[str]] = field(
        default_factory=lambda: defaultdict(list)
    )  # keys, in the order of arrival
    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))  # when each try began
    tried: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    asked: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    opened: list[str] = field(default_factory=list)
    at_work: int = 0
    most_at_work: int = 0

    async def send(self, letter: ClaimedLetter) -> Outcome:
        loop = asyncio.get_running_loop()
        act = self.acts(letter, self.tried[letter.key])
        self.tried[letter.key] += 1
        self.times[letter.room.external].append(loop.time())
        if act.takes is not None:
            # On its way: nobody's change of mind stops it.
            loop.call_later(act.takes, self.rooms[letter.room.external].append, letter.key)
        self.at_work += 1
        self.most_at_work = max(self.at_work, self.most_at_work)
        try:
            await asyncio.sleep(act.after)
        finally:
            self.at_work -= 1
        return act.answers or Sent(f"m-{letter.key}")

    async def find(self, letter: ClaimedLetter) -> Found:
        await asyncio.sleep(0.1)
        said = self.finds(letter, self.asked[letter.key])
        self.asked[letter.key] += 1
        if said is not None:
            return said
        there = letter.key in self.rooms[letter.room.external]
        return Sent(f"m-{letter.key}") if there else NotThere()

    async def open_private(self, account: str, tenant: str) -> str | Later | Never:
        await asyncio.sleep(0.1)
        self.opened.append(account)
        return self.opens(account)

    @property
    def keys(self) -> list[str]:
        return [key for room in self.rooms.values() for key in room]


def message(text: str = "hej") -> Message:
    return Message(text, (Paragraph(words(text)),))


def note(key: str, to: ToRoom | ToPerson, **more: Any) -> Letter:
    return Letter(key, to, message(), **more)


@dataclass
class Box:
    """The store's side: rooms, people, letters, and deliveries over them."""

    engine: Engine
    pace: float = 1.0

    def __post_init__(self) -> None:
        self.uow = SqlUnitOfWork(self.engine)

    def rooms(self, many: int, *, door: str = DOOR) -> list[str]:
        with self.uow as uow:
            found = [uow.rooms.find(door, TENANT, f"C{number}", private=False).id for number in range(many)]
            uow.commit()
        return found

    def person(self, account: str) -> str:
        with self.uow as uow:
            person = uow.people.add(account)
            uow.people.tie(DOOR, TENANT, account, person.id)
            uow.commit()
        return person.id

    def post(self, *letters: Letter, at: datetime = START) -> None:
        with self.uow as uow:
            uow.outbox.post(letters, at)
            uow.commit()

    def fill(self, rooms: Sequence[str], each: int) -> None:
        """Post letters to all rooms in turn, each room's numbered in their order."""
        self.post(
            *(
                note(f"{place}:{number:04}", ToRoom(room=room))
                for number in range(each)
                for place, room in enumerate(rooms)
            )
        )

    def delivery(
        self, platform: Any, *, chance: Random | None = None, clock: Clock | None = None, **more: Any
    ) -> Delivery:
        """Return a delivery over the store; by *chance* the store lets one wait, before and after its work."""
        own = SqlUnitOfWork(self.engine)

        async def run(act: Callable[[UnitOfWork], T]) -> T:
            await asyncio.sleep(chance.uniform(0, 0.05) if chance else 0)
            done = act(own)
            await asyncio.sleep(chance.uniform(0, 0.05) if chance else 0)
            return done

        return Delivery(DOOR, platform, run, clock or LoopClock(), pace=self.pace, **more)

    def counts(self) -> dict[str, int]:
        with self.uow as uow:
            return dict(uow.outbox.counts())

    def waiting(self) -> int:
        counts = self.counts()
        return counts.get("new", 0) + counts.get("claimed", 0)

    async def delivered(self, delivery: Delivery, *, within: float = 100_000.0) -> float:
        """Run until nothing waits any more; return how many seconds it took."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        running = asyncio.create_task(delivery.run())
        while self.waiting() and loop.time() - began < within:
            await asyncio.sleep(max(0.5, (loop.time() - began) / 50))
        await delivery.stop()
        await running
        return loop.time() - began
