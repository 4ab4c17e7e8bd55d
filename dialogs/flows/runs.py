"""Lets an exercise be held again: what the time before left lies aside, and stands again when the new one is broken off."""

from collections.abc import Iterator
from dataclasses import replace

from content.pack import Pack
from dialogs.events import ExerciseBrokenOff, ExerciseStarted
from dialogs.flows.position import page_with, step_of
from dialogs.model.answers import Item
from dialogs.model.changed import changed
from dialogs.model.exercise import EarlierRun, ExerciseRun
from dialogs.model.journey import Journey


def begun(pack: Pack, journey: Journey, event: ExerciseStarted) -> Journey:
    """Return the journey with the exercise on. Held again, it asks everything anew, or what it had come to."""
    first = pack.exercise_of[event.exercise].phases[0].id
    before = journey.exercises.get(event.exercise)
    run = ExerciseRun(event.exercise, event.held, first, event.at, event.pairs)
    if before is None:
        return journey.with_exercise(run)
    past = EarlierRun(replace(before, earlier=(), broken=None), journey.sequence)
    again = replace(run, number=before.number + 1, there=event.there, earlier=(*before.earlier, past))
    for item in _items(pack, journey, event.exercise):
        kept = item.aside if before.broken is not None else None
        journey = _with(pack, journey, _in_place_of(item, kept or Item(item.address)))
    return journey.with_exercise(again)


def broken_off(pack: Pack, journey: Journey, event: ExerciseBrokenOff) -> Journey:
    """Return the journey as if the exercise hadn't been started this time, with what was put in kept.

    The first time, the answers stay where they are. A later time, those of the time before stand again.
    """
    run = journey.exercises[event.exercise]
    if not run.earlier:
        left = {name: one for name, one in journey.exercises.items() if name != event.exercise}
        return changed(journey, exercises=left)
    for item in _items(pack, journey, event.exercise):
        before = item.aside or Item(item.address)
        journey = _with(pack, journey, _in_place_of(item, before))
    [*earlier, last] = run.earlier
    kept = replace(run, earlier=(), broken=None)
    return journey.with_exercise(replace(last.run, earlier=tuple(earlier), apart=event.added, broken=kept))


def _items(pack: Pack, journey: Journey, exercise: str) -> Iterator[Item]:
    """Yield what has been put in, but for anonymous texts: nobody can tell whose they are, so they stay.

    In an order that goes by nothing but the addresses: what the leader went on from waits in that order, too.
    """
    for question in pack.exercise_of[exercise].questions:
        if question.visibility != "anonymous":
            yield from sorted(journey.items_of(question.id), key=lambda item: item.address.key)


def _in_place_of(item: Item, other: Item) -> Item:
    """Return *other* where *item* lay, which lies aside. Neither a revision nor an edit is counted twice."""
    return changed(
        other, aside=changed(item, aside=None), revisions=max(item.revisions, other.revisions) + 1,
        answered_before=max(item.last_revision, other.last_revision),
    )  # fmt: skip


def _with(pack: Pack, journey: Journey, item: Item) -> Journey:
    step = step_of(pack, item.address)
    waiting = item.waiting and not item.done
    page = page_with(journey.page(step), item.address.key, item.status, waiting=waiting)
    return journey.with_item(item).with_page(step, page)
