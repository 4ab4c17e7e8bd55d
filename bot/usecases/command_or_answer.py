"""Tells a command's word from an answer that is the same word, where a question is before the speaker."""

from typing import TypeGuard

from bot.usecases.turn import AtQuestion, Turn
from content.schema.questions import Question
from dialogs.flows.rights import may_answer
from dialogs.forms import choices_of
from dialogs.hearing.hear import Commanded, Heard
from dialogs.model.journey import Journey
from dialogs.ports import Spot
from dialogs.values.names import fold

_IN_WORDS = ("text", "list")
_AS_LIKELY_WORDS = frozenset(
    {"away", "bodies", "closed-day", "language", "meeting", "meetings", "pause", "people", "quiet", "record-decision", "units"}
)  # fmt: skip
"""The commands whose words say just as well what a group thinks of: *personer*, *beslut*, *språk*."""


def is_a_word_alone(heard: Heard) -> TypeGuard[Commanded]:
    """Say whether it is a command's word and nothing more."""
    return isinstance(heard, Commanded) and not (heard.number or heard.rest)


def is_option(turn: Turn, spot: Spot | None, heard: Commanded, text: str) -> bool:
    """Say whether a command's word is one of the options of the open question: *Klar*, or a unit called *Enheter*."""
    found = _open_question(turn, spot)
    if found is None or heard.command == "cancel":
        return False
    journey, question = found
    said = fold(text.strip(" .!"))
    return any(fold(label) == said for _, label in choices_of(question, turn.teller(journey).asking))


def may_be_answer(turn: Turn, spot: Spot | None, heard: Commanded) -> bool:
    """Say whether a command's word in a question's thread may be the speaker's answer in words: then it is asked.

    Not where the question is anonymous: what is asked about is kept, and that would be under a name.
    """
    if heard.command not in _AS_LIKELY_WORDS or (spot is not None and spot.contribution):
        return False
    found = _open_question(turn, spot)
    if found is None:
        return False
    journey, question = found
    if question.kind not in _IN_WORDS or question.visibility == "anonymous":
        return False
    return may_answer(turn.pack_of(journey), journey, question, turn.person.id)


def _open_question(turn: Turn, spot: Spot | None) -> tuple[Journey, Question] | None:
    if spot is None or spot.address is None:
        return None
    journey = turn.load(AtQuestion(spot.journey, spot.address))
    place = turn.pack_of(journey).places.get(spot.address.question)
    if place is None or journey.item(spot.address).done:
        return None
    return journey, place.question
