"""Registers in the conversation: list, add, change, move on."""

from bot.usecases.about import about_journey
from bot.usecases.asking_fields import open_form
from bot.usecases.places import journeys_here
from bot.usecases.turn import Turn
from dialogs.events import RecordMoved
from dialogs.hearing.hear import Commanded
from dialogs.messages import Press, words
from dialogs.model.journey import Journey
from dialogs.model.problem import Problem
from dialogs.ports import Spot
from dialogs.reports.documents import document_named
from dialogs.values.names import find
from dialogs.wording.registers import register_message
from dialogs.wording.teller import Teller


def show(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """List a register's records, numbered; without a name, the registers."""
    at = about_journey(turn, spot)
    if at is None:
        return True
    teller = turn.teller(turn.whole(at.journey))
    register = register_named(teller, heard.rest)
    if register is None:
        if heard.rest and document_named(teller, heard.rest) is None:
            return False
        said = teller.composer().say(teller.say("registers-are"))
        said.bullets(words(teller.words(one.title)) for one in teller.pack.registers.values())
        turn.reply_about(said.done(), at.journey)
        return True
    turn.reply_about(register_message(teller, register).done(), at.journey)
    return True


def add(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """`ny insats: titel` opens the register's form; False when no register has that name."""

    if spot is None and not journeys_here(turn):
        return False
    at = about_journey(turn, spot)
    if at is None:
        return True
    journey = turn.load(at)
    register = register_named(turn.teller(journey), heard.number or heard.rest)
    if register is None:
        return False
    open_form(turn, journey, Press("add-record", None, register), title=heard.rest if heard.number else "")
    return True


def change(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """`ändra post insatser 2` opens the form of the second record."""
    at = about_journey(turn, spot)
    if at is None:
        return True
    journey = turn.whole(at.journey)
    record = _numbered(turn, journey, f"{heard.number} {heard.rest}")
    if record is None:
        turn.refuse(Problem("record-how"))
        return True
    open_form(turn, journey, Press("change-record", None, record))
    return True


def move(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """`markera insatser 2: klar` moves the second record to that state."""
    at = about_journey(turn, spot)
    if at is None:
        return True
    journey = turn.whole(at.journey)
    id = _numbered(turn, journey, heard.number)
    record = journey.record(id) if id else None
    teller = turn.teller(journey)
    if record is None:
        named = heard.number.rstrip("0123456789 ")
        if named and register_named(teller, named) is None:
            return False  # `markera vår plats: …`: words
        turn.refuse(Problem("record-how"))
        return True
    states = teller.pack.registers[record.register].states
    options = tuple((state.id, teller.words(state.title)) for state in states)
    to = find(heard.rest, options, numbered=False).value
    if to is None:
        turn.refuse(
            Problem(
                "choice-unknown", {"said": heard.rest, "options": ", ".join(label for _, label in options)}
            )
        )
        return True
    turn.act(
        at,
        journey,
        RecordMoved(by=turn.person.id, at=turn.now, register=record.register, id=record.id, to=to),
    )
    return True


def register_named(teller: Teller, name: str) -> str | None:
    options = []
    for register in teller.pack.registers.values():
        for text in (register.title, register.singular):
            options += [(register.id, word) for word in text.root.values()]
        options.append((register.id, register.id))
    return find(name, tuple(dict.fromkeys(options)), numbered=False).value


def _numbered(turn: Turn, journey: Journey, said: str) -> str | None:
    name, _, number = said.strip().rpartition(" ")
    register = register_named(turn.teller(journey), name) if name else None
    if register is None or not number.isdecimal():
        return None
    records = journey.records_in(register)
    return records[int(number) - 1].id if 1 <= int(number) <= len(records) else None
