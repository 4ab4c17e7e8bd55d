"""Does work with methods that takes longer than a turn, act by act: what is written, what is read, what is done apart.

Whoever drives it does each act where it belongs and hands back what came of it: a counter between its turns, a window
while its people wait.
"""

import logging
from collections.abc import Callable, Generator
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal, assert_never

from bot.apart import Apart, NotDone
from bot.logs import failure
from bot.usecases import asking_groups
from bot.usecases.pack_jobs import MOST_TRIES, give_up, take_job
from bot.usecases.rehearsing import tell, text_to_play
from bot.usecases.versions import ToLeaders, to_leaders
from content.phrases.book import Phrasebook
from dialogs.model.pack_job import AskingGroups, PackJob, Rehearsing
from dialogs.model.problem import Problem
from dialogs.ports import Clock, PackShelf, UnitOfWork
from storage.mapping import PACK_TASK, PLAYED

REHEARSE_SECONDS = 120.0

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Act:
    """Something to do: on a unit of work that writes or one that only reads, which it opens itself; or on neither."""

    how: Literal["write", "read", "apart"]
    do: Callable[..., Any]


Acts = Generator[Act, Any, None]


@dataclass(frozen=True, slots=True)
class PackWork:
    """*language* is spoken with whoever hasn't chosen one; *packs_by* names the organisation that looks after methods."""

    shelf: PackShelf
    clock: Clock
    book: Phrasebook
    apart: Apart
    language: str = "sv"
    packs_by: str = ""

    def acts(self) -> Acts:
        """Yield what to do until there is nothing more. Each act is to be done, and its result sent in, before the next."""
        while (job := (yield Act("write", self._take))) is not None:
            yield from self._do(job)

    def end(self) -> None:
        """Let nothing more be done apart: the program is stopping, and the next start takes it up again."""
        self.apart.end()

    def _do(self, job: PackJob) -> Acts:
        match job.task:
            case Rehearsing() as task if job.tries > MOST_TRIES:
                yield self._give_up(job, Problem("rehearse-broken-off", {"title": task.title}))
            case Rehearsing() as task:
                yield from self._rehearse(job, task)
            case AskingGroups() as task if job.tries > MOST_TRIES:
                yield self._give_up(job, Problem("ask-groups-broken-off", {"n": len(task.left)}))
            case AskingGroups() as task:
                yield from self._ask(job, task)
            case _:
                assert_never(job.task)

    def _rehearse(self, job: PackJob, task: Rehearsing) -> Acts:
        text = yield Act("read", partial(self._text, job, task))
        if isinstance(text, Problem):
            yield self._give_up(job, text)
            return
        done = yield Act("apart", partial(self._play, task, text))
        if done is None:
            yield self._give_up(job, Problem("rehearse-failed", {"title": task.title, "year": task.year}))
            return
        told, page = PLAYED.value(done[0].decode()), done[1]
        yield Act(
            "write",
            lambda uow: tell(
                job, task, told, page, uow=uow, clock=self.clock, book=self.book, language=self.language
            ),
        )

    def _ask(self, job: PackJob, task: AskingGroups) -> Acts:
        """Ask group by group: what is put to them is made where it holds nobody up, and each is a transaction."""
        while task.left:
            found = yield Act("read", partial(self._to_leaders, task.left[0]))
            asked = yield Act("write", partial(self._ask_one, job, task, found))
            if asked is None:
                return
            job, task = asked, asked.task
        yield Act(
            "write",
            lambda uow: asking_groups.tell(
                job, task, uow=uow, clock=self.clock, book=self.book, language=self.language
            ),
        )

    def _to_leaders(self, journey: str, uow: UnitOfWork) -> ToLeaders | None:
        try:
            with uow:
                return to_leaders(journey, uow=uow, shelf=self.shelf, book=self.book, clock=self.clock)
        except Exception as error:  # noqa: BLE001 - one group's trouble keeps no other from being asked
            log.error("a group was not asked", extra={"journey": journey, **failure(error)})
            return None

    def _ask_one(
        self, job: PackJob, task: AskingGroups, found: ToLeaders | None, uow: UnitOfWork
    ) -> PackJob | None:
        return asking_groups.ask_group(job, task, found, uow=uow, clock=self.clock)

    def _play(self, task: Rehearsing, text: str) -> Any:
        try:
            return self.apart.do("rehearse", PACK_TASK.text(task).encode(), text.encode())
        except NotDone:
            return None

    def _text(self, job: PackJob, task: Rehearsing, uow: UnitOfWork) -> str | Problem:
        return text_to_play(job, task, uow=uow, clock=self.clock, packs_by=self.packs_by)

    def _take(self, uow: UnitOfWork) -> PackJob | None:
        return take_job(uow=uow, clock=self.clock)

    def _give_up(self, job: PackJob, why: Problem) -> Act:
        return Act(
            "write",
            lambda uow: give_up(job, why, uow=uow, clock=self.clock, book=self.book, language=self.language),
        )


def do_all(work: PackWork, writing: Callable[[], UnitOfWork], reading: Callable[[], UnitOfWork]) -> None:
    """Do all of it here and now."""
    acts, came = work.acts(), None
    while True:
        try:
            act = acts.send(came)
        except StopIteration:
            return
        came = act.do() if act.how == "apart" else act.do(writing() if act.how == "write" else reading())
