"""Keeps watch while the program serves: whether it can take requests, and the figures that tell how it fares."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime

from bot.backlog import Backlog, backlog
from bot.metrics import INBOX, INBOX_AGE, OUTBOX, Metrics
from bot.wiring import World
from storage.schema import is_current

PATIENCE = 3.0  # seconds for the database to answer
COUNT_EVERY = 15.0  # seconds: counting letters reads them all


@dataclass
class Watch:
    world: World
    metrics: Metrics
    starting: bool = True
    stopping: bool = False
    _counted_at: float = field(default=float("-inf"))

    async def why_not_ready(self) -> str:
        """Return in a word why requests can't be taken just now; "" when they can."""
        if self.stopping:
            return "stopping"
        if self.starting:
            return "starting"
        try:
            async with asyncio.timeout(PATIENCE):
                current = await asyncio.to_thread(is_current, self.world.reading)
        except Exception:  # noqa: BLE001 - whatever it is, the answer is the same
            return "database"
        return "" if current else "schema"

    async def figures(self) -> str:
        """Return everything that is counted. When the database is away, what waits in it is left out."""
        now = asyncio.get_running_loop().time()
        if now - self._counted_at >= COUNT_EVERY:
            self._counted_at = now
            for figure in (INBOX, INBOX_AGE, OUTBOX):
                self.metrics.forget(figure)
            try:
                async with asyncio.timeout(PATIENCE):
                    found = await asyncio.to_thread(backlog, self.world.reading)
            except Exception:  # noqa: BLE001 - a figure that is missing tells it
                self._counted_at = float("-inf")
            else:
                self._show(found, self.world.clock.now())
        return self.metrics.text()

    def _show(self, found: Backlog, now: datetime) -> None:
        self.metrics.show(INBOX, found.waiting, state="waiting")
        self.metrics.show(INBOX, found.failed, state="failed")
        age = (now - found.oldest).total_seconds() if found.oldest is not None else 0.0
        self.metrics.show(INBOX_AGE, max(age, 0.0))
        for (door, state), many in found.letters.items():
            self.metrics.show(OUTBOX, many, door=door, state=state)
