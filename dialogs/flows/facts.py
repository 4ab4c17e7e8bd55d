"""Weighs a pack's rules against what is known: answers, records, roles, gaps and today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import assert_never

from dateutil.relativedelta import relativedelta

from content.pack import Pack, Place
from content.schema.coverage import Coverage
from content.schema.cycle import TimesPerYear
from content.schema.rules import (
    After,
    All,
    Answered,
    Any_,
    AtLeast,
    AtMost,
    Before,
    DateOperand,
    Equals,
    Filled,
    Includes,
    Less,
    MeetsCriteria,
    More,
    Not,
    Offset,
    Operand,
    Rule,
    Tally,
)  # fmt: skip
from dialogs.flows.periods import checkpoint_of, items_at, items_now
from dialogs.model.answers import Address, Item, Value
from dialogs.model.journey import Journey
from dialogs.model.records import Record


@dataclass(frozen=True, slots=True)
class Facts:
    """What rules are weighed against. `record` is the one at hand, `subject` that of the question at hand.

    Of what is asked anew at `checkpoint`, the answers of its `period` count; of what is asked at another, the newest.
    """

    pack: Pack
    journey: Journey
    today: date
    record: Record | None = None
    subject: str = ""
    checkpoint: str = ""
    period: str = ""

    def about(self, record: Record) -> "Facts":
        return Facts(self.pack, self.journey, self.today, record, self.subject, self.checkpoint, self.period)

    def on(self, subject: str) -> "Facts":
        return Facts(self.pack, self.journey, self.today, self.record, subject, self.checkpoint, self.period)

    def at(self, checkpoint: str, subject: str, period: str) -> "Facts":
        """Return the facts with a checkpoint at hand, and the record that it is about."""
        about = self.journey.record(subject.removeprefix("record:")) if subject else None
        return Facts(self.pack, self.journey, self.today, about or self.record, subject, checkpoint, period)


def holds(rule: Rule | None, facts: Facts) -> bool:
    """Say whether *rule* holds. No rule always holds; what isn't answered equals nothing."""
    match rule:
        case None:
            return True
        case Answered(answered=question):
            return any(item.value is not None for item in _items(question, facts))
        case Filled(filled=field):
            return _field(field, facts) is not None
        case Equals(equals=operand):
            return any(str(value) == operand.to for value in _values(operand, facts))
        case Includes(includes=operand):
            return any(operand.option in _many(value) for value in _values(operand, facts))
        case Less(less=operand):
            return any(
                _number(value) < operand.than for value in _values(operand, facts) if _is_number(value)
            )
        case More(more=operand):
            return any(
                _number(value) > operand.than for value in _values(operand, facts) if _is_number(value)
            )
        case Before(before=operand):
            return any(day < border for day, border in _days(operand, facts))
        case After(after=operand):
            return any(day > border for day, border in _days(operand, facts))
        case All(all_=rules):
            return all(holds(one, facts) for one in rules)
        case Any_(any_=rules):
            return any(holds(one, facts) for one in rules)
        case Not(not_=one):
            return not holds(one, facts)
        case AtLeast(at_least=count):
            return tally(count.of, facts) >= count.count
        case AtMost(at_most=count):
            return tally(count.of, facts) <= count.count
        case MeetsCriteria(criteria=which):
            return facts.record is not None and all(
                holds(one.rule, facts)
                for one in facts.pack.registers[facts.record.register].criteria
                if which in ("all", one.level)
            )
        case _:
            assert_never(rule)


def tally(what: Tally, facts: Facts) -> int:
    """Count records, holders of a role, units, answers or a coverage's gaps."""
    if what.register_ is not None:
        return len(records_where(what.register_, what.where, facts))
    if what.role is not None:
        return len(facts.journey.roster.holders(what.role))
    if what.units is not None:
        return len(facts.journey.roster.units)
    if what.answers is not None:
        return sum(item.value is not None for item in _of_now(what.answers, facts))
    return len(gaps(facts.pack.coverage_of[what.gaps or ""], facts))


def records_where(register: str, where: Rule | None, facts: Facts) -> tuple[Record, ...]:
    kept = facts.journey.records_in(register)
    return kept if where is None else tuple(one for one in kept if holds(where, facts.about(one)))


@dataclass(frozen=True, slots=True)
class Gap:
    """Whom a coverage lacks something for: a unit's id, a person's id, or an audience's id."""

    kind: str
    id: str


def covered(coverage: Coverage, facts: Facts) -> Sequence[Gap]:
    """Return whom the coverage speaks of, covered or not."""
    roster = facts.journey.roster
    if coverage.units is not None:
        return [Gap("unit", unit.id) for unit in roster.units]
    if coverage.members is not None:
        return [Gap("person", member.person.id) for member in roster.holders(coverage.members)]
    return [Gap("audience", audience.id) for audience in coverage.audiences]


def gaps(coverage: Coverage, facts: Facts) -> tuple[Gap, ...]:
    """Return for whom there isn't enough yet: this year, where the coverage is counted by the year."""
    wanted = times_wanted(coverage, facts)
    return tuple(whom for whom in covered(coverage, facts) if times_there(whom, coverage, facts) < wanted)


