"""``metodcoach calendar``: a group's dates as a file, and secret addresses that calendars can follow."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.call import Call

if TYPE_CHECKING:
    from datetime import datetime

    from dialogs.model.people import Person
    from dialogs.ports import JourneyRef, UnitOfWork

Name = Annotated[str, typer.Argument(metavar="PERSON")]


@dataclass(frozen=True)
class CalendarCommands:
    call: Call

    def app(self) -> typer.Typer:
        text = self.call.text
        app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

        def write(
            person: Name,
            to: Annotated[Path, typer.Option("--to", metavar="FILE", help=text("help-calendar-to"))] = Path(
                "kalender.ics"
            ),
            group: Annotated[
                str, typer.Option("--group", metavar="GROUP", help=text("help-calendar-group"))
            ] = "",
            overwrite: Annotated[
                bool, typer.Option("--overwrite", help=text("help-register-overwrite"))
            ] = False,
        ) -> None:
            self.write(person, group, to, overwrite=overwrite)

        def link(
            person: Name,
            group: Annotated[
                str, typer.Option("--group", metavar="GROUP", help=text("help-calendar-group"))
            ] = "",
        ) -> None:
            self.link(person, group)

        app.command("write", help=text("help-calendar-write"))(write)
        app.command("link", help=text("help-calendar-link"))(link)
        app.command("unlink", help=text("help-calendar-unlink"))(self.unlink)
        return app

    def write(self, name: str, group: str, to: Path, *, overwrite: bool) -> None:
        from bot.commands.export import write_made
        from bot.ics import ics
        from bot.usecases.feed import feed_of

        with self.call.world() as world:
            with world.looking() as uow:
                person, journey = self._found(uow, name, group)
                feed = feed_of(
                    person.id, journey, uow=uow, shelf=world.shelf, clock=world.clock, book=world.book,
                    language=self.call.language,
                )  # fmt: skip
            now = world.clock.now()
            if feed is None:
                self.call.refuse("calendar-nobody", name=name)
            with world.uow() as uow:
                _note("exported", person, journey, uow, now)
                uow.commit()
        write_made(self.call, to, ics(feed, now=now), overwrite=overwrite)
        self.call.say("calendar-written", file=to, n=len(feed.entries))

    def link(self, name: str, group: str) -> None:
        """Print a new secret address. It is shown once: only its hash is kept."""
        from bot.usecases.calendar_links import address_of

        with self.call.world() as world, world.uow() as uow:
            person, journey = self._found(uow, name, group)
            secret = world.ids.new() + world.ids.new()
            uow.calendar.put_feed(secret, person.id, journey, world.clock.now())
            _note("calendar-linked", person, journey, uow, world.clock.now())
            uow.commit()
            base = world.settings.public_url or f"http://{world.settings.host}:{world.settings.port}"
        self.call.say("calendar-link", address=address_of(secret, base))

    def unlink(self, person: Name) -> None:
        with self.call.world() as world, world.uow() as uow:
            found, _ = self._found(uow, person, "")
            count = uow.calendar.drop_feeds(found.id)
            _note("calendar-unlinked", found, "", uow, world.clock.now())
            uow.commit()
        self.call.say("calendar-unlinked", n=count)

    def _found(self, uow: "UnitOfWork", name: str, group: str) -> "tuple[Person, str]":
        people = uow.people.named(name, None)
        if len(people) != 1:
            self.call.refuse("calendar-several" if people else "calendar-nobody", name=name)
        [person] = people
        if not group:
            return person, ""
        theirs: Sequence[JourneyRef] = uow.journeys.of_person(person.id)
        found = [one.id for one in theirs if one.group_name.casefold() == group.casefold()]
        if len(found) != 1:
            self.call.refuse("calendar-no-group", name=name, group=group)
        return person, found[0]


def _note(kind: str, person: "Person", journey: str, uow: "UnitOfWork", at: "datetime") -> None:
    """Note that somebody at the command line has come by a person's dates, or a group's: it is for others than they."""
    from bot.usecases.office import BY

    organisation = uow.journeys.head(journey).organisation if journey else ""
    uow.audit.note(kind, organisation=organisation, by=BY, about=journey or person.id, at=at)
