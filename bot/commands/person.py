"""``metodcoach person``: who is in which group, in which roles."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.call import Call
from bot.commands.office import Organisation, at_office, right, tidy

if TYPE_CHECKING:
    from bot.usecases.office import Office
    from bot.usecases.organise import Change
    from dialogs.model.journey import Journey
    from dialogs.model.people import Member

Name = Annotated[str, typer.Argument(metavar="NAME")]
Words = Annotated[list[str] | None, typer.Option("--also", metavar="WORD")]
Group = Annotated[str, typer.Option("--group", metavar="GROUP")]


@dataclass(frozen=True)
class PersonCommands:
    call: Call

    def app(self) -> typer.Typer:
        app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
        app.command("add", help=self.call.text("help-person-add"))(self.add)
        app.command("list", help=self.call.text("help-person-list"))(self.list)
        app.command("role", help=self.call.text("help-person-role"))(self.role)
        app.command("rename", help=self.call.text("help-person-rename"))(self.rename)
        app.command("remove", help=self.call.text("help-person-remove"))(self.remove)

        def export(
            name: Name,
            to: Annotated[Path, typer.Option("--to", metavar="DIR")] = Path(),
            overwrite: Annotated[
                bool, typer.Option("--overwrite", help=self.call.text("help-register-overwrite"))
            ] = False,
            organisation: Organisation = "",
        ) -> None:
            self.export(name, to, organisation, overwrite=overwrite)

        app.command("export", help=self.call.text("help-person-export"))(export)
        app.command("erase", help=self.call.text("help-person-erase"))(self.erase)
        return app

    def add(
        self,
        name: Name,
        group: Group = "",
        role: Annotated[list[str] | None, typer.Option("--role", metavar="ROLE")] = None,
        unit: Annotated[str, typer.Option("--unit", metavar="UNIT")] = "",
        email: Annotated[str, typer.Option("--email", metavar="EMAIL")] = "",
        organisation: Organisation = "",
    ) -> None:
        name, email = tidy(self.call, name), email.strip()
        if email and ("@" not in email or len(email.split()) != 1):
            self.call.refuse("command-email", email=email, wrong_use=True)

        def act(office: "Office") -> None:
            journey = self._group(office, organisation, group)
            member = right(self.call, office.add_person(journey, name, role or (), unit, email))
            lines.append(self._line(office, journey, member))
            groups.append(journey.group_name)

        lines: list[str] = []
        groups: list[str] = []
        at_office(self.call, act)
        self.call.say("person-put", line=lines[-1], group=groups[-1])

    def list(self, organisation: Organisation = "") -> None:
        def act(office: "Office") -> None:
            home = right(self.call, office.organisation(organisation))
            lines.clear()
            lines.append(office.uow.organisations.name(home))
            admins = ", ".join(one.name for one in office.uow.organisations.admins(home))
            lines.append(self.call.text("person-admins", names=admins))
            for journey in office.groups(home):
                title = office.pack_of(journey).manifest.title.said_in(self.call.language)
                lines.append(f"{journey.group_name} ({title})")
                lines.extend(f"  {self._line(office, journey, one)}" for one in journey.roster.members)

        lines: list[str] = []
        at_office(self.call, act)
        for line in lines:
            self.call.print(line)

    def role(
        self,
        name: Name,
        role: Annotated[str, typer.Argument(metavar="ROLE")],
        group: Group = "",
        drop: Annotated[bool, typer.Option("--drop")] = False,
        deputy: Annotated[bool, typer.Option("--deputy")] = False,
        hand_over: Annotated[bool, typer.Option("--hand-over")] = False,
        organisation: Organisation = "",
    ) -> None:
        if hand_over and (drop or deputy):
            self.call.refuse("command-hand-over-alone", wrong_use=True)
        changes: dict[tuple[bool, bool], Change] = {
            (False, False): "handed-over" if hand_over else "role-given",
            (True, False): "role-dropped",
            (False, True): "deputy-named",
            (True, True): "deputy-dropped",
        }

        def act(office: "Office") -> None:
            journey = self._group(office, organisation, group)
            member = right(self.call, office.member(journey, name))
            wanted = right(self.call, office.role(journey, role))
            change = changes[drop, deputy]
            done = right(self.call, office.change_role(journey, member, wanted, change))
            lines.append(self._line(office, journey, done))
            groups.append(journey.group_name)

        lines: list[str] = []
        groups: list[str] = []
        at_office(self.call, act)
        self.call.say("person-put", line=lines[-1], group=groups[-1])

    def rename(
        self, name: Name, new: Annotated[str, typer.Argument(metavar="NEW")], organisation: Organisation = ""
    ) -> None:
        new = tidy(self.call, new)

        def act(office: "Office") -> None:
            home = right(self.call, office.organisation(organisation))
            right(self.call, office.rename_person(home, name, new))

        at_office(self.call, act)
        self.call.say("command-renamed", old=name, name=new)

    def remove(self, name: Name, group: Group = "", organisation: Organisation = "") -> None:
        def act(office: "Office") -> None:
            journey = self._group(office, organisation, group)
            member = right(self.call, office.member(journey, name))
            right(self.call, office.remove_person(journey, member))
            said.update(name=member.person.name, group=journey.group_name)

        said: dict[str, str] = {}
        at_office(self.call, act)
        self.call.say("person-taken-out", **said)

    def export(self, name: str, to: Path, organisation: str, *, overwrite: bool) -> None:
        """Write what is kept of somebody who can't ask for it in a chat themselves."""
        from bot.commands.export import stem_of, write_made
        from bot.usecases.office import BY, Office
        from bot.usecases.own_data import kept_of, note
        from dialogs.reports.own_data import as_json, as_markdown
        from dialogs.wording.teller import Speech

        language = self.call.language
        with self.call.world() as world:
            with world.looking() as uow:
                office = Office(uow, world.shelf, world.clock, world.ids, world.book, language)
                home = right(self.call, office.organisation(organisation))
                people = uow.people.named(name, home)
                if len(people) != 1:
                    self.call.refuse("admin-several" if people else "admin-unknown", name=name)
                [person] = people
                if any(one.profile.active for one in uow.people.accounts_of(person.id)):
                    self.call.refuse("own-data-themselves", name=person.name)
            with world.uow() as uow:
                note(person.id, by=BY, uow=uow, at=world.clock.now())
                uow.commit()
            with world.looking() as uow:
                told = kept_of(
                    person.id, uow=uow, shelf=world.shelf, book=world.book, clock=world.clock, language=language
                )  # fmt: skip
            speech = Speech(world.book, language)
        if told is None:
            self.call.refuse("admin-unknown", name=name)
        stem = stem_of(person.name)
        for ending, text in (("json", as_json(speech, told)), ("md", as_markdown(speech, told))):
            write_made(self.call, to / f"{stem}.{ending}", text.encode(), overwrite=overwrite)
        self.call.say(
            "own-data-written", name=person.name, json=to / f"{stem}.json", markdown=to / f"{stem}.md"
        )

    def erase(
        self,
        name: Name,
        decision: Annotated[str, typer.Option("--decision", metavar="NR")] = "",
        plan: Annotated[str, typer.Option("--plan", metavar="CHECKSUM")] = "",
        also: Words = None,
        organisation: Organisation = "",
    ) -> None:
        from bot.commands.erase import erase

        erase(self.call, name, organisation, also or (), decision=decision, plan=plan)

    def _group(self, office: "Office", organisation: str, group: str) -> "Journey":
        home = right(self.call, office.organisation(organisation))
        return right(self.call, office.group(home, group))

    def _line(self, office: "Office", journey: "Journey", member: "Member") -> str:
        """Return the member's name, roles and unit on one line."""
        from dialogs.values.names import in_sentence

        titles = {
            role.id: in_sentence(role.title.said_in(self.call.language))
            for role in office.pack_of(journey).manifest.roles
        }
        roles = [titles.get(role, role) for role in member.roles]
        roles += [self.call.text("deputy-for", role=titles.get(role, role)) for role in member.deputy_for]
        unit = [journey.roster.unit_name(member.unit)] if member.unit else []
        facts = ", ".join([*roles, *unit])
        return f"{member.person.name}: {facts}" if facts else member.person.name
