"""What runs while the program serves: doors, deliveries, the web server and the clock's work, and how they end."""

import asyncio
import logging
import os
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from time import perf_counter
from typing import Protocol

from aiohttp import web

from bot import feeds, file_links
from bot.counter import Counter, NotStored
from bot.delivery import Delivery, Messenger
from bot.logs import failure
from bot.metrics import DELIVERIES, DELIVERY_SECONDS, Metrics
from bot.schedule.tick import Tick
from bot.settled import settle
from bot.usecases.deliver import closed_account
from bot.watch import Watch
from bot.web import Runner, application, listen
from bot.wiring import World
from dialogs.incoming import Attached, Incoming, Profile
from dialogs.model.problem import Problem
from dialogs.ports import AccountRef, ClaimedLetter, UnitOfWork
from dialogs.sending import Found, Later, Never, Outcome

STOP_WITHIN = 20.0  # seconds; what isn't done by then is in the database, and the next start does it
DOOR_STOPS_WITHIN = 5.0
SWEEP_EVERY = 30.0
RETRY_AFTER, RETRY_AT_LAST = 2.0, 60.0

log = logging.getLogger(__name__)


class Shut(Exception):  # noqa: N818 - the operator's slip; no bug
    """The platform won't let us in, now or later: `why`, in its own word, and the `setting` to look at."""

    def __init__(self, setting: str, why: str) -> None:
        super().__init__(f"{setting}: {why}")
        self.setting = setting
        self.why = why


class NoPort(Exception):  # noqa: N818 - the operator's slip; no bug
    """Nothing can be served at the host and port that are set."""


class Door(Protocol):
    """A platform's door. `start` raises ``Shut`` when nothing but another setting will help, else whatever went wrong."""

    @property
    def messenger(self) -> Messenger: ...
    def routes(self) -> Sequence[web.RouteDef]: ...
    async def start(self) -> None: ...
    async def stop(self, seconds: float) -> None: ...
    async def look_up(self, incoming: Incoming, accounts: Sequence[str]) -> Mapping[str, Profile]: ...
    async def fetch(self, file: Attached) -> bytes | Problem: ...


@dataclass(frozen=True, slots=True)
class Timed:
    """A messenger, with a look at the watch and a stroke on the tally for each letter that is tried."""

    door: str
    inner: Messenger
    metrics: Metrics

    async def send(self, letter: ClaimedLetter) -> Outcome:
        began = perf_counter()
        outcome = await self.inner.send(letter)
        self.metrics.took(DELIVERY_SECONDS, perf_counter() - began, door=self.door)
        self.metrics.count(DELIVERIES, door=self.door, outcome=type(outcome).__name__.lower())
        return outcome

    async def find(self, letter: ClaimedLetter) -> Found:
        return await self.inner.find(letter)

    async def open_private(self, account: str, tenant: str) -> str | Later | Never:
        return await self.inner.open_private(account, tenant)


