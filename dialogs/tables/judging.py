"""Judges a table row by row: what reading it in would add, change or leave alone, and what is wrong where."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from dialogs.events import Event, RecordAdded, RecordChanged, RecordMoved
from dialogs.flows.checks import objection_to
from dialogs.flows.fold import happen
from dialogs.model.answers import Value
from dialogs.model.journey import Journey
from dialogs.model.people import PersonId
from dialogs.model.problem import Problem
from dialogs.model.records import Record
from dialogs.ports import Ids
from dialogs.tables.cells import read_cell, same_as
from dialogs.tables.columns import LACKING, STATE, Columns, columns_of, heading_of
from dialogs.tables.sheets import Cell, Line, Sheet, Unreadable
from dialogs.values.asking import Asking
from dialogs.values.names import find, fold
from dialogs.values.showing import label_of

_SAID = 80


@dataclass(frozen=True, slots=True)
class Slip:
    """What is to be said of a line; of one cell of it, where a column is named. Line 0 is the whole file."""

    line: int
    problem: Problem
    column: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A line that is right, and the events that read it in."""

    line: int
    title: str
    events: tuple[Event, ...]

    @property
    def is_new(self) -> bool:
        return isinstance(self.events[0], RecordAdded)


@dataclass(frozen=True, slots=True)
class Judged:
    """What reading a table in comes to. *slips* keep their lines out, *notes* don't; *same* counts what is there."""

    rows: tuple[Row, ...] = ()
    slips: tuple[Slip, ...] = ()
    notes: tuple[Slip, ...] = ()
    same: int = 0

    @property
    def new(self) -> int:
        return sum(row.is_new for row in self.rows)

    @property
    def changed(self) -> int:
        return len(self.rows) - self.new


