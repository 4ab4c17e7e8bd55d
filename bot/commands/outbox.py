"""``metodcoach outbox``: which letters aren't sent and why, without a word of what they say; try again, or drop."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from bot.call import Call

if TYPE_CHECKING:
    from dialogs.ports import Unsent

Id = Annotated[int, typer.Argument(metavar="ID")]

WAITING = ("new", "claimed")
SHOWN = (*WAITING, "ambiguous", "dead")
STATES: Mapping[str, Sequence[str]] = {
    "waiting": WAITING,
    **{state: (state,) for state in (*SHOWN, "skipped")},
}


@dataclass(frozen=True)
class OutboxCommands:
    call: Call

    def app(self) -> typer.Typer:
        text = self.call.text
        app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

        def show(
            as_json: Annotated[bool, typer.Option("--json", help=text("help-outbox-json"))] = False,
            state: Annotated[
                list[str] | None, typer.Option("--state", metavar="STATE", help=text("help-outbox-state"))
            ] = None,
        ) -> None:
            self.show(state or (), as_json=as_json)

        app.command("list", help=text("help-outbox-list"))(show)

        def retry(
            id: Id,
            not_there: Annotated[
                bool, typer.Option("--not-there", help=text("help-outbox-not-there"))
            ] = False,
        ) -> None:
            self.retry(id, not_there=not_there)

        app.command("retry", help=text("help-outbox-retry"))(retry)
        app.command("drop", help=text("help-outbox-drop"))(self.drop)
        return app

    def show(self, states: Sequence[str], *, as_json: bool) -> None:
        for state in states:
            if state not in STATES:
                self.call.refuse(
                    "outbox-no-such-state", state=state, states=", ".join(STATES), wrong_use=True
                )
        shown = {one for state in states for one in STATES[state]} or SHOWN
        with self.call.world() as world, world.looking() as uow:
            counts = _counted(uow.outbox.counts())
            letters = uow.outbox.unsent(*shown)
            zone = world.settings.zone
        if as_json:
            rows = [_as_json(letter) for letter in letters]
            self.call.print(json.dumps({"counts": counts, "letters": rows}, ensure_ascii=False, indent=2))
            return
        self.call.say("outbox-counts", **counts)
        for letter in letters:
            self._say(letter, zone)

    def retry(self, id: int, *, not_there: bool) -> None:
        with self.call.world() as world, world.uow() as uow:
            done = uow.outbox.retry(id, not_there=not_there)
            uow.commit()
            if not done and any(one.id == id and one.wiped for one in uow.outbox.unsent("ambiguous", "dead")):
                self.call.refuse("outbox-wiped", id=id)
        self._done("outbox-retried", id, done)

    def drop(self, id: Id) -> None:
        with self.call.world() as world, world.uow() as uow:
            done = uow.outbox.drop(id)
            uow.commit()
        self._done("outbox-dropped", id, done)

    def _done(self, key: str, id: int, done: bool) -> None:
        if not done:
            self.call.refuse("outbox-not-set-aside", id=id)
        self.call.print(self.call.text(key, id=id))

    def _say(self, letter: "Unsent", zone: ZoneInfo) -> None:
        call = self.call
        state = "asking" if letter.state == "new" and letter.unsure else letter.state
        room = f"{letter.door} {letter.room}" if letter.room else call.text("outbox-nowhere")
        call.say(
            "outbox-letter",
            id=letter.id,
            state=call.text(f"outbox-state-{state}"),
            where=f"{room} ({letter.how})",
            since=f"{letter.at.astimezone(zone):%Y-%m-%d %H:%M}",
            tries=letter.tries,
        )
        if letter.journey:
            call.say("outbox-about", journey=letter.journey)
        if letter.why:
            call.say("outbox-why", why=letter.why)
        if letter.wiped and letter.state != "skipped":
            call.say("outbox-held-a-secret")


def _as_json(letter: "Unsent") -> dict[str, object]:
    fields = asdict(letter)
    since = fields.pop("at").isoformat()
    return {**fields, "since": since}


def _counted(states: Mapping[str, int]) -> dict[str, int]:
    """Return every letter counted once: letters = sent + waiting + ambiguous + dead + skipped."""
    counted = {state: states.get(state, 0) for state in ("sent", "ambiguous", "dead", "skipped")}
    counted["waiting"] = sum(states.get(state, 0) for state in WAITING)
    return {"letters": sum(states.values()), **counted}
