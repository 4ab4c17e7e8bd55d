"""Answers that are given anew each time a checkpoint opens: which of them counts now."""

from collections.abc import Iterable, Sequence

from content.pack import Pack, Place
from content.schema.cycle import TimesPerYear
from dialogs.model.answers import Item
from dialogs.model.journey import Journey


def checkpoint_of(place: Place) -> str:
    """Return the checkpoint at which the question is put; "" for one that is put in steps alone."""
    return place.checkpoint or place.question.again or ""


def in_time(pack: Pack, checkpoint: str, period: str) -> tuple[str, int]:
    """Return what sorts the periods of one checkpoint: by the year, and within it as the windows stand in the pack."""
    when = pack.checkpoint_of[checkpoint].when if checkpoint in pack.checkpoint_of else None
    if isinstance(when, TimesPerYear):
        year, _, window = period.partition("-")
        order = [one.id for one in when.windows]
        return year, order.index(window) if window in order else -1
    return period, 0


def items_at(journey: Journey, question: str, period: str) -> tuple[Item, ...]:
    return tuple(item for item in journey.items_of(question) if item.address.period == period)


def items_now(pack: Pack, journey: Journey, question: str) -> Sequence[Item]:
    """Return the question's items that count now: of what was asked anew, each subject's newest that has an answer."""
    items = journey.items_of(question)
    checkpoint = checkpoint_of(pack.places[question]) if pack.cycle else ""
    return _newest(pack, checkpoint, items) if checkpoint else items


def _newest(pack: Pack, checkpoint: str, items: Iterable[Item]) -> Sequence[Item]:
    found: dict[str, Item] = {}
    for item in sorted(items, key=lambda item: in_time(pack, checkpoint, item.address.period)):
        if item.value is not None or item.address.subject not in found:
            found[item.address.subject] = item
    return tuple(found.values())
