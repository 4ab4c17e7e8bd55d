"""What is one person's own in a journey: where the group stands, and the measures that they answer for, by date."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dialogs.flows.position import current_step
from dialogs.messages import Spans, Words, words
from dialogs.reports.status import the_year
from dialogs.values.asking import title_of
from dialogs.values.names import in_sentence
from dialogs.values.showing import state_title
from dialogs.wording.teller import Teller


@dataclass(frozen=True, slots=True)
class OwnMeasure:
    """`day` is "" for one that has no date; `late` when the day has passed."""

    record: str
    day: str
    title: str
    state: str
    late: bool


def standing(teller: Teller) -> Spans:
    """Return in one line where the group stands: the group's name, then the step with its questions."""
    pack, journey = teller.pack, teller.journey
    said = (*words(journey.group_name, strong=True), Words(", "), *words(teller.words(pack.manifest.title)))
    step = current_step(pack, journey)
    if journey.state == "paused":
        return (*said, Words(". "), *teller.say("status-paused"))
    if step is None and pack.cycle:
        return (*said, Words(". "), *the_year(teller))
    if step is None:
        return (*said, Words(". "), *teller.say("status-ended", n=len(journey.signed)))
    page = journey.page(step)
    return (
        *said,
        Words(". "),
        *teller.say("status-step", number=pack.step_number[step], of=len(pack.steps),
                    title=teller.step_title(step), done=page.done, n=page.asked),
    )  # fmt: skip


def registers_with_people(teller: Teller) -> frozenset[str]:
    """Return the registers whose records somebody answers for."""
    registers = teller.pack.registers.values()
    return frozenset(one.id for one in registers if any(field.kind == "person" for field in one.fields))


def own_measures(teller: Teller, person: str) -> list[OwnMeasure]:
    """Return the open records that name the person; the journey must hold the registers with people."""
    found = []
    for id in sorted(registers_with_people(teller)):
        register = teller.pack.registers[id]
        people = [field.id for field in register.fields if field.kind == "person"]
        days = [field.id for field in register.fields if field.kind == "date"]
        over = {state.id for state in register.states if state.closed}
        for record in teller.journey.records_in(id):
            if record.state in over or person not in (record.fields.get(one) for one in people):
                continue
            day = next((str(record.fields[one]) for one in days if record.fields.get(one)), "")
            state = in_sentence(state_title(record, teller.asking)) if register.states else ""
            late = bool(day) and day < teller.today.isoformat()
            found.append(OwnMeasure(record.id, day, title_of(record, teller.asking), state, late))
    return found


def by_date(measures: Iterable[OwnMeasure]) -> list[OwnMeasure]:
    """Return each measure once, the first due in front; what has no date comes last."""
    once = {one.record: one for one in measures}
    return sorted(once.values(), key=lambda one: (one.day or date.max.isoformat(), one.title))