def times_wanted(coverage: Coverage, facts: Facts) -> int:
    """Return how many are to be there; in the year in which the group began, no more than it can be asked for."""
    began, answer = facts.journey.started, coverage.what.answer
    if coverage.per is None or answer is None or began.year != facts.today.year:
        return coverage.times
    checkpoint = facts.pack.checkpoint_of.get(checkpoint_of(facts.pack.places[answer]))
    if checkpoint is None or not isinstance(checkpoint.when, TimesPerYear):
        return coverage.times
    ahead = sum(one.last >= f"{began:%m-%d}" or one.last < one.first for one in checkpoint.when.windows)
    return min(coverage.times, ahead)


def times_there(whom: Gap, coverage: Coverage, facts: Facts) -> int:
    """Return how many there are for whom; this year, where the coverage is counted by the year."""
    what = coverage.what
    if what.member is not None:
        there = facts.journey.roster.from_unit(whom.id)
        return sum(what.member == "any" or member.holds(what.member) for member in there)
    if what.answer is not None:
        about, year = f"{whom.kind}:{whom.id}", str(facts.today.year)
        if not _is_asked_anew(what.answer, facts):
            return int(facts.journey.item(Address(what.answer, about)).done)
        if coverage.per is None:
            return sum(item.done for item in _of_now(what.answer, facts) if item.address.subject == about)
        items = facts.journey.items_of(what.answer)
        return sum(
            item.done and item.address.subject == about and item.address.period.startswith(year)
            for item in items
        )
    if what.register_ is not None and what.by is not None:
        found = records_where(what.register_, what.where, facts)
        return sum(
            whom.id in _many(record.fields.get(what.by)) and _is_of_this_year(record, coverage, facts)
            for record in found
        )
    return 0


def _is_of_this_year(record: Record, coverage: Coverage, facts: Facts) -> bool:
    day = as_day(record.fields.get(coverage.what.dated or ""))
    return coverage.per is None or (day is not None and day.year == facts.today.year)


def moved(day: date, offset: Offset | None) -> date:
    """Return the day that lies *offset* from *day*; working days are Monday to Friday here."""
    if offset is None:
        return day
    if offset.months is not None:
        return day + relativedelta(months=offset.months)
    if offset.weeks is not None:
        return day + timedelta(weeks=offset.weeks)
    left = offset.working_days or 0
    while left:
        day += timedelta(days=1 if left > 0 else -1)
        if day.weekday() < 5:
            left += -1 if left > 0 else 1
    return day


def as_day(value: Value) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _days(operand: DateOperand, facts: Facts) -> list[tuple[date, date]]:
    days = [day for value in _values(operand, facts) if (day := as_day(value))]
    if isinstance(operand.than, Operand):
        borders = [day for value in _values(operand.than, facts) if (day := as_day(value))]
    else:
        borders = [facts.today]
    return [(day, moved(border, operand.offset)) for day in days for border in borders]


def _values(operand: Operand, facts: Facts) -> list[Value]:
    if operand.question is not None:
        return [item.value for item in _items(operand.question, facts) if item.value is not None]
    value = _field(operand.field or "", facts)
    return [] if value is None else [value]


def _items(question: str, facts: Facts) -> Sequence[Item]:
    """Return the question's items; about the same subject where the rule stands in a question with one."""
    if facts.subject:
        if _is_asked_anew(question, facts):
            same = next((i for i in _of_now(question, facts) if i.address.subject == facts.subject), None)
        else:
            same = facts.journey.items.get(Address(question, facts.subject))
        if same is not None:
            return (same,)
        if _has_one_each(facts.pack.places[question], facts):
            return ()
    return _of_now(question, facts)


def _of_now(question: str, facts: Facts) -> Sequence[Item]:
    """Return the question's items: at a checkpoint that asks it anew those of the period at hand, else the newest."""
    if not facts.pack.cycle:
        return facts.journey.items_of(question)
    if facts.checkpoint and checkpoint_of(facts.pack.places[question]) == facts.checkpoint:
        return items_at(facts.journey, question, facts.period)
    return items_now(facts.pack, facts.journey, question)


def _is_asked_anew(question: str, facts: Facts) -> bool:
    return bool(facts.pack.cycle) and bool(checkpoint_of(facts.pack.places[question]))


def _has_one_each(place: Place, facts: Facts) -> bool:
    """Say whether the question is put about each subject of the kind at hand, and so about this one too."""
    kind, _, id = facts.subject.partition(":")
    each = place.question.for_each
    if place.checkpoint and place.checkpoint == facts.checkpoint and kind == "record":
        return True
    if kind == "unit":
        return place.question.who == "each-unit" or (each is not None and each.units is not None)
    if kind == "person":
        return each is not None and each.members is not None
    if kind == "record":
        record = facts.journey.record(id)
        return each is not None and record is not None and each.register_ == record.register
    return place.at_every_gate


def _field(field: str, facts: Facts) -> Value | None:
    if facts.record is None:
        return None
    value = facts.record.state if field == "state" else facts.record.fields.get(field)
    return None if value in ("", [], {}) else value


def _many(value: Value | None) -> Sequence[str]:
    if value is None:
        return ()
    return tuple(str(one) for one in value) if isinstance(value, list | tuple | dict) else (str(value),)


def _is_number(value: Value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _number(value: Value) -> float:
    return float(value)
