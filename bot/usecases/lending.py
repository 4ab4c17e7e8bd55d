"""Has at hand what others share, for the documents that show it: beside a turn, or where nothing is written anyway."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from bot.usecases.borders import Place
from bot.usecases.look_up import LookLent, lent_among, look_lent
from bot.usecases.turn import Turn
from content.schema.files import Document
from dialogs.flows.sharing import as_lent
from dialogs.model.borders import Borders
from dialogs.model.journey import Journey
from dialogs.model.sharing import Lent, Viewer
from dialogs.ports import UnitOfWork
from dialogs.reports.lent_parts import lent_registers
from dialogs.wording.teller import Teller


def with_lent(
    teller: Teller, documents: Iterable[Document], *, uow: UnitOfWork, borders: Borders, person: str = ""
) -> Teller:
    """Return the teller that knows what others share of what the documents show, read at once.

    *person* is for whom they are made; "" for whoever has a shell. *uow* only reads.
    """
    registers = lent_registers(documents)
    if not registers:
        return teller
    viewer = _viewer(teller.journey, person, borders, uow, teller.today)
    return _knowing(teller, look_lent(LookLent(registers, viewer), uow))


def with_lent_in(turn: Turn, teller: Teller, document: Document) -> Teller:
    """The same in a turn. Raises ``LookFirst`` where it is to be looked up first: many may share much."""
    registers = lent_registers([document])
    if not registers:
        return teller
    viewer = _viewer(teller.journey, turn.person.id, turn.borders, turn.uow, turn.today)
    found = lent_among(turn.found, LookLent(registers, viewer))
    return _knowing(teller, turn.uow.shares.still_lent(found, registers, viewer))


def _viewer(journey: Journey, person: str, borders: Borders, uow: UnitOfWork, today: date) -> Viewer:
    """Return for whom is looked: only what may be met where the group talks, and wherever the person has an account."""
    room = uow.journeys.room(journey.id)
    places: list[Place] = [(room.door, room.tenant)] if room is not None else []
    places += [(one.door, one.tenant) for one in uow.people.accounts_of(person)] if person else []
    bordered = [one for one in dict.fromkeys(places) if borders.are_at(*one)]
    within = None
    if bordered:
        names = uow.organisations.all()
        within = tuple(id for id, name in names if all(borders.allow(*one, name) for one in bordered))
    return Viewer(journey.group, journey.organisation, today, within)


def _knowing(teller: Teller, lent: Lent) -> Teller:
    """Keep of each record only what goes along."""
    registers = teller.pack.registers
    kept = (replace(one, record=as_lent(registers[one.record.register], one.record)) for one in lent.records)
    return replace(teller, lent=Lent(tuple(kept), lent.left))
