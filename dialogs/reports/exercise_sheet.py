"""An exercise to print: what to do in each phase, the questions with room to write, and the pairs."""

from collections.abc import Iterator
from dataclasses import dataclass

from content.schema.coverage import Coverage
from content.schema.exercises import Exercise
from dialogs.flows.rights import leaders
from dialogs.model.answers import Address
from dialogs.reports.markdown import bullet, escaped, paragraph
from dialogs.wording.teller import Teller

OF_STAFF = "staff:"
"""Stands before the round's id where a sheet is for colleagues outside the group."""
LINE = "\\_" * 60


@dataclass(frozen=True, slots=True)
class SheetPhase:
    title: str
    do: str
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on it, as plain text; `lines` are left empty after each question. Nobody's answers are on it."""

    language: str
    title: str
    why: str
    intro: str
    takes: str
    pairs_title: str
    pairs: tuple[str, ...]
    phases: tuple[SheetPhase, ...]
    lines: int
    after: str


def sheet_of(teller: Teller, exercise: Exercise) -> Sheet:
    """Return the sheet. The journey's head is enough."""
    run = teller.journey.exercises.get(exercise.id)
    return Sheet(
        teller.language,
        teller.words(exercise.title),
        _plain(teller.words(exercise.why)),
        _plain(teller.words(exercise.sheet.intro)),
        teller.text("sheet-takes", n=exercise.minutes),
        teller.text("sheet-pairs"),
        tuple(teller.listed(teller.name(person) for person in pair) for pair in (run.pairs if run else ())),
        tuple(
            SheetPhase(
                teller.text("sheet-phase", number=number, title=teller.words(phase.title), n=phase.minutes),
                _plain(teller.words(phase.do)),
                tuple(
                    f"{teller.number(Address(asked.id))} {teller.words(asked.ask)}"
                    for asked in phase.questions
                ),
            )
            for number, phase in enumerate(exercise.phases, start=1)
        ),
        exercise.sheet.lines,
        teller.text("sheet-type-in"),
    )


def staff_sheet_of(teller: Teller, coverage: Coverage) -> Sheet:
    """Return the sheet on which colleagues outside the group answer: no names, but the level that they belong to."""
    levels = "   ".join(f"[   ] {teller.words(one.title)}" for one in coverage.audiences)
    leading = [member.person.name for member in leaders(teller.pack, teller.journey)]
    return Sheet(
        teller.language,
        teller.words(coverage.ask),
        teller.text("staff-sheet-why", group=teller.journey.group_name),
        teller.text("staff-sheet-privacy"),
        teller.text("staff-sheet-tick", levels=levels),
        "",
        (),
        (SheetPhase(teller.text("staff-sheet-question"), "", (teller.words(coverage.ask),)),),
        12,
        teller.text("staff-sheet-after", names=teller.listed(leading)),
    )


def _plain(text: str) -> str:
    """Return a pack's text without the stars around what is to be written in the chat."""
    return text.replace("*", "")


def as_markdown(sheet: Sheet) -> str:
    return "\n".join(_lines(sheet)) + "\n"


def _lines(sheet: Sheet) -> Iterator[str]:
    yield from (f"# {escaped(sheet.title)}", "")
    yield from (*paragraph(sheet.why), "")
    if sheet.intro:
        yield from (*paragraph(sheet.intro), "")
    yield from (escaped(sheet.takes), "")
    if sheet.pairs:
        yield from (f"## {escaped(sheet.pairs_title)}", "")
        for pair in sheet.pairs:
            yield from bullet(pair)
        yield ""
    for phase in sheet.phases:
        yield from (f"## {escaped(phase.title)}", "")
        yield from (*paragraph(phase.do), "")
        for asked in phase.questions:
            yield from (f"**{escaped(asked)}**", "")
            for _ in range(sheet.lines):
                yield from (LINE, "")
    yield escaped(sheet.after)
