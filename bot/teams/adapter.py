"""Hands activities to a handler through botbuilder, which dispatches them. Nothing is sent by it.

Its own adapter parses before it looks who speaks, and writes the answer to an invoke as JSON inside JSON.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from botbuilder.core import ActivityHandler, BotAdapter, InvokeResponse, TurnContext
from botbuilder.schema import Activity, ConversationReference, ResourceResponse
from msrest.exceptions import DeserializationError  # type: ignore[attr-defined]  # it says of none that it may be used

from bot.teams.gate import Admitted

_SENT = "metodcoach.admitted"
_ANSWER = "metodcoach.answer"


@dataclass(frozen=True, slots=True)
class Answer:
    """What Teams is answered: a status, and for an invoke what is to be shown."""

    status: int
    body: Mapping[str, Any] | None = None


class Adapter(BotAdapter):  # type: ignore[misc]  # botbuilder ships no types
    async def hear(self, admitted: Admitted, handler: ActivityHandler) -> Answer:
        """Return what the handler answers, or that all is well; what is no activity to botbuilder is a bad request."""
        try:
            activity = Activity().deserialize(dict(admitted.activity))
        except DeserializationError:  # it holds what came: nobody may log it
            return Answer(HTTPStatus.BAD_REQUEST)
        context = TurnContext(self, activity)
        context.turn_state[_SENT] = admitted
        await self.run_pipeline(context, handler.on_turn)
        answer: InvokeResponse | None = context.turn_state.get(_ANSWER)
        return Answer(answer.status, answer.body) if answer is not None else Answer(200)

    async def send_activities(
        self, context: TurnContext, activities: list[Activity]
    ) -> list[ResourceResponse]:
        for activity in activities:
            if activity.type != "invokeResponse":
                raise NotImplementedError("letters are sent by the messenger")
            context.turn_state[_ANSWER] = activity.value
        return [ResourceResponse() for _ in activities]

    async def update_activity(self, context: TurnContext, activity: Activity) -> ResourceResponse:
        raise NotImplementedError("letters are sent by the messenger")

    async def delete_activity(self, context: TurnContext, reference: ConversationReference) -> None:
        raise NotImplementedError("letters are sent by the messenger")


def admitted_in(context: TurnContext) -> Admitted:
    """Return the activity as the gate let it in, with what botbuilder's own leaves out."""
    found: Admitted = context.turn_state[_SENT]
    return found
