"""Words for a register: its records, and what is worth a thought about them as a whole."""

from dialogs.calendar.occurrences import is_open
from dialogs.flows.facts import Facts, holds
from dialogs.messages import Composer, Press, words
from dialogs.model.records import Record
from dialogs.values.asking import title_of
from dialogs.values.names import in_sentence
from dialogs.values.showing import record_facts, state_title
from dialogs.wording.teller import Teller


def register_message(teller: Teller, register: str) -> Composer:
    """Return the register's records, numbered, with the warnings that apply and how to add one."""
    model = teller.pack.registers[register]
    said = teller.composer().heading(teller.words(model.title)).say(words(teller.words(model.what)))
    for number, record in enumerate(teller.journey.records_in(register), start=1):
        state = f" ({in_sentence(state_title(record, teller.asking))})" if model.states else ""
        said.say(words(f"{number}. {title_of(record, teller.asking)}{state}", strong=True))
        said.facts(record_facts(record, teller.asking)[1:])
        criteria(teller, record, said)
    if not teller.journey.records_in(register):
        said.say(teller.say("register-empty"))
    register_warnings(teller, register, said)
    singular = in_sentence(teller.words(model.singular))
    said.say(teller.say("add-record-how", what=singular))
    said.button(teller.text("button-add-record", what=singular), Press("add-record", None, register))
    return said


def criteria(teller: Teller, record: Record, said: Composer) -> None:
    """Say which of the register's criteria an open record doesn't meet yet. It never blocks."""
    model = teller.pack.registers[record.register]
    if not model.criteria or not is_open(model, record):
        return
    facts = Facts(teller.pack, teller.journey, teller.today).about(record)
    lacking = [one for one in model.criteria if not holds(one.rule, facts)]
    if not lacking:
        said.say(teller.say("criteria-met", n=len(model.criteria)))
        return
    said.say(teller.say("criteria-lacking", n=len(lacking)))
    said.bullets(teller.say(f"criterion-{one.level}", title=teller.words(one.title)) for one in lacking)


def register_warnings(teller: Teller, register: str, said: Composer) -> None:
    """Say what is worth a thought about the register as a whole. It never blocks."""
    facts = Facts(teller.pack, teller.journey, teller.today)
    apply = [one for one in teller.pack.registers[register].warn if not holds(one.rule, facts)]
    if apply:
        said.say(teller.say("gate-warnings")).bullets(words(teller.words(one.say)) for one in apply)
