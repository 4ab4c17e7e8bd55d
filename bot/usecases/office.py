"""Organises from a desk of its own, outside any conversation: the same changes, and the groups concerned are told."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial

from bot.usecases import organise
from bot.usecases.plan import replan, to_come
from bot.usecases.surroundings import surroundings
from content.pack import Pack
from content.phrases.book import Phrasebook
from dialogs.letters import Letter, ToPerson, ToRoom
from dialogs.model.journey import Journey
from dialogs.model.people import Member, Person, UnitId
from dialogs.model.problem import Problem
from dialogs.ports import Clock, Ids, PackShelf, UnitOfWork
from dialogs.reports.newcomer import newcomer_message
from dialogs.values.names import find, fold, in_sentence
from dialogs.wording.effects import letters_for
from dialogs.wording.receipts import Hearing
from dialogs.wording.teller import Teller

BY = "cli"


@dataclass
class Office:
    """What a change needs at hand, for one open transaction. *language* is the one that names of roles are in."""

    uow: UnitOfWork
    shelf: PackShelf
    clock: Clock
    ids: Ids
    book: Phrasebook
    language: str
    letters: list[Letter] = field(default_factory=list)

    def close(self) -> None:
        """Send what is to be said on its way, and make everything so."""
        self.letters += replan(
            self.uow.calendar.outdated(), uow=self.uow, shelf=self.shelf, book=self.book, now=self.clock.now(),
            today=self.clock.today(),
        )  # fmt: skip
        self.uow.outbox.post(self.letters, self.clock.now())
        self.uow.commit()

    def note(self, kind: str, organisation: str, about: str) -> None:
        organise.noted(self.uow, kind, organisation=organisation, by=BY, about=about, at=self.clock.now())

    def pack_of(self, journey: Journey) -> Pack:
        return self.shelf.pack(journey.pack, journey.version)

    def word(self, changed: Iterable[organise.Changed]) -> None:
        """Tell each group what its journey asks now."""
        for one in changed:
            teller = Teller(
                self.book, self.pack_of(one.journey), one.journey, one.journey.language, self.clock.today(),
                partial(self._surroundings, one.journey.id),
            )  # fmt: skip
            key = f"{BY}:{self.ids.new()}"
            hearing = Hearing(BY, ToRoom(journey=one.journey.id), one.journey.language, key)
            self.letters += letters_for(teller, one.effects, hearing)

    def _surroundings(self, journey: str) -> Sequence[str]:
        return surroundings(self.uow.journeys.room(journey), self.uow)

    # -------------------------------------------------------------------------------------- which one is meant

    def organisations(self) -> Sequence[tuple[str, str]]:
        """Return (id, name) of each real organisation: those that somebody made up to practise have no admin."""
        return [one for one in self.uow.organisations.all() if self.uow.organisations.admins(one[0])]

    def organisation(self, name: str) -> str | Problem:
        """Return the one with the name; without a name, the only one there is."""
        return _chosen(name, self.organisations(), "organisation")

    def groups(self, organisation: str) -> Sequence[Journey]:
        """Return the latest journey of each group, without its answers. Practice is nobody's group."""
        heads = [
            self.uow.journeys.head(ref.id)
            for ref in self.uow.journeys.all()
            if ref.organisation == organisation and not ref.practice
        ]
        return list({head.group: head for head in heads}.values())

    def group(self, organisation: str, name: str) -> Journey | Problem:
        """Return the group's latest journey; without a name, that of the only group there is."""
        groups = self.groups(organisation)
        chosen = _chosen(name, [(one.group, one.group_name) for one in groups], "group")
        if isinstance(chosen, Problem):
            return chosen
        return next(one for one in groups if one.group == chosen)

    def member(self, journey: Journey, name: str) -> Member | Problem:
        people = [(str(one.person.id), one.person.name) for one in journey.roster.members]
        found = find(name, people, numbered=False)
        member = journey.roster.member(found.value or "")
        if member is None:
            args = {"said": name, "group": journey.group_name, "near": ", ".join(found.near)}
            return Problem("command-person-near" if found.near else "command-person-unknown", args)
        return member

    def role(self, journey: Journey, name: str) -> str | Problem:
        roles = [(one.id, one.title.said_in(self.language)) for one in self.pack_of(journey).manifest.roles]
        role = find(name, roles, numbered=False).value
        known = ", ".join(in_sentence(title) for _, title in roles)
        return role or Problem("command-role-unknown", {"said": name, "roles": known})

    def unit(self, journey: Journey, name: str) -> UnitId | Problem:
        units = [(str(unit.id), unit.name) for unit in journey.roster.units]
        unit = find(name, units, numbered=False).value
        return UnitId(unit) if unit else Problem("command-unit-unknown", {"said": name})

    # ------------------------------------------------------------------------------------------------- people

    def add_person(
        self, journey: Journey, name: str, roles: Sequence[str], unit: str, email: str
    ) -> Member | Problem:
        """Put somebody in the group; without a role they get the one that every member has."""
        if len(self.uow.people.named(name, journey.organisation)) > 1:
            return Problem("admin-several", {"name": name})
        found = [self.role(journey, one) for one in roles]
        at = self.unit(journey, unit) if unit else None
        for slip in (*found, at):
            if isinstance(slip, Problem):
                return slip
        held = tuple(one for one in found if isinstance(one, str)) or self._common_role(journey, name)
        new = organise.NewMember(name, held, UnitId(at) if isinstance(at, str) else None, email or None)
        full = organise.full_role(new, journey.roster, self.pack_of(journey))
        if full is not None:
            return self._about_role(full, journey, str(full.args["role"]))
        member = organise.put_member(
            journey.group,
            new,
            journey.roster,
            uow=self.uow,
            organisation=journey.organisation,
            today=self.clock.today(),
        )
        if email:
            self.uow.people.set_email(member.person.id, email)
        self.note("member-put", journey.organisation, member.person.id)
        self._renew(journey)
        self._welcome(journey, member)
        return member

    def remove_person(self, journey: Journey, member: Member) -> Problem | None:
        if organise.leads_alone(self.pack_of(journey), journey, member):
            return Problem("command-hand-over-first", {"name": member.person.name})
        self.uow.groups.remove_member(journey.group, member.person.id, on=self.clock.today())
        self.note("member-removed", journey.organisation, member.person.id)
        self._renew(journey)
        return None

    def change_role(
        self, journey: Journey, member: Member, role: str, change: organise.Change
    ) -> Member | Problem:
        pack = self.pack_of(journey)
        drops_lead = change == "role-dropped" and role == pack.manifest.leader
        if drops_lead and organise.leads_alone(pack, journey, member):
            return Problem("command-hand-over-first", {"name": member.person.name})
        done = organise.change_roles(
            journey, member, role, change, pack=pack, uow=self.uow, today=self.clock.today()
        )
        if isinstance(done, Problem):
            return self._about_role(done, journey, role)
        self.note(change, journey.organisation, member.person.id)
        self._renew(journey)
        return done

    def rename_person(self, organisation: str, name: str, new: str) -> Person | Problem:
        people = self.uow.people.named(name, organisation)
        if len(people) != 1:
            return Problem("admin-several" if people else "command-nobody", {"name": name})
        if any(one.id != people[0].id for one in self.uow.people.named(new, organisation)):
            return Problem("command-name-taken", {"name": new})
        self.uow.people.rename(people[0].id, new)
        self.note("person-renamed", organisation, people[0].id)
        return people[0]

    def _renew(self, journey: Journey) -> None:
        self.word(
            organise.renewed(
                journey.group,
                journey.roster,
                uow=self.uow,
                shelf=self.shelf,
                at=self.clock.now(),
                today=self.clock.today(),
            )
        )

    def _welcome(self, journey: Journey, member: Member) -> None:
        """Tell whoever joins a journey that is under way where it stands."""
        if not journey.sequence or journey.roster.member(member.person.id) is not None:
            return
        whole = self.uow.journeys.whole(journey.id)
        language = member.person.language or journey.language
        teller = Teller(self.book, self.pack_of(whole), whole, language, self.clock.today())
        to = ToPerson(member.person.id)
        coming = to_come(whole, teller.pack, uow=self.uow, today=teller.today)
        message = newcomer_message(teller, coming=coming)
        self.letters.append(Letter(f"{BY}:{self.ids.new()}", to, message))

    def _common_role(self, journey: Journey, name: str) -> tuple[str, ...]:
        there = any(fold(one.person.name) == fold(name) for one in journey.roster.members)
        common = self.pack_of(journey).manifest.group
        return (common,) if common and not there else ()

    def _about_role(self, problem: Problem, journey: Journey, role: str) -> Problem:
        title = in_sentence(self.pack_of(journey).role_of[role].title.said_in(self.language))
        return Problem(f"command-{problem.key}", {**problem.args, "role": title})


def _chosen(name: str, options: Sequence[tuple[str, str]], what: str) -> str | Problem:
    known = ", ".join(label for _, label in options)
    if not options:
        return Problem(f"command-no-{what}")
    if not name:
        return options[0][0] if len(options) == 1 else Problem(f"command-which-{what}", {"known": known})
    chosen = find(name, options, numbered=False).value
    return chosen or Problem(f"command-{what}-unknown", {"said": name, "known": known})
