"""``metodcoach unit`` and ``metodcoach body``: what an organisation consists of, and what comes after what."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from bot.call import Call
from bot.commands.office import Organisation, at_office, right, tidy

if TYPE_CHECKING:
    from bot.usecases.office import Office
    from bot.usecases.parts import Parts

Name = Annotated[str, typer.Argument(metavar="NAME")]


@dataclass(frozen=True)
class PartCommands:
    """The same commands for both; only a unit is renamed."""

    call: Call
    kind: Literal["unit", "body"]

    def app(self) -> typer.Typer:
        app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
        app.command("add", help=self.call.text(f"help-{self.kind}-add"))(self.add)
        app.command("list", help=self.call.text(f"help-{self.kind}-list"))(self.list)
        app.command("close", help=self.call.text(f"help-{self.kind}-close"))(self.close)
        if self.kind == "unit":
            app.command("rename", help=self.call.text("help-unit-rename"))(self.rename)
            app.command("body", help=self.call.text("help-unit-body"))(self.body)
        return app

    def add(
        self,
        name: Annotated[list[str], typer.Argument(metavar="NAME...")],
        organisation: Organisation = "",
    ) -> None:
        names = list(dict.fromkeys(tidy(self.call, one) for one in name))

        def act(office: "Office") -> None:
            new[:] = self._parts(office, organisation).add(names)

        new: list[str] = []
        at_office(self.call, act)
        for one in names:
            self.call.say("part-added" if one in new else "part-there", name=one)

    def list(self, organisation: Organisation = "") -> None:
        def act(office: "Office") -> None:
            names[:] = self._parts(office, organisation).lines()

        names: list[str] = []
        at_office(self.call, act)
        for one in names:
            self.call.print(one)
        if not names:
            self.call.say(f"no-{self.kind}-yet")

    def close(
        self,
        name: Name,
        successor: Annotated[str, typer.Option("--successor", metavar="NAME")] = "",
        organisation: Organisation = "",
    ) -> None:
        after = tidy(self.call, successor) if successor else ""

        def act(office: "Office") -> None:
            closed.append(right(self.call, self._parts(office, organisation).close(name, after)))

        closed: list[tuple[str, str | None]] = []
        at_office(self.call, act)
        was, then = closed[-1]
        if then:
            self.call.say("part-closed-for", name=was, successor=then)
        else:
            self.call.say("part-closed", name=was)

    def rename(
        self, name: Name, new: Annotated[str, typer.Argument(metavar="NEW")], organisation: Organisation = ""
    ) -> None:
        new = tidy(self.call, new)

        def act(office: "Office") -> None:
            old.append(right(self.call, self._parts(office, organisation).rename(name, new)))

        old: list[str] = []
        at_office(self.call, act)
        self.call.say("command-renamed", old=old[-1], name=new)

    def body(
        self,
        name: Name,
        body: Annotated[str, typer.Argument(metavar="BODY")],
        organisation: Organisation = "",
    ) -> None:
        """Say which body answers for the unit; `none` for none."""

        def act(office: "Office") -> None:
            done.append(right(self.call, self._parts(office, organisation).set_body(name, body)))

        done: list[tuple[str, str | None]] = []
        at_office(self.call, act)
        unit, of = done[-1]
        if of is not None:
            self.call.say("command-unit-body", unit=unit, body=of)
        else:
            self.call.say("command-unit-no-body", unit=unit)

    def _parts(self, office: "Office", organisation: str) -> "Parts":
        from bot.usecases.parts import Parts

        return Parts(office, right(self.call, office.organisation(organisation)), self.kind)
