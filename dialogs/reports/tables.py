"""What comes as tables: registers, and what the efforts were for and what came of them."""

from collections.abc import Sequence

from dialogs.reports.impact_document import impact_of_id
from dialogs.reports.impact_tables import impact_tables
from dialogs.reports.impact_words import told_impact
from dialogs.tables.chosen import Table, tables_about, title_of_tables
from dialogs.wording.teller import Teller


def title_of_sheets(teller: Teller, about: str) -> str:
    """Return what the tables are called; "" where there is nothing to make a table of."""
    found = title_of_tables(teller, about)
    if found:
        return found
    document = impact_of_id(teller, about.removeprefix("document:"))
    return teller.words(document.title) if document is not None else ""


def sheets_about(teller: Teller, about: str) -> Sequence[Table]:
    """Return the tables. The journey must be loaded whole."""
    found = tables_about(teller, about)
    document = impact_of_id(teller, about.removeprefix("document:")) if not found else None
    if document is None:
        return found
    year = getattr(document.headings[0].parts[0], "on", None)
    return impact_tables(told_impact(teller.book, teller.language, [teller], year))
