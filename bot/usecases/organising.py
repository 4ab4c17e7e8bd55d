"""Organises the group in the conversation: people, roles, deputies, units and bodies."""

from dataclasses import replace

from bot.usecases import organise
from bot.usecases.about import about_journey
from bot.usecases.turn import Turn
from dialogs.flows.rights import leads
from dialogs.hearing.hear import Commanded
from dialogs.messages import Composer, words
from dialogs.model.journey import Journey
from dialogs.model.people import Member
from dialogs.model.problem import Problem
from dialogs.ports import Spot
from dialogs.reports.newcomer import newcomer_message
from dialogs.values.names import find, in_sentence


def add_person(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    journey = _led(turn, spot)
    if journey is None:
        return True
    if not heard.rest:
        turn.refuse(Problem("add-person-how", {"roles": _role_names(turn, journey)}))
        return True
    added: list[Member] = []
    for line in heard.rest.split("\n"):
        new = organise.read_member(line, journey.roster, _roles(turn, journey))
        if isinstance(new, Problem):
            turn.refuse(new, text=line)
            continue
        if not new.roles and turn.pack_of(journey).manifest.group:
            new = replace(new, roles=(turn.pack_of(journey).manifest.group or "",))
        full = organise.full_role(new, journey.roster, turn.pack_of(journey))
        if full is not None:
            role = turn.pack_of(journey).role_of[str(full.args["role"])]
            title = in_sentence(role.title.said_in(turn.language))
            turn.refuse(Problem(full.key, {**full.args, "role": title}), text=line)
            continue
        member = organise.put_member(
            journey.group,
            new,
            journey.roster,
            uow=turn.uow,
            organisation=journey.organisation,
            today=turn.today,
        )
        _note(turn, journey, "member-put", member.person.id)
        added.append(member)
    if added:
        said = Composer()
        for member in added:
            said.say(
                turn.words.say("person-added", name=member.person.name, roles=_held(turn, journey, member))
            )
        turn.reply(said.done())
        _renew(turn, journey)
        welcome(turn, journey, added)
    return True


def welcome(turn: Turn, journey: Journey, added: list[Member]) -> None:
    """Tell whoever joins a journey that is under way where it stands and what was decided."""
    if not journey.sequence:
        return
    for member in added:
        if journey.roster.member(member.person.id) is None:
            teller = turn.teller(turn.whole(journey.id), language=member.person.language or turn.language)
            turn.tell(member.person.id, newcomer_message(teller))


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
    journey = _led(turn, spot)
    if journey is None:
        return True
    name, _, role_name = heard.rest.partition(",")
    member = _member(journey, name)
    pack = turn.pack_of(journey)
    if what == "handed-over" and not role_name.strip():
        role_name = pack.manifest.leader or ""
    role = find(role_name, _roles(turn, journey), numbered=False).value
    if member is None or role is None:
        turn.refuse(Problem(how, {"roles": _role_names(turn, journey)}), text=heard.rest)
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
    _note(turn, journey, what, member.person.id)
    turn.say(what, name=member.person.name, role=title)
    _renew(turn, journey)
    return True


def remove_person(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """Let somebody leave the group. What they have said stays, under their name."""
    journey = _led(turn, spot)
    if journey is None:
        return True
    member = _member(journey, heard.rest)
    if member is None:
        turn.refuse(Problem("person-unknown", {"said": heard.rest, "near": ""}))
        return True
    if organise.leads_alone(turn.pack_of(journey), journey, member):
        turn.refuse(Problem("hand-over-first", {"name": member.person.name}))
        return True
    turn.uow.groups.remove_member(journey.group, member.person.id, on=turn.today)
    _note(turn, journey, "member-removed", member.person.id)
    turn.say("person-removed", name=member.person.name)
    _renew(turn, journey)
    return True


def rename_person(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    journey = _led(turn, spot)
    if journey is None:
        return True
    name, _, new = heard.rest.partition(",")
    member = _member(journey, name)
    if member is None or not new.strip() or len(new.strip()) > 120:
        turn.refuse(Problem("rename-how"), text=heard.rest)
        return True
    turn.uow.people.rename(member.person.id, new.strip())
    turn.say("person-renamed", old=member.person.name, name=new.strip())
    _renew(turn, journey)
    return True


def add_units(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    journey = _led(turn, spot)
    if journey is None:
        return True
    new = organise.put_units(
        journey.organisation, organise.names_in(heard.rest), uow=turn.uow, today=turn.today
    )
    return _said_new(turn, journey, new, "units-added", "add-unit-how")


def add_bodies(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    journey = _led(turn, spot)
    if journey is None:
        return True
    new = organise.put_bodies(
        journey.organisation, organise.names_in(heard.rest), uow=turn.uow, today=turn.today
    )
    return _said_new(turn, journey, new, "bodies-added", "add-body-how")


def close_unit(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    journey = _led(turn, spot)
    if journey is None:
        return True
    closed = organise.close_unit(
        journey.organisation, *organise.with_successor(heard.rest), uow=turn.uow, today=turn.today
    )
    return _said_closed(turn, journey, closed, "unit-closed", "unit-closed-with-successor")


def close_body(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    journey = _led(turn, spot)
    if journey is None:
        return True
    closed = organise.close_body(
        journey.organisation, *organise.with_successor(heard.rest), uow=turn.uow, today=turn.today
    )
    return _said_closed(turn, journey, closed, "body-closed", "body-closed-with-successor")


def _said_new(turn: Turn, journey: Journey, new: list[str], key: str, how: str) -> bool:
    if not new:
        turn.refuse(Problem(how))
        return True
    turn.reply(Composer().say(turn.words.say(key, n=len(new))).bullets(words(name) for name in new).done())
    _note(turn, journey, key, journey.organisation)
    _renew(turn, journey, everywhere=True)
    return True


def _said_closed(
    turn: Turn, journey: Journey, closed: tuple[str, str | None] | Problem, key: str, succeeded: str
) -> bool:
    if isinstance(closed, Problem):
        turn.refuse(closed)
        return True
    name, successor = closed
    if successor:
        turn.say(succeeded, name=name, successor=successor)
    else:
        turn.say(key, name=name)
    _note(turn, journey, key, journey.organisation)
    _renew(turn, journey, everywhere=True)
    return True


def _led(turn: Turn, spot: Spot | None) -> Journey | None:
    """Return the journey's head, if this person leads it or is an admin; else say who may."""
    at = about_journey(turn, spot)
    if at is None:
        return None
    head = turn.uow.journeys.head(at.journey)
    admin = turn.uow.organisations.is_admin(head.organisation, turn.person.id)
    if not admin and not leads(turn.pack_of(head), head, turn.person.id):
        turn.refuse(Problem("only-leader"))
        return None
    return head


def _renew(turn: Turn, journey: Journey, *, everywhere: bool = False) -> None:
    if everywhere:
        changed = organise.renew_organisation(
            journey.organisation, journey.roster, uow=turn.uow, shelf=turn.shelf, today=turn.today
        )
    else:
        changed = organise.renewed(
            journey.group, journey.roster, uow=turn.uow, shelf=turn.shelf, today=turn.today
        )
    for one in changed:
        turn.word(one.journey, one.effects)


def _member(journey: Journey, name: str) -> Member | None:
    people = tuple((member.person.id, member.person.name) for member in journey.roster.members)
    found = find(name, people, numbered=False).value
    return journey.roster.member(found) if found else None


def _roles(turn: Turn, journey: Journey) -> tuple[tuple[str, str], ...]:
    roles = turn.pack_of(journey).manifest.roles
    return tuple((role.id, role.title.said_in(turn.language)) for role in roles)


def _role_names(turn: Turn, journey: Journey) -> str:
    return ", ".join(in_sentence(label) for _, label in _roles(turn, journey))


def _held(turn: Turn, journey: Journey, member: Member) -> str:
    labels = dict(_roles(turn, journey))
    return ", ".join(in_sentence(labels.get(role, role)) for role in member.roles)


def _note(turn: Turn, journey: Journey, kind: str, about: str) -> None:
    turn.uow.audit.note(kind, organisation=journey.organisation, by=turn.person.id, about=about, at=turn.now)
