"""Decisions in the conversation: who decides what, the decision about a record, and its move, which may wait for it."""

import re
from collections.abc import Iterable, Mapping, Sequence

from bot.usecases.about import about_journey
from bot.usecases.asking_fields import open_form
from bot.usecases.turn import At, Turn
from content.schema.deciding import Decides
from dialogs.events import RecordChanged, RecordMoved
from dialogs.flows.decisions import rights_over, waits_for
from dialogs.flows.facts import Facts
from dialogs.flows.prolonging import Held
from dialogs.flows.shortfall import against_move
from dialogs.hearing.hear import Commanded
from dialogs.messages import Composer, Press
from dialogs.model.answers import Value
from dialogs.model.journey import Journey
from dialogs.model.occurrence import MeetingDay
from dialogs.model.problem import Problem
from dialogs.model.records import Record
from dialogs.ports import Spot
from dialogs.values.asking import record_numbered, register_named
from dialogs.values.names import find
from dialogs.values.reading import decision_of
from dialogs.wording.decisions import decides_message, prolonging_message, taken_on_trust, waiting_message
from dialogs.wording.teller import Teller


def who_decides(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """`vem beslutar` says who decides what, and when they meet; `vem beslutar om vänorter` only that."""
    at = about_journey(turn, spot)
    if at is None:
        return True
    teller = turn.teller(turn.whole(at.journey))
    rights = teller.pack.manifest.decides
    if not rights:
        turn.refuse(Problem("no-rights-here"))
        return True
    about = re.sub(r"^(?:om|on|about)\s+", "", heard.rest.strip(" ?"))
    if about:
        named = find(about, _names(teller, rights), numbered=False).value
        rights = tuple(right for right in rights if named in (right.id, _register(right)))
    if not rights:
        return False
    turn.reply_about(decides_message(teller, rights, _meetings(turn, teller.journey)), at.journey)
    return True


def enter(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """`beslut samarbeten 2: Regionstyrelsen; 2026-11-24; RS 2026/12` enters a decision; without it, opens the form."""
    at = about_journey(turn, spot)
    if at is None:
        return True
    journey = turn.whole(at.journey)
    teller = turn.teller(journey)
    record = record_numbered(heard.number, teller.asking)
    if record is None:
        if register_named(heard.number.rstrip("0123456789 "), teller.pack) is None:
            return False
        turn.refuse(Problem("decision-how"), text=heard.rest)
        return True
    register = teller.pack.registers[record.register]
    if register.decision is None:
        turn.refuse(
            Problem("no-decision-fields", {"register": teller.words(register.title)}), text=heard.rest
        )
        return True
    if not heard.rest:
        open_form(turn, journey, Press("record-decision", None, f"{record.id}:"))
        return True
    body, day, reference = (*(part.strip() for part in heard.rest.split(";", 2)), "", "")[:3]
    found = decision_of({"body": body, "date": day, "reference": reference, "what": "-"}, teller.asking)
    if isinstance(found, Problem):
        turn.refuse(found, text=heard.rest)
        return True
    keep(turn, journey, f"{record.id}:", found)
    return True


def keep(turn: Turn, journey: Journey, argument: str, values: Mapping[str, Value]) -> None:
    """Enter the decision about a record, and let the record go where it was going. *argument* is record:state."""
    id, _, to = argument.partition(":")
    record = journey.record(id)
    held = turn.pack_of(journey).registers[record.register].decision if record is not None else None
    if record is None or held is None:
        turn.refuse(Problem("record-unknown"))
        return
    fields = {held.body: values.get("body", ""), held.date: values.get("date", "")}
    if held.reference is not None:
        fields[held.reference] = values.get("reference", "")
    event = RecordChanged(by=turn.person.id, at=turn.now, register=record.register, id=id, fields=fields)
    if turn.act(At(journey.id), journey, event) is not None and to:
        move_to(turn, journey.id, f"{id}:{to}")


def move_to(turn: Turn, journey_id: str, argument: str) -> None:
    """The button on a record's card moves it to a state. *argument* is record:state."""
    id, _, to = argument.partition(":")
    journey = turn.whole(journey_id)
    record = journey.record(id)
    if record is None:
        turn.refuse(Problem("record-unknown"))
    else:
        move(turn, journey, record, to)


def move(turn: Turn, journey: Journey, record: Record, to: str) -> None:
    """Move the record; where it waits for a decision alone, say whose, and when they meet."""
    pack = turn.pack_of(journey)
    state = next((one for one in pack.registers[record.register].states if one.id == to), None)
    lacks = state is None or against_move(record, state, Facts(pack, journey, turn.today))
    waits = waits_for(pack, journey, record, to, turn.today, by=turn.person.id)
    if waits is not None and not lacks:
        message = waiting_message(turn.teller(journey), record, to, waits, _meetings(turn, journey))
        turn.reply_about(message, journey.id)
        return
    event = RecordMoved(by=turn.person.id, at=turn.now, register=record.register, id=record.id, to=to)
    if turn.act(At(journey.id), journey, event) is None:
        return
    teller = turn.teller(journey)
    for right in rights_over(pack, record, to, Facts(pack, journey, turn.today)):
        trusted = taken_on_trust(teller, record, right)
        if trusted is not None:
            turn.add_to_reply(Composer().say(trusted))


def say_what_holds(turn: Turn, journey: Journey, record: Record, later: Held) -> None:
    """Say why the record doesn't go on for longer yet, after what was kept of the change."""
    message = prolonging_message(turn.teller(journey), record, later, _meetings(turn, journey))
    turn.reply_about(message, journey.id)


def _meetings(turn: Turn, journey: Journey) -> Sequence[MeetingDay]:
    return turn.uow.calendar.meetings(journey.organisation, since=turn.today)


def _names(teller: Teller, rights: Iterable[Decides]) -> tuple[tuple[str, str], ...]:
    names: list[tuple[str, str]] = []
    for right in rights:
        names += [(right.id, word) for word in right.title.root.values()]
        register = teller.pack.registers.get(_register(right))
        if register is not None:
            names += [(register.id, word) for word in register.title.root.values()]
    return tuple(dict.fromkeys(names))


def _register(right: Decides) -> str:
    return right.records.register_ if right.records is not None else ""
