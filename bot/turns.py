"""Takes the turns that are stored: in each room in order, after a look at who speaks, and again when they were put off."""

import asyncio
import logging
from collections import Counter, deque
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from time import perf_counter
from typing import Any, TypeVar

from bot.desk import Desk
from bot.files_in import CheckPack, read_file
from bot.logs import failure
from bot.metrics import ERRORS, TURN_SECONDS, TURNS, Metrics
from bot.usecases.accounts import unknown
from bot.usecases.look_up import LookFirst, Wanted, will_look
from bot.usecases.take_turn import NOTHING, Learnt
from bot.usecases.taking_files import sent_by_keeper, to_fetch
from bot.writer import Closed, Writer
from dialogs.files import FileIn
from dialogs.incoming import Attached, Incoming, Profile
from dialogs.model.problem import Problem
from dialogs.ports import UnitOfWork
from dialogs.tables.reports import TableReport

LOOK_UP_SECONDS = 3.0  # for what a platform says of people; a turn goes on without
FETCH_SECONDS = 12.0  # for a file that somebody sent
TRIES = 5  # of a turn that the database couldn't be reached for, before it is set aside
LOOKS = 5  # that one turn may ask for, each for something else: then it is set aside, too

T = TypeVar("T")
Profiles = Mapping[str, Profile]
LookUp = Callable[[Incoming, Sequence[str]], Awaitable[Profiles]]
"""An event, accounts that it has to do with -> what the platform says of them."""

Fetch = Callable[[Attached], Awaitable[bytes | Problem]]
Files = Mapping[str, FileIn]
Room = tuple[str, str, str]

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Stored:
    """An event in the inbox whose turn is to be taken.

    The platform is asked about the *strangers* first, and for the bytes of the *files*. A *keeper* may load packs.
    A press that is about a *table* has that read, or entered, before. One that *looks* up something shares no commit.
    """

    number: int
    incoming: Incoming
    strangers: tuple[str, ...] = ()
    files: tuple[Attached, ...] = ()
    keeper: bool = False
    table: bool = False
    looks: bool = False

    @property
    def waits(self) -> bool:
        return bool(self.strangers or self.files or self.table)

    @property
    def room(self) -> Room:
        return room_of(self.incoming)


@dataclass(frozen=True, slots=True)
class _Waiting:
    turn: Stored
    since: float
    learning: "asyncio.Task[Learnt] | None"
    looked: int = 0  # how often something was looked up for it


