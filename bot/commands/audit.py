"""``metodcoach audit``: write the audit to a file, and see that no link of it has been changed, taken out or put in."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.call import Call
from bot.commands.office import Organisation, right

if TYPE_CHECKING:
    from bot.wiring import World
    from dialogs.model.audit import Checked
    from dialogs.reports.audit_file import AuditFile

SHOWN_OF_HASH = 16


@dataclass(frozen=True)
class AuditCommands:
    call: Call

    def app(self) -> typer.Typer:
        text = self.call.text
        app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

        def export(
            to: Annotated[Path, typer.Option("--to", metavar="FILE", help=text("help-audit-to"))],
            overwrite: Annotated[
                bool, typer.Option("--overwrite", help=text("help-register-overwrite"))
            ] = False,
            organisation: Organisation = "",
        ) -> None:
            self.export(to, organisation, overwrite=overwrite)

        def verify(
            since: Annotated[
                Path | None, typer.Option("--since", metavar="FILE", help=text("help-audit-since"))
            ] = None,
            organisation: Organisation = "",
        ) -> None:
            self.verify(since, organisation)

        app.command("export", help=text("help-audit-export"))(export)
        app.command("verify", help=text("help-audit-verify"))(verify)
        return app

    def export(self, to: Path, organisation: str, *, overwrite: bool) -> None:
        from bot.commands.export import write_made
        from bot.usecases.auditing import exported, note_exported

        with self.call.world() as world:
            home = self._home(world, organisation)
            note_exported(home, uow=world.uow(), clock=world.clock)
            with world.looking() as uow:
                write_made(self.call, to, exported(home, uow=uow, clock=world.clock), overwrite=overwrite)
        self.call.say("audit-written", file=to)

    def verify(self, since: Path | None, organisation: str) -> None:
        from bot.usecases.auditing import touched, verified

        earlier = self._earlier(since) if since is not None else None
        with self.call.world() as world:
            home = self._home(world, organisation)
            with world.looking() as uow:
                chains = verified(home, earlier, uow=uow)
                documents, wrong = touched(home, uow=uow)
                names = dict(uow.organisations.all())
        for one in chains:
            name = names.get(one.head.organisation, one.head.organisation)
            self.call.print(self._told(one, name or self.call.text("audit-installation")))
        for version in wrong:
            self.call.say(
                "audit-document-touched", group=version.group, document=version.document, n=version.number
            )
        if wrong or any(one.broken is not None for one in chains):
            self.call.refuse("audit-broken")
        if earlier is not None:
            self.call.say("audit-goes-on", file=since, at=earlier.exported.strftime("%Y-%m-%d %H:%M UTC"))
        if documents:
            self.call.say("audit-documents", n=documents)
        self.call.say("audit-whole", n=sum(one.head.number for one in chains))

    def _home(self, world: "World", organisation: str) -> str:
        """Return the organisation that was named; "" for all."""
        from bot.usecases.office import Office

        if not organisation:
            return ""
        with world.looking() as uow:
            office = Office(uow, world.shelf, world.clock, world.ids, world.book, self.call.language)
            return right(self.call, office.organisation(organisation))

    def _earlier(self, file: Path) -> "AuditFile":
        from dialogs.reports.audit_file import NotAnAudit, read_lines

        try:
            with file.open("rb") as lines:
                found = read_lines(lines)
        except OSError as error:
            self.call.refuse("audit-file-unread", file=file, error=error.strerror or type(error).__name__)
        except NotAnAudit as wrong:
            self.call.refuse(f"audit-file-{wrong}", file=file)
        if any(one.broken is not None for one in found.chains):
            self.call.refuse("audit-file-changed", file=file)
        return found

    def _told(self, one: "Checked", name: str) -> str:
        text, broken, head = self.call.text, one.broken, one.head
        if broken is None:
            return text("audit-chain", name=name, n=head.number, hash=head.hash[:SHOWN_OF_HASH])
        return text(f"audit-{broken.wrong}", name=name, n=broken.number, was=broken.was)
