"""An exercise to print, as Markdown: what to do in each phase, the questions with room to write, and the pairs."""

from collections.abc import Iterator

from content.schema.exercises import Exercise
from dialogs.model.answers import Address
from dialogs.reports.markdown import bullet, escaped, paragraph
from dialogs.wording.teller import Teller

LINE = "\\_" * 60


def sheet_markdown(teller: Teller, exercise: Exercise) -> str:
    """Return the sheet. The journey's head is enough: nothing that anybody answered stands on it."""
    return "\n".join(_lines(teller, exercise)) + "\n"


def _lines(teller: Teller, exercise: Exercise) -> Iterator[str]:
    yield from (f"# {escaped(teller.words(exercise.title))}", "")
    yield from (*paragraph(teller.words(exercise.why)), "")
    if exercise.sheet.intro is not None:
        yield from (*paragraph(teller.words(exercise.sheet.intro)), "")
    yield from (escaped(teller.text("sheet-takes", n=exercise.minutes)), "")
    run = teller.journey.exercises.get(exercise.id)
    if run is not None and run.pairs:
        yield from (f"## {escaped(teller.text('sheet-pairs'))}", "")
        for pair in run.pairs:
            yield from bullet(teller.listed(teller.name(person) for person in pair))
        yield ""
    for number, phase in enumerate(exercise.phases, start=1):
        title = teller.text("sheet-phase", number=number, title=teller.words(phase.title), n=phase.minutes)
        yield from (f"## {escaped(title)}", "")
        yield from (*paragraph(teller.words(phase.do).replace("*", "")), "")
        for question in phase.questions:
            asked = f"{teller.number(Address(question.id))} {teller.words(question.ask)}"
            yield from (f"**{escaped(asked)}**", "")
            for _ in range(exercise.sheet.lines):
                yield from (LINE, "")
    yield escaped(teller.text("sheet-type-in"))
