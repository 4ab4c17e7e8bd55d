"""One look at what is due: journey by journey, and each person who is to hear of several in one message."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Protocol

from bot.usecases.remind import MOST_GROUPS, Reminded
from dialogs.model.people import PersonId
from dialogs.ports import Due
from dialogs.wording.due import Share


class Reminds(Protocol):
    def remind(self, journey: str, shared: Collection[PersonId], *, again: bool = False) -> Reminded: ...
    def say_together(self, person: PersonId, shares: Sequence[Share]) -> int: ...


@dataclass
class Look:
    """*due* is what was found; `written` counts the messages so far."""

    desk: Reminds
    due: Due
    written: int = 0
    _shares: dict[PersonId, list[Share]] = field(default_factory=dict)
    _unknown: set[PersonId] = field(default_factory=set)
    _more: bool = False

    def acts(self) -> Iterator[tuple[str, Callable[[], None]]]:
        """Yield what to do, act by act, each with the journey or person that it is about and a transaction of its own.

        Each has been done, or has failed, before the next is asked for. Somebody of whose groups one is in another
        clock's hands just now waits for the next look, so as to hear of all in one message.
        """
        waiting = {person: set(journeys) for person, journeys in self.due.shared.items()}
        those_in: dict[str, list[PersonId]] = {}
        for person, journeys in self.due.shared.items():
            for journey in journeys:
                those_in.setdefault(journey, []).append(person)
        for journey in self.due.journeys:
            shared = those_in.get(journey, ())
            self._more = False
            yield journey, partial(self._remind, journey, frozenset(shared))
            while self._more:
                self._more = False
                yield journey, partial(self._remind, journey, frozenset(shared), again=True)
            for person in shared:
                waiting[person].discard(journey)
                if not waiting[person]:
                    yield from self._together(person)

    def _remind(self, journey: str, shared: Collection[PersonId], *, again: bool = False) -> None:
        done = self.desk.remind(journey, shared, again=again)
        self.written += done.written
        self._more = done.more
        for person, share in done.shares.items():
            self._shares.setdefault(person, []).append(share)
        if not done.held:
            self._unknown.update(shared)

    def _together(self, person: PersonId) -> Iterator[tuple[str, Callable[[], None]]]:
        shares = self._shares.pop(person, [])
        if person in self._unknown:
            return
        for first in range(0, len(shares), MOST_GROUPS):
            yield person, partial(self._say, person, shares[first : first + MOST_GROUPS])

    def _say(self, person: PersonId, shares: Sequence[Share]) -> None:
        self.written += self.desk.say_together(person, shares)
