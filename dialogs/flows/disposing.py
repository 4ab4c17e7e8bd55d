"""Says which texts a settled answer can do without, and what stands in the journal in their place."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from content.pack import Pack
from dialogs.events import Contributed, Drafted, Event, TextDisposed, VersionChanged
from dialogs.flows.versions import moved, replayed
from dialogs.model.answers import Address, Item
from dialogs.model.changed import changed
from dialogs.model.disposal import Why
from dialogs.model.journey import Journey

IN_OWN_WORDS = frozenset({"text", "list"})
"""The kinds of question whose settled answer says it all. Of the others the contributions are counted or shown."""

Texts = Mapping[int, Contributed | Drafted]
"""Events with somebody's words, by their number in the journal."""


def why_kept(pack_of: Callable[[str], Pack], version: str, item: Item) -> Why | None:
    """Return why the item's contributions stay, whatever time has passed; None when the answer can do without."""
    address = item.address.as_asked
    place = pack_of(item.address.asked_last_in or version).places.get(address.question)
    if item.status != "settled" or item.in_round or item.answer is None:
        return "under-way"
    if place is None or place.question.kind not in IN_OWN_WORDS:
        return "is-the-answer"
    if place.question.who == "each" or place.exercise or item.answer.how == "collected":
        return "is-the-answer"
    return None


def texts_of(
    pack_of: Callable[[str], Pack], journey: Journey, events: Iterable[Event]
) -> Mapping[Address, Texts]:
    """Return the texts that led to each answer, by the address where the answer lies now.

    *journey* is empty, and *events* are all of its journal, from the first.
    """
    every = tuple(events)
    found: dict[Address, dict[int, Contributed | Drafted]] = {}
    if not any(isinstance(event, VersionChanged) for event in every):
        for number, event in enumerate(every, start=1):
            _note(found, number, event)
        return found
    for number, (pack, before, event, _) in enumerate(replayed(pack_of, journey, every), start=1):
        if isinstance(event, VersionChanged):
            moves = moved(pack_of(event.before), pack, before)
            there: dict[Address, dict[int, Contributed | Drafted]] = {}
            for address, texts in found.items():
                there.setdefault(moves.get(address, address), {}).update(texts)
            found = there
        _note(found, number, event)
    return found


def up_to(texts: Texts, at: datetime) -> tuple[int, ...]:
    """Return the numbers of those that had been said when the answer was settled."""
    return tuple(number for number, event in sorted(texts.items()) if event.at <= at)


def disposed(event: Contributed | Drafted, decision: str) -> TextDisposed:
    """Return what stands in the journal instead: who and when, and nothing of what was said."""
    if isinstance(event, Drafted):
        return TextDisposed(by=event.by, at=event.at, was="drafted", address=event.address, decision=decision)
    return TextDisposed(
        by=event.by, at=event.at, was="contributed", address=event.address, decision=decision,
        id=event.id, replaces=event.replaces, person=event.person,
    )  # fmt: skip


def without(item: Item, gone: Iterable[TextDisposed]) -> Item:
    """Return the item without the contributions that stand for *gone*, and without any that has no name."""
    ids = {one.id for one in gone if one.was == "contributed"}
    left = tuple(one for one in item.contributions if one.by is not None and one.id not in ids)
    return changed(item, contributions=left)


def _note(found: dict[Address, dict[int, Contributed | Drafted]], number: int, event: Event) -> None:
    if isinstance(event, Drafted) or (isinstance(event, Contributed) and event.person is not None):
        found.setdefault(event.address, {})[number] = event
