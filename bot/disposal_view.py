"""Shows disposal at the command line: what would go and what stays, what went, and what the files still hold."""

from collections.abc import Mapping
from dataclasses import dataclass
from shlex import quote
from typing import TYPE_CHECKING

from bot.call import Call
from dialogs.model.disposal import KINDS, Kind, Line, Plan, Run

if TYPE_CHECKING:
    from bot.wiring import World
    from storage.wiping import Wiped


LONGEST_NUMBER = 60


@dataclass(frozen=True)
class DisposalView:
    call: Call

    def show(self, world: "World", plan: Plan, as_of: str, decision: str = "") -> None:
        call = self.call
        with world.looking() as uow:
            name = uow.organisations.name(plan.organisation)
            heads = [
                uow.journeys.head(one.id)
                for one in uow.journeys.all()
                if one.organisation == plan.organisation
            ]
        groups = {head.group: head.group_name for head in heads}
        call.say("disposal-plan", organisation=name, day=plan.as_of)
        for kind in KINDS:
            lines = [one for one in plan.lines if one.kind == kind]
            if lines:
                months = plan.rules[kind]
                call.print("")
                call.say("disposal-goes", kind=call.text(f"disposal-kind-{kind}"), n=months)
                for line in lines:
                    self._line("disposal-line", line, groups)
        if not plan.goes:
            call.say("disposal-nothing")
        if plan.stays:
            call.print("")
            call.say("disposal-stays")
            for line in plan.stays:
                what = call.text(f"disposal-kind-{line.kind}")
                self._line("disposal-kept", line, groups, kind=what, why=self._why(line, plan))
        if plan.rules["contributions"] is None:
            call.say("disposal-contributions-stay")
        if plan.goes:
            call.print("")
            call.say("disposal-checksum", checksum=plan.checksum)
            day = f" --as-of {as_of}" if as_of else ""
            command = f"metodcoach disposal run --decision {quote(decision) if decision else 'NR'} --plan {plan.checksum}{day}"
            call.say("disposal-to-run", command=command)

    def _line(self, key: str, line: Line, groups: Mapping[str, str], **more: str) -> None:
        group = groups.get(line.group, line.group) or self.call.text("disposal-no-group")
        first, last = line.oldest.date(), line.newest.date()
        self.call.print("  " + self.call.text(key, group=group, n=line.texts, first=first, last=last, **more))

    def _why(self, line: Line, plan: Plan) -> str:
        months = plan.rules[line.kind]
        return self.call.text(f"disposal-why-{line.why}", n=months or 0)

    def rules(self, rules: Mapping[Kind, int | None]) -> None:
        for kind in KINDS:
            months = rules[kind]
            key = "disposal-rule-never" if months is None else "disposal-rule"
            self.call.say(key, kind=kind, what=self.call.text(f"disposal-kind-{kind}"), n=months or 0)

    def tell(self, run: Run) -> None:
        self.call.say("disposal-done", decision=run.decision)
        for kind in KINDS:
            if many := (run.texts or {}).get(kind):
                self.call.print(f"  {self.call.text(f'disposal-kind-{kind}')}: {many}")

    def wipe(self) -> None:
        from storage.wiping import wipe

        with self.call.kindly():
            wiped = wipe(self.call.settings.database_url)
        tell_wiped(self.call, wiped)


def tell_wiped(call: Call, wiped: "Wiped") -> None:
    """Say what of it the database's files still hold, and what whoever runs it has to do."""
    if wiped.in_use:
        call.say("disposal-in-use")
    elif not wiped.write_ahead:
        call.say("disposal-wiped")
    else:
        call.say("disposal-wiped-postgresql")
    if wiped.write_ahead:
        call.say("disposal-write-ahead")
    for statement in wiped.refused:
        call.say("disposal-refused", statement=statement)
    if wiped.copies:
        call.say("disposal-copies")
        for file in wiped.copies:
            call.print(f"  {file}")
    call.say("disposal-elsewhere")


def decision_number(call: Call, said: str) -> str:
    """Return the decision's number; without one nothing is disposed of."""
    from dialogs.values.reading import clean

    number = clean(said) if said.strip() else ""
    if not isinstance(number, str) or not any(sign.isdecimal() for sign in number):
        call.refuse("disposal-no-decision", wrong_use=True)
    number = " ".join(number.split())
    if len(number) > LONGEST_NUMBER:
        call.refuse("disposal-decision-long", most=LONGEST_NUMBER, wrong_use=True)
    return number
