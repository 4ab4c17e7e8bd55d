"""APScheduler as a tick: it looks at the wall clock anew every few seconds, whatever the clock did in between."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.logs import failure

EVERY_SECONDS = 20
OVERDUE = 3  # times as long without a call: the clock has been set back

log = logging.getLogger(__name__)


class Tick:
    """Calls *look* at once and then every few seconds, one look at a time, until it is stopped.

    The scheduler is not the truth: what is due stands in the database, so that a tick that is late, missed or killed
    costs nothing but the time until the next.
    """

    def __init__(self, look: Callable[[], Awaitable[None]], *, seconds: float = EVERY_SECONDS) -> None:
        self._look = look
        self._seconds = seconds
        self._looking = asyncio.Lock()
        self._scheduler = AsyncIOScheduler(jobstores={"default": MemoryJobStore()}, timezone="UTC")
        self._job = self._scheduler.add_job(
            self._safely, "interval", seconds=seconds, coalesce=True, misfire_grace_time=None, max_instances=1
        )
        self._alarm: asyncio.TimerHandle | None = None

    async def start(self) -> None:
        self._scheduler.start()
        await self._safely()

    async def stop(self) -> None:
        """Look no more; a look that is under way comes to its end."""
        if self._alarm is not None:
            self._alarm.cancel()
        self._scheduler.shutdown(wait=False)
        async with self._looking:
            pass

    async def _safely(self) -> None:
        self._watch()
        if self._looking.locked():
            return
        async with self._looking:
            try:
                await self._look()
            except Exception as error:  # noqa: BLE001 - the next look comes all the same
                log.error("look failed", extra=failure(error))

    def _watch(self) -> None:
        """Wait, by a clock that nobody sets, for the next call to be overdue."""
        if self._alarm is not None:
            self._alarm.cancel()
        loop = asyncio.get_running_loop()
        self._alarm = loop.call_later(OVERDUE * self._seconds, self._begin_anew)

    def _begin_anew(self) -> None:
        """Count from now: the scheduler waits for a time on the wall clock, and that has been set back."""
        if self._scheduler.running:
            self._job.reschedule("interval", seconds=self._seconds)
            self._watch()
