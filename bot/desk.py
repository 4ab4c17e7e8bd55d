"""The desk: where doors hand in what was said and fetch what is to be shown. One thing at a time, in order."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from bot.logs import failure
from bot.usecases.deliver import claim, mark_sent, take_back
from bot.usecases.look_at_the_day import look_at_the_day
from bot.usecases.receive import receive
from bot.usecases.take_turn import take_at_once, take_turn
from content.phrases.book import Phrasebook
from dialogs.incoming import Incoming
from dialogs.ports import ClaimedLetter, Clock, Ids, PackShelf, UnitOfWork

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
    looked: set[date] = field(default_factory=set)  # the days that have been looked at

    def take(self, incoming: Incoming) -> bool:
        """Store what came in, and let it happen. Return False when it has been taken before."""
        if self.clock.today() not in self.looked:
            self.look_at_the_day()
        try:
            return self._undisturbed(
                lambda: take_at_once(
                    incoming, uow=self.uow, shelf=self.shelf, clock=self.clock, ids=self.ids, book=self.book,
                    language=self.language,
                )
            )  # fmt: skip
        except Exception as error:
            self._set_aside(receive(incoming, uow=self.uow), error)
            raise

    def resume(self) -> None:
        """Let everything happen that was stored and never came to its end."""
        with self.uow:
            undone = self.uow.inbox.undone()
        for turn in undone:
            try:
                self._let_happen(turn)
            except Exception as error:  # noqa: BLE001 - it is set aside; the others' turns come all the same
                log.error("turn set aside at start", extra={"turn": turn, **failure(error)})

    def look_at_the_day(self) -> None:
        """Close what has run out since the last time. A slip in that keeps nobody from talking."""
        self.looked.add(self.clock.today())
        try:
            look_at_the_day(uow=self.uow, shelf=self.shelf, clock=self.clock, ids=self.ids, book=self.book)
        except Exception as error:  # noqa: BLE001 - the conversation is worth more, and the next start tries again
            log.error("the day was not looked at", extra=failure(error))

    def letters(self, door: str) -> Sequence[ClaimedLetter]:
        return claim(door, uow=self.uow, clock=self.clock)

    def take_back(self, door: str) -> None:
        """Take back the letters that were handed out and never called sent: whoever held them is gone."""
        take_back(door, uow=self.uow)

    def sent(self, letter: ClaimedLetter, platform_message: str) -> None:
        mark_sent(letter, platform_message, uow=self.uow, clock=self.clock)

    def _let_happen(self, turn: int) -> None:
        """Take the turn; one that can't be taken is set aside, for whoever said it is told and says it again."""
        try:
            self._undisturbed(
                lambda: take_turn(
                    turn, uow=self.uow, shelf=self.shelf, clock=self.clock, ids=self.ids, book=self.book,
                    language=self.language,
                )
            )  # fmt: skip
        except Exception as error:
            self._set_aside(turn, error)
            raise

    def _set_aside(self, turn: int | None, error: Exception) -> None:
        """Keep what came in, for whoever looks after the program; it isn't taken again by itself."""
        if turn is not None:
            with self.uow:
                self.uow.inbox.failed(turn, type(error).__name__)
                self.uow.commit()

    def _undisturbed(self, act: Callable[[], Done]) -> Done:
        """Do it; and again when somebody else's writing got in the way."""
        for left in reversed(range(TRIES)):
            try:
                return act()
            except self.conflict:
                if not left:
                    raise
        raise AssertionError("the last try returns or raises")  # pragma: no cover
