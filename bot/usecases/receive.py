"""Stores what came in, before anybody is told that it arrived."""

from dialogs.incoming import Incoming
from dialogs.ports import UnitOfWork


def receive(incoming: Incoming, *, uow: UnitOfWork) -> int | None:
    """Return the number of the turn that is to be taken; None when this very event is stored already."""
    with uow:
        turn = uow.inbox.store(incoming)
        uow.commit()
    return turn
