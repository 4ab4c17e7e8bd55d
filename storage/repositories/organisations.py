"""Remembers organisations, their units and bodies (with what came after them), and their admins."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import bindparam, func, insert, select, union, update

from dialogs.model.people import Body, BodyId, Person, PersonId, Unit, UnitId
from storage.mapping import name_key
from storage.prepared import Prepared, insert_new
from storage.repositories import rosters
from storage.tables import people
from storage.tables.base import table
from storage.transaction import Transaction, token

_organisation = table(people.Organisation)
_admin = table(people.Admin)
_membership = table(people.Membership)
_person = table(people.Person)
_parts = {"unit": table(people.Unit), "body": table(people.Body)}

_NAMED = Prepared(
    select(_organisation.c.id)
    .where(_organisation.c.name_key == bindparam("key"))
    .order_by(_organisation.c.id)
)
_IS_ADMIN = Prepared(
    select(_admin.c.person).where(
        _admin.c.organisation == bindparam("organisation"), _admin.c.person == bindparam("person")
    )
)
_NAME = Prepared(select(_organisation.c.name).where(_organisation.c.id == bindparam("organisation")))
_ADMINS = Prepared(
    select(_person.c.id, _person.c.name, _person.c.language)
    .join(_admin, _admin.c.person == _person.c.id)
    .where(_admin.c.organisation == bindparam("organisation"))
    .order_by(_person.c.number)
)
_OF_PERSON = Prepared(
    union(
        select(_membership.c.organisation).where(
            _membership.c.person == bindparam("person"), _membership.c.until.is_(None)
        ),
        select(_admin.c.organisation).where(_admin.c.person == bindparam("person")),
    )
)
_ADD_ADMIN = insert_new(_admin, keys=("organisation", "person"))


class SqlOrganisations:
    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    def add(self, name: str) -> str:
        id = token()
        self._tx.run(insert(_organisation), {"id": id, "name": name, "name_key": name_key(name)})
        return id

    def named(self, name: str) -> str | None:
        found: str | None = self._tx.value(_NAMED, {"key": name_key(name)})
        return found

    def name(self, organisation: str) -> str:
        """Return the organisation's name. Raises ``KeyError`` when there is none."""
        name: str | None = self._tx.value(_NAME, {"organisation": organisation})
        if name is None:
            raise KeyError(organisation)
        return name

    def all(self) -> Sequence[tuple[str, str]]:
        rows = self._tx.rows(select(_organisation.c.id, _organisation.c.name, _organisation.c.name_key))
        return [(row.id, row.name) for row in sorted(rows, key=lambda row: (row.name_key, row.id))]

    def units(self, organisation: str, on: date) -> Sequence[Unit]:
        return rosters.units(self._tx, organisation, on)

    def add_unit(self, organisation: str, name: str, *, since: date) -> Unit:
        return Unit(UnitId(self._add("unit", organisation, name, since)), name)

    def close_unit(self, unit: str, *, on: date, successor: str | None) -> None:
        self._change("unit", unit, until=on, successor=successor)
        units = _parts["unit"]
        body = self._tx.value(select(units.c.body).where(units.c.id == unit))
        if successor is not None and body is not None:
            heir = self._tx.value(select(units.c.body).where(units.c.id == successor))
            self.set_body_of(successor, heir or body)

    def set_body_of(self, unit: str, body: str | None) -> None:
        self._change("unit", unit, body=body)

    def rename_unit(self, unit: str, name: str) -> None:
        self._change("unit", unit, name=name)

    def bodies(self, organisation: str, on: date) -> Sequence[Body]:
        return rosters.bodies(self._tx, organisation, on)

    def add_body(self, organisation: str, name: str, *, since: date) -> Body:
        return Body(BodyId(self._add("body", organisation, name, since)), name)

    def close_body(self, body: str, *, on: date, successor: str | None) -> None:
        units = _parts["unit"]
        self._tx.run(update(units).where(units.c.body == body).values(body=successor))
        self._change("body", body, until=on, successor=successor)

    def add_admin(self, organisation: str, person: str) -> None:
        self._tx.run(_ADD_ADMIN, {"organisation": organisation, "person": person})

    def is_admin(self, organisation: str, person: str) -> bool:
        return self._tx.row(_IS_ADMIN, {"organisation": organisation, "person": person}) is not None

    def admins(self, organisation: str) -> Sequence[Person]:
        """Return the organisation's admins, who came first in front."""
        rows = self._tx.rows(_ADMINS, {"organisation": organisation})
        return [Person(PersonId(row.id), row.name, row.language) for row in rows]

    def of_person(self, person: str) -> Sequence[str]:
        return sorted(row[0] for row in self._tx.rows(_OF_PERSON, {"person": person}))

    def _add(self, kind: str, organisation: str, name: str, since: date) -> str:
        part = _parts[kind]
        rosters.hold(self._tx, organisation=organisation)
        taken = self._tx.value(select(func.max(part.c.number)).where(part.c.organisation == organisation))
        id = token()
        row = {
            "id": id,
            "organisation": organisation,
            "number": (taken or 0) + 1,
            "name": name,
            "since": since,
        }
        self._tx.run(insert(part), row)
        rosters.renew(self._tx, organisation=organisation)
        return id

    def _change(self, kind: str, id: str, **values: object) -> None:
        part = _parts[kind]
        organisation = self._tx.value(select(part.c.organisation).where(part.c.id == id))
        if organisation is None:
            raise KeyError(id)
        rosters.hold(self._tx, organisation=organisation)
        self._tx.run(update(part).where(part.c.id == id).values(**values))
        rosters.renew(self._tx, organisation=organisation)
