"""Puts a journey together again from its journal, and tells where what is stored differs from that."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice

from content.pack import Pack
from content.schema.questions import SetGroupState
from dialogs.events import (
    CheckpointClosed,
    CheckpointEvent,
    CheckpointMoved,
    CheckpointOpened,
    Event,
    Settled,
)
from dialogs.flows.position import recounted
from dialogs.flows.versions import replayed
from dialogs.model.answers import Item
from dialogs.model.checkpoint import KeptCheckpoint, key_of
from dialogs.model.journey import GroupState, Journey, Page
from dialogs.model.pulse import Pulse
from dialogs.ports import PackShelf, UnitOfWork
from dialogs.time import local_day


def check(journey: str, *, uow: UnitOfWork, shelf: PackShelf) -> list[str]:
    """Return where the stored journey isn't what its journal makes; nothing where all is well. Writes nothing."""
    with uow:
        found = differences(uow.journeys.whole(journey), rebuild(journey, uow=uow, shelf=shelf))
        there = {one.key: one for one in uow.journeys.checkpoints(journey)}
        made = {one.key: one for one in kept_checkpoints(uow.journeys.events(journey))}
        return [
            *found,
            *(
                f"checkpoint {key}"
                for key in sorted(there.keys() | made.keys())
                if there.get(key) != made.get(key)
            ),
        ]


def kept_checkpoints(events: Iterable[Event]) -> Sequence[KeptCheckpoint]:
    """Return what *events* made of each checkpoint that they opened. `journeys.put_checkpoints` would write it."""
    found: dict[str, KeptCheckpoint] = {}
    for event in events:
        match event:
            case CheckpointOpened(due=due, meeting=meeting, at=at):
                found[_key(event)] = KeptCheckpoint(
                    event.checkpoint, event.subject, event.period, due, meeting, "open", at
                )
            case CheckpointMoved(due=due, meeting=meeting) if _key(event) in found:
                found[_key(event)] = replace(found[_key(event)], due=due, meeting=meeting)
            case CheckpointClosed(by=by, at=at, how=how, note=note) if _key(event) in found:
                found[_key(event)] = replace(found[_key(event)], state=how, closed=at, by=by, note=note)
            case _:
                continue
    return tuple(found.values())


def rebuild(journey: str, *, uow: UnitOfWork, shelf: PackShelf) -> Journey:
    """Return the journey as its journal makes it; *uow* is open. `journeys.refresh` would write it.

    What no event tells is taken from the store: who belongs to the group, how the journey began, and the texts
    that nobody is named for (the journal says only who has taken part).
    """
    stored = uow.journeys.whole(journey)
    events = tuple(uow.journeys.events(journey))
    return anew(
        lambda version: shelf.pack(stored.pack, version), stored, events,
        today=local_day(events[-1].at) if events else stored.started,
    )  # fmt: skip


def anew(pack_of: Callable[[str], Pack], stored: Journey, events: Iterable[Event], *, today: date) -> Journey:
    """Return *stored* with everything that follows from *events* worked out anew. *today* is the last one's day."""
    journey = _empty(stored)
    group_state = journey.group_state
    for pack, _, event, after in replayed(pack_of, journey, events):
        journey, group_state = after, _group_state(pack, event) or group_state
    journey = replace(journey, group_state=group_state)
    pack = pack_of(stored.version)
    items = {address: _with_anonymous(item, stored.item(address)) for address, item in journey.items.items()}
    retired = {
        address: _with_anonymous(item, stored.retired.get(address, item))
        for address, item in journey.retired.items()
    }
    # A register's records may be others' too: what this journey's events made is compared, the rest is taken along.
    own, journey = journey.records, replace(journey, items=items, retired=retired, records=stored.records)
    if journey.state != "closed":  # of which nothing is asked any more
        for step in pack.steps:
            journey = recounted(pack, journey, step.id, today=today)
    return replace(journey, records=own)


def as_it_was(journey: str, until: int, *, uow: UnitOfWork, shelf: PackShelf) -> Journey:
    """Return the journey after its first *until* events, in the version that it had then; *uow* is open.

    Its roster is today's. Of its registers there is what this journey itself wrote, and no anonymous texts.
    """
    stored = uow.journeys.whole(journey)
    events = tuple(uow.journeys.events(journey))
    told = replayed(lambda one: shelf.pack(stored.pack, one), _empty(stored), events)
    *_, (_, _, _, then) = islice(told, until)
    return then


def _empty(stored: Journey) -> Journey:
    return replace(
        stored, state="active", group_state="temporary", signed={}, sequence=0, pages={}, items={}, retired={},
        records={}, checkpoints=(), pulse=Pulse(), exercises={},
    )  # fmt: skip


def differences(stored: Journey, rebuilt: Journey) -> list[str]:
    """Return what differs, an address, a step, a record or a field each; ids and kinds only, never what was said."""
    return list(_differences(stored, rebuilt))


def _differences(stored: Journey, rebuilt: Journey) -> Iterator[str]:
    for name in (
        "sequence",
        "version",
        "state",
        "group_state",
        "signed",
        "checkpoints",
        "pulse",
        "exercises",
    ):
        if getattr(stored, name) != getattr(rebuilt, name):
            yield name
    for step in sorted(stored.pages.keys() | rebuilt.pages.keys()):
        yield from _page_differences(step, stored.page(step), rebuilt.page(step))
    for address in sorted(stored.items.keys() | rebuilt.items.keys()):
        if stored.items.get(address) != rebuilt.items.get(address):
            yield f"item {address.key}"
    for address in sorted(stored.retired.keys() | rebuilt.retired.keys()):
        if stored.retired.get(address) != rebuilt.retired.get(address):
            yield f"retired {address.key}"
    for record in (one for kept in rebuilt.records.values() for one in kept):
        there = stored.record(record.id)
        # Somebody else who shares the register may have written it since.
        if (
            there is None
            or there.revision < record.revision
            or (there.revision == record.revision and there != record)
        ):
            yield f"record {record.id}"


def _page_differences(step: str, stored: Page, rebuilt: Page) -> Iterator[str]:
    if stored.statuses != rebuilt.statuses:
        keys = stored.statuses.keys() | rebuilt.statuses.keys()
        for key in sorted(keys):
            if stored.statuses.get(key) != rebuilt.statuses.get(key):
                yield f"status {step} {key}"
    if stored.waiting != rebuilt.waiting:
        yield f"waiting {step}"
    if (stored.asked, stored.done) != (rebuilt.asked, rebuilt.done):
        yield f"counters {step}: {stored.done}/{stored.asked}, not {rebuilt.done}/{rebuilt.asked}"


def _key(event: CheckpointEvent) -> str:
    return key_of(event.checkpoint, event.subject, event.period)


def _group_state(pack: Pack, event: Event) -> GroupState | None:
    """Return what state the event gave the group, if it gave it any."""
    found: GroupState | None = None
    if isinstance(event, Settled) and event.address.question in pack.places:
        for then in pack.places[event.address.question].question.then:
            if isinstance(then, SetGroupState) and then.when_answer in (None, event.value):
                found = then.group_state
    return found


def _with_anonymous(item: Item, stored: Item) -> Item:
    texts = tuple(one for one in stored.contributions if one.by is None)
    return replace(item, contributions=(*item.contributions, *texts))
