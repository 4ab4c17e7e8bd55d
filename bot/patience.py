"""Waits for a platform, but not for ever; and lets no slip of a messenger end the waiting for others."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any, Generic, TypeVar

from bot.logs import failure
from dialogs.sending import Unknown

Answer = TypeVar("Answer")

log = logging.getLogger(__name__)
_left: set["asyncio.Task[Any]"] = (
    set()
)  # what we wait for no more; a task that nobody holds may be lost half way


class Slip(Unknown):
    """The messenger raised: a bug of ours, and nobody knows how far it came."""


class Asked(Generic[Answer]):
    """A question put to a platform. *then* hears what came of it, once: an answer, or ``Unknown`` after *limit* seconds.

    What is late is cancelled, and never waited for: a messenger may take no cancelling.
    """

    def __init__(
        self, question: Coroutine[Any, Any, Answer], limit: float, then: Callable[[Answer | Unknown], None]
    ) -> None:
        self._limit, self._then = limit, then
        self._task = asyncio.create_task(question)
        self._alarm = asyncio.get_running_loop().call_later(limit, self._late)
        self._task.add_done_callback(self._over)

    def leave(self) -> None:
        """Ask no more, and hear nothing of it."""
        self._alarm.cancel()
        self._task.remove_done_callback(self._over)
        if not self._task.done():
            _leave(self._task)

    def _late(self) -> None:
        self.leave()
        self._then(Unknown(f"no answer in {self._limit:g} seconds"))

    def _over(self, task: "asyncio.Task[Answer]") -> None:
        self._alarm.cancel()
        self._then(_answer(task))


async def within(limit: float, question: Coroutine[Any, Any, Answer]) -> Answer | Unknown:
    """Return the answer, or ``Unknown`` when there is none in *limit* seconds."""
    heard: asyncio.Future[Answer | Unknown] = asyncio.get_running_loop().create_future()
    asked = Asked(question, limit, lambda answer: None if heard.done() else heard.set_result(answer))
    try:
        return await heard
    finally:
        asked.leave()


def _answer(task: "asyncio.Task[Answer]") -> Answer | Unknown:
    try:
        return task.result()
    except asyncio.CancelledError:
        return Unknown("cancelled")
    except Exception as error:  # noqa: BLE001 - one letter that fails must not end the delivery of all
        log.error("a messenger failed", extra=failure(error))
        return Slip(type(error).__name__)


def _leave(task: "asyncio.Task[Any]") -> None:
    _left.add(task)
    task.add_done_callback(_let_go)
    task.cancel()


def _let_go(task: "asyncio.Task[Any]") -> None:
    _left.discard(task)
    if not task.cancelled():
        task.exception()  # looked at, so that asyncio doesn't complain
