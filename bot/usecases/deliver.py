"""Hands letters to a messenger, one holder at a time, and marks what became of them."""

from collections.abc import Sequence

from dialogs.ports import ClaimedLetter, Clock, UnitOfWork


def claim(door: str, *, uow: UnitOfWork, clock: Clock) -> Sequence[ClaimedLetter]:
    """Return letters for the door's rooms, oldest first; each is this messenger's until its claim runs out."""
    with uow:
        letters = uow.outbox.claim(door, clock.now())
        uow.commit()
    return letters


def mark_sent(letter: ClaimedLetter, platform_message: str, *, uow: UnitOfWork, clock: Clock) -> bool:
    """Return False when the claim had run out and the letter is somebody else's by now."""
    with uow:
        was_ours = uow.outbox.sent(letter, platform_message, clock.now())
        uow.commit()
    return was_ours


def take_back(door: str, *, uow: UnitOfWork) -> None:
    """Take back what a messenger that is gone had claimed; should it still live, it can mark nothing any more."""
    with uow:
        uow.outbox.take_back(door)
        uow.commit()
