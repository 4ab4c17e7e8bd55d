"""``metodcoach records``: the registrar's list of a period, and the registration numbers that are entered afterwards."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from bot.call import Call
from bot.commands.office import Organisation, at_office, right

Group = Annotated[str, typer.Argument(metavar="GROUP")]


@dataclass(frozen=True)
class RecordsCommands:
    call: Call

    def app(self) -> typer.Typer:
        text = self.call.text
        app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

        def listed(
            period: Annotated[str, typer.Argument(metavar="PERIOD")] = "",
            to: Annotated[
                Path | None, typer.Option("--to", metavar="FILE", help=text("help-records-to"))
            ] = None,
            overwrite: Annotated[
                bool, typer.Option("--overwrite", help=text("help-register-overwrite"))
            ] = False,
            organisation: Organisation = "",
        ) -> None:
            self.list(period, to, organisation, overwrite=overwrite)

        def number(
            group: Group,
            what: Annotated[str, typer.Argument(metavar="WHAT")],
            number: Annotated[str, typer.Argument(metavar="NUMBER")],
            organisation: Organisation = "",
        ) -> None:
            self.number(group, what, number, organisation)

        app.command("list", help=text("help-records-list"))(listed)
        app.command("number", help=text("help-records-number"))(number)
        return app

    def list(self, period: str, to: Path | None, organisation: str, *, overwrite: bool) -> None:
        from bot.commands.export import write_made
        from bot.usecases.office import BY, Office
        from bot.usecases.registrar import lines_of, note
        from dialogs.reports.registrar import as_table, as_text, title_of_list
        from dialogs.values.spans_of_time import read_span
        from dialogs.wording.teller import Speech

        form = to.suffix.casefold() if to is not None else ".md"
        if form not in (".xlsx", ".csv", ".md"):
            self.call.refuse("records-which-file", wrong_use=True)
        with self.call.world() as world:
            today, language = world.clock.today(), self.call.language
            span = read_span(period, today=today)
            if span is None:
                self.call.refuse("registrar-which-days", said=period, wrong_use=True)
            with world.looking() as uow:
                office = Office(uow, world.shelf, world.clock, world.ids, world.book, language)
                home = right(self.call, office.organisation(organisation))
                title = title_of_list(Speech(world.book, language), uow.organisations.name(home), *span)
                lines = lines_of(
                    home, span, uow=uow, shelf=world.shelf, book=world.book, language=language, today=today
                )
            with world.uow() as uow:
                note(home, span, by=BY, uow=uow, at=world.clock.now())
                uow.commit()
            speech = Speech(world.book, language)
            if to is None:
                self.call.print(as_text(speech, title, lines, marked=False).rstrip())
                return
            if form == ".md":
                made = as_text(speech, title, lines).encode()
            else:
                table = as_table(speech, title, lines)
                made = world.files(language).papers.tables(
                    [table], "csv" if form == ".csv" else "xlsx", language
                )
        write_made(self.call, to, made, overwrite=overwrite)
        self.call.say("records-written", n=len(lines), file=to)

    def number(self, group: str, what: str, number: str, organisation: str) -> None:
        from bot.usecases.office import BY, Office
        from bot.usecases.registering import keep, named
        from dialogs.wording.teller import Teller

        def act(office: Office) -> None:
            home = right(self.call, office.organisation(organisation))
            head = right(self.call, office.group(home, group))
            journey = office.uow.journeys.whole(head.id)
            teller = Teller(
                office.book, office.pack_of(journey), journey, self.call.language, office.clock.today()
            )
            thing = right(self.call, named(what, teller, office.uow))
            kept = keep(thing, number, teller, office.uow, by=BY, at=office.clock.now())
            said.update(title=thing.title, number=right(self.call, kept))

        said: dict[str, str] = {}
        at_office(self.call, act)
        self.call.say("registration-kept" if said["number"] else "registration-taken-away", **said)
