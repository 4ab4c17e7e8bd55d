"""Disposes of what a decision lets go, in short transactions: killed in between, it goes on where it was."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Literal, TypeVar

from bot.usecases.disposal_plan import plan
from bot.usecases.office import BY
from dialogs.events import JourneyDisposed
from dialogs.model.answers import Address
from dialogs.model.disposal import Kind, Plan, Run, Stored
from dialogs.model.people import PersonId
from dialogs.ports import Clock, Ids, Needs, PackShelf, Rest, UnitOfWork

LISTED = 500  # targets that are written down in one transaction
AT_ONCE: dict[Kind, int] = {
    "drafts": 50, "inbox": 50, "letters": 50, "contributions": 10, "meetings": 50, "journeys": 1,
}  # fmt: skip
ROWS = 50  # of a journey that are taken away in one transaction
SOUGHT = 2000  # of them that are looked for at once
TRIES = 5  # of a transaction that a conversation got in the way of

Refusal = Literal["plan-changed"]
Done = TypeVar("Done")


@dataclass(frozen=True)
class Disposing:
    """What it needs at hand. *looking* only reads and holds nobody up; *conflict* is what two writers raise."""

    uow: Callable[[], UnitOfWork]
    looking: Callable[[], UnitOfWork]
    shelf: PackShelf
    clock: Clock
    ids: Ids
    conflict: type[Exception]

    def plan(self, organisation: str, as_of: date) -> Plan:
        with self.looking() as uow:
            return plan(organisation, as_of, uow=uow, shelf=self.shelf)

    def under_way(self, organisation: str) -> Run | None:
        """Return the run that was begun and has not come to its end."""
        with self.looking() as uow:
            runs = uow.disposals.runs(organisation)
        return next((one for one in runs if one.state in ("listing", "running")), None)

    def done(self, organisation: str, decision: str, checksum: str) -> Run | None:
        """Return the run that did away with what a plan showed, by that decision: it may have been stopped right after."""
        with self.looking() as uow:
            runs = uow.disposals.runs(organisation)
        asked = (decision, checksum, "done")
        return next((one for one in runs if (one.decision, one.checksum, one.state) == asked), None)

    def begin(self, shown: Plan, decision: str) -> Run:
        """Begin what was shown, by the number of a decision."""
        run = Run(
            self.ids.new(), shown.organisation, decision, shown.checksum, shown.as_of, self.clock.now(), "listing", None, {}
        )  # fmt: skip

        def act(uow: UnitOfWork) -> None:
            uow.disposals.begin(run)
            self._note(uow, run, "disposal-begun", f"{run.id} {decision}", digest=run.checksum)

        self._do(act)
        return run

    def go_on(self, run: Run) -> Run | Refusal:
        """Bring the run to its end; return it then. What has changed since it was listed stays as it is."""
        if run.state == "listing":
            listed = self._list(run)
            if not isinstance(listed, Run):
                return listed
            run = listed
        while True:
            with self.looking() as uow:
                targets = uow.disposals.targets(run.id, max(AT_ONCE.values()))
            if not targets:
                return self._end(run, "done")
            first = targets[0][1].kind
            some = targets[: AT_ONCE[first]]
            if first == "journeys":
                self._end_journey(run, some[0][1])
                self._empty(some[0][1].key)
            run = self._strike(run, some)

    # ------------------------------------------------------------------------------------------------ the list

    def _list(self, run: Run) -> Run | Refusal:
        """Write down what is to go, by its ids; when something else would go by now, give up."""
        while self._do(lambda uow: uow.disposals.forget_targets(run.id, LISTED)):
            continue
        shown = self.plan(run.organisation, run.as_of)
        if shown.checksum != run.checksum:
            self._end(run, "given-up")
            return "plan-changed"
        for start in range(0, len(shown.goes), LISTED):
            some = shown.goes[start : start + LISTED]
            self._do(partial(_write_down, run.id, some))
        running = replace(run, state="running")
        self._do(lambda uow: uow.disposals.change(running))
        return running

    def _end(self, run: Run, state: Literal["done", "given-up"]) -> Run:
        ended = replace(run, state=state, done_at=self.clock.now())

        def act(uow: UnitOfWork) -> None:
            uow.disposals.change(ended)
            self._note(uow, ended, f"disposal-{state}", f"{run.id} {sum((run.texts or {}).values())}")

        self._do(act)
        return ended

    # ------------------------------------------------------------------------------------------------ the acts

    def _strike(self, run: Run, targets: Sequence[tuple[int, Stored]]) -> Run:
        """Let some go in one transaction, with what the audit and the run say of it."""

        def act(uow: UnitOfWork) -> Run:
            held = tuple(uow.disposals.holds(run.organisation))
            gone: Counter[str] = Counter()
            kind = targets[0][1].kind
            for _, one in targets:
                if kind == "journeys":
                    gone[one.group] += self._is_ended(uow, one)
                elif one.held_by(held) is None:
                    gone[one.group] += self._let_go(uow, run, one)
            uow.disposals.struck_off(number for number, _ in targets)
            for group, many in sorted(gone.items()):
                if many:
                    self._note(uow, run, f"disposed-{kind}", f"{run.id} {group or '-'} {many}")
            texts = Counter(run.texts or {})
            texts[kind] += gone.total()
            changed = replace(run, texts={name: many for name, many in texts.items() if many})
            uow.disposals.change(changed)
            return changed

        return self._do(act)

    def _let_go(self, uow: UnitOfWork, run: Run, one: Stored) -> int:
        if one.kind != "contributions":
            return uow.disposals.let_go([one])
        id, _, key = one.key.partition(" ")
        address = Address.of(key)
        journey = uow.journeys.get(id, Needs(addresses=frozenset([address])))
        item = journey.items.get(address) or journey.retired.get(address)
        # Somebody may have opened the answer again since the list was made: then its contributions are needed.
        if (
            item is None
            or item.status != "settled"
            or item.in_round
            or item.answer is None
            or item.answer.at != one.at
        ):
            return 0
        return uow.disposals.let_texts_go(journey, item, one.sequences, run.decision)

    def _end_journey(self, run: Run, one: Stored) -> None:
        """Close the journey for good, unless it is held by now, or something has happened in it since."""

        def act(uow: UnitOfWork) -> None:
            journey = uow.journeys.head(one.key)
            last = list(uow.journeys.news(one.key, journey.sequence - 1, most=1))
            if last and isinstance(last[0], JourneyDisposed):
                return
            if one.held_by(uow.disposals.holds(run.organisation)) or (last and last[0].at != one.at):
                return
            event = JourneyDisposed(
                by=PersonId(BY), at=self.clock.now(), decision=run.decision, happened=journey.sequence
            )
            uow.disposals.end_journey(journey, event)

        self._do(act)

    def _is_ended(self, uow: UnitOfWork, one: Stored) -> bool:
        journey = uow.journeys.head(one.key)
        last = list(uow.journeys.news(one.key, journey.sequence - 1, most=1))
        return bool(last) and isinstance(last[0], JourneyDisposed)

    def _empty(self, journey: str) -> None:
        """Take away what an ended journey held, a little at a time."""
        with self.looking() as uow:
            ended = self._is_ended(uow, Stored("journeys", journey, self.clock.now()))
        while ended:
            with self.looking() as uow:
                rest = uow.disposals.rest_of(journey, SOUGHT)
            if not rest:
                return
            for start in range(0, len(rest), ROWS):
                some = rest[start : start + ROWS]
                self._do(partial(_drop, some))

    # --------------------------------------------------------------------------------------------- transactions

    def _do(self, act: Callable[[UnitOfWork], Done]) -> Done:
        for left in reversed(range(TRIES)):
            try:
                with self.uow() as uow:
                    done = act(uow)
                    uow.commit()
                    return done
            except self.conflict:
                if not left:
                    raise
        raise AssertionError("unreachable")

    def _note(self, uow: UnitOfWork, run: Run, kind: str, about: str, *, digest: str = "") -> None:
        uow.audit.note(
            kind, organisation=run.organisation, by=BY, about=about, at=self.clock.now(), digest=digest
        )


def _write_down(run: str, some: Sequence[Stored], uow: UnitOfWork) -> None:
    uow.disposals.list_targets(run, some)


def _drop(rest: Sequence[Rest], uow: UnitOfWork) -> None:
    uow.disposals.drop_rest(rest)
