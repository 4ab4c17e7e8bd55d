"""Changes who and what a group consists of: people, roles, deputies, units, bodies. Both doors and commands use it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from bot.usecases.effects import carry_out
from bot.usecases.turn import step_at
from content.pack import Pack
from dialogs.effects import Effect
from dialogs.flows.advance import advance
from dialogs.flows.asked_next import following, newly_owed
from dialogs.flows.follow_ups import after_people_changed
from dialogs.flows.position import recounted
from dialogs.flows.rights import leaders
from dialogs.model.journey import Journey
from dialogs.model.people import Body, Member, Person, Roster, Unit, UnitId
from dialogs.model.problem import Problem
from dialogs.ports import PackShelf, UnitOfWork
from dialogs.values.composed import trimmed
from dialogs.values.names import find, fold
from dialogs.values.reading import clean


@dataclass(frozen=True, slots=True)
class Workplace:
    """Where people have accounts: a door, and whose it is there."""

    door: str
    tenant: str

    def knows(self, person: Person, uow: UnitOfWork) -> bool:
        """Say whether the person has an account there."""
        accounts = uow.people.accounts_of(person.id)
        return any((one.door, one.tenant) == (self.door, self.tenant) for one in accounts)


@dataclass(frozen=True, slots=True)
class Changed:
    """A journey after its roster changed, and what should be said of it."""

    journey: Journey
    effects: tuple[Effect, ...]


def names_in(text: str) -> list[str]:
    """Return the names in a list that people typed: one a line, or with ; or , between."""
    parts = trimmed(text).replace("\n", ";").replace(",", ";").split(";")
    return list(dict.fromkeys(part.strip(" -•") for part in parts if part.strip(" -•")))


def with_successor(text: str) -> tuple[str, str]:
    """Split `A, efterträds av B` into both names; the second is "" when nobody comes after."""
    for word in ("efterträds av", "ersätts av", "blir", "succeeded by", "becomes"):
        name, found, successor = text.partition(word)
        if found:
            return name.strip(" ,;"), successor.strip(" ,;.")
    return text.strip(), ""


def put_units(organisation: str, names: Iterable[str], *, uow: UnitOfWork, today: date) -> list[str]:
    """Add the units that aren't there yet; return the names of those that were added."""
    new = _new(names, uow.organisations.units(organisation, today))
    for name in new:
        uow.organisations.add_unit(organisation, name, since=today)
    return new


def put_bodies(organisation: str, names: Iterable[str], *, uow: UnitOfWork, today: date) -> list[str]:
    new = _new(names, uow.organisations.bodies(organisation, today))
    for name in new:
        uow.organisations.add_body(organisation, name, since=today)
    return new


def close_unit(
    organisation: str, name: str, successor: str, *, uow: UnitOfWork, today: date
) -> tuple[str, str | None] | Problem:
    """Close a unit from today on; a successor that isn't there yet is added. Return both names."""
    names = tuple((str(unit.id), unit.name) for unit in uow.organisations.units(organisation, today))
    closed, after = find(name, names).value, find(successor, names).value
    if closed is None or closed == after:
        return Problem("unit-unknown", {"said": name if closed is None else successor, "near": ""})
    if successor and after is None:
        after = uow.organisations.add_unit(organisation, successor, since=today).id
    uow.organisations.close_unit(closed, on=today, successor=after)
    return dict(names)[closed], successor or None


def close_body(
    organisation: str, name: str, successor: str, *, uow: UnitOfWork, today: date
) -> tuple[str, str | None] | Problem:
    names = tuple((str(body.id), body.name) for body in uow.organisations.bodies(organisation, today))
    closed, after = find(name, names).value, find(successor, names).value
    if closed is None or closed == after:
        return Problem("body-unknown", {"said": name if closed is None else successor, "near": ""})
    if successor and after is None:
        after = uow.organisations.add_body(organisation, successor, since=today).id
    uow.organisations.close_body(closed, on=today, successor=after)
    return dict(names)[closed], successor or None


NOBODY = ("ingen", "inget", "none", "-", "–")


