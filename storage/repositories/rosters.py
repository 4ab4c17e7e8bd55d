"""Puts a group's roster together from its rows, and keeps the copy that its turns read."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, Table, bindparam, select, update

from dialogs.model.people import Body, BodyId, Member, Person, PersonId, Roster, Unit, UnitId
from storage.mapping import ROSTER
from storage.prepared import Prepared
from storage.tables import people
from storage.tables.base import table
from storage.transaction import Transaction

_group = table(people.WorkingGroup)
_membership = table(people.Membership)
_person = table(people.Person)
_unit = table(people.Unit)
_body = table(people.Body)

_MEMBERSHIPS = Prepared(
    select(_membership, _person.c.name, _person.c.language)
    .join(_person, _person.c.id == _membership.c.person)
    .where(_membership.c.group_id == bindparam("group"))
    .order_by(_membership.c.seat, _membership.c.position, _membership.c.id)
)

_PARTS = {
    part: Prepared(
        select(part).where(part.c.organisation == bindparam("organisation")).order_by(part.c.number)
    )
    for part in (_unit, _body)
}
_GROUPS = select(_group.c.id, _group.c.organisation).order_by(_group.c.id)
_ONE_GROUP = Prepared(_GROUPS.where(_group.c.id == bindparam("group")))
_ITS_GROUPS = Prepared(_GROUPS.where(_group.c.organisation == bindparam("organisation")))
_THEIR_GROUPS = Prepared(
    _GROUPS.where(
        _group.c.id.in_(select(_membership.c.group_id).where(_membership.c.person == bindparam("person")))
    ).with_for_update(key_share=True)
)
_KEEP = Prepared(update(_group).where(_group.c.id == bindparam("group")).values(roster=bindparam("copy")))


def hold(tx: Transaction, *, organisation: str | None = None, group: str | None = None) -> None:
    """Let nobody else change the rosters until this transaction ends. SQLite's writers are alone anyway."""
    if not tx.on_sqlite:
        which = _group.c.organisation == organisation if group is None else _group.c.id == group
        tx.rows(select(_group.c.id).where(which).order_by(_group.c.id).with_for_update(key_share=True))


def renew(
    tx: Transaction, *, organisation: str | None = None, group: str | None = None, person: str | None = None
) -> None:
    """Write the copy anew for one group, for all of an organisation, or for all that a person is or was in.

    The copy holds what has not ended: a turn asks for now, and no day is told to it.
    """
    tx.forget_journeys()
    if group is not None:
        groups = tx.rows(_ONE_GROUP, {"group": group})
    elif organisation is not None:
        groups = tx.rows(_ITS_GROUPS, {"organisation": organisation})
    else:
        groups = tx.rows(_THEIR_GROUPS, {"person": person})
    for row in groups:
        copy = ROSTER.text(roster(tx, row.id, row.organisation, on=None))
        tx.run(_KEEP, {"group": row.id, "copy": copy})


def roster(tx: Transaction, group: str, organisation: str, *, on: date | None) -> Roster:
    """Return the group as it is on that day; without a day: all that has begun or will, and has not ended."""
    rows = tx.rows(_MEMBERSHIPS, {"group": group})
    members = tuple(_members(row for row in rows if _is_open(row, on)))
    here = {member.person.id for member in members}
    left: dict[str, Person] = {}
    for row in sorted(rows, key=lambda row: (row.until or date.max, row.id)):
        if row.person not in here and row.until is not None and (on is None or row.until <= on):
            left[row.person] = Person(PersonId(row.person), row.name, row.language)
    return Roster(
        members,
        units(tx, organisation, on),
        bodies(tx, organisation, on),
        tuple(left.values()),
        _closed(tx, _unit, organisation, on) | _closed(tx, _body, organisation, on),
    )


def units(tx: Transaction, organisation: str, on: date | None) -> tuple[Unit, ...]:
    return tuple(
        Unit(UnitId(row.id), row.name, BodyId(row.body) if row.body else None)
        for row in _open_parts(tx, _unit, organisation, on)
    )


def bodies(tx: Transaction, organisation: str, on: date | None) -> tuple[Body, ...]:
    return tuple(Body(BodyId(row.id), row.name) for row in _open_parts(tx, _body, organisation, on))


def _members(rows: Iterable[Row[Any]]) -> Iterable[Member]:
    """Return the members of *rows*, which lie member by member."""
    by_person: dict[str, list[Row[Any]]] = {}
    for row in rows:
        by_person.setdefault(row.person, []).append(row)
    for person, theirs in by_person.items():
        yield Member(
            person=Person(PersonId(person), theirs[0].name, theirs[0].language),
            roles=tuple(row.role for row in theirs if row.role and not row.deputy),
            unit=theirs[0].unit,
            deputy_for=tuple(row.role for row in theirs if row.deputy),
            since=theirs[0].joined,
        )


def _open_parts(tx: Transaction, part: Table, organisation: str, on: date | None) -> Sequence[Row[Any]]:
    rows = tx.rows(_PARTS[part], {"organisation": organisation})
    return [row for row in rows if _is_open(row, on)]


def _closed(tx: Transaction, part: Table, organisation: str, on: date | None) -> dict[str, str]:
    """Return the names of what was there and is closed, by id."""
    rows = tx.rows(_PARTS[part], {"organisation": organisation})
    return {row.id: row.name for row in rows if row.until is not None and (on is None or row.until <= on)}


def _is_open(row: Row[Any], on: date | None) -> bool:
    if on is None:
        return row.until is None
    return bool(row.since <= on and (row.until is None or on < row.until))
