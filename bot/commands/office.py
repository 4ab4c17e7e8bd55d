"""What the commands that organise share: one short transaction beside whoever serves, names put right, kind refusals."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from bot.call import Call, Slip
from dialogs.model.problem import Problem

if TYPE_CHECKING:
    from bot.usecases.office import Office
    from bot.wiring import World

TRIES = 5  # of a change that somebody else's writing got in the way of
LONGEST_NAME = 120

Organisation = Annotated[str, typer.Option("--organisation", metavar="ORG")]
Done = TypeVar("Done")


def at_office(call: Call, act: Callable[["Office"], None]) -> None:
    """Let *act* happen in one transaction; again when a conversation wrote the same journey in between."""
    from bot.usecases.office import Office
    from storage.errors import Conflict

    with call.world() as world:
        for left in reversed(range(TRIES)):
            try:
                with world.uow() as uow:
                    office = Office(uow, world.shelf, world.clock, world.ids, world.book, call.language)
                    act(office)
                    office.close()
            except Conflict:
                if not left:
                    raise
            else:
                plan_the_marked(world)
                return


def plan_the_marked(world: "World") -> None:
    """Plan each journey whose days have changed anew, in a transaction of its own."""
    from bot.usecases.plan import marked, replan_one
    from storage.errors import Conflict

    uow = world.uow()
    for journey in marked(uow=uow):
        try:
            replan_one(journey, uow=uow, shelf=world.shelf, clock=world.clock, book=world.book)
        except Conflict:
            continue  # whoever serves has it in hand, or plans it at its next look


def right(call: Call, done: Done | Problem) -> Done:
    """Return what was done, or say kindly why it can't be."""
    if isinstance(done, Problem):
        raise Slip(call.text(done.key, **done.args))
    return done


def tidy(call: Call, name: str) -> str:
    """Return the name on one line with single spaces; what can't be a name is refused."""
    from dialogs.values.reading import clean

    said = clean(name)
    if isinstance(said, Problem) or len(said) > LONGEST_NAME:
        call.refuse("command-name", most=LONGEST_NAME, wrong_use=True)
    return " ".join(said.split())


def home_of(call: Call, world: "World", name: str) -> str:
    """Return the id of the organisation with the name; without a name, of the only one there is."""
    from bot.usecases.office import Office

    with world.looking() as uow:
        office = Office(uow, world.shelf, world.clock, world.ids, world.book, call.language)
        return right(call, office.organisation(name))
