"""Organises the group in the conversation: roles, deputies, units and bodies, and who leaves."""

from bot.usecases import organise
from bot.usecases.about import about_journey
from bot.usecases.turn import Turn
from content.pack import Pack
from dialogs.flows.rights import leads
from dialogs.hearing.hear import Commanded
from dialogs.messages import Composer, words
from dialogs.model.journey import Journey
from dialogs.model.people import Member, Roster, Unit
from dialogs.model.problem import Problem
from dialogs.ports import Spot
from dialogs.reports.nudge import dated_records
from dialogs.reports.summary_lines import few
from dialogs.values.asking import title_of
from dialogs.values.names import find, in_sentence
from dialogs.wording.reminders import owner_of


def give_role(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    return _change_roles(turn, heard, spot, "role-given", "role-how")


def drop_role(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    return _change_roles(turn, heard, spot, "role-dropped", "drop-role-how")


def deputy(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    return _change_roles(turn, heard, spot, "deputy-named", "deputy-how")


def hand_over(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    return _change_roles(turn, heard, spot, "handed-over", "hand-over-how")


def _change_roles(turn: Turn, heard: Commanded, spot: Spot | None, what: organise.Change, how: str) -> bool:
    """Change one person's roles by `Namn, roll`. Handing over takes the role from whoever holds it."""
    journey = led(turn, spot)
    if journey is None:
        return True
    name, _, role_name = heard.rest.partition(",")
    member = _member(journey, name)
    pack = turn.pack_of(journey)
    if what == "handed-over" and not role_name.strip():
        role_name = pack.manifest.leader or ""
    role = find(role_name, roles(turn, journey), numbered=False).value
    if member is None or role is None:
        known = {"roles": role_names(turn, journey), "role": example_role(turn, pack, pack.manifest.leader)}
        turn.refuse(Problem(how, known), text=heard.rest)
        return True
    drops_lead = what == "role-dropped" and role == pack.manifest.leader
    if drops_lead and organise.leads_alone(pack, journey, member):
        turn.refuse(Problem("hand-over-first", {"name": member.person.name}))
        return True
    title = in_sentence(pack.role_of[role].title.said_in(turn.language))
    done = organise.change_roles(journey, member, role, what, pack=pack, uow=turn.uow, today=turn.today)
    if isinstance(done, Problem):
        turn.refuse(Problem(done.key, {**done.args, "role": title}))
        return True
    note(turn, journey, what, member.person.id)
    turn.announce(turn.words.message(what, name=member.person.name, role=title))
    renew(turn, journey)
    return True


def remove_person(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """Let somebody leave the group. What they have said stays, under their name."""
    journey = led(turn, spot)
    if journey is None:
        return True
    member = _member(journey, heard.rest)
    if member is None:
        turn.refuse(Problem("person-unknown", {"said": heard.rest, "near": ""}))
        return True
    if organise.leads_alone(turn.pack_of(journey), journey, member):
        turn.refuse(Problem("hand-over-first", {"name": member.person.name}))
        return True
    left = _answers_for(turn, journey, member)
    turn.uow.groups.remove_member(journey.group, member.person.id, on=turn.today)
    note(turn, journey, "member-removed", member.person.id)
    said = Composer().say(turn.words.say("person-removed", name=member.person.name))
    if left:
        said.say(turn.words.say("person-removed-owned", name=member.person.name, titles=left))
    turn.announce(said.done())
    renew(turn, journey)
    return True


def _answers_for(turn: Turn, journey: Journey, member: Member) -> str:
    """Return what is open and has its day, and that the member is responsible for; "" where nothing is."""
    teller = turn.teller(turn.whole(journey.id))
    dated = [one.record for one in dated_records(teller)]
    theirs = [record for record in dated if owner_of(teller, record) == member.person.id]
    return few(teller, [title_of(record, teller.asking) for record in theirs])


def rename_person(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    journey = led(turn, spot)
    if journey is None:
        return True
    name, _, new = heard.rest.partition(",")
    member = _member(journey, name)
    if member is None or not new.strip() or len(new.strip()) > 120:
        turn.refuse(Problem("rename-how"), text=heard.rest)
        return True
    if any(one.id != member.person.id for one in turn.uow.people.named(new, journey.organisation)):
        turn.refuse(Problem("command-name-taken", {"name": new.strip()}), text=heard.rest)
        return True
    turn.uow.people.rename(member.person.id, new.strip())
    note(turn, journey, "person-renamed", member.person.id)
    turn.announce(turn.words.message("person-renamed", old=member.person.name, name=new.strip()))
    renew(turn, journey)
    return True


def add_units(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    journey = led(turn, spot)
    if journey is None:
        return True
    new = organise.put_units(
        journey.organisation, organise.names_in(heard.rest), uow=turn.uow, today=turn.today
    )
    return _said_new(turn, journey, new, "units-added", "add-unit-how")


def add_bodies(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    journey = led(turn, spot)
    if journey is None:
        return True
    new = organise.put_bodies(
        journey.organisation, organise.names_in(heard.rest), uow=turn.uow, today=turn.today
    )
    return _said_new(turn, journey, new, "bodies-added", "add-body-how")


def close_unit(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    journey = led(turn, spot)
    if journey is None:
        return True
    closed = organise.close_unit(
        journey.organisation, *organise.with_successor(heard.rest), uow=turn.uow, today=turn.today
    )
    return _said_closed(turn, journey, closed, "unit-closed", "unit-closed-with-successor")


def close_body(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    journey = led(turn, spot)
    if journey is None:
        return True
    closed = organise.close_body(
        journey.organisation, *organise.with_successor(heard.rest), uow=turn.uow, today=turn.today
    )
    return _said_closed(turn, journey, closed, "body-closed", "body-closed-with-successor")


def set_body_of(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """`nämnd för Skola: Utbildningsnämnden` says who answers for a unit; without a committee, what is known."""
    if not heard.rest:
        return bodies_of_units(turn, heard, spot)
    journey = led(turn, spot)
    if journey is None:
        return True
    done = organise.set_body_of(
        journey.organisation, heard.number, heard.rest, uow=turn.uow, today=turn.today
    )
    if isinstance(done, Problem):
        turn.refuse(done)
        return True
    unit, body = done
    if body is not None:
        turn.announce(turn.words.message("unit-body-set", unit=unit, body=body))
    else:
        turn.announce(turn.words.message("unit-body-dropped", unit=unit))
    note(turn, journey, "unit-body-set", journey.organisation)
    return True


def bodies_of_units(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """Tell which body answers for each unit. Words that name no unit are words."""
    at = about_journey(turn, spot)
    if at is None:
        return True
    roster = turn.uow.journeys.head(at.journey).roster
    names = tuple((str(unit.id), unit.name) for unit in roster.units)
    if heard.number and find(heard.number, names, numbered=False).value is None:
        return False
    said = Composer().say(turn.words.say("unit-bodies" if names else "no-units"))
    said.bullets(words(unit_line(turn, roster, unit)) for unit in roster.units)
    if names:
        said.say(turn.words.say("unit-body-how"))
    turn.reply_about(said.done(), at.journey)
    return True


def unit_line(turn: Turn, roster: Roster, unit: Unit) -> str:
    """Return the unit's name, with the body that answers for it where that is known."""
    body = roster.body_of(unit.id)
    if body is None:
        return unit.name
    return turn.words.text("unit-with-body", unit=unit.name, body=roster.body_name(body))


def _said_new(turn: Turn, journey: Journey, new: list[str], key: str, how: str) -> bool:
    if not new:
        turn.refuse(Problem(how))
        return True
    turn.announce(Composer().say(turn.words.say(key, n=len(new))).bullets(words(name) for name in new).done())
    note(turn, journey, key, journey.organisation)
    renew(turn, journey, everywhere=True)
    return True


def _said_closed(
    turn: Turn, journey: Journey, closed: tuple[str, str | None] | Problem, key: str, succeeded: str
) -> bool:
    if isinstance(closed, Problem):
        turn.refuse(closed)
        return True
    name, successor = closed
    if successor:
        turn.announce(turn.words.message(succeeded, name=name, successor=successor))
    else:
        turn.announce(turn.words.message(key, name=name))
    note(turn, journey, key, journey.organisation)
    renew(turn, journey, everywhere=True)
    return True


def led(turn: Turn, spot: Spot | None) -> Journey | None:
    """Return the journey's head, if this person leads it or is an admin; else say who may."""
    at = about_journey(turn, spot)
    if at is None:
        return None
    head = turn.uow.journeys.head(at.journey)
    if not may_organise(turn, head):
        turn.refuse(Problem("only-leader"))
        return None
    return head


def may_organise(turn: Turn, journey: Journey) -> bool:
    admin = turn.uow.organisations.is_admin(journey.organisation, turn.person.id)
    return admin or leads(turn.pack_of(journey), journey, turn.person.id)


def renew(turn: Turn, journey: Journey, *, everywhere: bool = False) -> None:
    if everywhere:
        changed = organise.renew_organisation(
            journey.organisation,
            journey.roster,
            uow=turn.uow,
            shelf=turn.shelf,
            at=turn.now,
            today=turn.today,
        )
    else:
        changed = organise.renewed(
            journey.group, journey.roster, uow=turn.uow, shelf=turn.shelf, at=turn.now, today=turn.today
        )
    for one in changed:
        turn.word(one.journey, one.effects)


def _member(journey: Journey, name: str) -> Member | None:
    people = tuple((member.person.id, member.person.name) for member in journey.roster.members)
    found = find(name, people, numbered=False).value
    return journey.roster.member(found) if found else None


def roles(turn: Turn, journey: Journey) -> tuple[tuple[str, str], ...]:
    roles = turn.pack_of(journey).manifest.roles
    return tuple((role.id, role.title.said_in(turn.language)) for role in roles)


def role_names(turn: Turn, journey: Journey) -> str:
    return ", ".join(in_sentence(label) for _, label in roles(turn, journey))


def example_role(turn: Turn, pack: Pack, *ids: str | None) -> str:
    """Return what a role of the method is called: the first of *ids* that it has, else the first of all."""
    found = [pack.role_of[id] for id in ids if id is not None] or pack.manifest.roles
    return in_sentence(found[0].title.said_in(turn.language)) if found else ""


def held(turn: Turn, journey: Journey, member: Member) -> str:
    labels = dict(roles(turn, journey))
    return ", ".join(in_sentence(labels[role]) for role in member.roles if role in labels)


def note(turn: Turn, journey: Journey, kind: str, about: str) -> None:
    turn.uow.audit.note(kind, organisation=journey.organisation, by=turn.person.id, about=about, at=turn.now)
