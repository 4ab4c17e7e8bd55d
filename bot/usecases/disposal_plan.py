"""Finds what the rules let go on a day, and what stays and why. Reads only, and writes nothing."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from functools import partial

from content.pack import Pack
from dialogs.events import Event
from dialogs.flows.disposing import Texts, texts_of, up_to, why_kept
from dialogs.model.answers import Item
from dialogs.model.disposal import DEFAULTS, KINDS, Hold, Kind, Plan, Stored, Why, cut_off, lines
from dialogs.model.journey import Journey
from dialogs.ports import PackShelf, UnitOfWork
from dialogs.time import local_day


def rules_of(organisation: str, uow: UnitOfWork) -> Mapping[Kind, int | None]:
    """Return after how many months what is of each kind may go: as the organisation says, else as by default."""
    return {**DEFAULTS, **uow.disposals.rules(organisation)}


def plan(organisation: str, as_of: date, *, uow: UnitOfWork, shelf: PackShelf) -> Plan:
    """Return what would go if it were done for that day; *uow* is open, and sees one moment throughout."""
    rules = rules_of(organisation, uow)
    judge = Judge(as_of, rules, tuple(uow.disposals.holds(organisation)))
    goes: list[Stored] = []
    stays: list[tuple[Stored, Why | None]] = []
    for one in _everything(organisation, rules, uow, shelf):
        why = judge.why_kept(one)
        if why is None:
            goes.append(one)
        else:
            stays.append((one, why))
    whole = {one.key for one in goes if one.kind == "journeys"}
    # What goes with its whole journey isn't counted once more.
    left = tuple(one for one in goes if one.kind != "contributions" or one.key.split(" ")[0] not in whole)
    return Plan(organisation, as_of, rules, left, lines(stays))


@dataclass(frozen=True, slots=True)
class Judge:
    """Says whether something stays, by rules and holds."""

    as_of: date
    rules: Mapping[Kind, int | None]
    holds: tuple[Hold, ...]

    def why_kept(self, one: Stored) -> Why | None:
        if one.why is not None:
            return one.why
        if one.held_by(self.holds) is not None:
            return "hold"
        months = self.rules[one.kind]
        if months is None:
            return "never"
        return None if local_day(one.at) < cut_off(self.as_of, months) else "not-yet"


def contributions_of(journey: Journey, *, uow: UnitOfWork, shelf: PackShelf) -> Iterator[Stored]:
    """Return the texts behind each answer of *journey*, which is whole, as one; those it can't do without, too."""
    pack_of = partial(_pack_of, shelf, journey)
    empty = replace(
        journey, signed={}, exercises={}, sequence=0, pages={}, items={}, retired={}, records={}, checkpoints=()
    )  # fmt: skip
    texts = texts_of(pack_of, empty, uow.journeys.events(journey.id))
    for item in (*journey.items.values(), *journey.retired.values()):
        yield from _behind(
            item, texts.get(item.address, {}), journey, why_kept(pack_of, journey.version, item)
        )


def _behind(item: Item, texts: Texts, journey: Journey, why: Why | None) -> Iterator[Stored]:
    until = item.answer.at if item.answer is not None and why is None else None
    numbers = up_to(texts, until) if until is not None else tuple(texts)
    unnamed = sum(one.by is None for one in item.contributions)
    said = [texts[number] for number in numbers]
    if not said and not unnamed:
        return
    whose = {event.by for event in said} | {getattr(event, "person", None) or event.by for event in said}
    yield Stored(
        "contributions", f"{journey.id} {item.address.key}", _counted_from(item, until, said, journey.started), journey.group,
        frozenset(whose | item.contributors()), len(said) + unnamed, numbers, why,
    )  # fmt: skip


def _counted_from(item: Item, settled: datetime | None, said: Iterable[Event], begun: date) -> datetime:
    """Return when the answer was settled; of one that isn't, when something was last said."""
    if settled is not None:
        return settled
    times = [event.at for event in said]
    if item.answer is not None:
        times.append(item.answer.at)
    return max(times, default=datetime.combine(begun, time(12), UTC))


def _everything(
    organisation: str, rules: Mapping[Kind, int | None], uow: UnitOfWork, shelf: PackShelf
) -> Iterator[Stored]:
    alone = sum(bool(uow.organisations.admins(id)) for id, _ in uow.organisations.all()) == 1
    for kind in KINDS:
        if kind != "contributions":
            yield from uow.disposals.stored(kind, organisation, alone=alone)
            continue
        if rules[kind] is None:
            continue  # what nobody thinks of letting go isn't counted: all journals would have to be read
        for ref in uow.journeys.all():
            if ref.organisation == organisation and not ref.practice and uow.disposals.settled_in(ref.id):
                yield from contributions_of(uow.journeys.whole(ref.id), uow=uow, shelf=shelf)


def _pack_of(shelf: PackShelf, journey: Journey, version: str) -> Pack:
    return shelf.pack(journey.pack, version)
