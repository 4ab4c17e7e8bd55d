"""The registrar's list: an organisation's decisions and adopted documents of a period, with their registration numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from dialogs.messages import Composer, words
from dialogs.model.answers import Item
from dialogs.model.records import Record
from dialogs.model.registration import number_for, of_answer, of_document, of_record
from dialogs.ports import AdoptedRef
from dialogs.reports.markdown import bullet, escaped
from dialogs.tables.chosen import Table
from dialogs.values.asking import title_of
from dialogs.values.spans_of_time import Span
from dialogs.wording.teller import Speech, Teller

MOST_SHOWN = 15


@dataclass(frozen=True, slots=True)
class Registered:
    """A line of the list. `number` is "" where none is known, `checksum` where nothing is kept word for word."""

    kind: Literal["decision", "document"]
    on: date
    body: str
    reference: str
    number: str
    title: str
    group: str
    where: str
    checksum: str = ""


def about_list(organisation: str, span: Span) -> str:
    """Return what a recipe keeps of a list."""
    return "/".join((organisation, *(str(day) for day in span)))


def list_about(about: str) -> tuple[str, Span]:
    organisation, first, last = about.rsplit("/", 2)
    return organisation, (date.fromisoformat(first), date.fromisoformat(last))


def of_answered(teller: Teller, item: Item) -> Registered | None:
    """Return the decision that the answer holds; None where it holds none. The journey's registers must be loaded."""
    value = item.value
    if item.address.question not in teller.pack.places or not isinstance(value, dict):
        return None
    if teller.question(item.address).kind != "decision":
        return None
    on, reference = str(value["date"]), str(value["reference"])
    names = (item.address.question, *teller.question(item.address).was)
    id = teller.journey.id
    keys = [of_answer(id, item.address._replace(question=name).key, on) for name in names]
    numbers = (number_for(key, reference, teller.journey.registered) for key in keys)
    return Registered(
        "decision", date.fromisoformat(on), teller.journey.roster.body_name(str(value["body"])), reference,
        next(filter(None, numbers), ""), f"{teller.title(item.address)}: {value['what']}",
        teller.journey.group_name, teller.text("registrar-here", group=teller.journey.group_name),
    )  # fmt: skip


def of_entered(teller: Teller, record: Record) -> Registered | None:
    """Return the decision about an entry; None where none is entered."""
    register = teller.pack.registers.get(record.register)
    held = register.decision if register is not None else None
    if register is None or held is None or not record.fields.get(held.date):
        return None
    on = str(record.fields[held.date])
    reference = str(record.fields.get(held.reference) or "") if held.reference else ""
    links = (record.fields.get(field.id) for field in register.fields if field.kind == "file")
    where = next((str(one["url"]) for one in links if isinstance(one, dict)), "")
    group = teller.journey.group_name
    return Registered(
        "decision", date.fromisoformat(on), teller.journey.roster.body_name(str(record.fields.get(held.body) or "")),
        reference, number_for(of_record(record.id, on), reference, teller.journey.registered, field=True),
        f"{teller.words(register.singular)}: {title_of(record, teller.asking)}", group,
        where or teller.text("registrar-here", group=group),
    )  # fmt: skip


def of_adopted(teller: Teller, ref: AdoptedRef) -> Registered | None:
    adopted = ref.whole.adopted
    if adopted is None:
        return None
    about = of_document(teller.journey.id, ref.document, ref.number)
    group = teller.journey.group_name
    return Registered(
        "document", adopted.on, adopted.body, adopted.reference,
        number_for(about, adopted.reference, teller.journey.registered),
        teller.text("registration-version", title=ref.whole.title, n=ref.number), group,
        teller.text("registrar-here", group=group), ref.digest,
    )  # fmt: skip


def in_its_order(lines: Sequence[Registered]) -> Sequence[Registered]:
    return sorted(lines, key=lambda one: (one.on, one.group, one.kind, one.title))


def title_of_list(speech: Speech, organisation: str, first: date, last: date) -> str:
    return speech.text("registrar-title", organisation=organisation, first=first, last=last)


def as_message(speech: Speech, title: str, lines: Sequence[Registered]) -> Composer:
    """Return the list to read in the chat: the first lines of it, and how many lack a number."""
    said = Composer().heading(title)
    if not lines:
        return said.say(speech.say("registrar-nothing"))
    said.say(speech.say("registrar-count", n=len(lines)))
    lacking = sum(not one.number for one in lines)
    if lacking:
        said.say(speech.say("registrar-lacking", n=lacking))
    said.bullets(words(_told(speech, one)) for one in lines[:MOST_SHOWN])
    if len(lines) > MOST_SHOWN:
        said.say(speech.say("registrar-more", n=len(lines) - MOST_SHOWN))
    return said


def as_text(speech: Speech, title: str, lines: Sequence[Registered], *, marked: bool = True) -> str:
    """Return the whole list as Markdown, or as plain text to read in a terminal."""
    safe = escaped if marked else _flat
    told = [f"# {safe(title)}" if marked else title, ""]
    if not lines:
        told.append(safe(speech.text("registrar-nothing")))
    for one in lines:
        said = _told(speech, one)
        told += bullet(said) if marked else [f"- {_flat(said)}"]
        told += [f"  - {safe(line)}" for line in _more(speech, one)]
    return "\n".join(told).rstrip() + "\n"


def as_table(speech: Speech, title: str, lines: Sequence[Registered]) -> Table:
    columns = ("date", "kind", "title", "body", "reference", "number", "group", "where", "checksum")
    heading = [speech.text(f"registrar-column-{one}") for one in columns]
    rows: list[list[str | int | float | date]] = [
        [
            one.on, speech.text(f"registrar-{one.kind}"), one.title, one.body, one.reference,
            one.number or speech.text("registrar-missing"), one.group, one.where, one.checksum,
        ]
        for one in lines
    ]  # fmt: skip
    return title, [list(heading), *rows]


def _told(speech: Speech, one: Registered) -> str:
    number = one.number or speech.text("registrar-missing")
    by = ", ".join(filter(None, (one.body, one.reference)))
    return speech.text(
        "registrar-line", day=one.on, title=one.title, by=by or "–", group=one.group, number=number
    )


def _flat(text: str) -> str:
    return " ".join(text.split())


def _more(speech: Speech, one: Registered) -> Sequence[str]:
    told = [speech.text("registrar-where", where=one.where)]
    return [*told, speech.text("registrar-checksum", checksum=one.checksum)] if one.checksum else told
