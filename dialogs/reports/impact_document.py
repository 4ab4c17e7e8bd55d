"""The document about effects that every method with efforts has, of all the time or of a year."""

import re
from datetime import date

from content.phrases.book import Phrasebook
from content.schema.base import Text
from content.schema.files import Document, Heading, Paragraph
from content.words import commands
from dialogs.reports.impact import has_impact
from dialogs.values.names import fold
from dialogs.wording.teller import Teller

EFFECTS = "effekter"
"""The document's id; with a year after a colon, `effekter:2026`."""

YEARS = range(1990, 2100)
_PERIODS = tuple(
    (re.compile(rf"(?:^|\s)(?:{words})$"), back)
    for words, back in (
        ("i år|this year", 0),
        ("i fjol|förra året|last year", 1),
        ("sedan starten|hela tiden|since the start|all the time", None),
    )
)
"""How a period is said, and how many years back it lies; None is all the time."""


class OfYear(Paragraph):
    """A paragraph of a year that is named, or of all the time."""

    on: int | None = None


def year_said(said: str) -> int | None:
    """Return the year that somebody wrote in figures."""
    return int(said) if said.isdecimal() and len(said) == 4 and int(said) in YEARS else None


def split_period(said: str, today: date) -> tuple[str, int | None]:
    """Return the words before the period that ends *said*, and the year that is meant; None for all the time."""
    said = fold(said)
    first, _, last = said.rpartition(" ")
    year = year_said(last)
    if year is not None:
        return first.strip(" :"), year
    for pattern, back in _PERIODS:
        if found := pattern.search(said):
            return said[: found.start()].strip(" :"), today.year - back if back is not None else None
    return said.strip(" :"), None


def impact_named(teller: Teller, name: str) -> Document | None:
    """Return the document that `effekter`, or `effekter i fjol`, means; None for other words, and where there are no efforts."""
    word, year = split_period(name, teller.today)
    if word not in commands()["impact"].words or not has_impact(teller.pack):
        return None
    return impact_document(teller.book, teller.pack.manifest.languages, year)


def impact_of_id(teller: Teller, id: str) -> Document | None:
    name, _, year = id.partition(":")
    if name != EFFECTS or not has_impact(teller.pack):
        return None
    return impact_document(teller.book, teller.pack.manifest.languages, year_said(year))


def impact_document(book: Phrasebook, languages: tuple[str, ...], year: int | None) -> Document:
    def said(key: str) -> Text:
        return Text(
            {one: book.text(key, one, year=year) if year else book.text(key, one) for one in languages}
        )

    headings = (
        ("impact-document-aims", "aims"),
        ("impact-results", "results"),
        ("impact-unevaluated", "unevaluated"),
    )
    return Document.model_construct(
        id=f"{EFFECTS}:{year}" if year else EFFECTS,
        title=said("impact-document-year" if year else "impact-document"),
        words=(),
        about=None,
        header=None,
        decision=None,
        headings=tuple(
            Heading.model_construct(title=said(key), parts=(_part(part, year),)) for key, part in headings
        ),
    )


def _part(part: str, year: int | None) -> OfYear:
    plain = {name: field.default for name, field in Paragraph.model_fields.items()}
    return OfYear.model_construct(**{**plain, "impact": part, "on": year})
