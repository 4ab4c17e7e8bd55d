"""Says whether what happened in a room is the coach's business at all: ordinary talk there is left alone."""

from bot.usecases.surroundings import TERMINAL
from dialogs.hearing.hear import Answered, Commanded, hear
from dialogs.incoming import Deleted, Edited, Gone, Incoming, Said
from dialogs.model.checkpoint import is_of_checkpoint
from dialogs.ports import DraftText, RoomRef, Spot, UnitOfWork


def concerns_the_coach(incoming: Incoming, *, uow: UnitOfWork) -> bool:
    """Say whether it was put to the coach, answers a question in its thread, or fills in a form that is open there.

    Under a checkpoint's message, what names its number is an answer; the rest is talk.
    """
    match incoming.what:
        case Said(addressed=False) as said if not incoming.private:
            room = uow.rooms.known(incoming.door, incoming.tenant, incoming.room)
            return room is not None and _answers(incoming, said, room, uow)
        case Edited(message=message) | Deleted(message=message) if not incoming.private:
            room = uow.rooms.known(incoming.door, incoming.tenant, incoming.room)
            spot = uow.outbox.spot(room.id, message) if room is not None else None
            if spot is None:
                return False
            return bool(spot.contribution) or spot.awaits_words
        case Gone(accounts=accounts):
            return any(uow.people.by_account(incoming.door, incoming.tenant, one) for one in accounts)
        case _:
            return True


def is_question(spot: Spot | None) -> bool:
    """Say whether the message is one that puts a question: words under it answer it."""
    if spot is None or spot.address is None or is_of_checkpoint(spot.address):
        return False
    return not (spot.contribution or spot.awaits_words)


def fills_in(draft: DraftText, said: Said, room: RoomRef, spot: Spot | None) -> bool:
    """Say whether words may be the next field of the form that their speaker has begun in the room.

    Where there are threads, those under the form are; and those that are put to the coach elsewhere, but for a
    question's thread: there they answer the question.
    """
    if draft.drawn:
        return False
    if room.private or room.door == TERMINAL or (draft.thread and said.thread_of == draft.thread):
        return True
    return said.addressed and not is_question(spot)


def _answers(incoming: Incoming, said: Said, room: RoomRef, uow: UnitOfWork) -> bool:
    spot = uow.outbox.spot(room.id, said.thread_of) if said.thread_of else None
    if is_question(spot) or (
        spot is not None and is_of_checkpoint(spot.address) and _says_for_what(said.text)
    ):
        return True
    person = uow.people.by_account(incoming.door, incoming.tenant, incoming.account)
    form = uow.drafts.get(person.id, room.id, form=True) if person is not None else None
    return form is not None and fills_in(form, said, room, spot)


def _says_for_what(text: str) -> bool:
    """Say whether words under a checkpoint's message are more than talk: a command, or an answer with its number."""
    heard = hear(text)
    return isinstance(heard, Commanded) or (isinstance(heard, Answered) and bool(heard.number))
