"""Puts people in the group: by name in a line, or by a form where they are picked among the platform's accounts."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.usecases import organise
from bot.usecases.accounts import PICKED
from bot.usecases.asking_fields import another_is_open, begin_form
from bot.usecases.borders import is_met_elsewhere
from bot.usecases.coming_in import put_in_private
from bot.usecases.identify import greet_person
from bot.usecases.oneself import LANGUAGES, problem_with_own
from bot.usecases.organise import NewMember, Workplace
from bot.usecases.organising import held, led, may_organise, note, renew, roles
from bot.usecases.picking import picked
from bot.usecases.plan import to_come
from bot.usecases.turn import Turn
from dialogs.forms import SKIP_FIELD
from dialogs.hearing.hear import Commanded
from dialogs.letters import Letter, ToPerson
from dialogs.messages import Composer, Form, FormField, Press
from dialogs.model.journey import Journey
from dialogs.model.people import Member, UnitId
from dialogs.model.problem import Problem
from dialogs.ports import Spot
from dialogs.reports.newcomer import newcomer_message
from dialogs.values.names import find, fold, in_sentence
from dialogs.values.zones import read_zone

LONGEST_NAME = 120
ACTION = "add-person"
_SOMEBODY = "-"
_BETWEEN = re.compile(r"[,;]")
_AND = frozenset({"", "och", "and", "&"})
"""What stands between people who are mentioned, and says nothing of their roles."""


def add_person(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """`ny person: Namn, roll, enhet` adds them, a line each, mentioned or named; the bare word opens the form."""
    journey = led(turn, spot)
    if journey is None:
        return True
    if not heard.rest:
        if not another_is_open(turn):
            begin_form(turn, AddingPeople(turn, journey).form, Press(ACTION), journey=journey.id)
        return True
    added: dict[str, Member] = {}
    after = journey
    for line in heard.rest.split("\n"):
        for new in _read(turn, after, line):
            member = new if isinstance(new, Problem) else _put(turn, after, new)
            if isinstance(member, Problem):
                turn.refuse(member, text=line)
                continue
            after = replace(after, roster=after.roster.with_member(member))
            added[member.person.id] = member
    _tell(turn, journey, [*added.values()])
    return True


def _read(turn: Turn, journey: Journey, line: str) -> Sequence[NewMember | Problem]:
    """Return who the line is about: one who is named, or all who are mentioned in it."""
    if not PICKED.search(line):
        return [organise.read_member(line, journey.roster, roles(turn, journey))]
    parts = [part.strip() for part in _BETWEEN.split(PICKED.sub(",", line))]
    said = ", ".join(part for part in parts if fold(part) not in _AND)
    new = organise.read_member(f"{_SOMEBODY}, {said}", journey.roster, roles(turn, journey))
    if isinstance(new, Problem):
        return [new]
    people = picked(turn, journey, line)
    return [one if isinstance(one, Problem) else replace(new, name=one.name, person=one) for one in people]


@dataclass(frozen=True)
class AddingPeople:
    """The form by which whoever leads puts people in the group."""

    turn: Turn
    journey: Journey
    anonymous: bool = False

    @property
    def form(self) -> Form:
        text, roster = self.turn.words.text, self.journey.roster
        pack = self.turn.pack_of(self.journey)
        named = roles(self.turn, self.journey)
        deputies = tuple(one for one in named if pack.role_of[one[0]].deputy)
        units = tuple((str(unit.id), unit.name) for unit in roster.units)
        languages = tuple((one, text(f"language-{one}")) for one in ("sv", "en"))
        fields = [
            *self._who(),
            FormField("roles", text("field-roles"), "choices", options=named, many=True),
            FormField("unit", text("field-unit"), "unit", options=units) if units else None,
            FormField("deputy", text("field-deputy"), "choices", options=deputies, many=True) if deputies else None,
            FormField("language", text("field-their-language"), "choice", options=languages),
            FormField("zone", text("field-zone"), "text", help=text("field-zone-help")),
        ]  # fmt: skip
        return Form(text("form-add-person"), tuple(one for one in fields if one is not None), Press(ACTION))

    def _who(self) -> tuple[FormField, ...]:
        """Return where people are picked, with a place for the names of others; or only named, where nobody is picked."""
        text = self.turn.words.text
        if self.turn.picks_people:
            accounts = FormField("account", text("field-account"), "account", many=True)
            return (
                accounts,
                FormField("name", text("field-person"), "text", help=text("field-person-help"), names=True),
            )
        if self.turn.draws_forms:
            named, hint = text("field-account"), text("field-people-help")
            return (FormField("name", named, "text", required=True, help=hint, names=True),)
        return (FormField("name", text("field-person"), "text", required=True, names=True),)

    def problem(self, field: FormField, text: str, typed: Mapping[str, str]) -> Problem | None:
        said = _said(text)
        match field.id:
            case "account":
                return None
            case "name":
                somebody = said or PICKED.search(typed.get("account", "")) or _names(typed)
                if not somebody:
                    return Problem("field-required", {"field": field.label})
                too_long = any(len(name) > LONGEST_NAME for name in organise.names_in(said))
                return Problem("name-too-long") if too_long else None
            case "roles" | "deputy":
                found = _chosen(said, field)
                return found if isinstance(found, Problem) else None
            case "unit":
                unknown = bool(said) and find(said, field.options).value is None
                return Problem("unit-unknown", {"said": said, "near": ""}) if unknown else None
            case _:
                return problem_with_own(field, text)

    def hand_in(self, typed: Mapping[str, str]) -> None:
        turn, journey = self.turn, self.journey
        if not may_organise(turn, journey):
            turn.refuse(Problem("only-leader"))
            return
        fields = {field.id: field for field in self.form.fields}
        held_roles = _chosen(_said(typed.get("roles", "")), fields["roles"])
        deputy = _chosen(_said(typed.get("deputy", "")), fields["deputy"]) if "deputy" in fields else ()
        unit = find(_said(typed.get("unit", "")), fields["unit"].options).value if "unit" in fields else None
        if isinstance(held_roles, Problem) or isinstance(deputy, Problem):
            return  # pragma: no cover - it was looked at before
        added: dict[str, Member] = {}
        for one in (*picked(turn, journey, typed.get("account", "")), *_names(typed)):
            if isinstance(one, Problem):
                turn.refuse(one)
                continue
            name, person = (one, None) if isinstance(one, str) else (one.name, one)
            place = UnitId(unit) if unit else None
            new = NewMember(name, held_roles, place, deputy_for=deputy, person=person)
            member = _put(turn, journey, new)
            if isinstance(member, Problem):
                turn.refuse(member)
                continue
            journey = replace(journey, roster=journey.roster.with_member(member))
            added[member.person.id] = _with_own(turn, member, typed)
        _tell(turn, self.journey, [*added.values()])


def _put(turn: Turn, journey: Journey, new: NewMember) -> Member | Problem:
    """Write one member; without a role they get the one that every member has."""
    common = turn.pack_of(journey).manifest.group
    there = any(new.is_this(member) for member in journey.roster.members)
    if not new.roles and common and not (there and new.deputy_for):
        new = replace(new, roles=(common,))
    full = organise.full_role(new, journey.roster, turn.pack_of(journey))
    if full is not None:
        role = turn.pack_of(journey).role_of[str(full.args["role"])]
        return Problem(full.key, {**full.args, "role": in_sentence(role.title.said_in(turn.language))})
    here = Workplace(turn.incoming.door, turn.incoming.tenant)
    if not there:
        somebody = new.person or organise.whoever_is_named(new, journey.organisation, here, turn.uow)
        if is_met_elsewhere(somebody.id, journey.organisation_name, uow=turn.uow, borders=turn.borders):
            return Problem(
                "person-elsewhere", {"name": somebody.name, "organisation": journey.organisation_name}
            )
        new = replace(new, person=somebody)
    member = organise.put_member(
        journey.group,
        new,
        journey.roster,
        uow=turn.uow,
        organisation=journey.organisation,
        today=turn.today,
        at=here,
    )
    note(turn, journey, "member-put", member.person.id)
    return member


def _tell(turn: Turn, journey: Journey, added: Sequence[Member]) -> None:
    """Say who is in the group now; *journey* is as it was before."""
    if not added:
        return
    said = Composer()
    for member in added:
        said.say(turn.words.say("person-added", name=member.person.name, roles=held(turn, journey, member)))
    turn.announce(said.done())
    for member in added:
        if turn.draws_forms and Workplace(turn.incoming.door, turn.incoming.tenant).knows(
            member.person, turn.uow
        ):
            greet_person(turn, member.person, member.person.language or journey.language)
    said_before = len(turn.letters)
    renew(turn, journey)
    news = turn.letters[said_before:]
    del turn.letters[said_before:]
    welcome(turn, journey, added, news)
    turn.letters += news


def welcome(turn: Turn, journey: Journey, added: Sequence[Member], news: Sequence[Letter]) -> None:
    """Tell whoever joins a journey that is under way where it stands and what was decided; then put what is theirs.

    *news* are the letters that their coming gave rise to, which are read after that.
    """
    if not journey.sequence:
        return
    for member in added:
        if journey.roster.member(member.person.id) is None:
            teller = turn.teller(turn.whole(journey.id), language=member.person.language or turn.language)
            coming = to_come(teller.journey, teller.pack, uow=turn.uow, today=turn.today)
            turn.tell(member.person.id, newcomer_message(teller, coming=coming))
            put_already = {
                one.address for one in news if one.to == ToPerson(member.person.id) and one.address
            }
            put_in_private(turn, teller, member, but_not=put_already)


def _names(typed: Mapping[str, str]) -> list[str]:
    """Return the names that were typed, be it where accounts are picked."""
    both = ";".join((PICKED.sub("", typed.get("account", "")), _said(typed.get("name", ""))))
    return [name for name in organise.names_in(both) if name != SKIP_FIELD and not name.startswith("<@")]


def _with_own(turn: Turn, member: Member, typed: Mapping[str, str]) -> Member:
    """Give the member the language and the zone that were filled in; a language of their own choice stays."""
    zone = read_zone(typed["zone"]) if _said(typed.get("zone", "")) else None
    if isinstance(zone, str):
        turn.uow.people.set_zone(member.person.id, zone)
    language = find(_said(typed.get("language", "")), LANGUAGES, numbered=False).value
    if language is None or member.person.language is not None:
        return member
    turn.uow.people.set_language(member.person.id, language)
    return replace(member, person=replace(member.person, language=language))


def _chosen(said: str, field: FormField) -> tuple[str, ...] | Problem:
    """Return the roles that were named or numbered."""
    chosen: list[str] = []
    for part in organise.names_in(said):
        found = find(part, field.options).value
        if found is None:
            return Problem(
                "choice-unknown", {"said": part, "options": ", ".join(label for _, label in field.options)}
            )
        chosen.append(found)
    return tuple(dict.fromkeys(chosen))


def _said(text: str) -> str:
    said = text.strip()
    return "" if said == SKIP_FIELD else said
