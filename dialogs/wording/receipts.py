"""Words what whoever did something is told in return: it is kept, how far the group is, and what may be done next."""

from dataclasses import dataclass, replace

from dialogs.effects import Receipt
from dialogs.flows.rights import asked_in, has_voice, leads
from dialogs.letters import Aside, ToPerson, ToRoom
from dialogs.messages import Composer, Message, Press
from dialogs.model.answers import Address
from dialogs.values.asking import title_of
from dialogs.values.names import in_sentence
from dialogs.values.showing import record_facts
from dialogs.wording.questions import draft_lines, heard_progress, settle_buttons, voice_buttons
from dialogs.wording.records import follow_up_buttons
from dialogs.wording.registers import register_warnings
from dialogs.wording.teller import Teller


@dataclass(frozen=True, slots=True)
class Hearing:
    """Who did it, where they speak and in which language, and what is told apart: a key for this turn."""

    actor: str
    to: ToRoom | ToPerson | Aside
    language: str
    key: str
    code: str = ""  # the secret by which an anonymous answer can be changed
    contribution: str = ""  # the contribution that this turn made
    private: bool = False  # they speak where the group doesn't hear it


def receipt(teller: Teller, effect: Receipt, hearing: Hearing) -> Message:
    """Return what whoever did it is told: it is kept, how far the group is, and what they may do next."""
    said = teller.composer()
    if effect.record:
        return _record_receipt(teller, effect, said)
    address = effect.address
    if address is None:
        return said.say(teller.say(f"receipt-{effect.what}", title="")).done()
    item = teller.journey.item(address)
    given = next((one for one in item.contributions if one.id == hearing.contribution), None)
    if given is not None and given.entered_by is not None and given.by is not None:
        name = teller.name(given.by)
        said.say(teller.say("receipt-entered", title=teller.title(address), name=name))
    else:
        said.say(teller.say(f"receipt-{effect.what}", title=teller.title(address)))
    if effect.what == "anonymous":
        return replace(said.say(teller.say("anonymous-code", code=hearing.code)).done(), secret=True)
    if effect.what in ("contributed", "changed", "late") and item.in_round:
        _no_voice_by_it(teller, address, hearing, said)
    elif effect.what in ("contributed", "changed", "withdrawn", "drafted", "late"):
        if not item.done:
            heard_progress(teller, item, said)
        if not item.done and leads(teller.pack, teller.journey, hearing.actor):
            draft_lines(teller, item, said)
            settle_buttons(teller, item, said)
    if effect.what in ("contributed", "changed") and hearing.contribution:
        said.button(teller.text("button-not-this"), Press("not-this", address, hearing.contribution))
    if effect.what == "voiced" and item.round is not None:
        asked = asked_in(teller.pack, teller.journey, item.round)
        said.say(teller.say("round-progress", count=len(item.round.voices), of=len(asked)))
    return said.done()


def _no_voice_by_it(teller: Teller, address: Address, hearing: Hearing, said: Composer) -> None:
    """Say that the words are no voice in the round that is open: *ja* and *jag håller inte med* are easily meant so."""
    if has_voice(teller.pack, teller.journey, hearing.actor):
        said.say(teller.say("contributed-in-round"))
        voice_buttons(teller, address, said)


def _record_receipt(teller: Teller, effect: Receipt, said: Composer) -> Message:
    record = teller.journey.record(effect.record)
    if record is None:
        return said.say(teller.say("receipt-record-changed", title="")).done()
    said.say(teller.say(f"receipt-{effect.what}", title=title_of(record, teller.asking)))
    if effect.what == "record-moved":
        states = teller.pack.registers[record.register].states
        state = next((teller.words(one.title) for one in states if one.id == record.state), record.state)
        return said.say(teller.say("record-is-now", state=in_sentence(state))).done()
    said.facts(record_facts(record, teller.asking)[1:])
    register_warnings(teller, record.register, said)
    if effect.address is not None:
        singular = in_sentence(teller.words(teller.pack.registers[record.register].singular))
        said.button(teller.text("button-add-another", what=singular), Press("record", effect.address))
        question = teller.question(effect.address)
        if len(teller.journey.records_in(record.register)) >= getattr(question, "at_least", 1):
            said.button(teller.text("button-enough"), Press("settle", effect.address))
    said.button(teller.text("button-change-record"), Press("change-record", None, record.id))
    follow_up_buttons(teller, record, said)
    return said.done()
