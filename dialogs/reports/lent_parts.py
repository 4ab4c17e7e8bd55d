"""What others share, in a document: after the group's own, told apart by whose it is, and how much of it isn't there."""

from collections.abc import Iterable, Iterator, Sequence

from content.phrases.marks import ended
from content.schema.files import Document, Paragraph
from dialogs.flows.facts import holds
from dialogs.flows.sharing import shared_fields
from dialogs.model.sharing import SharedRecord
from dialogs.model.written import Chapter, Entry, Passage, Source
from dialogs.time import local_day
from dialogs.values.asking import title_of
from dialogs.values.showing import label_of, shown
from dialogs.wording.teller import Teller

MOST = 50
"""So many of others' stand under a heading: a handbook is to be read."""

_KEY = "lent:"


def is_lent(key: str) -> bool:
    """Say whether the source with that key is what others shared."""
    return key.startswith(_KEY)


def lent_registers(documents: Iterable[Document]) -> frozenset[str]:
    """Return the registers of which the documents show what others share."""
    return frozenset(part.register_ or "" for document in documents for part in _lent_in(document))


def lent_passages(teller: Teller, part: Paragraph) -> Iterator[Passage]:
    """Yield what others share of the part's register and fits there, those of the own organisation first."""
    found = _fitting(teller, part) if part.shared else ()
    if not found:
        return
    key = "document-lent" if len(found) <= MOST else "document-lent-some"
    yield Passage(
        teller.text(key, n=MOST, all=len(found)),
        entries=tuple(Entry(_line(teller, part, one), source=_source(teller, one)) for one in found[:MOST]),
    )


def lent_chapter(teller: Teller, document: Document, chapters: Sequence[Chapter]) -> Iterator[Chapter]:
    """Yield what is said at the end of a document that shows what others share: how much of it *chapters* hold, from how many."""
    parts = tuple(_lent_in(document))
    if not parts:
        return
    text, lent = teller.text, teller.lent
    if lent is None:
        told = [text("document-lent-unread")]
    else:
        keys = {one.key for chapter in chapters for passage in chapter.passages for one in passage.sources}
        there = [one for one in lent.records if f"{_KEY}{one.record.id}" in keys]
        groups = {one.group for one in there}
        homes = {one.organisation for one in there}
        titles = dict.fromkeys(
            teller.words(teller.pack.registers[part.register_ or ""].title) for part in parts
        )
        register = teller.listed(list(titles))
        told = [text("document-lent-none", register=register)]
        if there:
            counts = {"groups": text("document-lent-groups", n=len(groups))}
            counts["organisations"] = text("document-lent-organisations", n=len(homes))
            told = [text("document-lent-count", register=register, n=len(there), **counts)]
        if lent.left:
            told.append(text("document-lent-left", n=lent.left, read=len(lent.records)))
    yield Chapter(text("document-lent-title"), tuple(Passage(one) for one in told))


def _lent_in(document: Document) -> Iterator[Paragraph]:
    return (part for heading in document.headings for part in heading.parts if part.shared)


def _fitting(teller: Teller, part: Paragraph) -> Sequence[SharedRecord]:
    if teller.lent is None:
        return ()
    facts, home = teller.asking.facts, teller.journey.organisation
    found = (one for one in teller.lent.records if one.record.register == part.register_)
    fitting = [one for one in found if part.where is None or holds(part.where, facts.about(one.record))]
    return sorted(fitting, key=lambda one: (one.organisation != home, one.organisation_name, one.group_name))


def _line(teller: Teller, part: Paragraph, one: SharedRecord) -> str:
    model = teller.pack.registers[one.record.register]
    facts = "; ".join(
        f"{label_of(field, teller.language)}: {value.rstrip('.')}"
        for field in shared_fields(model)
        if field.id != model.title_field and (not part.columns or field.id in part.columns)
        if (value := shown(field, one.record.fields.get(field.id), teller.asking))
    )
    title = ended(title_of(one.record, teller.asking))
    whose = teller.text("example-from-alone", group=one.group_name, organisation=one.organisation_name)
    return " ".join(filter(None, (title, ended(facts) if facts else "", whose)))


def _source(teller: Teller, one: SharedRecord) -> Source:
    """Return where it comes from: the group and its organisation, and nobody by name."""
    model, record = teller.pack.registers[one.record.register], one.record
    told = teller.text(
        "document-lent-source",
        group=one.group_name,
        organisation=one.organisation_name,
        day=local_day(record.at),
        n=record.revision,
    )
    of = f"{teller.words(model.title)}: {title_of(record, teller.asking)}"
    return Source(f"{_KEY}{record.id}", of, record.revision, told)
