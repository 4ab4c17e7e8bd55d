"""Words for one record: all that it says, which criteria it meets, what is missing, and what to write."""

from collections.abc import Iterable

from content.schema.files import Condition, Criterion
from content.schema.questions import RegisterField
from dialogs.calendar.occurrences import is_open
from dialogs.flows.facts import Facts
from dialogs.flows.shortfall import against_move, empty_and_required, to_fill_in, unmet
from dialogs.messages import Composer, Message, Press, Spans, words
from dialogs.model.records import Record
from dialogs.values.asking import title_of
from dialogs.values.names import in_sentence
from dialogs.values.showing import label_of, record_facts, state_title
from dialogs.wording.teller import Teller

LONGEST = 2_000
"""The most characters of one field that a card shows; the form shows all."""
MOST_LACKING = 3  # things that are named in a list of records


def record_message(teller: Teller, record: Record, number: int) -> Message:
    """Return the record as a card: *number* is its place in the register."""
    model = teller.pack.registers[record.register]
    said = teller.composer().heading(shortened(title_of(record, teller.asking), 150))
    what = teller.words(model.singular)
    name = {"what": what[:1].upper() + what[1:], "number": number}
    if model.states:
        state = in_sentence(state_title(record, teller.asking))
        said.say(teller.say("record-card-state", state=state, **name))
    else:
        said.say(teller.say("record-card", **name))
    said.facts((label, shortened(value, LONGEST)) for label, value in record_facts(record, teller.asking)[1:])
    if is_open(model, record):
        _criteria(teller, record, said)
        _must_fill(teller, record, said)
    _ways_on(teller, record, said)
    register = in_sentence(teller.words(model.title))
    said.say(teller.say("record-change-how", register=register, number=number))
    said.button(teller.text("button-change-record"), Press("change-record", None, record.id))
    _move_buttons(teller, record, said)
    return said.done()


def staying_message(teller: Teller, register: str, to: str, records: Iterable[str]) -> Message:
    """Say which records stay where they are, and what their new state requires first."""
    state = next(one for one in teller.pack.registers[register].states if one.id == to)
    said = teller.composer().say(teller.say("records-stay", state=in_sentence(teller.words(state.title))))
    for id in records:
        record = teller.journey.record(id)
        if record is not None:
            lacking = against_move(record, state, _facts(teller))
            why = " ".join(teller.words(one.say) for one in lacking)
            said.bullets([words(f"{title_of(record, teller.asking)}: {why}")])
    return said.done()


def lacking_in_short(teller: Teller, record: Record) -> str:
    """Return what an open record lacks, in a few words: what must be there first; "" for nothing."""
    if not is_open(teller.pack.registers[record.register], record):
        return ""
    lacking = unmet(teller.pack, record, _facts(teller))
    names = [label_of(field, teller.language) for field in empty_and_required(teller.pack, record)]
    names += [
        teller.words(one.title) for level in ("must", "should") for one in lacking if one.level == level
    ]
    if not names:
        return ""
    told = "; ".join(shortened(name, 120) for name in names[:MOST_LACKING])
    left = len(names) - MOST_LACKING
    return teller.text("record-lacks-more", what=told, n=left) if left > 0 else told


def shortened(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _facts(teller: Teller) -> Facts:
    return Facts(teller.pack, teller.journey, teller.today)


def _criteria(teller: Teller, record: Record, said: Composer) -> None:
    criteria = teller.pack.registers[record.register].criteria
    lacking = unmet(teller.pack, record, _facts(teller))
    for level in ("must", "should"):
        of_level = [one for one in criteria if one.level == level]
        if not of_level:
            continue
        met = sum(one not in lacking for one in of_level)
        said.say(teller.say(f"record-criteria-{level}", met=met, of=len(of_level)))
        said.bullets(_criterion(teller, record, one, is_met=one not in lacking) for one in of_level)


def _criterion(teller: Teller, record: Record, criterion: Criterion, *, is_met: bool) -> Spans:
    title = teller.words(criterion.title)
    if is_met:
        return teller.say("criterion-is-met", title=title)
    fields = to_fill_in(teller.pack, record, criterion.rule)
    if not fields:
        return teller.say("criterion-is-unmet", title=title)
    return teller.say("criterion-is-unmet-fill", title=title, fields=_named(teller, fields))


def _must_fill(teller: Teller, record: Record, said: Composer) -> None:
    fields = empty_and_required(teller.pack, record)
    if fields:
        said.say(teller.say("record-must-fill", fields=_named(teller, fields)))


def _named(teller: Teller, fields: Iterable[RegisterField]) -> str:
    return teller.listed(f"”{label_of(field, teller.language)}”" for field in fields)


def _ways_on(teller: Teller, record: Record, said: Composer) -> None:
    """Say what stands in the way of each state that the record isn't in."""
    for state in teller.pack.registers[record.register].states:
        lacking: tuple[Condition, ...] = against_move(record, state, _facts(teller))
        if state.id != record.state and lacking:
            said.say(teller.say("record-before-state", state=in_sentence(teller.words(state.title))))
            said.bullets(words(teller.words(one.say)) for one in lacking)


def _move_buttons(teller: Teller, record: Record, said: Composer) -> None:
    """Offer the states that nothing stands in the way of."""
    for state in teller.pack.registers[record.register].states:
        if state.id != record.state and not against_move(record, state, _facts(teller)):
            label = teller.text("button-move-record", state=in_sentence(teller.words(state.title)))
            said.button(label, Press("move-record", None, f"{record.id}:{state.id}"))
