"""Takes in what a door brings: it is stored for good before the door hears of it, and happens in the same commit if it can.

A turn that waits for nobody costs its room nothing by happening at once, and spares a commit and a second look at what
was stored. Where it can't - its room has others to come first, the platform is to be asked who speaks or for a file, or so much
comes in that somebody would wait too long to hear that their words are kept - it is stored now and happens later.
"""

import asyncio
from collections import Counter
from functools import partial
from time import perf_counter
from typing import Literal

from bot.desk import Desk
from bot.turns import Room, Stored, Turns, room_of
from bot.usecases.look_up import will_look
from bot.usecases.receive import receive
from bot.usecases.replies import is_heard
from bot.writer import Writer
from dialogs.incoming import Incoming
from dialogs.ports import UnitOfWork

FEW = 16  # that wait to be stored: a turn of each may happen meanwhile

Came = Stored | Literal["seen before", "not heard", "taken"]


class Intake:
    """Kept by the event loop."""

    def __init__(self, desk: Desk, writer: Writer, turns: Turns) -> None:
        self._desk = desk
        self._writer = writer
        self._turns = turns
        self._coming: Counter[Room] = Counter()  # how many of a room are being stored
        self._storing: set[asyncio.Future[Came]] = set()

    def take(self, incoming: Incoming, *, if_heard: bool) -> "asyncio.Future[Came]":
        """Store it; *if_heard*, unless it is no business of the coach's.

        Whoever hangs up before the answer has said it all the same: its turn comes, whoever waits for what is returned.
        """
        room = room_of(incoming)
        store = partial(self._store, incoming, if_heard)
        at_once = not self._coming[room] and self._turns.at_rest_in(room) and self._writer.waiting < FEW
        came = self._writer.shortly(
            store, partial(self._happen, incoming, if_heard, store) if at_once else store
        )
        if at_once:
            self._turns.expect()
        self._coming[room] += 1
        self._storing.add(came)
        answer: asyncio.Future[Came] = came.get_loop().create_future()
        came.add_done_callback(partial(self._came, incoming, perf_counter(), answer))
        return answer

    async def finish(self) -> None:
        """Wait until nothing is being stored."""
        if self._storing:
            await asyncio.wait(self._storing)

    def _store(self, incoming: Incoming, if_heard: bool, uow: UnitOfWork) -> Came:
        if if_heard and not is_heard(incoming, uow=uow):
            return "not heard"
        number = receive(incoming, uow=uow)
        return "seen before" if number is None else self._turns.stored(number, incoming, uow)

    def _happen(self, incoming: Incoming, if_heard: bool, store: "partial[Came]", uow: UnitOfWork) -> Came:
        """Store it and let it happen, within a greater transaction: it is stored as done, or not at all."""
        with uow:
            uow.inbox.meet(incoming)
            if if_heard and not is_heard(incoming, uow=uow):
                return "not heard"
            if any(self._turns.waits_for(incoming, uow)) or will_look(incoming, uow=uow):
                return store(uow)
            number = uow.inbox.store_done(incoming)
            if number is None:
                return "seen before"
            self._desk.take_among_others(number, uow)
        return "taken"

    def _came(
        self,
        incoming: Incoming,
        since: float,
        answer: "asyncio.Future[Came]",
        came: "asyncio.Future[Came]",
    ) -> None:
        self._storing.discard(came)
        room = room_of(incoming)
        self._coming[room] -= 1
        if not self._coming[room]:
            del self._coming[room]
        error = came.exception()
        if error is not None:
            if not answer.done():
                answer.set_exception(error)
            return
        became = came.result()
        if not answer.done():
            answer.set_result(became)
        if isinstance(became, Stored):
            self._turns.queue(became, since)
        elif became == "taken":
            self._turns.over_at_once(incoming.door, since)
