"""Begins a record from one of another register, by a button there: what stands in it comes along."""

from bot.usecases.asking_fields import another_is_open, begin_form, with_choices
from bot.usecases.finding import viewer_of
from bot.usecases.turn import At, Turn
from content.schema.files import BegunFrom, Register
from dialogs.events import RecordAdded
from dialogs.forms import filling_for
from dialogs.messages import Press
from dialogs.model.journey import Journey
from dialogs.model.problem import Problem
from dialogs.model.records import Record


def begin(turn: Turn, journey_id: str, argument: str) -> None:
    """Add the record where nothing more has to be asked, else open its form. *argument* is register:record."""
    register, _, record_id = argument.partition(":")
    journey = turn.whole(journey_id)
    source = journey.record(record_id) or _shared(turn, journey, record_id)
    model = turn.pack_of(journey).registers.get(register)
    begun = _begun_from(model, source)
    if source is None or model is None or begun is None:
        turn.refuse(Problem("share-is-over"))
        return
    filled = {
        own: str(source.fields[other]) for own, other in begun.fields.items() if source.fields.get(other)
    }
    if all(field.id in filled for field in model.fields if field.required):
        event = RecordAdded(
            by=turn.person.id, at=turn.now, address=None, register=register, id=turn.ids.new(), fields=dict(filled)
        )  # fmt: skip
        turn.act(At(journey.id), journey, event)
        return
    press = Press("add-record", None, register)
    filling = filling_for(turn.teller(with_choices(turn, journey, press)), press)
    if filling is not None and not another_is_open(turn):
        begin_form(turn, filling.form, press, journey=journey.id, typed=filled)


def _shared(turn: Turn, journey: Journey, record: str) -> Record | None:
    seen = turn.uow.shares.seen([record], viewer_of(turn, journey))
    return seen[0].record if seen else None


def _begun_from(model: Register | None, source: Record | None) -> BegunFrom | None:
    every = model.begun_from if model is not None and source is not None else ()
    return next((one for one in every if source is not None and one.register_ == source.register), None)
