"""Work that a line asks for is done at once where lines come through a pipe, and else while people write on."""

import asyncio
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from time import monotonic
from typing import Any, cast

import pytest

from bot.apart import Ended
from bot.packs.work import Act, Acts, PackWork
from bot.window_work import WindowWork

LONG = 20  # seconds before the test gives up


@dataclass
class Works:
    """Does one act apart each time that it is looked at, as soon as it may."""

    may: threading.Event = field(default_factory=threading.Event)
    done: list[str] = field(default_factory=list)
    ended: bool = False

    def acts(self) -> Acts:
        yield Act("apart", self._do)

    def end(self) -> None:
        self.ended = True
        self.may.set()

    def _do(self) -> None:
        assert self.may.wait(LONG)
        if self.ended:
            raise Ended
        self.done.append(threading.current_thread().name)


def window_work(works: Works) -> WindowWork:
    return WindowWork(cast(PackWork, works), cast(Any, iter), cast(Any, iter))


def paused(work: WindowWork) -> float:
    begun = monotonic()
    asyncio.run(work.pause())
    return monotonic() - begun


def test_at_once_it_is_done_when_the_line_is_and_only_when_it_asks():
    works = Works()
    works.may.set()
    work = window_work(works)

    assert work.at_once()  # what another process left
    assert not work.at_once()
    work.ring()
    assert work.at_once()
    assert works.done == ["MainThread"] * 2


@pytest.mark.e2e
def test_meanwhile_people_write_on_and_the_next_look_comes_early():
    works = Works()
    work = window_work(works)

    assert not work.meanwhile()
    assert works.done == []
    threading.Timer(0.1, works.may.set).start()

    assert paused(work) < LONG / 2
    assert works.done == ["beside"]


def test_what_is_rung_for_while_the_thread_is_busy_is_not_forgotten():
    works = Works()
    work = window_work(works)
    work.meanwhile()
    work.ring()
    work.meanwhile()
    works.may.set()
    _until(works, 1)

    work.meanwhile()

    _until(works, 2)


def test_a_window_that_closes_waits_for_nothing():
    works = Works()
    work = window_work(works)
    work.meanwhile()

    work.end()

    assert works.done == []
    assert "beside" not in [one.name for one in threading.enumerate()]


def _until(works: Works, times: int) -> None:
    for one in _threads():
        one.join(LONG)
    assert works.done == ["beside"] * times


def _threads() -> Iterator[threading.Thread]:
    return (one for one in threading.enumerate() if one.name == "beside")
