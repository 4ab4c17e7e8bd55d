"""Lets one event, stored before the platform was answered, happen."""

from typing import assert_never

from bot.usecases.forms import carry_on, remind, submit
from bot.usecases.identify import greet, identify
from bot.usecases.practising import mark_practice
from bot.usecases.presses import press
from bot.usecases.turn import Turn
from bot.usecases.words import deleted, edited, hear_words
from content.phrases.book import Phrasebook
from dialogs.incoming import Deleted, Edited, Incoming, Pressed, Said, Submitted
from dialogs.ports import Clock, Ids, PackShelf, UnitOfWork


def take_turn(
    number: int,
    *,
    uow: UnitOfWork,
    shelf: PackShelf,
    clock: Clock,
    ids: Ids,
    book: Phrasebook,
    language: str = "sv",
) -> None:
    """Take the turn, once: an event that is done already does nothing more.

    *language* is spoken with whoever hasn't chosen one. Raises ``storage.Conflict`` when somebody else wrote the same
    journey in between; then nothing is written and the turn can be taken again.
    """
    with uow:
        incoming = uow.inbox.take(number)
        if incoming is None:
            return
        _take(number, incoming, uow, shelf, clock, ids, book, language)
        uow.inbox.done(number)
        uow.commit()


def take_at_once(
    incoming: Incoming,
    *,
    uow: UnitOfWork,
    shelf: PackShelf,
    clock: Clock,
    ids: Ids,
    book: Phrasebook,
    language: str = "sv",
) -> bool:
    """Store the event and let it happen in one commit, for a door that answers only when the turn is over.

    Returns False when this very event is stored already. Raises as `take_turn` does, and then nothing is stored.
    """
    with uow:
        number = uow.inbox.store_done(incoming)
        if number is None:
            return False
        _take(number, incoming, uow, shelf, clock, ids, book, language)
        uow.commit()
    return True


def _take(
    number: int,
    incoming: Incoming,
    uow: UnitOfWork,
    shelf: PackShelf,
    clock: Clock,
    ids: Ids,
    book: Phrasebook,
    language: str,
) -> None:
    room = uow.rooms.find(incoming.door, incoming.tenant, incoming.room, private=incoming.private)
    person = identify(incoming, room, uow=uow)
    turn = Turn(number, incoming, person, room, person.language or language, uow, shelf, clock, ids, book)
    greet(turn)
    _happen(turn)
    mark_practice(turn)
    uow.outbox.post(turn.letters, turn.now)


def _happen(turn: Turn) -> None:
    match turn.incoming.what:
        case Said(text=text) as said:
            waiting = turn.uow.drafts.get(turn.person.id, turn.room.id, form=True)
            if waiting is None:
                hear_words(turn, said)
            elif not carry_on(turn, waiting, text):
                hear_words(turn, said)
                remind(turn)
        case Pressed(button=button):
            press(turn, button)
        case Submitted(button=button, fields=fields):
            submit(turn, button, fields)
        case Edited(message=message, text=text):
            edited(turn, message, text)
        case Deleted(message=message):
            deleted(turn, message)
        case _:
            assert_never(turn.incoming.what)