@dataclass
class Judge:
    """Reads one table into one register, for *by*. With *update*, entries that are there already are changed.

    *asking* has the journey whole: what a row may refer to has to be there.
    """

    asking: Asking
    register: str
    by: PersonId
    at: datetime
    ids: Ids
    update: bool = False
    slips: list[Slip] = field(default_factory=list)
    notes: list[Slip] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    same: int = 0

    def __post_init__(self) -> None:
        self.model = self.asking.pack.registers[self.register]
        self.fields: Mapping[str, Any] = {one.id: one for one in self.model.fields}
        self.journey: Journey = self.asking.journey
        self.there: dict[str, list[Record]] = {}
        for record in self.journey.records_in(self.register):
            self.there.setdefault(fold(str(record.fields.get(self.model.title_field, ""))), []).append(record)
        self.added: dict[str, Line] = {}

    def judge(self, sheet: Sheet) -> Judged:
        columns = columns_of(self.model, sheet.heading.cells, self.asking.language)
        line = sheet.heading.number
        self.slips += [Slip(line, slip) for slip in columns.slips]
        self.notes += [Slip(line, note) for note in columns.notes]
        if sheet.others:
            self.notes.append(Slip(0, Problem("import-other-sheets", {"names": ", ".join(sheet.others[:5])})))
        for line_ in sheet.lines:
            self._line(line_, columns)
        return Judged(tuple(self.rows), tuple(self.slips), tuple(self.notes), self.same)

    def _line(self, line: Line, columns: Columns) -> None:
        cells = dict(_cells(line, columns))
        title_cell = cells.get(self.model.title_field, "")
        if isinstance(title_cell, Unreadable) or not title_cell.strip():
            key = f"import-{title_cell.value}" if isinstance(title_cell, Unreadable) else "import-no-title"
            self._slip(line, Problem(key), self.model.title_field)
            return
        title = fold(title_cell)
        found = self.there.get(title, [])
        if found:
            self._again(line, cells, found)
        elif title in self.added:
            twice = self.added[title]
            same = _said(twice, columns) == _said(line, columns)
            what = Problem("import-same-line" if same else "import-other-line", {"line": twice.number})
            (self.notes if same else self.slips).append(Slip(line.number, what))
        else:
            self.added[title] = line
            self._new(line, cells, title_cell)

    def _new(self, line: Line, cells: Mapping[str, Cell], title: str) -> None:
        before = len(self.slips)
        values = self._values(line, cells)
        for one in self.model.fields:
            if one.required and one.id not in values and not self._has_slip(line, one.id):
                self._slip(
                    line, Problem("field-required", {"field": label_of(one, self.asking.language)}), one.id
                )
        state = self._state(line, cells.get(STATE, ""))
        if len(self.slips) > before:
            return
        id = self.ids.new()
        events: list[Event] = [
            RecordAdded(by=self.by, at=self.at, register=self.register, id=id, fields=values)
        ]
        if state and state != self.model.states[0].id:
            events.append(RecordMoved(by=self.by, at=self.at, register=self.register, id=id, to=state))
        self._let(line, title, events)

    def _again(self, line: Line, cells: Mapping[str, Cell], found: list[Record]) -> None:
        """Tell that an entry of this name is there; with *update*, change what differs."""
        if any(not self._differs(record, cells) for record in found):
            self.same += 1
            return
        record = found[0]
        differing = self._differs(record, cells)
        title = str(record.fields.get(self.model.title_field, ""))[:_SAID]
        if not self.update:
            named = ", ".join(self._heading(id) for id in differing)
            self.notes.append(
                Slip(line.number, Problem("import-is-there", {"title": title, "fields": named}))
            )
            self.same += 1
            return
        if len(found) > 1:
            self._slip(line, Problem("import-several", {"title": title, "n": len(found)}))
            return
        if record.by == self.by and record.at == self.at:
            self._slip(line, Problem("import-changed-twice", {"title": title}))
            return
        before = len(self.slips)
        values = self._values(line, {id: cells[id] for id in differing if id != STATE})
        state = self._state(line, cells[STATE]) if STATE in differing else ""
        if len(self.slips) > before:
            return
        events: list[Event] = []
        if values:
            events.append(
                RecordChanged(by=self.by, at=self.at, register=self.register, id=record.id, fields=values)
            )
        if state and state != record.state:
            events.append(RecordMoved(by=self.by, at=self.at, register=self.register, id=record.id, to=state))
        if events and self._let(line, title, events):
            changed = self.journey.record(record.id)
            self.there[fold(title)] = [changed] if changed else []
        elif not events and len(self.slips) == before:
            self.same += 1

    def _let(self, line: Line, title: str, events: list[Event]) -> bool:
        """Let the events happen to what has been judged so far, where nothing stands against them."""
        journey = self.journey
        for event in events:
            problem = objection_to(self.asking.pack, journey, event)
            if problem is not None:
                self._slip(line, problem, STATE if isinstance(event, RecordMoved) else "")
                return False
            journey = happen(self.asking.pack, journey, event)
        self.journey = journey
        self.rows.append(Row(line.number, title, tuple(events)))
        return True

    def _differs(self, record: Record, cells: Mapping[str, Cell]) -> list[str]:
        """Return the columns in which a filled cell says something else than the record."""
        differing = [
            id
            for id, cell in cells.items()
            if id in self.fields and not _is_blank(cell)
            and not same_as(self.fields[id], record.fields.get(id), cell, self.asking)
            and read_cell(self.fields[id], cell, self.asking) != record.fields.get(id)
        ]  # fmt: skip
        said = cells.get(STATE, "")
        if not _is_blank(said) and self._state_named(said) != record.state:
            differing.append(STATE)
        return differing

    def _values(self, line: Line, cells: Mapping[str, Cell]) -> dict[str, Value]:
        values: dict[str, Value] = {}
        for id, cell in cells.items():
            found = read_cell(self.fields[id], cell, self.asking) if id in self.fields else None
            if isinstance(found, Problem):
                self._slip(line, found, id)
            elif found is not None:
                values[id] = found
        return values

    def _state(self, line: Line, cell: Cell) -> str:
        """Return the state's id, "" for none; what is wrong with it is told."""
        if _is_blank(cell):
            return ""
        state = self._state_named(cell)
        if not state:
            if isinstance(cell, Unreadable):
                self._slip(line, Problem(f"import-{cell.value}"), STATE)
            else:
                labels = ", ".join(one.title.said_in(self.asking.language) for one in self.model.states)
                self._slip(
                    line, Problem("choice-unknown", {"said": cell.strip()[:_SAID], "options": labels}), STATE
                )
        return state

    def _state_named(self, cell: Cell) -> str:
        if isinstance(cell, Unreadable):
            return ""
        words = tuple(
            (one.id, word) for one in self.model.states for word in dict.fromkeys(one.title.root.values())
        )
        return find(cell, words, numbered=False).value or ""

    def _slip(self, line: Line, problem: Problem, column: str = "") -> None:
        self.slips.append(Slip(line.number, problem, self._heading(column) if column else ""))

    def _has_slip(self, line: Line, column: str) -> bool:
        heading = self._heading(column)
        return any(
            slip.line == line.number and slip.column == heading for slip in reversed(self.slips[-100:])
        )

    def _heading(self, id: str) -> str:
        if id == STATE:
            return heading_of(STATE, self.asking.language)
        return label_of(self.fields[id], self.asking.language)


def _cells(line: Line, columns: Columns) -> Iterator[tuple[str, Cell]]:
    for place, id in columns.places.items():
        if id != LACKING:
            yield id, line.cells[place] if place < len(line.cells) else ""


def _said(line: Line, columns: Columns) -> list[tuple[str, Cell]]:
    return [
        (id, cell if isinstance(cell, Unreadable) else cell.strip()) for id, cell in _cells(line, columns)
    ]


def _is_blank(cell: Cell) -> bool:
    return not isinstance(cell, Unreadable) and not cell.strip()
