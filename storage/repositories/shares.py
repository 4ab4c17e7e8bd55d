"""Remembers what groups share with whom, and reads a record for somebody who may see it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Select,
    Table,
    and_,
    bindparam,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)  # fmt: skip

from dialogs.model.people import PersonId
from dialogs.model.sharing import Lent, Share, SharedRecord, Viewer
from storage.mapping import RECORD
from storage.prepared import OneOf, Prepared, with_lists
from storage.tables import journeys, people, sharing
from storage.tables.base import table
from storage.transaction import Transaction

_share = table(sharing.ShareRow)
_record = table(journeys.RecordRow)
_group = table(people.WorkingGroup)
_organisation = table(people.Organisation)

_PUT = Prepared(insert(_share))
_its_open = update(_share).where(_share.c.record == bindparam("of_record"), _share.c.ended.is_(None))
_ended = _its_open.values(ended=bindparam("new_ended"), ended_by=bindparam("new_ended_by"))
_END_ALL = Prepared(_ended)
_END = Prepared(
    _ended.where(
        or_(
            _share.c.to_organisation == bindparam("of_whom"),
            and_(_share.c.to_organisation.is_(None), bindparam("of_all", type_=Boolean())),
        )
    )
)
_not_over = or_(_share.c.until.is_(None), _share.c.until >= bindparam("today"))
_OF = Prepared(
    select(_share.c.record, _share.c.to_organisation, _share.c.by, _share.c.at, _share.c.until)
    .where(_share.c.record == bindparam("record"), _share.c.ended.is_(None), _not_over)
    .order_by(_share.c.number)
)

_HISTORY = with_lists(
    lambda one_of: select(_share).where(one_of(_share.c.record, "records")).order_by(_share.c.number)
)


def may_be_seen(record: Table, id: ColumnElement[Any], one_of: OneOf) -> ColumnElement[bool]:
    """Return what lets a row of *record* through: the viewer's own group's, or one that is shared with them.

    It takes the values of `viewing`. *record* has the columns `group_id` and `organisation`.
    """
    shared = exists().where(
        _share.c.record == id,
        _share.c.ended.is_(None),
        _not_over,
        or_(_share.c.to_organisation.is_(None), _share.c.to_organisation == bindparam("organisation")),
    )
    within = or_(bindparam("anywhere", type_=Boolean()), one_of(record.c.organisation, "within"))
    return or_(record.c.group_id == bindparam("group"), shared & within)


def viewing(tx: Transaction, viewer: Viewer) -> dict[str, Any]:
    return {
        "group": viewer.group,
        "organisation": viewer.organisation,
        "today": viewer.today,
        "anywhere": viewer.within is None,
        "within": tx.a_list(list(viewer.within or ())),
    }


_SEEN = with_lists(
    lambda one_of: select(
        _record.c.content, _record.c.group_id, _group.c.name.label("group_name"), _record.c.organisation,
        _organisation.c.name.label("organisation_name"),
    )
    .join(_group, _group.c.id == _record.c.group_id)
    .join(_organisation, _organisation.c.id == _record.c.organisation)
    .where(
        one_of(_record.c.id, "records"),
        _record.c.practice.is_(False),
        may_be_seen(_record, _record.c.id, one_of),
    )
)  # fmt: skip


_by = table(journeys.JourneyHead)
_whose = func.coalesce(_record.c.group_id, _by.c.group_id)


def _lent(select_: Select[Any], one_of: OneOf) -> Select[Any]:
    """Return what others lend the viewer. What was written for the whole organisation is lent within it, too.

    By the organisations, since the index over records begins with them.
    """
    for_all = and_(_record.c.group_id.is_(None), _record.c.organisation == bindparam("organisation"))
    return (
        select_.join_from(_record, _by, _by.c.id == _record.c.journey, isouter=True)
        .join(_group, _group.c.id == _whose)
        .join(_organisation, _organisation.c.id == _record.c.organisation)
        .where(
            _record.c.organisation.in_(select(_organisation.c.id)),
            one_of(_record.c.register_id, "registers"),
            _record.c.practice.is_(False),
            _whose != bindparam("group"),
            or_(may_be_seen(_record, _record.c.id, one_of), for_all),
        )
    )


_LENT = with_lists(
    lambda one_of: _lent(
        select(
            _record.c.content, _whose.label("group_id"), _group.c.name.label("group_name"), _record.c.organisation,
            _organisation.c.name.label("organisation_name"),
        ),
        one_of,
    ).order_by(_record.c.number.desc()).limit(bindparam("most"))
)  # fmt: skip
_COUNT_LENT = with_lists(lambda one_of: _lent(select(func.count()), one_of))
_STILL_LENT = with_lists(
    lambda one_of: _lent(select(_record.c.id), one_of).where(one_of(_record.c.id, "records"))
)


class SqlShares:
    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    def put(self, share: Share, *, organisation: str) -> None:
        """Share a record of the organisation, in the place of how it was shared with the same before."""
        self.end(share.record, [share.to], by=share.by, at=share.at)
        values = {"record": share.record, "to_organisation": share.to, "by": share.by, "at": share.at}
        unended = {"until": share.until, "ended": None, "ended_by": None}
        self._tx.run(_PUT, {**values, **unended, "organisation": organisation})

    def end(self, record: str, to: Iterable[str | None] | None = None, *, by: PersonId, at: datetime) -> None:
        ended = {"of_record": record, "new_ended": at, "new_ended_by": by}
        if to is None:
            self._tx.run(_END_ALL, ended)
            return
        for whom in to:
            self._tx.run(_END, {**ended, "of_whom": whom or "", "of_all": whom is None})

    def of(self, record: str, today: date) -> Sequence[Share]:
        rows = self._tx.rows(_OF, {"record": record, "today": today})
        return [Share(row.record, row.to_organisation, PersonId(row.by), row.at, row.until) for row in rows]

    def history(self, records: Sequence[str]) -> Sequence[tuple[Share, datetime | None]]:
        rows = self._tx.rows(_HISTORY, {"records": self._tx.a_list(list(records))})
        return [
            (Share(row.record, row.to_organisation, PersonId(row.by), row.at, row.until), row.ended) for row in rows
        ]  # fmt: skip

    def seen(self, records: Sequence[str], viewer: Viewer) -> Sequence[SharedRecord]:
        values = {**viewing(self._tx, viewer), "records": self._tx.a_list(list(records))}
        found = {}
        for row in self._tx.rows(_SEEN, values):
            record = RECORD.value(row.content)
            found[record.id] = SharedRecord(
                record, row.group_id, row.group_name, row.organisation, row.organisation_name
            )
        return [found[id] for id in records if id in found]

    def lent(self, registers: Iterable[str], viewer: Viewer, most: int) -> Lent:
        values = {**viewing(self._tx, viewer), "registers": self._tx.a_list(sorted(registers))}
        found = tuple(
            SharedRecord(
                RECORD.value(row.content),
                row.group_id,
                row.group_name,
                row.organisation,
                row.organisation_name,
            )
            for row in self._tx.rows(_LENT, {**values, "most": most})
        )
        there = self._tx.value(_COUNT_LENT, values) if len(found) == most else len(found)
        return Lent(found, there - len(found))

    def still_lent(self, lent: Lent, registers: Iterable[str], viewer: Viewer) -> Lent:
        ids = self._tx.a_list([one.record.id for one in lent.records])
        values = {
            **viewing(self._tx, viewer),
            "registers": self._tx.a_list(sorted(registers)),
            "records": ids,
        }
        left = {row.id for row in self._tx.rows(_STILL_LENT, values)} if lent.records else ()
        return replace(lent, records=tuple(one for one in lent.records if one.record.id in left))
