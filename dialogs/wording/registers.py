"""Words for a register: its records, a page at a time, and what is worth a thought about them as a whole."""

from dialogs.calendar.occurrences import is_open
from dialogs.flows.facts import Facts, holds
from dialogs.flows.shortfall import unmet
from dialogs.messages import Composer, Press, words
from dialogs.model.records import Record
from dialogs.values.asking import title_of
from dialogs.values.names import in_sentence
from dialogs.values.picking import Picked
from dialogs.values.showing import record_facts, state_title
from dialogs.wording.records import lacking_in_short, shortened
from dialogs.wording.teller import Teller

FEW = 5
"""So many records are shown with all that they say; of more, each has a line or two."""
PAGE = 10
VALUE = 200  # characters of a field, in a list
TITLE = 150
SHORT = frozenset({"unit", "body", "person", "date", "choice"})
MOST_SHORT = 4


def register_message(teller: Teller, register: str, picked: Picked | None = None) -> Composer:
    """Return the records that were picked, or all, with their numbers in the register; what applies to the whole; how
    to add one."""
    model = teller.pack.registers[register]
    every = teller.journey.records_in(register)
    shown = picked or Picked(tuple(enumerate(every, start=1)))
    said = teller.composer().heading(teller.words(model.title)).say(words(teller.words(model.what)))
    name = in_sentence(teller.words(model.title))
    if not every:
        said.say(teller.say("register-empty"))
    elif shown.by and not shown.records:
        said.say(teller.say("register-none-picked", by=shown.by, register=name))
    elif shown.by:
        said.say(teller.say("register-picked", n=len(shown.records), of=len(every), by=shown.by))
    _records(teller, shown, name, said)
    if len(every) > 1:
        said.say(teller.say("register-show-how", register=name, number=len(every)))
    register_warnings(teller, register, said)
    singular = in_sentence(teller.words(model.singular))
    said.say(teller.say("add-record-how", what=singular))
    if shown.page < pages_of(shown):
        more = f"{register}:{shown.page + 1}:{shown.by}"
        said.button(teller.text("button-next-page"), Press("register-page", None, more))
    said.button(teller.text("button-add-record", what=singular), Press("add-record", None, register))
    return said


def pages_of(picked: Picked) -> int:
    return max(1, -(-len(picked.records) // PAGE))


def _records(teller: Teller, shown: Picked, name: str, said: Composer) -> None:
    pages = pages_of(shown)
    page = min(shown.page, pages)
    for number, record in shown.records[(page - 1) * PAGE : page * PAGE]:
        model = teller.pack.registers[record.register]
        state = f" ({in_sentence(state_title(record, teller.asking))})" if model.states else ""
        title = shortened(title_of(record, teller.asking), TITLE)
        said.say(words(f"{number}. {title}{state}", strong=True))
        facts = [(label, shortened(value, VALUE)) for label, value in _facts(teller, record, shown)]
        if len(shown.records) <= FEW:
            said.facts(facts)
            criteria(teller, record, said)
            continue
        lacking = lacking_in_short(teller, record)
        told = "; ".join(f"{label}: {value}" for label, value in facts)
        if told:
            said.say(words(told))
        if lacking:
            said.say(teller.say("record-lacks", what=lacking))
    if pages > 1:
        said.say(teller.say("register-page", page=page, pages=pages))


def _facts(teller: Teller, record: Record, shown: Picked) -> list[tuple[str, str]]:
    if len(shown.records) <= FEW:
        return record_facts(record, teller.asking)[1:]
    return record_facts(record, teller.asking, kinds=SHORT)[:MOST_SHORT]


def criteria(teller: Teller, record: Record, said: Composer) -> None:
    """Say which of the register's criteria an open record doesn't meet yet. It never blocks."""
    model = teller.pack.registers[record.register]
    if not model.criteria or not is_open(model, record):
        return
    lacking = unmet(teller.pack, record, Facts(teller.pack, teller.journey, teller.today))
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
