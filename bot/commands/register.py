"""``metodcoach register``: entries read into a register from a file, written out to one, and listed for the public web."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.call import Call
from bot.commands.meetings import MOST_SAID
from bot.commands.office import Organisation, plan_the_marked, right

if TYPE_CHECKING:
    from bot.wiring import World
    from dialogs.model.journey import Journey
    from dialogs.model.people import PersonId
    from dialogs.tables.judging import Judged, Slip
    from dialogs.tables.reports import Kept
    from dialogs.wording.teller import Teller

Group = Annotated[str, typer.Argument(metavar="GROUP")]
Register = Annotated[str, typer.Argument(metavar="REGISTER")]
FileArgument = Annotated[Path, typer.Argument(metavar="FILE")]


@dataclass(frozen=True)
class RegisterCommands:
    call: Call

    def app(self) -> typer.Typer:
        text = self.call.text
        app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

        def read_in(
            group: Group,
            register: Register,
            file: FileArgument,
            dry_run: Annotated[bool, typer.Option("--dry-run", help=text("help-register-dry-run"))] = False,
            keep_good: Annotated[
                bool, typer.Option("--keep-good", help=text("help-register-keep-good"))
            ] = False,
            update: Annotated[bool, typer.Option("--update", help=text("help-register-update"))] = False,
            by: Annotated[str, typer.Option("--by", metavar="NAME", help=text("help-register-by"))] = "",
            organisation: Organisation = "",
        ) -> None:
            self.read_in(
                group, register, file, by, organisation, dry_run=dry_run, keep_good=keep_good, update=update
            )

        def write_out(
            group: Group,
            register: Register,
            to: Annotated[Path, typer.Option("--to", metavar="FILE", help=text("help-register-to"))],
            overwrite: Annotated[
                bool, typer.Option("--overwrite", help=text("help-register-overwrite"))
            ] = False,
            organisation: Organisation = "",
        ) -> None:
            self.write_out(group, register, to, organisation, overwrite=overwrite)

        def web(
            group: Group,
            register: Register,
            to: Annotated[
                Path | None, typer.Option("--to", metavar="FILE", help=text("help-register-web-to"))
            ] = None,
            overwrite: Annotated[
                bool, typer.Option("--overwrite", help=text("help-register-overwrite"))
            ] = False,
            organisation: Organisation = "",
        ) -> None:
            self.web(group, register, to, organisation, overwrite=overwrite)

        app.command("web", help=text("help-register-web"))(web)
        app.command("import", help=text("help-register-import"))(read_in)
        app.command("export", help=text("help-register-export"))(write_out)
        return app

    def read_in(
        self, group: str, register: str, file: Path, by: str, organisation: str, *,
        dry_run: bool, keep_good: bool, update: bool,
    ) -> None:  # fmt: skip
        """Keep all that the file says, or nothing; say of each line what is wrong with it and what to write."""
        from bot.register_file import read_register_file
        from bot.usecases.office import BY
        from bot.usecases.record_import import RecordImport
        from storage.errors import Conflict

        content = self._content(file)
        with self.call.world() as world:
            head, name = self._found(world, group, register, organisation)
            reading = RecordImport(
                journey=head.id, register=name, by=self._who(world, head, by), audit_by=BY,
                language=self.call.chosen or head.language, looking=world.looking, write=lambda act: act(world.uow()),
                shelf=world.shelf, clock=world.clock, ids=world.ids, book=world.book, conflict=Conflict,
                read=read_register_file, update=update,
            )  # fmt: skip
            judging = reading.judge(content)
            kept = None if dry_run else reading.keep(judging, keep_good=keep_good)
            if kept is not None and kept.new + kept.changed:
                plan_the_marked(world)
        self._report(judging.judged, kept, keep_good=keep_good)

    def write_out(self, group: str, register: str, to: Path, organisation: str, *, overwrite: bool) -> None:
        from bot.commands.export import write_made
        from dialogs.tables.written import as_csv, register_table

        if to.suffix.casefold() not in (".csv", ".xlsx"):
            self.call.refuse("register-which-file", wrong_use=True)
        teller, name = self._teller(group, register, organisation)
        rows = register_table(teller, name)
        if to.suffix.casefold() == ".csv":
            made = as_csv(rows, language=teller.language)
        else:
            from bot.spreadsheets import spreadsheet

            made = spreadsheet(rows, title=teller.words(teller.pack.registers[name].title))
        write_made(self.call, to, made, overwrite=overwrite)
        self.call.say("register-written", n=len(rows) - 1, file=to)

    def web(self, group: str, register: str, to: Path | None, organisation: str, *, overwrite: bool) -> None:
        """Show the list for the public web site, or write it to a file; what to look at is told beside it."""
        from bot.commands.export import write_made
        from dialogs.reports.web_list import (
            as_html,
            as_markdown,
            changed_later,
            registers_on_the_web,
            web_page,
        )
        from dialogs.reports.web_list_message import remarks
        from dialogs.wording.teller import Speech

        suffix = to.suffix.casefold() if to is not None else ".md"
        if suffix not in (".html", ".md"):
            self.call.refuse("register-which-page", wrong_use=True)
        with self.call.world() as world:
            teller, name = self._told_by(world, group, register, organisation)
            having = registers_on_the_web(teller)
            if name not in having:
                title = teller.words(teller.pack.registers[name].title)
                known = ", ".join(teller.words(teller.pack.registers[one].title) for one in having) or "–"
                self.call.refuse("web-list-none", register=title, known=known)
            with world.looking() as uow:
                page = web_page(
                    teller, name, {id: uow.records.history(id) for id in changed_later(teller, name)}
                )
            speech = Speech(world.book, self.call.language)
        made = as_html(page) if suffix == ".html" else as_markdown(page)
        if to is None:
            self.call.print(made.rstrip())
        else:
            write_made(self.call, to, made.encode(), overwrite=overwrite)
            self.call.say("web-list-written", n=len(page.entries), file=to)
        for line in remarks(speech, page):
            sys.stderr.write(f"{line}\n")  # the list itself may be on its way to somewhere

    def _teller(self, group: str, register: str, organisation: str) -> "tuple[Teller, str]":
        """Return who tells about the group's whole journey, and the register's id; note that it is handed out."""
        with self.call.world() as world:
            teller, name = self._told_by(world, group, register, organisation)
            self._note(world, teller.journey)
            return teller, name

    def _told_by(self, world: "World", group: str, register: str, organisation: str) -> "tuple[Teller, str]":
        from dialogs.wording.teller import Teller

        head, name = self._found(world, group, register, organisation)
        with world.looking() as uow:
            whole = uow.journeys.whole(head.id)
        pack = world.shelf.pack(whole.pack, whole.version)
        language = self.call.chosen or whole.language
        return Teller(world.book, pack, whole, language, world.clock.today()), name

    def _note(self, world: "World", journey: "Journey") -> None:
        from bot.usecases.office import BY

        with world.uow() as uow:
            at = world.clock.now()
            uow.audit.note("exported", organisation=journey.organisation, by=BY, about=journey.id, at=at)
            uow.commit()

    def _found(self, world: "World", group: str, register: str, organisation: str) -> "tuple[Journey, str]":
        from bot.usecases.office import Office
        from dialogs.values.asking import register_named

        with world.looking() as uow:
            office = Office(uow, world.shelf, world.clock, world.ids, world.book, self.call.language)
            home = right(self.call, office.organisation(organisation))
            head = right(self.call, office.group(home, group))
        pack = world.shelf.pack(head.pack, head.version)
        name = register_named(register, pack)
        if name is None:
            titles = (one.title.said_in(self.call.language) for one in pack.registers.values())
            self.call.refuse("command-register-unknown", said=register, known=", ".join(titles) or "–")
        return head, name

    def _who(self, world: "World", head: "Journey", name: str) -> "PersonId":
        """Return in whose name it happens: the one that is named, or whoever leads the group."""
        from bot.usecases.office import Office
        from dialogs.flows.rights import leaders

        with world.looking() as uow:
            office = Office(uow, world.shelf, world.clock, world.ids, world.book, self.call.language)
            if name:
                return right(self.call, office.member(head, name)).person.id
            leading = leaders(office.pack_of(head), head)
        if not leading:
            self.call.refuse("register-nobody-leads", group=head.group_name)
        return leading[0].person.id

    def _content(self, file: Path) -> bytes:
        from dialogs.tables.sheets import MOST_BYTES

        try:
            with file.open("rb") as there:
                return there.read(MOST_BYTES + 1)
        except OSError:
            self.call.refuse("register-file-missing", file=file)

    def _report(self, judged: "Judged", kept: "Kept | None", *, keep_good: bool) -> None:
        self._say_lines(judged.slips)
        self._say_lines(judged.notes)
        lines = len({slip.line for slip in judged.slips})
        if judged.slips and not keep_good:
            self.call.refuse(
                "register-not-imported" if judged.rows else "register-none-imported", n=len(judged.rows)
            )
        if kept is not None and kept.slips and not judged.slips:
            self._say_lines(kept.slips)
            self.call.refuse("register-stopped-half-way", n=kept.new + kept.changed)
        if kept is None:
            counts = {"new": judged.new, "changed": judged.changed, "same": judged.same}
            self.call.say("register-would-be-imported", **counts)
        else:
            self.call.say("register-imported", new=kept.new, changed=kept.changed, same=judged.same)
        if judged.slips:
            self.call.refuse("meetings-slips-left", n=lines)

    def _say_lines(self, slips: "Sequence[Slip]") -> None:
        from dialogs.reports.table_lines import slip_line

        for slip in slips[:MOST_SAID]:
            self.call.print(slip_line(self.call.text, slip))
        if len(slips) > MOST_SAID:
            self.call.say("meeting-lines-more", n=len(slips) - MOST_SAID)
