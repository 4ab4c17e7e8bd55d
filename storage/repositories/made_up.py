"""Takes away an organisation that somebody made up to practise: its group, units and bodies, when nothing lives there."""

from sqlalchemy import delete, select, update

from storage.tables import journeys, people
from storage.tables.base import table
from storage.transaction import Transaction

_organisation = table(people.Organisation)
_admin = table(people.Admin)
_journey = table(journeys.JourneyHead)
_room = table(people.Room)
_parts = [table(row) for row in (people.Membership, people.WorkingGroup, people.Unit, people.Body)]


def remove(tx: Transaction, organisation: str) -> None:
    """Remove *organisation* with all its parts; one that has an admin or a journey is real, and stays."""
    for lives in (_admin, _journey):
        if tx.value(select(lives.c.organisation).where(lives.c.organisation == organisation).limit(1)):
            return
    tx.run(update(_room).where(_room.c.organisation == organisation).values(organisation=None))
    for part in _parts:
        tx.run(delete(part).where(part.c.organisation == organisation))
    tx.run(delete(_organisation).where(_organisation.c.id == organisation))
