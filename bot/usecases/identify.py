"""Finds out who speaks, and greets whoever comes for the first time with what is kept about them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.usecases.borders import may_be_met_at
from bot.usecases.coming_in import what_waited
from bot.usecases.organise import Workplace
from bot.usecases.surroundings import TERMINAL
from bot.usecases.turn import Turn
from dialogs.incoming import Incoming, Profile
from dialogs.messages import Composer
from dialogs.model.borders import NONE, Borders
from dialogs.model.people import Person
from dialogs.ports import RoomRef, UnitOfWork
from dialogs.values.composed import composed
from dialogs.wording.teller import Speech


@dataclass(frozen=True, slots=True)
class Identified:
    """Who speaks; `fresh` when nobody had seen the account, and nothing but its own name tells whose it is."""

    person: Person
    fresh: bool = False


def identify(
    incoming: Incoming, room: RoomRef, *, uow: UnitOfWork, profiles: Mapping[str, Profile], borders: Borders = NONE
) -> Identified:  # fmt: skip
    """Return the person behind the account. The terminal's names are trusted: who sits there owns the machine."""
    door, tenant, account = incoming.door, incoming.tenant, incoming.account
    profile = profiles.get(account)
    person = uow.people.by_account(door, tenant, account)
    fresh = person is None
    if person is None:
        known = uow.people.named(incoming.name, None) if door == TERMINAL else ()
        if len(known) == 1:
            person, fresh = known[0], False
            uow.people.tie(door, tenant, account, person.id)
        else:
            person, fresh = meet(
                door, tenant, account, incoming.name, profile, uow=uow, at=incoming.at, borders=borders
            )
    elif profile is not None:
        person = heard_of(door, tenant, account, person, profile, uow=uow, at=incoming.at)
    if incoming.private:
        uow.rooms.bind_private(person.id, room.id)
    elif door == TERMINAL and uow.rooms.private_room(person.id) is None:
        own = uow.rooms.find(door, tenant, f"privat:{account}", private=True)
        uow.rooms.bind_private(person.id, own.id)
    return Identified(person, fresh and door != TERMINAL)


def meet(
    door: str, tenant: str, account: str, name: str, profile: Profile | None, *, uow: UnitOfWork, at: datetime,
    borders: Borders = NONE,
) -> tuple[Person, bool]:  # fmt: skip
    """Tie an account that nobody has seen: to whoever has its e-mail address, else to somebody new.

    Return the person, and whether they are new.
    """
    person = _with_the_address(door, tenant, profile, uow, borders)
    fresh = person is None
    if person is None:
        said = profile or Profile(name)
        email = said.email if said.email and not said.guest else None
        person = uow.people.add(composed(said.name or name), email=email, language=said.language or None)
    uow.people.tie(door, tenant, account, person.id)
    if not fresh:
        for organisation in uow.organisations.of_person(person.id):
            uow.audit.note(
                "account-tied-by-email", organisation=organisation, by=person.id, about=person.id, at=at
            )
    if profile is not None:
        person = heard_of(door, tenant, account, person, profile, uow=uow, at=at)
    return person, fresh


def heard_of(
    door: str, tenant: str, account: str, person: Person, profile: Profile, *, uow: UnitOfWork, at: datetime
) -> Person:
    """Keep what the platform says of the account; it gives the person a language until they choose one."""
    uow.people.note_profile(door, tenant, account, profile, at)
    if person.language is None and profile.language:
        uow.people.set_language(person.id, profile.language)
        person = Person(person.id, person.name, profile.language)
    return person


def _with_the_address(
    door: str, tenant: str, profile: Profile | None, uow: UnitOfWork, borders: Borders
) -> Person | None:
    """Return the one person with the account's e-mail address.

    Not for a guest: their address is vouched for by somebody else's workspace. Nor when that person has another
    account here: an address that was handed on would give one person's rights to another. Nor when they belong to what
    may not be met here.
    """
    if profile is None or profile.guest or not profile.active or not profile.email:
        return None
    found = uow.people.with_email(profile.email)
    if len(found) != 1 or Workplace(door, tenant).knows(found[0], uow):
        return None
    may = may_be_met_at([(door, tenant)], found[0].id, uow=uow, borders=borders)
    return found[0] if may else None


def greet(turn: Turn) -> None:
    greet_person(turn, turn.person, turn.language)


def greet_person(turn: Turn, person: Person, language: str) -> None:
    """Tell somebody, once and before anything else, what is kept about them; then what has waited for them."""
    if turn.uow.people.greeted(person.id):
        return
    turn.uow.people.mark_greeted(person.id, turn.now)
    speech = Speech(turn.book, language)
    said = Composer().say(speech.say("greeting", name=person.name))
    privacy(speech, said)
    waited = what_waited(turn, person.id)
    turn.tell(person.id, said.done())
    turn.letters += waited


def privacy(speech: Speech, said: Composer) -> None:
    """Say what is stored, who sees it, for how long, whom to ask, and that nothing secret belongs here."""
    keys = ("privacy-stored", "privacy-seen", "privacy-kept", "privacy-ask", "privacy-secret")
    said.bullets(speech.say(key) for key in keys)
