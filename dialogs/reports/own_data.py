"""What is kept of a person, told to them: as data, and as a text to read. Their own words, and nobody else's."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from dialogs.events import Contributed, Event, RecordAdded, RecordChanged, address_of
from dialogs.model.people import Person
from dialogs.model.records import Record
from dialogs.reports.markdown import bullet, escaped, paragraph
from dialogs.time import HOME
from dialogs.values.asking import title_of
from dialogs.values.showing import label_of, shown
from dialogs.wording.teller import Speech, Teller

FORMAT = 1
Row = Mapping[str, Any]

OWN_WORDS: Mapping[str, tuple[str, ...]] = {
    "drafted": ("value",), "settled": ("why",), "voiced": ("stance", "reason"), "skipped": ("reason",),
    "reopened": ("reason",), "step-reopened": ("reason",), "feedback": ("text",), "record-moved": ("to",),
    "checkpoint-closed": ("note",), "contributed": ("value", "why"), "record-added": ("fields",),
    "record-changed": ("fields",),
}  # fmt: skip
"""What somebody wrote themselves when they did it. Of other kinds it is told that they did it, and when."""

FULL = (
    "person", "accounts", "memberships", "admin", "started", "said", "named", "drafts", "notes", "unheard", "terms", "absences", "put-off",
    "checkpoints", "adopted", "registrations", "shares", "methods",
)  # fmt: skip
"""The parts whose every row stands in the text to read, in this order; of the others it says how many there are."""

LEFT_OUT = ("anonymous", "others", "wiped", "secrets", "copies")


@dataclass(frozen=True, slots=True)
class OwnData:
    """Everything that is kept of a person, by part. Times are instants in UTC."""

    person: str
    name: str
    exported: datetime
    parts: Mapping[str, Sequence[Row]]


def own_data(
    speech: Speech,
    person: Person,
    rows: Mapping[str, Sequence[Row]],
    events: Sequence[tuple[str, Event]],
    records: Sequence[tuple[str, Record]],
    *,
    names: Mapping[str, str],
    teller_of: Callable[[str], Teller | None],
    at: datetime,
) -> OwnData:
    """Put it together. *names* says what ids of groups, journeys, units and organisations are called."""
    parts: dict[str, Sequence[Row]] = {}
    for part, kept in rows.items():
        parts[part] = [
            {key: names.get(value, value) if key in _NAMED else value for key, value in row.items()}
            for row in kept
        ]
    numbers = parts.get("registrations", ())
    parts["registrations"] = [{**row, "what": _registered(str(row["what"]))} for row in numbers]
    parts["said"] = [_event(speech, person.id, event, teller_of(journey)) for journey, event in events]
    parts["named"] = [_record(record, teller_of(journey)) for journey, record in records]
    return OwnData(person.id, person.name, at, parts)


_NAMED = frozenset({"group", "unit", "organisation"})


def as_json(speech: Speech, told: OwnData) -> str:
    return json.dumps(
        {
            "format": FORMAT,
            "exported": told.exported.astimezone(UTC).isoformat(),
            "person": told.person,
            "name": told.name,
            "parts": told.parts,
            "left_out": {one: speech.text(f"own-left-{one}") for one in LEFT_OUT},
        },
        ensure_ascii=False,
        indent=2,
        default=_plain,
    ) + "\n"  # fmt: skip


def as_markdown(speech: Speech, told: OwnData) -> str:
    text = speech.text
    day = told.exported.astimezone(HOME).date()
    lines = [
        f"# {escaped(text('own-title', name=told.name))}",
        "",
        *paragraph(text("own-intro", day=day)),
        "",
    ]
    for part in FULL:
        rows = told.parts.get(part, ())
        if not rows:
            continue
        lines += [f"## {escaped(text(f'own-part-{part}'))}", ""]
        for row in rows:
            lines += bullet("\n".join(_facts(speech, row)))
        lines.append("")
    counted = [(part, len(rows)) for part, rows in told.parts.items() if part not in FULL and rows]
    if counted:
        lines += [f"## {escaped(text('own-counted'))}", "", *paragraph(text("own-counted-how")), ""]
        for part, n in sorted(counted):
            lines += bullet(f"{text(f'own-part-{part}')}: {n}")
        lines.append("")
    lines += [f"## {escaped(text('own-left-out'))}", ""]
    for one in LEFT_OUT:
        lines += bullet(text(f"own-left-{one}"))
    return "\n".join(lines).rstrip() + "\n"


def _event(speech: Speech, person: str, event: Event, teller: Teller | None) -> Row:
    address = address_of(event)
    there = teller is not None and address is not None and address.question in teller.pack.places
    what = teller.title(address) if teller and address and there else address.question if address else ""
    group = teller.journey.group_name if teller else ""
    row = {"at": event.at, "did": event.kind, "what": what, "group": group, "said": ""}
    if isinstance(event, Contributed) and event.person != person:
        anonymous = event.person is None
        who = "" if anonymous or teller is None else teller.name(event.person or "")
        return {**row, "did": "contributed-anonymously" if anonymous else "contributed-for", "for": who}
    if event.by != person:
        if not isinstance(event, Contributed):
            return {**row, "did": f"{event.kind}-named"}
        row["by"] = teller.name(event.by) if teller else ""
    return {**row, "said": "\n".join(_own_words(event, teller)) or ""}


def _registered(about: str) -> str:
    """Return what a registration number is for in short: the document, question or entry, and its version or day."""
    id, _, of = about.partition(":")[2].rpartition("@")
    return f"{id.rpartition('/')[2].strip('|')}, {of}"


def _own_words(event: Event, teller: Teller | None) -> Iterator[str]:
    address = address_of(event)
    there = teller is not None and address is not None and address.question in teller.pack.places
    for name in OWN_WORDS.get(event.kind, ()):
        value = getattr(event, name)
        if not value:
            continue
        if name == "value" and teller and address and there:
            yield teller.answer(address, value)
        elif isinstance(event, RecordAdded | RecordChanged):
            yield from _fields(event.register, value, teller)
        else:
            yield value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _record(record: Record, teller: Teller | None) -> Row:
    title = title_of(record, teller.asking) if teller is not None else record.id
    register = teller.pack.registers.get(record.register) if teller else None
    return {
        "what": f"{teller.words(register.title)}: {title}" if teller and register else title,
        "group": teller.journey.group_name if teller else "",
        "state": record.state,
    }


def _fields(register: str, values: Mapping[str, Any], teller: Teller | None) -> Iterator[str]:
    model = teller.pack.registers.get(register) if teller else None
    fields = {field.id: field for field in model.fields} if model else {}
    for name, value in values.items():
        if value in (None, "", [], {}):
            continue
        if teller and name in fields:
            yield f"{label_of(fields[name], teller.language)}: {shown(fields[name], value, teller.asking)}"
        else:
            yield f"{name}: {value}"


def _facts(speech: Speech, row: Row) -> Iterator[str]:
    """Yield a row's facts: on one line those that are short, each long text on lines of its own."""
    short, long = [], []
    for key, value in row.items():
        if value in (None, ""):
            continue
        told = _shown(speech, key, value)
        if key in ("said", "draft", "reason"):
            long.append(f"{speech.text(f'own-label-{key}')}: {told}")
        elif key in ("at", "did", "what"):
            short.append(told)
        else:
            short.append(f"{speech.text(f'own-label-{key}')}: {told}")
    if short:
        yield "; ".join(short)
    yield from long


def _shown(speech: Speech, key: str, value: Any) -> str:
    if isinstance(value, bool):
        return speech.text("own-yes" if value else "own-no")
    if isinstance(value, datetime):
        return value.astimezone(HOME).strftime("%Y-%m-%d %H:%M")
    if key == "intensity":
        return speech.text(f"intensity-{value}")
    if key == "did":
        named = str(value).endswith("-named")
        return speech.text("own-did-named" if named else f"own-did-{value}")
    return str(value)


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} can't be told")
