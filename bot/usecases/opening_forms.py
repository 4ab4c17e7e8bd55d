"""Says who may open which form: whoever couldn't hand it in anyway is told before they have typed."""

from bot.usecases import feedback
from bot.usecases.organising import may_organise
from bot.usecases.starting import why_not_here
from bot.usecases.turn import At, Turn
from content.pack import Pack
from dialogs.flows.checkpoints import sees_to
from dialogs.flows.position import checkpoint_number, number_of
from dialogs.flows.rights import leads, may, may_answer
from dialogs.messages import Press
from dialogs.model.answers import Item
from dialogs.model.journey import Journey
from dialogs.model.problem import Problem
from dialogs.ports import StoredButton

LEADERS_FORMS = frozenset({"round", "draft", "reopen", "despite"})
FORMS = frozenset(
    {
        "decision", "record", "change-record", "record-date", "record-decision", "add-record", "guide", "guide-record", "guide-note", "change", "checkpoint-left", "feedback",
        *LEADERS_FORMS,
    }
)  # fmt: skip
"""What opens a form whenever it is pressed; others only when a reason is still to be given."""
ABOUT_NO_QUESTION = frozenset(
    {
        "add-record", "change-record", "record-date", "record-decision", "guide", "guide-record", "guide-note",
    }
)  # fmt: skip
REASONED = frozenset({"object", "concern", "skip"})
OWN = frozenset({"start", "settings", "add-person"})
_NOT_WHILE_PAUSED = frozenset({"round", "reopen", "despite", *REASONED})


def may_open(turn: Turn, stored: StoredButton) -> bool:
    """Say whether the button opens a form for this person, here and now."""
    match stored.press.action:
        case "start":
            return why_not_here(turn) is None
        case "settings" | "later-day":
            return bool(turn.person.id)
        case "add-person":
            return bool(stored.journey) and may_organise(turn, turn.uow.journeys.head(stored.journey))
        case action if action in FORMS | REASONED and stored.journey:
            return why_not(turn, turn.load(At(stored.journey, stored.press.address)), stored.press) is None
        case _:
            return False


def why_not(turn: Turn, journey: Journey, press: Press) -> Problem | None:
    """Return what stands against opening the form about the journey."""
    pack, person = turn.pack_of(journey), turn.person.id
    if journey.state == "closed":
        return Problem("journey-is-closed")
    if journey.roster.member(person) is None:
        return Problem("not-a-member", {"group": journey.group_name})
    if journey.state == "paused" and press.action in _NOT_WHILE_PAUSED:
        return Problem("journey-is-paused")
    if press.action in LEADERS_FORMS | {"skip"} and not may(pack, journey, person, "settle"):
        return Problem("only-leader")
    if press.action == "feedback":
        return feedback.why_not(pack, journey, press, person)
    if press.action == "checkpoint-left":
        return _why_not_closed(pack, journey, press.argument, person)
    if press.address is None or press.address.question not in pack.places:
        return None if press.action in ABOUT_NO_QUESTION else Problem("question-unknown")
    question = pack.places[press.address.question].question
    number = number_of(pack, journey, press.address)
    if press.action in ("object", "concern"):
        in_round = journey.item(press.address).in_round and may(pack, journey, person, "consent")
        return None if in_round else Problem("no-round", {"number": number})
    if press.action in ("despite", "reopen"):
        return _why_not_again(journey.item(press.address), press.action, number)
    if press.action == "draft" and question.who == "each":
        # The form would show everybody's words, also those that are anonymous or for few.
        return Problem("collected-not-written", {"number": number})
    if press.action == "skip" and question.never_skip:
        return Problem("never-skip", {"number": number})
    if question.visibility == "anonymous" and press.action == "change" and not turn.room.private:
        return Problem("answer-in-private")
    answers = press.action in ("decision", "record")
    if answers and not may_answer(pack, journey, question, person):
        return Problem("not-yours-to-answer", {"number": number})
    return None


def _why_not_again(item: Item, action: str, number: str) -> Problem | None:
    """An old button may be about a question that has been settled, or opened, since."""
    if action == "reopen":
        return None if item.done else Problem("question-is-open", {"number": number})
    if item.done:
        return Problem("already-settled", {"number": number})
    objected = item.round is not None and item.round.closed == "objected"
    return None if objected else Problem("no-objection-to-note", {"number": number})


def _why_not_closed(pack: Pack, journey: Journey, key: str, person: str) -> Problem | None:
    open = journey.open_checkpoint(key)
    if open is None:
        return Problem("checkpoint-gone")
    if leads(pack, journey, person) or sees_to(pack, journey, open, person):
        return None
    return Problem("checkpoint-not-yours", {"number": checkpoint_number(pack, open.checkpoint)})
