"""Remembers working groups and who was in them, in which roles, from when until when."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, bindparam, func, insert, select, update

from dialogs.model.people import Member, Roster
from dialogs.ports import MembershipRef
from storage.mapping import ROSTER, name_key
from storage.prepared import Prepared
from storage.repositories import rosters
from storage.tables import people
from storage.tables.base import table
from storage.transaction import Transaction, token

_group = table(people.WorkingGroup)
_membership = table(people.Membership)
_ORGANISATION = Prepared(select(_group.c.organisation).where(_group.c.id == bindparam("group")))
_OPEN_SEATS = Prepared(
    select(_membership)
    .where(
        _membership.c.group_id == bindparam("group"),
        _membership.c.person == bindparam("person"),
        _membership.c.until.is_(None),
    )
    .order_by(_membership.c.id)
)
_LAST_SEAT = Prepared(
    select(func.max(_membership.c.seat)).where(_membership.c.group_id == bindparam("group"))
)


_person = table(people.Person)
_MEMBERSHIPS = Prepared(
    select(
        _membership.c.person, _person.c.name, _membership.c.role, _membership.c.deputy, _membership.c.unit,
        _membership.c.since, _membership.c.until,
    )
    .join(_person, _person.c.id == _membership.c.person)
    .where(_membership.c.group_id == bindparam("group"))
    .order_by(_membership.c.id)
)  # fmt: skip


class SqlGroups:
    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    def add(self, organisation: str, name: str) -> str:
        id = token()
        empty = {"organisation": organisation, "name_key": name_key(name), "roster": ROSTER.text(Roster())}
        self._tx.run(insert(_group), {"id": id, "name": name, **empty})
        rosters.renew(self._tx, group=id)
        return id

    def memberships(self, group: str) -> Sequence[MembershipRef]:
        return [MembershipRef(*row) for row in self._tx.rows(_MEMBERSHIPS, {"group": group})]

    def named(self, organisation: str, name: str) -> str | None:
        found: str | None = self._tx.value(
            select(_group.c.id)
            .where(_group.c.organisation == organisation, _group.c.name_key == name_key(name))
            .order_by(_group.c.id)
        )
        return found

    def put_member(self, group: str, member: Member, *, on: date) -> None:
        """Close the roles that the member has no longer, and open those that are new. A role keeps its first day."""
        rosters.hold(self._tx, group=group)
        wanted = _rows_of(member)
        seat, joined, held = self._seat(group, member, on)
        for row in held:
            at = wanted.pop((row.role, row.deputy, row.unit), None)
            if at is None:
                self._change(row, until=on)
            elif (at, joined) != (row.position, row.joined):
                self._change(row, position=at, joined=joined)
        organisation = self._organisation(group)
        for (role, deputy, unit), position in wanted.items():
            place = {
                "organisation": organisation,
                "group_id": group,
                "person": member.person.id,
                "unit": unit,
            }
            times = {"joined": joined, "since": on, "seat": seat, "position": position}
            self._tx.run(insert(_membership), {"role": role, "deputy": deputy, **place, **times})
        rosters.renew(self._tx, group=group)

    def remove_member(self, group: str, person: str, *, on: date) -> None:
        rosters.hold(self._tx, group=group)
        self._tx.run(
            update(_membership)
            .where(
                _membership.c.group_id == group, _membership.c.person == person, _membership.c.until.is_(None)
            )
            .values(until=on)
        )
        rosters.renew(self._tx, group=group)

    def roster(self, group: str, on: date) -> Roster:
        return rosters.roster(self._tx, group, self._organisation(group), on=on)

    def of_person(self, person: str) -> Sequence[str]:
        theirs = (
            select(_membership.c.group_id)
            .where(_membership.c.person == person, _membership.c.until.is_(None))
            .group_by(_membership.c.group_id)
            .order_by(func.min(_membership.c.id))
        )
        return [row[0] for row in self._tx.rows(theirs)]

    def _organisation(self, group: str) -> str:
        organisation: str | None = self._tx.value(_ORGANISATION, {"group": group})
        if organisation is None:
            raise KeyError(group)
        return organisation

    def _seat(self, group: str, member: Member, on: date) -> tuple[int, date, Sequence[Row[Any]]]:
        """Return the member's place, the day when they joined, and the rows that are open for them."""
        held = self._tx.rows(_OPEN_SEATS, {"group": group, "person": member.person.id})
        if held:
            return held[0].seat, member.since or held[0].joined, held
        last = self._tx.value(_LAST_SEAT, {"group": group})
        return (last or 0) + 1, member.since or on, held

    def _change(self, row: Row[Any], **values: object) -> None:
        self._tx.run(update(_membership).where(_membership.c.id == row.id).values(**values))


def _rows_of(member: Member) -> dict[tuple[str, bool, str | None], int]:
    """Return what has to be open for the member: (role, as deputy, unit), each with its place."""
    roles = [(role, False, member.unit) for role in member.roles]
    deputies = [(role, True, member.unit) for role in member.deputy_for]
    return {row: place for place, row in enumerate([*roles, *deputies] or [("", False, member.unit)])}
