"""``metodcoach document effects``: what the efforts were for and what came of them, of a group or of an organisation."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.call import Call
from bot.commands.office import Organisation, right

if TYPE_CHECKING:
    from bot.wiring import World
    from dialogs.ports import JourneyRef

Group = Annotated[str, typer.Argument(metavar="GROUP")]


@dataclass(frozen=True)
class EffectsCommand:
    call: Call

    def add_to(self, app: typer.Typer) -> None:
        text = self.call.text

        def effects(
            group: Group = "",
            everybody: Annotated[bool, typer.Option("--all", help=text("help-impact-all"))] = False,
            year: Annotated[
                int | None,
                typer.Option("--year", metavar="YEAR", min=1990, max=2099, help=text("help-impact-year")),
            ] = None,
            to: Annotated[
                Path | None, typer.Option("--to", metavar="FILE", help=text("help-impact-to"))
            ] = None,
            overwrite: Annotated[
                bool, typer.Option("--overwrite", help=text("help-register-overwrite"))
            ] = False,
            organisation: Organisation = "",
        ) -> None:
            if bool(group) == everybody:
                self.call.refuse("impact-name-the-group", wrong_use=True)
            self.tell(group, organisation, year, to, overwrite=overwrite)

        app.command("effects", help=text("help-impact"))(effects)

    def tell(
        self, group: str, organisation: str, year: int | None, to: Path | None, *, overwrite: bool
    ) -> None:
        """Print it as text, or write it to a file; that it was handed out is noted for each group."""
        from bot.apart import NotDone
        from bot.commands.export import write_made
        from bot.usecases.impact_seen import impact_for
        from dialogs.reports.impact_tables import impact_tables
        from dialogs.reports.impact_together import impact_together
        from dialogs.values.asked_document import FORMS, TABLE_FORMS

        suffix = to.suffix.casefold().removeprefix(".") if to is not None else "md"
        form = next((one for one in FORMS if one == suffix), None)
        table = next((one for one in TABLE_FORMS if one == suffix), None)
        if form is None and table is None:
            self.call.refuse("impact-which-file", wrong_use=True)
        with self.call.world() as world:
            refs = self._groups(world, group, organisation)
            language = self.call.chosen or refs[0].language
            today = world.clock.today()
            with world.looking() as uow:
                told = impact_for(
                    [one.id for one in refs], uow=uow, shelf=world.shelf, book=world.book, language=language,
                    today=today, year=year,
                )  # fmt: skip
            papers = world.files(language).papers
            try:
                if form is not None:
                    made = papers.make(impact_together(told, made=today), form)
                elif table is not None:
                    made = papers.tables(impact_tables(told), table, language)
            except NotDone:
                self.call.refuse("document-not-made")
            self._note(world, refs)
        if to is None:
            self.call.print(made.decode().rstrip())
        else:
            write_made(self.call, to, made, overwrite=overwrite)
            self.call.say("impact-written", file=to)

    def _groups(self, world: "World", group: str, organisation: str) -> "list[JourneyRef]":
        from bot.usecases.export import journeys_named
        from bot.usecases.impact_seen import with_efforts
        from bot.usecases.office import Office

        with world.looking() as uow:
            office = Office(uow, world.shelf, world.clock, world.ids, world.book, self.call.language)
            if group:
                refs = right(self.call, journeys_named(office, group, organisation))
            else:
                refs = uow.journeys.running_in(right(self.call, office.organisation(organisation)))
            found = list(with_efforts(refs, world.shelf))
        if not found:
            self.call.refuse("impact-none-here")
        return found

    def _note(self, world: "World", refs: "list[JourneyRef]") -> None:
        from bot.usecases.office import BY

        with world.uow() as uow:
            for one in refs:
                uow.audit.note(
                    "exported", organisation=one.organisation, by=BY, about=one.id, at=world.clock.now()
                )
            uow.commit()