def set_body_of(
    organisation: str, name: str, body_name: str, *, uow: UnitOfWork, today: date
) -> tuple[str, str | None] | Problem:
    """Say which body answers for a unit, or that none does. Return the unit's name and the body's."""
    units = tuple((str(unit.id), unit.name) for unit in uow.organisations.units(organisation, today))
    bodies = tuple((str(body.id), body.name) for body in uow.organisations.bodies(organisation, today))
    unit = find(name, units, numbered=False).value
    if unit is None:
        return Problem("unit-unknown", {"said": name, "near": ""})
    nobody = fold(body_name) in NOBODY
    body = None if nobody else find(body_name, bodies, numbered=False).value
    if body is None and not nobody:
        return Problem("body-unknown", {"said": body_name, "near": ""})
    uow.organisations.set_body_of(unit, body)
    return dict(units)[unit], dict(bodies)[body] if body is not None else None


@dataclass(frozen=True, slots=True)
class NewMember:
    """Somebody who is to be in the group; `person` where it is known who that is, else whoever has the name."""

    name: str
    roles: tuple[str, ...]
    unit: UnitId | None
    email: str | None = None
    deputy_for: tuple[str, ...] = ()
    person: Person | None = None

    def is_this(self, member: Member) -> bool:
        if self.person is not None:
            return member.person.id == self.person.id
        return fold(member.person.name) == fold(self.name)


def read_member(text: str, roster: Roster, roles: tuple[tuple[str, str], ...]) -> NewMember | Problem:
    """Read `Namn, roll, enhet`: the name first, then roles and a unit in any order."""
    cleaned = clean(text)
    if isinstance(cleaned, Problem):
        return cleaned
    parts = [part.strip() for part in cleaned.replace("\n", ",").replace(";", ",").split(",")]
    name, *rest = [part for part in parts if part] or [""]
    if not name:
        return Problem("empty-text")
    if len(name) > 120:
        return Problem("name-too-long")
    units = tuple((unit.id, unit.name) for unit in roster.units)
    found_roles: list[str] = []
    unit: UnitId | None = None
    for part in rest:
        role = find(part, roles, numbered=False)
        if role.value is not None:
            found_roles.append(role.value)
            continue
        match = find(part, units, numbered=False)
        if match.value is None:
            return Problem(
                "role-or-unit-unknown", {"said": part, "roles": ", ".join(label for _, label in roles)}
            )
        unit = UnitId(match.value)
    return NewMember(name, tuple(found_roles), unit)


def full_role(new: NewMember, roster: Roster, pack: Pack) -> Problem | None:
    """Return what stands against the newcomer's roles: one that others hold already, as many as may."""
    for role in new.roles:
        others = [one for one in roster.holders(role) if not new.is_this(one)]
        most = pack.role_of[role].at_most
        if most is not None and len(others) >= most:
            return Problem("role-is-full", {"role": role, "n": most})
    return None


def put_member(
    group: str,
    new: NewMember,
    roster: Roster,
    *,
    uow: UnitOfWork,
    organisation: str,
    today: date,
    at: Workplace | None = None,
) -> Member:
    """Write the member; somebody of that name in the group or the organisation is the same person.

    *at* is where they are known from: a name says who somebody is only among those who are met there.
    """
    there = next((member for member in roster.members if new.is_this(member)), None)
    if there is not None:
        member = replace(
            there,
            roles=tuple(dict.fromkeys((*there.roles, *new.roles))),
            unit=new.unit or there.unit,
            deputy_for=tuple(dict.fromkeys((*there.deputy_for, *new.deputy_for))),
        )
    else:
        person = new.person or whoever_is_named(new, organisation, at, uow)
        member = Member(person, new.roles, new.unit, new.deputy_for, today)
    uow.groups.put_member(group, member, on=today)
    return member


def whoever_is_named(new: NewMember, organisation: str, at: Workplace | None, uow: UnitOfWork) -> Person:
    known = uow.people.named(new.name, organisation)
    if not known:
        known = uow.people.named(new.name, None)
        if at is not None:
            known = [one for one in known if at.knows(one, uow)]
    return known[0] if len(known) == 1 else uow.people.add(new.name, email=new.email)


