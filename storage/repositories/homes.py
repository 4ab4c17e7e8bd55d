"""Remembers who has opened their personal page at a door, what it showed, and whether it may have become stale."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from hashlib import sha256
from itertools import groupby
from typing import Any

from sqlalchemy import Row, Select, and_, bindparam, select

from dialogs.ports import HomeRef
from storage.prepared import Prepared, upsert
from storage.tables import journeys, letters, people
from storage.tables.base import table
from storage.transaction import Transaction

_home = table(letters.Home)
_person = table(people.Person)
_membership = table(people.Membership)
_journey = table(journeys.JourneyHead)


def _with_state(found: Select[Any]) -> Select[Any]:
    """Add what a page is made of: the person, and how often each of their journeys has been written."""
    return (
        found.add_columns(
            _person.c.id.label("of_person"),
            _person.c.name,
            _person.c.language,
            _person.c.zone,
            _membership.c.role,
            _membership.c.deputy,
            _journey.c.id.label("journey"),
            _journey.c.written,
        )
        .outerjoin(_membership, and_(_membership.c.person == _person.c.id, _membership.c.until.is_(None)))
        .outerjoin(_journey, _journey.c.group_id == _membership.c.group_id)
    )


_HOMES = _with_state(
    select(_home.c.door, _home.c.tenant, _home.c.account, _home.c.digest, _home.c.stamp, _home.c.buttons)
    .join(_person, _person.c.id == _home.c.person)
    .where(_home.c.door == bindparam("door"))
).order_by(_home.c.tenant, _home.c.account, _journey.c.id, _membership.c.id)
_ALL = Prepared(_HOMES)
_ONE = Prepared(_HOMES.where(_home.c.tenant == bindparam("tenant"), _home.c.account == bindparam("account")))
_STATE = Prepared(
    _with_state(select().select_from(_person).where(_person.c.id == bindparam("person"))).order_by(
        _journey.c.id, _membership.c.id
    )
)
_KEEP = upsert(_home, keys=("door", "tenant", "account"))


class SqlHomes:
    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    def get(self, door: str, tenant: str, account: str, today: date) -> HomeRef | None:
        rows = self._tx.rows(_ONE, {"door": door, "tenant": tenant, "account": account})
        return next(_homes(rows, today), None)

    def stamp(self, person: str, today: date) -> str:
        return _stamp(self._tx.rows(_STATE, {"person": person}), today)

    def stale(self, door: str, today: date) -> Sequence[HomeRef]:
        rows = self._tx.rows(_ALL, {"door": door})
        return [home for home in _homes(rows, today) if home.now != home.stamp]

    def keep(self, home: HomeRef, at: datetime) -> None:
        where = {"door": home.door, "tenant": home.tenant, "account": home.account, "person": home.person}
        shown = {"digest": home.digest, "stamp": home.stamp, "buttons": json.dumps(home.buttons)}
        self._tx.run(_KEEP, {**where, **shown, "at": at})


def _homes(rows: Sequence[Row[Any]], today: date) -> Iterator[HomeRef]:
    for (tenant, account), theirs in groupby(rows, key=lambda row: (row.tenant, row.account)):
        of_one = list(theirs)
        row = of_one[0]
        yield HomeRef(
            row.door, tenant, account, row.of_person, row.digest, row.stamp, _stamp(of_one, today),
            tuple(json.loads(row.buttons)),
        )  # fmt: skip


def _stamp(rows: Iterable[Row[Any]], today: date) -> str:
    """Return a short word for the state; another day is another state, for some things are due by then."""
    state = [
        [row.name, row.language, row.zone, row.role, row.deputy, row.journey, row.written] for row in rows
    ]
    return sha256(json.dumps([today.isoformat(), *state]).encode()).hexdigest()[:32]
