"""Begins a record from one of another register, by a button there: what stands in it comes along, and is added at once."""

from bot.usecases.finding import looks_for, viewer_of
from bot.usecases.turn import At, Turn
from content.schema.files import BegunFrom, Register
from dialogs.events import RecordAdded
from dialogs.model.journey import Journey
from dialogs.model.problem import Problem
from dialogs.model.records import Record


def begin(turn: Turn, journey_id: str, argument: str) -> None:
    """Add the record; the rest is filled in by the button under it. *argument* is register:record."""
    register, _, record_id = argument.partition(":")
    journey = turn.whole(journey_id)
    looks = looks_for(turn, journey)
    source = (journey.record(record_id) or _shared(turn, journey, record_id)) if looks else None
    begun = _begun_from(turn.pack_of(journey).registers.get(register), source)
    if source is None or begun is None:
        turn.refuse(Problem("share-is-over"))
        return
    fields = {own: source.fields[other] for own, other in begun.fields.items() if source.fields.get(other)}
    event = RecordAdded(
        by=turn.person.id, at=turn.now, address=None, register=register, id=turn.ids.new(), fields=fields
    )
    turn.act(At(journey.id), journey, event)


def _shared(turn: Turn, journey: Journey, record: str) -> Record | None:
    seen = turn.uow.shares.seen([record], viewer_of(turn, journey))
    return seen[0].record if seen else None


def _begun_from(model: Register | None, source: Record | None) -> BegunFrom | None:
    every = model.begun_from if model is not None and source is not None else ()
    return next((one for one in every if source is not None and one.register_ == source.register), None)
