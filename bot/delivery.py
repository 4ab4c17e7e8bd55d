"""Delivers letters through a door: in each room in order and at its pace, and in no room waiting for another."""

import asyncio
import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any, Protocol

from bot.logs import failure
from bot.patience import Slip, within
from bot.private_rooms import Closed, OpensRooms, PrivateRooms, Run
from bot.usecases.deliver import Doubt, Fate, Handed, Told, fate, mark_and_claim, patience
from dialogs.ports import ClaimedLetter, Clock
from dialogs.sending import Found, Later, Never, NotThere, Outcome, Sent, Unknown

AT_ONCE = 16  # rooms
DOUBT = Doubt()
POLL = 5.0  # seconds; finds what nobody woke us for
MOST_SLIPS = 3  # of the messenger with one letter
AFTER_TROUBLE = 1.0  # seconds to wait when the store failed

log = logging.getLogger(__name__)


class Messenger(OpensRooms, Protocol):
    """Speaks with one platform. It tries once: when to try again is decided here."""

    async def send(self, letter: ClaimedLetter) -> Outcome: ...

    async def find(self, letter: ClaimedLetter) -> Found:
        """Say whether the platform has a letter that somebody may have sent.

        ``Later`` where it can't be asked just now; ``Unknown`` where it was asked and can't tell; ``NotThere`` too
        where sending twice does no harm.
        """


