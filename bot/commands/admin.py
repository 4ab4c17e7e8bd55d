"""``metodcoach admin``: the first people who may look after an organisation, and codes that tie their accounts."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated

import typer

from bot.call import Call

CODE_DAYS = 7
Name = Annotated[str, typer.Argument(metavar="NAME")]
OrganisationName = Annotated[str, typer.Option("--organisation", metavar="ORG")]


@dataclass(frozen=True)
class AdminCommands:
    call: Call

    def app(self) -> typer.Typer:
        app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
        app.command("add", help=self.call.text("help-admin-add"))(self.add)
        app.command("invite", help=self.call.text("help-admin-invite", days=CODE_DAYS))(self.invite)
        return app

    def add(self, name: Name, organisation: OrganisationName) -> None:
        tidy, owner = " ".join(name.split()), " ".join(organisation.split())
        if not tidy or not owner:
            self.call.refuse("admin-empty", wrong_use=True)
        with self.call.world() as world, world.uow() as uow:
            now = world.clock.now()
            home = uow.organisations.named(owner) or uow.organisations.add(owner)
            people = uow.people.named(tidy, home) or uow.people.named(tidy, None)
            if len(people) > 1:
                self.call.refuse("admin-several", name=tidy)
            person = people[0] if people else uow.people.add(tidy)
            if uow.organisations.is_admin(home, person.id):
                self.call.say("admin-already", name=person.name, organisation=owner)
                return
            uow.organisations.add_admin(home, person.id)
            uow.audit.note("admin-added", organisation=home, by="cli", about=person.id, at=now)
            uow.commit()
        self.call.say("admin-added", name=person.name, organisation=owner)

    def invite(self, name: Name) -> None:
        with self.call.world() as world, world.uow() as uow:
            people = uow.people.named(name, None)
            if len(people) != 1:
                self.call.refuse("admin-several" if people else "admin-unknown", name=name)
            code, now = world.ids.code(), world.clock.now()
            until = now + timedelta(days=CODE_DAYS)
            uow.people.put_code(code, people[0].id, until=until)
            uow.audit.note("code-made", organisation="", by="cli", about=people[0].id, at=now)
            uow.commit()
        day = until.astimezone(world.settings.zone).date().isoformat()
        self.call.say("admin-code", name=people[0].name, code=code, day=day)
