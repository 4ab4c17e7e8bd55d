"""Marks what has become of a document since it was adopted: what is new, what has changed, what was taken out."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from content.schema.files import Document
from dialogs.model.registration import of_document
from dialogs.model.written import Entry, Mark, Passage, Written
from dialogs.reports.documents import written
from dialogs.reports.lent_parts import is_lent
from dialogs.wording.teller import Teller


def as_it_is(teller: Teller, document: Document, before: Written | None) -> Written:
    """Return the document as it is now: the version that was adopted last while nothing has changed, else a draft.

    Of a journey that is closed it is the adopted version.
    *before* is that version, where there is one. In the draft, what has changed since is marked.
    """
    if before is not None and teller.journey.state == "closed":
        return before  # its answers may have been disposed of
    now = written(teller, document)
    if before is None or before.adopted is None:
        return now
    marked = _marked(now, before, taken_back=teller.text("document-lent-gone"))
    if not marked.has_changed:
        return as_registered(teller, before)
    since = teller.text("document-since", n=before.adopted.number, day=before.adopted.on)
    return replace(marked, since=since)


def as_registered(teller: Teller, whole: Written) -> Written:
    """Return an adopted version with the registration number that it was given since. The journey must be loaded whole."""
    adopted = whole.adopted
    if adopted is None:
        return whole
    number = teller.journey.registered.get(of_document(teller.journey.id, whole.id, adopted.number), "")
    if not number or number in adopted.reference:
        return whole
    told = teller.in_language(whole.language).text("document-registered", number=number)
    return replace(whole, words=replace(whole.words, state=f"{whole.words.state} {told}"))


def _marked(now: Written, before: Written, *, taken_back: str = "") -> Written:
    """Compare by where words come from. Where the two are told in one language, what they say is compared, too.

    Of what others shared then and don't now, *taken_back* is all that is told.
    """
    was = _by_key(before)
    same_language = now.language == before.language

    def mark(one: Passage | Entry) -> Mark:
        if one.source is None:
            return ""
        old = was.get(one.source.key)
        if old is None:
            return "new"
        differs = _says_else(old, one) if same_language else _revision(old) != one.source.revision
        return "changed" if differs else ""

    chapters = tuple(
        replace(chapter, passages=tuple(_with_marks(passage, mark) for passage in chapter.passages))
        for chapter in now.chapters
    )
    left = _by_key(now)
    gone = (taken_back if is_lent(key) else _said(old) for key, old in was.items() if key not in left)
    return replace(now, chapters=chapters, gone=tuple(dict.fromkeys(gone)))


def _with_marks(passage: Passage, mark: Callable[[Passage | Entry], Mark]) -> Passage:
    entries = tuple(replace(entry, mark=mark(entry)) for entry in passage.entries)
    return replace(passage, mark=mark(passage), entries=entries)


def _by_key(whole: Written) -> Mapping[str, Passage | Entry]:
    found: dict[str, Passage | Entry] = {}
    for passage in whole.passages:
        parts: tuple[Passage | Entry, ...] = (passage, *passage.entries)
        for one in parts:
            if one.source is not None:
                found.setdefault(one.source.key, one)
    return found


def _says_else(old: Passage | Entry, one: Passage | Entry) -> bool:
    """Say whether other words stand there now; a label that only one of them has says nothing else."""
    if isinstance(old, Passage) and isinstance(one, Passage) and bool(old.label) != bool(one.label):
        old, one = replace(old, label=""), replace(one, label="")
    return _said(old) != _said(one)


def _said(one: Passage | Entry) -> str:
    if isinstance(one, Entry):
        return one.text
    return "\n".join((one.line.strip(), *one.bullets)).strip()


def _revision(one: Passage | Entry) -> int:
    return one.source.revision if one.source is not None else 0
