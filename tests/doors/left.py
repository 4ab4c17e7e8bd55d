"""What a journey left in the database, told so that it can be compared."""

from collections.abc import Mapping
from typing import Any

from bot.usecases.rebuild import check
from bot.wiring import World
from dialogs.ports import UnitOfWork
from tests.proof.telling import told


def left_by(world: World) -> Mapping[str, Any]:
    """Return what the journey came to, without ids and times; and see that it is whole."""
    left = told_by(world.uow())
    with world.uow() as uow:
        refs = uow.journeys.all()
    assert [check(one.id, uow=world.uow(), shelf=world.shelf) for one in refs] == [[] for _ in refs]
    return left


def told_by(uow: UnitOfWork) -> Mapping[str, Any]:
    """Return the same, without a look at whether it is whole."""
    with uow:
        assert uow.inbox.undone() == []
        assert uow.audit.verify() > 0
        [ref] = [ref for ref in uow.journeys.all() if not ref.practice]
        journey, events = uow.journeys.whole(ref.id), list(uow.journeys.events(ref.id))
    return told(journey, events, ())
