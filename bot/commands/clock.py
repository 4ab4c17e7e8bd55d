"""``metodcoach tick`` and ``metodcoach reminders``: let the clock look once, and see what waits to be said."""

import json
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from bot.call import Call

if TYPE_CHECKING:
    from dialogs.model.occurrence import Occurrence


@dataclass(frozen=True)
class ClockCommands:
    call: Call

    def app(self) -> typer.Typer:
        text = self.call.text
        app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

        def show(
            as_json: Annotated[bool, typer.Option("--json", help=text("help-reminders-json"))] = False,
            most: Annotated[int, typer.Option("--most", metavar="N", help=text("help-reminders-most"))] = 100,
        ) -> None:
            self.show(as_json=as_json, most=most)

        app.command("list", help=text("help-reminders-list"))(show)
        return app

    def show(self, *, as_json: bool, most: int) -> None:
        """Print what waits to be said, the soonest first: ids and days, no names and no texts."""
        with self.call.world() as world, world.looking() as uow:
            waiting = uow.calendar.waiting(most=max(1, most))
        rows = [_as_row(one) for one in waiting]
        if as_json:
            self.call.print(json.dumps(rows, ensure_ascii=False, indent=2))
            return
        self.call.say("reminders-waiting", n=len(rows))
        for row in rows:
            self.call.say("reminders-line", **row)

    def tick(self, at: str) -> None:
        """Let the clock look once: what is due is written to the outbox, and delivered by a door.

        With *at* it is a rehearsal: what would be said then is printed, and nothing is kept.
        """
        instant = self._instant(at) if at else None
        with self.call.world() as world:
            desk = world.desk(self.call.language)
            if instant is None:
                self.call.say("ticked", n=desk.tick())
                return
            from bot.clock import StoppedClock
            from bot.rehearsal import Rehearsal

            uow = Rehearsal(world.engine)
            try:
                replace(desk, uow=uow, clock=StoppedClock(instant, world.settings.zone)).tick()
            finally:
                uow.close()
            self.call.say("rehearsed", n=len(uow.letters))
            for letter in uow.letters:
                self.call.print(f"\n{letter.message.text}")

    def _instant(self, text: str) -> datetime:
        try:
            found = datetime.fromisoformat(text)
        except ValueError:
            self.call.refuse("tick-when", said=text, wrong_use=True)
        return found.replace(tzinfo=found.tzinfo or self.call.settings.zone)


def _as_row(one: "Occurrence") -> dict[str, str]:
    from dialogs.calendar.moments import moment_of

    last: date | None = one.last
    return {
        "at": moment_of(one).astimezone(one.zone).isoformat(timespec="minutes"), "rule": one.rule, "about": one.about,
        "slot": one.slot, "recipient": one.recipient, "journey": one.journey, "last": last.isoformat() if last else "",
    }  # fmt: skip
