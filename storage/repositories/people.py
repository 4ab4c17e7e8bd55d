"""Remembers persons, the accounts they speak from, and the one-time codes that tie the two."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Row, bindparam, delete, func, insert, or_, select, update

from dialogs.incoming import Profile
from dialogs.model.people import Person, PersonId
from dialogs.ports import AccountRef, RoomRef
from storage.mapping import name_key
from storage.prepared import Prepared, upsert
from storage.repositories import accounts, rosters
from storage.tables import people
from storage.tables.base import table
from storage.transaction import Transaction, token

_person = table(people.Person)
_account = table(people.Account)
_admin = table(people.Admin)
_membership = table(people.Membership)
_code = table(people.LinkCode)
_room = table(people.Room)

_PERSON = select(_person.c.id, _person.c.name, _person.c.language)
_CALLED = _PERSON.where(_person.c.name_key == bindparam("key")).order_by(_person.c.number)
_NAMED = Prepared(_CALLED)
_NAMED_IN = Prepared(
    _CALLED.where(
        or_(
            _person.c.id.in_(
                select(_membership.c.person).where(_membership.c.organisation == bindparam("organisation"))
            ),
            _person.c.id.in_(
                select(_admin.c.person).where(_admin.c.organisation == bindparam("organisation"))
            ),
        )
    )
)
_GET = Prepared(_PERSON.where(_person.c.id == bindparam("person")))
_BY_ACCOUNT = Prepared(
    select(
        _person.c.id.label("person"),
        _person.c.name,
        _person.c.language.label("spoken"),
        _person.c.greeted_at,
        _room.c.id.label("own"),
        _room.c.door.label("own_door"),
        _room.c.tenant.label("own_tenant"),
        _room.c.external.label("own_external"),
    )
    .join(_account, _account.c.person == _person.c.id)
    .outerjoin(_room, _room.c.id == _person.c.private_room)
    .where(
        _account.c.door == bindparam("door"),
        _account.c.tenant == bindparam("tenant"),
        _account.c.account == bindparam("account"),
    )
)
_GREETED = Prepared(select(_person.c.greeted_at).where(_person.c.id == bindparam("person")))
_ZONE = Prepared(select(accounts.ZONE).where(_person.c.id == bindparam("person")))
_PUT_CODE = upsert(_code, keys=("hash",))
_USE_CODE = Prepared(
    delete(_code)
    .where(_code.c.hash == bindparam("hash"))
    .returning(_code.c.person, _code.c.until)
)  # fmt: skip


class SqlPeople:
    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    def add(self, name: str, *, email: str | None = None, language: str | None = None) -> Person:
        id = PersonId(token())
        row = {"id": id, "name": name, "name_key": name_key(name), "email": email, "language": language}
        self._tx.run(insert(_person), row)
        return Person(id, name, language)

    def get(self, person: str) -> Person | None:
        return _value(self._tx.row(_GET, {"person": person}))

    def by_account(self, door: str, tenant: str, account: str) -> Person | None:
        speaks = (door, tenant, account)
        if speaks in self._tx.speakers:
            return self._tx.speakers[speaks]
        row = self._tx.row(_BY_ACCOUNT, {"door": door, "tenant": tenant, "account": account})
        return None if row is None else note_person(self._tx, speaks, row)

    def tie(self, door: str, tenant: str, account: str, person: str) -> None:
        accounts.tie(self._tx, door, tenant, account, person)

    def account(self, door: str, tenant: str, account: str) -> AccountRef | None:
        return accounts.get(self._tx, door, tenant, account)

    def accounts_of(self, person: str) -> Sequence[AccountRef]:
        return accounts.of_person(self._tx, person)

    def note_profile(self, door: str, tenant: str, account: str, profile: Profile, at: datetime) -> None:
        accounts.note(self._tx, door, tenant, account, profile, at)

    def with_email(self, email: str) -> Sequence[Person]:
        """Return who was entered with the address, or has it at a platform that vouches for it: not as a guest there."""
        said = email.strip().lower()
        if not said:
            return []
        theirs = select(_account.c.person).where(
            func.lower(_account.c.email) == said, _account.c.guest.is_(False)
        )
        found = _PERSON.where(or_(func.lower(_person.c.email) == said, _person.c.id.in_(theirs)))
        return [_known(row) for row in self._tx.rows(found.order_by(_person.c.number))]

    def zone(self, person: str) -> str | None:
        """Return the zone that the person chose, else what their platform says; None when nobody says anything."""
        found: str | None = self._tx.value(_ZONE, {"person": person})
        return found

    def set_zone(self, person: str, zone: str) -> None:
        self._change(person, zone=zone)

    def named(self, name: str, organisation: str | None) -> Sequence[Person]:
        """Return who has the name; in the organisation: its admins, and who is or was in one of its groups."""
        key = {"key": name_key(name)}
        if organisation is None:
            rows = self._tx.rows(_NAMED, key)
        else:
            rows = self._tx.rows(_NAMED_IN, {**key, "organisation": organisation})
        return [_known(row) for row in rows]

    def rename(self, person: str, name: str) -> None:
        self._change(person, name=name, name_key=name_key(name))
        rosters.renew(self._tx, person=person)

    def set_email(self, person: str, email: str) -> None:
        self._change(person, email=email)

    def set_language(self, person: str, language: str) -> None:
        self._change(person, language=language)
        rosters.renew(self._tx, person=person)

    def greeted(self, person: str) -> bool:
        return person in self._tx.greeted or self._tx.value(_GREETED, {"person": person}) is not None

    def mark_greeted(self, person: str, at: datetime) -> None:
        self._change(person, greeted_at=at)

    def put_code(self, code: str, person: str, *, until: datetime) -> None:
        self._tx.run(_PUT_CODE, {"hash": _hash(code), "person": person, "until": until})

    def use_code(self, code: str, now: datetime) -> str | None:
        spent = self._tx.row(_USE_CODE, {"hash": _hash(code)})
        return spent.person if spent is not None and now < spent.until else None

    def _change(self, person: str, **values: object) -> None:
        self._tx.run(update(_person).where(_person.c.id == person).values(**values))
        self._tx.speakers.clear()


def note_person(tx: Transaction, account: tuple[str, str, str], row: Row[Any]) -> Person:
    """Note who speaks from the account, whether they have been greeted, and where their private room is."""
    person = tx.speakers[account] = Person(PersonId(row.person), row.name, row.spoken)
    if row.greeted_at is not None:
        tx.greeted.add(row.person)
    if row.own is not None:
        own = RoomRef(row.own, row.own_door, row.own_tenant, row.own_external, private=True)
        tx.doors[own.id] = own.door
        tx.private_rooms[row.person] = own.id
        tx.private_refs[row.person] = own
    return person


def _value(row: Row[Any] | None) -> Person | None:
    return None if row is None else _known(row)


def _known(row: Row[Any]) -> Person:
    return Person(PersonId(row.id), row.name, row.language)


def _hash(code: str) -> str:
    return sha256(code.encode()).hexdigest()
