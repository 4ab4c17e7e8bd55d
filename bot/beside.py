"""Does work beside the turns, one piece at a time: heavy parts on a thread of their own, the rest between the turns."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from bot.logs import failure
from bot.packs.work import Act, PackWork
from dialogs.ports import UnitOfWork

log = logging.getLogger(__name__)

Do = Callable[[Callable[[UnitOfWork], Any]], Awaitable[Any]]


class Beside:
    """Kept by the event loop. *write* and *read* do an act on the store's threads; *wake* is called after each written."""

    def __init__(self, work: PackWork, write: Do, read: Do, wake: Callable[[], None]) -> None:
        self._work, self._write, self._read, self._wake = work, write, read, wake
        self._again = False
        self._running: asyncio.Task[None] | None = None
        self._stopped = False

    def ring(self) -> None:
        """Say that there may be work. Called on the event loop."""
        self._again = True
        if not self._stopped and (self._running is None or self._running.done()):
            self._running = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Stop at once: what is half done is taken up again at the next start."""
        self._stopped = True
        if self._running is not None:
            self._running.cancel()
            self._work.end()
            with suppress(asyncio.CancelledError):
                await self._running

    async def _run(self) -> None:
        while self._again:
            self._again = False
            try:
                await self._all()
            except Exception as error:  # noqa: BLE001 - whatever it was, it is tried again when its time is up
                log.error("work beside the turns failed", extra=failure(error))

    async def _all(self) -> None:
        acts, came = self._work.acts(), None
        while True:
            try:
                act = acts.send(came)
            except StopIteration:
                return
            came = await self._done(act)

    async def _done(self, act: Act) -> Any:
        if act.how == "apart":
            return await asyncio.to_thread(act.do)
        if act.how == "read":
            return await self._read(act.do)
        came = await self._write(act.do)
        self._wake()
        return came
