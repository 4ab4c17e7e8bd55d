"""Moves a journey to another room, at the word of whoever leads it: the old one is gone, or the group talks elsewhere."""

from bot.usecases.organise import noted
from bot.usecases.organising import may_organise
from bot.usecases.places import put_now
from bot.usecases.questions import show_question
from bot.usecases.turn import AtQuestion, Turn
from dialogs.flows.checkpoints import is_asked_privately
from dialogs.hearing.hear import Commanded
from dialogs.letters import Letter, ToRoom
from dialogs.messages import Composer, Press
from dialogs.model.problem import Problem
from dialogs.ports import JourneyRef, Spot
from dialogs.values.names import find
from dialogs.wording.teller import Speech


def move_here(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """`flytta hit` moves the one journey that this person leads elsewhere; with a name, that group's."""
    if turn.room.private:
        turn.refuse(Problem("move-in-channel"))
        return True
    theirs = _led_elsewhere(turn)
    if heard.rest:
        named = find(heard.rest, [(one.id, one.group_name) for one in theirs], numbered=False).value
        theirs = [one for one in theirs if one.id == named]
    if not theirs:
        turn.refuse(Problem("nothing-to-move"))
    elif len(theirs) == 1:
        move(turn, theirs[0].id)
    else:
        said = Composer().say(turn.words.say("which-to-move"))
        for one in theirs[:10]:
            said.button(one.group_name, Press("move-here", None, one.id))
        turn.reply(said.done())
    return True


def move(turn: Turn, journey: str) -> None:
    """Let the journey live in this room from now on, tell both rooms, and put its questions here."""
    head = turn.uow.journeys.head(journey)
    old = turn.uow.journeys.room(journey)
    if turn.room.private or not may_organise(turn, head) or old is None:
        turn.refuse(Problem("only-leader"))
        return
    if old.id == turn.room.id:
        turn.refuse(Problem("lives-here-already", {"group": head.group_name}))
        return
    turn.uow.journeys.move(journey, turn.room.id)
    noted(
        turn.uow, "journey-moved", organisation=head.organisation, by=turn.person.id, about=journey, at=turn.now
    )  # fmt: skip
    speech = Speech(turn.book, head.language)
    if not turn.uow.rooms.state(old.id):
        turn.letters.append(
            Letter(
                f"turn:{turn.number}:{len(turn.letters)}", ToRoom(room=old.id),
                speech.message("moved-away", group=head.group_name, name=turn.person.name),
            )
        )  # fmt: skip
    turn.tell_room(speech.message("moved-here", group=head.group_name))
    loaded, addresses = put_now(turn, journey)
    for address in addresses:
        if is_asked_privately(turn.pack_of(loaded), address):
            continue
        show_question(turn, AtQuestion(journey, address), openly=True)


def _led_elsewhere(turn: Turn) -> list[JourneyRef]:
    found = []
    for ref in turn.uow.journeys.of_person(turn.person.id):
        room = turn.uow.journeys.room(ref.id)
        elsewhere = room is not None and room.id != turn.room.id
        goes_on = not ref.practice and ref.state != "closed"
        if elsewhere and goes_on and may_organise(turn, turn.uow.journeys.head(ref.id)):
            found.append(ref)
    return found
