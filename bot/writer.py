"""One thread that writes: in order, and in one commit what waits at the same time.

A commit costs more than all that a turn writes, and whoever stores something waits for it. So what came while the
thread was busy shares the next commit: what is short in one, turns in another. Between some turns and the next
everything short is done, so that nobody waits long to hear that their words are kept.
"""

import asyncio
import threading
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from time import perf_counter
from types import TracebackType
from typing import Any, Generic, Protocol, Self, TypeVar, cast

from dialogs.ports import UnitOfWork

TOGETHER = 64  # in one commit at the most
LONG_ENOUGH = 0.02  # seconds of turns before they are committed: somebody may be waiting for a short one

T = TypeVar("T")


class Closed(Exception):  # noqa: N818 - no error of the program: it is stopping
    """Nothing more is written."""


class Steps(UnitOfWork, Protocol):
    """A unit of work that can hold several acts."""

    def step(self) -> None: ...


@dataclass(eq=False, slots=True)
class _Job(Generic[T]):
    """`act` is done on its own; `among_others`, where there is one, in one commit with others, and has no second try."""

    act: Callable[[UnitOfWork], T]
    among_others: Callable[[UnitOfWork], T] | None
    future: "asyncio.Future[T]"
    result: T | None = None
    error: BaseException | None = None

    def do(self, uow: UnitOfWork) -> None:
        try:
            self.result, self.error = self.act(uow), None
        except BaseException as error:  # noqa: BLE001 - whoever asked for it is told
            self.error = error

    def do_among_others(self, uow: UnitOfWork) -> None:
        """Raises whatever keeps it from being done."""
        if self.among_others is None:
            raise AssertionError("it is to be done on its own")
        self.result, self.error = self.among_others(uow), None

    def tell(self) -> None:
        if self.future.done():
            return
        if self.error is not None:
            self.future.set_exception(self.error)
        else:
            self.future.set_result(cast(T, self.result))


class _Part:
    """A unit of work within a greater one: what it commits is there when the greater one has committed."""

    def __init__(self, whole: Steps) -> None:
        self._whole = whole

    def __getattr__(self, name: str) -> Any:
        return getattr(self._whole, name)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._whole.step()

    def commit(self) -> None: ...


@dataclass(eq=False)
class Writer:
    """Asked on the event loop, which it answers; it alone uses *uow*."""

    uow: Steps
    _short: deque[_Job[Any]] = field(default_factory=deque)
    _long: deque[_Job[Any]] = field(default_factory=deque)
    _work: threading.Condition = field(default_factory=threading.Condition)
    _closing: bool = False
    _thread: threading.Thread | None = None

    def start(self) -> None:
        self._loop = asyncio.get_running_loop()
        # A daemon: a database that doesn't answer must not keep the program from ending.
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
        self._thread.start()

    def shortly(self, act: Callable[[UnitOfWork], T]) -> "asyncio.Future[T]":
        """Do *act*, perhaps in one commit with others: it commits what it writes, and may be done twice over."""
        return self._ask(self._short, act, act)

    def at_length(
        self, act: Callable[[UnitOfWork], T], among_others: Callable[[UnitOfWork], T] | None = None
    ) -> "asyncio.Future[T]":
        """Do *act* on its own, after those that were asked for before it.

        Or *among_others*, in one commit with them: it does the same, or raises, and then *act* is done after all.
        """
        return self._ask(self._long, act, among_others)

    async def close(self) -> None:
        """Do what was asked for so far, and end."""
        with self._work:
            self._closing = True
            self._work.notify()
        if self._thread is not None:
            await asyncio.to_thread(self._thread.join)

    def _ask(
        self,
        queue: deque[_Job[Any]],
        act: Callable[[UnitOfWork], T],
        among_others: Callable[[UnitOfWork], T] | None,
    ) -> "asyncio.Future[T]":
        job = _Job(act, among_others, self._loop.create_future())
        with self._work:
            if self._closing:
                raise Closed
            queue.append(job)
            self._work.notify()
        return job.future

    def _run(self) -> None:
        while self._wait():
            for queue in (self._short, self._long):
                if jobs := self._next(queue):
                    done = self._do(jobs)
                    queue.extendleft(reversed(jobs[done:]))
                    self._tell(jobs[:done])

    def _wait(self) -> bool:
        """Wait until there is something to do; return False when there is nothing more."""
        with self._work:
            self._work.wait_for(lambda: self._short or self._long or self._closing)
            return bool(self._short or self._long)

    def _next(self, queue: deque[_Job[Any]]) -> list[_Job[Any]]:
        """Take from the queue what can share a commit; else the one that can't."""
        jobs: list[_Job[Any]] = []
        while queue and len(jobs) < TOGETHER and (queue[0].among_others is not None or not jobs):
            jobs.append(queue.popleft())
            if jobs[-1].among_others is None:
                break
        return jobs

    def _do(self, jobs: Sequence[_Job[Any]]) -> int:
        """Do them in one commit; where one of them can't be done, each on its own. Return how many are done."""
        done = self._together(jobs) if len(jobs) > 1 else 0
        if not done:
            done = len(jobs)
            for job in jobs:
                job.do(self.uow)
        return done

    def _together(self, jobs: Sequence[_Job[Any]]) -> int:
        """Return how many were done, when it took long enough; 0 when one of them can't be."""
        part = cast(UnitOfWork, _Part(self.uow))
        until = perf_counter() + LONG_ENOUGH
        done = 0
        # Whatever goes wrong here comes again when each is done on its own, to whom it concerns.
        with suppress(Exception), self.uow:
            for job in jobs:
                job.do_among_others(part)
                done += 1
                if perf_counter() > until:
                    break
            self.uow.commit()
            return done
        return 0

    def _tell(self, jobs: Sequence[_Job[Any]]) -> None:
        """Let the event loop know, which may have gone when the program is ending in a hurry."""
        try:
            self._loop.call_soon_threadsafe(_tell_all, jobs)
        except RuntimeError:
            self._closing = True


def _tell_all(jobs: Sequence[_Job[Any]]) -> None:
    for job in jobs:
        job.tell()
