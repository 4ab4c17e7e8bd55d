"""Starts a journey, for a group or to practise alone; and what belongs to oneself: language and codes."""

from collections.abc import Mapping
from dataclasses import replace

from bot.usecases import organise
from bot.usecases.about import about_journey
from bot.usecases.answering import change_by_code
from bot.usecases.asking_fields import ask_field
from bot.usecases.places import journeys_here
from bot.usecases.turn import Turn
from content.pack import Pack
from dialogs.flows.consequences import opening
from dialogs.flows.position import recounted
from dialogs.flows.rights import leads
from dialogs.forms import SKIP_FIELD, START_SPECS
from dialogs.hearing.hear import Commanded
from dialogs.messages import Composer, Form, FormField, Press
from dialogs.model.journey import Journey, JourneyId
from dialogs.model.people import Member, Person
from dialogs.model.problem import Problem
from dialogs.ports import DraftText, Spot
from dialogs.values.asking import Asking
from dialogs.values.names import find
from dialogs.values.reading import read

LONGEST_NAME = 120


def start(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """Ask what is needed to begin: organisation, method, group, units, bodies."""
    packs = turn.shelf.newest()
    if not packs:
        turn.refuse(Problem("no-packs"))
        return True
    if turn.room.private:
        turn.refuse(Problem("start-in-channel"))
        return True
    half_filled = turn.uow.drafts.get(turn.person.id, turn.room.id, form=True)
    if half_filled is not None:
        turn.opened.append(half_filled.form)
        turn.refuse(Problem("form-is-open"))
        return True
    button = turn.uow.buttons.put(Press("start"), journey="", room=turn.room.id, at=turn.now)
    turn.opened.append(button)
    _ask_next(turn, button, {}, intro=True)
    return True


def start_form(turn: Turn) -> Form:
    packs = turn.shelf.newest()
    books = turn.uow.organisations
    known = [
        books.name(one) for one in books.of_person(turn.person.id) if books.admins(one)
    ]  # practice has none
    text = turn.words.text
    fields = [
        FormField(
            "organisation", text("field-organisation"), "text", required=True, value=known[0] if known else ""
        )
    ]
    if len(packs) > 1:
        options = tuple((pack.id, pack.manifest.title.said_in(turn.language)) for pack in packs)
        fields.append(FormField("method", text("field-method"), "choice", required=True, options=options))
    fields += [
        FormField("group", text("field-group"), "text", required=True, value=text("default-group")),
        FormField("units", text("field-units"), "list", help=text("field-units-help"), many=True),
        FormField("bodies", text("field-bodies"), "list", help=text("field-bodies-help"), many=True),
    ]
    return Form(text("form-start"), tuple(fields), Press("start"))


def carry_on_starting(turn: Turn, draft: DraftText, text: str) -> None:
    form = start_form(turn)
    field = next((one for one in form.fields if one.id not in draft.fields), None)
    if field is None:
        submit_start(turn, draft.fields)
        return
    problem = _problem(turn, field, text, form, draft.fields)
    if problem is not None:
        said = (
            Composer().say(turn.words.say(problem.key, **problem.args)).say(turn.words.say("form-try-again"))
        )
        turn.reply(said.done())
        return
    _ask_next(turn, draft.form, {**draft.fields, field.id: text.strip()})


def submit_start(turn: Turn, fields: Mapping[str, str]) -> None:
    """Begin the journey with what was filled in; or say what is wrong."""
    form = start_form(turn)
    for field in form.fields:
        problem = _problem(turn, field, fields.get(field.id, ""), form, fields)
        if problem is not None:
            turn.refuse(problem)
            return
    typed = {field.id: _typed(field, fields) for field in form.fields}
    turn.uow.drafts.drop(turn.person.id, turn.room.id, form=True)
    organisation = turn.uow.organisations.named(typed["organisation"])
    if organisation is None:
        organisation = turn.uow.organisations.add(typed["organisation"])
        turn.uow.organisations.add_admin(organisation, turn.person.id)
    pack = _chosen(turn, typed.get("method", ""))
    for names, add in ((typed["units"], organise.put_units), (typed["bodies"], organise.put_bodies)):
        if names:
            add(organisation, organise.names_in(names), uow=turn.uow, today=turn.today)
    begin(turn, pack, organisation, typed["group"], practice=False)


def begin(turn: Turn, pack: Pack, organisation: str, group_name: str, *, practice: bool) -> Journey:
    """Set the journey up: who starts leads until a leader is named. It lives in this room."""
    group = turn.uow.groups.add(organisation, group_name)
    roles = tuple(role.id for role in pack.manifest.roles if not role.external) if practice else ()
    turn.uow.groups.put_member(group, Member(turn.person, roles), on=turn.today)
    entry = pack.manifest.entries[0].from_step if pack.manifest.entries else pack.steps[0].id
    journey = Journey(
        JourneyId(turn.ids.new()), organisation, turn.uow.organisations.name(organisation), group, group_name, pack.id,
        pack.version, turn.language, turn.person.id, entry, turn.today, practice=practice,
        roster=turn.uow.groups.roster(group, turn.today),
    )  # fmt: skip
    for step in pack.steps:
        journey = recounted(pack, journey, step.id, today=turn.today)
    turn.uow.journeys.start(journey, turn.room.id)
    turn.uow.journeys.refresh(journey)
    turn.uow.audit.note(
        "journey-started", organisation=organisation, by=turn.person.id, about=journey.id, at=turn.now
    )
    said = Composer().say(
        turn.words.say("journey-begun", method=pack.manifest.title.said_in(turn.language), group=group_name)
    )
    if not practice:
        said.say(turn.words.say("add-people-next"))
    turn.reply(said.done())
    turn.word(journey, opening(pack, journey, today=turn.today))
    return journey


def practice(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """Begin a journey to try alone, in the private room, with every role one's own."""
    packs = turn.shelf.newest()
    if not packs:
        turn.refuse(Problem("no-packs"))
        return True
    own = turn.uow.rooms.private_room(turn.person.id) or turn.room
    if any(one.practice for one in turn.uow.journeys.in_room(own.id)):
        turn.refuse(Problem("practice-is-on"))
        return True
    name = f"{turn.words.text('practice-name')} {turn.person.name}"
    organisation = turn.uow.organisations.add(name)
    here, turn.room = turn.room, own
    turn.practice_rooms.add(own.id)
    begin(turn, packs[0], organisation, name, practice=True)
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


def language(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """Change the language that the person is spoken to in; whoever leads may change the channel's too."""
    options = (("sv", "svenska"), ("sv", "swedish"), ("en", "engelska"), ("en", "english"))
    match = find(heard.rest, options, numbered=False)
    if match.value is None:
        if len(heard.rest.split()) > 1:
            return False
        turn.refuse(Problem("language-unknown"))
        return True
    turn.uow.people.set_language(turn.person.id, match.value)
    turn.language = match.value
    turn.say("language-is-now")
    if turn.room.private or not journeys_here(turn):
        return True
    at = about_journey(turn, spot)
    if at is not None:
        head = turn.uow.journeys.head(at.journey)
        if leads(turn.pack_of(head), head, turn.person.id) and head.language != match.value:
            turn.uow.journeys.refresh(replace(head, language=match.value))
            turn.say("channel-language-is-now")
    return True


def code(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """Tie this account to a person by a one-time code; or change an anonymous answer by the code it was given."""
    code, text = heard.number, heard.rest
    if not code:
        turn.refuse(Problem("code-unknown"))
        return True
    if " " in code and code != code.upper() and not any(sign.isdecimal() for sign in code):
        return False  # `kod för livet: …`: words. Whatever may be a code is never taken for an answer
    if text:
        for ref in turn.uow.journeys.of_person(turn.person.id):
            if change_by_code(turn, turn.whole(ref.id), code, text):
                return True
        turn.refuse(Problem("code-unknown"))
        return True
    person = turn.uow.people.use_code(code.strip().upper(), turn.now)
    if person is None:
        turn.refuse(Problem("code-unknown"))
        return True
    incoming = turn.incoming
    turn.uow.people.tie(incoming.door, incoming.tenant, incoming.account, person)
    known = turn.uow.people.get(person)
    turn.say("account-tied", name=known.name if known else person)
    return True


def _chosen(turn: Turn, method: str) -> Pack:
    packs = turn.shelf.newest()
    options = tuple((pack.id, pack.manifest.title.said_in(turn.language)) for pack in packs)
    match = find(method, options)
    return next((pack for pack in packs if pack.id == match.value), packs[0])


def _problem(turn: Turn, field: FormField, text: str, form: Form, typed: Mapping[str, str]) -> Problem | None:
    """Return what is wrong with one field, as it was typed; *typed* holds the fields before it."""
    said = _typed(field, {field.id: text})
    if not said:
        return Problem("field-required", {"field": field.label}) if field.required else None
    if field.id == "method":
        match = find(said, field.options)
        options = ", ".join(label for _, label in field.options)
        return None if match.value else Problem("choice-unknown", {"said": said, "options": options})
    empty = Asking(turn.shelf.newest()[0], _nobody(turn), turn.language, turn.today)
    found = read(START_SPECS[field.id], said, empty)
    if isinstance(found, Problem):
        return found
    if isinstance(found, str) and len(found) > LONGEST_NAME:
        return Problem("name-too-long")
    return _taken(turn, field, said, form, typed)


def _taken(turn: Turn, field: FormField, said: str, form: Form, typed: Mapping[str, str]) -> Problem | None:
    """Return why this organisation or group can't be had: somebody else's, or there already."""
    organisations = turn.uow.organisations
    if field.id == "organisation":
        there = organisations.named(said)
        free = there is None or there in organisations.of_person(turn.person.id)
        return None if free else Problem("organisation-is-taken", {"organisation": said})
    if field.id == "group":
        there = organisations.named(_typed(form.fields[0], typed))
        if there is not None and turn.uow.groups.named(there, said) is not None:
            return Problem("group-is-there", {"group": said})
    return None


def _typed(field: FormField, typed: Mapping[str, str]) -> str:
    """Return what the field holds: what was typed, or what it was filled in with when that was left alone."""
    said = typed.get(field.id, "").strip()
    return field.value if said in ("", SKIP_FIELD) else said


def _nobody(turn: Turn) -> Journey:
    return Journey(JourneyId(""), "", "", "", "", "", "", turn.language, turn.person.id, "", turn.today)


def _ask_next(turn: Turn, button: str, typed: Mapping[str, str], *, intro: bool = False) -> None:
    form = start_form(turn)
    field = next((one for one in form.fields if one.id not in typed), None)
    if field is None:
        submit_start(turn, typed)
        return
    turn.uow.drafts.keep(DraftText(turn.person.id, turn.room.id, "", form=button, fields=typed), turn.now)
    said = Composer()
    if intro:
        said.say(turn.words.say("start-intro")).say(turn.words.say("form-how", n=len(form.fields)))
    ask_field(turn, said, field, position=form.fields.index(field) + 1, of=len(form.fields))
    turn.reply(said.done(form if intro else None))


__all__ = ["Person", "begin", "carry_on_starting", "code", "end_practice", "language", "practice", "start"]
