"""Puts off what somebody wants to hear of on another day: it comes back on that day, to that person only, once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from dialogs.calendar.workdays import WorkDays, day_for
from dialogs.model.occurrence import Occurrence
from dialogs.model.people import PersonId
from dialogs.model.terms import PutOff, Terms

LATER = "later"
"""The step of a thing that comes back because somebody asked for it."""

_UP_THE_LADDER = ("leader", "coach")


def with_put_off(
    planned: Sequence[Occurrence], wishes: Iterable[PutOff], terms: Mapping[PersonId, Terms], work: WorkDays
) -> tuple[Occurrence, ...]:
    """Return what is *planned*, with each thing that is put off coming on its day, and not before it.

    That others have been told meanwhile is said all the same. A wish about what isn't theirs any more, or is closed,
    comes to nothing.
    """
    wished = {(one.person, one.about): one.day for one in wishes}
    if not wished:
        return tuple(planned)
    found = [one for one in planned if not _waits(one, wished)]
    said = {(one.recipient, one.about): one for one in reversed(planned)}
    for (person, about), day in wished.items():
        like = said.get((person, about))
        if like is not None:
            on = day_for(terms.get(person, Terms()), day, work)
            found.append(replace(like, slot=f"{day}/{LATER}", day=on, last=None))
    return tuple(found)


def is_put_off(one: Occurrence) -> bool:
    """Say whether it comes because the person asked for it."""
    return one.slot.rpartition("/")[2] == LATER


def day_asked_for(one: Occurrence) -> date:
    """Return the day that the person asked for; it may have been a closed one."""
    return date.fromisoformat(one.slot.rpartition("/")[0])


def _waits(one: Occurrence, wished: Mapping[tuple[PersonId, str], date]) -> bool:
    day = wished.get((one.recipient, one.about))
    return day is not None and one.day < day and one.slot.rpartition("/")[2] not in _UP_THE_LADDER
