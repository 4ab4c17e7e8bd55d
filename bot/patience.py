"""Waits for a platform, but not for ever; and lets no slip of a messenger end the waiting for others."""

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any, TypeVar

from bot.logs import failure
from dialogs.sending import Unknown

Answer = TypeVar("Answer")

log = logging.getLogger(__name__)
_left: set["asyncio.Task[Any]"] = (
    set()
)  # what we wait for no more; a task that nobody holds may be lost half way


class Slip(Unknown):
    """The messenger raised: a bug of ours, and nobody knows how far it came."""


async def within(seconds: float, asked: Coroutine[Any, Any, Answer]) -> Answer | Unknown:
    """Return the answer, or ``Unknown`` when there is none in time. What is late is cancelled, and never waited for."""
    task = asyncio.ensure_future(asked)
    try:
        done, _ = await asyncio.wait({task}, timeout=seconds)
    finally:
        if not task.done():
            _leave(task)
    if not done:
        return Unknown(f"no answer in {seconds:g} seconds")
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
