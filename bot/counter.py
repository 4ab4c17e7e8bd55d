"""The counter: where doors on the event loop hand in what was said, and ask what they may show.

The use cases are synchronous. Here they run on one thread that writes and on a few that read, and the event loop goes
on meanwhile. What was handed in is stored before the door hears that it is; then its turn is taken.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from functools import partial
from time import perf_counter
from typing import TypeVar, cast

from bot.beside import Beside
from bot.desk import Desk
from bot.files_in import CheckPack
from bot.intake import Intake
from bot.logs import failure
from bot.metrics import EVENTS, Metrics
from bot.packs.work import PackWork
from bot.reminding import Look
from bot.turns import LOOK_UP_SECONDS, Fetch, LookUp, Stored, Turns
from bot.usecases.home import home_of, renewals
from bot.usecases.look_up import LookFirst, Wanted, look_up
from bot.usecases.pack_upload import forget_late
from bot.usecases.replies import Speaker, form_for_command, form_of, is_heard, problems_in
from bot.writer import Steps, Writer, done
from dialogs.incoming import Incoming
from dialogs.messages import Form, Message
from dialogs.ports import UnitOfWork

READERS = 2

T = TypeVar("T")

log = logging.getLogger(__name__)


class NotStored(Exception):  # noqa: N818 - the door answers 503 and the platform comes again
    """What was handed in is not kept."""


class Counter:
    def __init__(
        self,
        desk: Desk,
        reading: Callable[[], UnitOfWork],
        *,
        unreachable: tuple[type[Exception], ...] = (),
        metrics: Metrics | None = None,
        look_up_seconds: float = LOOK_UP_SECONDS,
        check_pack: CheckPack | None = None,
        work: PackWork | None = None,
    ) -> None:
        """*reading* gives a unit of work that only reads; *unreachable* is what the store raises when it is away.

        The desk is this counter's alone. *check_pack* checks packs that are sent in; *work* is done beside the turns.
        """
        self.metrics = metrics or Metrics()
        self._desk = desk = replace(desk, ring=self._ring)
        self._reading = reading
        self._writer = Writer(cast(Steps, desk.uow))
        self._turns = Turns(desk, self._writer, self.metrics, unreachable, look_up_seconds, check_pack)
        self._intake = Intake(desk, self._writer, self._turns)
        self._beside = Beside(work, self.write, self.read, self._turns.wake) if work is not None else None
        self._readers = ThreadPoolExecutor(READERS, "reader")
        self._left_over: set[int] = set()
        self._looked: dict[
            str, dict[tuple[str, str], str]
        ] = {}  # door -> pages that were found to be as they were
        self._closing = False

    def start(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._writer.start()

    def look_up_with(self, door: str, look_up: LookUp) -> None:
        """Ask the door's platform, from now on, about the accounts that nobody knows."""
        self._turns.look_ups[door] = look_up

    def fetch_with(self, door: str, fetch: Fetch) -> None:
        """Fetch, from now on, the files that the door's platform holds for the coach."""
        self._turns.fetches[door] = fetch

    def wake_after_turns(self, wake: Callable[[], None]) -> None:
        """Call *wake* on the event loop whenever there may be new letters."""
        self._turns.wakes.append(wake)

    def expect_before_turns(self, expect: Callable[[], None]) -> None:
        """Call *expect* on the event loop whenever a turn is to be taken next: what it asks of us is done with it."""
        self._turns.expecting.append(expect)

    # ------------------------------------------------------------------------------------------------ handing in

    async def take_in(self, incoming: Incoming, *, if_heard: bool = False) -> bool:
        """Store it for good and let its turn come; return False when it was stored before. Raises ``NotStored``.

        *if_heard*, nothing is stored of what is no business of the coach's: then it returns False too.
        """
        if self._closing:
            raise NotStored
        try:
            came = await self._intake.take(incoming, if_heard=if_heard)
        except Exception as error:
            log.error("not stored", extra={"door": incoming.door, **failure(error)})
            raise NotStored from error
        if came != "not heard":
            self.metrics.count(EVENTS, door=incoming.door, seen="before" if came == "seen before" else "now")
        return isinstance(came, Stored) or came == "taken"

    async def resume(self) -> None:
        """Queue what was stored and never came to its end; and go on with the work that was asked for."""
        await self._queue_again(await self.read(_undone))
        await self._look_beside()

    async def sweep(self) -> None:
        """Queue what was undone at the last sweep and still is, in nobody's hands: the database was away.

        Go on with the work that nobody is at. Forget the packs that nobody installed in time, the tables that nobody
        entered, and what came of work.
        """
        undone = set(await self.read(_undone))
        left_over, self._left_over = self._left_over & undone, undone
        await self._queue_again(sorted(left_over))
        await self._look_beside()
        if await self.read(self._some_late):
            await self.write(lambda uow: forget_late(uow=uow, clock=self._desk.clock))

    async def look_at_a_new_day(self) -> None:
        if await self._writer.at_length(lambda _: self._desk.look_at_a_new_day()):
            self._turns.wake()

    async def look_at_the_clock(self) -> None:
        """Close what ran out, plan a new day, and say what is due: one journey at a time, with turns in between."""
        await self.look_at_a_new_day()
        for journey in await self._writer.at_length(lambda _: self._desk.unplanned()):
            await self._replan(journey)
            self._turns.wake()
        look = Look(self._desk, await self.read(self._desk.due))
        for about, act in look.acts():
            await self._for_one(about, act)
        if look.written:
            self._turns.wake()

    async def finish(self) -> None:
        """Take in nothing more, and wait until the turns in hand are over."""
        self._closing = True
        await self._intake.finish()
        await self._turns.at_rest()

    async def close(self) -> None:
        """Write what was asked for so far, and end the threads."""
        self._closing = True
        if self._beside is not None:
            await self._beside.stop()
        self._turns.drop()
        await self._writer.close()
        self._readers.shutdown(wait=False)

    # ------------------------------------------------------------------------------------------------ asking

    async def is_heard(self, incoming: Incoming) -> bool:
        """Whether words that weren't put to the coach are its business all the same."""
        return await self.read(lambda uow: is_heard(incoming, uow=uow))

    async def form_of(self, button: str, speaker: Speaker) -> Form | None:
        return await self.read(self._asking(form_of, button, speaker))

    async def form_for_command(self, text: str, speaker: Speaker) -> Form | None:
        return await self.read(self._asking(form_for_command, text, speaker))

    async def problems_in(self, incoming: Incoming) -> Mapping[str, str]:
        """Return what is wrong with a form that was handed in, field by field; what was typed is kept."""
        return await self.write(self._asking(problems_in, incoming))

    async def home_of(
        self, tenant: str, account: str, name: str, spoken: str = "", *, door: str = "slack"
    ) -> Message:
        return await asyncio.shield(
            self._writer.at_length(self._asking(home_of, door, tenant, account, name, spoken))
        )

    async def stale_homes(self, *, door: str = "slack") -> Sequence[tuple[str, str]]:
        """Return (tenant, account) of each page that would show something else by now."""
        looked = self._looked.setdefault(door, {})
        return await self.read(self._asking(partial(renewals, looked=looked), door))

    async def read(self, act: Callable[[UnitOfWork], T]) -> T:
        """Do *act* on a thread that reads. It opens the unit of work itself, as use cases do."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._readers, lambda: done(act, self._reading()))

    async def write(self, act: Callable[[UnitOfWork], T]) -> T:
        """Do *act* on the thread that writes, before the turns that wait; it may share its commit with others.

        It opens the unit of work itself and commits what it writes; it is short, and may be done twice over.
        """
        return await asyncio.shield(self._writer.shortly(act))

    def write_last(self, act: Callable[[UnitOfWork], T]) -> "asyncio.Future[T]":
        """The same after the turns that are taken meanwhile: their letters are there for *act*.

        It is asked for by the time that this returns, and done whoever waits for it.
        """
        return self._writer.at_last(act)

    # ------------------------------------------------------------------------------------------------ inside

    def _some_late(self, uow: UnitOfWork) -> bool:
        with uow:
            now = self._desk.clock.now()
            kept = (uow.packs_in_waiting, uow.tables_in_waiting, uow.pack_jobs)
            return any(one.some_late(now) for one in kept)

    def _ring(self) -> None:
        """Hear, on the thread that writes, that this turn asks for work: it is kept by the time that anybody looks."""
        with suppress(RuntimeError):  # the program is ending in a hurry, and the next start looks
            self._loop.call_soon_threadsafe(self._rung)

    def _rung(self) -> None:
        if self._beside is not None:
            self._beside.ring()

    async def _look_beside(self) -> None:
        if self._beside is not None and await self.read(self._some_to_do):
            self._beside.ring()

    def _some_to_do(self, uow: UnitOfWork) -> bool:
        with uow:
            return uow.pack_jobs.some_to_do(self._desk.clock.now())

    async def _for_one(self, about: str, act: Callable[[], T]) -> T | None:
        try:
            return await self._writer.at_length(lambda _: act())
        except Exception as error:  # noqa: BLE001 - the other journeys' turns come all the same
            log.error("a journey was not looked at", extra={"about": about, **failure(error)})
            return None

    async def _replan(self, journey: str) -> None:
        """Plan a journey anew; what is to be looked up for it is looked up on a thread that reads."""
        wanted = await self._for_one(
            journey, partial(_or_what_first, partial(self._desk.replan_with, journey, {}))
        )
        if not wanted:
            return
        try:
            found = await self.read(lambda uow: look_up(wanted, uow=uow))
        except Exception as error:  # noqa: BLE001 - it is offered on another day
            log.warning("nothing was looked up", extra={"about": journey, **failure(error)})
        else:
            await self._for_one(journey, partial(self._desk.replan_with, journey, found))

    async def _queue_again(self, numbers: Sequence[int]) -> None:
        waiting = [number for number in numbers if number not in self._turns.in_hand]
        if waiting:
            for turn in await self._writer.at_length(partial(self._stored, waiting)):
                self._turns.queue(turn, perf_counter())

    def _stored(self, numbers: Sequence[int], uow: UnitOfWork) -> Sequence[Stored]:
        with uow:
            found = [(number, self._taken(number, uow)) for number in numbers]
        return [self._turns.stored(n, incoming, uow) for n, incoming in found if incoming is not None]

    def _taken(self, number: int, uow: UnitOfWork) -> Incoming | None:
        """Return what came in; None where nobody can read it any more, too: the others' turns come all the same."""
        try:
            return uow.inbox.take(number)
        except ValueError as error:
            log.error("turn left in the inbox", extra={"turn": number, **failure(error)})
            return None

    def _asking(self, act: Callable[..., T], *about: object) -> Callable[[UnitOfWork], T]:
        """Return *act* with all that it asks for, but for the unit of work."""
        desk = self._desk
        return lambda uow: act(
            *about,
            uow=uow,
            shelf=desk.shelf,
            clock=desk.clock,
            ids=desk.ids,
            book=desk.book,
            language=desk.language,
            borders=desk.borders,
        )


def _or_what_first(act: Callable[[], object]) -> Sequence[Wanted]:
    """Do it, or return what is to be looked up first; () when it was done."""
    try:
        act()
    except LookFirst as first:
        return first.wanted
    return ()


def _undone(uow: UnitOfWork) -> Sequence[int]:
    with uow:
        return uow.inbox.undone()
