"""A register as a table to write to a file: every field with its title, the state, and the criteria that aren't met."""

import csv
from collections.abc import Sequence
from datetime import date
from io import StringIO

from dialogs.calendar.occurrences import is_open
from dialogs.flows.facts import Facts, as_day
from dialogs.flows.shortfall import unmet
from dialogs.model.records import Record
from dialogs.tables.cells import written
from dialogs.tables.columns import LACKING, STATE, headings
from dialogs.tables.sheets import harmless
from dialogs.values.numbers import write_number
from dialogs.values.showing import state_title
from dialogs.wording.teller import Teller

Value = str | int | float | date


def register_table(teller: Teller, register: str) -> list[list[Value]]:
    """Return the heading and a row for each entry, in their order. Numbers and days are what they are."""
    model = teller.pack.registers[register]
    above = headings(model, teller.language)
    rows: list[list[Value]] = [list(above.values())]
    for record in teller.journey.records_in(register):
        row: list[Value] = [_value(teller, one, record) for one in model.fields]
        if STATE in above:
            row.append(state_title(record, teller.asking))
        if LACKING in above:
            facts = Facts(teller.pack, teller.journey, teller.today)
            lacking = unmet(teller.pack, record, facts) if is_open(model, record) else ()
            row.append("; ".join(teller.words(one.title) for one in lacking))
        rows.append(row)
    return rows


def as_csv(rows: Sequence[Sequence[Value]], *, language: str) -> bytes:
    """Return a text that spreadsheets open as it is meant: UTF-8 and said so, `;` between, every text in quotes.

    What would be a formula there has a ' before it.
    """
    text = StringIO()
    lines = csv.writer(text, delimiter=";", quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    lines.writerows([[_cell(value, language) for value in row] for row in rows])
    return text.getvalue().encode("utf-8-sig", errors="replace")


def _value(teller: Teller, spec: object, record: Record) -> Value:
    value = record.fields.get(spec.id)  # type: ignore[attr-defined]
    kind = spec.kind  # type: ignore[attr-defined]
    if kind in ("number", "scale") and isinstance(value, int | float):
        return value
    if kind == "date" and (day := as_day(value)) is not None:
        return day
    return written(spec, value, teller.asking)


def _cell(value: Value, language: str) -> str:
    if isinstance(value, float):
        return write_number(value, language=language)
    return str(value) if not isinstance(value, str) else harmless(value)
