"""The list of a register for the public web site: public fields alone, of what is to be published, and what to look at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from dialogs.flows.facts import as_day
from dialogs.model.records import Record
from dialogs.reports.markdown import bullet, escaped
from dialogs.time import local_day
from dialogs.values.asking import title_of
from dialogs.values.showing import label_of, shown
from dialogs.wording.teller import Teller


@dataclass(frozen=True, slots=True)
class WebFact:
    """One public field as it is shown; `url` where it leads somewhere."""

    label: str
    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class WebEntry:
    title: str
    facts: tuple[WebFact, ...]


@dataclass(frozen=True, slots=True)
class WebPage:
    """The list, and what its owner is told: what lacks a field and is left out, what was changed since it was put up."""

    title: str
    language: str
    entries: tuple[WebEntry, ...]
    lacking: tuple[tuple[str, tuple[str, ...]], ...]  # the entry's title, and the labels of what it lacks
    changed: tuple[tuple[str, date], ...]  # the entry's title, and the day on which it was put up


def registers_on_the_web(teller: Teller) -> tuple[str, ...]:
    return tuple(id for id, register in teller.pack.registers.items() if register.web is not None)


def changed_later(teller: Teller, register: str) -> tuple[str, ...]:
    """Return the records to be published that were written after the day on which they were put up: to be looked at."""
    return tuple(
        record.id
        for record in _to_publish(teller, register)
        if (day := _put_up(teller, record)) is not None and local_day(record.at) > day
    )


def web_page(teller: Teller, register: str, histories: Mapping[str, Sequence[Record]]) -> WebPage:
    """Return the list. *histories* holds every revision, oldest first, of the records that `changed_later` names."""
    model = teller.pack.registers[register]
    public = [field for field in model.fields if field.public]
    entries: list[WebEntry] = []
    lacking: list[tuple[str, tuple[str, ...]]] = []
    changed: list[tuple[str, date]] = []
    for record in _to_publish(teller, register):
        title = title_of(record, teller.asking)
        missing = [one for one in public if one.required and _is_empty(record.fields.get(one.id))]
        if missing:
            lacking.append((title, tuple(label_of(one, teller.language) for one in missing)))
            continue
        facts = tuple(
            _fact(teller, one, record)
            for one in public
            if one.id != model.title_field and not _is_empty(record.fields.get(one.id))
        )
        entries.append(WebEntry(title, facts))
        day = _put_up(teller, record)
        was = _as_put_up(teller, histories.get(record.id, ()), day) if day is not None else None
        if (
            day is not None
            and was is not None
            and any(was.fields.get(one.id) != record.fields.get(one.id) for one in public)
        ):
            changed.append((title, day))
    return WebPage(teller.words(model.title), teller.language, tuple(entries), tuple(lacking), tuple(changed))


def as_markdown(page: WebPage) -> str:
    lines = [f"## {escaped(page.title)}", ""]
    for entry in page.entries:
        lines += [entry_markdown(entry), ""]
    return "\n".join(lines).rstrip() + "\n"


def entry_markdown(entry: WebEntry) -> str:
    lines = [f"### {escaped(entry.title)}", ""]
    for fact in entry.facts:
        first, *rest = bullet(fact.text)
        if fact.url:
            first = f"- [{escaped(fact.text)}](<{_address(fact.url)}>)"
        lines += [f"- **{escaped(fact.label)}:** {first.removeprefix('- ')}", *rest]
    return "\n".join(lines).rstrip()


def as_html(page: WebPage) -> str:
    """Return a part of a page, to be put into one: headings and lists in the page's language."""
    lines = [f'<section lang="{escape(page.language)}">', f"<h2>{escape(page.title)}</h2>"]
    for entry in page.entries:
        lines.append(f"<h3>{escape(entry.title)}</h3>")
        if entry.facts:
            lines += ["<ul>", *(f"<li>{_html(fact)}</li>" for fact in entry.facts), "</ul>"]
    return "\n".join([*lines, "</section>"]) + "\n"


def _html(fact: WebFact) -> str:
    text = "<br>\n".join(escape(line) for line in fact.text.split("\n"))
    if fact.url:
        text = f'<a href="{escape(fact.url)}">{text}</a>'
    return f"<strong>{escape(fact.label)}:</strong> {text}"


def _address(url: str) -> str:
    return url.replace("<", "%3C").replace(">", "%3E").replace("\\", "%5C")


def _to_publish(teller: Teller, register: str) -> tuple[Record, ...]:
    web = teller.pack.registers[register].web
    if web is None:
        return ()
    records = teller.journey.records_in(register)
    return tuple(one for one in records if one.fields.get(web.field) == web.is_)


def _put_up(teller: Teller, record: Record) -> date | None:
    web = teller.pack.registers[record.register].web
    return as_day(record.fields.get(web.date)) if web is not None and web.date is not None else None


def _as_put_up(teller: Teller, history: Sequence[Record], day: date) -> Record | None:
    """Return the record as it was at the end of that day; of one that came later, as it was when the day was entered."""
    before = [one for one in history if local_day(one.at) <= day]
    if before:
        return before[-1]
    return next((one for one in history if _put_up(teller, one) == day), None)


def _fact(teller: Teller, field: object, record: Record) -> WebFact:
    value = record.fields[field.id]  # type: ignore[attr-defined]
    label = label_of(field, teller.language)  # type: ignore[arg-type]
    if field.kind == "file" and isinstance(value, Mapping):  # type: ignore[attr-defined]
        url = str(value["url"])
        return WebFact(label, str(value["name"]), url if url.startswith(("https://", "http://")) else "")
    return WebFact(label, shown(field, value, teller.asking))


def _is_empty(value: object) -> bool:
    return value in (None, "", [], {})
