"""An event loop in a thread of its own, for tests that are written one thing after the other."""

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any, TypeVar

Done = TypeVar("Done")
PATIENCE = 60.0  # seconds before a test gives up


class Loop:
    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="platforms")
        self._thread.start()

    def do(self, act: Coroutine[Any, Any, Done], patience: float = PATIENCE) -> Done:
        """Do it over there; return what comes of it."""
        return asyncio.run_coroutine_threadsafe(act, self._loop).result(patience)

    def close(self) -> None:
        self.do(self._leave_nothing())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    @staticmethod
    async def _leave_nothing() -> None:
        others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await asyncio.get_running_loop().shutdown_asyncgens()
