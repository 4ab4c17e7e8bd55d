"""Finds out who speaks, and greets whoever comes for the first time with what is kept about them."""

from bot.usecases.turn import Turn
from dialogs.incoming import Incoming
from dialogs.messages import Composer
from dialogs.model.people import Person
from dialogs.ports import RoomRef, UnitOfWork


def identify(incoming: Incoming, room: RoomRef, *, uow: UnitOfWork) -> Person:
    """Return the person behind the account. The terminal's names are trusted: who sits there owns the machine."""
    person = uow.people.by_account(incoming.door, incoming.tenant, incoming.account)
    if person is None:
        known = uow.people.named(incoming.name, None)
        trusted = incoming.door == "terminal" and len(known) == 1
        person = known[0] if trusted else uow.people.add(incoming.name)
        uow.people.tie(incoming.door, incoming.tenant, incoming.account, person.id)
    if incoming.private:
        uow.rooms.bind_private(person.id, room.id)
    elif incoming.door == "terminal" and uow.rooms.private_room(person.id) is None:
        own = uow.rooms.find(incoming.door, incoming.tenant, f"privat:{incoming.account}", private=True)
        uow.rooms.bind_private(person.id, own.id)
    return person


def greet(turn: Turn) -> None:
    if turn.uow.people.greeted(turn.person.id):
        return
    turn.uow.people.mark_greeted(turn.person.id, turn.now)
    said = Composer().say(turn.words.say("greeting", name=turn.person.name))
    privacy(turn, said)
    turn.tell(turn.person.id, said.done())


def privacy(turn: Turn, said: Composer) -> None:
    """Say what is stored, who sees it, for how long, whom to ask, and that nothing secret belongs here."""
    keys = ("privacy-stored", "privacy-seen", "privacy-kept", "privacy-ask", "privacy-secret")
    said.bullets(turn.words.say(key) for key in keys)
