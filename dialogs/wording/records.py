"""Words for one record: all that it says, which criteria it meets, what is missing, and what to write."""

from collections.abc import Iterable

from content.schema.files import Criterion, State
from content.schema.questions import RegisterField
from dialogs.calendar.occurrences import is_open
from dialogs.flows.decisions import waits_for
from dialogs.flows.facts import Facts
from dialogs.flows.seen_by import as_seen, hidden
from dialogs.flows.shortfall import against_move, empty_and_required, to_fill_in, unmet
from dialogs.messages import Composer, Message, Press, Spans, words
from dialogs.model.records import Record
from dialogs.model.registration import of_record
from dialogs.values.asking import title_of
from dialogs.values.names import in_sentence
from dialogs.values.showing import label_of, record_facts, shown, state_title
from dialogs.wording.decisions import decision_button, who_decides
from dialogs.wording.teller import Teller
from dialogs.wording.yes import yes_lines

LONGEST = 2_000
"""The most characters of one field that a card shows; the form shows all."""
MOST_LACKING = 3  # things that are named in a list of records


def record_message(teller: Teller, record: Record, number: int, *, reader: str = "") -> Message:
    """Return the record as a card for *reader*: *number* is its place in the register."""
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
    if registered := _registered(teller, record):
        said.facts([(teller.text("registrar-column-number"), registered)])
    if hidden(teller.pack, teller.journey, record, teller.reader):
        said.say(teller.say("record-hides"))
    if is_open(model, record):
        _criteria(teller, record, said)
        _must_fill(teller, record, said)
    yes_lines(teller, record, said, changeable=is_open(model, record))
    _ways_on(teller, record, said, reader)
    register = in_sentence(teller.words(model.title))
    said.say(teller.say("record-change-how", register=register, number=number))
    said.button(teller.text("button-change-record"), Press("change-record", None, record.id))
    follow_up_buttons(teller, record, said)
    _move_buttons(teller, record, said, reader)
    return said.done()


def _registered(teller: Teller, record: Record) -> str:
    """Return the registration number that the decision about the record was given beside its reference."""
    held = teller.pack.registers[record.register].decision
    day = record.fields.get(held.date) if held is not None else None
    return teller.journey.registered.get(of_record(record.id, str(day)), "")


def staying_message(teller: Teller, register: str, to: str, records: Iterable[str]) -> Message:
    """Say which records stay where they are, and what their new state requires first."""
    state = next(one for one in teller.pack.registers[register].states if one.id == to)
    said = teller.composer().say(teller.say("records-stay", state=in_sentence(teller.words(state.title))))
    for id in records:
        record = teller.journey.record(id)
        if record is not None:
            why = " ".join(in_the_way(teller, record, state, ""))
            said.bullets([words(f"{title_of(record, teller.asking)}: {why}")])
    return said.done()


def told_of_record(teller: Teller, record: Record, field: str | None, by: str) -> Message:
    """Tell somebody that a record has come to its state, and what stands in the field that goes with it."""
    model = teller.pack.registers[record.register]
    title = title_of(record, teller.asking)
    name, what = teller.name(by), in_sentence(teller.words(model.singular))
    said = teller.composer()
    if record.revision == 1:
        said.say(
            teller.say("record-came", name=name, what=what, title=title, group=teller.journey.group_name)
        )
        said.facts(
            (label, shortened(value, LONGEST)) for label, value in record_facts(record, teller.asking)[1:]
        )
    else:
        state = in_sentence(state_title(record, teller.asking))
        said.say(teller.say("record-became", name=name, title=title, state=state))
        told = next((one for one in model.fields if one.id == field), None)
        seen = as_seen(teller.pack, teller.journey, record, teller.reader).fields
        value = shown(told, seen.get(told.id), teller.asking) if told is not None else ""
        if value:
            said.quote(words(shortened(value, LONGEST)))
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


def _ways_on(teller: Teller, record: Record, said: Composer, reader: str) -> None:
    """Say what stands in the way of each state that the record isn't in."""
    for state in teller.pack.registers[record.register].states:
        lines = [words(line) for line in in_the_way(teller, record, state, reader)]
        if state.id != record.state and lines:
            said.say(teller.say("record-before-state", state=in_sentence(teller.words(state.title))))
            said.bullets(lines)


def in_the_way(teller: Teller, record: Record, state: State, by: str) -> list[str]:
    """Return what stands in the way of the record's move to the state, by *by*: what it lacks, what it waits for."""
    lines = [teller.words(one.say) for one in against_move(record, state, _facts(teller))]
    waits = waits_for(teller.pack, teller.journey, record, state.id, teller.today, by=by)
    if waits is not None:
        what = in_sentence(teller.words(waits.right.title))
        lines.append(
            teller.text("record-waits-short", what=what, who=who_decides(teller, waits.right, record))
        )
    return lines


def follow_up_buttons(teller: Teller, record: Record, said: Composer) -> None:
    """Offer to look for examples where the record is a problem, and to begin what is begun from one like it."""
    sharing = teller.pack.registers[record.register].sharing
    if sharing is not None and sharing.what == "problem":
        said.button(teller.text("button-find-examples"), Press("find-examples", None, record.id))
    begin_buttons(teller, record, said)


def begin_buttons(teller: Teller, record: Record, said: Composer) -> None:
    """Offer to begin a record of another register from this one."""
    for other in teller.pack.registers.values():
        if any(one.register_ == record.register for one in other.begun_from):
            what = in_sentence(teller.words(other.singular))
            press = Press("begin-record", None, f"{other.id}:{record.id}")
            said.button(teller.text("button-begin", what=what), press)


def _move_buttons(teller: Teller, record: Record, said: Composer, reader: str) -> None:
    """Offer the states that nothing stands in the way of, and to enter the decision that one waits for."""
    undecided = ""
    for state in teller.pack.registers[record.register].states:
        if state.id == record.state or against_move(record, state, _facts(teller)):
            continue
        waits = waits_for(teller.pack, teller.journey, record, state.id, teller.today, by=reader)
        if waits is not None and waits.why != "role":
            undecided = undecided or state.id
        else:
            label = teller.text("button-move-record", state=in_sentence(teller.words(state.title)))
            said.button(label, Press("move-record", None, f"{record.id}:{state.id}"))
    if undecided:
        decision_button(teller, record, undecided, said)
