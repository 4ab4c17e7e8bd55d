"""Documents as values: which answers and records fill which heading, and what is still missing."""

from collections.abc import Iterator
from dataclasses import dataclass

from content.pack import Place
from content.schema.files import Document, Paragraph
from dialogs.flows.facts import holds, records_where
from dialogs.flows.periods import in_time, items_at, items_now
from dialogs.flows.position import in_order, is_optional, parts_of
from dialogs.flows.rights import is_hidden
from dialogs.messages import Message, words
from dialogs.model.answers import Item
from dialogs.model.checkpoint import OpenCheckpoint
from dialogs.model.records import Record
from dialogs.reports.markdown import bullet, escaped, paragraph
from dialogs.values.asking import subject_name, title_of
from dialogs.values.names import find, in_sentence
from dialogs.values.showing import label_of, record_facts, shown, state_title
from dialogs.wording.teller import Teller

NAMED = ("unit", "person", "body", "reference")
"""Fields whose value is an id, and what people see a name."""

_SHORT = frozenset({"choice", "choices", "scale", "number", "date", "person", "unit", "body"})


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of a document: text, with where it comes from; or the question that is still unanswered."""

    text: str = ""
    bullets: tuple[str, ...] = ()
    source: str = ""  # the question's number
    revision: int = 0
    draft: bool = False
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Chapter:
    title: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """A document as it can be written now."""

    title: str
    chapters: tuple[Chapter, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(one.missing for chapter in self.chapters for one in chapter.passages if one.missing)


def document_named(teller: Teller, name: str) -> Document | None:
    """Return the document that people call *name*."""
    options = []
    for document in teller.pack.documents:
        for text in (document.title, *document.words):
            options += [(document.id, word) for word in text.root.values()]
        options.append((document.id, document.id))
    match = find(name, options, numbered=False)
    return next((document for document in teller.pack.documents if document.id == match.value), None)


def written(teller: Teller, document: Document) -> Written:
    """Return the document from the journey, which must be loaded whole. Only settled answers count as answers."""
    chapters = []
    for heading in document.headings:
        several = len(heading.parts) > 1
        passages = tuple(one for part in heading.parts for one in _passages(teller, part, several=several))
        if passages or not all(part.optional for part in heading.parts):
            chapters.append(Chapter(teller.words(heading.title), passages))
    return Written(teller.words(document.title), tuple(chapters))


def document_message(teller: Teller, document: Document) -> Message:
    """Return the document as text to read in the conversation."""
    whole = written(teller, document)
    said = (
        teller.composer().heading(whole.title).say(teller.say("document-of", group=teller.journey.group_name))
    )
    for chapter in whole.chapters:
        said.heading(chapter.title)
        for passage in chapter.passages:
            if passage.missing:
                said.say(teller.say("document-missing", title=passage.missing))
            elif passage.bullets:
                if passage.text:
                    said.say(words(passage.text))
                said.bullets(words(one) for one in passage.bullets)
            elif passage.text:
                said.say(words(passage.text))
    if whole.missing:
        said.say(teller.say("document-missing-count", n=len(whole.missing)))
    return said.done()


def as_markdown(teller: Teller, document: Document) -> str:
    """Return the document as Markdown; what people wrote stays text."""
    whole = written(teller, document)
    lines = [
        f"# {escaped(whole.title)}",
        "",
        *paragraph(teller.text("document-of", group=teller.journey.group_name)),
        "",
    ]
    for chapter in whole.chapters:
        lines += [f"## {escaped(chapter.title)}", ""]
        for passage in chapter.passages:
            if passage.missing:
                lines += [f"_{escaped(teller.text('document-missing', title=passage.missing))}_", ""]
                continue
            if passage.text:
                lines += [*paragraph(passage.text), ""]
            if passage.bullets:
                lines += [*(line for one in passage.bullets for line in bullet(one)), ""]
    return "\n".join(lines).rstrip() + "\n"


def _passages(teller: Teller, part: Paragraph, *, several: bool) -> Iterator[Passage]:
    found: list[Passage] = []
    if part.text is not None:
        found.append(Passage(teller.words(part.text)))
    if part.answer is not None:
        found += _answers(teller, part.answer, several=several)
    if part.register_ is not None:
        found.append(_records(teller, part))
    yield from (one for one in found if not (part.optional and one.missing))


def _answers(teller: Teller, question: str, *, several: bool) -> Iterator[Passage]:
    """Yield the answers; where *several* things stand under a heading, short ones with what they answer.

    Of what is asked anew at a checkpoint, the newest; of a checkpoint's own parts, with those that are missing.
    """
    place = teller.pack.places[question]
    if place.checkpoint:
        yield from _parts(teller, place, several=several)
        return
    found = in_order(teller.pack, teller.journey, items_now(teller.pack, teller.journey, question))
    items = [item for item in found if item.value is not None]
    if not items:
        if place.question.when is not None and not holds(place.question.when, teller.asking.facts):
            return
        yield Passage(missing=f"{place.number} {teller.words(place.question.short or place.question.ask)}")
        return
    for item in items:
        yield _answer(teller, item, labelled=several)


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
            yield Passage(
                missing=f"{place.number} {teller.words(place.question.short or place.question.ask)}"
            )
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
            elif address in asked and not is_optional(teller.pack, address):
                yield Passage(missing=teller.title(address))


def _answer(teller: Teller, item: Item, *, labelled: bool) -> Passage:
    question = teller.question(item.address)
    about = subject_name(item.address.subject, teller.asking)
    if labelled and not about and question.kind in _SHORT and question.short is not None:
        about = teller.words(question.short)
    text = _each(teller, item) if question.who == "each" else shown(question, item.value, teller.asking)
    between = "\n" if "\n" in text else " "
    return Passage(
        f"{about}:{between}{text}" if about else text,
        (),
        teller.number(item.address),
        item.answer.revision if item.answer else 0,
    )


def _each(teller: Teller, item: Item) -> str:
    """Return a collected picture as a document may show it: no names, and nothing that was told in private."""
    question = teller.question(item.address)
    if (
        question.visibility == "leader-and-coach"
        or is_hidden(question, item)
        or (question.visibility == "anonymous" and (not item.done or len(item.contributions) < 3))
    ):
        return teller.text("answered-by", n=item.answer.value if item.answer else 0)
    told = sorted(shown(question, one.value, teller.asking) for one in item.contributions)
    return "\n".join(f"- {one}" for one in told)


def _records(teller: Teller, part: Paragraph) -> Passage:
    register = teller.pack.registers[part.register_ or ""]
    found = records_where(register.id, part.where, teller.asking.facts)
    if not found:
        return Passage(missing=teller.words(register.title))
    if part.sort_by is not None:
        by = part.sort_by
        found = tuple(sorted(found, key=lambda record: _order(teller, by, record)))
    return Passage("", tuple(_line(teller, record, part.columns) for record in found), register.id)


def _order(teller: Teller, by: str, record: Record) -> str:
    """Return what the record is sorted by: units, people, bodies and records go by name; no value comes last."""
    value = record.fields.get(by)
    if not value:
        return "~"
    for field in teller.pack.registers[record.register].fields:
        if field.id == by and field.kind in NAMED:
            return shown(field, value, teller.asking).casefold()
    return str(value)


def _line(teller: Teller, record: Record, columns: tuple[str, ...]) -> str:
    register = teller.pack.registers[record.register]
    titles = {label_of(field, teller.language): field.id for field in register.fields}
    facts = [
        (title, value)
        for title, value in record_facts(record, teller.asking)
        if titles[title] != register.title_field and (not columns or titles[title] in columns)
    ]
    told = "; ".join(f"{title}: {value.rstrip('.')}" for title, value in facts)
    state = f" ({in_sentence(state_title(record, teller.asking))})" if register.states else ""
    return f"{title_of(record, teller.asking).rstrip('.')}{state}" + (f". {told}" if told else "")
