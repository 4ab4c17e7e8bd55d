"""Takes a form whose fields are all in order: what each form means."""

from collections.abc import Mapping

from bot.usecases import answering, deciding, decisions, feedback, guides, year
from bot.usecases.turn import At, AtQuestion, Turn
from content.pack import register_of
from dialogs.calendar.occurrences import reminder_of
from dialogs.events import RecordAdded, RecordChanged
from dialogs.flows.prolonging import held
from dialogs.messages import Press
from dialogs.model.answers import Address, Value
from dialogs.model.journey import Journey
from dialogs.model.problem import Problem
from dialogs.ports import StoredButton


def hand_in(turn: Turn, journey: Journey, stored: StoredButton, values: Mapping[str, Value]) -> None:
    press = stored.press
    register = press.argument.partition(":")[0]
    if press.action == "change-record":
        _change_record(turn, journey, press.argument, values)
    elif press.action == "record-date":
        _move_date(turn, journey, press.argument, values)
    elif press.action == "guide":
        guides.tell(turn, journey, press.argument, values)
    elif press.action in ("guide-record", "guide-note"):
        _add_record(turn, journey, guides.register_of(turn.pack_of(journey), press), values)
    elif press.action == "record-decision":
        decisions.keep(turn, journey, press.argument, values)
    elif press.action == "checkpoint-left":
        year.leave(turn, journey.id, press.argument, str(values.get("checkpoint-left-text", "")))
    elif press.action == "feedback":
        feedback.hand_in(turn, journey.id, press, str(values.get("feedback-text", "")))
    elif press.action == "add-record":
        _add_record(turn, journey, register, values)
    elif press.address is not None:
        _about_question(turn, journey, AtQuestion(stored.journey, press.address), press, values)
    else:
        turn.refuse(Problem("old-button"))


def _about_question(
    turn: Turn, journey: Journey, at: AtQuestion, press: Press, values: Mapping[str, Value]
) -> None:
    text = str(values.get(f"{press.action}-text", ""))
    match press.action:
        case "decision":
            decision = {"reference": "", **values}
            change = journey.item(at.address).done
            answering.contribute(
                turn, at, journey, decision, turn.person.id, change=change, text=str(values.get("what", ""))
            )
        case "record":
            question = turn.pack_of(journey).places[at.address.question].question
            register = register_of(question) or ""
            _add_record(turn, journey, register, values, address=at.address, adopted=press.argument)
        case "round":
            deciding.round_at(turn, at, str(values.get("last-day", "")))
        case "draft":
            deciding.make_draft(turn, at, text)
        case "object" | "concern":
            deciding.speak(turn, at, press.action, text, asked=True)
        case "skip":
            deciding.skip_at(turn, at, text)
        case "reopen":
            deciding.reopen_at(turn, at, text)
        case "despite":
            deciding.settle_despite(turn, at, text)
        case "change":
            deciding.change_at(turn, at, text)
        case _:
            turn.refuse(Problem("old-button"))


def _add_record(
    turn: Turn,
    journey: Journey,
    register: str,
    values: Mapping[str, Value],
    *,
    address: Address | None = None,
    adopted: str = "",
) -> None:
    event = RecordAdded(
        by=turn.person.id, at=turn.now, address=address, register=register, id=turn.ids.new(), fields=dict(values),
        adopted=adopted,
    )  # fmt: skip
    turn.act(At(journey.id, address), journey, event)


def _move_date(turn: Turn, journey: Journey, id: str, values: Mapping[str, Value]) -> None:
    """Give the record another day in the field that is reminded of."""
    record = journey.record(id)
    reminder = reminder_of(turn.pack_of(journey), record) if record is not None else None
    if reminder is None:
        turn.refuse(Problem("record-unknown"))
    else:
        _change_record(turn, journey, id, {reminder.date: values["new-date"]})


def _change_record(turn: Turn, journey: Journey, id: str, values: Mapping[str, Value]) -> None:
    record = journey.record(id)
    if record is None:
        turn.refuse(Problem("record-unknown"))
        return
    if turn.pack_of(journey).prolonged_by(record.register) & values.keys():
        journey = turn.whole(journey.id)
    later = held(turn.pack_of(journey), journey, record, values, turn.today, by=turn.person.id)
    left = {name: value for name, value in values.items() if later is None or name not in later.fields}
    if left:
        event = RecordChanged(
            by=turn.person.id, at=turn.now, register=record.register, id=record.id, fields=left
        )
        if turn.act(At(journey.id), journey, event) is None:
            return
    if later is not None:
        decisions.say_what_holds(turn, journey, record, later)
