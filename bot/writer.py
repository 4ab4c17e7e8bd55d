"""One thread that writes: in order, and in one commit what waits at the same time.

A commit costs more than all that a turn writes, and whoever stores something waits for it. So what came while the
thread was busy shares the next commit: first what is short, then some turns, and at last what sees to the letters,
those of these very turns among them, even if it is asked for while the turns are being done. There are so few turns in
each that nobody waits long to hear that their words are kept.
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

TOGETHER = 64  # of each sort, in one commit at the most
LONG_ENOUGH = 0.02  # seconds of each sort before all is committed: somebody may be waiting for it

T = TypeVar("T")


class Closed(Exception):  # noqa: N818 - no error of the program: it is stopping
    """Nothing more is written."""


class Steps(UnitOfWork, Protocol):
    """A unit of work that can hold several acts."""

    def step(self) -> None: ...


@dataclass(eq=False, slots=True)
class _Job(Generic[T]):
    """`act` is done on its own; `among_others`, where there is one, is tried before, in one commit with others."""

    act: Callable[[UnitOfWork], T]
    among_others: Callable[[UnitOfWork], T] | None
    future: "asyncio.Future[T]"
    result: T | None = None
    error: BaseException | None = None

    def do(self, uow: UnitOfWork) -> None:
        try:
            self.result, self.error = done(self.act, uow), None
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
    """A unit of work within a greater one: what it commits is there when the greater one has committed.

    It may hold others in its turn; what they have read is known until the outermost ends.
    """

    def __init__(self, whole: Steps) -> None:
        self._whole = whole
        self._depth = 0

    def __getattr__(self, name: str) -> Any:
        """Return what the whole has under this name, and have it too: it is asked for many times in a turn."""
        found = self.__dict__[name] = getattr(self._whole, name)
        return found

    def __enter__(self) -> Self:
        self._depth += 1
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._depth -= 1
        if kind is None and not self._depth:
            self._whole.step()

    def commit(self) -> None: ...


@dataclass(eq=False)
class Writer:
    """Asked on the event loop, which it answers; it alone uses *uow*."""

    uow: Steps
    _short: deque[_Job[Any]] = field(default_factory=deque)
    _long: deque[_Job[Any]] = field(default_factory=deque)
    _last: deque[_Job[Any]] = field(default_factory=deque)
    _work: threading.Condition = field(default_factory=threading.Condition)
    _closing: bool = False
    _thread: threading.Thread | None = None

    def start(self) -> None:
        self._loop = asyncio.get_running_loop()
        # A daemon: a database that doesn't answer must not keep the program from ending.
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
        self._thread.start()

    def shortly(
        self, act: Callable[[UnitOfWork], T], among_others: Callable[[UnitOfWork], T] | None = None
    ) -> "asyncio.Future[T]":
        """Do *act*, perhaps in one commit with others: it commits what it writes, and may be done twice over.

        Or *among_others* instead, which may do more; where it can't be done, it is *act* after all.
        """
        return self._ask(self._short, act, among_others or act)

    def at_last(self, act: Callable[[UnitOfWork], T]) -> "asyncio.Future[T]":
        """The same after the turns that share the commit: *act* finds what they have written.

        It is told after them, too: what is told before it, it has found.
        """
        return self._ask(self._last, act, act)

    @property
    def waiting(self) -> int:
        """How many short ones wait."""
        return len(self._short)

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

    @property
    def _queues(self) -> Sequence[deque[_Job[Any]]]:
        return self._short, self._long, self._last

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
            for queue in self._queues:
                if queue and queue[0].among_others is None:
                    self._each([queue.popleft()])
            taken: list[_Job[Any]] = []
            if any(self._queues) and not self._together(taken):
                self._each(taken)

    def _wait(self) -> bool:
        """Wait until there is something to do; return False when there is nothing more."""
        with self._work:
            self._work.wait_for(lambda: any(self._queues) or self._closing)
            return any(self._queues)

    def _each(self, jobs: Sequence[_Job[Any]]) -> None:
        """Do each on its own."""
        for job in jobs:
            job.do(self.uow)
        self._tell(jobs)

    def _together(self, taken: list[_Job[Any]]) -> bool:
        """Do in one commit what waits, and put back of each sort what there is no time for; False when one can't be done.

        All that was tried is *taken* then. What sees to the letters may be asked for while the turns are being done.
        """
        part = cast(UnitOfWork, _Part(self.uow))
        # Whatever goes wrong here comes again when each is done on its own, to whom it concerns.
        with suppress(Exception), self.uow:
            for queue in self._queues:
                jobs = _sharing(queue)
                taken += jobs
                left = jobs[_do_some(jobs, part) :]
                del taken[len(taken) - len(left) :]
                queue.extendleft(reversed(left))
            self.uow.commit()
            self._tell(taken)
            return True
        return False

    def _tell(self, jobs: Sequence[_Job[Any]]) -> None:
        """Let the event loop know, which may have gone when the program is ending in a hurry."""
        try:
            self._loop.call_soon_threadsafe(_tell_all, jobs)
        except RuntimeError:
            self._closing = True


def done(act: Callable[[UnitOfWork], T], uow: UnitOfWork) -> T:
    """Return what comes of it. What runs out is told as generators tell it: no future takes a ``StopIteration``."""
    try:
        return act(uow)
    except StopIteration as error:
        raise RuntimeError("something ran out").with_traceback(error.__traceback__) from error


def _sharing(queue: deque[_Job[Any]]) -> Sequence[_Job[Any]]:
    """Take from the queue what can share a commit, until one that can't."""
    jobs: list[_Job[Any]] = []
    while queue and len(jobs) < TOGETHER and queue[0].among_others is not None:
        jobs.append(queue.popleft())
    return jobs


def _do_some(jobs: Sequence[_Job[Any]], part: UnitOfWork) -> int:
    """Do as many as there is time for, at least one; return how many."""
    until = perf_counter() + LONG_ENOUGH
    for count, job in enumerate(jobs, start=1):
        job.do_among_others(part)
        if perf_counter() > until:
            return count
    return len(jobs)


def _tell_all(jobs: Sequence[_Job[Any]]) -> None:
    for job in jobs:
        job.tell()
