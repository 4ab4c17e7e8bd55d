"""Which registers come as tables: one that is named, or all that a document shows."""

from collections.abc import Sequence
from datetime import date

from dialogs.wording.teller import Teller

Table = tuple[str, Sequence[Sequence[str | int | float | date]]]
"""A table's title, and its rows with the heading first."""


def about_register(id: str) -> str:
    return f"register:{id}"


def about_document(id: str) -> str:
    return f"document:{id}"


def registers_about(teller: Teller, about: str) -> tuple[str, ...]:
    """Return the registers, those of a document in the order in which it shows them; none for what isn't there."""
    kind, _, id = about.partition(":")
    if kind == "register":
        return (id,) if id in teller.pack.registers else ()
    shown = [
        part.register_
        for document in teller.pack.documents
        if document.id == id
        for heading in document.headings
        for part in heading.parts
        if part.register_ is not None
    ]
    return tuple(dict.fromkeys(shown))


def title_of_tables(teller: Teller, about: str) -> str:
    """Return what the register or the document is called; "" where there is nothing to make a table of."""
    kind, _, id = about.partition(":")
    found = registers_about(teller, about)
    if not found:
        return ""
    if kind == "register":
        return teller.words(teller.pack.registers[id].title)
    return next(teller.words(one.title) for one in teller.pack.documents if one.id == id)


def tables_about(teller: Teller, about: str) -> list[Table]:
    """Return the tables. The journey must be loaded whole."""
    from dialogs.tables.written import register_table  # few ask for one

    return [
        (teller.words(teller.pack.registers[id].title), register_table(teller, id))
        for id in registers_about(teller, about)
    ]
