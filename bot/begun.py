"""Carries what was begun to its end, also when whoever asked for it couldn't wait any longer."""

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any, TypeVar

from bot.logs import failure

Done = TypeVar("Done")

log = logging.getLogger(__name__)


class Begun:
    """A task that is cancelled half-way may have stored an event whose turn nobody takes: so none is cancelled."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()

    async def within(self, seconds: float, act: Coroutine[Any, Any, Done]) -> Done:
        """Return what *act* returns. Raises ``TimeoutError`` when it takes longer; it goes on all the same."""
        task = self.start(act)
        await asyncio.wait({task}, timeout=seconds)
        if not task.done():
            task.add_done_callback(_tell)
            raise TimeoutError
        return task.result()

    def later(self, act: Coroutine[Any, Any, object]) -> None:
        """Let it happen with nobody waiting."""
        self.start(act).add_done_callback(_tell)

    def start(self, act: Coroutine[Any, Any, Done]) -> asyncio.Task[Done]:
        task = asyncio.create_task(act)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def finish(self, seconds: float) -> None:
        """Wait for what is under way; what isn't done by then is let go."""
        if self._tasks:
            _, left = await asyncio.wait(set(self._tasks), timeout=seconds)
            for task in left:
                task.cancel()
            await asyncio.gather(*left, return_exceptions=True)


def _tell(task: asyncio.Task[Any]) -> None:
    if not task.cancelled() and (error := task.exception()) is not None:
        log.error("what a platform brought could not be finished", extra=failure(error))
