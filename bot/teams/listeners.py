"""Hears what the gate let in, through botbuilder's handler for Teams: each listener translates, hands in and answers.

Stored, then answered. What couldn't be stored in time is answered with 503, and Teams delivers it again.
"""

import logging
from collections.abc import Callable, Coroutine, Mapping
from datetime import datetime
from http import HTTPStatus
from typing import Any

from botbuilder.core import InvokeResponse, TurnContext
from botbuilder.core.teams import TeamsActivityHandler

from bot.begun import Begun
from bot.logs import failure
from bot.teams.acting import Acting, Shown
from bot.teams.adapter import Adapter, Answer, admitted_in
from bot.teams.gate import Admitted
from bot.teams.inbound import heard
from bot.teams.interactions import Act, answered, file_answered, kind_of, pressed, submitted
from bot.teams.shape import Payload
from dialogs.ports import Clock

IN_TIME = 5.0  # seconds; Teams waits some 15 for an answer, people far less for a card's

Translate = Callable[[Payload, str, datetime], Act | None]

log = logging.getLogger(__name__)


class NotStored(Exception):  # noqa: N818 - an answer: 503, come again
    """What was brought is not kept."""


class Listeners(TeamsActivityHandler):  # type: ignore[misc]  # botbuilder ships no types
    """One for each door."""

    def __init__(self, acting: Acting, clock: Clock) -> None:
        super().__init__()
        self._acting = acting
        self._clock = clock
        self._begun = Begun()
        self._adapter = Adapter()

    async def dispatch(self, admitted: Admitted) -> Answer:
        """Return the answer to an activity that the gate let in."""
        try:
            return await self._adapter.hear(admitted, self)
        except NotStored:
            return Answer(HTTPStatus.SERVICE_UNAVAILABLE)
        except Exception as error:  # noqa: BLE001 - whatever it was, it isn't stored: Teams is told so
            log.error("what Teams brought was not stored", extra=failure(error))
            return Answer(HTTPStatus.SERVICE_UNAVAILABLE)

    async def finish(self, seconds: float) -> None:
        await self._begun.finish(seconds)

    # ------------------------------------------------------------------------------------------ listeners

    async def on_message_activity(self, context: TurnContext) -> None:
        match kind_of(admitted_in(context).activity):
            case "press":  # a card of before, or a client that knows no better
                await self._act(context, pressed, self._acting.press)
            case "answer":
                await self._act(context, answered, self._acting.answer)
            case _:
                await self._hear(context)

    async def on_message_update_activity(self, context: TurnContext) -> None:
        await self._hear(context)

    async def on_message_delete_activity(self, context: TurnContext) -> None:
        await self._hear(context)

    async def on_conversation_update_activity(self, context: TurnContext) -> None:
        await self._hear(context)

    async def on_installation_update(self, context: TurnContext) -> None:
        await self._hear(context)

    async def on_invoke_activity(self, context: TurnContext) -> InvokeResponse:
        """Answer an invoke in botbuilder's place, which serialises what it is given twice."""
        match kind_of(admitted_in(context).activity):
            case "press":
                shown = await self._act(context, pressed, self._acting.press)
            case "answer":
                shown = await self._act(context, answered, self._acting.answer)
            case "open":
                shown = await self._act(context, pressed, self._acting.open)
            case "hand in":
                shown = await self._act(context, submitted, self._acting.submit)
            case "file":
                shown = await self._act(context, file_answered, self._acting.answer_file)
            case _:
                return InvokeResponse(status=HTTPStatus.NOT_IMPLEMENTED)
        return InvokeResponse(status=HTTPStatus.OK, body=shown or {})

    # ------------------------------------------------------------------------------------------ inside

    async def _hear(self, context: TurnContext) -> None:
        admitted = admitted_in(context)
        incoming = heard(admitted.activity, admitted.tenant, self._clock.now())
        await self._in_time(self._acting.hear(incoming, admitted))

    async def _act(
        self,
        context: TurnContext,
        translate: Translate,
        act: Callable[[Act, Admitted], Coroutine[Any, Any, Shown]],
    ) -> Mapping[str, Any] | None:
        admitted = admitted_in(context)
        done = translate(admitted.activity, admitted.tenant, self._clock.now())
        return await self._in_time(act(done, admitted)) if done is not None else None

    async def _in_time(self, act: Coroutine[Any, Any, Shown]) -> Mapping[str, Any] | None:
        try:
            return await self._begun.within(IN_TIME, act)
        except TimeoutError:
            log.warning("nothing could be stored in time")
            raise NotStored from None
