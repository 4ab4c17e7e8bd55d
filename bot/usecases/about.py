"""Finds the question that a command is about: named by number, by the thread, or the one before the group."""

from bot.usecases.at_hand import at_hand
from bot.usecases.places import address_of_number, journeys_here, open_for, put_now, which_journey
from bot.usecases.turn import At, AtQuestion, Turn
from dialogs.hearing.hear import Commanded
from dialogs.model.answers import Address
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
    asked = at_hand(turn)
    if asked is not None and asked.journey == journey and asked.address is not None:
        return AtQuestion(journey, asked.address)
    loaded, addresses = put_now(turn, journey)
    mine = open_for(turn, loaded) if turn.room.private else ()
    found = mine or addresses
    if not found:
        turn.refuse(Problem("name-the-question"))
        return None
    if turn.room.private:
        return AtQuestion(journey, found[0])
    in_step = [one for one in found if not one.period]
    return AtQuestion(journey, in_step[-1] if in_step else found[0])


def about_round(turn: Turn, heard: Commanded, spot: Spot | None) -> AtQuestion | None:
    """The same for words about a consent round: without a number, the one round that is open."""
    journey = spot.journey if spot is not None else None
    refs = journeys_here(turn)
    if journey is None and len(refs) == 1:
        journey = refs[0].id
    if journey is not None and not heard.number:
        loaded, _ = put_now(turn, journey)
        open_rounds = [
            Address.of(key)
            for page in loaded.pages.values()
            for key, status in page.statuses.items()
            if status == "consent"
        ]
        threads = spot.address if spot is not None else None
        if len(open_rounds) == 1 and threads not in open_rounds:
            return AtQuestion(journey, open_rounds[0])
    return about_question(turn, heard, spot)


def _text(turn: Turn) -> str:
    return getattr(turn.incoming.what, "text", "")
