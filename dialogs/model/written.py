"""A document as a value: all that its pages say, in words of its own language. Kept as it is when it is adopted."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from content.phrases.marks import ended

Mark = Literal["", "new", "changed"]
"""What has become of words since the document was adopted last; "" where nothing has, or it never was."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where words come from: an answer or an entry, which revision of it, and who let it stand, when and how.

    `key` is the answer's address or the entry's id, `of` what people call it, `told` the rest in words.
    """

    key: str
    of: str
    revision: int
    told: str

    @property
    def line(self) -> str:
        return f"{ended(self.of)} {self.told}"


@dataclass(frozen=True, slots=True)
class Missing:
    """What isn't said yet, and who could say it, by name. `question` is its address's key; "" for a register."""

    title: str
    who: tuple[str, ...] = ()
    question: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One of several: a line of a list, and the cells of a row where the passage is a table."""

    text: str
    cells: tuple[str, ...] = ()
    source: Source | None = None
    mark: Mark = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of a chapter: text with what it is about; a list, a table where it has columns; or what is missing."""

    text: str = ""
    label: str = ""
    entries: tuple[Entry, ...] = ()
    columns: tuple[str, ...] = ()
    source: Source | None = None
    missing: Missing | None = None
    mark: Mark = ""

    @property
    def line(self) -> str:
        """The text after what it is about."""
        return (
            f"{self.label}:{chr(10) if chr(10) in self.text else ' '}{self.text}" if self.label else self.text
        )

    @property
    def bullets(self) -> tuple[str, ...]:
        return tuple(entry.text for entry in self.entries)

    @property
    def sources(self) -> Iterator[Source]:
        if self.source is not None:
            yield self.source
        yield from (entry.source for entry in self.entries if entry.source is not None)


@dataclass(frozen=True, slots=True)
class Chapter:
    title: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the title page; without a value while nobody has said it."""

    label: str
    value: str
    who: tuple[str, ...] = ()  # who could say it


@dataclass(frozen=True, slots=True)
class Adopted:
    """Which version it is, counted from 1, and who adopted it, when, under which reference."""

    number: int
    body: str
    on: date
    reference: str = ""
    revise_by: date | None = None


@dataclass(frozen=True, slots=True)
class Wording:
    """The words around what people wrote."""

    of: str  # whose document it is, and what is in it
    state: str  # that it is a draft; or which version, and who adopted it
    draft: str  # one word for each page; "" on an adopted one
    missing: str  # above what is missing
    unsaid: str  # in the place of what is missing
    sources: str
    source: str
    about: str
    how: str
    new: str
    changed: str
    gone: str  # above what was taken out
    page: str
    author: str

    def marked(self, mark: Mark) -> str:
        """Return what stands before words that are new or have changed; "" before others."""
        return f"[{self.new if mark == 'new' else self.changed}]" if mark else ""


@dataclass(frozen=True, slots=True)
class Written:
    """A document as it can be written, or as it was adopted. `made` is the day that it shows."""

    id: str
    title: str
    language: str
    organisation: str
    group: str
    made: date
    words: Wording
    chapters: tuple[Chapter, ...]
    header: tuple[Fact, ...] = ()
    header_source: Source | None = None
    adopted: Adopted | None = None
    since: str = ""  # what changes are marked against, in words; "" where none are
    gone: tuple[str, ...] = ()  # what the adopted version said and this one doesn't
    practice: str = ""  # that all of it is a try

    @property
    def passages(self) -> Iterator[Passage]:
        for chapter in self.chapters:
            yield from chapter.passages

    @property
    def lacks(self) -> tuple[Missing, ...]:
        """Return each thing that is missing once: a register may be shown in several places."""
        unsaid = (one.missing for one in self.passages if one.missing is not None)
        empty = (Missing(fact.label, fact.who) for fact in self.header if not fact.value)
        return tuple(dict.fromkeys((*unsaid, *empty)))

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(one.title for one in self.lacks)

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every source once, in the order in which they come."""
        found = {one.key: one for passage in self.passages for one in passage.sources}
        return tuple(found.values())

    @property
    def has_changed(self) -> bool:
        marks = (mark for one in self.passages for mark in (one.mark, *(entry.mark for entry in one.entries)))
        return bool(self.gone) or any(marks)