@dataclass(eq=False)
class Turns:
    """Kept by the event loop. *unreachable* is what the store raises when the database isn't there.

    *check_pack* checks the packs that are sent in; it may take its time, and runs on a thread that nobody waits for.
    """

    desk: Desk
    writer: Writer
    metrics: Metrics
    unreachable: tuple[type[Exception], ...] = ()
    look_up_seconds: float = LOOK_UP_SECONDS
    check_pack: CheckPack | None = None
    look_ups: dict[str, LookUp] = field(default_factory=dict)
    fetches: dict[str, Fetch] = field(default_factory=dict)
    wakes: list[Callable[[], None]] = field(default_factory=list)
    expecting: list[Callable[[], None]] = field(default_factory=list)
    in_hand: dict[int, Room] = field(default_factory=dict)
    _busy: Counter[Room] = field(default_factory=Counter)  # how many of a room are in hand
    _rooms: dict[Room, deque[_Waiting]] = field(default_factory=dict)
    _tried: dict[int, int] = field(default_factory=dict)
    _tasks: set["asyncio.Task[Any]"] = field(default_factory=set)
    _at_rest: asyncio.Event = field(default_factory=asyncio.Event)

    def stored(self, number: int, incoming: Incoming, uow: UnitOfWork) -> Stored:
        """Find out, on a thread of the store's, whom the turn has to do with, and which files are to be fetched.

        A slip in that keeps nobody's words from being taken: the turn waits for nothing then.
        """
        try:
            asks, files, table = self.waits_for(incoming, uow)
            kept = bool(files) and sent_by_keeper(incoming, uow=uow, by=self.desk.packs_by)
            return Stored(number, incoming, asks, files, kept, table, will_look(incoming, uow=uow))
        except self.unreachable:
            raise
        except Exception as error:  # noqa: BLE001 - should it be in the turn's own way too, that is set aside and told
            log.error("nothing was looked up ahead of a turn", extra={"turn": number, **failure(error)})
            return Stored(number, incoming)

    def waits_for(
        self, incoming: Incoming, uow: UnitOfWork
    ) -> tuple[tuple[str, ...], tuple[Attached, ...], bool]:
        """Return the accounts that the platform is to be asked about before the turn, and the files to be fetched;
        and whether a table is to be seen to.

        Called on a thread of the store's; it only reads.
        """
        asks, fetches = incoming.door in self.look_ups, incoming.door in self.fetches
        tables = self.desk.tables if incoming.private else None  # they are told of in private alone
        return (
            unknown(incoming, uow=uow, now=self.desk.clock.now()) if asks else (),
            to_fetch(incoming, uow=uow, shelf=self.desk.shelf) if fetches else (),
            tables is not None and tables.wants(incoming, uow),
        )

    def queue(self, turn: Stored, since: float) -> None:
        """Put the turn last in its room. One that waits for nothing goes to the writer at once."""
        if turn.number in self.in_hand:
            return
        self.in_hand[turn.number] = turn.room
        self._busy[turn.room] += 1
        self._at_rest.clear()
        waiting = _Waiting(turn, since, self._task(self._learn(turn)) if turn.waits else None)
        if turn.room in self._rooms:
            self._rooms[turn.room].append(waiting)
        elif waiting.learning is None:
            self._hand_over(waiting, NOTHING)
        else:
            self._rooms[turn.room] = deque([waiting])
            self._task(self._in_order(turn.room))

    def at_rest_in(self, room: Room) -> bool:
        """Tell whether no turn of the room is in hand."""
        return room not in self._busy

    def over_at_once(self, door: str, since: float) -> None:
        """Count a turn that was never queued: it was taken where it was stored."""
        self._count(door, "taken", since)
        self.wake()

    async def at_rest(self) -> None:
        """Wait until no turn is in hand."""
        if self.in_hand:
            await self._at_rest.wait()

    def drop(self) -> None:
        """Wait for nobody any more: what is in the inbox is taken at the next start."""
        for task in self._tasks:
            task.cancel()

    def wake(self) -> None:
        """Let every door know that there may be letters."""
        for wake in self.wakes:
            wake()

    def expect(self) -> None:
        """Let every door know that there will be letters when what the writer does next is there."""
        for expect in self.expecting:
            expect()

    async def _in_order(self, room: Room) -> None:
        """Hand a room's turns over one by one; the writer keeps their order."""
        waiting = self._rooms[room]
        while waiting:
            learning = waiting[0].learning
            learnt = await learning if learning is not None else NOTHING
            self._hand_over(waiting.popleft(), learnt)
        del self._rooms[room]

    async def _learn(self, turn: Stored) -> Learnt:
        profiles = await self._look_up(turn) if turn.strangers else {}
        files = {one.fetch: await self._fetch(turn, one) for one in turn.files}
        return Learnt(profiles=profiles, files=files, table=await self._see_to_table(turn))

    async def _see_to_table(self, turn: Stored) -> TableReport | Problem | None:
        """Read a table, or enter it, on a thread of its own; None when it couldn't be done."""
        tables = self.desk.tables
        if not turn.table or tables is None:
            return None
        loop = asyncio.get_running_loop()

        async def written(act: Callable[[UnitOfWork], None]) -> None:
            await self.writer.at_length(act)

        def write(act: Callable[[UnitOfWork], None]) -> None:
            asyncio.run_coroutine_threadsafe(written(act), loop).result()

        try:
            return await asyncio.to_thread(tables.pressed, turn.incoming, write)
        except Exception as error:  # noqa: BLE001 - whoever pressed is told to press again
            log.warning("a table was not seen to", extra={"door": turn.incoming.door, **failure(error)})
            return None

    async def _fetch(self, turn: Stored, file: Attached) -> FileIn:
        """Fetch a file and read it, off the event loop and the writer; nothing of it is kept here."""
        door, desk = turn.incoming.door, self.desk
        try:
            async with asyncio.timeout(FETCH_SECONDS):
                content = await self.fetches[door](file)
            if isinstance(content, Problem):
                return FileIn(file.name, slip=content)
            check = self.check_pack if turn.keeper else None
            read = await asyncio.to_thread(
                read_file, file.name, content, today=desk.clock.today(), check_pack=check
            )
            return await asyncio.to_thread(desk.tables.look, turn.incoming, read) if desk.tables else read
        except Exception as error:  # noqa: BLE001 - whatever it was, whoever sent it is told
            log.warning("a file was not fetched", extra={"door": door, **failure(error)})
            return FileIn(file.name, slip=Problem("file-not-fetched", {"name": file.name}))

    async def _look_up(self, turn: Stored) -> Profiles:
        """Ask the platform who they are; a turn goes on without what it doesn't say in time."""
        door = turn.incoming.door
        try:
            async with asyncio.timeout(self.look_up_seconds):
                return await self.look_ups[door](turn.incoming, turn.strangers)
        except Exception as error:  # noqa: BLE001 - words from a stranger are better than none
            log.warning("nobody says who speaks", extra={"door": door, **failure(error)})
            return {}

    def _hand_over(self, waiting: _Waiting, learnt: Learnt) -> None:
        try:
            taken = self.writer.at_length(
                lambda _: self._take(waiting, learnt),
                None if waiting.turn.looks else partial(self._take_among_others, waiting.turn, learnt),
            )
        except Closed:
            self._over(waiting.turn)
        else:
            taken.add_done_callback(partial(self._ended, waiting, learnt))
            self.expect()

    async def _look_first(self, waiting: _Waiting, learnt: Learnt, wanted: Sequence[Wanted]) -> None:
        """Look up what the turn asks for, on a thread of its own, and let it be taken once more."""
        try:
            found = await asyncio.to_thread(self.desk.look_up, wanted)
        except Exception as error:  # noqa: BLE001 - it stays in the inbox, and comes with the next sweep
            number = waiting.turn.number
            log.warning("nothing was looked up", extra={"turn": number, **failure(error)})
            if self._tried.get(number, 1) >= TRIES:
                self._give_up(waiting, error)
                return
            self._tried[number] = self._tried.get(number, 1) + 1
            self._over(waiting.turn)
        else:
            again = replace(waiting, looked=waiting.looked + 1)
            self._hand_over(again, replace(learnt, found={**learnt.found, **found}))

    def _give_up(self, waiting: _Waiting, error: Exception) -> None:
        """Set the turn aside, for which nothing can be looked up."""
        try:
            aside = self.writer.at_length(lambda _: self._set_aside(waiting.turn, error))
        except Closed:
            self._over(waiting.turn)
        else:
            aside.add_done_callback(partial(self._ended, waiting, NOTHING))
            self.expect()

    def _take(self, waiting: _Waiting, learnt: Learnt) -> "str | LookFirst":
        """Take the turn on the writer's thread; return what became of it, or what is to be looked up first."""
        turn = waiting.turn
        try:
            self.desk.take_stored(turn.number, learnt)
        except LookFirst as first:
            return first if waiting.looked < LOOKS else self._set_aside(turn, first)
        except Exception as error:  # noqa: BLE001 - it is told, logged and counted
            if isinstance(error, self.unreachable) and self._tried.get(turn.number, 1) < TRIES:
                fields = {"turn": turn.number, "door": turn.incoming.door, **failure(error)}
                log.warning("turn put off", extra=fields)
                return "put off"
            return self._set_aside(turn, error)
        return "taken"

    def _set_aside(self, turn: Stored, error: Exception) -> "str | LookFirst":
        fields = {"turn": turn.number, "door": turn.incoming.door, **failure(error)}
        log.error("turn set aside", extra=fields)
        self.desk.set_aside(turn.number, error)
        return "failed"

    def _take_among_others(self, turn: Stored, learnt: Learnt, uow: UnitOfWork) -> "str | LookFirst":
        self.desk.take_among_others(turn.number, uow, learnt)
        return "taken"

    def _ended(self, waiting: _Waiting, learnt: Learnt, taken: "asyncio.Future[str | LookFirst]") -> None:
        number, door = waiting.turn.number, waiting.turn.incoming.door
        error = taken.exception()
        first = None if error is not None else taken.result()
        if isinstance(first, LookFirst):
            self._task(self._look_first(waiting, learnt, first.wanted))
            return
        if error is not None:
            # Not even that could be written: it stays in the inbox as it is.
            log.error("turn left in the inbox", extra={"turn": number, **failure(error)})
        became = "put off" if first is None else first
        if became == "put off":
            self._tried[number] = self._tried.get(number, 1) + 1
        else:
            self._tried.pop(number, None)
        self._count(door, became, waiting.since)
        self._over(waiting.turn)
        self.wake()

    def _count(self, door: str, became: str, since: float) -> None:
        self.metrics.count(TURNS, door=door, became=became)
        self.metrics.took(TURN_SECONDS, perf_counter() - since, door=door)

    def _over(self, turn: Stored) -> None:
        room = self.in_hand.pop(turn.number)
        self._busy[room] -= 1
        if not self._busy[room]:
            del self._busy[room]
        if not self.in_hand:
            self._at_rest.set()

    def _task(self, work: Coroutine[Any, Any, T]) -> "asyncio.Task[T]":
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._task_ended)
        return task

    def _task_ended(self, task: "asyncio.Task[T]") -> None:
        self._tasks.discard(task)
        with suppress(asyncio.CancelledError):
            if (error := task.exception()) is not None:
                self.metrics.count(ERRORS, where="turns")
                log.error("turns not queued", extra=failure(error))


def room_of(incoming: Incoming) -> Room:
    return incoming.door, incoming.tenant, incoming.room
