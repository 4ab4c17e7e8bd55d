"""Finds the question that a command is about: named by number, by the thread, or the one before the group."""

from bot.usecases.places import address_of_number, open_for, put_now, which_journey
from bot.usecases.turn import At, AtQuestion, Turn
from dialogs.hearing.hear import Commanded
from dialogs.model.problem import Problem
from dialogs.ports import Spot


def about_journey(turn: Turn, spot: Spot | None) -> At | None:
    journey = which_journey(turn, spot, text=_text(turn))
    return At(journey) if journey else None


def about_question(turn: Turn, heard: Commanded, spot: Spot | None) -> AtQuestion | None:
    """Return where the command belongs; None when the person has been told what is unclear."""
    journey = which_journey(turn, spot, text=_text(turn))
    if journey is None:
        return None
    if heard.number:
        address = address_of_number(turn, turn.uow.journeys.head(journey), heard.number)
        if address is None:
            turn.refuse(Problem("number-unknown", {"number": heard.number}))
            return None
        return AtQuestion(journey, address)
    if spot is not None and spot.address is not None:
        return AtQuestion(journey, spot.address)
    loaded, addresses = put_now(turn, journey)
    mine = open_for(turn, loaded) if turn.room.private else ()
    found = mine or addresses
    if not found:
        turn.refuse(Problem("name-the-question"))
        return None
    return AtQuestion(journey, found[-1] if not turn.room.private else found[0])


def _text(turn: Turn) -> str:
    return getattr(turn.incoming.what, "text", "")
