"""Delivers letters through a door: in each room in order and at its pace, and in no room waiting for another."""

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import Any, Protocol, TypeVar

from bot.logs import failure
from bot.patience import Asked, Slip
from bot.private_rooms import Closed, OpensRooms, PrivateRooms, Run
from bot.usecases.deliver import Doubt, Fate, Handed, Told, fate, mark_and_claim, patience
from dialogs.ports import ClaimedLetter, Clock
from dialogs.sending import Found, Later, Never, NotThere, Outcome, Sent, Unknown

AT_ONCE = 16  # rooms
DOUBT = Doubt()
POLL = 5.0  # seconds; finds what nobody woke us for
MOST_SLIPS = 3  # of the messenger with one letter
AFTER_TROUBLE = 1.0  # seconds to wait when the store failed

Answer = TypeVar("Answer")

log = logging.getLogger(__name__)


class Messenger(OpensRooms, Protocol):
    """Speaks with one platform. It tries once: when to try again is decided here."""

    async def send(self, letter: ClaimedLetter) -> Outcome: ...

    async def find(self, letter: ClaimedLetter) -> Found:
        """Say whether the platform has a letter that somebody may have sent.

        ``Later`` where it can't be asked just now; ``Unknown`` where it was asked and can't tell; ``NotThere`` too
        where sending twice does no harm.
        """


@dataclass(frozen=True, slots=True)
class _Round:
    """What was learned and is being marked, and the letters that the store hands out for it."""

    told: Sequence[Told]
    handed: "asyncio.Future[Handed]"


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
        self._in_hand: dict[str, Asked[Any]] = {}  # room -> what the platform is asked about its letter
        self._told: list[Told] = []
        # In the event loop's time:
        self._rests: dict[str, float] = {}  # room -> until when nothing is sent there
        self._halted_until = 0.0
        self._slips: Counter[int] = Counter()
        self._round: _Round | None = None  # under way
        self._again = True  # something has happened since it began
        self._roused = asyncio.Event()
        self._stopping = False
        self._running: asyncio.Task[None] | None = None
        self._rooms = PrivateRooms(
            door, messenger, run, limit=doubt.limit, opened=self.wake, halted=self._halt, closed=closed
        )
        self.outcomes: Counter[str] = Counter()  # since the start, by the names of dialogs.sending's classes

    def wake(self) -> None:
        """Say that there may be letters. Called on the event loop; costs little when there are none."""
        self._again = True
        self._roused.set()

    def expect(self) -> None:
        """Say that letters may be written just now: the store is to look for them in the same commit."""
        if self._round is not None:
            self._again = True
        elif self._running is not None:
            self._round = self._begin()
            self._roused.set()

    def written(self) -> None:
        """Say that letters may have been written, where *run* does and tells things in order.

        A round that is under way will find them, or has: had it come before them, it would have told so before.
        """
        if self._round is None:
            self.wake()

    async def run(self) -> None:
        """Deliver until stopped. Cancelled, it leaves what was being sent in doubt: it will be asked for."""
        self._running = asyncio.current_task()
        try:
            await self._end_round()
            while not self._stopping or self._in_hand or self._told:
                await self._until_something_happens()
                await self._end_round()
        finally:
            self._running = None
            self._rooms.cancel()
            for asked in self._in_hand.values():
                asked.leave()

    async def stop(self) -> None:
        """Take no more letters; return when those in hand are sent and marked."""
        self._stopping = True
        self.wake()
        if self._running is not None:
            await asyncio.wait({self._running})

    def _begin(self) -> "_Round | None":
        """Have marked what has been learned since the last round, and claimed for every room that is free, at one go."""
        self._again = False
        now = self._time()
        self._rests = {room: until for room, until in self._rests.items() if until > now}
        halted = self._stopping or now < self._halted_until
        most = 0 if halted else self._at_once - len(self._in_hand)
        if not self._told and not most:
            return None
        told, self._told = self._told, []
        busy = self._in_hand.keys() | self._rests.keys()
        handed = self._store(told, most=most, but_not=busy, look_around=not halted)
        return _Round(told, asyncio.ensure_future(handed))

    async def _end_round(self) -> None:
        """Wait for the round that is under way, or for a new one, and take in hand what it hands out."""
        self._round = self._round or self._begin()
        if self._round is None:
            return
        told = self._round.told
        try:
            handed = await self._round.handed
        except Exception as error:  # noqa: BLE001 - the store may be back in a moment; letters wait for it
            log.error("letters were not claimed or marked", extra={"door": self._door, **failure(error)})
            await self._mark_one_by_one(told)
            await asyncio.sleep(AFTER_TROUBLE)
            self._again = True
            return
        finally:
            self._round = None
        for letter in handed.letters:
            self._tend(letter)
        self._rooms.look_for(handed.nowhere)

    def _store(self, told: Sequence[Told], **claiming: Any) -> Awaitable[Handed]:
        return self._run(lambda uow: mark_and_claim(self._door, told, uow=uow, clock=self._clock, **claiming))

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
        self._roused.clear()
        if self._again or self._round is not None:
            return
        now = self._time()
        wait = min([self._poll, *(until - now for until in self._rests.values())])
        with suppress(TimeoutError):
            async with asyncio.timeout(max(wait, self._halted_until - now)):
                await self._roused.wait()

    # ------------------------------------------------------------------------------------------ one letter

    def _tend(self, letter: ClaimedLetter) -> None:
        """Send the letter; before that, ask for it when somebody may have sent it already."""
        if letter.unsure_since is None:
            self._send(letter)
        elif wait := self._doubt.left(letter, self._clock.now()):
            self._over(letter, Later(wait, "too soon to ask"))
        else:
            self._ask(letter, self._messenger.find(letter), self._found)

    def _found(self, letter: ClaimedLetter, found: Found) -> None:
        if isinstance(found, NotThere):
            self._send(replace(letter, unsure_since=None))
        else:
            self._over(letter, found)

    def _send(self, letter: ClaimedLetter) -> None:
        if (
            letter.until is not None
            and self._clock.now() + timedelta(seconds=self._doubt.limit) > letter.until
        ):
            self._over(letter, Later(0.0, "held for too long"))
        else:
            self._ask(letter, self._messenger.send(letter), self._sent)

    def _sent(self, letter: ClaimedLetter, sent: Outcome) -> None:
        if isinstance(sent, Slip):
            self._slips[letter.id] += 1
            if self._slips[letter.id] >= MOST_SLIPS:
                sent = Never(sent.why)
        self._over(letter, sent)

    def _ask(
        self,
        letter: ClaimedLetter,
        question: Coroutine[Any, Any, Answer],
        then: Callable[[ClaimedLetter, Answer | Unknown], None],
    ) -> None:
        """Put a question about the letter, which is in hand until *then* is done with the answer."""
        self._in_hand[letter.room.id] = Asked(question, self._doubt.limit, partial(then, letter))

    def _over(self, letter: ClaimedLetter, outcome: Outcome) -> None:
        """Let the next round mark what became of the letter."""
        room = letter.room.id
        try:
            self._rests[room] = self._learn(letter, outcome)
        except Exception as error:  # noqa: BLE001 - the claim runs out, and the letter is asked for
            log.error("a letter was let go", extra={**self._about(letter), **failure(error)})
        finally:
            self._in_hand.pop(room, None)
            self.wake()

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
