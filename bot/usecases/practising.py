"""Marks what is said in a practice journey, so that nobody takes it for the real thing."""

from dataclasses import replace

from bot.usecases.turn import Turn
from dialogs.letters import Aside, Letter, ToPerson, ToRoom
from dialogs.messages import Message, Paragraph, reading_text


def mark_practice(turn: Turn) -> None:
    """Begin every message of this turn that belongs to a practice journey by saying that it does."""
    if turn.room.private and any(ref.practice for ref in turn.uow.journeys.in_room(turn.room.id)):
        turn.practice_rooms.add(turn.room.id)
    if turn.practice_rooms:
        turn.letters[:] = [
            _marked(turn, letter) if _practises(turn, letter) else letter for letter in turn.letters
        ]


def _practises(turn: Turn, letter: Letter) -> bool:
    match letter.to:
        case Aside(room=room):
            return room in turn.practice_rooms
        case ToRoom(room=room) if room:
            return room in turn.practice_rooms
        case ToRoom(journey=journey):
            kept = turn.uow.journeys.room(journey)
            return kept is not None and kept.id in turn.practice_rooms
        case ToPerson(person=person):
            return person == turn.person.id and turn.room.id in turn.practice_rooms


def _marked(turn: Turn, letter: Letter) -> Letter:
    mark = Paragraph(turn.words.say("practice-mark"))
    if mark in letter.message.blocks[:1]:
        return letter
    blocks = (mark, *letter.message.blocks)
    message: Message = replace(letter.message, text=reading_text(blocks), blocks=blocks)
    return replace(letter, message=message)
