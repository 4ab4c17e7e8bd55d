"""Remembers which accounts people speak from, and what the platforms say of them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, bindparam, case, exists, func, select, update

from dialogs.incoming import Profile
from dialogs.ports import AccountRef
from storage.prepared import Prepared, upsert
from storage.tables import people
from storage.tables.base import table
from storage.transaction import Transaction

_account = table(people.Account)
_person = table(people.Person)
_room = table(people.Room)

_where_they_are_met = exists().where(
    _room.c.id == _person.c.private_room, _room.c.door == _account.c.door, _room.c.tenant == _account.c.tenant
)
_their_platform_says = (
    select(_account.c.zone)
    .where(_account.c.person == _person.c.id, _account.c.zone != "")
    .order_by(
        case((and_(_account.c.active, _where_they_are_met), 0), (_account.c.active, 1), else_=2),
        _account.c.door,
        _account.c.tenant,
        _account.c.account,
    )
    .limit(1)
    .scalar_subquery()
)
ZONE = func.coalesce(func.nullif(_person.c.zone, ""), _their_platform_says)
"""The zone of a person's days, for statements about `person`: what they chose; else what their platform says.

Of several accounts that in use counts, and first the one in whose workspace the person is written to. None where
nobody says anything.
"""

_SAID = (
    _account.c.name,
    _account.c.email,
    _account.c.language,
    _account.c.zone,
    _account.c.guest,
    _account.c.active,
)
ACCOUNT = select(
    _account.c.door, _account.c.tenant, _account.c.account, _account.c.person, *_SAID
).add_columns(_account.c.seen_at)
_this_one = (
    _account.c.door == bindparam("of_door"),
    _account.c.tenant == bindparam("of_tenant"),
    _account.c.account == bindparam("of_account"),
)
_GET = Prepared(ACCOUNT.where(*_this_one))
_OF_PERSON = Prepared(
    ACCOUNT.where(_account.c.person == bindparam("person")).order_by(
        _account.c.door, _account.c.tenant, _account.c.account
    )
)
# What an account said of itself stays when it is tied to somebody else: the row is the account's.
_TIE = upsert(_account, keys=("door", "tenant", "account"), rest=("person",))
_NOTE = Prepared(
    update(_account)
    .where(*_this_one)
    .values({column.name: bindparam(f"new_{column.name}") for column in (*_SAID, _account.c.seen_at)})
)


def tie(tx: Transaction, door: str, tenant: str, account: str, person: str) -> None:
    unsaid = {
        "name": "",
        "email": "",
        "language": "",
        "zone": "",
        "guest": False,
        "active": True,
        "seen_at": None,
    }
    tx.run(_TIE, {"door": door, "tenant": tenant, "account": account, "person": person, **unsaid})
    tx.speakers.clear()
    tx.accounts.clear()


def get(tx: Transaction, door: str, tenant: str, account: str) -> AccountRef | None:
    noted = tx.accounts.get((door, tenant, account))
    if noted is not None:
        return noted
    row = tx.row(_GET, _named(door, tenant, account))
    return None if row is None else ref(row)


def of_person(tx: Transaction, person: str) -> Sequence[AccountRef]:
    return [ref(row) for row in tx.rows(_OF_PERSON, {"person": person})]


def note(tx: Transaction, door: str, tenant: str, account: str, profile: Profile, at: datetime) -> None:
    """Keep what the platform says; an account that nobody is tied to is nobody's business."""
    said = {
        "new_name": profile.name,
        "new_email": profile.email,
        "new_language": profile.language,
        "new_zone": profile.zone,
        "new_guest": profile.guest,
        "new_active": profile.active,
        "new_seen_at": at,
    }
    tx.run(_NOTE, {**_named(door, tenant, account), **said})
    tx.accounts.clear()


def _named(door: str, tenant: str, account: str) -> dict[str, str]:
    return {"of_door": door, "of_tenant": tenant, "of_account": account}


def ref(row: Row[Any]) -> AccountRef:
    said = Profile(row.name, row.email, row.language, row.zone, row.guest, row.active)
    return AccountRef(row.door, row.tenant, row.account, row.person, said, row.seen_at)
