"""``metodcoach document``: which documents a group has, and each of them written to a file."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.call import Call
from bot.commands.effects import EffectsCommand
from bot.commands.office import Organisation, right

if TYPE_CHECKING:
    from bot.wiring import World
    from dialogs.wording.teller import Teller

Group = Annotated[str, typer.Argument(metavar="GROUP")]


@dataclass(frozen=True)
class DocumentCommands:
    call: Call

    def app(self) -> typer.Typer:
        text = self.call.text
        app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

        def listed(group: Group, organisation: Organisation = "") -> None:
            self.list(group, organisation)

        def write(
            group: Group,
            document: Annotated[str, typer.Argument(metavar="DOCUMENT")],
            to: Annotated[Path, typer.Option("--to", metavar="FILE", help=text("help-document-to"))],
            adopted: Annotated[
                int, typer.Option("--adopted", metavar="N", min=0, help=text("help-document-adopted"))
            ] = 0,
            sources: Annotated[bool, typer.Option("--sources", help=text("help-document-sources"))] = False,
            overwrite: Annotated[
                bool, typer.Option("--overwrite", help=text("help-register-overwrite"))
            ] = False,
            organisation: Organisation = "",
        ) -> None:
            self.write(
                group, document, to, organisation, adopted=adopted, sources=sources, overwrite=overwrite
            )

        app.command("list", help=text("help-document-list"))(listed)
        app.command("write", help=text("help-document-write"))(write)
        EffectsCommand(self.call).add_to(app)
        return app

    def list(self, group: str, organisation: str) -> None:
        from bot.usecases.lending import with_lent
        from dialogs.reports.document_changes import as_it_is
        from dialogs.reports.documents import documents_here

        with self.call.world() as world:
            teller = self._teller(world, group, organisation)
            if not teller.pack.documents:
                self.call.refuse("file-none")
            documents = documents_here(teller)
            with world.looking() as uow:
                teller = with_lent(teller, documents, uow=uow, borders=world.borders)
            for document in documents:
                with world.looking() as uow:
                    whole = as_it_is(teller, document, uow.adopted.get(teller.journey.id, document.id))
                state = whole.words.state
                if whole.adopted is None and whole.missing:
                    state = f"{state} {self.call.text('document-lacks-n', n=len(whole.missing))}"
                self.call.print(f"{document.id}: {whole.title}. {state}")

    def write(
        self, group: str, document: str, to: Path, organisation: str, *, adopted: int, sources: bool, overwrite: bool
    ) -> None:  # fmt: skip
        from bot.apart import NotDone
        from bot.commands.export import write_made
        from bot.usecases.export import note_export_of
        from bot.usecases.lending import with_lent
        from dialogs.reports.document_changes import as_it_is, as_registered
        from dialogs.reports.documents import document_named
        from dialogs.values.asked_document import FORMS

        form = next((one for one in FORMS if to.suffix.casefold() == f".{one}"), None)
        if form is None:
            self.call.refuse("document-which-file", wrong_use=True)
        with self.call.world() as world:
            teller = self._teller(world, group, organisation)
            found = document_named(teller, document)
            if found is None:
                self.call.refuse("document-unknown", said=document, known=_known(teller))
            with world.looking() as uow:
                before = uow.adopted.get(teller.journey.id, found.id, adopted)
                teller = with_lent(teller, [found], uow=uow, borders=world.borders)
            if adopted and before is None:
                self.call.refuse("document-not-adopted", title=teller.words(found.title))
            whole = as_registered(teller, before) if adopted and before else as_it_is(teller, found, before)
            try:
                made = world.files(teller.language).papers.make(whole, form, sources=sources)
            except NotDone:
                self.call.refuse("document-not-made")
            note_export_of(teller.journey, uow=world.uow(), clock=world.clock)
        write_made(self.call, to, made, overwrite=overwrite)
        self.call.say("document-written", title=whole.title, state=whole.words.state, file=to)

    def _teller(self, world: "World", group: str, organisation: str) -> "Teller":
        from bot.usecases.office import Office
        from dialogs.wording.teller import Teller

        with world.looking() as uow:
            office = Office(uow, world.shelf, world.clock, world.ids, world.book, self.call.language)
            home = right(self.call, office.organisation(organisation))
            head = right(self.call, office.group(home, group))
        with world.looking() as uow:
            journey = uow.journeys.whole(head.id)
        pack = world.shelf.pack(journey.pack, journey.version)
        language = self.call.chosen or journey.language
        return Teller(world.book, pack, journey, language, world.clock.today())


def _known(teller: "Teller") -> str:
    from dialogs.reports.documents import documents_to_ask_for

    documents = documents_to_ask_for(teller)
    return ", ".join(teller.words(one.title) for one in documents) or "–"
