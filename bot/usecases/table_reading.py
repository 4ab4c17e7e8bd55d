"""Reads a table that somebody sent: into which registers of theirs it fits, what it comes to there, and all of it in.

Nothing of this holds the store: it is done before the turn that tells of it. What is written is written a few rows at
a time, by whoever writes.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.usecases.borders import seen_from
from bot.usecases.record_import import RecordImport, Write
from content.phrases.book import Phrasebook
from content.schema.files import Register
from dialogs.files import FileIn
from dialogs.flows.rights import edits_registers
from dialogs.incoming import Incoming, Pressed
from dialogs.model.borders import Borders
from dialogs.model.people import Person
from dialogs.model.problem import Problem
from dialogs.ports import Clock, Ids, PackShelf, UnitOfWork
from dialogs.tables.columns import known_headings
from dialogs.tables.kept import sheet_of_text, sheet_text
from dialogs.tables.reports import Place, TableIn, TableReport
from dialogs.tables.sheets import Sheet

TABLE = "table"
JUDGE, ENTER = "judge-table", "enter-table"
"""The buttons that this has something to do for. Their argument is what waits, the register, and how, with : between."""
UPDATE = "update"
MOST_KEPT = 3_000_000
"""A table that waits takes no more characters than this."""

ReadTable = Callable[[bytes, Sequence[Register], str], Sheet | Problem]
"""Reads the bytes of a file by the headings of several registers, its numbers as the language writes them."""


def places_of(person: str, *, uow: UnitOfWork, shelf: PackShelf) -> tuple[Place, ...]:
    """Return the registers that the person may write in. *uow* is open."""
    found = []
    for ref in uow.journeys.of_person(person):
        if ref.practice or ref.state == "closed":
            continue
        pack = shelf.pack(ref.pack, ref.version)
        if pack.registers and edits_registers(pack, uow.journeys.head(ref.id), person):
            found += [Place(ref.id, register) for register in pack.registers]
    return tuple(found)


@dataclass(frozen=True, kw_only=True)
class Tables:
    """*looking* gives a unit of work that only reads; *read* takes its time, within bounds."""

    looking: Callable[[], UnitOfWork]
    shelf: PackShelf
    clock: Clock
    ids: Ids
    book: Phrasebook
    conflict: type[Exception]
    read: ReadTable
    borders: Borders
    language: str = "sv"

    def wants(self, incoming: Incoming, uow: UnitOfWork) -> bool:
        """Say whether there is something to do before the press's turn."""
        if not isinstance(incoming.what, Pressed):
            return False
        with uow:
            stored = uow.buttons.get(incoming.what.button)
        return stored is not None and stored.press.action in (JUDGE, ENTER)

    def look(self, incoming: Incoming, file: FileIn) -> FileIn:
        """Return what a file with a table in it means to whoever sent it; any other as it is."""
        if file.kind != TABLE or not isinstance(file.read, bytes):
            return file
        with self.looking() as uow:
            person, places = self._who(incoming, uow)
        if person is None or not places:
            return FileIn(file.name, why=Problem("table-only-members", {"name": file.name}))
        registers = {place: self._model(place) for place in places}
        language = person.language or self.language
        of_methods = {id(one): one for one in registers.values()}  # groups may share a method
        sheet = self.read(file.read, tuple(of_methods.values()), language)
        if isinstance(sheet, Problem) and sheet.key == "import-headings":
            return FileIn(file.name, why=self._unknown(file, tuple(registers.values()), language))
        if isinstance(sheet, Problem):
            return FileIn(file.name, why=sheet)
        text = sheet_text(sheet)
        if len(text) > MOST_KEPT:
            return FileIn(file.name, why=Problem("import-spreadsheet-too-big"))
        known = {place: known_headings(model, sheet.heading.cells) for place, model in registers.items()}
        fitting = tuple(place for place in places if known[place] == max(known.values()))
        report = self._judged(fitting[0], sheet, person) if len(fitting) == 1 else None
        return FileIn(file.name, TABLE, TableIn(text, fitting, report))

    def pressed(self, incoming: Incoming, write: Write) -> TableReport | Problem:
        """Do what the button is for, if whoever presses it may. Raises `conflict` where nobody is left alone."""
        button = incoming.what.button if isinstance(incoming.what, Pressed) else ""
        with self.looking() as uow:
            person, places = self._who(incoming, uow)
            stored = uow.buttons.get(button)
            id, register, how = (
                (*stored.press.argument.split(":"), "", "")[:3] if stored is not None else ("", "", "")
            )
            waiting = uow.tables_in_waiting.get(id, self.clock.now())
        if (
            stored is None
            or person is None
            or waiting is None
            or waiting.person != person.id
            or not waiting.sheet
        ):
            return Problem("table-waits-no-more")
        place = Place(stored.press.journey or stored.journey, register)
        if place not in places:
            return Problem("table-only-members", {"name": waiting.name})
        sheet, update = sheet_of_text(waiting.sheet), how == UPDATE
        enter = write if stored.press.action == ENTER else None
        return self._judged(place, sheet, person, update=update, write=enter)

    def _who(self, incoming: Incoming, uow: UnitOfWork) -> tuple[Person | None, tuple[Place, ...]]:
        """Return who it is, and where they may write, as far as it is seen from where they are."""
        seen = seen_from(incoming.door, incoming.tenant, uow, self.borders)
        person = seen.people.by_account(incoming.door, incoming.tenant, incoming.account)
        return person, places_of(person.id, uow=seen, shelf=self.shelf) if person is not None else ()

    def _model(self, place: Place) -> Register:
        with self.looking() as uow:
            head = uow.journeys.head(place.journey)
        return self.shelf.pack(head.pack, head.version).registers[place.register]

    def _judged(
        self, place: Place, sheet: Sheet, person: Person, *, update: bool = False, write: Write | None = None
    ) -> TableReport:
        """Return what the table comes to; with *write*, once it is entered."""
        reading = RecordImport(
            journey=place.journey, register=place.register, by=person.id, audit_by=person.id,
            language=person.language or self.language, looking=self.looking, write=write or _nothing,
            shelf=self.shelf, clock=self.clock, ids=self.ids, book=self.book, conflict=self.conflict,
            read=lambda *_: sheet, update=update,
        )  # fmt: skip
        judging = reading.judge(b"")
        kept = reading.keep(judging) if write is not None and not judging.judged.slips else None
        return TableReport(place, update, judging.judged, kept)

    def _unknown(self, file: FileIn, registers: Sequence[Register], language: str) -> Problem | None:
        """Return what to say of a table that fits nowhere; None for what is no table at all."""
        text = file.read if isinstance(file.read, bytes) else b""
        if not text.startswith(b"PK") and not any(sign in text[:2000] for sign in (b";", b"\t", b",")):
            return None
        titles = dict.fromkeys(one.title.said_in(language) for one in registers)
        return Problem("table-fits-nowhere", {"name": file.name, "known": ", ".join(titles)})


def _nothing(_: object) -> None: ...
