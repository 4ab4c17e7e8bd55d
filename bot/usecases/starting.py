"""Starts a journey, for a group or to practise alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.usecases import organise
from bot.usecases.asking_fields import another_is_open, begin_form
from bot.usecases.borders import is_met_elsewhere
from bot.usecases.organising import example_role
from bot.usecases.turn import Turn
from content.pack import Pack
from dialogs.flows.asked_next import opening
from dialogs.flows.position import recounted
from dialogs.forms import SKIP_FIELD, START_SPECS
from dialogs.hearing.hear import Commanded
from dialogs.letters import Letter, ToRoom
from dialogs.messages import Composer, Form, FormField, Press
from dialogs.model.journey import Journey, JourneyId
from dialogs.model.people import Member
from dialogs.model.problem import Problem
from dialogs.ports import Spot
from dialogs.values.asking import Asking
from dialogs.values.names import find
from dialogs.values.reading import read
from dialogs.wording.entries import entries_message

LONGEST_NAME = 120


def start(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """Ask what is needed to begin: organisation, method, group, units, bodies."""
    problem = why_not_here(turn)
    if problem is not None:
        turn.refuse(problem)
    elif not another_is_open(turn):
        begin_form(turn, Starting(turn).form, Press("start"))
    return True


def why_not_here(turn: Turn) -> Problem | None:
    """Return why no group can begin here, or not at this person's word.

    A guest may take part in everything that a group gives them to do, but it is the organisation's own people who
    begin: what is answered here becomes theirs.
    """
    if not turn.shelf.newest():
        return nothing_to_begin(turn)
    if turn.room.private:
        return Problem("start-in-channel")
    account = turn.uow.people.account(turn.incoming.door, turn.incoming.tenant, turn.incoming.account)
    guest = account is not None and account.profile.guest
    return Problem("start-not-as-guest") if guest else None


def nothing_to_begin(turn: Turn) -> Problem:
    """Return why there is no method to begin: none is installed, or those that were are retired."""
    return Problem("packs-retired" if turn.shelf.retired() else "no-packs")


@dataclass(frozen=True)
class Starting:
    """The form that begins a journey in this room."""

    turn: Turn
    anonymous: bool = False

    @property
    def form(self) -> Form:
        turn, text = self.turn, self.turn.words.text
        packs = turn.shelf.newest()
        books = turn.uow.organisations
        theirs = books.of_person(turn.person.id)
        known = [books.name(one) for one in theirs if books.admins(one)]  # practice has none
        known += turn.borders.of(turn.room.door, turn.room.tenant)
        first = FormField(
            "organisation", text("field-organisation"), "text", required=True, value=known[0] if known else "",
            names=True,
        )  # fmt: skip
        fields = [first]
        if len(packs) > 1:
            options = _titles(turn, packs)
            fields.append(FormField("method", text("field-method"), "choice", required=True, options=options))
        fields += [
            FormField("group", text("field-group"), "text", required=True, value=text("default-group"), names=True),
            FormField("units", text("field-units"), "list", help=text("field-units-help"), many=True, names=True),
            FormField("bodies", text("field-bodies"), "list", help=text("field-bodies-help"), many=True, names=True),
        ]  # fmt: skip
        return Form(text("form-start"), tuple(fields), Press("start"), intro=text("start-intro"))

    def problem(self, field: FormField, text: str, typed: Mapping[str, str]) -> Problem | None:
        turn = self.turn
        said = _typed(field, {field.id: text})
        if not said:
            return Problem("field-required", {"field": field.label}) if field.required else None
        if field.id == "method":
            return self._no_such_method(said)
        packs = turn.shelf.newest()
        if not packs:
            return nothing_to_begin(turn)
        found = read(START_SPECS[field.id], said, Asking(packs[0], _nobody(turn), turn.language, turn.today))
        if isinstance(found, Problem):
            return found
        if isinstance(found, str) and len(found) > LONGEST_NAME:
            return Problem("name-too-long")
        return self._taken(field, said, typed)

    def hand_in(self, typed: Mapping[str, str]) -> None:
        """Begin the journey with what was filled in."""
        turn = self.turn
        refused = why_not_here(turn)
        if refused is not None:
            turn.refuse(refused)
            return
        said = {field.id: _typed(field, typed) for field in self.form.fields}
        method = typed.get("method", "").strip() or said.get("method", "")
        if method and (gone := self._no_such_method(method)) is not None:
            turn.refuse(gone)  # it was retired while the form was filled in
            return
        organisation = turn.uow.organisations.named(said["organisation"])
        if organisation is None:
            organisation = turn.uow.organisations.add(said["organisation"])
            turn.uow.organisations.add_admin(organisation, turn.person.id)
        pack = _chosen(turn, method)
        for names, add in ((said["units"], organise.put_units), (said["bodies"], organise.put_bodies)):
            if names:
                add(organisation, organise.names_in(names), uow=turn.uow, today=turn.today)
        begin(turn, pack, organisation, said["group"], practice=False)

    def _no_such_method(self, said: str) -> Problem | None:
        """Return why *said* can't be begun: it is retired, or there is none of that name."""
        turn = self.turn
        options = _titles(turn, turn.shelf.newest())
        if find(said, options).value:
            return None
        key = "method-retired" if find(said, _titles(turn, turn.shelf.retired())).value else "choice-unknown"
        return Problem(key, {"said": said, "options": ", ".join(title for _, title in options)})

    def _not_here(self, organisation: str) -> Problem | None:
        """Return why nobody may begin for the organisation here, or not this person."""
        turn, door, tenant = self.turn, self.turn.room.door, self.turn.room.tenant
        if not turn.borders.allow(door, tenant, organisation):
            theirs = turn.borders.of(door, tenant)
            args = {"organisation": organisation, "names": ", ".join(theirs)}
            return Problem("organisation-not-here" if theirs else "organisation-of-others", args)
        if is_met_elsewhere(turn.person.id, organisation, uow=turn.uow, borders=turn.borders):
            return Problem("person-elsewhere", {"name": turn.person.name, "organisation": organisation})
        return None

    def _taken(self, field: FormField, said: str, typed: Mapping[str, str]) -> Problem | None:
        """Return why this organisation or group can't be had: somebody else's, or there already."""
        organisations = self.turn.uow.organisations
        if field.id == "organisation":
            elsewhere = self._not_here(said)
            if elsewhere is not None:
                return elsewhere
            there = organisations.named(said)
            free = there is None or there in organisations.of_person(self.turn.person.id)
            return None if free else Problem("organisation-is-taken", {"organisation": said})
        if field.id == "group":
            there = organisations.named(_typed(self.form.fields[0], typed))
            if there is not None and self.turn.uow.groups.named(there, said) is not None:
                return Problem("group-is-there", {"group": said})
        return None


