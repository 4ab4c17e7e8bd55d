"""Reads entries into a register out of a file: judged whole before anything is written, then written a few at a time.

Nothing is read or judged while the store is held. What is stopped in the middle is taken up by reading the same file in
once more: entries that are there already aren't added again.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bot.usecases.effects import save_record
from bot.usecases.turn import step_at
from content.pack import Pack
from content.phrases.book import Phrasebook
from dialogs.effects import Effect, Receipt, SaveRecord, TellOfRecord
from dialogs.events import Event
from dialogs.flows.advance import Advance, advance
from dialogs.letters import Letter, ToRoom
from dialogs.model.journey import Journey
from dialogs.model.people import PersonId
from dialogs.model.problem import Problem
from dialogs.ports import Clock, Ids, PackShelf, UnitOfWork
from dialogs.tables.columns import known_headings
from dialogs.tables.judging import Judge, Judged, Row, Slip
from dialogs.tables.reports import Kept
from dialogs.tables.sheets import Cell, Known, Sheet
from dialogs.values.asking import Asking
from dialogs.values.names import in_sentence
from dialogs.wording.effects import letters_for
from dialogs.wording.receipts import Hearing
from dialogs.wording.teller import Teller

AT_ONCE = 10
"""So many rows are written in one transaction: nobody who writes meanwhile notices."""
TRIES = 5  # to go on after somebody else has written the same journey in between

Read = Callable[[bytes, Known, str], Sheet | Problem]
"""Reads the bytes of a file, whose headings are told and whose numbers are written as in the language."""

Write = Callable[[Callable[[UnitOfWork], None]], None]
"""Has something written, and returns when it is. What is written opens the unit of work itself, and commits."""


@dataclass(frozen=True, slots=True)
class Judging:
    """A file as it was judged, by the journey as it was then."""

    journey: Journey
    pack: Pack
    sheet: Sheet | None
    judged: Judged


@dataclass(frozen=True, kw_only=True)
class RecordImport:
    """What reading into one register of one journey needs at hand. `looking` only reads."""

    journey: str
    register: str
    by: PersonId
    audit_by: str
    language: str
    looking: Callable[[], UnitOfWork]
    write: Write
    shelf: PackShelf
    clock: Clock
    ids: Ids
    book: Phrasebook
    conflict: type[Exception]
    read: Read
    update: bool = False

    def judge(self, content: bytes) -> Judging:
        """Return what reading the file in comes to, and write nothing."""
        journey, pack = self._load()
        model = pack.registers[self.register]

        def known(cells: Sequence[Cell]) -> int:
            return known_headings(model, cells)

        sheet = self.read(content, known, self.language)
        if isinstance(sheet, Problem):
            line = int(str(sheet.args.get("line", 0)))
            return Judging(journey, pack, None, Judged(slips=(Slip(line, sheet),)))
        return self._judged(journey, pack, sheet)

    def keep(self, judging: Judging, *, keep_good: bool = False) -> Kept:
        """Write what was judged to be right: all of it, or (unless *keep_good*) nothing when anything is wrong."""
        new = changed = 0
        tries = TRIES
        first = True
        while judging.judged.rows and (keep_good or not judging.judged.slips):
            rows = judging.judged.rows
            journey = judging.journey
            try:
                while rows:
                    chunk, rows = rows[:AT_ONCE], rows[AT_ONCE:]
                    counts = (
                        new + sum(one.is_new for one in chunk),
                        changed + sum(not one.is_new for one in chunk),
                    )
                    journey = self._write(
                        journey, judging.pack, chunk, first=first, counts=None if rows else counts
                    )
                    (new, changed), first = counts, False
            except self.conflict:
                tries -= 1
                if not tries or judging.sheet is None:
                    raise
                judging = self._judged(*self._load(), judging.sheet)
            else:
                return Kept(new, changed)
        return Kept(new, changed, judging.judged.slips)

    def _load(self) -> tuple[Journey, Pack]:
        with self.looking() as uow:
            journey = uow.journeys.whole(self.journey)
        return journey, self.shelf.pack(journey.pack, journey.version)

    def _judged(self, journey: Journey, pack: Pack, sheet: Sheet) -> Judging:
        asking = Asking(pack, journey, self.language, self.clock.today())
        judge = Judge(asking, self.register, self.by, self.clock.now(), self.ids, self.update)
        return Judging(journey, pack, sheet, judge.judge(sheet))

    def _write(
        self, before: Journey, pack: Pack, rows: Sequence[Row], *, first: bool, counts: tuple[int, int] | None
    ) -> Journey:
        """Let the rows' events happen, in one transaction; return the journey after them.

        *counts* are told the group with the last of them. Raises `conflict` when the journey isn't as it was judged.
        """
        moves = self._moves(before, pack, [event for row in rows for event in row.events])
        after = moves[-1].journey
        records = [
            effect.record for moved in moves for effect in moved.effects if isinstance(effect, SaveRecord)
        ]
        owners = self._owners(before, pack, [record.id for record in records if record.revision > 1])
        letters = self._letters(pack, after, [effect for moved in moves for effect in moved.effects], counts)
        at = self.clock.now()
        happened = [(step_at(pack, event), event) for moved in moves for event in moved.events]

        def act(uow: UnitOfWork) -> None:
            with uow:
                head = uow.journeys.head(before.id)
                judged_by = (before.sequence, before.version, before.roster)
                if (head.sequence, head.version, head.roster) != judged_by:
                    raise self.conflict(f"journey {before.id} was written while a file was read in")
                uow.journeys.save(before, after, happened)
                for record in records:
                    save_record(record, before, pack, uow)
                uow.calendar.mark({before.id, *owners}, at)  # planned anew by a transaction of its own
                uow.outbox.post(letters, at)
                if first:
                    uow.audit.note(
                        "records-imported",
                        organisation=before.organisation,
                        by=self.audit_by,
                        about=before.id,
                        at=at,
                    )
                uow.commit()

        self.write(act)
        return after

    def _moves(self, journey: Journey, pack: Pack, events: Iterable[Event]) -> list[Advance]:
        moves: list[Advance] = []
        for event in events:
            moved = advance(pack, journey, event)
            if isinstance(moved, Problem):
                raise self.conflict(moved.key)
            moves.append(moved)
            journey = moved.journey
        return moves

    def _owners(self, journey: Journey, pack: Pack, changed: Sequence[str]) -> set[str]:
        """Return the journeys that look after the changed records and plan by them."""
        of_all = pack.registers[self.register].scope == "organisation" and not journey.practice
        if not changed or not of_all or self.register not in pack.calendar_reads.registers:
            return set()
        with self.looking() as uow:
            elsewhere = uow.records.written_elsewhere(journey, [self.register])
        return {elsewhere[id] for id in changed if elsewhere.get(id)}

    def _letters(
        self, pack: Pack, journey: Journey, effects: Iterable[Effect], counts: tuple[int, int] | None
    ) -> list[Letter]:
        """Return what the group is told: what follows from the rows, and at the end how many there were.

        Nobody is told of each entry: that would be hundreds of letters at once.
        """
        key = f"import:{self.ids.new()}"
        teller = Teller(self.book, pack, journey, journey.language, self.clock.today())
        channel = ToRoom(journey=journey.id)
        left = [one for one in effects if not isinstance(one, Receipt | SaveRecord | TellOfRecord)]
        told = [one for place, one in enumerate(left) if one not in left[:place]]
        letters = letters_for(teller, told, Hearing(self.by, channel, journey.language, key))
        if counts is not None:
            register = in_sentence(teller.words(pack.registers[self.register].title))
            message = teller.message(
                "records-were-imported", name=teller.name(self.by), register=register, n=sum(counts)
            )
            letters.insert(0, Letter(f"{key}:told", channel, message, journey=journey.id))
        return letters
