"""``metodcoach pack upgrade``: which groups could go over to a method's newest version, and what it would change."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.call import Call
from bot.usecases.versions import Offer, ask_leaders, behind, offered
from dialogs.reports.version_messages import difference_message

if TYPE_CHECKING:
    from bot.wiring import World
    from dialogs.ports import JourneyRef


def upgrade(call: Call, id: str, group: str, *, ask: bool) -> None:
    """Print, for each group on an older version, what the newest would change; with *ask*, put it to whoever leads."""
    with call.world() as world:
        refs = _groups(world, id)
        named = [one for one in refs if one.group_name.casefold() == group.casefold()] if group else refs
        if group and not named:
            call.refuse(
                "upgrade-group-unknown", group=group, known=", ".join(one.group_name for one in refs) or "-"
            )
        if not named:
            call.say("upgrade-none", id=id)
        asked = sum(_one(call, world, ref, whole=bool(group), ask=ask) for ref in named)
        if ask and named:
            call.say("upgrade-asked", n=asked)


def _groups(world: "World", id: str) -> Sequence["JourneyRef"]:
    """Return the journeys with the method whose version isn't the newest on offer."""
    newest = next((one for one in world.shelf.newest() if one.id == id), None)
    with world.looking() as uow:
        return behind(uow.journeys.all(), newest) if newest is not None else ()


def _one(call: Call, world: "World", ref: "JourneyRef", *, whole: bool, ask: bool) -> int:
    """Tell of one group; return how many have been asked."""
    with world.looking() as uow:
        made = offered(
            ref.id, uow=uow, shelf=world.shelf, book=world.book, clock=world.clock, language=call.language
        )
    if made is None:
        return 0
    call.print(_line(call, ref, made))
    if whole:
        call.print(difference_message(made.teller(world.book, call.language), made.found, leads=False).text)
    if not ask:
        return 0
    return ask_leaders(ref.id, uow=world.uow(), shelf=world.shelf, book=world.book, clock=world.clock)


def _line(call: Call, ref: "JourneyRef", made: Offer) -> str:
    found = made.found
    return call.text(
        "upgrade-line", group=ref.group_name, organisation=made.before.organisation_name, before=found.before,
        after=found.after, along=found.along, anew=found.anew, aside=found.aside,
    )  # fmt: skip