@dataclass
class Serving:
    """*doors* by name; *pace* is how many seconds a room of theirs rests after a letter."""

    world: World
    counter: Counter
    metrics: Metrics
    doors: Mapping[str, Door]
    pace: float
    stop_within: float = STOP_WITHIN
    port: int = 0  # where it serves, once it does
    is_open: bool = False  # whether every door is, and the clock has been looked at
    _tick: Tick | None = None
    _tasks: list["asyncio.Task[None]"] = field(default_factory=list)
    _deliveries: list[Delivery] = field(default_factory=list)

    async def until(self, stop: asyncio.Event) -> None:
        """Serve until *stop* is set. Raises ``Shut`` when a door is, for good."""
        watch = Watch(self.world, self.metrics)
        runner = self._runner(watch)
        self.counter.start()
        for name, door in self.doors.items():
            self.counter.look_up_with(name, door.look_up)
            self.counter.fetch_with(name, door.fetch)
        await self.counter.resume()
        try:
            self.port = await listen(runner, self.world.settings.host, self.world.settings.port)
        except OSError as error:
            raise NoPort(error.strerror) from error
        log.info(
            "serving", extra={"host": self.world.settings.host, "port": self.port, "doors": [*self.doors]}
        )
        opening = asyncio.create_task(self._open(watch))
        stopped = asyncio.create_task(stop.wait())
        await asyncio.wait({opening, stopped}, return_when=asyncio.FIRST_COMPLETED)
        try:
            if opening.done():
                opening.result()
                await stopped
        finally:
            log.info("stopping")
            watch.stopping = True
            opening.cancel()
            stopped.cancel()
            await self._close_in_time(runner)

    def _runner(self, watch: Watch) -> Runner:
        settings = self.world.settings
        return Runner(
            application(
                why_not_ready=watch.why_not_ready,
                figures=watch.figures if settings.metrics == "on" else None,
                figures_token=settings.secret("metrics_token"),
                metrics=self.metrics,
                routes=[
                    *(route for door in self.doors.values() for route in door.routes()),
                    *self._feeds(),
                    *self._files(),
                ],
                unavailable=(NotStored,),
            )
        )

    def _feeds(self) -> Sequence[web.RouteDef]:
        world = self.world
        return feeds.routes(
            self.counter.read, shelf=world.shelf, clock=world.clock, book=world.book,
            language=world.settings.language or "sv",
        )  # fmt: skip

    def _files(self) -> Sequence[web.RouteDef]:
        world, language = self.world, self.world.settings.language or "sv"
        return file_links.routes(
            self.counter.read,
            files=world.files(language),
            clock=world.clock,
            book=world.book,
            language=language,
        )

    async def _open(self, watch: Watch) -> None:
        """Open every door, however long a platform can't be reached; then deliver, and do what the clock says."""
        await asyncio.gather(*(self._open_door(name, door) for name, door in self.doors.items()))
        await self.counter.look_at_a_new_day()
        watch.starting = False
        await self.counter.read(self._lay_out)
        self._every(SWEEP_EVERY, self.counter.sweep)
        self._tick = Tick(self.counter.look_at_the_clock)
        await self._tick.start()
        self.is_open = True
        log.info("open", extra={"doors": [*self.doors]})

    def _lay_out(self, _: UnitOfWork) -> None:
        """Read the packs before the first turn asks for them."""
        self.world.shelf.newest()
        settle()

    async def _open_door(self, name: str, door: Door) -> None:
        wait = RETRY_AFTER
        while True:
            try:
                await door.start()
                break
            except Shut:
                raise
            except Exception as error:  # noqa: BLE001 - the network may be there in a moment
                log.warning("a door does not open yet", extra={"door": name, **failure(error)})
            await asyncio.sleep(wait)
            wait = min(2 * wait, RETRY_AT_LAST)
        messenger = Timed(name, door.messenger, self.metrics)
        delivery = Delivery(
            name,
            messenger,
            self.counter.write_last,
            self.world.clock,
            pace=self.pace,
            closed=self._tell_of_closed,
        )
        self._deliveries.append(delivery)
        self.counter.expect_before_turns(delivery.expect)
        self.counter.wake_after_turns(delivery.written)
        self._tasks.append(asyncio.create_task(delivery.run()))

    async def _tell_of_closed(self, account: AccountRef) -> None:
        """Let happen what happens when the platform says that an account is closed: whoever leads is told."""
        await self.counter.take_in(closed_account(account, self.world.clock.now()))

    def _every(self, seconds: float, act: Callable[[], Awaitable[None]]) -> None:
        async def again() -> None:
            while True:
                try:
                    await act()
                except Exception as error:  # noqa: BLE001 - the next time comes all the same
                    log.error("a round failed", extra=failure(error))
                await asyncio.sleep(seconds)

        self._tasks.append(asyncio.create_task(again()))

    async def _close_in_time(self, runner: Runner) -> None:
        try:
            async with asyncio.timeout(self.stop_within):
                await self._close(runner)
        except TimeoutError:
            # Something doesn't answer. All that was acknowledged is stored, so that nothing is lost by not waiting.
            log.warning("stopped before everything in hand was done: the next start does it")
            logging.shutdown()
            os._exit(0)
        log.info("stopped")

    async def _close(self, runner: Runner) -> None:
        """Take in nothing more; then turns, then letters, then the store."""
        await runner.cleanup()
        if self._tick is not None:
            await self._tick.stop()
        await asyncio.gather(*(door.stop(DOOR_STOPS_WITHIN) for door in self.doors.values()))
        await self.counter.finish()
        await asyncio.gather(*(delivery.stop() for delivery in self._deliveries))
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.counter.close()
