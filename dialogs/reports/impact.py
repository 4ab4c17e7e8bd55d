"""Which aims got efforts and which got none, what is written down to have come of them, and what is over without a word.

Of one group, or of several together: what is true, unworded.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from content.pack import Pack
from content.schema.files import Register
from content.schema.impact import Effort as HowEffort
from content.schema.impact import ToldImpact
from dialogs.flows.facts import Facts, as_day, holds
from dialogs.model.answers import Item
from dialogs.model.impact import Aim, Effort, Impact, Reached, Result, Told
from dialogs.model.journey import Journey
from dialogs.model.records import Record
from dialogs.reports.aims import aims_named, aims_of, aims_there, every_aim
from dialogs.time import local_day

Groups = Sequence[tuple[Pack, Journey]]


def has_impact(pack: Pack) -> bool:
    """Say whether the method has efforts at all."""
    return any(one.effort is not None for one in pack.registers.values())


def impact_of(groups: Groups, *, year: int | None, today: date) -> Impact:
    """Return what is true of the groups together. A record that several of them see is one effort.

    Each journey holds what `needs_for_impact` names.
    """
    efforts: dict[str, Effort] = {}
    source_of: dict[str, int] = {}
    left_out: set[str] = set()
    for source, (pack, journey) in enumerate(groups):
        there = aims_there(pack, journey)
        facts = Facts(pack, journey, today)
        for register, record in _records(pack, journey):
            how = register.effort
            if how is None or (how.counts and record.state not in how.counts):
                left_out.add(record.id)
                continue
            effort = _effort(
                facts.about(record), register, how, frozenset(aims_of(pack, there, register, record))
            )
            seen = efforts.get(record.id)
            efforts[record.id] = _together(seen, effort) if seen is not None else effort
            source_of.setdefault(record.id, source)
    days = {id: when(one, today) for id, one in efforts.items()}
    kept = tuple(
        one for id, one in _with_parts(efforts, groups).items() if year is None or _falls_in(days[id], year)
    )
    return Impact(
        year=year,
        efforts=kept,
        kinds=_kinds(groups, kept, year),
        told=tuple(_told(groups, year)),
        undated=sum(one is None for one in days.values()) if year is not None else 0,
        left_out=len(left_out - efforts.keys()) if year is None else 0,
        source_of=source_of,
    )


def when(effort: Effort, today: date) -> tuple[date, date] | None:
    """Return the effort's first and last day; None where it is over and has none.

    What goes on reaches today at least, where its own days don't say; so does what has no first day but a last one.
    """
    first, last = effort.first, effort.last
    match first, last:
        case None, None:
            return None if effort.over else (today, today)
        case None, date() as only:
            return (only if effort.over else min(only, today), only)
        case date() as only, None:
            return (only, only if effort.over else max(only, today))
        case _:
            days = sorted(day for day in (first, last) if day is not None)
            return days[0], days[-1]


def _falls_in(days: tuple[date, date] | None, year: int) -> bool:
    return days is not None and days[0].year <= year <= days[1].year


def _records(pack: Pack, journey: Journey) -> Iterator[tuple[Register, Record]]:
    for register in pack.registers.values():
        if register.effort is not None:
            yield from ((register, record) for record in journey.records_in(register.id))


def _effort(facts: Facts, register: Register, how: HowEffort, aims: frozenset[Aim]) -> Effort:
    """Return the record at hand as an effort."""
    record = facts.record
    if record is None:
        raise ValueError(register.id)
    fields, last = record.fields, as_day(record.fields.get(how.last or ""))
    passed = how.over_after_last and last is not None and last < facts.today
    return Effort(
        id=record.id,
        register=register.id,
        over=passed or not register.states or record.state in how.done,
        first=as_day(fields.get(how.first or "")) if how.first is not None else last,
        last=last,
        aims=aims,
        asked=how.results,
        results=tuple(
            Result(record.id, one, fields[one], record.by, local_day(record.at), record.revision)
            for one in how.results
            if fields.get(one) not in (None, "")
        ),
        chosen=how.chosen is not None and holds(how.chosen, facts),
    )


def _together(one: Effort, other: Effort) -> Effort:
    """Return an effort as two methods see it: each knows fields that the other doesn't."""
    return replace(
        one,
        over=one.over or other.over,
        first=one.first or other.first,
        last=one.last or other.last,
        aims=one.aims | other.aims,
        asked=tuple(dict.fromkeys((*one.asked, *other.asked))),
        results=tuple(dict.fromkeys((*one.results, *other.results))),
        chosen=one.chosen or other.chosen,
    )


def _with_parts(efforts: Mapping[str, Effort], groups: Groups) -> Mapping[str, Effort]:
    """Return the efforts, each with the results of those that try it out."""
    found = dict(efforts)
    for pack, journey in groups:
        for register, record in _records(pack, journey):
            part_of = register.effort.part_of if register.effort is not None else None
            whole = found.get(str(record.fields.get(part_of))) if part_of is not None else None
            part = efforts.get(record.id)
            if whole is not None and part is not None:
                found[whole.id] = replace(
                    whole, results=tuple(dict.fromkeys((*whole.results, *part.results)))
                )
    return found


def _kinds(groups: Groups, efforts: Sequence[Effort], year: int | None) -> Mapping[str, tuple[Reached, ...]]:
    """Return every aim that there is by its kind, in the methods' order, with what was done for it."""
    reached: dict[Aim, Reached] = {}
    for source, (pack, journey) in enumerate(groups):
        for aim in every_aim(pack, journey):
            reached.setdefault(aim, Reached(aim, source))
        impact = pack.manifest.impact
        if impact is None:
            continue
        tried = [(aim, item) for one in impact.tried for item in _items(journey, one, year)
                 for aim in aims_named(pack, item)]  # fmt: skip
        for aim, item in tried:
            reached[aim] = replace(reached[aim], tried=(*reached[aim].tried, item.address))
        for item in (item for one in impact.wanted for item in journey.items_of(one)):
            for aim in aims_named(pack, item):
                reached[aim] = replace(reached[aim], wanted=True)
    for effort in efforts:
        for aim in effort.aims:
            one = reached[aim]
            reached[aim] = replace(one, efforts=(*one.efforts, effort.id), over=one.over + effort.over)
    kinds: dict[str, list[Reached]] = {}
    for one in reached.values():
        kinds.setdefault(one.aim.kind, []).append(one)
    return {kind: tuple(values) for kind, values in kinds.items()}


def _items(journey: Journey, told: ToldImpact, year: int | None) -> Iterator[Item]:
    """Yield the settled answers that tell of the year; each subject's, in each period."""
    for item in journey.items_of(told.question):
        if item.value is None or item.answer is None:
            continue
        of = item.address.period[:4]
        asked = int(of) if of.isdecimal() else local_day(item.answer.at).year
        if year is None or asked - (told.of == "year-before") == year:
            yield item


def _told(groups: Groups, year: int | None) -> Iterator[Told]:
    """Yield what was answered of results, question by question, the newest first."""
    for source, (pack, journey) in enumerate(groups):
        impact = pack.manifest.impact
        for told in impact.results if impact is not None else ():
            items = _items(journey, told, year)
            for item in sorted(items, key=lambda one: one.address.period, reverse=True):
                if item.answer is not None:
                    said, key = item.answer, item.address.key
                    result = Result(key, "", said.value, said.by, local_day(said.at), said.revision)
                    yield Told(source, result)
