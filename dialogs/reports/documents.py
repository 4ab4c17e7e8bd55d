"""Documents as values: put together from what is settled, with their title page, and what is still missing."""

from datetime import date

from content.schema.base import Text
from content.schema.files import Document, TitlePage
from dialogs.flows.facts import as_day, records_where
from dialogs.flows.rights import leaders
from dialogs.model.records import Record
from dialogs.model.written import Adopted, Chapter, Fact, Source, Wording, Written
from dialogs.reports.document_parts import names_of, passages_of, record_source
from dialogs.reports.impact_document import EFFECTS, impact_named, impact_of_id
from dialogs.reports.lent_parts import lent_chapter
from dialogs.values.asking import title_of
from dialogs.values.names import find
from dialogs.values.showing import label_of, shown
from dialogs.wording.teller import Teller


class OfEntry(Document):
    """The document of one entry: an outline that is about a register, with the entry that it is to be filled from."""

    entry: str


def document_named(teller: Teller, name: str) -> Document | None:
    """Return the document that people call *name*. Of one about entries, a number says which; else it is the newest.

    For that, the journey must be loaded whole.
    """
    first, _, number = name.rpartition(" ")
    found = _named(teller, name) or impact_named(teller, name)
    if found is None and number.isdecimal() and len(number) < 6:
        found = _named(teller, first)
        records = teller.journey.records_in(found.about) if found is not None and found.about else ()
        if found is None or not 1 <= int(number) <= len(records):
            return None
        return _about(teller, found, records[int(number) - 1])
    if found is None or found.about is None:
        return found
    records = teller.journey.records_in(found.about)
    return _about(teller, found, records[-1]) if records else found


def document_of(teller: Teller, id: str) -> Document | None:
    """Return the document with that id, as `Written` has it."""
    name, _, entry = id.partition(":")
    found = next((one for one in teller.pack.documents if one.id == name), None)
    if found is None:
        return impact_of_id(teller, id)
    if not entry:
        return found
    record = teller.journey.record(entry)
    return _about(teller, found, record) if record is not None and record.register == found.about else None


def documents_here(teller: Teller) -> tuple[Document, ...]:
    """Return the same, with the one about effects that is no outline of the method's, where it has efforts."""
    effects = impact_of_id(teller, EFFECTS)
    return (*documents_of_group(teller), *((effects,) if effects is not None else ()))


def documents_to_ask_for(teller: Teller) -> tuple[Document, ...]:
    """Return all that somebody may ask for by name: those about entries too."""
    effects = impact_of_id(teller, EFFECTS)
    return (*teller.pack.documents, *((effects,) if effects is not None else ()))


def documents_of_group(teller: Teller) -> tuple[Document, ...]:
    """Return the documents that there is one of; not those that each entry of a register has."""
    return tuple(one for one in teller.pack.documents if one.about is None)


def _named(teller: Teller, name: str) -> Document | None:
    options = []
    for document in teller.pack.documents:
        for text in (document.title, *document.words):
            options += [(document.id, word) for word in text.root.values()]
        options.append((document.id, document.id))
    match = find(name, options, numbered=False)
    return next((document for document in teller.pack.documents if document.id == match.value), None)


def _about(teller: Teller, document: Document, record: Record) -> OfEntry:
    named = title_of(record, teller.asking)
    title = Text({language: f"{said}: {named}" for language, said in document.title.root.items()})
    kept = {name: getattr(document, name) for name in Document.model_fields}
    return OfEntry.model_construct(
        **{**kept, "id": f"{document.id}:{record.id}", "title": title, "entry": record.id}
    )


def written(teller: Teller, document: Document) -> Written:
    """Return the document from the journey, which must be loaded whole. Only settled answers count as answers."""
    chapters = []
    entry = teller.journey.record(document.entry) if isinstance(document, OfEntry) else None
    for heading in document.headings:
        several = len(heading.parts) > 1
        passages = tuple(
            one
            for place, part in enumerate(heading.parts)
            for one in passages_of(
                teller,
                part,
                document.about,
                entry,
                several=several,
                later=any(before.text is None for before in heading.parts[:place]),
            )
        )
        if passages or not all(part.optional for part in heading.parts):
            chapters.append(Chapter(teller.words(heading.title), passages))
    chapters += lent_chapter(teller, document, chapters)
    header, source = _title_page(teller, document.header)
    journey = teller.journey
    return Written(
        id=document.id,
        title=teller.words(document.title),
        language=teller.language,
        organisation=journey.organisation_name,
        group=journey.group_name,
        made=teller.today,
        words=wording(teller),
        chapters=tuple(chapters),
        header=header,
        header_source=source,
        practice=teller.text("practice-mark") if journey.practice else "",
    )


def wording(teller: Teller, adopted: Adopted | None = None) -> Wording:
    """Return the words around a document; around one that was adopted, other ones than around a draft."""
    text = teller.text
    state = text("document-is-draft", day=teller.today)
    if adopted is not None:
        key = "document-is-adopted-reference" if adopted.reference else "document-is-adopted"
        state = text(key, n=adopted.number, body=adopted.body, day=adopted.on, reference=adopted.reference)
    return Wording(
        of=text("document-of", group=teller.journey.group_name),
        state=state,
        draft="" if adopted is not None else text("document-draft"),
        missing=text("document-lacks"),
        unsaid=text("document-unsaid"),
        sources=text("document-sources"),
        source=text("document-source"),
        about=text("document-source-about"),
        how=text("document-source-how"),
        new=text("document-new"),
        changed=text("document-changed"),
        gone=text("document-gone"),
        page=text("document-page"),
        author=text("document-author"),
    )


def entry_of(teller: Teller, header: TitlePage) -> Record | None:
    """Return the entry that a title page is about: the newest that is meant, and none that is closed before one that isn't."""
    register = teller.pack.registers[header.register_]
    closed = {state.id for state in register.states if state.closed}
    found = records_where(header.register_, header.where, teller.asking.facts)
    open_ones = [record for record in found if record.state not in closed]
    return open_ones[-1] if open_ones else None


def revise_by(teller: Teller, header: TitlePage | None) -> date | None:
    """Return by when the document is to be revised, as its title page says."""
    record = entry_of(teller, header) if header is not None else None
    if header is None or header.revised is None or record is None:
        return None
    return as_day(record.fields.get(header.revised))


def _title_page(teller: Teller, header: TitlePage | None) -> tuple[tuple[Fact, ...], Source | None]:
    if header is None:
        return (), None
    record = entry_of(teller, header)
    if record is None and header.optional:
        return (), None
    fields = {field.id: field for field in teller.pack.registers[header.register_].fields}
    who = names_of(teller, leaders(teller.pack, teller.journey))
    facts = []
    for name in header.fields:
        value = record.fields.get(name) if record is not None else None
        facts.append(
            Fact(label_of(fields[name], teller.language), shown(fields[name], value, teller.asking), who)
        )
    return tuple(facts), record_source(teller, record) if record is not None else None
