"""The ways into a method: shown, and one of them chosen, as long as the group has ended no step."""

from bot.usecases.about import about_journey
from bot.usecases.places import journeys_here
from bot.usecases.turn import At, Turn
from dialogs.events import EntryChosen
from dialogs.hearing.hear import Commanded
from dialogs.model.problem import Problem
from dialogs.ports import Spot
from dialogs.values.names import find
from dialogs.wording.entries import entries_message


def entry(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """`ingång` shows the ways in; with a name, that one is chosen."""
    if spot is None and not journeys_here(turn):
        return False
    at = about_journey(turn, spot)
    if at is None:
        return True
    teller = turn.teller(turn.uow.journeys.head(at.journey))
    message = entries_message(teller)
    if message is None:
        turn.refuse(Problem("entry-none"))
    elif not heard.rest:
        turn.reply_about(message, at.journey)
    else:
        names = [
            (one.id, word)
            for one in teller.pack.manifest.entries
            for word in (one.id, *one.title.root.values())
        ]
        choose(turn, at.journey, find(heard.rest, names, numbered=False).value or heard.rest)
    return True


def choose(turn: Turn, journey: str, entry: str) -> None:
    turn.act(
        At(journey), turn.uow.journeys.head(journey), EntryChosen(by=turn.person.id, at=turn.now, entry=entry)
    )
