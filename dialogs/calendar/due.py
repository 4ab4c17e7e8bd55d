"""Sorts what is due: said now, left for a better moment, or skipped because it has lost its meaning."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Literal

from dialogs.calendar.ladder import height
from dialogs.calendar.moments import day_of
from dialogs.calendar.workdays import WorkDays
from dialogs.model.occurrence import Occurrence
from dialogs.model.people import PersonId
from dialogs.model.terms import Terms

Why = Literal["past its meaning", "a newer one took its place", "no longer wanted", "nothing to say"]


@dataclass(frozen=True, slots=True)
class Sorted:
    """What is to be said now, and what never will be, with the reason. The rest waits."""

    say: tuple[Occurrence, ...]
    skip: tuple[tuple[Occurrence, Why], ...]


def may_hear(now: datetime, terms: Terms, work: WorkDays) -> bool:
    """Say whether *now* is a moment to be reminded: worked, by day, and the person is there."""
    here = now.astimezone(terms.zone)
    day = here.date()
    return not (work.is_closed(day) or terms.is_away(day) or terms.quiet.cover(here.time()))


def sorted_out(
    due: Iterable[Occurrence], wanted: Iterable[str], now: datetime, terms: Mapping[PersonId, Terms], work: WorkDays
) -> Sorted:  # fmt: skip
    """Return what to do with what is *due*. *wanted* are the keys that still stand; the newest of a thing is said."""
    stand = frozenset(wanted)
    say: list[Occurrence] = []
    skip: list[tuple[Occurrence, Why]] = []
    in_order = sorted(due, key=lambda one: (_thing(one), one.day, height(one.slot), one.key))
    for _, group in groupby(in_order, key=_thing):
        of_one_thing = list(group)
        meant = [one for one in of_one_thing if one.key in stand]
        skip += [(one, "no longer wanted") for one in of_one_thing if one.key not in stand]
        if not meant:
            continue
        own = terms.get(meant[0].recipient, Terms())
        today = day_of(now, own.zone)
        skip += [(one, "past its meaning") for one in meant if one.last is not None and one.last < today]
        fresh = [one for one in meant if one.last is None or one.last >= today]
        if fresh and may_hear(now, own, work):
            skip += [(one, "a newer one took its place") for one in fresh[:-1]]
            say.append(fresh[-1])
    return Sorted(tuple(say), tuple(skip))


def by_recipient(said: Sequence[Occurrence]) -> Mapping[PersonId, tuple[Occurrence, ...]]:
    """Return each person's things, in the order in which they fell due: they come as one message."""
    found: dict[PersonId, list[Occurrence]] = {}
    for one in sorted(said, key=lambda one: (one.day, one.key)):
        found.setdefault(one.recipient, []).append(one)
    return {person: tuple(things) for person, things in found.items()}


def _thing(one: Occurrence) -> tuple[str, str, str]:
    return (one.recipient, one.rule, one.about)