class Delivery:
    """One per door. *run* runs a use case off the event loop; *pace* is how many seconds a room rests after a letter.

    *closed* is called for each account that turned out to be closed when somebody was to be written to.
    """

    def __init__(
        self,
        door: str,
        messenger: Messenger,
        run: Run,
        clock: Clock,
        *,
        pace: float,
        at_once: int = AT_ONCE,
        doubt: Doubt = DOUBT,
        poll: float = POLL,
        closed: Closed | None = None,
    ) -> None:
        self._door, self._messenger, self._run, self._clock = door, messenger, run, clock
        self._pace, self._at_once, self._doubt, self._poll = pace, at_once, doubt, poll
        self._in_hand: dict[str, asyncio.Task[None]] = {}  # room -> who sends there
        self._told: list[Told] = []
        # In the event loop's time:
        self._rests: dict[str, float] = {}  # room -> until when nothing is sent there
        self._halted_until = 0.0
        self._slips: Counter[int] = Counter()
        self._woken = asyncio.Event()
        self._look_around = True
        self._stopping = False
        self._running: asyncio.Task[None] | None = None
        self._rooms = PrivateRooms(
            door, messenger, run, limit=doubt.limit, opened=self.wake, halted=self._halt, closed=closed
        )
        self.outcomes: Counter[str] = Counter()  # since the start, by the names of dialogs.sending's classes

    def wake(self) -> None:
        """Say that there may be letters. Called on the event loop; costs nothing when there are none."""
        self._look_around = True
        self._woken.set()

    async def run(self) -> None:
        """Deliver until stopped. Cancelled, it leaves what was being sent in doubt: it will be asked for."""
        self._running = asyncio.current_task()
        try:
            await self._round()
            while not self._stopping or self._in_hand or self._told:
                await self._until_something_happens()
                await self._round()
        finally:
            self._running = None
            self._rooms.cancel()
            for task in self._in_hand.values():
                task.cancel()

    async def stop(self) -> None:
        """Take no more letters; return when those in hand are sent and marked."""
        self._stopping = True
        self._woken.set()
        if self._running is not None:
            await asyncio.wait({self._running})

    async def _round(self) -> None:
        """Mark what has been learned since the last round, and claim for every room that is free, at one go."""
        told, self._told = self._told, []
        try:
            handed = await self._mark_and_claim(told)
        except Exception as error:  # noqa: BLE001 - the store may be back in a moment; letters wait for it
            log.error("letters were not claimed or marked", extra={"door": self._door, **failure(error)})
            await self._mark_one_by_one(told)
            await asyncio.sleep(AFTER_TROUBLE)
            self._woken.set()
            return
        for letter in handed.letters:
            self._in_hand[letter.room.id] = asyncio.create_task(self._tend(letter))
        self._rooms.look_for(handed.nowhere)

    async def _mark_and_claim(self, told: Sequence[Told]) -> Handed:
        now = self._time()
        self._rests = {room: until for room, until in self._rests.items() if until > now}
        halted = self._stopping or now < self._halted_until
        most = 0 if halted else self._at_once - len(self._in_hand)
        look_around, self._look_around = self._look_around and not halted, self._look_around and halted
        if not told and not most and not look_around:
            return Handed()
        busy = self._in_hand.keys() | self._rests.keys()
        return await self._store(told, most=most, but_not=busy, look_around=look_around)

    async def _store(self, told: Sequence[Told], **claiming: Any) -> Handed:
        return await self._run(
            lambda uow: mark_and_claim(self._door, told, uow=uow, clock=self._clock, **claiming)
        )

    async def _mark_one_by_one(self, told: Sequence[Told]) -> None:
        """Keep one outcome that can't be stored from standing in the others' way."""
        for one in told:
            try:
                await self._store((one,), most=0, but_not=(), look_around=False)
            except Exception as error:  # noqa: BLE001 - tried again for as long as the letter is ours
                if one.letter.until is not None and self._clock.now() < one.letter.until:
                    self._told.append(one)
                else:
                    log.error("an outcome was lost", extra={**self._about(one.letter), **failure(error)})

    async def _until_something_happens(self) -> None:
        now = self._time()
        wait = min([self._poll, *(until - now for until in self._rests.values())])
        try:
            async with asyncio.timeout(max(wait, self._halted_until - now)):
                await self._woken.wait()
        except TimeoutError:
            self._look_around = True
        self._woken.clear()

    async def _tend(self, letter: ClaimedLetter) -> None:
        """Deliver the letter, and let the next round mark what became of it."""
        room = letter.room.id
        try:
            self._rests[room] = self._learn(*await self._deliver(letter))
        except Exception as error:  # noqa: BLE001 - the claim runs out, and the letter is asked for
            log.error("a letter was let go", extra={**self._about(letter), **failure(error)})
        finally:
            del self._in_hand[room]
            self._woken.set()

    def _learn(self, letter: ClaimedLetter, outcome: Outcome) -> float:
        """Keep the outcome to be marked; return until when the room rests."""
        now = self._clock.now()
        self.outcomes[type(outcome).__name__] += 1
        if isinstance(outcome, Sent):
            self._told.append(Told(letter, outcome, now))
            return self._time() + self._pace
        becomes = fate(letter, outcome, now, self._doubt)
        self._log(letter, outcome, becomes)
        if isinstance(outcome, Later) and outcome.everywhere:
            self._halt(patience(outcome.seconds, letter.epoch))
        if isinstance(outcome, Unknown) and letter.unsure_since is None:
            letter = replace(letter, unsure_since=self._doubt.begins(now))
        self._told.append(Told(letter, becomes, now))
        return self._time() + max(self._pace, becomes.wait or 0.0)

    async def _deliver(self, letter: ClaimedLetter) -> tuple[ClaimedLetter, Outcome]:
        """Send the letter; before that, ask for it when somebody may have sent it already."""
        if letter.unsure_since is not None:
            if wait := self._doubt.left(letter, self._clock.now()):
                return letter, Later(wait, "too soon to ask")
            found = await within(self._doubt.limit, self._messenger.find(letter))
            if not isinstance(found, NotThere):
                return letter, found
            letter = replace(letter, unsure_since=None)
        if (
            letter.until is not None
            and self._clock.now() + timedelta(seconds=self._doubt.limit) > letter.until
        ):
            return letter, Later(0.0, "held for too long")
        sent = await within(self._doubt.limit, self._messenger.send(letter))
        if isinstance(sent, Slip):
            self._slips[letter.id] += 1
            if self._slips[letter.id] >= MOST_SLIPS:
                return letter, Never(sent.why)
        return letter, sent

    def _halt(self, seconds: float) -> None:
        self._halted_until = max(self._halted_until, self._time() + seconds)

    def _log(self, letter: ClaimedLetter, outcome: Later | Unknown | Never, becomes: Fate) -> None:
        level = logging.WARNING if becomes.wait is None else logging.INFO
        about = {**self._about(letter), "outcome": type(outcome).__name__, "why": outcome.why}
        log.log(level, "letter not sent", extra={**about, "becomes": becomes.state, "wait": becomes.wait})

    def _about(self, letter: ClaimedLetter) -> dict[str, object]:
        return {"door": self._door, "letter": letter.id, "room": letter.room.id, "tries": letter.epoch}

    def _time(self) -> float:
        return asyncio.get_running_loop().time()
