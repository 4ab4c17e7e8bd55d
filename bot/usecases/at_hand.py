"""The question that was put to somebody last in private: what they write next, without a number, answers it.

It is kept where a text would be that nobody could place yet, and gives way to one.
"""

from datetime import datetime

from bot.usecases.turn import AtQuestion, Turn
from dialogs.flows.position import is_asked
from dialogs.flows.rights import may_answer
from dialogs.model.answers import Address
from dialogs.ports import DraftText, Spot, UnitOfWork


def put_at_hand(person: str, journey: str, address: Address, *, uow: UnitOfWork, at: datetime) -> None:
    """Let *address* be what the person is asked in their private room, unless a text of theirs is kept there."""
    room = uow.rooms.private_room(person)
    if room is None:
        return
    kept = uow.drafts.get(person, room.id)
    if kept is None or not (kept.text or kept.attached):
        uow.drafts.keep(DraftText(person, room.id, "", journey, address), at)


def at_hand(turn: Turn) -> Spot | None:
    """Return the question that was put to the speaker last, in private; None when there is none, or it is behind them."""
    if not turn.room.private:
        return None
    kept = turn.draft()
    if kept is None or kept.text or not kept.journey or kept.address is None:
        return None
    journey = turn.load(AtQuestion(kept.journey, kept.address))
    pack = turn.pack_of(journey)
    if kept.address.question not in pack.places or journey.item(kept.address).done:
        return None
    asked = is_asked(pack, journey, kept.address, today=turn.today)
    mine = may_answer(pack, journey, pack.places[kept.address.question].question, turn.person.id)
    return Spot(kept.journey, kept.address) if asked and mine else None
