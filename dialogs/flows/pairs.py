"""Draws pairs: the same draw from the same seed, across the two parties as far as they go, three where it is odd."""

from collections.abc import Sequence
from hashlib import sha256

from content.pack import Pack
from dialogs.flows.rights import participants, side_of
from dialogs.model.exercise import Pairs
from dialogs.model.journey import Journey
from dialogs.model.people import Member, PersonId

FEWEST = 2


def drawn(pack: Pack, journey: Journey, seed: str, *, without: Sequence[PersonId] = ()) -> Pairs:
    """Return pairs of those who take part, but for *without*; nothing where fewer than two are left."""
    there = [one for one in participants(pack, journey) if one.person.id not in without]
    lots = [sha256(f"{seed}|{place}".encode()).digest() for place in range(len(there))]
    order = [member for _, member in sorted(zip(lots, there, strict=True), key=lambda drawn: drawn[0])]
    if len(order) < FEWEST:
        return ()
    people = _across(pack, order)
    pairs = [tuple(people[at : at + 2]) for at in range(0, len(people) - 1, 2)]
    if len(people) % 2:
        pairs[-1] = (*pairs[-1], people[-1])
    return tuple(pairs)


def _across(pack: Pack, order: Sequence[Member]) -> list[PersonId]:
    """Return the people so that neighbours two by two come from different parties, as far as there are any."""
    sides: dict[str, list[PersonId]] = {"employer": [], "employees": [], "": []}
    for member in order:
        sides[side_of(pack, member)].append(member.person.id)
    first, second, neither = sides["employer"], sides["employees"], sides[""]
    few = min(len(first), len(second))
    mixed = [person for pair in zip(first[:few], second[:few], strict=True) for person in pair]
    return [*mixed, *first[few:], *second[few:], *neither]
