"""Finds a private room for whoever has letters waiting and none, and remembers where there was none to be had."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol, TypeVar, assert_never

from bot.logs import failure
from bot.patience import within
from bot.usecases.deliver import give_room, patience
from dialogs.ports import AccountRef, UnitOfWork
from dialogs.sending import Later, Never, Unknown

AT_ONCE = 4
ASK_AGAIN = 300.0  # seconds, after no answer
ASK_THE_UNREACHABLE = 24 * 3600.0

Done = TypeVar("Done")

log = logging.getLogger(__name__)


Closed = Callable[[AccountRef], Awaitable[object]]


class Run(Protocol):
    """Has a use case run off the event loop, in its turn; what is awaited is what it returns."""

    def __call__(self, act: Callable[[UnitOfWork], Done]) -> Awaitable[Done]: ...


class OpensRooms(Protocol):
    async def open_private(self, account: str, tenant: str) -> str | Later | Never:
        """Return the platform's id of the private chat with the account, opened where there was none."""


class PrivateRooms:
    """One per door. *opened* is called for each room that was found, *halted* when the whole door has to wait.

    *closed* is called for each account that turned out to be: nobody may have told us.
    """

    def __init__(
        self,
        door: str,
        messenger: OpensRooms,
        run: Run,
        *,
        limit: float,
        opened: Callable[[], None],
        halted: Callable[[float], None],
        closed: Closed | None = None,
    ) -> None:
        self._door, self._messenger, self._run, self._limit = door, messenger, run, limit
        self._opened, self._halted, self._closed = opened, halted, closed
        self._looking: dict[tuple[str, str], asyncio.Task[None]] = {}
        self._not_before: dict[tuple[str, str], float] = {}  # in the event loop's time
        self._tries: dict[tuple[str, str], int] = {}

    def look_for(self, nowhere: Sequence[AccountRef]) -> None:
        """Begin to find a room for each who needs one and hasn't been asked for just now."""
        now = asyncio.get_running_loop().time()
        for account in nowhere:
            who = (account.tenant, account.account)
            if len(self._looking) >= AT_ONCE:
                return
            if who not in self._looking and now >= self._not_before.get(who, now):
                self._looking[who] = asyncio.create_task(self._find(who, account))

    def cancel(self) -> None:
        for task in self._looking.values():
            task.cancel()

    async def _find(self, who: tuple[str, str], account: AccountRef) -> None:
        try:
            wait = await self._ask(who, account)
        except Exception as error:  # noqa: BLE001 - the others' rooms are looked for all the same
            log.error("a private room was not stored", extra={"door": self._door, **failure(error)})
            wait = ASK_AGAIN
        finally:
            del self._looking[who]
        self._not_before[who] = asyncio.get_running_loop().time() + wait
        self._opened()

    async def _ask(self, who: tuple[str, str], account: AccountRef) -> float:
        """Ask once; return how long to wait before this account is asked for again, should it still need a room."""
        tries = self._tries[who] = self._tries.get(who, 0) + 1
        answer = await within(self._limit, self._messenger.open_private(account.account, account.tenant))
        match answer:
            case str(room):
                await self._run(lambda uow: give_room(account, room, uow=uow))
                self._tries.pop(who)
                return ASK_AGAIN
            case Later(seconds=seconds, everywhere=everywhere):
                wait = patience(seconds, tries)
                if everywhere:
                    self._halted(wait)
                return wait
            case Never(why=why, closed=closed):
                log.warning("nobody can be reached there", extra={"door": self._door, "why": why})
                if closed and self._closed is not None:
                    await self._closed(account)
                return ASK_THE_UNREACHABLE
            case Unknown():
                return ASK_AGAIN
            case _:
                assert_never(answer)
