"""What belongs to oneself, whichever group one is in: language, time zone, settings, and codes."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.usecases.about import about_journey
from bot.usecases.answering import change_by_code
from bot.usecases.asking_fields import another_is_open, begin_form
from bot.usecases.borders import may_be_met_at
from bot.usecases.identify import privacy as privacy_lines
from bot.usecases.places import journeys_here
from bot.usecases.same_person import leave_address
from bot.usecases.turn import Turn
from dialogs.flows.rights import leads
from dialogs.forms import SKIP_FIELD
from dialogs.hearing.hear import Commanded
from dialogs.messages import Composer, Form, FormField, Message, Press
from dialogs.model.problem import Problem
from dialogs.ports import Spot
from dialogs.time import HOME
from dialogs.values.names import find
from dialogs.values.zones import read_zone

CODE_HOLDS = timedelta(days=1)
LANGUAGES = (("sv", "svenska"), ("sv", "swedish"), ("en", "engelska"), ("en", "english"))


def language(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """Change the language that the person is spoken to in; whoever leads may change the channel's too."""
    match = find(heard.rest, LANGUAGES, numbered=False)
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
        if head.language == match.value:
            return True
        if leads(turn.pack_of(head), head, turn.person.id):
            turn.uow.journeys.refresh(replace(head, language=match.value))
            turn.announce(turn.words.message("channel-language-is-now"))
        else:
            turn.say("channel-language-stays")
    return True


def zone(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """Change the time zone in which the person's days and reminders are counted; without a name, say which it is."""
    if not heard.rest:
        turn.say("zone-is", zone=own_zone(turn))
        return True
    found = read_zone(heard.rest)
    if isinstance(found, Problem):
        turn.refuse(found)
        return True
    move_to_zone(turn, found)
    turn.say("zone-is-now", zone=found)
    return True


def move_to_zone(turn: Turn, zone: str) -> None:
    """Keep the person's zone; what they are reminded of follows."""
    turn.uow.people.set_zone(turn.person.id, zone)
    for journey in turn.uow.journeys.of_person(turn.person.id):
        turn.uow.calendar.outdate(journey.id)


def own_zone(turn: Turn) -> str:
    return turn.uow.people.zone(turn.person.id) or str(HOME)


def settings(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """Show what one has chosen and what is kept, in private or before oneself alone."""
    show_privately(turn, settings_message(turn))
    return True


def show_privately(turn: Turn, message: Message) -> None:
    """Answer where it was said when nobody else reads it there, else in private."""
    if turn.room.private or turn.incoming.aside:
        turn.reply(message)
    else:
        turn.tell(turn.person.id, message)


def settings_message(turn: Turn) -> Message:
    text = turn.words.text
    said = Composer().heading(text("settings-heading"))
    said.facts(
        (
            (text("field-name"), turn.person.name),
            (text("field-language"), text(f"language-{turn.language}")),
            (text("field-zone"), own_zone(turn)),
        )
    )
    said.button(text("button-settings"), Press("settings"), primary=True)
    return privacy_message(turn, said)


def privacy_message(turn: Turn, said: Composer) -> Message:
    inner = Composer()
    privacy_lines(turn.words, inner)
    return said.fold(turn.words.text("privacy-intro"), inner).done()


def open_settings(turn: Turn) -> None:
    if not another_is_open(turn):
        begin_form(turn, OwnSettings(turn).form, Press("settings"))


@dataclass(frozen=True)
class OwnSettings:
    """The form by which somebody changes their own language and zone."""

    turn: Turn
    anonymous: bool = False

    @property
    def form(self) -> Form:
        text = self.turn.words.text
        options = tuple((one, text(f"language-{one}")) for one in ("sv", "en"))
        now = text(f"language-{self.turn.language}")
        fields = (
            FormField("language", text("field-language"), "choice", options=options, value=now),
            FormField(
                "zone", text("field-zone"), "text", help=text("field-zone-help"), value=own_zone(self.turn)
            ),
        )
        return Form(text("form-settings"), fields, Press("settings"))

    def problem(self, field: FormField, text: str, typed: Mapping[str, str]) -> Problem | None:
        return problem_with_own(field, text)

    def hand_in(self, typed: Mapping[str, str]) -> None:
        turn = self.turn
        chosen = find(typed.get("language", ""), LANGUAGES, numbered=False).value or _numbered(typed)
        if chosen is not None and chosen != turn.language:
            turn.uow.people.set_language(turn.person.id, chosen)
            turn.language = chosen
        zone = typed.get("zone", "").strip()
        found = read_zone(zone) if zone not in ("", SKIP_FIELD) else None
        if isinstance(found, str) and found != own_zone(turn):
            move_to_zone(turn, found)
        language = turn.words.text(f"language-{turn.language}")
        show_privately(turn, turn.words.message("settings-kept", language=language, zone=own_zone(turn)))


def problem_with_own(field: FormField, text: str) -> Problem | None:
    """Return what is wrong with a language or a zone as typed; left empty, neither is wrong."""
    said = text.strip()
    if said in ("", SKIP_FIELD):
        return None
    if field.id == "zone":
        found = read_zone(said)
        return found if isinstance(found, Problem) else None
    return None if find(said, (*field.options, *LANGUAGES)).value else Problem("language-unknown")


def _numbered(typed: Mapping[str, str]) -> str | None:
    return {"1": "sv", "2": "en"}.get(typed.get("language", "").strip())


def link_account(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """`länka konto` gives a one-time code, in private, that ties one's account in another chat to oneself."""
    if heard.rest.strip():
        return False
    code, until = turn.ids.code(), turn.now + CODE_HOLDS
    turn.uow.people.put_code(code, turn.person.id, until=until)
    turn.uow.audit.note("code-made", organisation="", by=turn.person.id, about=turn.person.id, at=turn.now)
    said = replace(turn.words.message("account-code", code=code), secret=True)
    if turn.room.private:
        turn.reply(said)
    else:
        turn.say("account-code-in-private")
        turn.tell(turn.person.id, said)
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
    here = (incoming.door, incoming.tenant)
    if not may_be_met_at([here], person, uow=turn.everything, borders=turn.borders):
        turn.refuse(Problem("code-from-elsewhere"))
        return True
    turn.uow.people.tie(incoming.door, incoming.tenant, incoming.account, person)
    if person != turn.person.id:
        leave_address(turn, turn.person)
    if turn.room.private:
        turn.uow.rooms.bind_private(person, turn.room.id)
    known = turn.uow.people.get(person)
    turn.say("account-tied", name=known.name if known else person)
    return True
