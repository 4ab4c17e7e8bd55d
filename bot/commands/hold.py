"""``metodcoach disposal hold``: what may not be disposed of for now, and why."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from bot.call import Call
from bot.commands.office import Organisation, at_office, home_of, right, tidy
from dialogs.model.disposal import Scope
from dialogs.model.problem import Problem

if TYPE_CHECKING:
    from bot.usecases.office import Office
    from dialogs.ports import UnitOfWork

By = Annotated[str, typer.Option("--by", metavar="NAME")]


@dataclass(frozen=True)
class HoldCommands:
    call: Call

    def app(self) -> typer.Typer:
        app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
        app.command("add", help=self.call.text("help-disposal-hold-add"))(self.add)
        app.command("list", help=self.call.text("help-disposal-hold-list"))(self.list)
        app.command("remove", help=self.call.text("help-disposal-hold-remove"))(self.remove)
        return app

    def add(
        self,
        reason: Annotated[str, typer.Option("--reason", metavar="TEXT")] = "",
        by: By = "",
        group: Annotated[str, typer.Option("--group", metavar="GROUP")] = "",
        person: Annotated[str, typer.Option("--person", metavar="PERSON")] = "",
        organisation: Organisation = "",
    ) -> None:
        if not reason or not by or (group and person):
            self.call.refuse("disposal-hold-how", wrong_use=True)
        why, who = tidy(self.call, reason), tidy(self.call, by)
        made: list[tuple[int, str]] = []

        def act(office: "Office") -> None:
            home = right(self.call, office.organisation(organisation))
            scope, about, name = right(self.call, _held(office, home, group, person))
            number = office.uow.disposals.hold(home, scope, about, reason=why, by=who, at=office.clock.now())
            office.note("disposal-held", home, f"{number} {scope} {about}")
            made.append((number, name))

        at_office(self.call, act)
        number, name = made[-1]
        self.call.say("disposal-held", n=number, name=name)

    def list(self, organisation: Organisation = "") -> None:
        with self.call.world() as world:
            home = home_of(self.call, world, organisation)
            with world.looking() as uow:
                holds = uow.disposals.holds(home)
                names = {one.number: _name(uow, home, one.scope, one.about) for one in holds}
        for one in holds:
            self.call.say(
                "disposal-hold", n=one.number, name=names[one.number], reason=one.reason, by=one.by, day=one.at.date()
            )  # fmt: skip
        if not holds:
            self.call.say("disposal-no-holds")

    def remove(
        self,
        number: Annotated[int, typer.Argument(metavar="NUMBER")],
        by: By = "",
        organisation: Organisation = "",
    ) -> None:
        if not by:
            self.call.refuse("disposal-lift-how", wrong_use=True)
        who = tidy(self.call, by)

        def act(office: "Office") -> None:
            home = right(self.call, office.organisation(organisation))
            if not office.uow.disposals.lift(home, number, by=who, at=office.clock.now()):
                self.call.refuse("disposal-no-such-hold", n=number)
            office.note("disposal-hold-lifted", home, str(number))

        at_office(self.call, act)
        self.call.say("disposal-lifted", n=number)


def _held(office: "Office", organisation: str, group: str, person: str) -> tuple[Scope, str, str] | Problem:
    """Return what is to be held: its kind, its id and its name."""
    if group:
        found = office.group(organisation, group)
        return found if isinstance(found, Problem) else ("group", found.group, found.group_name)
    if person:
        people = office.uow.people.named(person, organisation)
        if len(people) != 1:
            return Problem("admin-several" if people else "command-nobody", {"name": person})
        return "person", str(people[0].id), people[0].name
    return "organisation", organisation, office.uow.organisations.name(organisation)


def _name(uow: "UnitOfWork", organisation: str, scope: Scope, about: str) -> str:
    """Return the name of what is held; its id where nobody has a name for it any more."""
    if scope == "organisation":
        return uow.organisations.name(about)
    if scope == "person":
        person = uow.people.get(about)
        return person.name if person is not None else about
    refs = [one for one in uow.journeys.of_group(about) if one.organisation == organisation]
    return refs[0].group_name if refs else about
