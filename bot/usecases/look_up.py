"""Looks up what fits some words among all that was shared, beside the turns: a hundred thousand entries take their time.

A turn asks for what it needs. Where that isn't at hand, the turn ends with nothing written, what it asked for is looked
up by a unit of work that only reads, and the turn is taken once more with what was found.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from dialogs.hearing.hear import Commanded, hear
from dialogs.incoming import Incoming, Pressed, Said
from dialogs.model.sharing import Lent, Viewer
from dialogs.ports import UnitOfWork
from dialogs.search.corpus_parts import stems_of_parts, with_parts
from dialogs.search.kin import beginnings, with_kin
from dialogs.search.query import query_of, terms_in
from dialogs.search.ranking import ranked, worth_a_look

PRESSED = frozenset({"find-examples", "more-examples"})
SAID = frozenset({"find-examples", "example"})


@dataclass(frozen=True, slots=True)
class LookUp:
    """What fits *text* among the records of *registers* that the viewer may see: at most so many."""

    text: str
    language: str
    registers: frozenset[str]
    viewer: Viewer
    most: int


@dataclass(frozen=True, slots=True)
class Fit:
    """A record that fits, and by which of its terms: what tells the most first."""

    record: str
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LookLent:
    """What others share with the viewer of *registers*, as far as it is read for a document."""

    registers: frozenset[str]
    viewer: Viewer


Fits = Sequence[Fit]
Wanted = LookUp | LookLent
Found = Mapping[Wanted, Fits | Lent]
NOTHING_FOUND: Found = {}
MOST_LENT = 500
"""So many, the newest, are read of what others share."""


class LookFirst(Exception):  # noqa: N818 - no error: what is to be looked up before it can be done
    """Raised by what needs something looked up. Nothing of it has happened then."""

    def __init__(self, *wanted: Wanted) -> None:
        super().__init__("to be looked up first")
        self.wanted = wanted


def fitting(found: Found, *wanted: LookUp) -> Sequence[Fits]:
    """Return what was found, for each that is *wanted*. Raises ``LookFirst`` where one hasn't been looked up."""
    missing = [one for one in wanted if one not in found]
    if missing:
        raise LookFirst(*missing)
    return [cast(Fits, found[one]) for one in wanted]


def lent_among(found: Found, wanted: LookLent) -> Lent:
    """Return what others lend. Raises ``LookFirst`` where that hasn't been looked up."""
    if wanted not in found:
        raise LookFirst(wanted)
    return cast(Lent, found[wanted])


def look_up(wanted: Iterable[Wanted], *, uow: UnitOfWork) -> Found:
    """Return what fits each, the best first; or what is lent. It only reads."""
    with uow:
        return {one: _fits(one, uow) if isinstance(one, LookUp) else look_lent(one, uow) for one in wanted}


def look_lent(wanted: LookLent, uow: UnitOfWork) -> Lent:
    return uow.shares.lent(wanted.registers, wanted.viewer, MOST_LENT)


def will_look(incoming: Incoming, *, uow: UnitOfWork) -> bool:
    """Say whether the turn will surely ask for something to be looked up."""
    match incoming.what:
        case Said(text=text):
            heard = hear(text)
            return isinstance(heard, Commanded) and heard.command in SAID and bool(heard.rest)
        case Pressed(button=button):
            with uow:
                stored = uow.buttons.get(button)
            return stored is not None and stored.press.action in PRESSED
        case _:
            return False


def _fits(wanted: LookUp, uow: UnitOfWork) -> Fits:
    query = query_of(wanted.text, wanted.language)
    counts = uow.search.counts((*terms_in(query), *stems_of_parts(query, wanted.language)))
    query = with_parts(query, counts, wanted.language)
    query = with_kin(query, uow.search.beginning(beginnings(query)))
    counts = uow.search.counts(terms_in(query))
    clauses = worth_a_look(query, counts)
    candidates = uow.search.having(clauses, registers=wanted.registers, viewer=wanted.viewer)
    hits = ranked(query, candidates, counts, most=wanted.most)
    return tuple(Fit(hit.candidate.record, hit.by) for hit in hits)
