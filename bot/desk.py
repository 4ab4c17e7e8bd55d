"""The desk: where doors hand in what was said and fetch what is to be shown. One thing at a time, in order."""

import logging
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import TypeVar

from bot.logs import failure
from bot.reminding import Look
from bot.usecases.deliver import claim, mark_sent, take_back
from bot.usecases.look_at_the_day import close_rounds, look_at_the_day
from bot.usecases.look_up import Found, LookFirst, Wanted, look_up
from bot.usecases.plan import marked, replan_one, to_replan, with_cycles
from bot.usecases.receive import receive
from bot.usecases.remind import NOBODY, Reminded, due_now, remind, say_together
from bot.usecases.set_aside import set_aside
from bot.usecases.table_reading import Tables
from bot.usecases.take_turn import NOTHING, Around, Learnt, take_at_once, take_turn
from bot.usecases.turn import nobody
from content.phrases.book import Phrasebook
from dialogs.calendar.due import may_hear
from dialogs.calendar.workdays import WorkDays
from dialogs.files import FileIn
from dialogs.incoming import Incoming
from dialogs.model.borders import NONE, Borders
from dialogs.model.people import PersonId
from dialogs.model.terms import Terms
from dialogs.ports import ClaimedLetter, Clock, Due, Ids, PackShelf, UnitOfWork
from dialogs.wording.due import Share

TRIES = 5  # of a turn that somebody else's writing got in the way of

