"""Lets a journey go on with another version of its method: every answer comes along, or lies aside and can come back."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from content.pack import Pack
from content.shapes import shape_of
from dialogs.events import Event, VersionChanged
from dialogs.flows.fold import happen
from dialogs.flows.periods import checkpoint_of
from dialogs.flows.position import recounted, step_of
from dialogs.flows.pulse import carried_over
from dialogs.flows.rights import leads
from dialogs.model.answers import Address, Draft, Item
from dialogs.model.changed import changed
from dialogs.model.journey import Journey, Page
from dialogs.model.problem import Problem
from dialogs.time import local_day


def against_change(old: Pack, new: Pack, journey: Journey, by: str) -> Problem | None:
    """Return why the journey can't go on with *new*, or None when nothing stands against it."""
    if journey.state == "closed":
        return Problem("journey-is-closed")
    if journey.roster.member(by) is None:
        return Problem("not-a-member", {"group": journey.group_name})
    if not leads(old, journey, by):
        return Problem("only-leader")
    if new.version == journey.version:
        return Problem("version-is-here", {"version": new.version})
    return None


def went_over(old: Pack, new: Pack, journey: Journey, event: VersionChanged) -> Journey:
    """Return the journey, which is whole, with *new* instead of *old*.

    An answer whose question has the same shape in both comes along as it is, under the question's present id. Any
    other is retired: it lies at an address of its own until a version asks for it again. A checkpoint that *new* doesn't
    have is open no longer.
    """
    moves = moved(old, new, journey)
    items: dict[Address, Item] = {}
    retired: dict[Address, Item] = {}
    for address, item in (*journey.items.items(), *journey.retired.items()):
        to = moves[address]
        if not to.asked_last_in:
            items[to] = _with_names(changed(item, address=to, retired_as=""), old, new)
        elif address.asked_last_in:
            retired[to] = item
        else:
            retired[to] = changed(item, address=to, retired_as=_shape(old, address))
    for key, value in event.drafts.items():
        anew = Address.of(key)
        items[anew] = changed(items.get(anew) or Item(anew), draft=Draft(value, event.by, event.at))
    runs = {name: run for name, run in journey.exercises.items() if name in new.exercise_of}
    opened = tuple(one for one in journey.checkpoints if one.checkpoint in new.checkpoint_of)
    after = changed(
        journey, version=new.version, items=items, retired=retired, read=frozenset(), exercises=runs,
        own_registers=new.own_registers, checkpoints=opened,
    )  # fmt: skip
    pulse = carried_over(journey.pulse, moves)
    after = changed(after, pages=_pages(old, new, journey, after), pulse=pulse)
    for step in new.steps:
        after = recounted(new, after, step.id, today=local_day(event.at))
    return after.counted()


def moved(old: Pack, new: Pack, journey: Journey) -> Mapping[Address, Address]:
    """Return where each answer of *journey*, which is whole, lies with *new*; what it doesn't ask for is retired."""
    found = {address: carried(old, new, address) or address.retired(old.version) for address in journey.items}
    taken = set(found.values())
    for address, item in journey.retired.items():
        back = address.as_asked
        free = back not in taken and _is_asked_for(new, back, item.retired_as)
        found[address] = back if free else address
    return found


def carried(old: Pack, new: Pack, address: Address) -> Address | None:
    """Return where *address* of *old* lies in *new*; None when its answer doesn't come along as it is."""
    taker = taken_by(old, new, address.question)
    if taker is None:
        return None
    to = address._replace(question=taker)
    return to if _is_asked_for(new, to, _shape(old, address)) else None


def taken_by(old: Pack, new: Pack, question: str) -> str | None:
    """Return what *new* calls the question of *old*, whichever of the two is the later; None when it doesn't ask it."""
    if question in new.places:
        return question
    if question in new.now_called:
        return new.now_called[question]
    earlier = old.places[question].question.was if question in old.places else ()
    return next((one for one in earlier if one in new.places), None)


def replayed(
    pack_of: Callable[[str], Pack], journey: Journey, events: Iterable[Event]
) -> Iterator[tuple[Pack, Journey, Event, Journey]]:
    """Let *events* happen to *journey*, which is empty; yield the pack, and the journey before and after each.

    *pack_of* gives a version of the journey's method. A change of version is yielded with the pack after it.
    """
    every = tuple(events)
    first = next((one.before for one in every if isinstance(one, VersionChanged)), journey.version)
    pack = pack_of(first)
    journey = changed(journey, version=first)
    for event in every:
        before = journey
        if isinstance(event, VersionChanged):
            old, pack = pack, pack_of(event.to)
            journey = went_over(old, pack, before, event)
        else:
            journey = happen(pack, before, event)
        yield pack, before, event, journey


def _shape(pack: Pack, address: Address) -> str:
    """Return the shape of what lies at the address; "" where the pack has no such question."""
    place = pack.places.get(address.question)
    if place is None:
        return ""
    return f"{shape_of(place)} again {checkpoint_of(place)}" if address.period else shape_of(place)


def _is_asked_for(pack: Pack, address: Address, shape: str) -> bool:
    """Say whether *pack* has a question for the address, and one of that shape."""
    if not shape or _shape(pack, address) != shape:
        return False
    gate = pack.places[address.question].at_every_gate
    return not gate or address.subject.removeprefix("step:") in pack.step_of


def _with_names(item: Item, old: Pack, new: Pack) -> Item:
    """Return the item marked for what *new* calls the question that was changed; unmarked when nobody asks it."""
    review = taken_by(old, new, item.review) or "" if item.review else ""
    return item if review == item.review else changed(item, review=review)


def _pages(old: Pack, new: Pack, before: Journey, after: Journey) -> dict[str, Page]:
    """Return every page anew: a question may stand in another step now."""
    statuses: dict[str, dict[str, str]] = {key: {} for key in before.pages if key not in old.step_of}
    for address, item in after.items.items():
        page = statuses.setdefault(step_of(new, address), {})
        if item.status != "open":
            page[address.key] = item.status
    waiting: dict[str, list[str]] = {}
    for key in (key for page in before.pages.values() for key in page.waiting):
        to = carried(old, new, Address.of(key))
        if to is not None and after.item(to).waiting and not after.item(to).done:
            waiting.setdefault(step_of(new, to), []).append(to.key)
    return {key: Page(kept, tuple(waiting.get(key, ()))) for key, kept in statuses.items()}
