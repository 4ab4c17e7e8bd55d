"""Guides in the conversation: which there are, one that is run, and what its answers come to. Nothing of it is kept."""

from collections.abc import Mapping

from bot.usecases import answering
from bot.usecases.about import about_journey
from bot.usecases.asking_fields import open_form
from bot.usecases.turn import At, AtQuestion, Turn
from content.pack import Pack
from dialogs.hearing.hear import Commanded
from dialogs.messages import Press
from dialogs.model.answers import Value
from dialogs.model.checkpoint import is_of_checkpoint
from dialogs.model.journey import Journey
from dialogs.model.problem import Problem
from dialogs.ports import Spot
from dialogs.wording.guides import guide_named, guides_message, outcome_message

LONGEST_NAME = 60


def show(turn: Turn, heard: Commanded, spot: Spot | None) -> bool:
    """`vägledning` lists the guides; with a name, runs the one of that name. False when there is none of it."""
    at = about_journey(turn, spot)
    if at is None:
        return True
    journey = turn.load(at)
    teller = turn.teller(journey)
    if not teller.pack.guides:
        turn.refuse(Problem("no-guides-here"))
        return True
    if not heard.rest:
        turn.reply_about(guides_message(teller), at.journey)
        return True
    guide = guide_named(teller, heard.rest)
    if guide is None:
        return False
    open_form(turn, journey, Press("guide", None, guide.id))
    return True


def begins(turn: Turn, journey: str, text: str, thread: Spot | None) -> bool:
    """Run the guide whose name is all that was said; False when it is no guide's name, or an answer in its thread."""
    if len(text) > LONGEST_NAME:
        return False
    head = turn.uow.journeys.head(journey)
    if not turn.pack_of(head).guides:
        return False
    guide = guide_named(turn.teller(head), text, exactly=True)
    if guide is None or (thread is not None and _may_be_an_answer(turn, thread, text)):
        return False
    open_form(turn, turn.load(At(journey)), Press("guide", None, guide.id))
    return True


def _may_be_an_answer(turn: Turn, thread: Spot, text: str) -> bool:
    """Say whether the thread's question still takes any words, or just these."""
    if thread.address is None or is_of_checkpoint(thread.address):
        return False
    loaded = turn.load(AtQuestion(thread.journey, thread.address))
    question = turn.pack_of(loaded).places[thread.address.question].question
    takes_any_words = question.kind in ("text", "list") and not loaded.item(thread.address).done
    return takes_any_words or answering.fits(turn, thread, text)


def tell(turn: Turn, journey: Journey, id: str, answers: Mapping[str, Value]) -> None:
    """Say what the answers come to. Its rules may look at all that the group has answered."""
    whole = turn.whole(journey.id)
    guide = turn.pack_of(whole).guide_of[id]
    turn.reply_about(outcome_message(turn.teller(whole), guide, answers), journey.id)


def register_of(pack: Pack, press: Press) -> str:
    """Return the register that the button under an outcome adds to."""
    id, _, name = press.argument.partition(":")
    guide = pack.guide_of[id]
    if press.action == "guide-note":
        return guide.note.register_ if guide.note is not None else ""
    added = next((one.add for one in guide.outcomes if one.id == name), None)
    return added.register_ if added is not None else ""