Change = Literal["role-given", "role-dropped", "deputy-named", "deputy-dropped", "handed-over"]


def change_roles(
    journey: Journey, member: Member, role: str, change: Change, *, pack: Pack, uow: UnitOfWork, today: date
) -> Member | Problem:
    """Write one person's roles anew. Handing over takes the role from whoever holds it."""
    about = pack.role_of[role]
    if change == "role-dropped":
        after = replace(member, roles=_without(member.roles, role))
    elif change == "deputy-dropped":
        after = replace(member, deputy_for=_without(member.deputy_for, role))
    elif change == "deputy-named":
        if not about.deputy:
            return Problem("no-deputy-here")
        after = replace(member, deputy_for=tuple(dict.fromkeys((*member.deputy_for, role))))
    else:
        holders = [one for one in journey.roster.holders(role) if one.person.id != member.person.id]
        if change == "handed-over":
            for holder in holders:
                left = _without(holder.roles, role) or ((pack.manifest.group,) if pack.manifest.group else ())
                uow.groups.put_member(journey.group, replace(holder, roles=left), on=today)
        elif about.at_most is not None and len(holders) >= about.at_most:
            return Problem("role-is-full", {"n": about.at_most})
        after = replace(member, roles=tuple(dict.fromkeys((*member.roles, role))))
    uow.groups.put_member(journey.group, after, on=today)
    return after


def leads_alone(pack: Pack, journey: Journey, member: Member) -> bool:
    """Say whether nobody would lead if this member left: not even whoever started, or a deputy."""
    return [one.person.id for one in leaders(pack, journey)] == [member.person.id]


def renewed(
    group: str, was: Roster, *, uow: UnitOfWork, shelf: PackShelf, at: datetime, today: date
) -> Iterator[Changed]:
    """Recount each of the group's journeys, and yield what should be said of it. *was* is the roster before.

    What waited only for people who aren't waited for any more comes to its end.
    """
    for ref in uow.journeys.of_group(group):
        if ref.state == "closed":
            continue
        stored = uow.journeys.whole(ref.id)
        pack = shelf.pack(stored.pack, stored.version)
        before, after = replace(stored, roster=was), stored
        for step in pack.steps:
            after = recounted(pack, after, step.id, today=today)
        uow.journeys.refresh(after)
        uow.calendar.outdate(ref.id)
        new_parts = newly_owed(pack, before, after, today=today)
        yield Changed(after, (*following(pack, before, after, today=today), *new_parts))
        for event in after_people_changed(pack, before, after, at=at):
            whole = uow.journeys.whole(ref.id)
            moved = advance(pack, whole, event)
            if isinstance(moved, Problem):
                continue  # the group pauses
            uow.journeys.save(whole, moved.journey, [(step_at(pack, one), one) for one in moved.events])
            carry_out(moved, before=whole, pack=pack, uow=uow, today=today)
            yield Changed(moved.journey, moved.effects)


def renew_organisation(
    organisation: str, was: Roster, *, uow: UnitOfWork, shelf: PackShelf, at: datetime, today: date
) -> Iterator[Changed]:
    """The same for every group of the organisation, after its units or bodies changed from those of *was*."""
    heads = [uow.journeys.head(ref.id) for ref in uow.journeys.all() if ref.organisation == organisation]
    rosters = {head.group: head.roster for head in heads}
    for group, roster in sorted(rosters.items()):
        before = replace(roster, units=was.units, bodies=was.bodies)
        yield from renewed(group, before, uow=uow, shelf=shelf, at=at, today=today)


def noted(uow: UnitOfWork, kind: str, *, organisation: str, by: str, about: str, at: datetime) -> None:
    uow.audit.note(kind, organisation=organisation, by=by, about=about, at=at)


def _new(names: Iterable[str], there: Iterable[Unit | Body]) -> list[str]:
    known = {fold(one.name) for one in there}
    return [name for name in names if fold(name) not in known]


def _without(roles: tuple[str, ...], role: str) -> tuple[str, ...]:
    return tuple(one for one in roles if one != role)
