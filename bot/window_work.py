"""Work beside the lines of a window: done at once where lines come through a pipe, else on a thread while people write on."""

import asyncio
import logging
import threading
from collections.abc import Callable

from bot.apart import Ended
from bot.logs import failure
from bot.packs.work import PackWork, do_all
from dialogs.ports import UnitOfWork

LOOKS_EVERY = 20  # seconds, while people write
log = logging.getLogger(__name__)


class WindowWork:
    """*writing* and *reading* give a unit of work. What a process that is gone had begun is looked for first."""

    def __init__(
        self, work: PackWork, writing: Callable[[], UnitOfWork], reading: Callable[[], UnitOfWork]
    ) -> None:
        self._work, self._writing, self._reading = work, writing, reading
        self._rung = True
        self._news = threading.Event()
        self._thread: threading.Thread | None = None

    def ring(self) -> None:
        """Hear that a line asks for work: it is kept when the line is done."""
        self._rung = True

    def at_once(self) -> bool:
        """Do all that is asked for; return whether there was anything."""
        rung, self._rung = self._rung, False
        if rung:
            self._all()
        return rung

    def meanwhile(self) -> bool:
        """Let a thread do what is asked for. What comes of it is told at the next look, which comes early then."""
        if self._rung and (self._thread is None or not self._thread.is_alive()):
            self._rung = False
            self._thread = threading.Thread(target=self._all, name="beside", daemon=True)
            self._thread.start()
        return False

    async def pause(self) -> None:
        """Let some time pass between two looks, less when something has been done."""
        self._news.clear()
        for _ in range(LOOKS_EVERY):
            await asyncio.sleep(1)
            self.meanwhile()  # what was asked for just as the thread ended
            if self._news.is_set():
                return

    def end(self) -> None:
        """Stop: the next window takes up what is half done."""
        self._work.end()
        if self._thread is not None:
            self._thread.join(5)

    def _all(self) -> None:
        try:
            do_all(self._work, self._writing, self._reading)
        except Ended:
            return
        except Exception as error:  # noqa: BLE001 - the conversation is worth more, and it is tried again
            log.error("work beside the window failed", extra=failure(error))
        self._news.set()
