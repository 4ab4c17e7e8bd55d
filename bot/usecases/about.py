"""Finds the question that a command is about: named by number, by the thread, or the one before the group."""

from collections.abc import Sequence

from bot.usecases.at_hand import at_hand
from bot.usecases.places import address_of_number, journeys_here, open_for, put_now, which_journey
from bot.usecases.turn import At, AtQuestion, Turn
from content.schema.files import Right
from dialogs.flows.rights import has_voice, may
from dialogs.hearing.hear import Commanded
from dialogs.messages import Composer, words
from dialogs.model.problem import Problem
from dialogs.ports import Spot

MOST_ROUNDS = 10
"""So many open rounds are told at the most."""


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


def about_round(turn: Turn, heard: Commanded, spot: Spot | None, right: Right) -> AtQuestion | None:
    """The same for words about a consent round: without a number, the thread's, else the one round that is open.

    Where several are open to somebody with that *right*, the person is told which there are.
    """
    if heard.number:
        return about_question(turn, heard, spot)
    refs = [spot.journey] if spot is not None else [one.id for one in journeys_here(turn)]
    rounds = [AtQuestion(journey, address) for journey, address in turn.uow.journeys.open_rounds(refs)]
    in_focus = spot if spot is not None else at_hand(turn)
    if in_focus is not None and in_focus.address is not None:
        focus = AtQuestion(in_focus.journey, in_focus.address)
        if focus in rounds or (spot is not None and not rounds):
            return focus
    theirs = [one for one in rounds if _has(turn, one.journey, right)]
    found = theirs or rounds
    if len(found) == 1:
        return found[0]
    if found:
        _say_which(turn, heard, found)
    elif refs:
        turn.refuse(Problem("no-round-open"), text=_text(turn) if heard.rest else "")
    else:
        which_journey(turn, spot, text=_text(turn))  # tells that no group is under way here
    return None


def _has(turn: Turn, journey: str, right: Right) -> bool:
    head = turn.uow.journeys.head(journey)
    pack, person = turn.pack_of(head), turn.person.id
    return has_voice(pack, head, person) if right == "consent" else may(pack, head, person, right)


def _say_which(turn: Turn, heard: Commanded, rounds: Sequence[AtQuestion]) -> None:
    """Tell which rounds are open, and how one is named; what was typed beside the command is kept."""
    several = len({one.journey for one in rounds}) > 1
    told = [(turn.teller(turn.load(one)), one.address) for one in rounds[:MOST_ROUNDS]]
    told.sort(key=lambda one: (one[0].journey.group_name, list(one[0].pack.places).index(one[1].question)))
    lines = [
        words(f"{teller.title(address)} ({teller.journey.group_name})" if several else teller.title(address))
        for teller, address in told
    ]
    teller, address = told[0]
    word = _text(turn).strip().removesuffix(heard.rest).rstrip(" :.!?\n")
    said = Composer().say(turn.words.say("which-round")).bullets(lines)
    said.say(turn.words.say("name-the-round", word=word.casefold(), number=teller.number(address)))
    if heard.rest:
        turn.keep(_text(turn))
        said.say(turn.words.say("kept-as-draft"))
    turn.reply(said.done())


def _text(turn: Turn) -> str:
    return getattr(turn.incoming.what, "text", "")
