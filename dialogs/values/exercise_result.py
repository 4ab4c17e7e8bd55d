"""What an exercise has come to, out of answers and records: the same whether it was held in the channel or on paper."""

from collections.abc import Mapping, Sequence
from typing import assert_never

from content.schema.exercises import (
    CardsResult,
    Exercise,
    ListResult,
    MeasuresResult,
    PairsResult,
    RankingResult,
    TimelineResult,
    TreeResult,
)
from content.schema.rules import Rule
from dialogs.flows.facts import records_where
from dialogs.flows.proposal import ranked
from dialogs.flows.rights import is_hidden
from dialogs.model.answers import Address, Value
from dialogs.model.exercise import (
    Branch,
    Card,
    Cards,
    ExerciseResult,
    Listed,
    Measures,
    Paired,
    Ranked,
    Timeline,
    Tree,
)
from dialogs.model.records import Record
from dialogs.values.asking import Asking, as_list, options_of, title_of
from dialogs.values.showing import record_facts, shown


def result_of(exercise: Exercise, asking: Asking) -> ExerciseResult:
    """Return what is there by now. The journey must hold what `exercises.needs_of` names."""
    journey, result = asking.journey, exercise.result
    match result:
        case ListResult(question=question):
            return Listed(_lines(journey.item(Address(question)).value))
        case RankingResult(question=question):
            labels = dict(options_of(asking.pack.places[question].question, asking))
            dots = ranked(journey.item(Address(question)))
            return Ranked(tuple((labels.get(option, option), count) for option, count in dots))
        case TimelineResult(by=by):
            kept = _ordered(_kept(exercise, result.register_, result.where, asking), by, asking)
            return Timeline(tuple((_shown(one, by, asking), _card(one, asking, but=by)) for one in kept))
        case PairsResult(interviews=interviews, picture=picture):
            asked, item = asking.pack.places[interviews].question, journey.item(Address(interviews))
            there = () if is_hidden(asked, item) else item.contributions
            told = {journey.roster.name(one.by or ""): _lines(one.value) for one in there}
            return Paired(tuple(sorted(told.items())), _lines(journey.item(Address(picture)).value))
        case TreeResult(under=under, root=root):
            kept_records = _kept(exercise, result.register_, result.where, asking)
            parents = {one.id: str(one.fields.get(under, "")) for one in kept_records}
            above: dict[str, list[Record]] = {}
            for one in kept_records:
                above.setdefault("" if _is_top(one.id, parents) else parents[one.id], []).append(one)
            return Tree(_branches(above, "", root, asking))
        case CardsResult():
            cards = _kept(exercise, result.register_, result.where, asking)
            return Cards(tuple(_card(one, asking) for one in cards))
        case MeasuresResult(by=by):
            kept = _ordered(_kept(exercise, result.register_, result.where, asking), by, asking)
            return Measures(tuple(_card(one, asking) for one in kept))
        case _:
            assert_never(result)


def _kept(exercise: Exercise, register: str, where: Rule | None, asking: Asking) -> tuple[Record, ...]:
    """Return the records that the result is read from: of a later time, those that weren't there before."""
    run = asking.journey.exercises.get(exercise.id)
    found = records_where(register, where, asking.facts)
    return tuple(one for one in found if run is None or run.owns(one.id))


def is_empty(result: ExerciseResult) -> bool:
    match result:
        case Listed(lines=found) | Ranked(places=found) | Timeline(spots=found) | Tree(branches=found):
            return not found
        case Cards(cards=found) | Measures(cards=found):
            return not found
        case Paired(told=told, picture=picture):
            return not told and not picture
        case _:
            assert_never(result)


def _lines(value: Value | None) -> tuple[str, ...]:
    """Return an answer line by line: a list's entries, or a text's lines without what stands before them in a list."""
    if isinstance(value, str):
        return tuple(line.removeprefix("- ").strip() for line in value.splitlines() if line.strip())
    return tuple(str(one) for one in as_list(value))


def _is_top(id: str, parents: Mapping[str, str]) -> bool:
    """Say whether nothing stands above it: its parent isn't there, or it is one of a ring and so above itself."""
    seen, parent = {id}, parents[id]
    while parent in parents:
        if parent == id:
            return True
        if parent in seen:
            return False  # it hangs on a ring without being of it
        seen.add(parent)
        parent = parents[parent]
    return parents[id] not in parents


def _branches(
    above: Mapping[str, Sequence[Record]], parent: str, root: str, asking: Asking
) -> tuple[Branch, ...]:
    return tuple(
        Branch(title_of(one, asking), one.state == root, _branches(above, one.id, root, asking))
        for one in above.get(parent, ())
    )


def _ordered(records: Sequence[Record], by: str, asking: Asking) -> list[Record]:
    """Return the records by a field: days and numbers from the least, options as the pack has them; none comes last."""
    if not records:
        return []
    field = next(one for one in asking.pack.registers[records[0].register].fields if one.id == by)
    options = [value for value, _ in options_of(field, asking)] if field.kind == "choice" else []

    def place(record: Record) -> tuple[bool, int, float, str]:
        value = record.fields.get(by)
        if value in (None, ""):
            return True, 0, 0, ""
        if field.kind == "choice":
            return False, options.index(value) if value in options else len(options), 0, ""
        return (False, 0, value, "") if isinstance(value, int | float) else (False, 0, 0, str(value))

    return sorted(records, key=place)


def _shown(record: Record, by: str, asking: Asking) -> str:
    field = next(one for one in asking.pack.registers[record.register].fields if one.id == by)
    return shown(field, record.fields.get(by), asking)


def _card(record: Record, asking: Asking, *, but: str = "") -> Card:
    register = asking.pack.registers[record.register]
    fields = {name: value for name, value in record.fields.items() if name not in (register.title_field, but)}
    facts = record_facts(
        Record(record.id, record.register, fields, record.state, record.by, record.at), asking
    )
    return Card(title_of(record, asking), tuple(facts))
