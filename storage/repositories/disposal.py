"""Remembers lawful disposal: an organisation's rules and holds, its runs, and what is left for them to do."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import delete, insert, null, select, update

from dialogs.events import JourneyDisposed
from dialogs.model.answers import Item
from dialogs.model.disposal import KINDS, Hold, Kind, Run, Scope, Stored
from dialogs.model.journey import Journey
from dialogs.ports import Rest
from storage.mapping import STORED
from storage.prepared import upsert
from storage.repositories import disposal_acts, disposal_finds
from storage.tables import disposal, journeys
from storage.tables.base import table
from storage.transaction import Transaction

_rule = table(disposal.DisposalRule)
_hold = table(disposal.DisposalHold)
_run = table(disposal.DisposalRun)
_target = table(disposal.DisposalTarget)
_item = table(journeys.ItemRow)
_PUT_RULE = upsert(_rule, keys=("organisation", "kind"))


class SqlDisposals:
    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    # ----------------------------------------------------------------------------------------- rules and holds

    def rules(self, organisation: str) -> Mapping[Kind, int | None]:
        rows = self._tx.rows(select(_rule).where(_rule.c.organisation == organisation))
        return {row.kind: row.months for row in rows if row.kind in KINDS}

    def set_rule(self, organisation: str, kind: Kind, months: int | None) -> None:
        self._tx.run(_PUT_RULE, {"organisation": organisation, "kind": kind, "months": months})

    def holds(self, organisation: str) -> Sequence[Hold]:
        these = select(_hold).where(_hold.c.organisation == organisation, _hold.c.lifted.is_(null()))
        return [
            Hold(row.number, row.scope, row.about, row.reason, row.by, row.at)
            for row in self._tx.rows(these.order_by(_hold.c.number))
        ]

    def hold(self, organisation: str, scope: Scope, about: str, *, reason: str, by: str, at: datetime) -> int:
        what = {"organisation": organisation, "scope": scope, "about": about}
        row = {**what, "reason": reason, "by": by, "at": at}
        return int(self._tx.value(insert(_hold).values(**row).returning(_hold.c.number)))

    def lift(self, organisation: str, number: int, *, by: str, at: datetime) -> bool:
        this = (_hold.c.organisation == organisation, _hold.c.number == number, _hold.c.lifted.is_(null()))
        return bool(self._tx.run(update(_hold).where(*this).values(lifted=at, lifted_by=by)))

    # -------------------------------------------------------------------------------------------- what there is

    def stored(self, kind: Kind, organisation: str, *, alone: bool) -> Iterable[Stored]:
        return disposal_finds.stored(self._tx, kind, organisation, alone=alone)

    def settled_in(self, journey: str) -> bool:
        this = (_item.c.journey == journey, _item.c.revision > 0)
        return self._tx.row(select(_item.c.address).where(*this).limit(1)) is not None

    # ----------------------------------------------------------------------------------------------------- runs

    def runs(self, organisation: str) -> Sequence[Run]:
        rows = self._tx.rows(select(_run).where(_run.c.organisation == organisation).order_by(_run.c.at))
        return [Run(**{**row._mapping, "texts": json.loads(row.texts)}) for row in rows]

    def begin(self, run: Run) -> None:
        self._tx.run(insert(_run), _row(run))

    def change(self, run: Run) -> None:
        values = _row(run)
        self._tx.run(update(_run).where(_run.c.id == values.pop("id")).values(**values))

    def list_targets(self, run: str, targets: Sequence[Stored]) -> None:
        rows = [{"run": run, "kind": one.kind, "key": one.key, "target": STORED.text(one)} for one in targets]
        if rows:
            self._tx.run(insert(_target).values(rows))

    def forget_targets(self, run: str, most: int) -> int:
        some = select(_target.c.number).where(_target.c.run == run).limit(most)
        return self._tx.run(delete(_target).where(_target.c.number.in_(some)))

    def targets(self, run: str, most: int) -> Sequence[tuple[int, Stored]]:
        first = select(_target).where(_target.c.run == run).order_by(_target.c.number).limit(most)
        rows = self._tx.rows(first)
        return [(row.number, STORED.value(row.target)) for row in rows if row.kind == rows[0].kind]

    def struck_off(self, targets: Iterable[int]) -> None:
        self._tx.run(delete(_target).where(_target.c.number.in_(list(targets))))

    # ------------------------------------------------------------------------------------------------- the acts

    def let_go(self, targets: Sequence[Stored]) -> int:
        return disposal_acts.let_go(self._tx, targets)

    def let_texts_go(
        self,
        journey: Journey,
        before: Item,
        sequences: Sequence[int],
        decision: str,
        *,
        unnamed: bool = True,
    ) -> int:
        return disposal_acts.let_texts_go(self._tx, journey, before, sequences, decision, unnamed=unnamed)

    def end_journey(self, journey: Journey, event: JourneyDisposed) -> None:
        disposal_acts.end_journey(self._tx, journey, event)

    def rest_of(self, journey: str, most: int) -> Sequence[Rest]:
        return disposal_acts.rest_of(self._tx, journey, most)

    def drop_rest(self, rest: Sequence[Rest]) -> None:
        disposal_acts.drop_rest(self._tx, rest)


def _row(run: Run) -> dict[str, Any]:
    row = {name: getattr(run, name) for name in cast(Any, run).__slots__}
    return {**row, "texts": json.dumps(dict(run.texts or {}))}
