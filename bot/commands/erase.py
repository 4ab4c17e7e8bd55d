"""``metodcoach person erase``: what erasing somebody comes to, and doing it when that has been read."""

from collections.abc import Callable, Sequence
from shlex import quote
from typing import TYPE_CHECKING, TypeVar

from bot.call import Call
from bot.commands.office import TRIES, home_of, right
from bot.disposal_view import decision_number, tell_wiped
from dialogs.model.erasure import PARTS, Erasure

if TYPE_CHECKING:
    from bot.usecases.erasing import Erasing
    from bot.usecases.office import Office
    from bot.wiring import World
    from dialogs.ports import UnitOfWork

SHOWN = 40  # places where a name stands
Done = TypeVar("Done")


def erase(call: Call, name: str, organisation: str, also: Sequence[str], *, decision: str, plan: str) -> None:
    """Show what it comes to; with the *plan* that was shown, do it. A *decision* takes contributions along."""
    number = decision_number(call, decision) if decision else ""
    with call.world() as world:
        home, erasing = home_of(call, world, organisation), erasing_in(call, world)
        shown = right(call, erasing.plan(home, name, also, texts=bool(number)))
        if shown.holds:
            for hold in shown.holds:
                call.say("erase-held", n=hold.number, reason=hold.reason, by=hold.by, day=hold.at.date())
            call.refuse("erase-blocked", name=shown.name)
        if plan and plan != shown.checksum:
            call.refuse("erase-changed", said=plan, checksum=shown.checksum)
        _show(call, shown)
        if not plan:
            more = f" --decision {quote(decision)}" if decision else ""
            where = f" --organisation {quote(organisation)}" if organisation else ""
            command = f"metodcoach person erase {quote(name)}{where}{more} --plan {shown.checksum}"
            call.say("erase-to-do", command=command)
            call.refuse("erase-plan-first")
        if not erasing.erase(shown, number):
            call.refuse("erase-blocked", name=shown.name)
    call.print("")
    call.say("erase-done", name=shown.name)
    from storage.wiping import wipe

    with call.kindly():
        tell_wiped(call, wipe(call.settings.database_url))


def erasing_in(call: Call, world: "World") -> "Erasing":
    from bot.usecases.erasing import Erasing
    from bot.usecases.office import Office
    from storage.errors import Conflict

    def office(uow: "UnitOfWork") -> "Office":
        return Office(uow, world.shelf, world.clock, world.ids, world.book, call.language)

    def do(act: "Callable[[UnitOfWork], Done]") -> Done:
        for left in reversed(range(TRIES)):
            try:
                with world.uow() as uow:
                    done = act(uow)
                    uow.commit()
                    return done
            except Conflict:
                if not left:
                    raise
        raise AssertionError("the last try returns or raises")

    return Erasing(office, world.looking, do)


def _show(call: Call, shown: Erasure) -> None:
    call.say("erase-plan", name=shown.name, becomes=shown.becomes)
    call.print("")
    call.say("erase-goes")
    call.print(f"  {call.text('erase-accounts', n=shown.accounts)}")
    for part in PARTS:
        if many := shown.parts.get(part):
            call.print(f"  {call.text(f'erase-part-{part}')}: {many}")
    if shown.texts:
        call.print(f"  {call.text('disposal-kind-contributions')}: {sum(one.texts for one in shown.texts)}")
    call.print("")
    call.say("erase-stays")
    call.print("")
    if not shown.mentions:
        call.say("erase-no-mentions")
    else:
        call.say("erase-mentions", n=len(shown.mentions))
        for one in shown.mentions[:SHOWN]:
            where = ", ".join(part for part in (one.group, one.place) if part)
            call.print(f"  {call.text(f'erase-place-{one.kind}')}: {where}")
        if len(shown.mentions) > SHOWN:
            call.print(f"  {call.text('erase-more', n=len(shown.mentions) - SHOWN)}")
    if shown.unreadable:
        call.say("erase-unreadable", n=shown.unreadable)
    call.say("erase-not-found")