Done = TypeVar("Done")

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Desk:
    """*conflict* is what the store raises when somebody else has written the same journey in between."""

    uow: UnitOfWork
    shelf: PackShelf
    clock: Clock
    ids: Ids
    book: Phrasebook
    conflict: type[Exception]
    language: str = "sv"
    public_url: str = ""  # where others reach this server, for addresses that are handed out
    borders: Borders = NONE  # what may be met where
    packs_by: str = ""  # the organisation whose admins look after the methods, where a setting names one
    ring: Callable[[], None] = nobody  # is called in a turn that asks for work to be done beside the turns
    tables: Tables | None = None  # reads the tables that people send
    looking: Callable[[], UnitOfWork] | None = (
        None  # gives a unit of work that only reads, where there is one
    )
    looked: set[date] = field(default_factory=set)  # the day that was looked at last
    planned: set[date] = field(default_factory=set)  # the day on which everything was planned anew last
    opened: set[date] = field(default_factory=set)  # the day on which checkpoints opened last, by day

    @property
    def around(self) -> Around:
        """What every turn is taken with."""
        return Around(
            shelf=self.shelf, clock=self.clock, ids=self.ids, book=self.book, language=self.language,
            public_url=self.public_url, borders=self.borders, packs_by=self.packs_by, ring=self.ring,
        )  # fmt: skip

    def take(self, incoming: Incoming, files: Mapping[str, FileIn] = NOTHING.files) -> bool:
        """Store what came in, and let it happen. Return False when it has been taken before. *files* came along.

        A turn that can't be taken is set aside, and the error raised: whoever handed it in tells of it.
        """
        self.look_at_a_new_day()
        self.open_checkpoints()
        try:
            learnt = self._learn(incoming, files)
            return self._looking_first(
                lambda found: take_at_once(
                    incoming, uow=self.uow, around=self.around, learnt=replace(learnt, found=found)
                )
            )
        except Exception as error:
            turn = receive(incoming, uow=self.uow)
            if turn is not None:
                self.set_aside(turn, error, told=True)
            raise

    def _learn(self, incoming: Incoming, files: Mapping[str, FileIn]) -> Learnt:
        tables = self.tables
        if tables is None:
            return Learnt(files=files)
        table = None
        if tables.wants(incoming, self.uow):
            try:
                table = tables.pressed(incoming, lambda act: act(self.uow))
            except self.conflict:
                log.warning("a table was not entered: others wrote all the time")
        return Learnt(
            files={where: tables.look(incoming, file) for where, file in files.items()}, table=table
        )

    def take_stored(self, turn: int, learnt: Learnt = NOTHING) -> None:
        """Let a stored turn happen. It may raise whatever keeps it from that; nothing of it has happened then.

        So it raises ``LookFirst`` when something is to be looked up before.
        """
        self._undisturbed(lambda: take_turn(turn, uow=self.uow, around=self.around, learnt=learnt))

    def take_among_others(self, turn: int, uow: UnitOfWork, learnt: Learnt = NOTHING) -> None:
        """The same in somebody's greater transaction, where nothing can be tried twice."""
        take_turn(turn, uow=uow, around=self.around, learnt=learnt)

    def set_aside(self, turn: int, error: BaseException, *, told: bool = False) -> None:
        """Keep a turn that can't be taken from being taken again, and tell whoever it came from."""
        why = type(error).__name__
        try:
            set_aside(
                turn, why, uow=self.uow, clock=self.clock, book=self.book, language=self.language, told=told
            )
        except Exception as another:  # noqa: BLE001 - it is set aside all the same, without a word
            log.error("nobody is told of a failed turn", extra={"turn": turn, **failure(another)})
            set_aside(
                turn, why, uow=self.uow, clock=self.clock, book=self.book, language=self.language, told=True
            )

    def resume(self) -> None:
        """Let everything happen that was stored and never came to its end."""
        with self.uow:
            undone = self.uow.inbox.undone()
        for turn in undone:
            try:
                self._looking_first(partial(self._take_with, turn))
            except Exception as error:  # noqa: BLE001 - it is set aside; the others' turns come all the same
                log.error("turn set aside at start", extra={"turn": turn, **failure(error)})
                self._set_aside_if_readable(turn, error)

    def _set_aside_if_readable(self, turn: int, error: BaseException) -> None:
        try:
            self.set_aside(turn, error)
        except ValueError as another:  # nobody can read it any more
            log.error("turn left in the inbox", extra={"turn": turn, **failure(another)})

    def look_at_a_new_day(self) -> bool:
        """Look at the day unless it has been looked at; return whether it was."""
        new = self.clock.today() not in self.looked
        if new:
            self.look_at_the_day()
        return new

    def look_at_the_day(self) -> None:
        """Close what has run out since the last time. A slip in that keeps nobody from talking."""
        try:
            late = look_at_the_day(uow=self.uow, clock=self.clock)
        except Exception as error:  # noqa: BLE001 - the conversation is worth more, and the next look tries again
            log.error("the day was not looked at", extra=failure(error))
            return
        _is_new(self.clock.today(), self.looked)
        for journey in late:
            self._safely(partial(self._close_rounds, journey), journey)

    def open_checkpoints(self) -> None:
        """Let the day's checkpoints open for those who sit here together, at whatever hour they come."""
        if _is_new(self.clock.today(), self.opened):
            for journey in with_cycles(uow=self.uow, shelf=self.shelf):
                self._safely(partial(self.replan, journey, awake=True), journey)

    def unplanned(self) -> Sequence[str]:
        """Return the journeys to be planned anew: all on a new day, those whose checkpoints open by day, and those that
        are marked because their days have changed."""
        today = self.clock.today()
        by_day = may_hear(self.clock.now(), Terms(), WorkDays())
        opens = by_day and _is_new(today, self.opened)
        if _is_new(today, self.planned):
            return to_replan(uow=self.uow)
        opening = with_cycles(uow=self.uow, shelf=self.shelf) if opens else ()
        return tuple(dict.fromkeys((*opening, *marked(uow=self.uow))))

    def _close_rounds(self, journey: str) -> int:
        return self._undisturbed(
            lambda: close_rounds(
                journey, uow=self.uow, shelf=self.shelf, clock=self.clock, ids=self.ids, book=self.book
            )
        )

    def replan(self, journey: str, *, awake: bool = False) -> int:
        """Plan the journey anew; return how many messages came of it."""
        return self._looking_first(partial(self.replan_with, journey, awake=awake))

    def replan_with(self, journey: str, found: Found, *, awake: bool = False) -> int:
        """The same with what was looked up. Raises ``LookFirst`` where something else is to be, and writes nothing."""
        return self._undisturbed(
            lambda: replan_one(
                journey, uow=self.uow, shelf=self.shelf, clock=self.clock, book=self.book, awake=awake, found=found,
                borders=self.borders,
            )
        )  # fmt: skip

    def due(self, uow: UnitOfWork | None = None) -> Due:
        """Return what may be due by now. It only reads: *uow* may be one that does nothing else."""
        return due_now(uow=uow or self.uow, clock=self.clock)

    def remind(self, journey: str, shared: Collection[PersonId] = NOBODY, *, again: bool = False) -> Reminded:
        """Say what is due about the journey, to all but those who are to hear of several."""
        return self._undisturbed(
            lambda: remind(
                journey, uow=self.uow, shelf=self.shelf, clock=self.clock, book=self.book, shared=shared, again=again
            )
        )  # fmt: skip

    def say_together(self, person: PersonId, shares: Sequence[Share]) -> int:
        """Say to one person what several groups have to say; return how many messages were written."""
        return self._undisturbed(lambda: say_together(person, shares, uow=self.uow, clock=self.clock))

    def tick(self) -> int:
        """Look at the day and at all that is due. One journey's slip keeps no other from its reminders."""
        self.look_at_a_new_day()
        written = 0
        for journey in self.unplanned():
            written += self._safely(partial(self.replan, journey), journey) or 0
        look = Look(self, self.due())
        for about, act in look.acts():
            self._safely(act, about)
        return written + look.written

    def _safely(self, act: Callable[[], Done], about: str) -> Done | None:
        try:
            return act()
        except Exception as error:  # noqa: BLE001 - the other journeys' turns come all the same
            log.error("a journey was not looked at", extra={"about": about, **failure(error)})
            return None

    def letters(self, door: str) -> Sequence[ClaimedLetter]:
        return claim(door, uow=self.uow, clock=self.clock)

    def take_back(self, door: str) -> None:
        """Take back the letters that were handed out and never called sent: whoever held them is gone."""
        take_back(door, uow=self.uow)

    def sent(self, letter: ClaimedLetter, platform_message: str) -> None:
        mark_sent(letter, platform_message, uow=self.uow, clock=self.clock)

    def look_up(self, wanted: Iterable[Wanted]) -> Found:
        """Look up what something raised ``LookFirst`` for. It only reads, and may be done on any thread."""
        return look_up(wanted, uow=(self.looking or (lambda: self.uow))())

    def _take_with(self, turn: int, found: Found) -> None:
        self.take_stored(turn, Learnt(found=found))

    def _looking_first(self, act: Callable[[Found], Done]) -> Done:
        """Do it undisturbed; where something is to be looked up first, that is done in between."""
        found: Found = {}
        for left in reversed(range(TRIES)):
            try:
                return self._undisturbed(partial(act, found))
            except LookFirst as first:
                if not left:
                    raise
                found = {**found, **self.look_up(first.wanted)}
        raise AssertionError("the last try returns or raises")  # pragma: no cover

    def _undisturbed(self, act: Callable[[], Done]) -> Done:
        """Do it; and again when somebody else's writing got in the way."""
        for left in reversed(range(TRIES)):
            try:
                return act()
            except self.conflict:
                if not left:
                    raise
        raise AssertionError("the last try returns or raises")  # pragma: no cover


def _is_new(today: date, last: set[date]) -> bool:
    """Say whether it is another day than the last one, which it is from now on.

    No other day is kept: should the clock go back, what it put away too early is still to come.
    """
    new = today not in last
    last.clear()
    last.add(today)
    return new