def begin(turn: Turn, pack: Pack, organisation: str, group_name: str, *, practice: bool) -> Journey:
    """Set the journey up: who starts leads until a leader is named. It lives in this room."""
    group = turn.uow.groups.add(organisation, group_name)
    roles = tuple(role.id for role in pack.manifest.roles if not role.external) if practice else ()
    turn.uow.groups.put_member(group, Member(turn.person, roles), on=turn.today)
    first = pack.steps[0].id if pack.steps else ""
    entry = pack.manifest.entries[0].from_step if pack.manifest.entries else first
    journey = Journey(
        JourneyId(turn.ids.new()), organisation, turn.uow.organisations.name(organisation), group, group_name, pack.id,
        pack.version, turn.language, turn.person.id, entry, turn.today, practice=practice,
        own_registers=pack.own_registers, roster=turn.uow.groups.roster(group, turn.today),
    )  # fmt: skip
    for step in pack.steps:
        journey = recounted(pack, journey, step.id, today=turn.today)
    turn.uow.journeys.start(journey, turn.room.id)
    turn.uow.journeys.refresh(journey)
    turn.uow.calendar.outdate(journey.id)
    turn.uow.audit.note(
        "journey-started", organisation=organisation, by=turn.person.id, about=journey.id, at=turn.now
    )
    said = Composer().say(
        turn.words.say("journey-begun", method=pack.manifest.title.said_in(turn.language), group=group_name)
    )
    if not practice:
        member = example_role(turn, pack, pack.manifest.group, pack.manifest.leader)
        said.say(turn.words.say("add-people-next", role=member))
        if turn.draws_forms:
            said.button(turn.words.text("form-add-person"), Press("add-person"), primary=True)
    turn.letters.append(Letter(turn.key(), ToRoom(room=turn.room.id), said.done(), journey=journey.id))
    ways_in = entries_message(turn.teller(journey))
    if ways_in is not None:
        turn.letters.append(Letter(turn.key(), ToRoom(room=turn.room.id), ways_in, journey=journey.id))
    turn.word(journey, opening(pack, journey, today=turn.today))
    return journey


def practice(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """Begin a journey to try alone, in the private room, with every role one's own."""
    packs = turn.shelf.newest()
    if not packs:
        turn.refuse(nothing_to_begin(turn))
        return True
    own = turn.uow.rooms.private_room(turn.person.id) or turn.room
    if not own.private:
        button = Composer().say(turn.words.say("practice-here"))
        button.button(turn.words.text("button-practice"), Press("practice"), primary=True)
        turn.tell(turn.person.id, button.done())
        turn.say("practice-waits-privately")
        return True
    if any(one.practice for one in turn.uow.journeys.in_room(own.id)):
        turn.refuse(Problem("practice-is-on"))
        return True
    name = f"{turn.words.text('practice-name')} {turn.person.name}"
    organisation = turn.uow.organisations.add(name)
    here, turn.room = turn.room, own
    turn.practice_rooms.add(own.id)
    begin(turn, _to_practise(turn, packs), organisation, name, practice=True)
    turn.room = here
    if own.id != here.id:
        turn.say("practice-in-private")
    return True


def end_practice(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    own = turn.uow.rooms.private_room(turn.person.id) or turn.room
    found = [
        one for room in {own.id, turn.room.id} for one in turn.uow.journeys.in_room(room) if one.practice
    ]
    if not found:
        turn.refuse(Problem("no-practice"))
        return True
    for one in found:
        turn.uow.journeys.remove(one.id)
    turn.say("practice-removed")
    return True


def _to_practise(turn: Turn, packs: Sequence[Pack]) -> Pack:
    """Return the method of a group that the person is in; the first one there is, where they are in none."""
    theirs = [one.pack for one in turn.uow.journeys.of_person(turn.person.id) if not one.practice]
    return next((pack for id in theirs for pack in packs if pack.id == id), packs[0])


def _titles(turn: Turn, packs: Sequence[Pack]) -> tuple[tuple[str, str], ...]:
    return tuple((pack.id, pack.manifest.title.said_in(turn.language)) for pack in packs)


def _chosen(turn: Turn, method: str) -> Pack:
    packs = turn.shelf.newest()
    match = find(method, _titles(turn, packs))
    return next((pack for pack in packs if pack.id == match.value), packs[0])


def _typed(field: FormField, typed: Mapping[str, str]) -> str:
    """Return what the field holds: what was typed, or what it was filled in with when that was left alone."""
    said = typed.get(field.id, "").strip()
    return field.value if said in ("", SKIP_FIELD) else said


def _nobody(turn: Turn) -> Journey:
    return Journey(JourneyId(""), "", "", "", "", "", "", turn.language, turn.person.id, "", turn.today)
