"""``metodcoach disposal``: lawful disposal - what would go, letting it go by a decision, the rules, and what holds it up."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from bot.call import Call
from bot.commands.hold import HoldCommands
from bot.commands.office import Organisation, at_office, home_of, right
from bot.disposal_view import DisposalView, decision_number
from dialogs.model.disposal import KINDS, LONGEST_MONTHS, Kind, Run

if TYPE_CHECKING:
    from bot.usecases.disposing import Disposing
    from bot.usecases.office import Office
    from bot.wiring import World

AsOf = Annotated[str, typer.Option("--as-of", metavar="DAY")]


@dataclass(frozen=True)
class DisposalCommands:
    call: Call

    def app(self) -> typer.Typer:
        app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
        for name, command in (
            ("plan", self.plan), ("run", self.run), ("log", self.log), ("rules", self.rules), ("rule", self.rule),
            ("wipe", self.wipe),
        ):  # fmt: skip
            app.command(name, help=self.call.text(f"help-disposal-{name}"))(command)
        app.add_typer(HoldCommands(self.call).app(), name="hold", help=self.call.text("help-disposal-hold"))
        return app

    # ------------------------------------------------------------------------------------------- plan and run

    def plan(self, as_of: AsOf = "", organisation: Organisation = "") -> None:
        with self.call.world() as world:
            home = home_of(self.call, world, organisation)
            view = DisposalView(self.call)
            view.show(world, self._disposing(world).plan(home, self._day(world, as_of)), as_of)

    def run(
        self,
        decision: Annotated[str, typer.Option("--decision", metavar="NR")] = "",
        plan: Annotated[str, typer.Option("--plan", metavar="CHECKSUM")] = "",
        as_of: AsOf = "",
        organisation: Organisation = "",
    ) -> None:
        number, view = decision_number(self.call, decision), DisposalView(self.call)
        with self.call.world() as world:
            home, disposing = home_of(self.call, world, organisation), self._disposing(world)
            run = disposing.under_way(home)
            if run is not None and run.decision != number:
                self.call.refuse("disposal-another", decision=run.decision, day=world.clock.today())
            ended = disposing.done(home, number, plan) if run is None and plan else None
            if run is None and ended is None:
                shown = disposing.plan(home, self._day(world, as_of))
                if plan and plan != shown.checksum:
                    self.call.refuse("disposal-changed", said=plan, checksum=shown.checksum)
                if not plan or not shown.goes:
                    view.show(world, shown, as_of, number)
                    if shown.goes:
                        self.call.refuse("disposal-plan-first")
                    return
                run = disposing.begin(shown, number)
            elif run is not None:
                self.call.say("disposal-goes-on", decision=run.decision, day=world.clock.today())
            went = disposing.go_on(run) if run is not None else ended
            if not isinstance(went, Run):
                self.call.refuse("disposal-changed-since", decision=number)
        view.tell(went)
        view.wipe()

    def wipe(self) -> None:
        DisposalView(self.call).wipe()

    def log(self, organisation: Organisation = "") -> None:
        with self.call.world() as world:
            home = home_of(self.call, world, organisation)
            with world.looking() as uow:
                runs = uow.disposals.runs(home)
        for run in runs:
            self.call.say(
                "disposal-run", decision=run.decision, day=run.at.date(), state=self.call.text(f"disposal-state-{run.state}")
            )  # fmt: skip
            for kind, many in (run.texts or {}).items():
                self.call.print(f"  {self.call.text(f'disposal-kind-{kind}')}: {many}")
        if not runs:
            self.call.say("disposal-no-runs")

    # ------------------------------------------------------------------------------------------------- rules

    def rules(self, organisation: Organisation = "") -> None:
        from bot.usecases.disposal_plan import rules_of

        with self.call.world() as world:
            home = home_of(self.call, world, organisation)
            with world.looking() as uow:
                rules = rules_of(home, uow)
        DisposalView(self.call).rules(rules)

    def rule(
        self,
        kind: Annotated[str, typer.Argument(metavar="KIND")],
        months: Annotated[str, typer.Argument(metavar="MONTHS")],
        organisation: Organisation = "",
    ) -> None:
        from bot.usecases.disposal_plan import rules_of

        if kind not in KINDS:
            self.call.refuse("disposal-no-such-kind", kind=kind, kinds=", ".join(KINDS), wrong_use=True)
        never = months.casefold() in ("never", "aldrig")
        if not never and not (months.isdecimal() and 1 <= int(months) <= LONGEST_MONTHS):
            self.call.refuse("disposal-no-months", said=months, most=LONGEST_MONTHS, wrong_use=True)
        after = None if never else int(months)
        found: list[Mapping[Kind, int | None]] = []

        def act(office: "Office") -> None:
            home = right(self.call, office.organisation(organisation))
            office.uow.disposals.set_rule(home, kind, after)
            office.note("disposal-rule", home, f"{kind} {months if after else 'never'}")
            found.append(rules_of(home, office.uow))

        at_office(self.call, act)
        DisposalView(self.call).rules(found[-1])

    # ------------------------------------------------------------------------------------------------- at hand

    def _disposing(self, world: "World") -> "Disposing":
        from bot.usecases.disposing import Disposing
        from storage.errors import Conflict

        return Disposing(world.uow, world.looking, world.shelf, world.clock, world.ids, Conflict)

    def _day(self, world: "World", said: str) -> date:
        today = world.clock.today()
        try:
            day = date.fromisoformat(said) if said else today
        except ValueError:
            self.call.refuse("disposal-day", said=said, wrong_use=True)
        if day > today:
            self.call.refuse("disposal-day-to-come", day=day, wrong_use=True)
        return day
