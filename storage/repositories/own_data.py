"""Reads what is kept of a person, by the list of whose each row is."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func, or_, select

from dialogs.events import Event
from dialogs.model.records import Record
from dialogs.ports.own_data import Rows
from storage.mapping import DRAFT, EVENT, RECORD
from storage.repositories import came_in
from storage.tables import journeys, letters, people
from storage.tables.base import Row, table
from storage.transaction import Transaction
from storage.whose import THEIRS

_account = table(people.Account)
_entry = table(journeys.Entry)
_inbox = table(letters.InboxRow)
_journey = table(journeys.JourneyHead)
_record = table(journeys.RecordRow)
_membership = table(people.Membership)
_group = table(people.WorkingGroup)


class SqlOwnData:
    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    def rows(self, person: str) -> Rows:
        found: dict[str, list[Mapping[str, Any]]] = {}
        for theirs in THEIRS:
            if not theirs.tells:
                continue
            columns = Row.metadata.tables[theirs.table].c
            told = select(*(columns[name].label(called) for called, name in theirs.tells.items()))
            mine = or_(*(columns[name] == person for name in theirs.by))
            order = [
                columns[name] for name in theirs.tells.values() if name in ("at", "since", "day", "first")
            ]
            for row in self._tx.rows(told.where(mine).order_by(*order)):
                found.setdefault(theirs.part, []).append({k: _read(k, v) for k, v in row._mapping.items()})
        found["unheard"], found["unreadable"] = self._unheard(person)
        return found

    def _unheard(self, person: str) -> tuple[list[Mapping[str, Any]], list[Mapping[str, Any]]]:
        """Return what the person wrote that is kept with its words, for it waits or couldn't be heard; and what came from
        where they write that nobody can read any more, so that it may be theirs."""
        kept = (
            select(_inbox.c.id, _inbox.c.at, _inbox.c.state, _inbox.c.incoming, _account.c.account)
            .join(_account, (_account.c.door == _inbox.c.door) & (_account.c.tenant == _inbox.c.tenant))
            .where(_account.c.person == person, _inbox.c.incoming.is_not(None))
            .order_by(_inbox.c.id)
        )
        theirs: list[Mapping[str, Any]] = []
        unreadable: dict[int, Mapping[str, Any]] = {}
        for row in self._tx.rows(kept):
            one = came_in.read(row.incoming)
            if one is None:
                unreadable[row.id] = {"state": row.state}
            elif one.account == row.account:
                theirs.append({"at": row.at, "state": row.state, "said": one.said})
        return theirs, list(unreadable.values())

    def events(self, person: str) -> Sequence[tuple[str, Event]]:
        groups = select(_membership.c.group_id).where(_membership.c.person == person)
        theirs = or_(_journey.c.group_id.in_(groups), _journey.c.starter == person)
        within = func.instr if self._tx.on_sqlite else func.strpos
        rows = self._tx.rows(
            select(_entry.c.journey, _entry.c.event)
            .join(_journey, _journey.c.id == _entry.c.journey)
            .where(theirs, or_(_entry.c.person == person, within(_entry.c.event, f'"{person}"') > 0))
            .order_by(_entry.c.journey, _entry.c.sequence)
        )
        return [(row.journey, EVENT.value(row.event)) for row in rows]

    def records(self, person: str) -> Sequence[tuple[str, Record]]:
        within = func.instr if self._tx.on_sqlite else func.strpos
        rows = self._tx.rows(
            select(_record.c.journey, _record.c.content)
            .where(within(_record.c.content, f'"{person}"') > 0)
            .order_by(_record.c.number)
        )
        found = [(row.journey or "", RECORD.value(row.content)) for row in rows]
        return [(journey, one) for journey, one in found if person in _named(one)]

    def names(self) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for kept in (people.Organisation, people.Unit, people.WorkingGroup):
            columns = table(kept).c
            found |= {row.id: row.name for row in self._tx.rows(select(columns.id, columns.name))}
        journeys_of = select(_journey.c.id, _group.c.name).join(_group, _group.c.id == _journey.c.group_id)
        return found | {row.id: row.name for row in self._tx.rows(journeys_of)}


def _named(record: Record) -> set[str]:
    """Return every text that stands alone in a field, a person's id among them."""
    values = record.fields.values()
    lists = (one for value in values if isinstance(value, list | tuple) for one in value)
    return {one for one in (*values, *lists) if isinstance(one, str)}


def _read(called: str, value: Any) -> Any:
    """Return a draft as its words; anything else as it is."""
    if called != "draft":
        return value
    draft = DRAFT.value(value)
    return "\n".join([draft.text, *draft.fields.values()]).strip()
