"""Says in what kind of place words stand, for phrases that are others there: "in this thread" is said where there are any."""

from collections.abc import Sequence

from dialogs.ports import RoomRef, UnitOfWork

TERMINAL = "terminal"
"""The door where everybody reads one stream of words: a thread is a question there, and no form is drawn."""


def surroundings(room: RoomRef | None, uow: UnitOfWork) -> Sequence[str]:
    """Return the room's kind, as the phrasebook calls them, the nearest first; none in a channel with threads.

    The terminal is one stream of words, in which a question is a thread.
    """
    if room is None or room.door == TERMINAL:
        return ()
    reached = uow.conversations.get(room.tenant, room.external)
    if room.private:
        return ("teams", "private") if reached is not None else ("private",)
    return ("chat",) if reached is not None and reached.kind == "groupChat" else ()
