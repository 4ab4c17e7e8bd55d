"""Registers in the conversation: list, show, add, change, move on; and their lists for the public web site."""

from collections.abc import Sequence
from dataclasses import replace

from bot.usecases import decisions
from bot.usecases.about import about_journey
from bot.usecases.asking_fields import open_form
from bot.usecases.places import journeys_here
from bot.usecases.turn import At, Turn
from dialogs.hearing.hear import Commanded
from dialogs.messages import Press, words
from dialogs.model.problem import Problem
from dialogs.model.records import Record
from dialogs.ports import Spot
from dialogs.reports.documents import document_named
from dialogs.reports.queue import add_queue, queue_of
from dialogs.reports.web_list import changed_later, registers_on_the_web, web_page
from dialogs.reports.web_list_message import web_message
from dialogs.values.asking import record_numbered, register_named
from dialogs.values.names import find, in_sentence
from dialogs.values.picking import pick
from dialogs.wording.records import record_message
from dialogs.wording.registers import register_message
from dialogs.wording.teller import Teller


def show(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """List a register's records, numbered, or those that the words after its name pick; `visa samarbeten 2` shows one.

    Without a name, the registers.
    """
    at = about_journey(turn, spot)
    if at is None:
        return True
    teller = turn.teller(turn.whole(at.journey))
    name, picked_by = (heard.number, heard.rest) if heard.number else _split(heard.rest)
    register = register_named(name, teller.pack)
    if register is None:
        numbered = _show_one(turn, teller, name, at) if not picked_by else False
        if not numbered and name and document_named(teller, heard.rest) is None:
            return False
        if not numbered:
            _names(turn, teller, at)
        return True
    _list(turn, teller, register, picked_by, at)
    return True


def show_page(turn: Turn, journey: str, argument: str) -> None:
    """The button under a list shows the next page of it. *argument* is register:page:what it was picked by.

    In a private chat the list lies where it was shown, whatever becomes of the person in the group.
    """
    head = turn.uow.journeys.head(journey)
    if turn.room.private and head.roster.member(turn.person.id) is None:
        turn.refuse(Problem("not-a-member", {"group": head.group_name}))
        return
    teller = turn.teller(turn.whole(journey))
    register, page, by = argument.split(":", 2)
    if register in teller.pack.registers:
        _list(turn, teller, register, by, At(journey), page=int(page))
    else:
        turn.refuse(Problem("old-button"))


def _names(turn: Turn, teller: Teller, at: At) -> None:
    said = teller.composer().say(teller.say("registers-are"))
    said.bullets(words(teller.words(one.title)) for one in teller.pack.registers.values())
    turn.reply_about(said.done(), at.journey)


def _list(turn: Turn, teller: Teller, register: str, by: str, at: At, *, page: int = 0) -> None:
    picked = pick(teller.pack.registers[register], by, teller.asking, speaker=turn.person.id)
    if isinstance(picked, Problem):
        turn.refuse(picked)
        return
    shown = replace(picked, page=page or picked.page)
    said = register_message(teller, register, shown)
    model = teller.pack.registers[register]
    if model.queue and model.states:
        journey = teller.journey
        records: Sequence[Record] = journey.records_in(register)
        if register in journey.own_registers and not journey.practice:
            records = turn.uow.records.kept_in(journey.organisation, register)
        histories = {one.id: turn.uow.records.history(one.id) for one in records}
        add_queue(teller, queue_of(model, records, histories, turn.today), said)
    turn.reply_about(said.done(), at.journey)


def _show_one(turn: Turn, teller: Teller, said: str, at: At) -> bool:
    """Show the record with that number as a card; False when *said* names no register and number."""
    name, _, number = said.rpartition(" ")
    register = register_named(name, teller.pack) if name and number.isdecimal() else None
    if register is None:
        return False
    records = teller.journey.records_in(register)
    if len(number) < 6 and 1 <= int(number) <= len(records):
        message = record_message(teller, records[int(number) - 1], int(number), reader=turn.person.id)
        turn.reply_about(message, at.journey)
    else:
        title = teller.words(teller.pack.registers[register].title)
        key = "record-number" if records else "record-none"
        turn.refuse(Problem(key, {"n": len(records), "register": title}))
    return True


def _split(said: str) -> tuple[str, str]:
    name, _, by = said.partition(":")
    return name.strip(), by.strip()


def web(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """`webblista samarbeten` shows the list for the public web site, as text to paste."""
    at = about_journey(turn, spot)
    if at is None:
        return True
    teller = turn.teller(turn.whole(at.journey))
    register = register_named(heard.rest or heard.number, teller.pack)
    having = registers_on_the_web(teller)
    if register in having:
        histories = {id: turn.uow.records.history(id) for id in changed_later(teller, register)}
        turn.reply_about(web_message(teller, web_page(teller, register, histories)).done(), at.journey)
        return True
    if register is None and heard.rest:
        return False
    known = ", ".join(in_sentence(teller.words(teller.pack.registers[id].title)) for id in having) or "–"
    if register is None:
        turn.refuse(Problem("web-list-which", {"known": known}))
    else:
        title = teller.words(teller.pack.registers[register].title)
        turn.refuse(Problem("web-list-none", {"register": title, "known": known}))
    return True


def add(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """`ny insats: titel` opens the register's form; False when no register has that name."""

    if spot is None and not journeys_here(turn):
        return False
    at = about_journey(turn, spot)
    if at is None:
        return True
    journey = turn.load(at)
    register = register_named(heard.number or heard.rest, turn.pack_of(journey))
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
    record = record_numbered(f"{heard.number} {heard.rest}", turn.teller(journey).asking)
    if record is None:
        turn.refuse(Problem("record-how"))
        return True
    open_form(turn, journey, Press("change-record", None, record.id))
    return True


def move(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """`markera insatser 2: klar` moves the second record to that state."""
    at = about_journey(turn, spot)
    if at is None:
        return True
    journey = turn.whole(at.journey)
    teller = turn.teller(journey)
    named_record = record_numbered(heard.number, teller.asking)
    record = journey.record(named_record.id) if named_record is not None else None
    if record is None:
        named = heard.number.rstrip("0123456789 ")
        if named and register_named(named, teller.pack) is None:
            return False  # `markera vår plats: …`: words
        turn.refuse(Problem("record-how"))
        return True
    states = teller.pack.registers[record.register].states
    options = tuple((state.id, word) for state in states for word in dict.fromkeys(state.title.root.values()))
    to = find(heard.rest, options, numbered=False).value
    if to is None:
        labels = ", ".join(teller.words(state.title) for state in states)
        turn.refuse(Problem("choice-unknown", {"said": heard.rest, "options": labels}))
        return True
    decisions.move(turn, journey, record, to)
    return True
