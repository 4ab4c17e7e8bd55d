"""People, units, bodies, and who holds which role in a working group."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import NewType

PersonId = NewType("PersonId", str)
UnitId = NewType("UnitId", str)
BodyId = NewType("BodyId", str)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody, with any number of accounts. The language is None until they choose one."""

    id: PersonId
    name: str
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Unit:
    """An administration, company or operation (förvaltning, bolag, verksamhet), and the body that answers for it."""

    id: UnitId
    name: str
    body: BodyId | None = None


@dataclass(frozen=True, slots=True)
class Body:
    """A committee, board or council (nämnd, styrelse, fullmäktige)."""

    id: BodyId
    name: str


@dataclass(frozen=True, slots=True)
class Member:
    """One person's place in the group: all roles, the unit they come from, and whom they are deputy for."""

    person: Person
    roles: tuple[str, ...] = ()
    unit: UnitId | None = None
    deputy_for: tuple[str, ...] = ()
    since: date | None = None

    def holds(self, role: str) -> bool:
        return role in self.roles


@dataclass(frozen=True)
class Roster:
    """Everybody and everything that a group's journey may name, as of now. Who holds what is worked out once."""

    members: tuple[Member, ...] = ()
    units: tuple[Unit, ...] = ()
    bodies: tuple[Body, ...] = ()
    former: tuple[Person, ...] = ()  # who left; their words stay
    closed: Mapping[str, str] = field(default_factory=dict)  # units and bodies that were: id -> name

    def member(self, person: str) -> Member | None:
        return self._by_person.get(person)

    def holders(self, role: str) -> tuple[Member, ...]:
        return self._holders.get(role, ())

    def deputies(self, role: str) -> tuple[Member, ...]:
        return self._deputies.get(role, ())

    @cached_property
    def _by_person(self) -> Mapping[str, Member]:
        return {member.person.id: member for member in reversed(self.members)}

    @cached_property
    def _holders(self) -> Mapping[str, tuple[Member, ...]]:
        return _by_role((role, member) for member in self.members for role in dict.fromkeys(member.roles))

    @cached_property
    def _deputies(self) -> Mapping[str, tuple[Member, ...]]:
        return _by_role(
            (role, member) for member in self.members for role in dict.fromkeys(member.deputy_for)
        )

    def from_unit(self, unit: str) -> tuple[Member, ...]:
        return tuple(member for member in self.members if member.unit == unit)

    def name(self, person: str) -> str:
        """Return the person's name; the id itself where nobody has it."""
        return next((known.name for known in self._everybody() if known.id == person), person)

    def unit_name(self, unit: str) -> str:
        return next((known.name for known in self.units if known.id == unit), self.closed.get(unit, unit))

    def body_of(self, unit: str) -> BodyId | None:
        """Return the body that answers for the unit, as far as is known."""
        body = next((known.body for known in self.units if known.id == unit), None)
        return body if any(known.id == body for known in self.bodies) else None

    def body_name(self, body: str) -> str:
        return next((known.name for known in self.bodies if known.id == body), self.closed.get(body, body))

    def with_role(self, person: Person, role: str) -> "Roster":
        """Return the roster in which *person* holds *role* too."""
        member = self.member(person.id) or Member(person)
        if role in member.roles:
            return self
        return self.with_member(replace(member, roles=(*member.roles, role)))

    def with_member(self, member: Member) -> "Roster":
        """Return the roster with *member* put in the place of who has the same person, or added last."""
        if self.member(member.person.id) is None:
            return replace(self, members=(*self.members, member))
        return replace(
            self, members=tuple(member if old.person.id == member.person.id else old for old in self.members)
        )

    def without_role(self, person: str, role: str) -> "Roster":
        member = self.member(person)
        if member is None:
            return self
        return self.with_member(replace(member, roles=tuple(held for held in member.roles if held != role)))

    def _everybody(self) -> Iterator[Person]:
        yield from (member.person for member in self.members)
        yield from self.former


def _by_role(pairs: Iterable[tuple[str, Member]]) -> Mapping[str, tuple[Member, ...]]:
    found: dict[str, list[Member]] = {}
    for role, member in pairs:
        found.setdefault(role, []).append(member)
    return {role: tuple(members) for role, members in found.items()}
