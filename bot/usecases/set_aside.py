"""Sets aside a turn that couldn't be taken, and tells whoever it came from: nobody waits for what won't happen."""

from bot.usecases.turn import thread_in
from content.phrases.book import Phrasebook
from dialogs.incoming import Deleted, Edited, FileAnswered, Incoming, Pressed, Said, Submitted
from dialogs.letters import Aside, Letter, ToRoom
from dialogs.ports import Clock, UnitOfWork
from dialogs.wording.teller import Speech


def set_aside(
    number: int,
    why: str,
    *,
    uow: UnitOfWork,
    clock: Clock,
    book: Phrasebook,
    language: str,
    told: bool = False,
) -> None:
    """Keep what came in, for whoever looks after the program; it isn't taken again by itself.

    The letter goes to those who said or did something, unless they are *told* already; in a channel nobody else sees it.
    """
    with uow:
        incoming = uow.inbox.take(number)
        uow.inbox.failed(number, why)
        if incoming is not None and not told and _somebody_waits(incoming):
            uow.outbox.post([_sorry(number, incoming, uow, book, language)], clock.now())
        uow.commit()


def _somebody_waits(incoming: Incoming) -> bool:
    return isinstance(incoming.what, Said | Pressed | Submitted | FileAnswered | Edited | Deleted)


def _sorry(number: int, incoming: Incoming, uow: UnitOfWork, book: Phrasebook, language: str) -> Letter:
    person = uow.people.by_account(incoming.door, incoming.tenant, incoming.account)
    room = uow.rooms.find(incoming.door, incoming.tenant, incoming.room, private=incoming.private)
    thread = "" if incoming.private else thread_in(incoming)
    to = (
        ToRoom(room=room.id, thread=thread)
        if incoming.private or person is None
        else Aside(room.id, person.id, thread)
    )
    words = Speech(book, (person.language if person else None) or language)
    return Letter(f"turn:{number}:failed", to, words.message("turn-failed"))
