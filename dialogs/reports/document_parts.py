"""Fills a document's headings: which answers and entries stand there, where each comes from, and what is missing."""

from collections.abc import Iterator, Sequence

from content.pack import Place
from content.schema.files import Paragraph, Register
from dialogs.flows.facts import holds, records_where
from dialogs.flows.periods import in_time, items_at, items_now
from dialogs.flows.position import (
    current_step,
    in_order,
    is_asked,
    is_optional,
    open_at,
    parts_of,
    step_of,
    subjects,
)  # fmt: skip
from dialogs.flows.rights import expected_of, is_hidden, leaders
from dialogs.model.answers import Address, Item
from dialogs.model.checkpoint import OpenCheckpoint
from dialogs.model.people import Member
from dialogs.model.records import Record
from dialogs.model.written import Entry, Missing, Passage, Source
from dialogs.reports.impact_document import OfYear
from dialogs.reports.impact_parts import impact_passages, is_empty
from dialogs.reports.impact_words import told_impact
from dialogs.reports.lent_parts import lent_passages
from dialogs.time import local_day
from dialogs.values.asking import as_list, subject_name, title_of
from dialogs.values.names import in_sentence
from dialogs.values.showing import label_of, record_facts, shown, state_title
from dialogs.wording.teller import Teller

NAMED = ("unit", "person", "body", "reference")
"""Fields whose value is an id, and what people see a name."""

MOST_COLUMNS = 5
LONGEST_CELL = 120
"""What a table on a standing page holds, in columns and in signs; more is a list."""

MOST_NAMED = 4
"""So many are named who could say what is missing; of more it is said how many they are."""

_SHORT = frozenset({"choice", "choices", "scale", "number", "date", "person", "unit", "body"})
_LONG = frozenset({"text", "list"})


def passages_of(
    teller: Teller,
    part: Paragraph,
    about: str | None,
    entry: Record | None,
    *,
    several: bool,
    later: bool = False,
) -> Iterator[Passage]:
    """Yield what the part comes to; where *several* things stand under a heading, short answers with what they answer.

    So do longer ones that come *later* than another: what is left out mustn't read as what was chosen.
    *entry* is the one of the register *about* that the document is about.
    """
    found: list[Passage] = []
    if part.text is not None:
        found.append(Passage(teller.words(part.text)))
    if part.answer is not None:
        found += [
            one
            for one in _answers(teller, part.answer, several=several, later=later)
            if not _is_of_another(one, entry)
        ]
    if part.field is not None and about is not None:
        found.append(_field(teller, part.field, about, entry, labelled=several))
    if part.register_ is not None:
        found += [_records(teller, part), *lent_passages(teller, part)]
    if part.impact is not None:
        told = told_impact(teller.book, teller.language, [teller], _year(teller, part))
        if not (part.optional and is_empty(told, part.impact)):
            found += impact_passages(told, part.impact)
    yield from (one for one in found if not (part.optional and one.missing))


def _year(teller: Teller, part: Paragraph) -> int | None:
    if isinstance(part, OfYear):
        return part.on
    return {None: None, "this": teller.today.year, "last": teller.today.year - 1}[part.year]


def record_source(teller: Teller, record: Record) -> Source:
    register = teller.pack.registers[record.register]
    told = teller.text(
        "document-entry-source", name=teller.name(record.by), day=local_day(record.at), n=record.revision
    )
    of = f"{teller.words(register.title)}: {title_of(record, teller.asking)}"
    return Source(record.id, of, record.revision, told)


def names_of(teller: Teller, members: Sequence[Member]) -> tuple[str, ...]:
    if len(members) > MOST_NAMED:
        return (teller.text("document-any-of", n=len(members)),)
    return tuple(member.person.name for member in members)


def _is_of_another(passage: Passage, entry: Record | None) -> bool:
    """Say whether the passage is about another entry than the one that the document is about."""
    key = passage.missing.question if passage.missing else passage.source.key if passage.source else ""
    subject = Address.of(key).subject if entry is not None and key else ""
    return subject.startswith("record:") and entry is not None and subject != f"record:{entry.id}"


def _field(teller: Teller, name: str, register: str, entry: Record | None, *, labelled: bool) -> Passage:
    field = next(one for one in teller.pack.registers[register].fields if one.id == name)
    label = label_of(field, teller.language)
    value = entry.fields.get(name) if entry is not None else None
    if entry is None or value in (None, "", [], {}):
        return Passage(missing=Missing(label, names_of(teller, leaders(teller.pack, teller.journey))))
    source = record_source(teller, entry)
    of = Source(f"{source.key}/{name}", f"{source.of}, {in_sentence(label)}", source.revision, source.told)
    about = label if labelled else ""
    if field.kind == "list":
        return Passage("", about, tuple(Entry(str(one)) for one in as_list(value)), source=of)
    return Passage(shown(field, value, teller.asking), about, source=of)


def _answers(teller: Teller, question: str, *, several: bool, later: bool) -> Iterator[Passage]:
    """Yield the answers: of what is asked anew at a checkpoint, the newest; of its own parts, those that are missing too."""
    place = teller.pack.places[question]
    if place.checkpoint:
        yield from _parts(teller, place, several=several)
        return
    found = in_order(teller.pack, teller.journey, items_now(teller.pack, teller.journey, question))
    items = [item for item in found if item.value is not None]
    for item in items:
        yield _answer(teller, item, labelled=several, later=later)
    if items and place.about_the_group:
        return
    said = {item.address.subject for item in found if item.done}
    if place.question.again or place.at_every_gate:
        if not items and not said:
            yield _missing(teller, Address(question))
        return
    facts = teller.asking.facts
    about = subjects(place, place.step, facts)
    if not about and not items:
        yield _missing(teller, Address(question))
    for subject in about:
        if subject not in said and holds(place.question.when, facts.on(subject)):
            yield _missing(teller, Address(question, subject))


def _missing(teller: Teller, address: Address) -> Passage:
    who = expected_of(teller.pack, teller.journey, teller.question(address), address)
    return Passage(missing=Missing(teller.title(address), names_of(teller, who), address.key))


def _parts(teller: Teller, place: Place, *, several: bool) -> Iterator[Passage]:
    """Yield what a checkpoint has collected of one question, in the newest period: that which is open, else the last."""
    question, journey = place.question.id, teller.journey
    opened = [one for one in journey.checkpoints if one.checkpoint == place.checkpoint]
    if not opened:
        latest = max(
            (item.address.period for item in journey.items_of(question)),
            key=lambda period: in_time(teller.pack, place.checkpoint, period),
            default=None,
        )
        if latest is None:
            title = f"{place.number} {teller.words(place.question.short or place.question.ask)}"
            yield Passage(missing=Missing(title, names_of(teller, leaders(teller.pack, journey))))
            return
        about = {
            item.address.subject
            for item in journey.items_of(question)
            if item.address.period == latest and item.address.subject.startswith("record:")
        }
        day = teller.today
        opened = [OpenCheckpoint(place.checkpoint, one, latest, day, day) for one in sorted(about) or [""]]
    for one in opened:
        asked = [a for a in parts_of(teller.pack, journey, one, teller.today) if a.question == question]
        left = [i.address for i in items_at(journey, question, one.period) if i.address not in asked]
        # What a unit gave that is no more stands with the others; what never came of it isn't missing.
        for address in (*asked, *(a for a in left if one.subject in ("", a.subject))):
            item = journey.item(address)
            if item.value is not None:
                yield _answer(teller, item, labelled=several)
            elif address in asked and not item.done and not is_optional(teller.pack, address):
                yield _missing(teller, address)


def _answer(teller: Teller, item: Item, *, labelled: bool, later: bool = False) -> Passage:
    question = teller.question(item.address)
    about = subject_name(item.address.subject, teller.asking)
    named = (labelled and question.kind in _SHORT) or (later and question.kind in _LONG)
    if named and not about and question.short is not None:
        about = teller.words(question.short)
    source = _source(teller, item)
    if question.who == "each":
        told = _each(teller, item)
        if isinstance(told, str):
            return Passage(told, about, source=source)
        return Passage("", about, tuple(Entry(one) for one in told), source=source)
    if question.kind == "list":
        return Passage("", about, tuple(Entry(str(one)) for one in as_list(item.value)), source=source)
    return Passage(teller.answer(item.address, item.value), about, source=source)


def _source(teller: Teller, item: Item) -> Source:
    answer = item.answer
    if answer is None:
        return Source(item.address.key, teller.title(item.address), 0, "")
    told = teller.text(
        f"export-{answer.how}", name=teller.name(answer.by), day=local_day(answer.at), n=answer.revision
    )
    return Source(item.address.key, teller.title(item.address), answer.revision, told)


def _each(teller: Teller, item: Item) -> str | list[str]:
    """Return a collected picture as a document may show it: no names, and nothing that was told in private."""
    question = teller.question(item.address)
    if (
        question.visibility == "leader-and-coach"
        or is_hidden(question, item)
        or (question.visibility == "anonymous" and (not item.done or len(item.contributions) < 3))
    ):
        return teller.text("answered-by", n=teller.heard(item))
    return sorted(shown(question, one.value, teller.asking) for one in item.contributions)


def _records(teller: Teller, part: Paragraph) -> Passage:
    register = teller.pack.registers[part.register_ or ""]
    found = records_where(register.id, part.where, teller.asking.facts)
    if not found:
        who = names_of(teller, leaders(teller.pack, teller.journey))
        return Passage(missing=Missing(teller.words(register.title), who))
    if part.sort_by is not None:
        by = part.sort_by
        found = tuple(sorted(found, key=lambda record: _order(teller, by, record)))
    columns, rows = _table(teller, register, found, part.columns)
    return Passage(
        entries=tuple(
            Entry(_line(teller, record, part.columns), cells, record_source(teller, record))
            for record, cells in zip(found, rows, strict=True)
        ),
        columns=columns,
    )


def _table(
    teller: Teller, register: Register, records: Sequence[Record], columns: tuple[str, ...]
) -> tuple[tuple[str, ...], Sequence[tuple[str, ...]]]:
    """Return headings and rows; none where they would be too many or too long for a page."""
    shown_of = [dict(_facts(teller, record, columns)) for record in records]
    titles = [label_of(field, teller.language) for field in register.fields]
    used = [title for title in titles if any(title in facts for facts in shown_of)]
    state = (teller.text("document-state"),) if register.states else ()
    name = next(label_of(f, teller.language) for f in register.fields if f.id == register.title_field)
    heading = (name, *used, *state)
    rows = [
        (
            title_of(record, teller.asking),
            *(facts.get(title, "") for title in used),
            *((state_title(record, teller.asking),) if state else ()),
        )
        for record, facts in zip(records, shown_of, strict=True)
    ]
    too_long = any(len(cell) > LONGEST_CELL or "\n" in cell for row in rows for cell in row)
    if not 1 < len(heading) <= MOST_COLUMNS or too_long:
        return (), [()] * len(rows)
    return heading, rows


def _order(teller: Teller, by: str, record: Record) -> str:
    """Return what the record is sorted by: units, people, bodies and records go by name; no value comes last."""
    value = record.fields.get(by)
    if not value:
        return "~"
    for field in teller.pack.registers[record.register].fields:
        if field.id == by and field.kind in NAMED:
            return shown(field, value, teller.asking).casefold()
    return str(value)


def _facts(teller: Teller, record: Record, columns: tuple[str, ...]) -> list[tuple[str, str]]:
    register = teller.pack.registers[record.register]
    titles = {label_of(field, teller.language): field.id for field in register.fields}
    return [
        (title, value)
        for title, value in record_facts(record, teller.asking)
        if titles[title] != register.title_field and (not columns or titles[title] in columns)
    ]


def _line(teller: Teller, record: Record, columns: tuple[str, ...]) -> str:
    register = teller.pack.registers[record.register]
    told = "; ".join(f"{title}: {value.rstrip('.')}" for title, value in _facts(teller, record, columns))
    state = f" ({in_sentence(state_title(record, teller.asking))})" if register.states else ""
    return f"{title_of(record, teller.asking).rstrip('.')}{state}" + (f". {told}" if told else "")


def asked_now(teller: Teller, missing: Missing) -> Address | None:
    """Return the question that is to be answered, where it may be asked today: not one of a step that is still to come."""
    if not missing.question:
        return None
    pack, journey, address = teller.pack, teller.journey, Address.of(missing.question)
    if not is_asked(pack, journey, address, today=teller.today):
        return None
    if address.period:
        return address if open_at(pack, journey, address) is not None else None
    step, now = step_of(pack, address), current_step(pack, journey)
    come = now is None or pack.step_number.get(step, 0) <= pack.step_number[now]
    return address if come and journey.state == "active" else None
